"""``workshop-kit new``: begin a course, or an exercise of a course."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from workshop_kit.courses import MARK, NOTEBOOKS, CourseError, enter

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("new", help="begin a course of your own, or an exercise of it")
    kinds = parser.add_subparsers(required=True, metavar="WHAT", title="what to begin")
    course = kinds.add_parser("course", help="a folder for a course's own words and exercises")
    course.add_argument("folder", type=Path, metavar="FOLDER")
    course.set_defaults(run=_course)
    exercise = kinds.add_parser("exercise", help="an exercise of a course, to fill in")
    exercise.add_argument("name", metavar="NAME", help="such as two_chairs")
    exercise.add_argument(
        "--in",
        dest="folder",
        type=Path,
        default=Path(),
        metavar="FOLDER",
        help="the course's folder; the one you are in if not said",
    )
    exercise.set_defaults(run=_exercise)


def _course(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(
            f"{folder} is there already and is not empty; choose another name for the course"
        )
    files = {
        MARK: "course.yaml",
        "README.md": "course_readme.md",
        "content/en/shared.yaml": "course_shared.yaml",
        "content/en/support.yaml": "course_support.yaml",
    }
    try:
        for name, template in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_filled(template, folder=folder.name), encoding="utf-8")
    except OSError:
        raise CourseError(
            f"{folder} cannot be written; choose a folder that is yours and has room"
        ) from None
    _build(enter(folder))
    _say(f"the course is in {folder}; its README says what to do with it")
    return 0


def _exercise(options: argparse.Namespace) -> int:
    from workshop_kit.courses import free_number, is_taken

    name: str = options.name
    folder = enter(options.folder)
    if not _NAME.fullmatch(name):
        raise CourseError(
            f"'{name}' cannot be an exercise's id; write it in small letters, digits and '_', "
            "beginning with a letter, like 'two_chairs'"
        )
    if is_taken(name):
        raise CourseError(f"there is a '{name}' already; choose another name, or edit that one")
    number = free_number()
    if number > 99:
        raise CourseError("no number below 100 is free; give one of the exercises a lower number")
    path = folder / "content" / "en" / f"{name}.yaml"
    title = name.replace("_", " ").capitalize()
    path.parent.mkdir(parents=True, exist_ok=True)
    filled = _filled("exercise.yaml", name=name, number=str(number), title=title)
    path.write_text(filled, encoding="utf-8")
    _build(folder)
    _say(f"{path}")
    _say(f"{folder / NOTEBOOKS / f'{number:02d}_{name}.ipynb'}")
    _say("fill in the first of them; an open page shows it when it is reloaded")
    return 0


def _build(folder: Path) -> None:
    from workshop_kit import content_schema, notebooks, shelf

    shelf.forget()
    notebooks.build()
    content_schema.write_schema(folder / content_schema.SCHEMA.name)


def _filled(template: str, **values: str) -> str:
    text = (TEMPLATES / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
