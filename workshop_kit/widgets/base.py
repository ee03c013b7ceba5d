"""What every widget of the workshop shares.

A widget is three files of one stem. Its JavaScript is delivered as one self-contained ES module:
``shared.js`` followed by the widget's own file, so that it runs alike under Voila, in JupyterLab
and in a page with no server at all. Fields speak to the journal's keeper by events on the page's
``document`` (see ``shared.js``), never through the kernel: that is how words stay in the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

FOLDER = Path(__file__).parent
TOKENS = FOLDER.parent / "tokens.css"


def stems() -> list[str]:
    """Name every widget, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.js") if path.stem != "shared")


def module(stem: str) -> str:
    """Return the ES module of one widget."""
    return _text("shared.js") + _text(f"{stem}.js")


def styles(*names: str) -> str:
    """Return the tokens and the style sheets of the widgets named."""
    return TOKENS.read_text(encoding="utf-8") + "".join(_text(f"{name}.css") for name in names)


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


class WorkshopWidget(anywidget.AnyWidget):
    """An anywidget whose module and style sheet have the stem of its Python file."""

    _esm = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Take up the files that stand beside the subclass's own."""
        stem = cls.__module__.rpartition(".")[2]
        cls._esm = module(stem)
        cls._css = styles("shared", stem)
        super().__init_subclass__(**kwargs)
