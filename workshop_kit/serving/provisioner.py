"""Kernels forked from a warm process, as a provisioner of jupyter_client.

A kernelspec that only `serve` installs names it. Where nothing can be forked it names that of
`spares`. Where the warm process does not answer, kernels start in the ordinary way, which the log
says.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from workshop_kit.serving import spares, warm

NAME = "workshop-forked"
# Set by a host whose own libraries do not survive a fork.
NO_FORK = "WORKSHOP_KIT_NO_FORK"
KERNEL = "workshop"
ANSWERS_WITHIN = 30.0  # seconds; a fork takes a twentieth of one, unless the machine is very busy

log = logging.getLogger(__name__)


class WarmProcessError(Exception):
    """The warm process is not there, or does not answer."""


class ForkedProcess:
    """A forked kernel, with as much of ``subprocess.Popen`` as a provisioner asks for.

    Parameters
    ----------
    line
        The socket that ends when the kernel does.
    said
        What the kernel said on it first: its process id, and a new line.
    """

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, said: bytes):
        pid, _, self._said = said.partition(b"\n")
        self.pid = int(pid)
        self._line = line
        # A number could be another process's by the time a signal is sent; this cannot.
        self._process = os.pidfd_open(self.pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, -9 where nobody could tell it, or ``None`` while it runs."""
        while self.returncode is None:
            try:
                said = self._line.recv(64)
            except BlockingIOError:
                return None
            except OSError:
                said = b""
            self._said += said
            if not said:
                self._close()
        return self.returncode

    def wait(self) -> int:
        """Return the exit status of a kernel that has ended."""
        status = self.poll()
        assert status is not None, "a provisioner polls before it waits"
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal; a kernel that has ended is no fault."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _close(self) -> None:
        status = self._said.strip()
        self.returncode = int(status) if status else -signal.SIGKILL
        self._line.close()
        os.close(self._process)


class WarmProcess:
    """The server's end of the warm process, begun when first a kernel is asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        self._starting: asyncio.Task | None = None
        self._retired: list[tuple[subprocess.Popen, socket.socket]] = []

    def retire(self) -> None:
        """Begin another for the kernels to come; this one goes with the last of its own."""
        if self._process and self._control:
            with contextlib.suppress(OSError):
                self._control.send(warm.RETIRE)
            self._retired.append((self._process, self._control))
            self._process = self._control = self._starting = None

    async def ready(self) -> socket.socket:
        """Return the line to a process that has imported everything; begin one if there is none."""
        self._see_off()
        # One that ends while it begins says so to those who wait for it.
        if self._starting and self._starting.done() and self._has_ended():
            log.warning("the warm process has ended; another is begun")
            self._end()
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        return await asyncio.shield(self._starting)

    async def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "workshop_kit.serving.warm", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # One thread is all that a fork copies.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        ours.setblocking(False)
        self._control = ours
        # However long it takes: an ordinary kernel would have as much to import.
        if not await asyncio.get_running_loop().sock_recv(ours, 1):
            raise WarmProcessError("ended while it began")
        return ours

    async def fork(
        self, connection_file: str, environment: dict[str, str], folder: str
    ) -> ForkedProcess:
        """Return a new kernel; raises `WarmProcessError` if none comes."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        asked = {
            "connection_file": connection_file,
            "environment": environment,
            "folder": folder,
        }
        try:
            with theirs:
                control = await self.ready()
                socket.send_fds(control, [warm.FORK], [theirs.fileno()])
            async with asyncio.timeout(ANSWERS_WITHIN):
                await loop.sock_sendall(ours, f"{json.dumps(asked)}\n".encode())
                return ForkedProcess(ours, await loop.sock_recv(ours, 64))
        except (WarmProcessError, OSError, ValueError) as error:
            ours.close()
            raise WarmProcessError(type(error).__name__) from None

    def close(self) -> None:
        """End the warm process, and with it what is left of its kernels."""
        for process, control in self._retired:
            control.close()
            process.wait()
        self._retired.clear()
        self._end()

    def _see_off(self) -> None:
        for process, control in [*self._retired]:
            if process.poll() is not None:
                control.close()
                self._retired.remove((process, control))

    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _end(self) -> None:
        if self._control:
            self._control.close()
        if self._process:
            # One that is still importing has no kernels, and would only notice when it is done.
            if self._starting and not self._starting.done():
                self._process.kill()
            self._process.wait()
        self._process = self._control = self._starting = None


WARM = WarmProcess()


class ForkedProvisioner(LocalProvisioner):
    """Starts a kernel by a fork, and looks after it as after any other process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; where that fails start ``cmd``, which takes longer and does the same."""
        # The options of a forked kernel are those that the warm process has read.
        connection_file = cmd[cmd.index("-f") + 1]
        folder = str(kwargs.get("cwd") or Path.cwd())
        try:
            forked = await WARM.fork(connection_file, kwargs["env"], folder)
        except WarmProcessError as error:
            log.warning("a kernel was started in the ordinary way (%s)", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast(subprocess.Popen, forked)
        self.pid, self.cwd = forked.pid, folder
        return self.connection_info


def can_fork() -> bool:
    """Whether kernels are forked here: on Linux, where every library is safe after a fork."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and NO_FORK not in os.environ


def write_kernelspec(folder: Path) -> Path:
    """Write the kernelspec that names the provisioner into a folder of the server's own.

    Returns
    -------
    Path
        The folder of kernelspecs, to be searched by the server's kernelspec manager.
    """
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Workshop",
        "language": "python",
        "metadata": {
            "kernel_provisioner": {"provisioner_name": NAME if can_fork() else spares.NAME}
        },
    }
    at = folder / "kernels" / KERNEL
    at.mkdir(parents=True)
    (at / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return at.parent
