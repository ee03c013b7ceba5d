"""Check content files and notebooks, and tell everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from workshop_kit import (
    courses,
    notebook_checks,
    notebooks,
    run_sheets,
    shelf,
    voice,
    yaml_files,
)
from workshop_kit.complaints import Complaint
from workshop_kit.exercises import exercise_ids, journey, read_exercise
from workshop_kit.shelf import CONTENT
from workshop_kit.support import Support
from workshop_kit.voice import Voice
from workshop_kit.wording import BookletWords, ControlWords, GroupWords, PictureWords, Wording
from workshop_kit.worksheets.wording import WorksheetWords
from workshop_kit.yaml_files import ContentError, Fault

CONTENT_FILE, NOTEBOOK = ".yaml", ".ipynb"
# What is no exercise, by the name of its file.
MODELS: dict[str, type[BaseModel]] = {
    "shared.yaml": Wording,
    "controls.yaml": ControlWords,
    "pictures.yaml": PictureWords,
    "group.yaml": GroupWords,
    "support.yaml": Support,
    "booklet.yaml": BookletWords,
    "worksheets.yaml": WorksheetWords,
    voice.LIST: Voice,
}


class PathError(Complaint):
    """There is nothing to check at a path; the message is one sentence with the cure."""


@dataclass(frozen=True)
class Checked:
    """What was looked at, and everything that is wrong with it, by file and line."""

    content: int
    notebooks: int
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        """Return one line a fault, or one that says how much there was without any."""
        content = _count(self.content, "content file")
        quiet = f"{content} and {_count(self.notebooks, 'notebook')} checked; nothing to mend"
        return "\n".join(map(str, self.faults)) or quiet


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def check(paths: Sequence[Path] = ()) -> Checked:
    """Check content files and notebooks.

    Parameters
    ----------
    paths
        Files, and folders that hold them; the package's own by default. A notebook is held to the
        content file of its exercise among them, or else to the package's.

    Returns
    -------
    Checked

    Raises
    ------
    PathError
        If a path is not there, or holds neither.

    Examples
    --------
    >>> print(check([CONTENT / "en" / "support.yaml"]))
    1 content file and 0 notebooks checked; nothing to mend
    """
    own = (CONTENT, notebooks.folder(), *shelf.guide_layers(run_sheets.FILE))
    files = list(dict.fromkeys(_files(paths or own)))
    content = [file for file in files if file.suffix == CONTENT_FILE]
    books = [file for file in files if file.suffix == NOTEBOOK]
    found = [fault for file in content for fault in content_faults(file)]
    if books:
        pages = _pages(content)
        found += [fault for book in books for fault in notebook_checks.faults(book, pages)]
    ordered = sorted(set(found), key=lambda fault: (str(fault.file), fault.line, fault.what))
    return Checked(len(content), len(books), tuple(ordered))


def check_course(folder: Path, *, seen: bool = False) -> Checked:
    """Check a course: its content files and notebooks, and what it says in place of older words.

    Parameters
    ----------
    folder
        The course's.
    seen
        Whether what changed in the workshop has been looked at.
    """
    course = courses.enter(folder)
    own = (course / shelf.FOLDER, notebooks.folder(), course / run_sheets.FILE)
    places = [place for place in own if place.exists()]
    checked = check(places)
    faults = list(checked.faults)
    with suppress(ContentError):
        # What is no YAML has been told already.
        faults += courses.differences(course, seen=seen)
    ordered = sorted(set(faults), key=lambda fault: (str(fault.file), fault.line, fault.what))
    return Checked(checked.content, checked.notebooks, tuple(ordered))


def content_faults(file: Path) -> list[Fault]:
    """Find what is wrong with a content file, its voice included.

    Examples
    --------
    >>> content_faults(CONTENT / "en" / "support.yaml")
    []
    """
    found = [] if file.name == voice.LIST else voice.faults(file)
    try:
        _reader(file)(file)
    except ContentError as error:
        # A file that is no YAML is told twice, since the voice reads it too.
        found += [fault for fault in error.faults if fault not in found]
    return found


def _reader(file: Path) -> Callable[[Path], BaseModel]:
    if file.name == run_sheets.FILE:
        return _read_run_sheets
    model = MODELS.get(file.name)
    if model is None:
        return read_exercise
    return lambda path: yaml_files.read(shelf.layers_of(path), model)


def _read_run_sheets(file: Path) -> run_sheets.Sheets:
    layers = shelf.guide_layers(run_sheets.FILE)
    own = [file] if file not in layers else []
    return run_sheets.read([*layers, *own], journey())


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            held = [file for file in sorted(path.rglob("*")) if _is_ours(file, path)]
            if not held:
                raise PathError(
                    f"{path} holds no content file and no notebook; choose another folder"
                )
            yield from held
        elif path.suffix in (CONTENT_FILE, NOTEBOOK) and path.exists():
            yield path
        elif path.exists():
            raise PathError(
                f"{path} is neither a content file ({CONTENT_FILE}) nor a notebook ({NOTEBOOK}) "
                "nor a folder; choose one of them"
            )
        else:
            raise PathError(f"there is no {path}; check how it is spelt, and the folder you are in")


def _is_ours(file: Path, folder: Path) -> bool:
    # Whatever is hidden, such as a notebook's checkpoints, belongs to a program.
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix in (CONTENT_FILE, NOTEBOOK) and file.is_file() and not hidden


def _pages(content: Iterable[Path]) -> dict[str, Path]:
    """Find what notebooks can be of: the package's exercises, and a course's own over them."""
    own = [file for file in content if CONTENT.resolve() not in file.resolve().parents]
    ours = [shelf.layers(f"{name}.yaml")[-1] for name in exercise_ids()]
    return {file.stem: file for file in (*ours, *own) if file.name not in MODELS}
