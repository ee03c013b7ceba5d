"""``workshop-kit patterns``: the tables behind the pictures, for a script."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_kit.complaints import Complaint

if TYPE_CHECKING:
    import pandas as pd


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    patterns = commands.add_parser("patterns", help="write the tables behind My patterns")
    patterns.add_argument(
        "journal",
        type=Path,
        nargs="?",
        metavar="JOURNAL",
        help="a file that was kept; the journal on this computer by default",
    )
    kind = patterns.add_mutually_exclusive_group(required=True)
    kind.add_argument("--json", action="store_true", help="print them as one JSON document")
    kind.add_argument("--csv", type=Path, metavar="DIR", help="write a file for each to a folder")
    patterns.add_argument(
        "--force", action="store_true", help="with --csv, write over files that are there"
    )
    patterns.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read passphrases from here, one a line; - for standard input",
    )
    patterns.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from workshop_kit.patterns_file import to_json

    named = _tables(options.journal, options.passphrase_file)
    if options.json:
        sys.stdout.write(to_json(named) + "\n")
        sys.stdout.flush()
    else:
        _write(named, options.csv, force=options.force)
        sys.stdout.write(f"{len(named)} tables in {options.csv}; none of them holds your words\n")
    return 0


def _tables(journal: Path | None, passphrase_file: str | None) -> dict[str, pd.DataFrame]:
    from workshop_kit.counts import counts
    from workshop_kit.entries import fold
    from workshop_kit.exercises import journey
    from workshop_kit.journal_commands import contents_of
    from workshop_kit.passphrases import Passphrases
    from workshop_kit.tables import tables

    contents = contents_of(journal, Passphrases(passphrase_file))
    made = tables(fold(contents.entries), journey())
    return {**made.named(), **counts(made)}


def _write(named: dict[str, pd.DataFrame], folder: Path, *, force: bool) -> None:
    from workshop_kit.new_file import check_new, write_new
    from workshop_kit.patterns_file import to_csv

    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        raise Complaint(
            f"{folder} cannot be made; choose a folder that is there, or a new one in such a folder"
        ) from None
    files = {folder / f"{name}.csv": table for name, table in named.items()}
    for path in files:
        check_new(path, force=force)
    for path, table in files.items():
        write_new(path, to_csv(table), force=force)
