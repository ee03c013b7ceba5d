"""Phrases on the plane of tones, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop_kit.parts import Axis
from workshop_kit.tellers.moment import Moment, Told, Words
from workshop_kit.tellers.sizes import is_number

AXES = ("curious", "tender")


def tone_of(answer: object) -> dict[str, float] | None:
    """Return where a phrase lies on the plane, of an answer of any shape.

    Examples
    --------
    >>> tone_of({"curious": -4, "tender": 0.5})
    {'curious': -4, 'tender': 0.5}
    """
    held = answer if isinstance(answer, dict) else {}
    tone = {axis: held[axis] for axis in AXES if is_number(held.get(axis))}
    return tone if len(tone) == len(AXES) else None


def tell_tone(tone: Mapping[str, float], part: Any, words: Words) -> str:
    """Tell where a phrase lies: ``"rather critical, a little tender"``."""
    said = words.controls.plane
    if all(abs(tone[axis]) < 1 for axis in AXES):
        return said["middle_of_both"]
    return ", ".join(_word_for(tone[axis], getattr(part, axis), said) for axis in AXES)


def _word_for(value: float, axis: Axis, said: Mapping[str, str]) -> str:
    """Return how far along an axis of -10 to 10 a phrase lies."""
    far = abs(value)
    if far < 1:
        return said["between"].format(least=axis.least, most=axis.most)
    word = "little" if far <= 3.5 else "rather" if far <= 7 else "very"
    return said[word].format(end=axis.least if value < 0 else axis.most)


def tell_tones(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell every phrase that was placed, and where it lies."""
    answers = moment.entry.answers
    points = [
        (phrase.label, tone_of(answers.get(f"{part.id}_{phrase.id}"))) for phrase in part.phrases
    ]
    return [(label, (tell_tone(tone, part, words),)) for label, tone in points if tone]
