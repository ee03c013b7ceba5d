"""The server: Voila, with the workshop's own template, handlers, headers and care for kernels."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
from tornado.httpserver import HTTPServer
from tornado.web import Application
from voila.app import Voila
from voila.configuration import VoilaConfiguration

from workshop_kit import notebooks
from workshop_kit.board_database import BoardFault
from workshop_kit.journal import HOMES_VARIABLE
from workshop_kit.journal_file import MOST_BYTES
from workshop_kit.serving import (
    gates,
    group_routes,
    handlers,
    logs,
    provisioner,
    room,
    spares,
    visit_handlers,
)
from workshop_kit.serving.assets import Assets
from workshop_kit.serving.connection import PageConnection, PageKernels
from workshop_kit.serving.editions import Editions, load_everything
from workshop_kit.serving.group import Group
from workshop_kit.serving.group_handlers import cookie
from workshop_kit.serving.keys import Keys
from workshop_kit.serving.pages import TEMPLATES, Pages
from workshop_kit.serving.settings import ServeError, Settings, cause
from workshop_kit.serving.visits import Visits
from workshop_kit.serving.welcome import welcome

_FOLDER = "workshop-"
KERNEL_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
# What a page may say to its kernel. It can execute nothing.
ALLOWED_MESSAGES = ["comm_open", "comm_close", "comm_msg", "kernel_info_request"]


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
            "workshop_editions": Editions(pages),
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
            (rf"{at}workshop/pulse", visit_handlers.Pulse),
            (rf"{at}workshop/room", visit_handlers.Room),
            (rf"{at}workshop/visits", visit_handlers.NewVisit),
            (rf"{at}workshop/visits/{KERNEL_ID}", visit_handlers.VisitOutputs),
            (rf"{at}workshop/visits/{KERNEL_ID}/end", visit_handlers.VisitEnd),
            (rf"{at}api/kernels/{KERNEL_ID}/channels", visit_handlers.VisitSocket),
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
        server = HTTPServer(self._behind_its_gates(self.app), xheaders=behind)
        try:
            server.listen(self.port, self.ip)
        except OSError as error:
            raise ServeError(cause(error, self.workshop)) from None
        if provisioner.can_fork():
            self._warming = asyncio.create_task(provisioner.WARM.ready())
        else:
            spares.SPARES.expected = self.workshop.expect
            self._warming = spares.SPARES.fill()
        if self.group and self._has_board():
            self._sweeping = asyncio.create_task(self.group.sweep_now_and_then())
        welcome(
            self.workshop,
            Path(self.connection_dir),
            key=self.keys.issue() if self.keys else None,
            lead_key=self.lead_keys.issue() if self.group else None,
        )
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

    def _behind_its_gates(self, app: Any) -> Any:
        if self.keys:
            app = gates.only_with_a_key(app, self.keys, self._open_to_all())
        return app if self.workshop.any_host else gates.only_our_hosts(app, self.workshop.ip)


def _sweep(root: Path) -> None:
    """Remove the folders of sockets that killed servers of this account have left behind."""
    for folder in root.glob(f"{_FOLDER}*"):
        pid = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl+C ends `asyncio.run` by itself.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    await stop.wait()


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
    load_everything()
    try:
        server = WorkshopServer(settings)
        if server.group and settings.board:
            server.group.board.sweep()
    except BoardFault as fault:
        raise ServeError(str(fault)) from None
    server.start()
