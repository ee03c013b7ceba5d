"""What the server answers to an open page: a kernel, what its cells showed, and the connection."""

from __future__ import annotations

import json
from typing import Any

from tornado.web import HTTPError
from tornado.websocket import WebSocketProtocol, WebSocketProtocol13
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from workshop_kit.serving.handlers import WorkshopHandler
from workshop_kit.shelf import languages


class NewVisit(WorkshopHandler):
    """``POST /workshop/visits``: a page that lost its kernel asks for another."""

    def post(self) -> None:
        """Begin a visit and send its kernel's id."""
        try:
            said = json.loads(self.request.body)
            name, language = said["notebook"], said.get("language")
        except (ValueError, TypeError, KeyError, AttributeError):
            raise HTTPError(400) from None
        path = self.pages.find(name) if isinstance(name, str) else None
        if path is None:
            raise HTTPError(404)
        known = language if language in languages() else self.language
        self.finish({"kernelId": self.begin(path, known)})


class VisitOutputs(WorkshopHandler):
    """``/workshop/visits/ID``: what the cells showed, once they have run."""

    async def get(self, kernel_id: str) -> None:
        """Send, by cell, the widgets that belong there."""
        try:
            cells = await self.visits.outputs(kernel_id)
        except LookupError:
            raise HTTPError(404) from None
        self.finish({"cells": cells})


class VisitEnd(WorkshopHandler):
    """``POST /workshop/visits/ID/end``: the page is being left."""

    async def post(self, kernel_id: str) -> None:
        """End the visit."""
        await self.visits.end(kernel_id)
        self.set_status(204)


class Pulse(WorkshopHandler):
    """``/workshop/pulse``: the page asks whether anybody is there."""

    def get(self) -> None:
        """Say yes."""
        self.set_status(204)


class Room(WorkshopHandler):
    """``/workshop/room``: the page of a full room asks whether there is a place."""

    def get(self) -> None:
        """Say yes, or that it is still full."""
        self.set_status(503 if self.visits.is_full else 204)


class VisitSocket(VoilaKernelWebsocketHandler):
    """The connection between a page and its kernel, with Voila's list of allowed messages."""

    async def get(self, kernel_id: str) -> None:
        """Wait for the kernel that is still starting, then connect."""
        try:
            await self.settings["workshop_visits"].outputs(kernel_id)
        except LookupError:
            raise HTTPError(404) from None
        await super().get(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Connect."""
        try:
            self.settings["workshop_visits"].connected(kernel_id, self)
        except KeyError:
            self.close()
            return
        await super().open(kernel_id)

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        """Speak without Tornado's pings: it takes the milliseconds of Jupyter's own for seconds."""
        protocol = super().get_websocket_protocol()
        if isinstance(protocol, WebSocketProtocol13):
            protocol.params.ping_interval = protocol.params.ping_timeout = None
        return protocol

    def select_subprotocol(self, _subprotocols: list[str]) -> str | None:
        """Speak the plain protocol, whose messages can be looked into."""
        return None

    def on_message(self, message: str | bytes) -> None:
        """Pass a message on, unless it would build a widget: a page only asks for those there."""
        if isinstance(message, str) and not _opens_a_widget(message):
            super().on_message(message)

    def on_close(self) -> None:
        """Disconnect."""
        self.settings["workshop_visits"].disconnected(self.kernel_id, self)
        super().on_close()

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the status alone."""
        self.finish()


def _opens_a_widget(message: str) -> bool:
    try:
        parsed = json.loads(message)
        opens = parsed["header"]["msg_type"] == "comm_open"
        return opens and parsed["content"]["target_name"] != "jupyter.widget.control"
    except (ValueError, TypeError, KeyError):
        # What cannot be looked into is not passed on.
        return True
