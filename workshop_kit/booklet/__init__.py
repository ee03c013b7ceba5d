"""The take-home booklet: one HTML document that needs nothing else, neither script nor network.

It is made without a single word of the trainee's: `booklet` leaves a place for each, and `fill_in`,
or the page, puts the words there.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path

import jinja2
from markupsafe import Markup

from workshop_kit.booklet.bank import letters, phrases
from workshop_kit.booklet.chapters import chapters
from workshop_kit.booklet.pictures import pictures
from workshop_kit.booklet.said import fill_in
from workshop_kit.entries import Entry
from workshop_kit.exercises import Exercise, journey
from workshop_kit.locales import day
from workshop_kit.support import load_support
from workshop_kit.tellers import Moment, Words
from workshop_kit.wording import load_booklet, load_controls, load_pictures, load_wording

__all__ = ["booklet", "booklet_of", "fill_in"]

_FOLDER = Path(__file__).parent
_PACKAGE = _FOLDER.parent
_STYLES = (
    _PACKAGE / "tokens.css",
    _PACKAGE / "drawings" / "drawings.css",
    _FOLDER / "booklet.css",
)
_FONT = _PACKAGE / "serving" / "static" / "fonts" / "atkinson-normal.woff2"


def booklet_of(entries: Iterable[Entry], exercises: Collection[str] | None = None) -> str:
    """Return the booklet of entries with their words.

    Parameters
    ----------
    entries
        Each moment once, as `workshop_kit.fold` gives them.
    exercises
        The ids of the exercises it is to hold; all of them by default.

    Returns
    -------
    str
        An HTML document.

    Examples
    --------
    >>> from workshop_kit.sample import sample_entries
    >>> "I had thought I was just busy." in booklet_of(sample_entries())
    True
    """
    kept = [entry for entry in entries if exercises is None or entry.exercise in exercises]
    return fill_in(booklet([Moment.of(entry) for entry in kept]), kept)


def booklet(moments: Iterable[Moment], pages: Sequence[Exercise] | None = None) -> str:
    """Return a booklet with an empty place for each of the trainee's words.

    Parameters
    ----------
    moments
        What it is to hold.
    pages
        The journey that asked; that of the workshop by default.

    Returns
    -------
    str
        An HTML document. A place is a ``span`` with ``data-words="MOMENT QUESTION"``, and with
        ``data-joined`` where a comma follows.
    """
    pages = journey() if pages is None else pages
    answered = filter(attrgetter("is_answered"), moments)
    held = sorted(answered, key=lambda moment: (moment.entry.begun, str(moment.entry.id)))
    words = Words(load_wording(), load_controls())
    bank = phrases(held, pages, words)
    told = chapters(held, pages, pictures(held, pages, words), words)
    tag = words.shared.language.tag
    days = [day(moment.entry.local.date(), tag) for moment in held]
    return _template().render(
        language=tag,
        policy="default-src 'none'; style-src 'unsafe-inline'; font-src data:",
        style=Markup(_style()),  # noqa: S704
        wording=words.shared,
        controls=words.controls,
        words=load_booklet(),
        when=load_pictures().columns["when"],
        support=load_support(),
        days=list(dict.fromkeys((days[0], days[-1]))) if days else [],
        chapters=told,
        bank=bank,
        letters=letters(held, pages, bank, tag),
    )


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_FOLDER)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("booklet.html.j2")


@cache
def _style() -> str:
    font = b64encode(_FONT.read_bytes()).decode("ascii")
    face = (
        '@font-face { font-family: "Atkinson Hyperlegible Next"; font-weight: 200 800; '
        f'src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
    )
    return face + "".join(path.read_text(encoding="utf-8") for path in _STYLES)
