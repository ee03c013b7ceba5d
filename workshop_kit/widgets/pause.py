"""The pause: a choice of anchors, and the breathing pacer among them."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Pause(PartControl):
    """Collects nothing: neither the anchor nor how long anyone stayed.

    Examples
    --------
    >>> Pause(part={"id": "pause", "legend": "Somewhere to rest"}).says()
    'Somewhere to rest'
    """

    _esm = module("pause")
    _css = styles("pause")
