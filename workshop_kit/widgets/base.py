"""What the widgets share in Python: a plain text that stands for them where nothing is drawn."""

from __future__ import annotations

import anywidget
import traitlets as t


class WorkshopWidget(anywidget.AnyWidget):
    """An anywidget that says in text what it asks or shows, on paper and in a terminal."""

    def says(self) -> str:
        """Return the question the widget asks, or the title of what it shows."""
        return ""

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
