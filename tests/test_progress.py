from __future__ import annotations

import io

import pytest

from workshop_kit import progress
from workshop_kit.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_what_is_done_within_a_second_says_nothing(clock):
    stream = Terminal()
    shown = Progress("bringing in", stream)
    for done in range(100):
        clock[0] += 0.009
        shown(done, 100)
    shown.end()
    assert stream.getvalue() == ""


def test_on_a_terminal_one_line_changes_and_goes(clock):
    stream = Terminal()
    shown = Progress("bringing in", stream)
    for done in range(1, 25):
        clock[0] += 0.125
        shown(done, 24)
    shown.end()
    said = stream.getvalue()
    assert said.startswith("\rbringing in: 8 of 24\rbringing in: 10 of 24\r")
    assert said.endswith("\r\x1b[K")
    assert "\n" not in said


def test_elsewhere_a_line_is_written_every_ten_seconds(clock):
    stream = io.StringIO()
    shown = Progress("bringing in", stream)
    for done in range(1, 251):
        clock[0] += 0.125
        shown(done, 250)
    shown.end()
    assert stream.getvalue().splitlines() == [
        f"bringing in: {done} of 250" for done in (8, 88, 168, 248)
    ]
