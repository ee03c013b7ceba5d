"""The tables of the pictures as text to read: column titles, rows, and where words belong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from workshop_kit.counts import landed, largest_by_setting, people, same_acts, sizes_by_setting
from workshop_kit.labels import Labels
from workshop_kit.locales import moment
from workshop_kit.sentences import FLOOR, stands_on
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import COMMON, FLOWS, SEVERAL, Tables

NOTHING = "\N{EN DASH}"  # what stands in a table where there is nothing


@dataclass(frozen=True)
class Reading:
    """A table as text.

    Attributes
    ----------
    columns
        The titles.
    rows
        The cells, as many in each row as there are titles.
    beside
        For each row, the moment and the questions whose words belong beside it, as
        ``(moment, questions)``; empty where rows are counts. The words themselves are in the page.
    note
        What the numbers mean, or nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""


def read(picture: str, tables: Tables, labels: Labels) -> Reading:
    """Put in words what a picture draws; below the floor, the things themselves and no counts.

    Parameters
    ----------
    picture
        Its name, such as ``"activation"``.
    tables
        What is drawn.
    labels
        The words.
    """
    few = stands_on(picture, tables) < FLOOR
    return _READINGS[THINGS.get(picture, picture) if few else picture](tables, labels)


def _activation(tables: Tables, labels: Labels) -> Reading:
    table = tables.activation
    instead = _instead(table, labels)
    columns = [_when(table, labels), _called(table, "setting", labels)]
    for system in SYSTEMS:
        columns.append(
            [_number(size, none) for size, none in zip(table[system], instead, strict=True)]
        )
    beside = [
        (moment, labels.prompts.get(exercise, ()))
        for moment, exercise in zip(table["moment"], table["exercise"], strict=True)
    ]
    titles = (*_titles(labels, "when", "setting"), *_systems(labels))
    return _reading(titles, columns, beside, labels.pictures.notes["sizes"])


def _by_setting(tables: Tables, labels: Labels) -> Reading:
    table = _by_place(sizes_by_setting(tables.activation), labels)
    columns = [
        [labels.setting(setting) for setting in table["setting"]],
        [labels.wording.systems[system].name for system in table["system"]],
        *(_numbers(table[name]) for name in ("count", "least", "most")),
    ]
    titles = _titles(labels, "setting", "system", "count", "least", "most")
    return _reading(titles, columns, note=labels.pictures.notes["sizes"])


def _largest(tables: Tables, labels: Labels) -> Reading:
    table = _by_place(largest_by_setting(tables.activation), labels)
    columns = [
        [labels.setting(setting) for setting in table["setting"]],
        *(_numbers(table[name]) for name in (*SYSTEMS, SEVERAL, "count")),
    ]
    titles = (
        *_titles(labels, "setting"),
        *_systems(labels),
        labels.pictures.shared["several"],
        *_titles(labels, "count"),
    )
    return _reading(titles, columns)


def _acts(tables: Tables, labels: Labels) -> Reading:
    return _acts_of(tables.acts, labels)


def _same_acts(tables: Tables, labels: Labels) -> Reading:
    return _acts_of(same_acts(tables.acts), labels)


def _acts_of(table: pd.DataFrame, labels: Labels) -> Reading:
    instead = _instead(table, labels)
    columns = [_when(table, labels)]
    for system in SYSTEMS:
        columns.append(
            [_number(part, none) for part, none in zip(table[system], instead, strict=True)]
        )
    columns.append(_called(table, "landed", labels))
    titles = (*_titles(labels, "when"), *_systems(labels), *_titles(labels, "landed"))
    return _reading(titles, columns, _questions(table, "act"), labels.pictures.notes["shares"])


def _landed(tables: Tables, labels: Labels) -> Reading:
    table = landed(tables.acts)
    table = table.set_index("landed").loc[labels.in_order("landed", table["landed"])].reset_index()
    columns = [_called(table, "landed", labels), _numbers(table["count"])]
    return _reading(_titles(labels, "landed", "count"), columns)


def _tones(tables: Tables, labels: Labels) -> Reading:
    table = tables.tones
    columns = [_when(table, labels), _called(table, "phrase", labels)]
    columns += [_numbers(table[axis]) for axis in ("curious", "tender")]
    titles = [*_titles(labels, "when", "phrase"), *axis_titles(tables, labels)]
    return _reading(titles, columns, _questions(table, "phrase"), labels.pictures.notes["tones"])


def axis_titles(tables: Tables, labels: Labels) -> list[str]:
    """Say from what to what each axis of the plane goes, as the exercise says it."""
    axes = labels.axes[next(iter(tables.tones["exercise"]), next(iter(labels.axes)))]
    said = labels.pictures.columns["axis"]
    return [said.format(least=least, most=most) for least, most in axes.values()]


