"""Worksheets: an exercise on paper, from the same content file as its page.

Each is one HTML document without script or anything to fetch, whose drawings are left empty to be
drawn on by hand.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jinja2
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from workshop_kit.exercises import Exercise
from workshop_kit.support import load_support
from workshop_kit.wording import load_controls, load_wording
from workshop_kit.worksheets import blanks
from workshop_kit.worksheets.wording import load_worksheets

Paper = Literal["a4", "letter"]
_SIZES: dict[Paper, str] = {"a4": "A4", "letter": "letter"}
# What is only of use on a page: pictures of moments that were kept, and where to keep them.
_NOT_ON_PAPER = frozenset({"home", "picture", "filters", "moments", "booklet"})
_FOLDER = Path(__file__).parent
_PACKAGE = _FOLDER.parent
_STYLES = (
    _PACKAGE / "tokens.css",
    _PACKAGE / "drawings" / "drawings.css",
    _FOLDER / "worksheet.css",
)
_FONT = _PACKAGE / "serving" / "static" / "fonts" / "atkinson-normal.woff2"


def has_sheet(exercise: Exercise) -> bool:
    """Say whether an exercise can be done on paper: all but what shows moments that were kept.

    Examples
    --------
    >>> from workshop_kit.exercises import load_exercise
    >>> has_sheet(load_exercise("arriving")), has_sheet(load_exercise("patterns"))
    (True, False)
    """
    return exercise.shelf != "own"


def worksheet(
    exercise: Exercise, paper: Paper = "a4", *, large: bool = False, language: str | None = None
) -> str:
    """Return an exercise as a sheet to print.

    Parameters
    ----------
    exercise
        Its words, in the language that the sheet is to be in.
    paper
        What it is printed on.
    large
        Whether letters and drawings are half as large again.
    language
        What the words around it are in; what this process speaks unless it is said.

    Returns
    -------
    str
        An HTML document.

    Examples
    --------
    >>> from workshop_kit.exercises import load_exercise
    >>> "<h1>Arriving</h1>" in worksheet(load_exercise("arriving"))
    True
    """
    wording = load_wording(language)
    return _template().render(
        exercise=exercise,
        parts=[part for part in exercise.parts if part.kind not in _NOT_ON_PAPER],
        prose=_prose,
        blanks=blanks,
        wording=wording,
        controls=load_controls(language),
        support=load_support(language),
        words=load_worksheets(language),
        paper=paper,
        large=large,
        policy="default-src 'none'; style-src 'unsafe-inline'; font-src data:",
        style=Markup(f"{_style()}@page {{ size: {_SIZES[paper]}; margin: 18mm 18mm 20mm; }}\n"),  # noqa: S704
    )


class _OnPaper(IPythonRenderer):
    """Markdown as HTML, in which a link is its words: paper leads nowhere."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text


def _prose(text: str) -> Markup:
    renderer = _OnPaper(escape=True, exclude_anchor_links=True)
    return Markup(MarkdownWithMath(renderer=renderer).render(text))  # noqa: S704


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_FOLDER)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["gapped"] = _gapped
    return environment.get_template("worksheet.html.j2")


def _gapped(stem: str) -> Markup:
    """Return a sentence whose gaps are lines to write on."""
    line = Markup('<span class="gap"></span>')
    return Markup("").join([line if part is None else part for part in _parted(stem)])


def _parted(stem: str) -> list[Any]:
    parts: list[Any] = []
    for place, part in enumerate(stem.split("…")):
        parts += [None, part] if place else [part]
    return parts


@cache
def _style() -> str:
    font = b64encode(_FONT.read_bytes()).decode("ascii")
    face = (
        '@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: 200 800; '
        f'src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
    )
    return face + "".join(path.read_text(encoding="utf-8") for path in _STYLES)
