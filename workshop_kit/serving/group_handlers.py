"""What the server answers to the pages of a group: the facilitator's, a participant's, the wall's.

Each of them holds a key in a cookie that no script can read and no other site's page can send, and
every call looks it up. What is refused is answered with its reason in one word, for which the page
has a sentence.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import segno
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from workshop_kit import codes
from workshop_kit.board import Role
from workshop_kit.board_database import BoardFault
from workshop_kit.board_state import Plan, RefusedError
from workshop_kit.pooling import ContributionError
from workshop_kit.serving import hosts
from workshop_kit.serving.group import Group, as_told
from workshop_kit.serving.handlers import WorkshopHandler
from workshop_kit.serving.keys import Keys

LARGEST = 10_000  # bytes of a request
# What is nobody's, what the rules do not allow now, what is no answer.
_STATUS = {"key": 401, "code": 403, "wait": 429, "unknown": 400}


def cookie(role: Role, port: int) -> str:
    """Return the name of a role's cookie. Browsers send cookies to every port of a host."""
    return f"workshop-{role}-{port}"


class GroupHandler(WorkshopHandler):
    """What the answers to the pages of a group share."""

    @property
    def group(self) -> Group:
        """The group on this server."""
        return self.settings["workshop_group"]

    def key(self, role: Role) -> str:
        """Return the key that the request bears, or nothing."""
        return self.get_cookie(cookie(role, self.settings["workshop_port"])) or ""

    def give(self, role: Role, key: str) -> None:
        """Give the browser a key, which ends with it."""
        name = cookie(role, self.settings["workshop_port"])
        self.set_cookie(name, key, path=self.pages.base_url, httponly=True, samesite="Strict")

    async def session(self, role: Role) -> str | None:
        """Return the session that the request's key is for, if there is one."""
        if not self.key(role):
            return None
        try:
            return await self.group.do(self.group.board.session_of, role, self.key(role))
        except RefusedError:
            return None

    def said(self) -> dict[str, Any]:
        """Return what the page sent."""
        if len(self.request.body) > LARGEST:
            raise HTTPError(413)
        try:
            said = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise RefusedError("unknown")
        return said

    def write_error(self, status_code: int, **more: Any) -> None:
        """Answer with the reason in one word."""
        error = (more.get("exc_info") or (None, None))[1]
        reason = "failed"
        if isinstance(error, RefusedError):
            reason = error.reason
            self.set_status(_STATUS.get(reason, 409))
        elif isinstance(error, ContributionError):
            reason = "unknown"
            self.set_status(400)
        elif isinstance(error, BoardFault):
            reason = error.kind
            self.set_status(503)
        self.finish({"reason": reason})

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log what is nobody's fault; a refusal is an answer like any other."""
        if not isinstance(error, RefusedError | ContributionError | BoardFault):
            super().log_exception(kind, error, trace)


class LeadPage(GroupHandler):
    """``/lead``: the facilitator's page, and where the key of its link is changed for a cookie."""

    def get(self) -> None:
        """Send the page, which finds the key in its own address."""
        self.finish(self.pages.lead(self.language))

    async def post(self) -> None:
        """Give a cookie for the key; one that leads a session already stays."""
        keys: Keys = self.settings["workshop_lead_keys"]
        given = keys.exchange(self.request.body[:LARGEST].decode("utf-8", "replace"))
        if given is None:
            raise RefusedError("key")
        if await self.session("lead"):
            keys.adopt(self.key("lead"))
        else:
            self.give("lead", given)
        self.set_status(204)


class Host(GroupHandler):
    """``/group/host``: what whoever asks may do as a facilitator."""

    async def get(self) -> None:
        """Say whether they may begin a session, and whether they lead one."""
        keys: Keys = self.settings["workshop_lead_keys"]
        leads = await self.session("lead") is not None
        self.finish({"host": keys.knows(self.key("lead")), "leads": leads})


class LeadSession(GroupHandler):
    """``POST /group/session``: begin one."""

    async def post(self) -> None:
        """Begin a session, and send what the facilitator shows: the code and the wall's link."""
        keys: Keys = self.settings["workshop_lead_keys"]
        if not keys.knows(self.key("lead")):
            raise RefusedError("key")
        plan = _plan(self.said(), self.pages.exercise_ids)
        code, wall = await self.group.do(self.group.board.begin, self.key("lead"), plan)
        self.finish({**_told_of_code(self, code), "wall": _address(self, f"wall#{wall}")})


