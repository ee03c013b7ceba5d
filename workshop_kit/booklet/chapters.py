"""The chapters of a booklet: one for each exercise, with its moments told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workshop_kit import drawings, locales
from workshop_kit.booklet.pictures import Picture
from workshop_kit.booklet.said import Said
from workshop_kit.exercises import Exercise
from workshop_kit.tellers import Moment, Words, tell
from workshop_kit.tellers.sizes import placed


@dataclass(frozen=True)
class Account:
    """One moment: when it was, its circles if it has sizes, and each question with its answer."""

    when: str
    circles: Markup | None
    told: tuple[tuple[str, Said], ...]


@dataclass(frozen=True)
class Chapter:
    """One exercise: its pictures, and its moments."""

    id: str
    title: str
    pictures: tuple[Picture, ...]
    accounts: tuple[Account, ...]


def chapters(
    moments: Iterable[Moment],
    pages: Sequence[Exercise],
    pictures: Iterable[Picture],
    words: Words,
) -> list[Chapter]:
    """Return a chapter for each exercise of which there is something to tell.

    Parameters
    ----------
    moments
        By the time they were begun.
    pages
        The journey, in the order in which the chapters are to stand; what is of no page of today
        comes last.
    pictures
        Each stands in the chapter of the first exercise that is drawn in it.
    words
        The words the moments are told in.
    """
    known = {page.id: page for page in pages}
    told: dict[str, list[Account]] = {page.id: [] for page in pages}
    for moment in moments:
        account = _account(moment, known.get(moment.entry.exercise), words)
        if account.told:
            told.setdefault(moment.entry.exercise, []).append(account)
    drawn: dict[str, list[Picture]] = {}
    for picture in pictures:
        first = min(picture.exercises, key=list(told).index)
        drawn.setdefault(first, []).append(picture)
    return [
        Chapter(
            exercise,
            known[exercise].title if exercise in known else exercise,
            tuple(drawn.get(exercise, ())),
            tuple(accounts),
        )
        for exercise, accounts in told.items()
        if accounts or exercise in drawn
    ]


def _account(moment: Moment, page: Exercise | None, words: Words) -> Account:
    # The letters have pages of their own.
    told = tell(moment, page, words, without={"letter"})
    answers = tuple((question, Said(moment.entry.id, answer)) for question, answer in told)
    when = locales.moment(moment.entry.local, words.shared.language.tag, "full")
    return Account(when, _circles(moment, page, words), answers)


def _circles(moment: Moment, page: Exercise | None, words: Words) -> Markup | None:
    asked = [part.id for part in page.parts if part.kind == "systems"] if page else []
    for part in asked:
        sizes = placed(moment.entry.answers.get(part))
        if sizes:
            return drawings.circles(sizes, words.shared.moments["systems"], words.shared)
    return None
