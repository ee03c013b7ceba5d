"""The warm process: it has imported what the exercises need, and forks a kernel for each page.

Run as ``python -m workshop_kit.serving.warm FD``, where FD is one end of a socket pair. For every
kernel the server sends one byte and one end of another pair, and over that pair speaks with the
kernel alone: the kernel says its process id, the warm process its exit status once it has ended,
and either side learns from the closed socket that the other has gone. `RETIRE` asks it to go as
soon as no kernel of it is left.

It holds no thread, no zmq context and no event loop, since a fork would copy them half.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any, NoReturn

# What a kernel would import sooner or later, so that all of them share one copy of it.
IMPORTED = (
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "pandas",
    "psutil",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
    "workshop_kit.figures",
)


FORK, RETIRE = b"k", b"r"


def main(control: socket.socket) -> None:
    """Fork kernels until the server closes ``control``."""
    become = _made_ready()
    woken, wake = os.pipe()
    heard: list[Any] = [control, woken]
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    control.send(b"w")
    kernels: dict[int, socket.socket] = {}
    retired = False
    while kernels or not retired:
        ready, _, _ = select.select(heard, [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_of_the_dead(kernels)
        if control in ready:
            asked, given, _, _ = socket.recv_fds(control, 1, 1)
            if not asked:
                break
            retired |= asked == RETIRE
            if asked == FORK:
                line = socket.socket(fileno=given[0])
                pid = os.fork()
                if pid == 0:
                    _leave_behind(woken, wake, control.fileno(), *_descriptors(kernels))
                    become(line)
                kernels[pid] = line
    for pid in kernels:
        os.kill(pid, signal.SIGKILL)


def _made_ready() -> Callable[[socket.socket], NoReturn]:
    # A page never steps through its kernel's code, so no kernel of a page carries a debugger.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in IMPORTED:
        # What a later version of a library no longer has need not be there.
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    # Only after the debugger is ruled out.
    from workshop_kit.serving import forked

    forked.prepare()
    gc.collect()
    # Objects of before the fork are never looked at again, so their pages stay shared.
    gc.freeze()
    return forked.become


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


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
