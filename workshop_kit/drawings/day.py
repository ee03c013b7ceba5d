"""A day in three systems: three circles for each stopping-point, and the loop over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from xml.etree.ElementTree import Element

from markupsafe import Markup

from workshop_kit.drawings.circles import radius
from workshop_kit.drawings.svg import Point, in_lines, node, number, picture
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import Wording

WIDTH, HEAD, ROW, FIRST, COLUMN, LARGEST, RING = 320, 28, 48, 138, 72, 22, 6
LETTERS = 14  # of a label that stand on one line

Circle = tuple[str, str]  # a stopping-point and a system


def day(
    sizes: Mapping[Circle, float],
    loop: Sequence[Circle],
    label: str,
    stops: Mapping[str, str],
    wording: Wording,
) -> Markup:
    """Draw the sizes of a day, and its loop as it was drawn.

    Parameters
    ----------
    sizes
        From 0 to 10, by stopping-point and system, of those that were placed.
    loop
        The circles that the loop goes through, in order.
    label
        What the drawing is to somebody who does not see it.
    stops
        What each stopping-point is called, by its id, in order.
    wording
        The names of the systems.
    """
    spots: dict[Circle, Point] = {
        (stop, system): (FIRST + COLUMN * column, HEAD + ROW * (row + 0.5))
        for row, stop in enumerate(stops)
        for column, system in enumerate(SYSTEMS)
    }
    names = [
        node(
            "text", wording.systems[system].name, x=FIRST + COLUMN * column, y=16, kind="ws-middle"
        )
        for column, system in enumerate(SYSTEMS)
    ]
    rows = [line for row, name in enumerate(stops.values()) for line in _label(row, name)]
    steps = [circle for circle in loop if circle in spots]
    discs = [_disc(circle, spots[circle], sizes.get(circle), circle in steps) for circle in spots]
    high = HEAD + ROW * len(stops) + 4
    drawn = [*names, *rows, *(disc for disc in discs if disc is not None), *_loop(steps, spots)]
    return picture(label, (0, 0, WIDTH, high), *drawn)


def _label(row: int, name: str) -> list[Element]:
    lines, y = in_lines(name, LETTERS), HEAD + ROW * (row + 0.5)
    return [
        node("text", line, x=8, y=y + 5 + 15 * (place - (len(lines) - 1) / 2))
        for place, line in enumerate(lines)
    ]


def _disc(circle: Circle, spot: Point, size: float | None, stepped: bool) -> Element | None:
    x, y = spot
    if size is not None:
        kind = f"ws-disc ws-{circle[1]}" + ("" if size else " ws-nothing")
        return node("circle", cx=x, cy=y, r=radius(size, LARGEST), kind=kind)
    # A place without a size stays empty, unless the loop goes through it.
    return node("circle", cx=x, cy=y, r=RING, kind="ws-ring") if stepped else None


def _loop(steps: Sequence[Circle], spots: Mapping[Circle, Point]) -> list[Element]:
    seen: Counter[tuple[Circle, Circle]] = Counter()
    lines, heads = [], []
    for pair in pairwise(steps):
        line, head = _arrow(spots[pair[0]], spots[pair[1]], seen[pair])
        seen[pair] += 1
        lines.append(line)
        heads.append(head)
    dots = [
        node(
            "circle",
            cx=spots[one][0],
            cy=spots[one][1],
            r=3.5,
            kind="ws-loop-start" if one == steps[0] else "ws-loop-dot",
        )
        for one in dict.fromkeys(steps)
    ]
    return [
        *(node("path", d=line, kind="ws-loop-halo") for line in lines),
        *(node("path", d=line, kind="ws-loop-line") for line in lines),
        *dots,
        *(node("path", d=head, kind="ws-loop-head") for head in heads),
    ]


def _arrow(start: Point, end: Point, again: int) -> tuple[str, str]:
    """Return a bent line from one circle to the next, and its head.

    Bent so that there and back are two lines; the same way once more bends further.
    """
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down) or 1
    bend = min(0.22 * length, 22) * (1 + again / 2)
    middle = (
        (start[0] + end[0]) / 2 - down / length * 2 * bend,
        (start[1] + end[1]) / 2 + across / length * 2 * bend,
    )
    turned = hypot(end[0] - middle[0], end[1] - middle[1]) or 1
    way = ((end[0] - middle[0]) / turned, (end[1] - middle[1]) / turned)

    def at(back: float, side: float) -> str:
        x = end[0] - way[0] * back - way[1] * side
        y = end[1] - way[1] * back + way[0] * side
        return f"{number(x)} {number(y)}"

    line = (
        f"M{number(start[0])} {number(start[1])}"
        f"Q{number(middle[0])} {number(middle[1])} {at(10, 0)}"
    )
    return line, f"M{at(4, 0)}L{at(13, 5)}L{at(13, -5)}Z"