def _days(tables: Tables, labels: Labels) -> Reading:
    """Tell every stopping-point that has a size or that a loop goes through."""
    loops = tables.loops
    steps = loops.assign(
        question=[
            f"{question.removesuffix('loop')}{stop}"
            for question, stop in zip(loops["question"], loops["stop"], strict=True)
        ],
        loop=[
            f"{step} ({labels.system(system)})"
            for step, system in zip(loops["step"], loops["system"], strict=True)
        ],
    ).astype({"question": "str", "loop": "str"})
    key = [*COMMON, "stop"]
    through = steps.groupby(key, sort=False, dropna=False)["loop"].agg(", ".join).reset_index()
    table = tables.stops.merge(through, on=key, how="outer")
    place = {stop: number for number, stop in enumerate(labels.order.get("stop", ()))}
    table["begun"] = table["time"] - pd.to_timedelta(table["offset"], unit="min")
    table["place"] = [place.get(stop, len(place)) for stop in table["stop"]]
    table = table.sort_values(["begun", "moment", "place", "stop"])
    columns = [_when(table, labels), _called(table, "stop", labels)]
    columns += [_numbers(table[system]) for system in SYSTEMS]
    columns.append(table["loop"].fillna(NOTHING).tolist())
    titles = (*_titles(labels, "when", "stop"), *_systems(labels), *_titles(labels, "loop"))
    return _reading(titles, columns, _questions(table, "question"), labels.pictures.notes["sizes"])


def _flows(tables: Tables, labels: Labels) -> Reading:
    table = people(tables.flows).set_index("person")
    table = table.loc[labels.in_order("person", table.index)].reset_index()
    columns = [_called(table, "person", labels), *(_numbers(table[flow]) for flow in FLOWS)]
    return _reading(_titles(labels, "person", *FLOWS), columns, note=labels.pictures.notes["taps"])


def _weights(tables: Tables, labels: Labels) -> Reading:
    table = tables.weights
    columns = [_when(table, labels), _called(table, "owner", labels)]
    return _reading(_titles(labels, "when", "owner"), columns, _questions(table, "question"))


def _reading(
    titles: Iterable[str],
    columns: list[list[str]],
    beside: Iterable[tuple[str, tuple[str, ...]]] = (),
    note: str = "",
) -> Reading:
    return Reading(tuple(titles), tuple(zip(*columns, strict=True)), tuple(beside), note)


def _titles(labels: Labels, *names: str) -> tuple[str, ...]:
    return tuple(labels.pictures.columns[name] for name in names)


def _systems(labels: Labels) -> tuple[str, ...]:
    return tuple(labels.wording.systems[system].name for system in SYSTEMS)


def _when(table: pd.DataFrame, labels: Labels) -> list[str]:
    tag = labels.wording.language.tag
    return [moment(when, tag) for when in table["time"].dt.to_pydatetime()]


def _by_place(table: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Put settings in the order of the words, no setting last."""
    place = {setting: at for at, setting in enumerate(labels.settings(table["setting"].dropna()))}
    where = table["setting"].map(lambda setting: place.get(labels.setting(setting), len(place)))
    return table.iloc[where.argsort(kind="stable")]


def _called(table: pd.DataFrame, column: str, labels: Labels, missing: str = NOTHING) -> list[str]:
    exercises = table["exercise"] if "exercise" in table else [""] * len(table)
    return [
        labels.of(column, name, exercise) if isinstance(name, str) else missing
        for name, exercise in zip(table[column], exercises, strict=True)
    ]


def _numbers(values: pd.Series) -> list[str]:
    return [_number(value) for value in values]


def _number(value: float, missing: str = NOTHING) -> str:
    return missing if value != value else f"{value:.2f}".rstrip("0").rstrip(".")


def _instead(table: pd.DataFrame, labels: Labels) -> list[str]:
    """Return what was answered in place of sizes or a point."""
    sizes = labels.wording.sizes
    return [
        getattr(sizes, one, one) if isinstance(one, str) else NOTHING for one in table["instead"]
    ]


def _questions(table: pd.DataFrame, column: str) -> list[tuple[str, tuple[str, ...]]]:
    """Name the question whose words belong beside each row."""
    return [
        (moment, (question,))
        for moment, question in zip(table["moment"], table[column], strict=True)
    ]


_READINGS: dict[str, Callable[[Tables, Labels], Reading]] = {
    "activation": _activation,
    "by_setting": _by_setting,
    "largest": _largest,
    "acts": _acts,
    "same_acts": _same_acts,
    "landed": _landed,
    "tones": _tones,
    "days": _days,
    "flows": _flows,
    "weights": _weights,
}
# What each picture of counts counts, where another picture shows that.
THINGS = {"by_setting": "activation", "largest": "activation", "landed": "acts"}
