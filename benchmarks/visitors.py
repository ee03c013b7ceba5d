"""Visitors without a browser: each opens a page, waits for its controls, and moves one of them.

One client for all, so that what is compared is the servers. A visitor gets the page to its end,
opens its socket and speaks its protocol as far as the page itself would: until the first control's
state has come (*ready*), and then until a control that was moved has been answered (*answered*).
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

WITHIN = 300.0  # seconds for one visit; the slowest of thirty takes a third of it
MOST_BYTES = 2**26


class ClosedError(Exception):
    """The server closed the connection before it had answered."""


@dataclass
class Visit:
    """An open page.

    Attributes
    ----------
    ready, answered
        Seconds from the click until the controls' state had come, and until the first control that
        was moved had been answered.
    again
        Moves the control once more and returns when that is answered.
    socket
        The page's connection, which stays open.
    """

    ready: float
    answered: float
    again: Callable[[], Awaitable[None]] = field(repr=False)
    socket: WebSocketClientConnection = field(repr=False)


Visitor = Callable[[str], Awaitable[Visit]]


async def _get(address: str) -> str:
    answer = await AsyncHTTPClient().fetch(address, request_timeout=WITHIN)
    return answer.body.decode()


async def _connect(
    address: str, path: str, protocols: list[str] | None = None
) -> WebSocketClientConnection:
    asked = HTTPRequest(
        re.sub("^http", "ws", address) + path, headers={"Origin": address}, request_timeout=WITHIN
    )
    return await websocket_connect(asked, subprotocols=protocols, max_message_size=MOST_BYTES)


async def _heard(socket: WebSocketClientConnection) -> Any:
    message = await socket.read_message()
    if message is None:
        raise ClosedError
    return message


async def _visit(
    began: float, socket: WebSocketClientConnection, move: Callable[[], Awaitable[None]]
) -> Visit:
    ready = time.monotonic() - began
    await move()
    return Visit(ready, time.monotonic() - began, move, socket)


@asynccontextmanager
async def _closing(socket: WebSocketClientConnection) -> AsyncIterator[None]:
    """Leave no socket open behind a visit that did not come about."""
    try:
        yield
    except BaseException:
        socket.close()
        raise


class _Kernel:
    """A page's end of a Jupyter kernel's connection."""

    def __init__(self, socket: WebSocketClientConnection, session: str):
        self.socket, self._session = socket, session

    async def tell(self, kind: str, content: dict) -> str:
        """Send a message and return its id."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self._session}
        header |= {"username": "", "version": "5.3", "date": "2026-01-01T00:00:00Z"}
        message = {"channel": "shell", "header": header, "parent_header": {}, "content": content}
        message |= {"metadata": {"version": "1.0.0"}, "buffers": []}
        await self.socket.write_message(json.dumps(message))
        return header["msg_id"]

    async def hear(self) -> dict:
        """Return the next message; one with buffers begins with where its parts are."""
        message = await _heard(self.socket)
        if isinstance(message, bytes):
            count = int.from_bytes(message[:4], "big")
            at = [int.from_bytes(message[4 * n : 4 * n + 4], "big") for n in range(1, count + 1)]
            message = message[at[0] : at[1] if count > 1 else None]
        return json.loads(message)

    async def states(self) -> dict[str, dict]:
        """Ask for the state of every widget, as a page does, and wait for it."""
        comm = uuid.uuid4().hex
        await self.tell(
            "comm_open", {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        )
        await self.tell("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        while True:
            data = (await self.hear())["content"].get("data") or {}
            if data.get("method") == "update_states":
                return {model: one["state"] for model, one in data["states"].items()}

    async def set(self, model: str, **state: Any) -> None:
        """Set traits of a widget and wait until the kernel has done all that follows from it."""
        data = {"method": "update", "state": state, "buffer_paths": []}
        told = await self.tell("comm_msg", {"comm_id": model, "data": data})
        while True:
            said = await self.hear()
            idle = said["content"].get("execution_state") == "idle"
            if idle and said["parent_header"].get("msg_id") == told:
                return


async def _kernel_of(address: str, page: str) -> _Kernel:
    found = re.search(r'"kernelId"\s*:\s*"([0-9a-f-]{36})"', await _get(address + page))
    assert found, "the page names its kernel"
    session = uuid.uuid4().hex
    path = f"/api/kernels/{found[1]}/channels?session_id={session}"
    return _Kernel(await _connect(address, path), session)


async def workshop(address: str) -> Visit:
    """Visit *Arriving*; its kernel has answered when it says that it is idle again."""
    began = time.monotonic()
    kernel = await _kernel_of(address, "/voila/render/01_arriving.ipynb")
    async with _closing(kernel.socket):
        states = await kernel.states()
        circles = next(model for model, state in states.items() if "sizes" in state)
        size = 0

        async def move() -> None:
            nonlocal size
            size = size % 10 + 1
            await kernel.set(circles, sizes={"threat": size, "drive": 2, "soothing": 3})

        return await _visit(began, kernel.socket, move)


async def voila(address: str) -> Visit:
    """Visit Voila's page; it has answered when its kernel is idle, the figure having been told."""
    began = time.monotonic()
    kernel = await _kernel_of(address, "/")
    async with _closing(kernel.socket):
        states = await kernel.states()
        slider = next(m for m, s in states.items() if s.get("_model_name") == "FloatSliderModel")
        size = 0

        async def move() -> None:
            nonlocal size
            size = size % 10 + 1
            await kernel.set(slider, value=size)

        return await _visit(began, kernel.socket, move)


async def panel(address: str) -> Visit:
    """Visit Panel's page; it has answered with the picture's new data and an *OK*."""
    began = time.monotonic()
    found = re.search(r'"token":"([^"]+)"', await _get(f"{address}/panel_page"))
    assert found, "the page holds a token"
    socket = await _connect(address, "/panel_page/ws", ["bokeh", found[1]])

    async def tell(kind: str, content: dict) -> None:
        header = {"msgid": uuid.uuid4().hex, "msgtype": kind}
        for part in (header, {}, content):
            await socket.write_message(json.dumps(part))

    async def hear_until(*kinds: str) -> str:
        """Wait until each of these kinds has come; return the content of the last one."""
        awaited = set(kinds)
        while True:
            header = json.loads(await _heard(socket))
            _metadata, content = await _heard(socket), await _heard(socket)
            for _ in range(2 * header.get("num_buffers", 0)):
                await _heard(socket)
            awaited.discard(header["msgtype"])
            if not awaited:
                return content

    async with _closing(socket):
        await hear_until("ACK")
        await tell("PULL-DOC-REQ", {})
        document = await hear_until("PULL-DOC-REPLY")
        slider = _model(json.loads(document), "Slider")
        size = 0

        async def move() -> None:
            nonlocal size
            size = size % 10 + 1
            change = {"kind": "ModelChanged", "model": {"id": slider}, "attr": "value", "new": size}
            await tell("PATCH-DOC", {"events": [change]})
            await hear_until("PATCH-DOC", "OK")

        return await _visit(began, socket, move)


def _model(document: Any, ends: str) -> str:
    """Return the id of the first model in a Bokeh document whose name ends so."""
    if isinstance(document, dict):
        if str(document.get("name", "")).endswith(ends) and "id" in document:
            return document["id"]
        document = list(document.values())
    found = (_model(one, ends) for one in document if isinstance(one, list | dict))
    return next((one for one in found if one), "")


async def streamlit(address: str) -> Visit:
    """Visit Streamlit's page; it has answered when the script has run again."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    began = time.monotonic()
    await _get(address)
    socket = await _connect(address, "/_stcore/stream", ["streamlit"])

    async def hear_until(wanted: Callable[[Any], bool]) -> Any:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await _heard(socket))
            if wanted(message):
                return message

    def finished(message: Any) -> bool:
        return message.WhichOneof("type") == "script_finished"

    async with _closing(socket):
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        await socket.write_message(asked.SerializeToString(), binary=True)
        first = await hear_until(lambda m: m.delta.new_element.WhichOneof("type") == "slider")
        slider, size = first.delta.new_element.slider.id, 0
        # The page is drawn as the script goes; a change in the middle would break its run off.
        ready = time.monotonic() - began
        await hear_until(finished)

        async def move() -> None:
            nonlocal size
            size = size % 10 + 1
            moved = BackMsg()
            state = moved.rerun_script.widget_states.widgets.add()
            state.id = slider
            state.double_array_value.data.append(float(size))
            await socket.write_message(moved.SerializeToString(), binary=True)
            await hear_until(finished)

        visit = await _visit(began, socket, move)
        visit.ready = ready
        return visit


async def marimo(address: str) -> Visit:
    """Visit marimo's page; it has answered when the cells that follow have run again."""
    began = time.monotonic()
    page = await _get(f"{address}/")
    token = re.search(r'"serverToken": "([^"]+)"', page)
    assert token, "the page holds a token"
    session = f"s_{uuid.uuid4().hex[:6]}"
    socket = await _connect(address, f"/ws?session_id={session}")
    headers = {"Marimo-Session-Id": session, "Marimo-Server-Token": token[1]}
    headers["Content-Type"] = "application/json"

    async def hear_until(wanted: Callable[[str], bool]) -> str:
        while True:
            message = await _heard(socket)
            if wanted(message):
                return message

    async with _closing(socket):
        shown = await hear_until(lambda message: "<marimo-slider" in message)
        ready = time.monotonic() - began
        found = re.search(
            r"object-id='([^']+)'[^>]*><marimo-slider", json.loads(shown)["data"]["output"]["data"]
        )
        assert found, "the slider has a name"
        slider, size = found[1], 0
        await hear_until(lambda message: '"completed-run"' in message[:60])

        async def move() -> None:
            nonlocal size
            size = size % 10 + 1
            body = json.dumps({"objectIds": [slider], "values": [size]})
            await AsyncHTTPClient().fetch(
                f"{address}/api/kernel/set_ui_element_value",
                method="POST",
                headers=headers,
                body=body,
                request_timeout=WITHIN,
            )
            await hear_until(lambda message: '"completed-run"' in message[:60])

        visit = await _visit(began, socket, move)
        visit.ready = ready
        return visit
