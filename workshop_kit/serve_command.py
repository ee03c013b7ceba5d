"""``workshop-kit serve``: open the workshop in a browser, for one person or a room."""

from __future__ import annotations

import argparse
from pathlib import Path

from workshop_kit.courses import enter


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the command to those of the command line."""
    serve = commands.add_parser("serve", help="open the workshop in a browser")
    add_course(serve)
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
    serve.set_defaults(run=_run)


def add_course(command: argparse.ArgumentParser) -> None:
    """Let a command be given the folder of a course."""
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


def _run(options: argparse.Namespace) -> int:
    if options.course:
        enter(options.course)
    from workshop_kit.serving.app import serve
    from workshop_kit.serving.settings import Settings

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
    serve(settings)
    return 0
