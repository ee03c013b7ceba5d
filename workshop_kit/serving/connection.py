"""The connection between a page's socket and its kernel, by no more channels than it needs."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

WELCOMES_WITHIN = 0.1  # seconds; it takes some milliseconds
ASKED_AT_MOST = 50  # times; a kernel that is silent for so long is as good as dead
# What went wrong in a kernel, and what its code printed, is nothing for a page.
UNTOLD = ("error", "stream")


class PageConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection without its questions: by now the kernel has answered the server.

    Jupyter asks a kernel who it is over a channel of its own, opens four more channels, and asks
    again over two others until something is heard. A page only asks and listens.
    """

    async def prepare(self) -> None:
        """Take the kernel's key."""
        await self._register_session()
        self.session.key = self.kernel_manager.session.key

    def create_stream(self) -> None:
        """Open the two channels of a page."""
        for channel in ("iopub", "shell"):
            stream = getattr(self.kernel_manager, f"connect_{channel}")(
                identity=self.session.bsession
            )
            stream.channel = channel
            self.channels[channel] = stream

    def nudge(self) -> asyncio.Future[None]:
        """Return what is done once the page is heard of, so that no answer to it is missed."""
        return asyncio.ensure_future(self._wait_until_heard())

    async def _wait_until_heard(self) -> None:
        # A kernel welcomes its first listener by itself. Of another it says nothing, so it is asked
        # something, and again, until what it publishes is heard.
        heard = asyncio.Event()
        self.channels["iopub"].on_recv(lambda _message: heard.set())
        self.channels["shell"].on_recv(lambda _message: None)
        for _ in range(ASKED_AT_MOST):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), WELCOMES_WITHIN)
                return
            if self.channels["shell"].closed():
                return
            self.session.send(self.channels["shell"], "kernel_info_request")

    def handle_outgoing_message(self, stream: str, outgoing_msg: list[Any]) -> None:
        """Pass on what a kernel says, unless it is nothing for a page."""
        _, (_signature, header, *_) = self.session.feed_identities(outgoing_msg)
        if self.session.unpack(header)["msg_type"] not in UNTOLD:
            super().handle_outgoing_message(stream, outgoing_msg)


class PageKernels(AsyncMappingKernelManager):
    """Jupyter's kernels, without a listener of the server's own on each: `Visits` watches them."""

    def start_watching_activity(self, kernel_id: str) -> None:
        """Listen to nothing."""
