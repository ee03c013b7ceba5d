"""The server: Voila, with the workshop's own template, handlers, headers and care for kernels."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
import psutil
import segno
from tornado.httpserver import HTTPServer
from tornado.routing import AnyMatches, HostMatches, Rule, RuleRouter
from tornado.web import Application
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from workshop_kit import notebooks
from workshop_kit.board_database import BoardFault
from workshop_kit.exercises import journey
from workshop_kit.journal import HOMES_VARIABLE, Home
from workshop_kit.journal_file import MOST_BYTES
from workshop_kit.serving import (
    group_routes,
    handlers,
    hosts,
    logs,
    provisioner,
    room,
    spares,
)
from workshop_kit.serving.assets import Assets
from workshop_kit.serving.connection import PageConnection, PageKernels
from workshop_kit.serving.group import Group
from workshop_kit.serving.group_handlers import cookie
from workshop_kit.serving.keys import Admitted, Keys
from workshop_kit.serving.pages import TEMPLATES, Pages
from workshop_kit.serving.visits import GONE_AFTER, Visits
from workshop_kit.support import load_support
from workshop_kit.wording import load_group_words, load_wording

IDLE_AFTER = 1800.0  # seconds
_FOLDER = "workshop-"
KERNEL_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
# What a page may say to its kernel. It can execute nothing.
ALLOWED_MESSAGES = ["comm_open", "comm_close", "comm_msg", "kernel_info_request"]


class ServeError(Exception):
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


class WorkshopServer(Voila):
    """Voila's application with its kernels and its list of allowed messages, and our pages."""

    def __init__(self, settings: Settings, **kwargs: Any):
        super().__init__(**kwargs)
        self.workshop = settings
        self.keys = Keys(f"workshop-{settings.port}") if settings.file_home else None
        self.lead_keys = Keys(cookie("lead", settings.port))
        self.group = Group(settings.board_url) if settings.has_group else None
        # Nothing outside the package decides how the workshop is served.
        self.config_file_paths: list[str] = []
        self.ip, self.port, self.base_url = settings.ip, settings.port, settings.base_url
        self.root_dir = str(notebooks.folder())
        self.identity_provider_class = handlers.Nobody
        # A socket's path may have some hundred bytes; macOS's own temporary folder takes most.
        self.connection_dir_root = "/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()  # noqa: S108
        self.config.KernelManager.transport = "tcp" if sys.platform == "win32" else "ipc"
        # A kernel that died is told to its page, which asks for a new one.
        self.config.KernelManager.autorestart = False
        # A page that comes back asks for everything anew, so nothing is buffered for it. A buffer
        # begun while its kernel ends would hold its sockets for ever.
        self.config.MappingKernelManager.buffer_offline_messages = False
        self.kernel_websocket_connection_class = PageConnection
        self.voila_configuration = VoilaConfiguration(
            parent=self, show_tracebacks=False, multi_kernel_manager_class=PageKernels
        )
        self.setup_template_dirs()

    def setup_template_dirs(self) -> None:
        """Use the workshop's own template and no other."""
        self.template_paths = [str(TEMPLATES)]

    def init_settings(self) -> dict[str, Any]:
        """Add what the workshop's handlers need to Voila's settings."""
        settings = super().init_settings()
        self.kernel_manager.allowed_message_types = ALLOWED_MESSAGES
        specs = provisioner.write_kernelspec(Path(self.connection_dir))
        self.kernel_spec_manager.kernel_dirs.insert(0, str(specs))
        assets = Assets()
        homes = self.workshop.homes
        environment = {
            HOMES_VARIABLE: ",".join(homes),
            # Traits come back from the page that set them; there is no need to echo them.
            "JUPYTER_WIDGETS_ECHO": "0",
        }
        self.visits = Visits(
            self.kernel_manager,
            environment,
            self.workshop.gone_after,
            provisioner.KERNEL,
            self.workshop.most_pages or room.most_pages(),
        )
        pages = Pages(
            self.base_url,
            assets,
            homes,
            notebooks.folder(),
            sample=self.workshop.sample,
            idle_after=self.workshop.idle_after,
            group=self.workshop.has_group,
        )
        return {
            **settings,
            "workshop_assets": assets,
            "workshop_pages": pages,
            "workshop_visits": self.visits,
            "workshop_keys": self.keys,
            "workshop_group": self.group,
            "workshop_lead_keys": self.lead_keys,
            "workshop_port": self.port,
            "workshop_room_address": self.workshop.address if self.workshop.in_a_room else None,
            "workshop_behind_proxy": self.workshop.any_host,
            "default_handler_class": handlers.NoPage,
            "compress_response": True,
            "log_function": lambda _handler: None,
            "websocket_ping_interval": 20,
            "websocket_ping_timeout": 20,
            # In the file home a page can hand over a whole journal at once.
            **({"websocket_max_message_size": 2 * MOST_BYTES} if self.keys else {}),
        }

    def init_handlers(self) -> list:
        """Return the workshop's addresses; none of Voila's own is served but the socket's."""
        at = self.base_url
        return [
            *self._open_to_all(),
            (at, handlers.HomePage),
            (rf"{at}leave", handlers.LeavePage),
            (rf"{at}guide(?:/([a-z_]+))?", handlers.GuidePage),
            (rf"{at}healthz", handlers.Health),
            (rf"{at}voila/render/([\w-]+)\.ipynb", handlers.NotebookPage),
            (rf"{at}workshop/pulse", handlers.Pulse),
            (rf"{at}workshop/room", handlers.Room),
            (rf"{at}workshop/visits", handlers.NewVisit),
            (rf"{at}workshop/visits/{KERNEL_ID}", handlers.VisitOutputs),
            (rf"{at}workshop/visits/{KERNEL_ID}/end", handlers.VisitEnd),
            (rf"{at}api/kernels/{KERNEL_ID}/channels", handlers.VisitSocket),
            *(group_routes.routes(at) if self.group else []),
        ]

    def _open_to_all(self) -> list:
        at = self.base_url
        door = [(rf"{at}open", handlers.Door)] if self.keys else []
        return [*door, (rf"{at}workshop-kit/([\w./-]+)", handlers.AssetFile)]

    def start(self) -> None:
        """Serve until told to stop; raises `ServeError` if that cannot be."""
        _sweep(Path(self.connection_dir_root))
        prefix = f"{_FOLDER}{os.getpid()}-"
        try:
            self.connection_dir = tempfile.mkdtemp(prefix=prefix, dir=self.connection_dir_root)
        except OSError:
            raise ServeError(
                f"no folder can be made in {self.connection_dir_root}, where kernels have their "
                "sockets; please make room there, or see who may write to it"
            ) from None
        try:
            asyncio.run(self._serve())
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    async def _serve(self) -> None:
        self.app = Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        logs.quieten()
        # Who guesses at codes is told apart by address, which a proxy passes on.
        behind = self.workshop.any_host
        server = HTTPServer(
            self._only_our_hosts(self._only_with_the_key(self.app)), xheaders=behind
        )
        try:
            server.listen(self.port, self.ip)
        except OSError as error:
            raise ServeError(_cause(error, self.workshop)) from None
        if provisioner.can_fork():
            self._warming = asyncio.create_task(provisioner.WARM.ready())
        else:
            spares.SPARES.expected = self.workshop.expect
            self._warming = spares.SPARES.fill()
        if self.group and self._has_board():
            self._sweeping = asyncio.create_task(self.group.sweep_now_and_then())
        self._say_where()
        try:
            await _until_told_to_stop()
        finally:
            server.stop()
            await self.visits.end_all()
            if self.group:
                self.group.close()
            provisioner.WARM.close()
            spares.SPARES.close()

    def _has_board(self) -> bool:
        """Say whether there is a board already; who never leads a group gets none."""
        return (
            bool(self.workshop.board) or Path(self.workshop.board_url.partition("///")[2]).exists()
        )

    def _only_with_the_key(self, app: Application) -> Any:
        if not self.keys:
            return app
        # Whatever is served one day, it is served to nobody else unless it stands here.
        settings = {**app.settings, "default_handler_class": handlers.Closed}
        closed = Application(self._open_to_all(), **settings)
        return RuleRouter([Rule(Admitted(self.keys), app), Rule(AnyMatches(), closed)])

    def _only_our_hosts(self, app: Any) -> Any:
        if self.workshop.any_host:
            return app
        names = hosts.answered_hosts(self.workshop.ip)
        refused = Application([(r".*", _NotThisHost)], log_function=lambda _handler: None)
        return RuleRouter(
            [Rule(HostMatches(hosts.host_pattern(names)), app), Rule(AnyMatches(), refused)]
        )

    def _say_where(self) -> None:
        address = self.workshop.address
        if self.workshop.in_a_room:
            segno.make(address, micro=False).terminal(compact=True)
        opens = address
        if self.keys:
            address = f"{address}open#{self.keys.issue()}"
            opens = _redirect_to(address, Path(self.connection_dir))
            sys.stdout.write("This link opens the journal in your file; please keep it to you.\n")
        sys.stdout.write(f"The workshop is open at {address}\n")
        if self.group:
            lead = f"{address}lead#{self.lead_keys.issue()}"
            sys.stdout.write(f"To lead a group, open {lead}\n")
            if self.workshop.in_a_room:
                opens = _redirect_to(lead, Path(self.connection_dir))
        sys.stdout.write("To close it, press Ctrl+C.\n")
        sys.stdout.flush()
        if self.workshop.browser and not _open_browser(opens):
            sys.stdout.write("No browser could be opened here; please open the address yourself.\n")
            sys.stdout.flush()


