"""Three circles: the sizes of one moment."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from markupsafe import Markup

from workshop_kit.drawings.svg import node, picture
from workshop_kit.systems import MOST, SYSTEMS, System
from workshop_kit.wording import Wording

LARGEST = 46


def radius(size: float, largest: float) -> float:
    """Return the radius for a size from 0 to 10.

    Area follows the size, as the eye compares areas; nothing at all is a dot.
    """
    return max(largest * sqrt(max(size, 0) / MOST), 1.5)


def circles(sizes: Mapping[System, float], label: str, wording: Wording) -> Markup:
    """Draw the sizes that were placed.

    Parameters
    ----------
    sizes
        From 0 to 10, by system; one that was not placed has no circle.
    label
        What the drawing is to somebody who does not see it.
    wording
        The names of the systems.
    """
    drawn = []
    for place, system in enumerate(SYSTEMS):
        x = 50 + 100 * place
        if system in sizes:
            kind = f"ws-disc ws-{system}" + ("" if sizes[system] else " ws-nothing")
            drawn.append(node("circle", cx=x, cy=50, r=radius(sizes[system], LARGEST), kind=kind))
        name = wording.systems[system].name
        drawn.append(node("text", name, x=x, y=116, kind="ws-large ws-middle"))
    return picture(label, (0, 0, 300, 124), *drawn)
