"""The motive triangle: acts of care placed between threat, drive and soothing."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Triangle(PartControl):
    """Acts, each with a point or two between the three systems, and how each landed.

    Kept are, for an act whose id is ``ID``: in words ``ID``, what it was; in answers ``ID_1``,
    ``ID_2`` …, one for each time it was done, as ``{"threat", "drive", "soothing"}`` (shares from 0
    to 1 that sum to exactly 1, in 64ths) or ``{"instead": "cant_tell"}``, and ``"landed"`` if said.
    How it landed may also stand alone.

    Examples
    --------
    >>> Triangle(part={"id": "acts", "legend": "Acts of care"}).says()
    'Acts of care'
    """

    _esm = module("triangle")
    _css = styles("triangle")