def _sweep(root: Path) -> None:
    """Remove the folders of sockets that killed servers of this account have left behind."""
    for folder in root.glob(f"{_FOLDER}*"):
        pid = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


class _NotThisHost(handlers.RequestHandler):
    """A name that is not ours."""

    def prepare(self) -> None:
        """Say so, and nothing else."""
        self.set_status(421)
        self.set_header("Server", "workshop")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("This server does not answer to that name.\n")


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl+C ends `asyncio.run` by itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    await stop.wait()


def _redirect_to(address: str, folder: Path) -> str:
    """Return the address of a file that leads to ``address``.

    The address itself would stand in the command that opens the browser, where every account of
    this machine can read it; this file only its owner can.
    """
    page = folder / "open.html"
    page.touch(mode=0o600)
    page.write_text(f'<meta http-equiv="refresh" content="0;url={address}">', encoding="utf-8")
    return page.as_uri()


def _open_browser(address: str, find: Callable[[], Any] = webbrowser.get) -> bool:
    """Open the home page; without a display or a browser that is not a fault."""
    try:
        return bool(find().open(address))
    except (webbrowser.Error, OSError):
        return False


def _cause(error: OSError, settings: Settings) -> str:
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


def serve(settings: Settings) -> None:
    """Serve the workshop until told to stop.

    Raises
    ------
    ServeError
        If it cannot listen where it was told to.
    ContentError
        If a content file has a fault.
    """
    # A fault in the words is told now, and not on somebody's page.
    settings.check()
    journey()
    load_wording()
    load_group_words()
    load_support()
    try:
        server = WorkshopServer(settings)
        if server.group and settings.board:
            server.group.board.sweep()
    except BoardFault as fault:
        raise ServeError(str(fault)) from None
    server.start()
