"""Steps to go through at one's own pace."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Sitting(PartControl):
    """Shows one step after another; collects nothing.

    Examples
    --------
    >>> Sitting(part={"id": "sitting", "legend": "Twice"}).says()
    'Twice'
    """

    _esm = module("sitting")
    _css = styles("sitting")
