"""What the widgets share in Python: a plain text that stands for them where nothing is drawn."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets as t

from workshop_kit.journal import served

_ON_THE_PAGE = ("_esm", "_css")


class WorkshopWidget(anywidget.AnyWidget):
    """An anywidget that says in text what it asks or shows, on paper and in a terminal."""

    def says(self) -> str:
        """Return the question the widget asks, or the title of what it shows."""
        return ""

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return what the front end is told of the widget.

        A served page has its scripts and styles from its server already, once for all visitors.
        """
        state = super().get_state(key, drop_defaults)
        return {
            name: value for name, value in state.items() if name not in _ON_THE_PAGE or not served()
        }

    def __repr__(self) -> str:
        """Return the name of the widget and what it says."""
        return f"{type(self).__name__}: {self.says()}".removesuffix(": ")


class PartControl(WorkshopWidget):
    """The control of one part of an exercise, which asks with the part's own words.

    Free words never reach a trait. Numbers and choices stand in ``answers`` as the journal keeps
    them, by question; every question of a part begins with the part's id.

    Attributes
    ----------
    exercise
        The exercise it belongs to.
    part
        The part as its content file gives it, without its prose.
    systems
        The names and meanings of the three systems.
    words
        What the control itself says.
    answers
        Numbers and choices by question.
    """

    exercise = t.Unicode().tag(sync=True)
    part = t.Dict().tag(sync=True)
    systems = t.Dict().tag(sync=True)
    words = t.Dict().tag(sync=True)
    answers = t.Dict().tag(sync=True)

    def says(self) -> str:
        """Return what is asked."""
        return self.part.get("legend", "")
