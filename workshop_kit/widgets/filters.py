"""Which moments the pictures of a page are drawn from: some days, one setting, or all."""

from __future__ import annotations

from typing import Any

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class Filters(WorkshopWidget):
    """Two days and a setting; what is left empty leaves nothing out.

    Attributes
    ----------
    since, until
        Days as ``YYYY-MM-DD``, or nothing.
    setting
        The id of a setting, or nothing.
    nothing
        Whether there is nothing yet to choose from.
    settings
        The settings there are, each ``{"id": …, "label": …}``.
    words
        What it says.
    """

    _esm = module("filters")
    _css = styles("filters")
    since = t.Unicode().tag(sync=True)
    until = t.Unicode().tag(sync=True)
    setting = t.Unicode().tag(sync=True)
    nothing = t.Bool(False).tag(sync=True)
    settings = t.List(t.Dict()).tag(sync=True)
    words = t.Dict().tag(sync=True)

    def says(self) -> str:
        """Return what it asks."""
        words: dict[str, Any] = self.words
        return words.get("legend", "")
