"""``workshop-kit worksheets``: write the exercises as sheets to print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_kit.complaints import Complaint

if TYPE_CHECKING:
    from workshop_kit.exercises import Exercise


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("worksheets", help="write the exercises as sheets to print")
    parser.add_argument(
        "-o", dest="into", type=Path, required=True, metavar="FOLDER", help="where to write them"
    )
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="what they are printed on (a4)"
    )
    parser.add_argument(
        "--course", type=Path, metavar="COURSE", help="of a course of your own, by its folder"
    )
    parser.add_argument("--large", action="store_true", help="with large letters and drawings")
    parser.add_argument(
        "--html", action="store_true", help="as HTML, even where there is a Chromium"
    )
    parser.add_argument(
        "--language", metavar="CODE", help="the language, such as de; English if not said"
    )
    parser.add_argument(
        "--exercises",
        type=lambda text: text.split(","),
        metavar="A,B",
        help="only these exercises, by their ids; all of them by default",
    )
    parser.add_argument("--force", action="store_true", help="write over sheets that are there")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from workshop_kit.courses import enter
    from workshop_kit.exercises import journey
    from workshop_kit.new_file import check_new, write_new
    from workshop_kit.printing import find_chromium, print_to_pdf
    from workshop_kit.shelf import ENGLISH
    from workshop_kit.worksheets import has_sheet, worksheet

    if options.course:
        enter(options.course)
    language = _language(options.language or ENGLISH)
    pages = {page.id: page for page in journey(language) if has_sheet(page)}
    as_pdf = not options.html and find_chromium() is not None
    chosen = [_known(pages, name) for name in options.exercises or pages]

    def path(page: Exercise) -> Path:
        variant = f"{'-large' if options.large else ''}-{options.paper}"
        return options.into / f"{page.name}{variant}.{'pdf' if as_pdf else 'html'}"

    _make(options.into)
    for page in chosen:
        check_new(path(page), force=options.force)
    for page in chosen:
        html = worksheet(page, options.paper, large=options.large, language=language)
        write_new(path(page), print_to_pdf(html) if as_pdf else html, force=options.force)
        sys.stdout.write(f"{path(page)}\n")
    if not as_pdf:
        sys.stdout.write("these are HTML files; open one in a browser and print it from there\n")
    return 0


def _language(code: str) -> str:
    from workshop_kit.shelf import languages

    if code not in languages():
        raise Complaint(f"there is no language '{code}' here; there are: {', '.join(languages())}")
    return code


def _known(pages: dict[str, Exercise], name: str) -> Exercise:
    if name not in pages:
        raise Complaint(
            f"there is no exercise '{name}' that can be done on paper; there are: "
            f"{', '.join(pages)}"
        )
    return pages[name]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Complaint(
            f"the folder {folder} cannot be made; choose one that is yours, and no file's name"
        ) from None
