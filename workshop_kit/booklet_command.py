"""``workshop-kit booklet``: write the take-home booklet of a journal to a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

from workshop_kit.complaints import Complaint

KINDS = (".html", ".pdf")


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    parser = commands.add_parser("booklet", help="write a take-home booklet of a journal")
    parser.add_argument(
        "journal",
        type=Path,
        nargs="?",
        metavar="JOURNAL",
        help="a file that was kept; the journal on this computer by default",
    )
    parser.add_argument(
        "-o",
        dest="into",
        type=_booklet_path,
        required=True,
        metavar="FILE",
        help="where to write it: .html, or .pdf where there is a Chromium",
    )
    parser.add_argument(
        "--exercises",
        type=lambda text: text.split(","),
        metavar="A,B",
        help="only these exercises, by their ids; all of them by default",
    )
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read passphrases from here, one a line; - for standard input",
    )
    parser.set_defaults(run=_run)


def _booklet_path(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in KINDS:
        raise argparse.ArgumentTypeError(f"a booklet ends in .html or .pdf, unlike '{text}'")
    return path


def _run(options: argparse.Namespace) -> int:
    from workshop_kit.entries import fold
    from workshop_kit.journal_commands import contents_of
    from workshop_kit.new_file import check_new, write_new
    from workshop_kit.passphrases import Passphrases

    check_new(options.into, force=options.force)
    _check(options.exercises)
    contents = contents_of(options.journal, Passphrases(options.passphrase_file))
    # What draws a booklet is heavy, and loaded only once there is something to draw.
    from workshop_kit.booklet import booklet_of
    from workshop_kit.printing import print_to_pdf
    from workshop_kit.tellers import Moment

    chosen = options.exercises
    moments = [
        entry
        for entry in fold(contents.entries)
        if (chosen is None or entry.exercise in chosen) and Moment.of(entry).is_answered
    ]
    if not moments:
        raise Complaint(
            "there is nothing in this journal that a booklet could hold; name another journal, or "
            "other exercises"
        )
    html = booklet_of(moments)
    is_pdf = options.into.suffix.lower() == ".pdf"
    write_new(options.into, print_to_pdf(html) if is_pdf else html, force=options.force)
    sys.stdout.write(
        f"the booklet is in {options.into}; it is not locked, so keep it where you would keep a "
        "diary\n"
    )
    return 0


def _check(chosen: Collection[str] | None) -> None:
    from workshop_kit.exercises import journey

    known = [page.id for page in journey() if any(part.keeps for part in page.parts)]
    for name in chosen or ():
        if name not in known:
            raise Complaint(
                f"there is no exercise '{name}' that keeps anything; there are: {', '.join(known)}"
            )
