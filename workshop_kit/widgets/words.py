"""Fields for free words."""

from __future__ import annotations

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class WordsField(WorkshopWidget):
    """Text areas whose words never reach a trait: they go to the page's keeper only.

    Attributes
    ----------
    exercise, prompts
        What the widget belongs to, and the questions it asks.
    between
        A word to stand between two prompts side by side, or ``""`` for one below the other.

    Examples
    --------
    >>> field = WordsField(exercise="arriving", prompts=[{"id": "note", "label": "A note"}])
    >>> "note" in field.get_state()
    False
    """

    _esm = module("words")
    _css = styles("words")
    exercise = t.Unicode().tag(sync=True)
    prompts = t.List(t.Dict()).tag(sync=True)
    between = t.Unicode("").tag(sync=True)

    def says(self) -> str:
        """Return what is asked."""
        return " / ".join(prompt["label"] for prompt in self.prompts)
