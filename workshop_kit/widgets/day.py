"""A day in three systems: stopping-points, and a loop one draws oneself."""

from __future__ import annotations

from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.files import module, styles


class Day(PartControl):
    """Three sizes and a moment for each stopping-point, and steps from circle to circle.

    Kept are, for a stop whose id is ``STOP``, under the part's id and ``_STOP``: in answers the
    sizes, 0 to 10, of the systems that were placed; in words the moment. The loop is in answers
    under the part's id and ``_loop``, as ``{"step_1": "STOP_threat", "step_2": …}``.

    Examples
    --------
    >>> Day(part={"id": "day", "legend": "One working day"}).says()
    'One working day'
    """

    _esm = module("day")
    _css = styles("day")
