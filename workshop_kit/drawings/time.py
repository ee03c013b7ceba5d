"""Sizes over time, one mark for each size that was placed."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pandas as pd
from markupsafe import Markup

from workshop_kit.drawings.marks import mark
from workshop_kit.drawings.svg import node, number, picture
from workshop_kit.systems import LEAST, MOST, SYSTEMS
from workshop_kit.wording import Wording

WIDTH, HEIGHT = 340, 244
LEFT, RIGHT = 18, 322  # of the first and the last moment
FLOOR, CEILING = 198, 62  # of the smallest and the largest size


def over_time(table: pd.DataFrame, label: str, wording: Wording) -> Markup:
    """Draw the three sizes of each moment at its time.

    Marks are not joined: nothing is known of the time between two moments.

    Parameters
    ----------
    table
        With the columns ``time`` and ``threat``, ``drive``, ``soothing`` (0 to 10, or missing).
    label
        What the drawing is to somebody who does not see it.
    wording
        The names of the systems and of the ends of the sizes.
    """
    first, last = table["time"].min(), table["time"].max()
    span = (last - first).total_seconds()
    marks = [
        mark(system, _across((time - first).total_seconds(), span), _up(size))
        for system in SYSTEMS
        for time, size in table[["time", system]].dropna().itertuples(index=False)
    ]
    return picture(
        label, (0, 0, WIDTH, HEIGHT), *_key(wording), *_lines(wording), *marks, *_ends(first, last)
    )


def _across(seconds: float, span: float) -> float:
    return LEFT + (RIGHT - LEFT) * seconds / span if span else (LEFT + RIGHT) / 2


def _up(size: float) -> float:
    return FLOOR + (CEILING - FLOOR) * (size - LEAST) / (MOST - LEAST)


def _key(wording: Wording) -> list[Element]:
    drawn = []
    for place, system in enumerate(SYSTEMS):
        x = LEFT + 104 * place
        drawn.append(mark(system, x, 14))
        drawn.append(node("text", wording.systems[system].name, x=x + 12, y=18.5))
    return drawn


def _lines(wording: Wording) -> list[Element]:
    """Return the lines of the least and the most: no numbers, since a size is no mark."""
    drawn = []
    for y, word in ((FLOOR, wording.sizes.least), (CEILING, wording.sizes.most)):
        drawn.append(node("path", d=f"M4 {number(y)}H{WIDTH - 4}", kind="ws-rule"))
        drawn.append(node("text", word, x=4, y=y - 11 if y == CEILING else y + 20, kind="ws-small"))
    return drawn


def _ends(first: pd.Timestamp, last: pd.Timestamp) -> list[Element]:
    """Say when the first and the last moment were; time in between is left plain."""
    same_day = first.date() == last.date()
    told = [
        f"{time.day} {time:%b %Y}" + (f", {time:%H:%M}" if same_day else "")
        for time in (first, last)
    ]
    if first == last:
        return [node("text", told[0], x=WIDTH / 2, y=HEIGHT - 6, kind="ws-small ws-middle")]
    return [
        node("text", told[0], x=4, y=HEIGHT - 6, kind="ws-small"),
        node("text", told[1], x=WIDTH - 4, y=HEIGHT - 6, kind="ws-small ws-end"),
    ]
