"""Keys: a link that opens more than an address does, for whoever was given it.

The key stands in the link's fragment, which a browser sends nowhere. The page at that address
sends it once, in the body of a request, and gets a cookie for it. Of key and cookies only hashes
are held, in memory, so they end with the server.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher


class Keys:
    """One key and the cookies that were given for it.

    Parameters
    ----------
    cookie
        The cookie's name. Browsers send cookies to every port of a host, so let it name the port.

    Examples
    --------
    >>> keys = Keys("workshop-8866")
    >>> key = keys.issue()
    >>> keys.exchange("a guess") is None
    True
    >>> keys.knows(keys.exchange(key))
    True
    """

    def __init__(self, cookie: str):
        self.cookie = cookie
        self._key = b""
        self._cookies: list[bytes] = []

    def issue(self) -> str:
        """Return a new key in the place of an earlier one; it cannot be asked for again."""
        key = secrets.token_urlsafe(32)
        self._key = _hash(key)
        self._cookies.clear()
        return key

    def exchange(self, key: str) -> str | None:
        """Return a cookie for somebody who holds ``key``; ``None`` for a wrong key."""
        if not self._key or not hmac.compare_digest(_hash(key), self._key):
            return None
        said = secrets.token_urlsafe(32)
        self._cookies.append(_hash(said))
        return said

    def adopt(self, said: str) -> None:
        """Take a cookie for one that was given, since its holder has shown the key."""
        self._cookies.append(_hash(said))

    def knows(self, said: str | None) -> bool:
        """Say whether a cookie is one that was given."""
        asked = _hash(said or "")
        return any(hmac.compare_digest(asked, one) for one in self._cookies)

    def admits(self, request: HTTPServerRequest) -> bool:
        """Say whether a request bears such a cookie."""
        morsel = request.cookies.get(self.cookie)
        return self.knows(morsel.value if morsel else None)


class Admitted(Matcher):
    """Matches the requests that ``keys`` admits, for `tornado.routing.RuleRouter`."""

    def __init__(self, keys: Keys):
        self._keys = keys

    def match(self, request: HTTPServerRequest) -> dict | None:
        """Return no parameters for a match, ``None`` for none."""
        return {} if self._keys.admits(request) else None


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
