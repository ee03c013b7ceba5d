"""What the server answers to whoever takes part in a group, and to the wall."""

from __future__ import annotations

import asyncio

from workshop_kit import codes
from workshop_kit.board_state import RefusedError
from workshop_kit.serving.group_handlers import LARGEST, GroupHandler, cookie


class GroupPage(GroupHandler):
    """``/group``: a participant's page."""

    def get(self) -> None:
        """Send the page."""
        self.finish(self.pages.group(self.language))


class Join(GroupHandler):
    """``POST /group/join``: a page joins with a code."""

    async def post(self) -> None:
        """Give a key for a code; wrong codes of one source are slowed."""
        board, do = self.group.board, self.group.do
        if await self.session("page"):
            # Two tabs of one browser are one page.
            self.set_status(204)
            return
        source, guesses = str(self.request.remote_ip), self.group.guesses
        wait = guesses.wait(source)
        if wait > 0:
            self.set_status(429)
            self.finish({"reason": "wait", "seconds": int(wait) + 1})
            return
        # Until it has proved right it counts as wrong, so that many at once are no way around.
        guesses.wrong(source)
        typed = self.said().get("code")
        code = codes.read_code(typed) if isinstance(typed, str) else None
        if code is None:
            raise RefusedError("code")
        key = await do(board.join, await asyncio.to_thread(board.slow, code))
        guesses.right(source)
        self.give("page", key)
        self.group.changed(await do(board.session_of, "page", key))
        self.set_status(204)


class Mine(GroupHandler):
    """``/group/mine``: what a page has shared, and has not yet been opened."""

    async def get(self) -> None:
        """Send it, to the page that it is of; to one that has not joined, nothing."""
        joined = await self.session("page")
        mine = await self.group.do(self.group.board.mine, self.key("page")) if joined else None
        self.finish({"mine": mine})


class Contribution(GroupHandler):
    """``/group/mine/EXERCISE``: one page's contribution to an exercise."""

    async def put(self, exercise: str) -> None:
        """Let it wait, in place of an earlier one."""
        answers = self.said().get("answers")
        share = self.group.board.share
        self.group.changed(await self.group.do(share, self.key("page"), exercise, answers))
        self.set_status(204)

    async def delete(self, exercise: str) -> None:
        """Take it back."""
        take_back = self.group.board.take_back
        self.group.changed(await self.group.do(take_back, self.key("page"), exercise))
        self.set_status(204)


class Depart(GroupHandler):
    """``POST /group/leave``: a page leaves the group, and nobody is told."""

    async def post(self) -> None:
        """Take back what waits, and end the key."""
        session = await self.group.do(self.group.board.leave, self.key("page"))
        self.clear_cookie(cookie("page", self.settings["workshop_port"]), path=self.pages.base_url)
        self.group.changed(session)
        self.set_status(204)


class WallPage(GroupHandler):
    """``/wall``: the projector's page, and where the key of its link is changed for a cookie."""

    def get(self) -> None:
        """Send the page."""
        self.finish(self.pages.wall(self.language))

    async def post(self) -> None:
        """Give a cookie for the key."""
        key = self.request.body[:LARGEST].decode("utf-8", "replace")
        await self.group.do(self.group.board.session_of, "wall", key)
        self.give("wall", key)
        self.set_status(204)
