"""The files of the widgets: a ``.py``, a ``.js`` and a ``.css`` of one stem for each.

A widget's JavaScript is delivered as one self-contained ES module, so that it runs alike under
Voila, in JupyterLab and in a page with no server at all: the parts it needs, then its own file.
``parts/shared`` always goes before; a first line ``// needs: entries, stores`` names others, each a
script, a style sheet or both. What others wrote is in ``parts/vendor``.
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
    return script("shared", *_needs(stem)) + _text(FOLDER / f"{stem}.js")


def whole(path: Path) -> str:
    """Return a script with the parts that its first line names before it, or as it is."""
    text = _text(path)
    needed = _named(text)
    return script("shared", *needed) + text if needed else text


def script(*parts: str) -> str:
    """Return the JavaScript of some parts, one after the other."""
    return "".join(_texts(*parts, suffix="js"))


def styles(*stems: str) -> str:
    """Return the tokens, and the style sheets that these widgets share and have."""
    needed = dict.fromkeys(part for stem in stems for part in _needs(stem))
    own = [_text(FOLDER / f"{stem}.css") for stem in stems]
    return "".join([_text(TOKENS), *_texts("shared", *needed, suffix="css"), *own])


def _needs(stem: str) -> list[str]:
    return _named(_text(FOLDER / f"{stem}.js"))


def _named(text: str) -> list[str]:
    first = text.partition("\n")[0]
    return re.findall(r"\w+", first.removeprefix("// needs:")) if "// needs:" in first else []


def _texts(*parts: str, suffix: str) -> list[str]:
    """Read what the parts have of a kind; some are only styles, and some only a script."""
    folders = (PARTS, PARTS / "vendor")
    paths = [folder / f"{part}.{suffix}" for part in parts for folder in folders]
    return [_text(path) for path in paths if path.exists()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
