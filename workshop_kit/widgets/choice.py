"""One answer from a closed list."""

from __future__ import annotations

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class ChoiceField(WorkshopWidget):
    """Native radio buttons; an answer can always be taken away again.

    Attributes
    ----------
    value
        The id of the answer, or ``None``.
    exercise, question, group, legend, choices, clear
        What the widget belongs to, and the words it shows.

    Examples
    --------
    >>> ChoiceField(legend="Where?", choices=[{"id": "home", "label": "Home"}]).value is None
    True
    """

    _esm = module("choice")
    _css = styles("choice")
    value = t.Unicode(None, allow_none=True).tag(sync=True)
    exercise = t.Unicode().tag(sync=True)
    question = t.Unicode().tag(sync=True)
    group = t.Unicode("answers").tag(sync=True)
    legend = t.Unicode().tag(sync=True)
    choices = t.List(t.Dict()).tag(sync=True)
    clear = t.Unicode().tag(sync=True)

    def says(self) -> str:
        """Return what is asked."""
        return self.legend
