"""A plotly picture with its sentence, its count and the same data as a table."""

from __future__ import annotations

from typing import Any

import traitlets as t

from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class Picture(WorkshopWidget):
    """Draws with one plotly.js that the server holds; nothing of it passes through the kernel.

    Attributes
    ----------
    figure
        A plotly figure as a dictionary, or ``{}`` while there is nothing to draw.
    title, sentence
        What the picture shows, and what can be said of it.
    columns, rows, note
        The same data as a table, and what its numbers mean.
    beside
        For each row, the moment and the questions whose words the page itself puts beside it.
    absent
        Whether the journal has nothing for it; on a page its place is then left out.
    words
        The shared words it shows.
    """

    _esm = module("picture")
    _css = styles("picture")
    figure = t.Dict().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    sentence = t.Unicode().tag(sync=True)
    columns = t.List(t.Unicode()).tag(sync=True)
    rows: t.List = t.List().tag(sync=True)
    beside: t.List = t.List().tag(sync=True)
    note = t.Unicode().tag(sync=True)
    absent = t.Bool(False).tag(sync=True)
    words = t.Dict().tag(sync=True)

    def show(self, **traits: Any) -> None:
        """Change everything that is shown in one message."""
        with self.hold_sync():
            for name, value in traits.items():
                setattr(self, name, value)

    def says(self) -> str:
        """Return the title and the sentence."""
        return f"{self.title}. {self.sentence}"
