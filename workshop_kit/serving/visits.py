"""A visit: one page open in one browser, and the kernel that is its own.

The page is sent before its kernel exists. Its id is fixed first, then the kernel starts and runs
the notebook beside the page, and what asks for it by that id waits until it is there.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import json
import logging
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from jupyter_client.utils import ensure_async

from workshop_kit.shelf import ENGLISH, LANGUAGE

GONE_AFTER = 120.0  # seconds without a connection until a visit is over
LOOK_EVERY = 1.0  # seconds between two looks at whether a kernel still lives
_STARTS_AT_ONCE = 2 * (os.cpu_count() or 1)
_RUNS_WITHIN = 60.0  # seconds for the cells of a notebook on a busy machine
_RUN = "__import__('workshop_kit.serving.kernel', fromlist=['run']).run({path!r})"

log = logging.getLogger(__name__)


class RoomFull(Exception):  # noqa: N818
    """There is no place for another page just now."""


@dataclass
class Visit:
    """One page and its kernel.

    ``outputs`` holds, by the id of each code cell, what the cell showed: ``{"model": id}`` for a
    widget, ``{"text": …}`` for text, ``{"failed": True}`` for a cell that did not run. ``life`` is
    the task that starts the kernel and ends it, and ``over`` asks it to end.
    """

    kernel_id: str
    notebook: Path
    language: str
    outputs: asyncio.Future[dict[str, list[dict]]] = field(repr=False)
    over: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    sockets: set[Any] = field(default_factory=set, repr=False)
    life: asyncio.Task | None = field(default=None, repr=False)
    leaving: asyncio.TimerHandle | None = field(default=None, repr=False)


class Visits:
    """All the visits of a server.

    Parameters
    ----------
    kernel_manager
        Voila's, which holds the kernels.
    environment
        What each kernel is told about this server; nothing of the visitor is in it.
    gone_after
        Seconds without a connection until a visit is over.
    kernel_name
        The kernelspec that kernels are started from.
    most
        How many may be open at once.
    """

    def __init__(
        self,
        kernel_manager: Any,
        environment: dict[str, str],
        gone_after: float = GONE_AFTER,
        kernel_name: str = "python3",
        most: int = 10_000,
    ):
        self._kernels = kernel_manager
        self._kernel_name = kernel_name
        self._environment = environment
        self._gone_after = gone_after
        self.most = most
        self._visits: dict[str, Visit] = {}
        self._lives: set[asyncio.Task] = set()
        self._turn = asyncio.Semaphore(_STARTS_AT_ONCE)
        self.started = self.failed = 0

    def __len__(self) -> int:
        """Count the visits that are open."""
        return len(self._visits)

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return len(self) >= self.most

    def begin(self, notebook: Path, language: str = ENGLISH) -> str:
        """Begin a visit to ``notebook`` and return its kernel's id at once.

        Raises
        ------
        RoomFull
            If every place is taken.
        """
        if self.is_full:
            raise RoomFull
        loop = asyncio.get_running_loop()
        visit = Visit(str(uuid.uuid4()), notebook, language, loop.create_future())
        self._visits[visit.kernel_id] = visit
        visit.life = loop.create_task(self._live(visit))
        self._lives.add(visit.life)
        visit.life.add_done_callback(self._lives.discard)
        return visit.kernel_id

    async def outputs(self, kernel_id: str) -> dict[str, list[dict]]:
        """Wait until the notebook has run; raises ``LookupError`` for a visit that is over."""
        if kernel_id not in self._visits:
            raise LookupError(kernel_id)
        return await asyncio.shield(self._visits[kernel_id].outputs)

    def connected(self, kernel_id: str, socket: Any) -> None:
        """Note that the page of a visit is listening."""
        visit = self._visits[kernel_id]
        visit.sockets.add(socket)
        if visit.leaving:
            visit.leaving.cancel()

    def disconnected(self, kernel_id: str, socket: Any) -> None:
        """Note that it no longer is; it has a while to come back."""
        visit = self._visits.get(kernel_id)
        if visit:
            visit.sockets.discard(socket)
            if not visit.sockets:
                self._expect_back(visit)

    async def end(self, kernel_id: str) -> None:
        """End a visit and its kernel; a visit that is over already is no fault."""
        visit = self._visits.get(kernel_id)
        if visit and visit.life:
            visit.over.set()
            await asyncio.shield(visit.life)

    async def end_all(self) -> None:
        """End every visit, and wait for the kernels of those that are over already."""
        for visit in self._visits.values():
            visit.over.set()
        await asyncio.gather(*self._lives)

    def _expect_back(self, visit: Visit) -> None:
        if visit.leaving:
            visit.leaving.cancel()
        loop = asyncio.get_running_loop()
        visit.leaving = loop.call_later(self._gone_after, visit.over.set)

    async def _live(self, visit: Visit) -> None:
        """Start the kernel, run the notebook in it, watch over it, and end it.

        A start is never broken off half way, for that is how kernels are left behind: one that
        nobody waits for any more is ended as soon as it is there.
        """
        try:
            async with self._turn:
                if not visit.over.is_set():
                    await self._start(visit)
                    await self._run(visit)
            await self._watch(visit)
        except Exception as error:
            self.failed += 1
            log.error("a kernel did not start (%s)", type(error).__name__)
        finally:
            await self._bury(visit)

    async def _start(self, visit: Visit) -> None:
        await ensure_async(
            self._kernels.start_kernel(
                kernel_id=visit.kernel_id,
                kernel_name=self._kernel_name,
                env={**os.environ, **self._environment, LANGUAGE: visit.language},
                # No history: what runs here is nobody's to look up later.
                extra_arguments=["--HistoryManager.enabled=False"],
                stdout=DEVNULL,
                stderr=DEVNULL,
            )
        )

    async def _run(self, visit: Visit) -> None:
        manager = self._kernels.get_kernel(visit.kernel_id)
        run = asyncio.create_task(_run_cells(visit.notebook, manager))
        over = asyncio.create_task(visit.over.wait())
        await asyncio.wait({run, over}, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        if run.done():
            visit.outputs.set_result(run.result())
            self.started += 1
            # Only now can a page connect; one that waits in a queue is not one that has gone.
            self._expect_back(visit)
        else:
            run.cancel()
            await asyncio.wait({run})

    async def _watch(self, visit: Visit) -> None:
        """Wait until the visit is over or its kernel dies, which its page learns of at once."""
        while not visit.over.is_set():
            if not await ensure_async(self._kernels.get_kernel(visit.kernel_id).is_alive()):
                log.warning("a kernel died")
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(visit.over.wait(), LOOK_EVERY)

    async def _bury(self, visit: Visit) -> None:
        self._visits.pop(visit.kernel_id, None)
        if visit.leaving:
            visit.leaving.cancel()
        if not visit.outputs.done():
            visit.outputs.set_exception(LookupError(visit.kernel_id))
            # Nobody may be waiting for it, which is no fault.
            visit.outputs.exception()
        for socket in list(visit.sockets):
            socket.close()
        if visit.kernel_id in self._kernels:
            await ensure_async(self._kernels.shutdown_kernel(visit.kernel_id, now=True))


async def _run_cells(notebook: Path, manager: Any) -> dict[str, list[dict]]:
    """Have a kernel run every code cell of a notebook, and say what each showed."""
    client = manager.client()
    client.start_channels(iopub=False, stdin=False, hb=False, control=False)
    try:
        reply = await client.execute(
            "",
            silent=True,
            user_expressions={"shown": _RUN.format(path=str(notebook))},
            reply=True,
            timeout=_RUNS_WITHIN,
        )
    finally:
        client.stop_channels()
    told = reply["content"]["user_expressions"]["shown"]
    if told["status"] != "ok":
        raise RuntimeError(told["ename"])
    shown = json.loads(ast.literal_eval(told["data"]["text/plain"]))
    if any({"failed": True} in outputs for outputs in shown.values()):
        log.error("a cell of a notebook did not run")
    return shown
