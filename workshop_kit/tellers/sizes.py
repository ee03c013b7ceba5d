"""Sizes of the three systems, in words."""

from __future__ import annotations

from math import isfinite
from typing import Any

from workshop_kit.slots import join
from workshop_kit.systems import LEAST, MOST, SYSTEMS, System
from workshop_kit.tellers.moment import Moment, Told, Words


def is_number(value: object) -> bool:
    """Say whether an answer of any shape is a number."""
    return isinstance(value, int | float) and isfinite(value)


def placed(answer: object) -> dict[System, float]:
    """Return the sizes that were placed, of an answer of any shape.

    Examples
    --------
    >>> placed({"drive": 3.5, "landed": "partly"})
    {'drive': 3.5}
    """
    held = answer if isinstance(answer, dict) else {}
    return {system: held[system] for system in SYSTEMS if is_number(held.get(system))}


def word_for(size: float, words: Words) -> str:
    """Return the word for a size; one beyond the ends of the scale is that end."""
    return words.shared.sizes.word(min(max(size, LEAST), MOST))


def tell_systems(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell the sizes of a moment, or the answer in place of them."""
    asked, answer = words.shared.moments["systems"], moment.entry.answers.get(part.id)
    if isinstance(answer, str):
        return [(asked, (getattr(words.shared.sizes, answer, answer),))]
    told = (
        f"{words.shared.systems[system].name}: {word_for(size, words)}"
        for system, size in placed(answer).items()
    )
    return [(asked, join(told, "; "))]
