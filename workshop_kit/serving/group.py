"""The group on this server: its board, and how a change comes to every page.

A page keeps one socket open and asks nothing. Whoever changes something says so here, in the same
process, and what everybody may know of the session is read from the board once, however many pages
look, and sent down each of their sockets. Changes that follow one another within `APART` seconds go
together: forty pages that join in one minute cost the board five readings a second at most, and a
page learns of a change after at most that time and one reading. A page whose socket cannot be
opened, as behind some proxies, asks every few seconds instead, and is answered from memory.

The board waits for a disk or a network, so it is spoken to in threads of its own; no other page of
the server waits with it. An SQLite file gets one thread, since it takes one change at a time.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from workshop_kit.board import Board, Role
from workshop_kit.board_database import BoardFault
from workshop_kit.board_state import RefusedError, State
from workshop_kit.codes import Guesses
from workshop_kit.exercises import journey
from workshop_kit.pooling import questions

APART = 0.2  # seconds between two tellings of one session
AGAIN = 1.0  # seconds until a board that could not be read is read again
SWEEP_EVERY = 3600  # seconds
_log = logging.getLogger(__name__)
_Done = TypeVar("_Done")


class Watcher(Protocol):
    """A page that looks at a session."""

    role: Role

    def tell(self, text: str) -> None:
        """Send it something."""

    def part(self) -> None:
        """End its connection."""


class Group:
    """The sessions of this server.

    Parameters
    ----------
    url
        Where the board is.

    Raises
    ------
    BoardFault
        If there can be no such board.
    """

    def __init__(self, url: str):
        asked = {exercise.id: questions(exercise) for exercise in journey()}
        self.board = Board(url, {name: some for name, some in asked.items() if some})
        self.guesses = Guesses()
        self._threads = ThreadPoolExecutor(1 if self.board.database.is_file else 8, "board")
        self._watchers: defaultdict[str, set[Watcher]] = defaultdict(set)
        self._known: dict[str, State] = {}
        self._changed: set[str] = set()
        self._telling: dict[str, asyncio.Task] = {}

    async def do(self, what: Callable[..., _Done], *given: Any, **named: Any) -> _Done:
        """Have the board do something, in one of its threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: what(*given, **named))

    async def state(self, session: str) -> State:
        """Return a session as it is; raises `RefusedError` once it is over."""
        known = self._known.get(session)
        if known is None or session in self._changed:
            return await self.do(self.board.state, session)
        if known.until <= time.time():
            raise RefusedError("key")
        return known

    def changed(self, session: str) -> None:
        """Have every page that looks at a session learn what it is like now."""
        self._changed.add(session)
        if session not in self._telling:
            self._telling[session] = asyncio.create_task(self._tell_while_it_changes(session))

    def watch(self, session: str, watcher: Watcher) -> None:
        """Tell a page of every change from now on."""
        self._watchers[session].add(watcher)

    def unwatch(self, session: str, watcher: Watcher) -> None:
        """Tell it no more."""
        self._watchers[session].discard(watcher)
        if not self._watchers[session]:
            del self._watchers[session]
            self._known.pop(session, None)

    def part(self, session: str, *roles: Role) -> None:
        """End the connections of some roles, whose keys have ended."""
        for watcher in [one for one in self._watchers.get(session, ()) if one.role in roles]:
            watcher.part()

    async def sweep_now_and_then(self) -> None:
        """Delete what is left of sessions whose time is over, for as long as the server runs."""
        while True:
            try:
                await self.do(self.board.sweep)
            except BoardFault as fault:
                _log.warning("%s", fault)
            await asyncio.sleep(SWEEP_EVERY)

    def close(self) -> None:
        """Let go of the board."""
        for task in self._telling.values():
            task.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.board.database.close()

    async def _tell_while_it_changes(self, session: str) -> None:
        try:
            while session in self._changed:
                self._changed.discard(session)
                await asyncio.sleep(APART if await self._tell(session) else AGAIN)
        finally:
            del self._telling[session]

    async def _tell(self, session: str) -> bool:
        """Tell every page, and say whether the board could be read."""
        try:
            state = await self.do(self.board.state, session)
        except RefusedError:
            self.part(session, "lead", "page", "wall")
            return True
        except BoardFault as fault:
            _log.warning("%s", fault)
            self._changed.add(session)
            return False
        if session in self._watchers:
            self._known[session] = state
        texts = {role: as_told(state, role) for role in ("lead", "page", "wall")}
        for watcher in list(self._watchers.get(session, ())):
            watcher.tell(texts[watcher.role])
        return True


def as_told(state: State, role: str) -> str:
    """Return as JSON what a role may know of a session."""
    known = state if role == "lead" else state.for_all()
    return json.dumps(
        {
            "joined": known.joined,
            "locked": known.locked,
            "closed": known.closed,
            "k": known.plan.k,
            "minutes": known.plan.minutes,
            "steps": known.plan.steps,
            "step": known.step,
            "since": max(0, int(time.time()) - known.step_began),
            "waiting": dict(known.waiting),
            "pictures": [
                {
                    "exercise": one.exercise,
                    "number": one.number,
                    "shown": one.shown,
                    **one.picture.model_dump(mode="json"),
                }
                for one in known.pictures
            ],
        }
    )
