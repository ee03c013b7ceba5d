"""The codes and keys of a group: how they are made, read aloud, and kept.

A *key* is long and random (256 bits), and a page holds it in a cookie; a plain hash of it is kept.
A *join code* is short enough to be read aloud or typed. It has 8 signs of 24, so there are about
1.1e11 of them, and it ends when the room is locked, and after `CODE_LASTS` in any case. Of a code
a slow hash is kept (scrypt, about 50 ms), so that whoever reads the database has some 170 years of
computing before them to find it. Somebody who guesses at the server is slowed by `Guesses`.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

# None of 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B; of U and V, one.
SIGNS = "ACDEFGHJKMNPQRTVWXY34679"
LENGTH = 8
CODE_LASTS = 12 * 3600  # seconds
_N, _R = 2**14, 8


def new_key() -> str:
    """Return a key that cannot be guessed."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """Return what is kept of a key.

    Examples
    --------
    >>> len(hashed("a key"))
    64
    """
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def slip(key: str, session: str, exercise: str) -> str:
    """Return under what a page's contribution to an exercise is kept.

    Only who holds the key can tell that two slips are of one page, or of which.
    """
    return hashed(f"{key} {session} {exercise}")


def new_code() -> str:
    """Return a join code, in two groups as it is read aloud.

    Examples
    --------
    >>> len(new_code())
    9
    """
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, however they wrote it; ``None`` if it cannot be one.

    Examples
    --------
    >>> read_code(" acde fghj ")
    'ACDE-FGHJ'
    """
    signs = "".join(sign for sign in typed[:40].upper() if sign not in " -\t\n.\u2013\u2011")
    if len(signs) != LENGTH or any(sign not in SIGNS for sign in signs):
        return None
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def slowly_hashed(code: str, salt: str) -> str:
    """Return what is kept of a join code; takes some 50 ms."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=_N, r=_R, p=1, dklen=32).hex()


class Guesses:
    """Wrong codes by where they came from, in memory: some are free, then they are slowed.

    With the two numbers here, one source makes fewer than 4,400 guesses while a code lasts, so it
    finds one with a chance of about 1 in 25 million.

    Parameters
    ----------
    clock
        Seconds that only go forward.

    Examples
    --------
    >>> guesses = Guesses(lambda: 0.0)
    >>> guesses.wait("here")
    0.0
    >>> for _ in range(Guesses.FREE):
    ...     guesses.wrong("here")
    >>> guesses.wait("here"), guesses.wait("there")
    (10.0, 0.0)
    """

    # More than are in one room, for behind a proxy or a router all of them may be one source.
    FREE = 60
    EVERY = 10.0  # seconds
    _MANY = 10_000

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        # When a source will have been forgiven all its wrong codes.
        self._forgiven: dict[str, float] = {}

    def wait(self, source: str) -> float:
        """Return how many seconds a source has to wait before its next code is looked at."""
        owed = self._forgiven.get(source, 0.0) - self._clock()
        return max(0.0, owed - (self.FREE - 1) * self.EVERY)

    def wrong(self, source: str) -> None:
        """Remember a wrong code."""
        now = self._clock()
        if len(self._forgiven) >= self._MANY:
            self._forgiven = {one: at for one, at in self._forgiven.items() if at > now}
        self._forgiven[source] = max(now, self._forgiven.get(source, 0.0)) + self.EVERY

    def right(self, source: str) -> None:
        """Take a wrong code back that proved right."""
        self._forgiven[source] = self._forgiven.get(source, 0.0) - self.EVERY
