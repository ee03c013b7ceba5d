"""The shape of each system, so that no one has to tell their colours apart."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from workshop_kit.drawings.svg import node, pairs
from workshop_kit.systems import System


def mark(system: System, x: float, y: float) -> Element:
    """Return the shape of a system at a spot, open, so that equal sizes hide none of the three."""
    kind = f"ws-mark ws-{system}"
    if system == "threat":
        points = pairs([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)])
        return node("polygon", points=points, kind=kind)
    if system == "drive":
        return node("rect", x=x - 5, y=y - 5, width=10, height=10, kind=kind)
    return node("circle", cx=x, cy=y, r=5.5, kind=kind)
