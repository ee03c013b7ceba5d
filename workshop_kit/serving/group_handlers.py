"""What the answers to the pages of a group share, and how each page learns of what changes.

Each of the facilitator's, a participant's and the wall's page holds a key in a cookie that no
script can read and no other site's page can send, and every call looks it up. What is refused is
answered with its reason in one word, for which the page has a sentence.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from workshop_kit.board import Role
from workshop_kit.board_database import BoardFault
from workshop_kit.board_state import RefusedError
from workshop_kit.pooling import ContributionError
from workshop_kit.serving import hosts
from workshop_kit.serving.group import Group, as_told
from workshop_kit.serving.handlers import WorkshopHandler

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
    watched = ""

    async def get(self, role: Role) -> None:
        """Connect a page of this server that holds a key, and no other."""
        if not hosts.same_origin(self.request):
            raise HTTPError(403)
        self.role = role
        self.watched = await self.group.do(self.group.board.session_of, role, self.key(role))
        await super().get(role)

    async def open(self, _role: str) -> None:
        """Tell the page what the session is like now, and from now on."""
        self.group.watch(self.watched, self)
        self.tell(as_told(await self.group.state(self.watched), self.role))

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
        self.group.unwatch(self.watched, self)
