"""Passphrases for a command: asked at a terminal, or read from a file for a script."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from workshop_kit.entries import JournalError
from workshop_kit.lock import Lock, open_lock

_TRIES = 3


class Passphrases:
    """What opens the locks that a command meets.

    Parameters
    ----------
    source
        A file with one passphrase a line, ``-`` for standard input; without one they are asked
        for at the terminal, or read from standard input where there is none.
    """

    def __init__(self, source: str | None = None):
        self._source = source
        self._known: list[str] = []
        self._asks = source is None and sys.stdin.isatty()
        self._read = False

    def open(self, lock: Lock, what: str) -> bytes:
        """Return the key of a lock.

        Parameters
        ----------
        lock
            The lock.
        what
            What it locks, as in "Passphrase of the file".

        Raises
        ------
        JournalError
            If no passphrase that was given opens it.
        """
        for _ in range(_TRIES):
            for passphrase in self._all(f"Passphrase of {what}: "):
                try:
                    return open_lock(lock, passphrase)
                except JournalError as error:
                    if error.reason != "passphrase":
                        raise
            if not self._asks:
                break
            sys.stderr.write("This passphrase does not open it.\n")
            self._known = []
        raise JournalError(
            f"No passphrase that was given opens {what}. Nothing was changed; please try again.",
            "passphrase",
        )

    def new(self) -> str:
        """Return a passphrase for a new lock, asked for twice.

        Raises
        ------
        JournalError
            If there is none, or if the two are not alike.
        """
        [first, *_] = self._all("A new passphrase: ") or [""]
        if not first:
            raise JournalError("A passphrase cannot be empty; please write one.", "empty")
        if self._asks and getpass.getpass("The same again: ") != first:
            raise JournalError("The two passphrases differ. Nothing was written.", "passphrase")
        return first

    def _all(self, prompt: str) -> list[str]:
        if self._asks and not self._known:
            self._known = [getpass.getpass(prompt)]
        elif not self._asks and not self._read:
            self._known, self._read = self._lines(), True
        return self._known

    def _lines(self) -> list[str]:
        if self._source in (None, "-"):
            return sys.stdin.read().splitlines()
        try:
            return Path(str(self._source)).read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            raise JournalError(
                f"{self._source} cannot be read for a passphrase; please check its name."
            ) from None
