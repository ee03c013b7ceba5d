"""Sizes along lines from nothing at all to as large as it gets, in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from workshop_kit.drawings.marks import mark
from workshop_kit.drawings.svg import node, picture
from workshop_kit.systems import LEAST, MOST, SYSTEMS, System
from workshop_kit.wording import Wording

WIDE, HEAD, ROW, GROUP = 340, 24, 20, 14
FROM, TO = 96, 328  # of the smallest and the largest size


def strips(
    groups: Sequence[tuple[str, Mapping[System, Sequence[float]]]], label: str, wording: Wording
) -> Markup:
    """Draw every size of each group, a line for each system.

    Parameters
    ----------
    groups
        The name of each group, and its sizes (0 to 10) by system.
    label
        What the drawing is to somebody who does not see it.
    wording
        The names of the systems and of the ends of the sizes.
    """
    drawn = [
        node("text", wording.sizes.least, x=FROM - 6, y=14, kind="ws-small"),
        node("text", wording.sizes.most, x=WIDE - 4, y=14, kind="ws-small ws-end"),
    ]
    down = 24.0
    for name, sizes in groups:
        drawn.append(node("text", name, x=4, y=down + 16, kind="ws-strong"))
        down += HEAD
        for system in SYSTEMS:
            y = down + ROW / 2
            drawn.append(node("text", wording.systems[system].name, x=4, y=y + 4.5))
            drawn.append(node("line", x1=FROM, y1=y, x2=TO, y2=y, kind="ws-rule"))
            drawn += [mark(system, along(size), y) for size in sizes.get(system, ())]
            down += ROW
        down += GROUP
    return picture(label, (0, 0, WIDE, down), *drawn)


def along(size: float) -> float:
    """Return where a size from 0 to 10 lies."""
    return FROM + (TO - FROM) * (size - LEAST) / (MOST - LEAST)
