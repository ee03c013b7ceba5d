"""Tidy tables of a journal: one row for each thing that a trainee placed, tapped or drew.

A size is where a finger stopped, not a measurement. So the tables hold what was left and nothing
that was worked out of it. Every table begins with the columns of `COMMON`; ``docs/patterns.md``
describes each column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

from workshop_kit.answers import gather
from workshop_kit.entries import Entry
from workshop_kit.exercises import Exercise
from workshop_kit.systems import LEAST, MOST, SYSTEMS

SEVERAL = "several"  # stands for the largest system where more than one was the largest
FLOWS = ("out", "offered", "let_in", "turned_away")
MYSELF = "myself"
FURTHEST = 10  # from the middle of the plane of tones to each of its edges
COMMON = ("moment", "exercise", "question", "time", "offset", "setting")
_SIZES: dict[str, str] = dict.fromkeys(SYSTEMS, "float64")
COLUMNS: dict[str, dict[str, str]] = {
    "activation": {**_SIZES, "instead": "str", "largest": "str"},
    "acts": {
        "act": "str",
        "turn": "int64",
        **_SIZES,
        "instead": "str",
        "landed": "str",
        "places": "int64",
    },
    "tones": {"phrase": "str", "curious": "float64", "tender": "float64"},
    "stops": {"stop": "str", **_SIZES},
    "loops": {"step": "int64", "stop": "str", "system": "str"},
    "flows": {"person": "str", **dict.fromkeys(FLOWS, "bool")},
    "weights": {"owner": "str"},
}


@dataclass(frozen=True)
class Tables:
    """The tables of one journal, rows in the order in which the moments were begun.

    Attributes
    ----------
    activation
        A row for each answer about the three systems: ``threat``, ``drive``, ``soothing`` (0 to
        10, missing where none was placed), ``instead`` (id of the answer in place of sizes) and
        ``largest`` (the system with the largest circle; `SEVERAL` where two or three share it;
        missing where fewer than two were placed, or none has any size).
    acts
        A row for each time an act of care was done: ``act`` (its id), ``turn`` (from 1), shares of
        ``threat``, ``drive`` and ``soothing`` (0 to 1, summing to 1), ``instead``, ``landed`` (id),
        and ``places`` (in how many different places that act was put).
    tones
        A row for each phrase on the plane: ``phrase`` (id), ``curious`` and ``tender`` (-10 to 10).
    stops
        A row for each stopping-point with a size: ``stop`` (id) and the sizes, 0 to 10.
    loops
        A row for each step of a loop as it was drawn: ``step`` (from 1), ``stop`` and ``system``.
    flows
        A row for each person or place that was tapped: ``person`` (id, or `MYSELF`), and whether
        ``out``, ``offered``, ``let_in``, ``turned_away`` were.
    weights
        A row for each weight that was sorted: ``owner`` (id).
    """

    activation: pd.DataFrame
    acts: pd.DataFrame
    tones: pd.DataFrame
    stops: pd.DataFrame
    loops: pd.DataFrame
    flows: pd.DataFrame
    weights: pd.DataFrame

    def only(
        self, since: date | None = None, until: date | None = None, setting: str | None = None
    ) -> Tables:
        """Return the rows of a stretch of days, both ends included, and of one setting.

        Parameters
        ----------
        since, until
            Days on the trainee's own clock; ``None`` for no end.
        setting
            Id of a setting; ``None`` for all, rows without a setting among them.
        """
        kept = {}
        for name, table in self.named().items():
            rows = np.ones(len(table), dtype=bool)
            if since:
                rows &= (table["time"] >= np.datetime64(since)).to_numpy()
            if until:
                rows &= (table["time"] < np.datetime64(until) + np.timedelta64(1, "D")).to_numpy()
            if setting:
                rows &= (table["setting"] == setting).fillna(False).to_numpy(dtype=bool)
            kept[name] = table if rows.all() else table[rows].reset_index(drop=True)
        return Tables(**kept)

    def named(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def tables(entries: Iterable[Entry], exercises: Iterable[Exercise]) -> Tables:
    """Make all the tables of a journal.

    Parameters
    ----------
    entries
        Each moment once, as `workshop_kit.fold` gives them; words are not looked at.
    exercises
        The pages that asked, such as `workshop_kit.exercises.journey` gives.

    Returns
    -------
    Tables

    Examples
    --------
    >>> tables([], []).loops.columns.tolist()[-3:]
    ['step', 'stop', 'system']
    """
    answers = gather(entries, exercises)
    given = answers.given
    made = {
        "activation": _activation(given["systems"]),
        "acts": _acts(given["acts"]),
        "tones": _tones(given["tone"]),
        "stops": _stops(given["day"]),
        "loops": _loops(given["day"]),
        "flows": _flows(given["flows"]),
        "weights": _weights(given["sort"]),
    }
    return Tables(**{name: _table(name, own, answers.moments) for name, own in made.items()})


def _table(name: str, own: pd.DataFrame, moments: pd.DataFrame) -> pd.DataFrame:
    own = own.reset_index(drop=True)
    beside = moments.take(own["place"].to_numpy()).reset_index(drop=True)
    columns = COLUMNS[name]
    return pd.concat([beside, own], axis=1)[[*COMMON, *columns]].astype(columns)


def _numbers(answers: pd.Series, names: Iterable[str], least: float, most: float) -> np.ndarray:
    """Return numbers of a scale, a row for each answer and a column for each name.

    What lies outside the scale is none of its numbers; no axis is stretched for it.
    """
    named = tuple(names)
    found = [
        value if isinstance(value := answer.get(name), float) else np.nan
        for answer in _dicts(answers)
        for name in named
    ]
    numbers = np.array(found, dtype="float64").reshape(len(answers), len(named))
    return np.where((numbers >= least) & (numbers <= most), numbers, np.nan)


def _dicts(answers: pd.Series) -> list[dict[str, object]]:
    """Return answers that are made of several; any other is as if it had none."""
    return [answer if isinstance(answer, dict) else {} for answer in answers.tolist()]


def _at(answers: pd.Series, name: str) -> pd.Series:
    return pd.Series([answer.get(name) for answer in _dicts(answers)], dtype="object")


def _id_at(answers: pd.Series, name: str) -> np.ndarray:
    return _ids(_at(answers, name))


def _ids(values: pd.Series) -> np.ndarray:
    ids = [one if isinstance(one, str) else None for one in values.tolist()]
    return np.array(ids, dtype="object")


def _sizes(given: pd.DataFrame) -> pd.DataFrame:
    return given.assign(**_by_system(_numbers(given["answer"], SYSTEMS, LEAST, MOST)))


def _by_system(numbers: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(SYSTEMS, numbers.T, strict=True))


def _activation(given: pd.DataFrame) -> pd.DataFrame:
    sized = _sizes(given).assign(instead=_ids(given["answer"]))
    said = sized.dropna(subset=[*SYSTEMS, "instead"], how="all")
    return said.assign(largest=_largest_circle(said[list(SYSTEMS)].to_numpy()))


def _largest_circle(sizes: np.ndarray) -> np.ndarray:
    placed = (~np.isnan(sizes)).sum(axis=1)
    names = largest(sizes)
    # One circle is the largest of nothing, and where none has any size there is no circle.
    names[(placed < 2) | ~(np.nan_to_num(sizes) > LEAST).any(axis=1)] = None
    return names


def largest(numbers: np.ndarray) -> np.ndarray:
    """Name the system with the largest number of each row; `SEVERAL` where two or three share it.

    Parameters
    ----------
    numbers
        Of shape (rows, 3), in the order of `SYSTEMS`, none of them below 0; missing ones do not
        count.

    Examples
    --------
    >>> largest(np.array([[1, 7, 0], [2, 2, np.nan]])).tolist()
    ['drive', 'several']
    """
    known = np.where(np.isnan(numbers), -1, numbers)
    names = np.array(SYSTEMS, dtype="object")[known.argmax(axis=1)]
    names[(known == known.max(axis=1, initial=-1)[:, None]).sum(axis=1) > 1] = SEVERAL
    return names


def _acts(given: pd.DataFrame) -> pd.DataFrame:
    # A name is taken apart once, however often it comes again.
    number, rests = pd.factorize(given["rest"])
    turns = np.array([_turn(rest) for rest in rests], dtype="float64")
    acts = given.assign(
        act=[question.rpartition("_")[0] for question in given["question"].tolist()],
        turn=turns[number],
        instead=_id_at(given["answer"], "instead"),
        landed=_id_at(given["answer"], "landed"),
        **_by_system(_shares(given["answer"])),
    )
    acts.loc[acts["instead"].notna(), list(SYSTEMS)] = np.nan
    said = acts[[*SYSTEMS, "instead", "landed"]].notna().any(axis=1)
    acts = acts[said & acts["turn"].notna()]
    acts = acts.assign(order=pd.factorize(acts["act"], sort=True)[0])
    acts = acts.iloc[np.lexsort((acts["turn"], acts["order"], acts["place"]))]
    return acts.assign(places=_places(acts))


def _turn(rest: str) -> float:
    """Read which time an act was done from how its name goes on, such as ``b_2``."""
    act, _, turn = rest.rpartition("_")
    return int(turn) if act and "_" not in act and turn.isdecimal() else np.nan


def _shares(answers: pd.Series) -> np.ndarray:
    """Return shares that sum to 1; missing where one of the three is, or all are nothing."""
    shares = _numbers(answers, SYSTEMS, 0, np.inf)
    whole = shares.sum(axis=1, keepdims=True)
    return shares / np.where(whole > 0, whole, np.nan)


def _places(acts: pd.DataFrame) -> np.ndarray:
    """Count, for each row, in how many different places its act was put."""
    act = acts.groupby(["place", "order"], sort=False).ngroup()
    apart = ~acts.assign(act=act).duplicated(["act", *SYSTEMS]) & acts[SYSTEMS[0]].notna()
    return np.bincount(act[apart], minlength=len(acts))[act]


def _tones(given: pd.DataFrame) -> pd.DataFrame:
    axes = ["curious", "tender"]
    curious, tender = _numbers(given["answer"], axes, -FURTHEST, FURTHEST).T
    return given.assign(phrase=given["rest"], curious=curious, tender=tender).dropna(subset=axes)


def _stops(given: pd.DataFrame) -> pd.DataFrame:
    stops = given[given["rest"] != "loop"]
    sized = _sizes(stops.reset_index(drop=True))
    return sized.assign(stop=sized["rest"]).dropna(subset=list(SYSTEMS), how="all")


def _loops(given: pd.DataFrame) -> pd.DataFrame:
    """Take each loop apart into its steps, in the order in which they were drawn."""
    loops = given[given["rest"] == "loop"]
    rows = [
        (place, question, number, *circle)
        for place, question, answer in zip(
            loops["place"], loops["question"], loops["answer"], strict=True
        )
        for number, circle in enumerate(_circles(answer), 1)
    ]
    return pd.DataFrame(rows, columns=["place", "question", "step", "stop", "system"]).astype(
        {"place": "int64", "question": "str"}
    )


def _circles(loop: object) -> list[tuple[str, str]]:
    """Read the circles that a loop goes through: the stop and the system of each."""
    steps = loop if isinstance(loop, dict) else {}
    numbered = [(int(name[5:]), circle) for name, circle in steps.items() if name[5:].isdecimal()]
    through = [str(circle).rpartition("_") for _number, circle in sorted(numbered)]
    return [(stop, system) for stop, _, system in through if stop and system in SYSTEMS]


def _flows(given: pd.DataFrame) -> pd.DataFrame:
    taps = {flow: _at(given["answer"], flow) == 1 for flow in FLOWS}
    flows = given.assign(person=given["rest"], **taps)
    return flows[flows[list(FLOWS)].any(axis=1)]


def _weights(given: pd.DataFrame) -> pd.DataFrame:
    return given.assign(owner=_ids(given["answer"])).dropna(subset=["owner"])
