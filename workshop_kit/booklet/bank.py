"""The language bank and the letters: what a trainee put into words of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from workshop_kit import locales
from workshop_kit.booklet.said import Said
from workshop_kit.exercises import Exercise
from workshop_kit.slots import Slot, Text, fill
from workshop_kit.tellers import Moment, Words
from workshop_kit.tellers.sentences import gaps_of, sentence

LONGEST = 64  # letters of a name in a journal


@dataclass(frozen=True)
class Phrase:
    """A phrase of the bank, and the question it is kept under."""

    question: str
    said: Said
    second: bool = False

    def name(self, letter: str) -> str:
        """Return the name under which a letter keeps that it was chosen."""
        return f"{letter}_{str(self.said.moment)[:8]}_{self.question}"[:LONGEST]


@dataclass(frozen=True)
class Letter:
    """A letter, when it was begun, and the phrases that were chosen to be beside it."""

    when: str
    said: Said | None
    beside: tuple[Phrase, ...]


def phrases(moments: Iterable[Moment], pages: Sequence[Exercise], words: Words) -> list[Phrase]:
    """Return every phrase of the language bank, those of the newest moment last.

    A sentence of which a gap was left open is not yet a phrase.
    """
    known = {page.id: page for page in pages}
    return [
        Phrase(
            question,
            Said(moment.entry.id, fill(words.controls.stems["quoted"], sentence=text)),
            second,
        )
        for moment in moments
        if moment.entry.exercise in known
        for part in known[moment.entry.exercise].parts
        for question, text, second in _spoken(part, moment)
    ]


def _spoken(part: Any, moment: Moment) -> Iterator[tuple[str, Text, bool]]:
    if part.kind == "words":
        yield from ((name, (Slot(name),), False) for name in part.bank if name in moment.written)
    if part.kind == "stems":
        for stem in part.stems:
            name = f"{part.id}_{stem.id}"
            if all(gap in moment.written for gap in gaps_of(stem, part.id)):
                yield name, sentence(stem, part.id, moment.written), False
            if f"{name}_second" in moment.written:
                yield f"{name}_second", (Slot(f"{name}_second"),), True


def letters(
    moments: Iterable[Moment], pages: Sequence[Exercise], bank: Sequence[Phrase], tag: str
) -> list[Letter]:
    """Return the letters, each with the phrases of the bank that were chosen for it.

    Days are written in the language of ``tag``.
    """
    asked = {page.id: part for page in pages for part in page.parts if part.kind == "letter"}
    found = []
    for moment in moments:
        part = asked.get(moment.entry.exercise)
        if part is None:
            continue
        written = part.prompt.id in moment.written
        said = Said(moment.entry.id, (Slot(part.prompt.id),)) if written else None
        beside = tuple(one for one in bank if moment.entry.answers.get(one.name(part.id)))
        if said or beside:
            found.append(Letter(locales.moment(moment.entry.local, tag, "full"), said, beside))
    return found
