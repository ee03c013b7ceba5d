"""Sentences to finish, and to read back."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Stems(PartControl):
    """Each sentence has a gap or two, a mark, and room for a second version beside it.

    Kept are, for a stem whose id is ``STEM``, under the part's id and ``_STEM``: in words what
    stands in its first gap (in the second under ``_2`` more), and the second version (under
    ``_second`` more); in answers the mark.

    Examples
    --------
    >>> Stems(part={"id": "stems", "legend": "Sentences"}).says()
    'Sentences'
    """

    _esm = module("stems")
    _css = styles("stems")
