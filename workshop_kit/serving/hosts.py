"""Which names a server answers to, and what it tells a browser to forbid.

A page of another site can point a name of its own at this machine (DNS rebinding); its requests
carry that name in ``Host``. So only names that the host meant are answered.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable

import psutil
from tornado.httputil import HTTPServerRequest

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def answered_hosts(ip: str, more: Iterable[str] = ()) -> frozenset[str]:
    """Return the names, without a port, that a server listening on ``ip`` answers to.

    Examples
    --------
    >>> sorted(answered_hosts("127.0.0.1"))
    ['127.0.0.1', '[::1]', 'localhost']
    """
    names = {*LOOPBACK, *more}
    if is_everywhere(ip):
        names |= {bracketed(address) for address in room_addresses()}
        names |= {socket.gethostname().lower(), f"{socket.gethostname().lower()}.local"}
    else:
        names.add(bracketed(ip))
    return frozenset(names)


def is_everywhere(ip: str) -> bool:
    """Say whether ``ip`` stands for all addresses of this machine."""
    return ip in ("0.0.0.0", "::", "")  # noqa: S104


def room_addresses() -> list[str]:
    """Return this machine's addresses that others can reach, IPv4 first."""
    found = {
        address.address.partition("%")[0]
        for addresses in psutil.net_if_addrs().values()
        for address in addresses
        if address.family in (socket.AF_INET, socket.AF_INET6)
    }
    parsed = [ipaddress.ip_address(address) for address in found]
    outward = [one for one in parsed if not one.is_loopback and not one.is_link_local]
    return [str(one) for one in sorted(outward, key=lambda one: (one.version, int(one)))]


def bracketed(ip: str) -> str:
    """Write an address as it stands in a URL."""
    try:
        return f"[{ip}]" if ipaddress.ip_address(ip).version == 6 else ip
    except ValueError:
        return ip.lower()


def host_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for `tornado.routing.HostMatches`, which sees the name without a port."""
    return re.compile("^(?:" + "|".join(map(re.escape, sorted(names))) + ")$", re.IGNORECASE)


def same_origin(request: HTTPServerRequest) -> bool:
    """Say whether a request that changes something was sent by a page of this server."""
    origin = request.headers.get("Origin", "")
    return origin.partition("://")[2].lower() == request.host.lower()


def headers(host: str, *, inline_styles: bool = False) -> dict[str, str]:
    """Return the headers of every answer.

    Scripts come from this server's own files and nowhere else: no inline script, no ``blob:``, no
    ``eval``, so neither a kernel nor anything typed can bring code to a page.

    Parameters
    ----------
    host
        The checked ``Host`` of the request, for the WebSocket's address, which not every browser
        counts as ``'self'``.
    inline_styles
        plotly.js writes style elements; only a page that draws with it allows them.
    """
    styles = "'self' 'unsafe-inline'" if inline_styles else "'self'"
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": styles,
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self' ws://{host} wss://{host}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Server": "workshop",
    }
