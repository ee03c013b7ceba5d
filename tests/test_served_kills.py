"""Kernel, server and browser are killed at random moments while somebody types.

At most the last second is lost, and nothing is corrupted: neither in the browser, as a new process
of it finds it, nor in the file.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from itertools import cycle, islice

import psutil
import pytest
from conftest import READY
from kills import LAST, Typist, killing
from pages import records, until
from playwright.sync_api import expect
from test_served_kernels import kernels_of

from workshop_kit.entries import fold, read_entries
from workshop_kit.file_store import FileStore

ALL = ("browser", "kernel", "server")
FIGURES = "{kills} kills, {home} home: at most {lost:.2f} s of words lost"


@pytest.mark.parametrize(
    ("kills", "longest", "killed"),
    [
        # A server takes longest to come back; `test_served_journal` kills one more.
        (5, 1.2, {"file": ALL, "browser": ("browser", "kernel")}),
        pytest.param(
            *(100, 2.5, {"file": ALL, "browser": ALL}),
            marks=[pytest.mark.long, pytest.mark.timeout(7200)],
        ),
    ],
    ids=["10", "200"],
)
def test_at_most_the_last_second_is_lost_and_nothing_is_corrupted(
    own_server, playwright, chromium_path, tmp_path, kills, longest, killed
):
    server = own_server("--file-home")
    typist = Typist(playwright, chromium_path, tmp_path / "profile", server)
    for home in ("file", "browser"):
        typist.open()
        typist.page.evaluate("(home) => localStorage.setItem('workshop-kit:home', home)", home)
        # A browser writes down such a choice when it likes, and at the latest when it is closed.
        typist.close_browser()
        typist.open()
        lost = [
            seconds_lost(home, victim, typist, longest)
            for victim in islice(cycle(killed[home]), kills)
        ]
        print(FIGURES.format(kills=kills, home=home, lost=max(lost)))
    typist.context.close()


def seconds_lost(home: str, victim: str, typist: Typist, longest: float) -> float:
    """Kill something while words are typed, and say how old the oldest of them was that is gone."""
    within = random.uniform(0.1, longest)  # noqa: S311
    at, typed = typist.type_until(killing(victims(victim, typist)), within)
    left = what_is_left(victim, typist)
    expect_whole(home, typist, left)
    assert typed.startswith(left), "these are the words that were typed"
    if victim != "browser":
        assert left == typed, "whoever goes on typing loses nothing at all"
    assert left.startswith(typist.typed_by(at - LAST)), "no more than a second is lost"
    return at - next((when for when, said in typist.typed if said > left), at)


def victims(victim: str, typist: Typist) -> list[psutil.Process]:
    match victim:
        case "browser":
            return typist.processes()
        case "kernel":
            return kernels_of(typist.server)
        case "server":
            return [psutil.Process(typist.server.process.pid)]
    raise LookupError(victim)


def what_is_left(victim: str, typist: Typist) -> str:
    """Bring back what was killed, and read the note from what was kept."""
    match victim:
        case "browser":
            # The driver notices by itself that its browser is gone.
            typist.forget_browser()
        case "kernel":
            typist.page.wait_for_selector(READY, state="attached")
        case "server":
            typist.server.process.wait()
            typist.server.start()
    return typist.open()


def expect_whole(home: str, typist: Typist, note: str) -> None:
    """Expect the words where they are kept, and everything there to be in order."""
    page = typist.page
    expect(page.locator(".ws-kept[role=alert]")).to_have_count(0)
    if home == "file":
        until(lambda: is_kept(note, FileStore().versions()))
        with closing(sqlite3.connect(FileStore().path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    else:
        until(lambda: is_kept(note, read_entries(records(page))))


def is_kept(note: str, versions) -> bool:
    # Who was stopped before the first word was kept has nothing to find again.
    return not note or note in [entry.words.get("note") for entry in fold(versions)]
