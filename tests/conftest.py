"""What the tests share: a journal of their own, a real server, a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import chromium
import pytest
from hypothesis import settings
from page_code import PageCode
from places import KINDS, PostgresServer
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

# A busy machine is slow now and then, which is no fault of what is tested.
settings.register_profile("everyday", deadline=None)
settings.load_profile("everyday")
expect.set_options(timeout=30_000)

# Pictures are compared only where the environment is the one that they were taken in.
collect_ignore = [] if "WORKSHOP_KIT_PINNED" in os.environ else ["test_served_screens.py"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
READY = 'html[data-workshop-ready="true"]'
PATIENCE = 60_000  # ms for anything on a page on such a machine; what is to be quick says how quick
WITHIN = 90  # seconds for a server to start on a busy machine


@pytest.fixture(autouse=True)
def own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from a real journal."""
    path = tmp_path / "own-journal" / "journal.sqlite"
    monkeypatch.setenv("WORKSHOP_KIT_JOURNAL", str(path))
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A real `workshop-kit serve`, which can be killed and started again where it was."""

    log: Path
    arguments: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    base_url: str = "/"
    before: tuple[str, ...] = ()  # what the command is run by, if it is to be held back
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base_url}"

    @property
    def link(self) -> str:
        """The link that the server printed last, key included."""
        return re.findall(r"open at (\S+)", self.log.read_text())[-1]

    def page(self, name: str) -> str:
        return f"{self.url}voila/render/{name}.ipynb"

    def start(self) -> None:
        command = [*self.before, sys.executable, "-m", "workshop_kit", "serve", "--no-browser"]
        command += ["--port", str(self.port), "--base-url", self.base_url, *self.arguments]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, env=os.environ.copy()
            )
        # One with a key answers to nobody else, but for this.
        wait_for(f"{self.url}workshop-kit/page.js", self.process, self.log)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the server did not start; it said:\n{log.read_text()}")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests that leave it as they found it."""
    server = Server(tmp_path_factory.mktemp("served") / "log.txt")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Servers for tests that kill them, or start them otherwise."""
    servers: list[Server] = []

    def start(*arguments: str, **fields: object) -> Server:
        server = Server(tmp_path / f"log-{len(servers)}.txt", arguments, **fields)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    started = PostgresServer()
    yield started
    started.close()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'group' / 'group.sqlite'}"
    return request.getfixturevalue("postgres").empty()


@pytest.fixture(scope="session")
def playwright() -> Iterator:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium_path(playwright) -> str:
    return chromium.find(playwright)


@pytest.fixture(scope="session")
def browser(playwright, chromium_path) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium_path, args=chromium.QUIET)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def page_code(browser: Browser) -> Iterator[PageCode]:
    """The page's own functions, without a page of the workshop."""
    page = browser.new_page()
    yield PageCode(page)
    page.close()


@dataclass
class Watched:
    """Everything a page asked for and complained of."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("websocket", self._websocket)

    def _request(self, request: Request) -> None:
        self.sent.append(f"{request.url} {request.headers} {request.post_data or ''}")
        local = ("http://127.0.0.1", "http://localhost", "data:", "blob:")
        if not request.url.startswith(local):
            self.foreign.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _websocket(self, websocket) -> None:
        self.sent.append(websocket.url)
        websocket.on("framesent", lambda frame: self.sent.append(_text(frame)))
        websocket.on("framereceived", lambda frame: self.received.append(_text(frame)))


def _text(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def visit(browser: Browser, watched: Watched) -> Iterator[Callable[..., Page]]:
    """Open an address as a new visitor and wait until its controls are live.

    Any complaint of the browser or request to another host fails the test, unless it says that
    it expects complaints (a killed server makes a browser complain).
    """
    contexts: list[BrowserContext] = []
    expected: list[bool] = []

    def open_page(
        url: str, *, size: dict | None = None, complaints: bool = False, **options: object
    ) -> Page:
        context = browser.new_context(viewport=size or DESK, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        expected.append(complaints)
        page = context.new_page()
        watched.watch(page)
        page.goto(url)
        page.wait_for_selector(READY, state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watched.foreign
    if not any(expected):
        assert not watched.complaints


def run_apart(coroutine: Coroutine) -> object:
    """Run a coroutine in a thread of its own: the browser's driver has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
