"""The triangle: acts of care as points between the three systems."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import pandas as pd
from markupsafe import Markup

from workshop_kit.drawings.spots import DISC, Area, asides, lay_out
from workshop_kit.drawings.svg import Point, node, pairs, picture
from workshop_kit.systems import SYSTEMS, System
from workshop_kit.wording import Wording

CORNERS: dict[System, Point] = {"threat": (20, 20), "drive": (300, 20), "soothing": (160, 262)}
WIDTH, HEIGHT = 320, 284
DOT = 4.5
ROOM = 24  # points that have room for a number each
_AREA = Area((160, 101), (0, 0), (WIDTH, HEIGHT))


def triangle(table: pd.DataFrame, label: str, wording: Wording) -> Markup:
    """Draw each placed time of each act, the times of one act joined by a line.

    Parameters
    ----------
    table
        One row a time: ``moment`` and ``act``, and the shares ``threat``, ``drive``, ``soothing``
        (0 to 1, summing to 1, or missing).
    label
        What the drawing is to somebody who does not see it.
    wording
        The names of the systems.
    """
    placed = table.dropna(subset=list(SYSTEMS))
    points = [point_of(row) for row in placed[list(SYSTEMS)].itertuples(index=False)]
    numbers = [str(one) for one in number_acts(table)[placed.index]]
    few = len(points) <= ROOM
    spots = lay_out(points, _AREA) if few else points
    drawn = [*_frame(wording), *_joined(numbers, spots)]
    if few:
        drawn += asides(points, spots)
        drawn += [_disc(one, spot) for one, spot in zip(numbers, spots, strict=True)]
    else:
        drawn += [node("circle", cx=x, cy=y, r=DOT, kind="ws-dot") for x, y in spots]
    return picture(label, (0, -14, WIDTH, HEIGHT + 28), *drawn)


def number_acts(table: pd.DataFrame) -> pd.Series:
    """Return the number of each row's act, from 1; the times of one act have one number."""
    return table.groupby(["moment", "act"], sort=False).ngroup() + 1


def point_of(shares: Sequence[float]) -> Point:
    """Return the point that three shares stand for."""
    x, y = (
        sum(share * corner[axis] for share, corner in zip(shares, CORNERS.values(), strict=True))
        for axis in (0, 1)
    )
    return x, y


def _frame(wording: Wording) -> list[Element]:
    drawn = [node("polygon", points=pairs(CORNERS.values()), kind="ws-sides")]
    for system, corner in CORNERS.items():
        ends = [end for end in CORNERS.values() if end != corner]
        along = [
            tuple(a + (b - a) * 0.17 for a, b in zip(corner, end, strict=True)) for end in ends
        ]
        points = pairs([corner, *((x, y) for x, y in along)])
        drawn.append(node("polygon", points=points, kind=f"ws-corner ws-{system}"))
    names = {system: wording.systems[system].name for system in SYSTEMS}
    return [
        *drawn,
        node("text", names["threat"], x=4, y=4, kind="ws-strong"),
        node("text", names["drive"], x=WIDTH - 4, y=4, kind="ws-strong ws-end"),
        node("text", names["soothing"], x=WIDTH / 2, y=HEIGHT, kind="ws-strong ws-middle"),
    ]


def _joined(numbers: Sequence[str], spots: Sequence[Point]) -> list[Element]:
    """Return a thin line through the times of each act that has several."""
    acts: dict[str, list[Point]] = {}
    for one, spot in zip(numbers, spots, strict=True):
        acts.setdefault(one, []).append(spot)
    lines = [pairs(times) for times in acts.values() if len(times) > 1]
    return [node("polyline", points=line, kind="ws-joined") for line in lines]


def _disc(number: str, spot: Point) -> Element:
    x, y = spot
    return node(
        "g",
        node("circle", cx=x, cy=y, r=DISC, kind="ws-point"),
        node("text", number, x=x, y=y + 4.5, kind="ws-number"),
    )
