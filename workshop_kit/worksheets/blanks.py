"""Drawings that are left empty, to be drawn on by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from markupsafe import Markup

from workshop_kit import drawings
from workshop_kit.drawings.svg import in_lines, node, picture
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import Choice, Wording

RING = 46  # of a circle that is as large as it gets
DAY_RING, DAY_ROW, DAY_COLUMN, DAY_FIRST, LETTERS = 30, 68, 84, 176, 18


def circles(label: str, wording: Wording) -> Markup:
    """Draw a ring for each system, as large as a circle gets."""
    drawn = []
    for place, system in enumerate(SYSTEMS):
        x = 50 + 100 * place
        drawn.append(node("circle", cx=x, cy=50, r=RING, kind="blank"))
        drawn.append(node("circle", cx=x, cy=50, r=1.5, kind="middle"))
        name = wording.systems[system].name
        drawn.append(node("text", name, x=x, y=114, kind="ws-middle"))
    return picture(label, (0, 0, 300, 120), *drawn)


def triangle(label: str, wording: Wording) -> Markup:
    """Draw a triangle in which nothing is placed."""
    empty = pd.DataFrame({name: [] for name in ("moment", "act", *SYSTEMS)})
    return drawings.triangle(empty, label, wording)


def plane(label: str, axes: Mapping[str, tuple[str, str]]) -> Markup:
    """Draw a plane in which nothing is placed."""
    empty = pd.DataFrame({name: [] for name in ("phrase", "curious", "tender")})
    return drawings.plane(empty, label, {}, axes)


def day(label: str, stops: Iterable[Choice], wording: Wording) -> Markup:
    """Draw a ring for each system at each stopping-point."""
    drawn = []
    for column, system in enumerate(SYSTEMS):
        x = DAY_FIRST + DAY_COLUMN * column
        drawn.append(node("text", wording.systems[system].name, x=x, y=14, kind="ws-middle"))
    rows = list(stops)
    for row, stop in enumerate(rows):
        y = 24 + DAY_ROW * (row + 0.5)
        lines = in_lines(stop.label, LETTERS)
        for place, line in enumerate(lines):
            drawn.append(node("text", line, x=0, y=y + 5 + 15 * (place - (len(lines) - 1) / 2)))
        for column in range(len(SYSTEMS)):
            x = DAY_FIRST + DAY_COLUMN * column
            drawn.append(node("circle", cx=x, cy=y, r=DAY_RING, kind="blank"))
            drawn.append(node("circle", cx=x, cy=y, r=1.5, kind="middle"))
    return picture(label, (0, 0, 390, 28 + DAY_ROW * len(rows)), *drawn)
