"""How far a long command has come, for whoever waits for it."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_FIRST = 1.0  # seconds without a word, since most commands are done by then
_OFTEN, _SELDOM = 0.2, 10.0  # seconds between two words: on a terminal, and in a log


class Progress:
    """Says on standard error how many have been done: one line that changes, or now and then one.

    Parameters
    ----------
    what
        What is being done, such as "bringing in".
    stream
        Standard error by default.

    Examples
    --------
    >>> progress = Progress("bringing in")
    >>> progress(1, 2)  # nothing is said in the first second
    >>> progress.end()
    """

    def __init__(self, what: str, stream: TextIO | None = None):
        self._what = what
        self._stream = stream or sys.stderr
        self._line = self._stream.isatty()
        self._next = time.monotonic() + _FIRST
        self._said = False

    def __call__(self, done: int, whole: int) -> None:
        """Say how many of how many are done, unless that was said a moment ago."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_OFTEN if self._line else _SELDOM)
        self._said = True
        text = f"{self._what}: {done} of {whole}"
        self._stream.write(f"\r{text}" if self._line else f"{text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._line and self._said:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
