"""Sentences that were begun for a trainee and finished by them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from workshop_kit.parts import GAP
from workshop_kit.slots import Slot, Text, join
from workshop_kit.tellers.moment import Moment, Told, Words
from workshop_kit.wording import Choice


def gaps_of(stem: Choice, part: str) -> list[str]:
    """Name what the gaps of a sentence are kept under.

    Examples
    --------
    >>> gaps_of(Choice(id="without", label="If I don’t …, then …"), "stems")
    ['stems_without', 'stems_without_2']
    """
    count = stem.label.count(GAP)
    return [f"{part}_{stem.id}" + (f"_{place + 1}" if place else "") for place in range(count)]


def sentence(stem: Choice, part: str, written: Collection[str]) -> Text:
    """Return a whole sentence with its gaps filled, an empty one still a gap.

    Parameters
    ----------
    stem
        The sentence, with a gap or two.
    part
        The id of its part.
    written
        The questions that have words.

    Returns
    -------
    Text
        Nothing at all if no gap was filled.
    """
    gaps = gaps_of(stem, part)
    if not any(gap in written for gap in gaps):
        return ()
    first, *pieces = stem.label.split(GAP)
    texts: list[str | Text] = [first]
    for gap, piece in zip(gaps, pieces, strict=True):
        # Where the stem goes on with a comma, one that was typed before it is not said twice.
        slot = Slot(gap, joined=piece.startswith(","))
        texts += [(slot,) if gap in written else GAP, piece]
    return join(texts, "")


def tell_stems(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell each sentence, what it was marked as, and its second version."""
    about, other = words.controls.stems["about"], words.controls.stems["other"]
    told: list[Told] = []
    for stem in part.stems:
        name, second = f"{part.id}_{stem.id}", f"{part.id}_{stem.id}_second"
        mark = moment.entry.answers.get(name)
        marked = tuple(choice.label for choice in part.marks if choice.id == mark)
        again = (Slot(second),) if second in moment.written else ()
        told += [
            (stem.label, sentence(stem, part.id, moment.written)),
            (about.format(stem=stem.label, what=part.marks_legend), marked),
            (about.format(stem=stem.label, what=other), again),
        ]
    return told
