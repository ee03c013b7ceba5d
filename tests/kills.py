"""Somebody types, and something is killed as by a power cut: what is left of the words?"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import chromium
import psutil
from conftest import READY, Server
from pages import NOTE
from playwright.sync_api import BrowserContext, Error, Page

LAST = 1.0  # seconds that may be lost
# Marks a page whose journal has been opened and whose fields are filled.
HEARD = """document.addEventListener("workshop:journal",
  () => { document.documentElement.dataset.heard = "true"; })"""
WORDS = ("how", "long", "I", "sat", "in", "the", "car", "before", "I", "got", "out")


@dataclass
class Typist:
    """Types into the note of *Arriving*, and remembers what was typed by when.

    A profile of its own holds what the browser keeps, so that a new browser process can be asked
    what the one that was killed has left.
    """

    playwright: object
    chromium_path: str
    profile: Path
    server: Server
    context: BrowserContext | None = None
    typed: list[tuple[float, str]] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def open(self) -> str:
        """Open the page, in a new browser if there is none, and return what is in the note."""
        if not self.context:
            self.context = self.playwright.chromium.launch_persistent_context(
                str(self.profile), executable_path=self.chromium_path, args=chromium.QUIET
            )
            self.context.add_init_script(HEARD)
        if "#" in self.server.link:
            self.page.goto(self.server.link)
            self.page.wait_for_url(self.server.url)
        self.page.goto(self.server.page("01_arriving"))
        self.page.wait_for_selector(READY, state="attached")
        # The controls may be there before what was kept is.
        self.page.wait_for_selector("html[data-heard]", state="attached")
        return self.page.get_by_label(NOTE).input_value()

    def type_until(self, kill: Callable[[], float], within: float) -> tuple[float, str]:
        """Type until something is killed after ``within`` seconds; return when, and what was typed.

        The last letter may not have arrived.
        """
        note = self.page.get_by_label(NOTE)
        note.press("Control+End")
        text = note.input_value()
        self.typed = [(time.monotonic(), text)]
        killed: list[float] = []
        timer = threading.Timer(within, lambda: killed.append(kill()))
        timer.start()
        # A killed browser takes no more keys.
        with contextlib.suppress(Error):
            while not killed:
                word = random.choice(WORDS) + " "  # noqa: S311
                for letter in word:
                    text += letter
                    self.page.keyboard.type(letter, delay=10)
                    self.typed.append((time.monotonic(), text))
        timer.join()
        return killed[0], text

    def typed_by(self, moment: float) -> str:
        """Return what was typed by a moment, or what stood there before."""
        return next((text for at, text in reversed(self.typed) if at <= moment), self.typed[0][1])

    def processes(self) -> list[psutil.Process]:
        """Every process of the browser."""
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if any(str(self.profile) in word for word in process.info["cmdline"] or [])
        ]

    def close_browser(self) -> None:
        """Close the browser as people do."""
        self.context.close()
        self.context = None

    def forget_browser(self) -> None:
        """Let go of a browser that was killed."""
        with contextlib.suppress(Error):
            self.context.close()
        self.context = None


def killing(processes: list[psutil.Process]) -> Callable[[], float]:
    """Return what kills some processes at once, and says when."""

    def kill() -> float:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        return time.monotonic()

    return kill
