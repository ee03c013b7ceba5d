"""The answers of a journal by the kind of part that asked for them, gathered in one pass.

A part is found by its kind, not by its name, so that a course's own exercise takes part as soon as
it asks with a part of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import attrgetter

import numpy as np
import pandas as pd

from workshop_kit.entries import Entry
from workshop_kit.exercises import Exercise

# Kinds whose answers are numbers and closed choices that a table can hold.
KINDS = ("systems", "acts", "tone", "day", "flows", "sort")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Answers:
    """What a journal's tables are made of.

    Attributes
    ----------
    moments
        One row a moment, in the order in which they were begun: ``moment`` (its id), ``exercise``,
        ``time`` (the trainee's own clock, without a zone), ``offset`` (minutes east of UTC that
        the clock stood at) and ``setting`` (id, or missing).
    given
        By kind of part, one row an answer, in the order of the moments: ``place`` (the row of its
        moment), ``question`` (the name under which the journal keeps it), ``rest`` (how that name
        goes on after the id of its part) and ``answer``.
    """

    moments: pd.DataFrame
    given: dict[str, pd.DataFrame]


def gather(entries: Iterable[Entry], exercises: Iterable[Exercise]) -> Answers:
    """Gather answers; what was taken back, or is asked by no part of today, is left out.

    Parameters
    ----------
    entries
        Each moment once, as `workshop_kit.fold` gives them; the order does not matter.
    exercises
        The pages that asked.

    Examples
    --------
    >>> gather([], []).moments.columns.tolist()
    ['moment', 'exercise', 'time', 'offset', 'setting']
    """
    ordered = sorted(entries, key=attrgetter("begun", "id.int"))
    asked = {page.id: _asked(page) for page in exercises}
    found: dict[str, dict[str, list[_Question]]] = {}
    given = {kind: _Given() for kind in KINDS}
    for place, entry in enumerate(ordered):
        known = found.setdefault(entry.exercise, {})
        for name, answer in entry.answers.items():
            if not answer:
                continue
            if name not in known:
                known[name] = _questions(name, asked.get(entry.exercise, ()))
            for question in known[name]:
                columns = given[question.kind]
                columns.places.append(place)
                columns.questions.append(question)
                columns.answers.append(answer)
    return Answers(_moments(ordered), {kind: one.frame() for kind, one in given.items()})


@dataclass(frozen=True)
class _Question:
    """What a part of some kind asks under one name, and how the name goes on after the part's."""

    kind: str
    name: str
    rest: str


def _questions(name: str, parts: Iterable[tuple[str, str, str]]) -> list[_Question]:
    """Find what a name answers; the same few names come again and again in a journal."""
    return [
        _Question(kind, name, name[len(start) :])
        for kind, part, start in parts
        if (name == part if kind == "systems" else name.startswith(start))
    ]


def _asked(page: Exercise) -> list[tuple[str, str, str]]:
    """Name the parts whose answers are tabled: kind, id, and how the answers' names begin."""
    return [
        (part.kind, part.id, f"{part.id}_")
        for part in page.parts
        # Things of a given list are no weights of anybody's own.
        if part.kind in KINDS and not (part.kind == "sort" and not part.own)
    ]


@dataclass(frozen=True)
class _Given:
    """The answers to the parts of one kind, column by column: a long journal has very many."""

    places: list[int] = field(default_factory=list)
    questions: list[_Question] = field(default_factory=list)
    answers: list[object] = field(default_factory=list)

    def frame(self) -> pd.DataFrame:
        asked = self.questions
        return pd.DataFrame(
            {
                "place": np.array(self.places, dtype="int64"),
                "question": pd.Series([one.name for one in asked], dtype="str"),
                "rest": pd.Series([one.rest for one in asked], dtype="str"),
                "answer": pd.Series(self.answers, dtype="object"),
            }
        )


def _moments(entries: list[Entry]) -> pd.DataFrame:
    offsets = np.array([entry.offset for entry in entries], dtype="int64")
    begun = [(entry.begun - _BEGINNING) // _MICROSECOND for entry in entries]
    # The time as it stood on the trainee's clock, so that an hour is the hour they remember. The
    # order is that of what they lived, also where a journey turns the clock back.
    local = np.array(begun, dtype="int64") + offsets * 60_000_000
    return pd.DataFrame(
        {
            "moment": pd.Series([str(entry.id) for entry in entries], dtype="str"),
            "exercise": pd.Series([entry.exercise for entry in entries], dtype="str"),
            "time": local.astype("datetime64[us]"),
            "offset": offsets,
            "setting": pd.Series([entry.setting for entry in entries], dtype="str"),
        }
    )
