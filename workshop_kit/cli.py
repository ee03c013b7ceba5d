"""The command line: ``workshop-kit serve`` and its fellows."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from workshop_kit import (
    __version__,
    booklet_command,
    journal_commands,
    new_command,
    patterns_command,
    worksheets_command,
)
from workshop_kit.courses import MARK, CourseError, enter
from workshop_kit.entries import JournalError
from workshop_kit.yaml_files import ContentError


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one sentence with the cure."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see what is right, then exit with status 2."""
        self.exit(2, f"workshop-kit: {message}; see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        The words after ``workshop-kit``; those of the process by default.

    Returns
    -------
    int
        0 if all went well, 1 if not; a sentence on standard error says why.
    """
    options = _parser().parse_args(arguments)
    # What each command needs is imported by it, so that --help answers at once.
    try:
        return options.run(options)
    except (ContentError, JournalError, CourseError) as error:
        return _complain(str(error))
    except BrokenPipeError:
        # Whoever reads has read enough, such as `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0


def _complain(sentence: str) -> int:
    sys.stderr.write(f"workshop-kit: {sentence}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="workshop-kit", description="A self-compassion workshop for clinicians.")
    parser.add_argument("--version", action="version", version=f"workshop-kit {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    serve = commands.add_parser("serve", help="open the workshop in a browser")
    _add_course(serve)
    serve.add_argument(
        "--ip", default="127.0.0.1", metavar="ADDRESS", help="open it to a room at this address"
    )
    serve.add_argument("--port", type=_port, default=8866, metavar="N", help="8866 by default")
    serve.add_argument("--no-browser", action="store_true", help="do not open a browser")
    serve.add_argument(
        "--base-url", type=_base_url, default="/", metavar="PATH", help="the path a proxy adds"
    )
    serve.add_argument(
        "--sample", action="store_true", help="open on an invented trainee's journal"
    )
    serve.add_argument(
        "--behind-proxy", action="store_true", help="a proxy in front checks the Host header"
    )
    serve.add_argument(
        "--gone-after",
        type=_seconds,
        default=120.0,
        metavar="SECONDS",
        help="end the kernel of a page that has been away so long (120)",
    )
    serve.add_argument(
        "--idle-after",
        type=_seconds,
        default=1800.0,
        metavar="SECONDS",
        help="end the kernel of a page where nobody has stirred so long (1800), until they do",
    )
    serve.add_argument(
        "--most-pages",
        type=_count,
        metavar="N",
        help="how many pages may be open at once; by default what this machine's memory holds",
    )
    serve.add_argument(
        "--expect",
        type=_count,
        default=1,
        metavar="N",
        help="on macOS and Windows, get ready for N people who open a page at once (1)",
    )
    serve.add_argument(
        "--file-home",
        action="store_true",
        help="offer to keep the journal in a file of this account, behind a link of its own",
    )
    serve.add_argument(
        "--board",
        metavar="PLACE",
        help="keep groups in this SQLite file, or in the PostgreSQL at this address; keep its "
        "password in ~/.pgpass, since everybody on this machine can read a command",
    )
    serve.set_defaults(run=_serve)

    build = commands.add_parser("build", help="write the notebooks' words from the content files")
    _add_course(build)
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

    journal_commands.add_to(commands)
    booklet_command.add_to(commands)
    patterns_command.add_to(commands)
    worksheets_command.add_to(commands)
    new_command.add_to(commands)
    return parser


def _add_course(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "course",
        type=Path,
        nargs="?",
        metavar="COURSE",
        help="the folder of a course of your own; the workshop's own words if not said",
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not '{text}'")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"seconds are a number above 0, not '{text}'")
    return seconds


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"pages are a number from 1 to 10000, not '{text}'")
    return int(text)


def _base_url(text: str) -> str:
    if not text.startswith("/"):
        raise argparse.ArgumentTypeError(f"a base URL starts with '/', unlike '{text}'")
    return text if text.endswith("/") else f"{text}/"


def _serve(options: argparse.Namespace) -> int:
    if options.course:
        enter(options.course)
    from workshop_kit.serving.app import serve
    from workshop_kit.serving.settings import ServeError, Settings

    settings = Settings(
        ip=options.ip,
        port=options.port,
        base_url=options.base_url,
        browser=not options.no_browser,
        sample=options.sample,
        any_host=options.behind_proxy,
        gone_after=options.gone_after,
        idle_after=options.idle_after,
        most_pages=options.most_pages,
        expect=options.expect,
        file_home=options.file_home,
        board=options.board,
    )
    try:
        serve(settings)
    except ServeError as error:
        return _complain(str(error))
    return 0


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

    try:
        checked = (
            checks.check_course(*options.paths, seen=options.seen)
            if _is_course(options.paths)
            else checks.check(options.paths)
        )
    except checks.PathError as error:
        return _complain(str(error))
    sys.stdout.write(f"{checked}\n")
    return 1 if checked.faults else 0


def _is_course(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and (paths[0] / MARK).is_file()
