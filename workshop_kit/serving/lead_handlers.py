"""What the server answers to the facilitator's page."""

from __future__ import annotations

from typing import Any

import segno

from workshop_kit.board_state import Plan, RefusedError
from workshop_kit.serving.group_handlers import LARGEST, GroupHandler
from workshop_kit.serving.keys import Keys


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
