"""``workshop-kit build`` and ``check``: write the notebooks' words, and look for mistakes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from workshop_kit.courses import MARK, enter
from workshop_kit.serve_command import add_course


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    build = commands.add_parser("build", help="write the notebooks' words from the content files")
    add_course(build)
    build.set_defaults(run=_build)

    check = commands.add_parser("check", help="check content files and notebooks")
    check.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="PATH",
        help="a content file, a notebook, or a folder of them; the workshop's own by default",
    )
    check.add_argument(
        "--seen",
        action="store_true",
        help="for a course: what changed in the workshop has been looked at",
    )
    check.set_defaults(run=_check)


def _build(options: argparse.Namespace) -> int:
    from workshop_kit import content_schema, journal_schema, notebooks, sample

    if options.course:
        enter(options.course)
    changed = notebooks.build()
    own = [] if options.course else [sample.write_sample, journal_schema.write_schema]
    files = [sample.SAMPLE, journal_schema.SCHEMA]
    changed += [file for write, file in zip(own, files, strict=False) if write()]
    schema = (options.course or content_schema.SCHEMA.parent) / content_schema.SCHEMA.name
    if content_schema.write_schema(schema):
        changed.append(schema)
    told = [str(path) for path in changed] or [f"nothing to change in {notebooks.folder()}"]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


def _check(options: argparse.Namespace) -> int:
    from workshop_kit import checks

    checked = (
        checks.check_course(*options.paths, seen=options.seen)
        if _is_course(options.paths)
        else checks.check(options.paths)
    )
    sys.stdout.write(f"{checked}\n")
    return 1 if checked.faults else 0


def _is_course(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and (paths[0] / MARK).is_file()
