"""The warm process: it has imported what the exercises need, and forks a kernel for each page.

Run as ``python -m workshop_kit.serving.warm FD``, where FD is one end of a socket pair. For every
kernel the server sends one byte and one end of another pair, and over that pair speaks with the
kernel alone: the kernel says its process id, the warm process its exit status once it has ended,
and either side learns from the closed socket that the other has gone.

It holds no thread, no zmq context and no event loop, since a fork would copy them half.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import threading
from typing import Any

# What a kernel would import sooner or later, so that all of them share one copy of it.
IMPORTED = (
    "ipykernel.kernelapp",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "pandas",
    "tornado.platform.asyncio",
    "workshop_kit.figures",
    "workshop_kit.serving.kernel",
)


def main(control: socket.socket) -> None:
    """Fork kernels until the server closes ``control``."""
    _import_everything()
    woken, wake = os.pipe()
    heard: list[Any] = [control, woken]
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    control.send(b"w")
    kernels: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select(heard, [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_of_the_dead(kernels)
        if control in ready:
            asked, given, _, _ = socket.recv_fds(control, 1, 1)
            if not asked:
                break
            line = socket.socket(fileno=given[0])
            pid = os.fork()
            if pid == 0:
                _leave_behind(woken, wake, control.fileno(), *_descriptors(kernels))
                become_kernel(line)
            kernels[pid] = line
    for pid in kernels:
        os.kill(pid, signal.SIGKILL)


def _import_everything() -> None:
    # A page never steps through its kernel's code, so no kernel of a page carries a debugger.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in IMPORTED:
        # What a later version of a library no longer has need not be there.
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    from workshop_kit.serving import kernel

    kernel.warm_up()
    gc.collect()
    # Objects of before the fork are never looked at again, so their pages stay shared.
    gc.freeze()


def _descriptors(lines: dict[int, socket.socket]) -> list[int]:
    return [line.fileno() for line in lines.values()]


def _leave_behind(*descriptors: int) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def _tell_of_the_dead(kernels: dict[int, socket.socket]) -> None:
    while kernels:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        line = kernels.pop(pid)
        # The server may no longer want to know.
        with contextlib.suppress(OSError):
            line.send(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        line.close()


def become_kernel(line: socket.socket) -> None:
    """Turn a forked process into the kernel that the server describes on ``line``, for good."""
    # Whatever happens, a kernel never goes on as the warm process that it was.
    try:
        _be_kernel(line)
    finally:
        os._exit(1)


def _be_kernel(line: socket.socket) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    asked = json.loads(line.makefile("r").readline())
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    _fresh_random_state()
    threading.Thread(target=_end_with, args=[line], daemon=True).start()
    from ipykernel.kernelapp import IPKernelApp

    # `initialize` without its subcommands; what follows the module's name, as a kernelspec has it.
    application = IPKernelApp.instance()
    application.initialize(asked["arguments"])
    # ipywidgets was imported when there was no kernel yet to register with.
    importlib.import_module("ipywidgets").register_comm_target(application.kernel)
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


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
