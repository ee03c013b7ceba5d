"""The answers of a journal by the kind of part that asked for them, gathered in one pass.

A part is found by its kind, not by its name, so that a course's own exercise takes part as soon as
it asks with a part of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
        moment), ``question`` (the name under which the journal keeps it), ``part`` (the id with
        which that name begins), ``rest`` (how it goes on) and ``answer``.
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
    given: dict[str, list[tuple]] = {kind: [] for kind in KINDS}
    for place, entry in enumerate(ordered):
        parts = asked.get(entry.exercise, ())
        for name, answer in entry.answers.items():
            for kind, part, start in parts:
                if answer and (name == part if kind == "systems" else name.startswith(start)):
                    given[kind].append((place, name, part, name[len(start) :], answer))
    return Answers(_moments(ordered), {kind: _frame(rows) for kind, rows in given.items()})


def _asked(page: Exercise) -> list[tuple[str, str, str]]:
    """Name the parts whose answers are tabled: kind, id, and how the answers' names begin."""
    return [
        (part.kind, part.id, f"{part.id}_")
        for part in page.parts
        # Things of a given list are no weights of anybody's own.
        if part.kind in KINDS and not (part.kind == "sort" and not part.own)
    ]


def _frame(rows: list[tuple]) -> pd.DataFrame:
    places, questions, parts, rests, answers = zip(*rows, strict=True) if rows else [()] * 5
    return pd.DataFrame(
        {
            "place": np.array(places, dtype="int64"),
            "question": pd.Series(questions, dtype="str"),
            "part": pd.Series(parts, dtype="str"),
            "rest": pd.Series(rests, dtype="str"),
            "answer": pd.Series(answers, dtype="object"),
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
