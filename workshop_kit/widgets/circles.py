"""The three circles: sizes of threat, drive and soothing under the finger."""

from __future__ import annotations

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class Circles(WorkshopWidget):
    """Three native range inputs and three circles whose area follows them in the browser.

    Attributes
    ----------
    sizes
        A size from 0 to 10 for each system that has been placed; others are absent.
    instead
        ``"numb"``, ``"something_else"`` or ``"cant_tell"`` in place of sizes, or ``""``.
    exercise, question, legend, systems, words
        What the widget belongs to, and the words it shows.

    Examples
    --------
    >>> circles = Circles(exercise="arriving", question="systems", legend="Now")
    >>> circles.sizes = {"threat": 6.5, "drive": 3.0}
    """

    _esm = module("circles")
    _css = styles("circles")
    sizes = t.Dict(value_trait=t.Float(), key_trait=t.Unicode()).tag(sync=True)
    instead = t.Unicode("").tag(sync=True)
    exercise = t.Unicode().tag(sync=True)
    question = t.Unicode().tag(sync=True)
    legend = t.Unicode().tag(sync=True)
    systems = t.Dict().tag(sync=True)
    words = t.Dict().tag(sync=True)

    def says(self) -> str:
        """Return what is asked."""
        return self.legend
