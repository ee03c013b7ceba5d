"""Kernels from spare processes, for systems where none can be forked: macOS and Windows.

A spare has imported everything before anybody comes, which takes it a second or two. How many are
made ready is for the host to say: as many as are expected to come at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
from collections import deque
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

NAME = "workshop-spare"

log = logging.getLogger(__name__)


class Spares:
    """The spare processes of a server.

    Attributes
    ----------
    expected
        How many pages are expected; when so many have come, one spare is still kept ready.
    """

    def __init__(self, expected: int = 1):
        self.expected = expected
        self._waiting: deque[subprocess.Popen] = deque()
        self._begun: subprocess.Popen | None = None
        self._taken = 0
        self._filling: asyncio.Task | None = None

    def __len__(self) -> int:
        """Count those that wait, warm."""
        return len(self._waiting)

    def fill(self) -> asyncio.Task:
        """Make as many ready as are still expected, one after another; return the task."""
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self._fill())
        return self._filling

    def take(self) -> subprocess.Popen:
        """Return a spare, or where none waits a process that still has to become warm."""
        self._taken += 1
        while self._waiting:
            spare = self._waiting.popleft()
            if spare.poll() is None:
                return spare
            spare.communicate()
        return _begun()

    async def _fill(self) -> None:
        while len(self._waiting) < max(1, self.expected - self._taken):
            self._begun = spare = _begun()
            if not await asyncio.to_thread(spare.stdout.readline):  # type: ignore[union-attr]
                log.warning("a spare kernel ended while it began")
                spare.wait()
                return
            self._begun = None
            self._waiting.append(spare)

    def renew(self) -> None:
        """Put others in the place of those that wait, if any do."""
        if self._waiting or self._begun:
            self.close()
            self._filling = None
            self.fill()

    def close(self) -> None:
        """End those that wait."""
        if self._filling:
            self._filling.cancel()
        begun = [self._begun] if self._begun else []
        for spare in (*begun, *self._waiting):
            with spare:
                spare.kill()
        self._waiting.clear()
        self._begun = None


def _begun() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "workshop_kit.serving.spare"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # A process group of its own, as any kernel has, so that Ctrl+C reaches the server alone.
        start_new_session=True,
    )


SPARES = Spares()


class SpareProvisioner(LocalProvisioner):
    """Makes a kernel of a spare, and looks after it as after any other process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Tell a spare whose kernel it is; ``cmd`` gives the connection file alone."""
        folder = str(kwargs.get("cwd") or Path.cwd())
        asked = {
            "connection_file": cmd[cmd.index("-f") + 1],
            "environment": kwargs["env"],
            "folder": folder,
        }
        spare = SPARES.take()
        # One that has died meanwhile is noticed as a kernel that has died, like any other.
        with contextlib.suppress(OSError):
            spare.stdin.write(f"{json.dumps(asked)}\n".encode())  # type: ignore[union-attr]
            spare.stdin.flush()  # type: ignore[union-attr]
        SPARES.fill()
        self.process, self.pid, self.cwd = spare, spare.pid, folder
        if hasattr(os, "getpgid"):
            with contextlib.suppress(OSError):
                self.pgid = os.getpgid(spare.pid)
        return self.connection_info
