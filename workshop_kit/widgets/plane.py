"""The tone plane: phrases placed between critical and curious, transactional and tender."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Plane(PartControl):
    """Optional points for phrases that stand elsewhere on the page.

    Kept is, for each phrase that was placed, ``{"curious": …, "tender": …}``, each from -10 to 10,
    in answers under the part's id, ``_`` and the phrase's id.

    Examples
    --------
    >>> Plane(part={"id": "plane", "legend": "The tone"}).says()
    'The tone'
    """

    _esm = module("plane")
    _css = styles("plane")
