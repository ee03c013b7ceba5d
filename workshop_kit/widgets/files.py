"""The files of the widgets: a ``.py``, a ``.js`` and a ``.css`` of one stem for each.

The JavaScript is delivered as one self-contained ES module, ``shared.js`` followed by the widget's
own file, so that it runs alike under Voila, in JupyterLab and in a page with no server at all.
Fields speak to the journal's keeper by events on the page's ``document`` (see ``shared.js``), never
through the kernel: that is how words stay in the page.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
TOKENS = FOLDER.parent / "tokens.css"


def stems() -> list[str]:
    """Name every widget, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.js") if path.stem != "shared")


def module(stem: str) -> str:
    """Return the ES module of one widget."""
    return _text("shared.js") + _text(f"{stem}.js")


def styles(*names: str) -> str:
    """Return the tokens, and the style sheets that all widgets share and that these have."""
    sheets = (_text(f"{name}.css") for name in ("shared", *names))
    return TOKENS.read_text(encoding="utf-8") + "".join(sheets)


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
