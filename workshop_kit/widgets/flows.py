"""The three flows of compassion: to others, from others, and to oneself, by taps."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Flows(PartControl):
    """Four taps for each person or place, three for oneself, and the picture they draw.

    Kept is, for each person or place, in answers under the part's id, ``_`` and the person's id, 1
    for each tap: ``{"out", "offered", "let_in", "turned_away"}``; for oneself under ``_myself``.

    Examples
    --------
    >>> Flows(part={"id": "flows", "legend": "In the last week"}).says()
    'In the last week'
    """

    _esm = module("flows")
    _css = styles("flows")
