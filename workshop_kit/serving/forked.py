"""A forked kernel: what the warm process makes ready for all of them, and what each does alone."""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NoReturn

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp

from workshop_kit.serving import kernel

# No history: what runs here is nobody's to look up later.
OPTIONS = ["--HistoryManager.enabled=False"]


class ForkedKernelApp(IPKernelApp):
    """ipykernel's application, which has read its options before the fork."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Leave what was read in the warm process as it is."""

    def init_kernel(self) -> None:
        """Make the kernel, without the list of every module that a debugger would ask for."""
        with _no_modules():
            super().init_kernel()

    def init_code(self) -> None:
        """Run no start-up file of the account's; and list no modules, for the same reason."""


@contextmanager
def _no_modules() -> Iterator[None]:
    # To look at each module there is would copy 7 MB that are shared, in every kernel.
    ipkernel.sys = SimpleNamespace(**{**vars(sys), "modules": {}})  # type: ignore[assignment]
    try:
        yield
    finally:
        ipkernel.sys = sys


def prepare() -> None:
    """Do, before any fork, all that no kernel needs to do for itself."""
    application = ForkedKernelApp.instance()
    IPKernelApp.parse_command_line(application, OPTIONS)
    application.init_profile_dir()
    kernel.warm_up()


def begin(asked: dict[str, Any]) -> ForkedKernelApp:
    """Make the kernel that the server describes: its connection file, environment and folder."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    application = ForkedKernelApp.instance()
    application.connection_file = asked["connection_file"]
    application.initialize([])
    # ipywidgets was imported when there was no kernel yet to register with.
    importlib.import_module("ipywidgets").register_comm_target(application.kernel)
    return application


def become(line: socket.socket) -> NoReturn:
    """Turn a forked process into the kernel that the server describes on ``line``, for good."""
    # Whatever happens, a kernel never goes on as the warm process that it was.
    try:
        _live(line)
    finally:
        os._exit(1)


def _live(line: socket.socket) -> NoReturn:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    asked: dict[str, Any] = json.loads(line.makefile("r").readline())
    _fresh_random_state()
    threading.Thread(target=_end_with, args=[line], daemon=True).start()
    application = begin(asked)
    # Only now, when its sockets are there to be connected to.
    line.sendall(f"{os.getpid()}\n".encode())
    application.start()
    os._exit(0)


def _fresh_random_state() -> None:
    """Seed what every fork would else share; Python's own generators see to themselves."""
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()


def _end_with(line: socket.socket) -> None:
    """End this kernel as soon as its server has gone, however busy it is."""
    while line.recv(64):
        pass
    os._exit(0)
