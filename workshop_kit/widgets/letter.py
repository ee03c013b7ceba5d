"""A letter, with phrases of one's own beside it."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Letter(PartControl):
    """The phrases are gathered by the page, folded until opened, and only those chosen stay.

    Kept are: in words, under the prompt's id, the letter; in answers, under the part's id, ``_``
    and a phrase's own name, 1 for each phrase that was chosen.

    Examples
    --------
    >>> Letter(part={"id": "letter", "legend": "A letter"}).says()
    'A letter'
    """

    _esm = module("letter")
    _css = styles("letter")
