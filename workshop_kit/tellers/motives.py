"""Acts of care and where they came from: how they stand in a journal, and how they are told."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workshop_kit.slots import Slot, Text, fill
from workshop_kit.systems import SYSTEMS, System
from workshop_kit.tellers.moment import Moment, Told, Words, label_of
from workshop_kit.tellers.sizes import placed
from workshop_kit.wording import Choice

# Shares are kept in 64ths: fractions that sum to exactly 1, in the browser and in Python alike.
SHARES = 64
# A share smaller than this is finer than a finger, and is left out of a sentence.
LEAST_TOLD = 0.1
_TIME = re.compile(r"(.+)_([0-9]+)")


@dataclass(frozen=True)
class Time:
    """One time of an act: its shares by system, or an answer in place of them, and how it landed.

    ``shares`` is empty where no point was placed.
    """

    number: int
    shares: Mapping[System, float]
    instead: str | None = None
    landed: str | None = None


@dataclass(frozen=True)
class Act:
    """An act of care: the question its name is kept under, whether it has one, and its times."""

    question: str
    named: bool
    times: tuple[Time, ...]


def to_shares(weights: Mapping[System, float]) -> dict[System, float]:
    """Turn three weights into shares that sum to 1.

    Parameters
    ----------
    weights
        Three numbers, none below 0 and one at least above it.

    Returns
    -------
    dict
        Shares by system, in 64ths; what rounding leaves over goes where it cut off most.

    Examples
    --------
    >>> to_shares({"threat": 1, "drive": 1, "soothing": 2})
    {'threat': 0.25, 'drive': 0.25, 'soothing': 0.5}
    """
    whole = sum(weights.values())
    exact = {system: SHARES * weight / whole for system, weight in weights.items()}
    parts = {system: math.floor(share) for system, share in exact.items()}
    left = SHARES - sum(parts.values())
    for system in sorted(exact, key=lambda one: parts[one] - exact[one])[:left]:
        parts[system] += 1
    return {system: part / SHARES for system, part in parts.items()}


def read_acts(part: str, answers: Mapping[str, Any], written: Iterable[str]) -> list[Act]:
    """Read the acts of one part of a moment, in the order in which they came.

    Parameters
    ----------
    part
        The part's id, with which everything it keeps begins.
    answers
        The moment's numbers and choices.
    written
        The questions that have words.

    Examples
    --------
    >>> [act.question for act in read_acts("acts", {"acts_b_1": {"drive": 1}}, ["acts_a"])]
    ['acts_a', 'acts_b']
    """
    named = {question for question in written if _is_act(question, part)}
    times: dict[str, list[Time]] = {question: [] for question in named}
    for name, value in answers.items():
        found = _TIME.fullmatch(name)
        if found and _is_act(found[1], part) and isinstance(value, dict) and value:
            times.setdefault(found[1], []).append(_time(int(found[2]), value))
    return [
        Act(question, question in named, tuple(sorted(of, key=lambda time: time.number)))
        for question, of in sorted(times.items())
    ]


def _is_act(question: str, part: str) -> bool:
    start = f"{part}_"
    return question.startswith(start) and "_" not in question[len(start) :]


def _time(number: int, value: Mapping[str, Any]) -> Time:
    instead, landed = (_text(value.get(name)) for name in ("instead", "landed"))
    return Time(number, {} if instead else _shares(value), instead, landed)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _shares(value: Mapping[str, Any]) -> Mapping[System, float]:
    weights = placed(value)
    given = weights.values()
    whole = len(given) == len(SYSTEMS) and min(given) >= 0 and max(given) > 0
    return to_shares(weights) if whole else {}


def tell_acts(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell every act: what it was, where it came from and how it landed."""
    said = words.controls.triangle
    told: list[Told] = []
    for act in read_acts(part.id, moment.entry.answers, moment.written):
        name: Text = (Slot(act.question),) if act.named else (said["unnamed"],)
        turns = [_tell_time(time, part.landed, words) for time in act.times]
        again = "; ".join(
            said["told_again"].format(told=turn) if place else turn
            for place, turn in enumerate(turns)
        )
        answer = fill(said["told_act"], act=name, told=again) if again else name
        told.append((said["told_as"], answer))
    return told


def _tell_time(time: Time, landed: Iterable[Choice], words: Words) -> str:
    motive = tell_motive(time, words) if time.shares or time.instead else ""
    if not time.landed:
        return motive
    how = label_of(landed, time.landed)
    return f"{motive} {words.controls.triangle['told_landed'].format(landed=how)}".strip()


def tell_motive(time: Time, words: Words) -> str:
    """Tell where an act came from: ``"mostly drive, some threat"``."""
    said = words.controls.triangle
    if time.instead:
        return said["told_cant_tell"]
    shares = sorted(time.shares.items(), key=lambda one: -one[1])
    told = [
        {"system": words.shared.systems[system].within, "word": _word_for(share, said)}
        for system, share in shares
        if share >= LEAST_TOLD
    ]
    if shares[0][1] == 1:
        return said["told_all"].format(**told[0])
    if len(told) == len(SYSTEMS) and all(one["word"] == said["share_some"] for one in told):
        return said["told_even"]
    return ", ".join(said["told"].format(**one) for one in told)


def _word_for(share: float, said: Mapping[str, str]) -> str:
    """Return the word for a share, so that it is no mark out of a hundred."""
    steps = ((0, "none"), (0.2, "little"), (0.4, "some"), (0.6, "half"), (0.99, "mostly"))
    return said["share_" + next((word for up, word in steps if share <= up), "all")]
