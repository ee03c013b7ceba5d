"""Things sorted into a few places by a tap."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Sorter(PartControl):
    """Items of a list, or those that a trainee writes, each in one place or none.

    Kept are, for an item whose id is ``ID``: in answers ``ID``, the id of its place; in words
    ``ID``, what a trainee called it, if it is their own.

    Examples
    --------
    >>> Sorter(part={"id": "weights", "legend": "Whose is it?"}).says()
    'Whose is it?'
    """

    _esm = module("sorter")
    _css = styles("sorter")
