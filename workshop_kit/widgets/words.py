"""Fields for free words."""

from __future__ import annotations

import anywidget
import traitlets as t

from workshop_kit.widgets.files import module, styles


class WordsField(anywidget.AnyWidget):
    """Text areas whose words never reach a trait: they go to the page's keeper only.

    Attributes
    ----------
    exercise, prompts
        What the widget belongs to, and the questions it asks.

    Examples
    --------
    >>> field = WordsField(exercise="arriving", prompts=[{"id": "note", "label": "A note"}])
    >>> "note" in field.get_state()
    False
    """

    _esm = module("words")
    _css = styles("words")
    exercise = t.Unicode().tag(sync=True)
    prompts = t.List().tag(sync=True)
