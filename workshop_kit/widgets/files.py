"""The files of the widgets: a ``.py``, a ``.js`` and a ``.css`` of one stem for each.

A widget's JavaScript is delivered as one self-contained ES module, so that it runs alike under
Voila, in JupyterLab and in a page with no server at all: the parts it needs, then its own file.
``parts/shared.js`` always goes before; a first line ``// needs: journal, stores`` names others.
Fields speak to the journal's keeper by events on the page's ``document`` (see ``shared.js``), never
through the kernel: that is how words stay in the page.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent
PARTS = FOLDER / "parts"
TOKENS = FOLDER.parent / "tokens.css"


def stems() -> list[str]:
    """Name every widget, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.js"))


def module(stem: str) -> str:
    """Return the ES module of one widget."""
    own = _text(FOLDER / f"{stem}.js")
    first = own.partition("\n")[0]
    needs = re.findall(r"\w+", first.removeprefix("// needs:")) if "// needs:" in first else []
    return "".join(_text(PARTS / f"{part}.js") for part in ("shared", *needs)) + own


def styles(*names: str) -> str:
    """Return the tokens, and the style sheets that all widgets share and that these have."""
    sheets = (TOKENS, PARTS / "shared.css", *(FOLDER / f"{name}.css" for name in names))
    return "".join(map(_text, sheets))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
