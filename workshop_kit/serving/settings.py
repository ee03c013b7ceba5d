"""What the host decides, and what cannot be."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from workshop_kit.complaints import Complaint
from workshop_kit.journal import Home
from workshop_kit.serving import hosts
from workshop_kit.serving.visits import GONE_AFTER

IDLE_AFTER = 1800.0  # seconds


class ServeError(Complaint):
    """The server cannot start; the message is one sentence with the cure."""


@dataclass(frozen=True)
class Settings:
    """What the host decides.

    Attributes
    ----------
    ip, port
        Where to listen; loopback unless the host opens it to a room.
    base_url
        The path that a proxy puts before every address.
    browser
        Whether to open the home page in a browser.
    sample
        Whether pages open on an invented trainee's journal, for this visit only.
    any_host
        Whether a proxy in front checks the ``Host`` header.
    gone_after
        Seconds without a connection until a page's kernel is ended.
    idle_after
        Seconds without a sign of the visitor until an open page lets go of its kernel.
    most_pages
        How many pages may be open at once; ``None`` for as many as the memory holds.
    expect
        How many pages to keep a warm process for, where kernels cannot be forked.
    file_home
        Whether a journal may live in a file of this account. Only for one person on their own
        machine: such a server answers whoever has its key and nobody else.
    board
        Where groups are kept: an SQLite file or the address of a PostgreSQL. By default a file in
        this account's data folder, which is made once somebody leads a group.
    """

    ip: str = "127.0.0.1"
    port: int = 8866
    base_url: str = "/"
    browser: bool = True
    sample: bool = False
    any_host: bool = False
    gone_after: float = GONE_AFTER
    idle_after: float = IDLE_AFTER
    most_pages: int | None = None
    expect: int = 1
    file_home: bool = False
    board: str | None = None

    @property
    def has_group(self) -> bool:
        """Whether a group can be led here: not where there is one visitor, or an invented one."""
        return not (self.file_home or self.sample)

    @property
    def board_url(self) -> str:
        """The board as SQLAlchemy writes it."""
        if self.board and "://" in self.board:
            return self.board
        folder = platformdirs.user_data_path("workshop-kit", appauthor=False)
        file = Path(self.board) if self.board else folder / "group.sqlite"
        return f"sqlite:///{file.absolute()}"

    @property
    def homes(self) -> tuple[Home, ...]:
        """Where a journal may live, the default first."""
        if self.sample:
            return ("visit",)
        return ("file", "browser", "visit") if self.file_home else ("browser", "visit")

    @property
    def address(self) -> str:
        """The address of the home page: in a room, one that the room can reach."""
        room = hosts.room_addresses() if hosts.is_everywhere(self.ip) else []
        ip = room[0] if room else "127.0.0.1" if hosts.is_everywhere(self.ip) else self.ip
        return f"http://{hosts.bracketed(ip)}:{self.port}{self.base_url}"

    @property
    def in_a_room(self) -> bool:
        """Whether other machines can reach the server."""
        return hosts.bracketed(self.ip) not in hosts.LOOPBACK

    def check(self) -> None:
        """Raise `ServeError` for what does not go together."""
        shared = self.in_a_room or self.sample or self.any_host
        if self.board and not self.has_group:
            raise ServeError(
                "--board is for groups, and there are none with --file-home or --sample; "
                "please leave one of them out"
            )
        if self.file_home and shared:
            raise ServeError(
                "--file-home keeps a journal in a file of this account, for one person on this "
                "computer; please leave out --ip, --sample and --behind-proxy"
            )


def cause(error: OSError, settings: Settings) -> str:
    """Say in one sentence why the server cannot listen, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {settings.port} is in use by another program; "
            f"choose another with --port, such as --port {settings.port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"port {settings.port} needs special rights; choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return (
            f"this machine has no address {settings.ip}; "
            "give --ip one of its own, or 0.0.0.0 for all of them"
        )
    return f"the server cannot listen on {settings.ip} port {settings.port}; try another --ip"
