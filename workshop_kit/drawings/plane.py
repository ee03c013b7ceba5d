"""The plane of tones: phrases as points between critical and curious, transactional and tender."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pandas as pd
from markupsafe import Markup

from workshop_kit.drawings.spots import DISC, Area, asides, lay_out
from workshop_kit.drawings.svg import Point, node, pairs, picture

Ends = tuple[str, str]

FROM, SIDE, MOST = 20, 280, 10
ROOM = 12  # points that have room for a letter each
TOP = 24  # for the name of a phrase
_AREA = Area((FROM + SIDE / 2, FROM + SIDE / 2), (FROM, FROM), (FROM + SIDE, FROM + SIDE))


def plane(
    table: pd.DataFrame, label: str, phrases: Mapping[str, str], axes: Mapping[str, Ends]
) -> Markup:
    """Draw each phrase where it was placed; what it is, is told by a letter and a shape.

    Parameters
    ----------
    table
        One row a phrase: ``phrase`` (id), ``curious`` and ``tender`` (-10 to 10).
    label
        What the drawing is to somebody who does not see it.
    phrases
        What each phrase is called, by its id; one that is not among them is not drawn.
    axes
        What the two ends of ``curious`` and ``tender`` are called.
    """
    turns = {phrase: turn for turn, phrase in enumerate(phrases)}
    known = table[table["phrase"].isin(list(turns))]
    few = len(known) <= ROOM
    points = [
        (along(curious), along(-tender))
        for curious, tender in known[["curious", "tender"]].itertuples(index=False)
    ]
    spots = lay_out(points, _AREA) if few else points
    marks = [
        *asides(points, spots),
        *(
            mark(turns[phrase], spot, large=few)
            for phrase, spot in zip(known["phrase"], spots, strict=True)
        ),
    ]
    key = [part for phrase, name in phrases.items() for part in _key(turns[phrase], name)]
    low = FROM + SIDE + 26
    return picture(label, (0, 0, 320, low + TOP * len(phrases)), *_frame(axes), *marks, *key)


def along(value: float) -> float:
    """Return where a value of -10 to 10 lies."""
    return FROM + SIDE * (value + MOST) / (2 * MOST)


def mark(turn: int, spot: Point, *, large: bool) -> Element:
    """Return the shape of a phrase at a spot, with its letter where there is room for one."""
    (x, y), half = spot, DISC if large else 5
    shape = (
        node("circle", cx=x, cy=y, r=half, kind="ws-point"),
        node("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, kind="ws-point"),
        node(
            "polygon",
            points=pairs(
                [(x, y - 1.4 * half), (x + 1.4 * half, y), (x, y + 1.4 * half), (x - 1.4 * half, y)]
            ),
            kind="ws-point",
        ),
    )[turn % 3]
    letter = node("text", chr(65 + turn), x=x, y=y + 4.5, kind="ws-number")
    return node("g", shape, *([letter] if large else []))


def _frame(axes: Mapping[str, Ends]) -> list[Element]:
    end, middle = FROM + SIDE, FROM + SIDE / 2
    (critical, curious), (transactional, tender) = axes["curious"], axes["tender"]
    return [
        node("rect", x=FROM, y=FROM, width=SIDE, height=SIDE, rx=7, kind="ws-sides"),
        node("line", x1=FROM, y1=middle, x2=end, y2=middle, kind="ws-rule"),
        node("line", x1=middle, y1=FROM, x2=middle, y2=end, kind="ws-rule"),
        node("text", tender, x=middle, y=14, kind="ws-strong ws-middle"),
        node("text", transactional, x=middle, y=end + 15, kind="ws-strong ws-middle"),
        node("text", critical, x=FROM + 7, y=middle - 7, kind="ws-strong"),
        node("text", curious, x=end - 7, y=middle - 7, kind="ws-strong ws-end"),
    ]


def _key(turn: int, name: str) -> list[Element]:
    y = FROM + SIDE + 36 + TOP * turn
    return [mark(turn, (FROM + 12, y), large=True), node("text", name, x=FROM + 32, y=y + 4.5)]
