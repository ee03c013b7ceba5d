"""The command line: ``workshop-kit serve`` and its fellows."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from workshop_kit import (
    __version__,
    booklet_command,
    content_commands,
    journal_commands,
    new_command,
    patterns_command,
    serve_command,
    worksheets_command,
)
from workshop_kit.complaints import Complaint
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
    except (ContentError, Complaint) as error:
        sys.stderr.write(f"workshop-kit: {error}\n")
        return 1
    except BrokenPipeError:
        # Whoever reads has read enough, such as `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="workshop-kit", description="A self-compassion workshop for clinicians.")
    parser.add_argument("--version", action="version", version=f"workshop-kit {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")

    serve_command.add_to(commands)
    content_commands.add_to(commands)
    journal_commands.add_to(commands)
    booklet_command.add_to(commands)
    patterns_command.add_to(commands)
    worksheets_command.add_to(commands)
    new_command.add_to(commands)
    return parser
