"""The workshop and its peers: how each is served, and where its slider and its picture are."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import visitors

PAGES = Path(__file__).parent / "pages"
HERE = "127.0.0.1"
STARTS_WITHIN = 60.0  # seconds
# The shape of what plotly draws, in the page itself or in a component's own tree.
BARS = ".js-plotly-plot .point path"


class NotServedError(Exception):
    """A server did not start; the message says which, and what it printed."""


@dataclass(frozen=True)
class Framework:
    """One way to serve a page.

    Attributes
    ----------
    name
        What it is called in the table.
    package
        The distribution whose version is told.
    command
        What starts it, after ``python -m``; ``{port}`` and ``{pages}`` are filled in.
    path
        The page's address on its server.
    visit
        The visitor that speaks its protocol.
    ready
        What is on a page whose controls and picture are live, as a CSS selector.
    slider, picture, shape
        Its first slider, what its picture is made of, and the attribute that follows the slider.
    """

    name: str
    package: str
    command: str
    path: str
    visit: visitors.Visitor
    ready: str = BARS
    slider: str = "[role=slider], input[type=range]"
    picture: str = BARS
    shape: str = "d"


WORKSHOP = Framework(
    "workshop-kit",
    "workshop-kit",
    "workshop_kit serve --no-browser --port {port}",
    "/voila/render/01_arriving.ipynb",
    visitors.workshop,
    ready="html[data-workshop-ready]",
    picture=".ws-circles circle",
    shape="r",
)
PEERS = (
    Framework(
        "Panel",
        "panel",
        "panel serve {pages}/panel_page.py --address 127.0.0.1 --port {port}"
        " --allow-websocket-origin=127.0.0.1:{port}",
        "/panel_page",
        visitors.panel,
    ),
    Framework(
        "Streamlit",
        "streamlit",
        "streamlit run {pages}/streamlit_page.py --server.address 127.0.0.1 --server.port {port}"
        " --server.headless true --browser.gatherUsageStats false",
        "/",
        visitors.streamlit,
    ),
    Framework(
        "marimo",
        "marimo",
        "marimo run {pages}/marimo_page.py --host 127.0.0.1 --port {port} --headless --no-token",
        "/",
        visitors.marimo,
    ),
    Framework(
        "Voila",
        "voila",
        "voila {pages}/voila_page.ipynb --Voila.ip=127.0.0.1 --port={port} --no-browser",
        "/",
        visitors.voila,
    ),
)
ALL = (WORKSHOP, *PEERS)


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    address: str
    pid: int


@contextlib.contextmanager
def serving(framework: Framework) -> Iterator[Served]:
    """Start a framework's server on a free port of this machine, and end it afterwards.

    Raises
    ------
    NotServedError
        If it ends, or has not answered within `STARTS_WITHIN` seconds.
    """
    port = _free_port()
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    command = framework.command.format(port=port, pages=PAGES).split()
    printed = folder / "printed.txt"
    try:
        with printed.open("wb") as output:
            # A home of its own: nothing that this account has set changes what is measured.
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=folder,
                env={**os.environ, "HOME": str(folder), "JUPYTER_CONFIG_DIR": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            address = f"http://{HERE}:{port}"
            _wait_until_it_answers(framework, address, process, printed)
            yield Served(address, process.pid)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def versions() -> dict[str, str]:
    """Return the version of each framework that is installed here."""
    return {framework.name: version(framework.package) for framework in ALL}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HERE, 0))
        return free.getsockname()[1]


def _wait_until_it_answers(
    framework: Framework, address: str, process: subprocess.Popen, printed: Path
) -> None:
    # The workshop's and Voila's pages would each start a kernel; any answer will do.
    asked = f"{address}/healthz"
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(asked, timeout=10).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    said = printed.read_text(errors="replace")[-2000:]
    raise NotServedError(f"{framework.name} was not served; it printed:\n{said}")