class LeadAct(GroupHandler):
    """``POST /group/lead``: what a facilitator does, one act of a closed list."""

    async def post(self) -> None:
        """Do it, and tell every page."""
        said = self.said()
        do, board, key = self.group.do, self.group.board, self.key("lead")
        session = await do(board.session_of, "lead", key)
        answer: dict[str, Any] = {}
        match said:
            case {"act": "let_in"}:
                answer = _told_of_code(self, await do(board.let_in, key))
            case {"act": "recount"}:
                answer = _told_of_code(self, await do(board.recount, key))
                self.group.part(session, "page")
            case {"act": "wall"}:
                wall = await do(board.new_wall, key)
                answer = {"wall": _address(self, f"wall#{wall}")}
                self.group.part(session, "wall")
            case {"act": "lock"}:
                await do(board.lock, key)
            case {"act": "go", "step": int(step)} if not isinstance(step, bool):
                await do(board.go, key, step)
            case {"act": "open", "exercise": str(exercise)}:
                await do(board.open, key, exercise)
            case {"act": "let_go", "exercise": str(exercise)}:
                await do(board.let_go, key, exercise)
            case {"act": "show", "exercise": str(exercise), "number": int(number), "up": bool(up)}:
                await do(board.show, key, exercise, number, shown=up)
            case {"act": "close"}:
                await do(board.close, key)
                self.group.part(session, "page", "wall")
            case {"act": "forget"}:
                await do(board.forget, key)
            case _:
                raise RefusedError("unknown")
        self.group.changed(session)
        self.finish(answer)


class LeadCounts(GroupHandler):
    """``/group/counts.csv``: the opened pictures, for whoever led the session."""

    async def get(self) -> None:
        """Send them as a table."""
        session = await self.group.do(self.group.board.session_of, "lead", self.key("lead"))
        state = await self.group.state(session)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="group.csv"')
        self.finish(self.pages.counts(state.pictures, self.language))


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


class StateNow(GroupHandler):
    """``/group/state/ROLE``: the session as it is, for a page whose socket cannot be opened."""

    async def get(self, role: Role) -> None:
        """Send what the role may know; without a key, or after the end, that it has ended."""
        session = await self.session(role)
        self.set_header("Content-Type", "application/json")
        known = as_told(await self.group.state(session), role) if session else '{"ended": true}'
        self.finish(known)


class Changes(WebSocketHandler, GroupHandler):
    """``/group/changes/ROLE``: a page learns of every change; what it says itself is not heard."""

    role: Role
    session = ""

    async def get(self, role: Role) -> None:
        """Connect a page of this server that holds a key, and no other."""
        if not hosts.same_origin(self.request):
            raise HTTPError(403)
        self.role = role
        self.session = await self.group.do(self.group.board.session_of, role, self.key(role))
        await super().get(role)

    async def open(self, _role: str) -> None:
        """Tell the page what the session is like now, and from now on."""
        self.group.watch(self.session, self)
        self.tell(as_told(await self.group.state(self.session), self.role))

    def tell(self, text: str) -> None:
        """Send something, unless the page has gone."""
        with contextlib.suppress(WebSocketClosedError):
            self.write_message(text).add_done_callback(lambda sent: sent.exception())

    def part(self) -> None:
        """End the connection."""
        self.close(1000)

    def on_message(self, _message: str | bytes) -> None:
        """Hear nothing."""
        self.close(1008)

    def on_close(self) -> None:
        """Tell it no more."""
        self.group.unwatch(self.session, self)


def _plan(said: dict[str, Any], known: frozenset[str]) -> Plan:
    match said:
        case {"k": int(k), "minutes": int(minutes), "steps": list(steps)}:
            if len(steps) == len({*map(str, steps)}) and all(step in known for step in steps):
                plan = Plan(int(k), tuple(steps), int(minutes))
                try:
                    plan.check()
                except ValueError:
                    raise RefusedError("unknown") from None
                return plan
    raise RefusedError("unknown")


def _address(handler: GroupHandler, place: str) -> str:
    """Return an address on this server as the room reaches it."""
    room: str | None = handler.settings["workshop_room_address"]
    own = f"{handler.request.protocol}://{handler.request.host}{handler.pages.base_url}"
    return f"{room or own}{place}"


def _told_of_code(handler: GroupHandler, code: str) -> dict[str, str]:
    """Return a code as a facilitator shows it; the code itself is in what no browser sends."""
    address = _address(handler, "group")
    drawn = segno.make(f"{address}#{code}", micro=False, error="m")
    return {"code": code, "address": address, "qr": drawn.svg_data_uri(border=2, scale=8)}
