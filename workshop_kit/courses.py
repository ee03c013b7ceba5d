"""A course: a folder whose words lie over the workshop's, which nobody edits.

``course.yaml`` marks the folder, ``content/LANGUAGE/`` holds what the course says otherwise and its
own exercises, and ``notebooks/`` what is built of them. ``originals.yaml`` remembers which words of
the workshop the course has replaced, so that it can be told when those have changed.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import yaml

from workshop_kit import shelf, yaml_files
from workshop_kit.complaints import Complaint
from workshop_kit.exercises import SHARED_FILES
from workshop_kit.yaml_files import ContentError, Fault

MARK, ORIGINALS, NOTEBOOKS = "course.yaml", "originals.yaml", "notebooks"
_SEEN = "'workshop-kit check {folder} --seen'"


class CourseError(Complaint):
    """A folder is no course, or cannot become one; the message is one sentence with the cure."""


def enter(folder: Path) -> Path:
    """Let this process, and those it starts, read a course's words; return the course's folder.

    Raises
    ------
    CourseError
        If the folder is no course.
    """
    if not (folder / MARK).is_file():
        raise CourseError(
            f"{folder} is no course, since it holds no {MARK}; name another folder, or make one "
            f"with 'workshop-kit new course {folder}'"
        )
    os.environ[shelf.COURSE] = str(folder.resolve())
    shelf.forget()
    return folder.resolve()


def differences(folder: Path, *, seen: bool = False) -> list[Fault]:
    """Find what a course says in place of words that the workshop has changed since, or dropped.

    What the course replaces for the first time is remembered.

    Parameters
    ----------
    folder
        The course's.
    seen
        Whether somebody has looked at the changes, so that today's words are remembered instead.

    Returns
    -------
    list of Fault
        Each in the course's own file.
    """
    remembered = _remembered(folder)
    found: list[Fault] = []
    kept: dict[str, str] = {}
    for file in sorted((folder / shelf.FOLDER).glob("*/*.yaml")):
        below = [one for one in shelf.layers_of(file) if one.resolve() != file.resolve()]
        place = f"{file.parent.name}/{file.name}"
        under = yaml_files.leaves(below) if below else {}
        for where, line in yaml_files.lines(file).items():
            key = f"{place} {where}"
            now = sha256(under[where].encode()).hexdigest()[:12] if where in under else None
            before = remembered.get(key)
            if before and now != before and not seen:
                found.append(Fault(file, line, _what(where, folder, gone=now is None)))
                kept[key] = before
            elif now:
                kept[key] = now
    if kept != remembered:
        _remember(folder, kept)
    return found


def _what(where: str, folder: Path, *, gone: bool) -> str:
    done = _SEEN.format(folder=folder)
    if gone:
        return f"the workshop no longer has '{where}'; remove it here, or keep it and run {done}"
    return f"the workshop's own words of '{where}' have changed; compare them, then run {done}"


def _remembered(folder: Path) -> dict[str, str]:
    file = folder / ORIGINALS
    if not file.is_file():
        return {}
    try:
        read = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        what = "this is no longer what 'check' wrote; remove the file, and it is written anew"
        raise ContentError([Fault(file, 1, what)]) from None
    return read if isinstance(read, dict) else {}


def _remember(folder: Path, kept: dict[str, str]) -> None:
    head = (
        "# Which of the workshop's words this course replaces; written by 'workshop-kit check'.\n"
    )
    text = yaml.safe_dump(kept, allow_unicode=True, width=1000, sort_keys=True)
    (folder / ORIGINALS).write_text(head + text, encoding="utf-8")


def free_number() -> int:
    """Return the number after the last exercise's, which a new one may have."""
    from workshop_kit.exercises import journey

    return max(exercise.number for exercise in journey()) + 1


def is_taken(name: str) -> bool:
    """Say whether a content file of that name is there already, in the course or the workshop."""
    return f"{name}.yaml" in {*shelf.names(), *SHARED_FILES}
