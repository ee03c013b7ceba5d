"""Counts as bars, each with its number, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workshop_kit.drawings.svg import node, picture

WIDE, HEAD, ROW, GROUP = 340, 22, 22, 12
NAMES = 118  # the room for names
LONGEST = WIDE - NAMES - 34


@dataclass(frozen=True)
class Bar:
    """A count, what was counted, and the system whose look it has, if it is one's."""

    name: str
    count: int
    system: str = ""


def bars(groups: Sequence[tuple[str, Sequence[Bar]]], label: str) -> Markup:
    """Draw counts.

    Parameters
    ----------
    groups
        The name of each group, or nothing, and its bars.
    label
        What the drawing is to somebody who does not see it.
    """
    most = max((bar.count for _, held in groups for bar in held), default=0) or 1
    drawn, down = [], 0.0
    for name, held in groups:
        if name:
            drawn.append(node("text", name, x=4, y=down + 15, kind="ws-strong"))
            down += HEAD
        for bar in held:
            long, middle = LONGEST * bar.count / most, down + ROW / 2
            drawn.append(node("text", bar.name, x=4, y=middle + 4.5))
            if bar.count:
                kind = f"ws-bar ws-{bar.system}" if bar.system else "ws-bar"
                drawn.append(node("rect", x=NAMES, y=middle - 6, width=long, height=12, kind=kind))
            drawn.append(node("text", str(bar.count), x=NAMES + long + 7, y=middle + 4.5))
            down += ROW
        down += GROUP
    return picture(label, (0, 0, WIDE, down), *drawn)
