"""One plain sentence over each picture, made of counts that stand in its table.

A sentence says how many things a picture stands on and counts them. It names no cause, no trend and
no preference, and of fewer than `FLOOR` things it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from workshop_kit.counts import landed, largest_by_setting, owners, same_acts
from workshop_kit.labels import Labels
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import FLOWS, SEVERAL, Tables, largest

FLOOR = 3  # below so many, the things themselves are shown and nothing is said about them


def sentence(picture: str, tables: Tables, labels: Labels, *, filtered: bool = False) -> str:
    """Say what a picture stands on.

    Parameters
    ----------
    picture
        Its name, such as ``"activation"``.
    tables
        What is drawn.
    labels
        The words.
    filtered
        Whether something may have been left out of the tables on purpose.
    """
    said = labels.pictures.shared
    count = stands_on(picture, tables)
    if not count:
        return said["empty_filtered" if filtered else "empty"]
    return _SENTENCES[picture](tables, labels, count) if count >= FLOOR else said["too_few"]


def stands_on(picture: str, tables: Tables) -> int:
    """Count what a picture stands on: moments, points, days, or whatever it draws."""
    return _COUNTED[picture](tables)


def _activation(tables: Tables, labels: Labels, count: int) -> str:
    said, wording = labels.pictures.activation, labels.wording
    ranges = []
    for system in SYSTEMS:
        sizes = tables.activation[system].dropna()
        if len(sizes):
            least, most = (wording.sizes.word(size) for size in (sizes.min(), sizes.max()))
            ranges.append(
                said["range_one" if least == most else "range"].format(
                    system=labels.system(system), least=least, most=most, count=len(sizes)
                )
            )
    if not ranges:
        return labels.form(said, "no_sizes", count).format(count=count)
    return labels.form(said, "told", count).format(count=count, ranges=_begin("; ".join(ranges)))


def _sized(tables: Tables) -> pd.DataFrame:
    return tables.activation.dropna(subset=list(SYSTEMS), how="all")


def _by_setting(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.by_setting
    numbers = _sized(tables)["setting"].value_counts(dropna=False)
    told = [
        said["setting"].format(number=numbers[setting], place=labels.place(setting))
        for setting in _settings(numbers.index, labels)
    ]
    return labels.form(said, "told", count).format(count=count, settings=", ".join(told))


def _settings(found: Iterable[object], labels: Labels) -> list[str | float]:
    """Put settings in the order of the words, no setting last."""
    named = [one for one in found if isinstance(one, str)]
    none = [one for one in found if isinstance(one, float)]
    return [*labels.in_order("setting", named), *none]


def _largest(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.largest
    table = largest_by_setting(tables.activation).set_index("setting")
    enough = table[table["count"] >= FLOOR]
    told = [
        _of_all(enough.loc[[setting]].iloc[0], said, labels, place=labels.place(setting))
        for setting in _settings(enough.index, labels)
    ]
    if not told:
        return labels.form(said, "told_only", count).format(count=count)
    return labels.form(said, "told", count).format(
        count=count, settings=". ".join(map(_begin, told))
    )


def _of_all(numbers: pd.Series, said: dict[str, str], labels: Labels, place: str = "") -> str:
    """Tell how often each system was the largest, in the order in which they are always named."""
    told: list[str] = []
    for name in (*SYSTEMS, SEVERAL):
        if numbers[name]:
            kind = SEVERAL if name == SEVERAL else "system"
            words = said[f"{kind}_more" if told else kind]
            system = "" if name == SEVERAL else labels.system(name)
            told.append(
                words.format(
                    place=place, system=system, number=numbers[name], count=numbers["count"]
                )
            )
    return ", ".join(told)


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _acts(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.acts
    shares = tables.acts[list(SYSTEMS)].dropna().to_numpy()
    if not len(shares):
        return labels.form(said, "told_only", count).format(count=count)
    if len(shares) < FLOOR:
        return labels.pictures.shared["too_few"]
    found = pd.Series(largest(shares)).value_counts()
    numbers = found.reindex([*SYSTEMS, SEVERAL], fill_value=0)
    numbers["count"] = len(shares)
    told = _begin(_of_all(numbers, said, labels))
    return labels.form(said, "told", len(shares)).format(count=len(shares), shares=told)


def _same_acts(_tables: Tables, labels: Labels, count: int) -> str:
    return labels.pictures.same_acts["told"].format(count=count)


def _landed(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.landed
    numbers = landed(tables.acts).set_index("landed")["count"]
    told = [
        _times(said, "word", labels.of("landed", name), numbers[name])
        for name in labels.in_order("landed", numbers.index)
    ]
    return labels.form(said, "told", count).format(count=count, words=", ".join(told))


def _times(said: dict[str, str], what: str, label: str, number: int) -> str:
    return said[f"{what}_once" if number == 1 else what].format(**{what: label, "number": number})


def _tones(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.tones
    told = [
        _sides(points, labels, str(exercise), str(phrase))
        for (exercise, phrase), points in tables.tones.groupby(["exercise", "phrase"], sort=False)
    ]
    return labels.form(said, "told", count).format(count=count, phrases=". ".join(told))


def _sides(points: pd.DataFrame, labels: Labels, exercise: str, phrase: str) -> str:
    """Count on which side of each axis the points of a phrase lie."""
    said = labels.pictures.tones
    told: list[str] = []
    for axis, (least, most) in labels.axes[exercise].items():
        sides = [
            ("side", {"end": least}, points[axis] < 0),
            ("middle", {"least": least, "most": most}, points[axis] == 0),
            ("side", {"end": most}, points[axis] > 0),
        ]
        for words, ends, rows in sides:
            if rows.any():
                told.append(
                    said[f"{words}_more" if told else words].format(
                        phrase=labels.of("phrase", phrase, exercise),
                        number=int(rows.sum()),
                        count=len(points),
                        **ends,
                    )
                )
    return ", ".join(told)


def _days(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.days
    loops = len(tables.loops[["moment", "question"]].drop_duplicates())
    return labels.form(said, "told_loops" if loops else "told", count).format(
        count=count, loops=loops
    )


def _flows(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.flows
    numbers = tables.flows[list(FLOWS)].sum()
    titles = labels.pictures.columns
    taps = [_times(said, "tap", titles[flow], numbers[flow]) for flow in FLOWS if numbers[flow]]
    return labels.form(said, "told", count).format(count=count, taps=", ".join(taps))


def _weights(tables: Tables, labels: Labels, count: int) -> str:
    said = labels.pictures.weights
    table = owners(tables.weights)
    told = [
        _times(said, "owner", labels.of("owner", owner, str(exercise)), number)
        for exercise, numbers in table.groupby("exercise", sort=False)
        for owner in labels.in_order("owner", numbers["owner"])
        for number in numbers.loc[numbers["owner"] == owner, "count"]
    ]
    return labels.form(said, "told", count).format(count=count, owners=", ".join(told))


def _day_count(tables: Tables) -> int:
    days = pd.concat([tables.stops["moment"], tables.loops["moment"]])
    return days.nunique()


_SENTENCES: dict[str, Callable[[Tables, Labels, int], str]] = {
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
_COUNTED: dict[str, Callable[[Tables], int]] = {
    "activation": lambda tables: len(tables.activation),
    "by_setting": lambda tables: len(_sized(tables)),
    "largest": lambda tables: int(tables.activation["largest"].notna().sum()),
    "acts": lambda tables: int(tables.acts[[SYSTEMS[0], "instead"]].notna().any(axis=1).sum()),
    "same_acts": lambda tables: len(same_acts(tables.acts)[["moment", "act"]].drop_duplicates()),
    "landed": lambda tables: int(tables.acts["landed"].notna().sum()),
    "tones": lambda tables: len(tables.tones),
    "days": _day_count,
    "flows": lambda tables: len(tables.flows),
    "weights": lambda tables: len(tables.weights),
}
