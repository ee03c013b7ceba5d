"""Small drawings as pure functions: something tidy in, one SVG element out.

They need no browser and no script, so a booklet or a worksheet can hold them. What they look like
is in ``drawings.css``, whose colours are the tokens.
"""

from __future__ import annotations

from workshop_kit.drawings.bars import Bar, bars
from workshop_kit.drawings.circles import circles
from workshop_kit.drawings.day import day
from workshop_kit.drawings.flows import Side, flows
from workshop_kit.drawings.plane import plane
from workshop_kit.drawings.strips import strips
from workshop_kit.drawings.time import over_time
from workshop_kit.drawings.triangle import number_acts, triangle
from workshop_kit.drawings.weights import weights

__all__ = [
    "Bar",
    "Side",
    "bars",
    "circles",
    "day",
    "flows",
    "number_acts",
    "over_time",
    "plane",
    "strips",
    "triangle",
    "weights",
]
