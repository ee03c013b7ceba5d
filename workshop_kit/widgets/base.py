"""What the widgets share in Python: a plain text that stands for them where nothing is drawn."""

from __future__ import annotations

import anywidget


class WorkshopWidget(anywidget.AnyWidget):
    """An anywidget that says in text what it asks or shows, on paper and in a terminal."""

    def says(self) -> str:
        """Return the question the widget asks, or the title of what it shows."""
        return ""

    def __repr__(self) -> str:
        """Return the name of the widget and what it says."""
        return f"{type(self).__name__}: {self.says()}".removesuffix(": ")
