"""Where the journal is to be kept, asked after who else uses the device."""

from __future__ import annotations

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class HomeField(WorkshopWidget):
    """Two native questions; the answer stays in the browser and is told to the page's keeper.

    Attributes
    ----------
    homes
        The homes that may be chosen, as ``{"id", "label", "short", "who"}``, the default first.
    legend, choices, homes_legend
        The words it shows.
    """

    _esm = module("home")
    _css = styles("home")
    homes = t.List(t.Dict()).tag(sync=True)
    legend = t.Unicode().tag(sync=True)
    choices = t.List(t.Dict()).tag(sync=True)
    homes_legend = t.Unicode().tag(sync=True)

    def says(self) -> str:
        """Return what is asked."""
        return self.legend
