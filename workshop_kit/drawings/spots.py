"""Where discs stand, so that none hides another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin
from xml.etree.ElementTree import Element

from workshop_kit.drawings.svg import Point, node

DISC = 11  # from the middle of a disc to its edge


@dataclass(frozen=True)
class Area:
    """Where discs may stand: between two corners, and aside towards its middle first."""

    middle: Point
    least: Point
    most: Point

    def holds(self, spot: Point) -> bool:
        """Say whether a whole disc fits in at a spot."""
        return all(
            low + DISC < at < high - DISC
            for at, low, high in zip(spot, self.least, self.most, strict=True)
        )


def lay_out(points: Sequence[Point], area: Area) -> list[Point]:
    """Return where each disc is drawn: on its point, or beside it where another lies already."""
    laid: list[Point] = []
    for point in points:
        free = (
            spot
            for spot in (point, *_around(point, area))
            if all(_apart(spot, other) for other in laid)
        )
        laid.append(next(free, point))
    return laid


def asides(points: Sequence[Point], spots: Sequence[Point]) -> Iterator[Element]:
    """Return, for each disc that stands beside its point, the point and a line to it."""
    for (x, y), (a, b) in zip(points, spots, strict=True):
        if (x, y) != (a, b):
            yield node("line", x1=x, y1=y, x2=a, y2=b, kind="ws-aside")
            yield node("circle", cx=x, cy=y, r=3, kind="ws-true")


def _around(point: Point, area: Area) -> Iterator[Point]:
    inward = atan2(area.middle[1] - point[1], area.middle[0] - point[0])
    for far in (25, 40, 55):
        for turn in (0, 1, -1, 2, -2, 3, -3, 4):
            angle = inward + turn * pi / 4
            spot = (point[0] + far * cos(angle), point[1] + far * sin(angle))
            if area.holds(spot):
                yield spot


def _apart(one: Point, other: Point) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) > 2 * DISC - 3
