"""The pictures of a booklet: those of *My patterns*, drawn without a browser."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import pandas as pd
from markupsafe import Markup

from workshop_kit import drawings
from workshop_kit.booklet.said import Said
from workshop_kit.counts import landed, largest_by_setting, owners, people, same_acts
from workshop_kit.exercises import Exercise
from workshop_kit.figures import COUNTS
from workshop_kit.labels import Labels, labels
from workshop_kit.locales import day
from workshop_kit.readings import Reading, read
from workshop_kit.sentences import FLOOR, sentence, stands_on
from workshop_kit.slots import Slot
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import FLOWS, MYSELF, SEVERAL, Tables, tables
from workshop_kit.tellers import Moment, Words
from workshop_kit.wording import load_booklet, load_pictures

Cell = str | Said


@dataclass(frozen=True)
class Drawing:
    """One drawing, with a title of its own where a picture has several."""

    svg: Markup
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """Drawings with their sentence, and the same as a table.

    ``exercises`` are those whose moments are drawn.
    """

    id: str
    title: str
    sentence: str
    drawings: tuple[Drawing, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str
    exercises: frozenset[str]


def pictures(moments: Sequence[Moment], pages: Sequence[Exercise], words: Words) -> list[Picture]:
    """Return every picture that there is something to draw in, in the order of *My patterns*."""
    drawn = tables((moment.entry for moment in moments), pages)
    said = labels(pages, words.shared, load_pictures())
    written = {(str(moment.entry.id), name) for moment in moments for name in moment.written}
    return [
        _picture(part.figure, part.text, drawn, said, written, words)
        for page in pages
        for part in page.parts
        if part.kind == "picture" and _is_drawn(part.figure, drawn)
    ]


def _is_drawn(name: str, drawn: Tables) -> bool:
    # Of too few to count, the picture of the things themselves says all there is.
    return stands_on(name, drawn) >= (FLOOR if name in COUNTS else 1)


def _picture(
    name: str,
    text: str,
    drawn: Tables,
    said: Labels,
    written: Collection[tuple[str, str]],
    words: Words,
) -> Picture:
    title = text.splitlines()[0].lstrip("# ")
    reading = read(name, drawn, said)
    columns, rows = _numbered(name, drawn, reading)
    if any(_own(row, written) for row in reading.beside) and name != "activation":
        columns = (*columns, said.pictures.columns["written"])
        own = (_own(row, written) for row in reading.beside)
        rows = tuple((*row, words_of) for row, words_of in zip(rows, own, strict=True))
    return Picture(
        f"picture-{name}",
        title,
        sentence(name, drawn, said),
        tuple(_DRAWINGS[name](drawn, said, words, title)),
        columns,
        rows,
        reading.note,
        _exercises(name, drawn),
    )


def _own(beside: tuple[str, tuple[str, ...]], written: Collection[tuple[str, str]]) -> Cell:
    """Return the place of the words beside a row, or nothing where there are none."""
    moment, questions = beside
    slots = tuple(Slot(name) for name in questions if (moment, name) in written)
    return Said(UUID(moment), slots) if slots else ""


def _numbered(
    name: str, drawn: Tables, reading: Reading
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Put before each row of acts the number by which the drawing calls it."""
    if name not in ("acts", "same_acts"):
        return reading.columns, reading.rows
    table = drawn.acts if name == "acts" else same_acts(drawn.acts)
    numbers = drawings.number_acts(table)
    rows = tuple((str(number), *row) for number, row in zip(numbers, reading.rows, strict=True))
    return (load_booklet().number, *reading.columns), rows


def _exercises(name: str, drawn: Tables) -> frozenset[str]:
    return frozenset(str(one) for table in _TABLES[name](drawn) for one in table["exercise"])


def _activation(drawn: Tables, _said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    yield Drawing(drawings.over_time(drawn.activation, title, words.shared))


def _by_setting(drawn: Tables, said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    table = drawn.activation.dropna(subset=list(SYSTEMS), how="all")
    where = pd.Series([said.setting(one) for one in table["setting"]], index=table.index)
    groups = [
        (place, {system: table.loc[where == place, system].dropna().tolist() for system in SYSTEMS})
        for place in said.settings(set(where))
        if (where == place).any()
    ]
    yield Drawing(drawings.strips(groups, title, words.shared))


def _largest(drawn: Tables, said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    table = largest_by_setting(drawn.activation)
    table.index = pd.Index([said.setting(one) for one in table["setting"]])
    counts = table[[*SYSTEMS, SEVERAL]].to_dict("index")
    called: dict[str, str] = {one: words.shared.systems[one].name for one in SYSTEMS}
    called[SEVERAL] = said.pictures.shared["several"]
    groups = [
        (
            place,
            [
                drawings.Bar(called[str(name)], count, "" if name == SEVERAL else str(name))
                for name, count in counts[place].items()
                if count
            ],
        )
        for place in said.settings(table.index)
        if place in counts
    ]
    yield Drawing(drawings.bars(groups, title))


def _acts(drawn: Tables, _said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    yield Drawing(drawings.triangle(drawn.acts, title, words.shared))


def _same_acts(drawn: Tables, _said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    yield Drawing(drawings.triangle(same_acts(drawn.acts), title, words.shared))


def _landed(drawn: Tables, said: Labels, _words: Words, title: str) -> Iterable[Drawing]:
    numbers = landed(drawn.acts).set_index("landed")["count"]
    names = said.in_order("landed", numbers.index)
    bars = [drawings.Bar(said.of("landed", name), int(numbers[name])) for name in names]
    yield Drawing(drawings.bars([("", bars)], title))


def _tones(drawn: Tables, said: Labels, _words: Words, title: str) -> Iterable[Drawing]:
    for name, table in drawn.tones.groupby("exercise", sort=False):
        exercise = str(name)
        phrases = {
            phrase: said.of("phrase", phrase, exercise)
            for phrase in said.in_order("phrase", table["phrase"].unique())
        }
        yield Drawing(drawings.plane(table, title, phrases, said.axes[exercise]))


def _days(drawn: Tables, said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    key = ["moment", "time", "offset"]
    both = pd.concat([drawn.stops[key], drawn.loops[key]]).drop_duplicates("moment")
    begun = both["time"] - pd.to_timedelta(both["offset"], unit="min")
    stops = {name: said.of("stop", name) for name in said.order.get("stop", ())}
    sizes = dict(iter(drawn.stops.groupby("moment")))
    loops = dict(iter(drawn.loops.groupby("moment")))
    ordered = both.assign(begun=begun).sort_values("begun", kind="stable")
    for moment, time in ordered[["moment", "time"]].itertuples(index=False):
        placed = _sizes(sizes[moment]) if moment in sizes else {}
        loop = _loop(loops[moment]) if moment in loops else []
        yield Drawing(
            drawings.day(placed, loop, title, stops, words.shared),
            day(time.date(), words.shared.language.tag),
        )


def _sizes(stops: pd.DataFrame) -> dict[tuple[str, str], float]:
    return {
        (stop, system): size
        for stop, *row in stops[["stop", *SYSTEMS]].itertuples(index=False)
        for system, size in zip(SYSTEMS, row, strict=True)
        if not pd.isna(size)
    }


def _loop(steps: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(steps["stop"], steps["system"], strict=True))


def _flows(drawn: Tables, said: Labels, words: Words, title: str) -> Iterable[Drawing]:
    counts = people(drawn.flows).set_index("person")[list(FLOWS)].to_dict("index")
    sides = {
        person: drawings.Side(
            said.of("person", person), {flow: counts[person][flow] for flow in FLOWS}
        )
        for person in said.in_order("person", map(str, counts))
    }
    myself = sides.pop(MYSELF, drawings.Side(said.of("person", MYSELF), {}))
    yield Drawing(drawings.flows(list(sides.values()), myself, title, words.controls.flows))


def _weights(drawn: Tables, said: Labels, _words: Words, title: str) -> Iterable[Drawing]:
    for name, table in owners(drawn.weights).groupby("exercise", sort=False):
        numbers = table.set_index("owner")["count"]
        stacks = [
            (said.of("owner", owner, str(name)), int(numbers[owner]))
            for owner in said.in_order("owner", numbers.index)
        ]
        yield Drawing(drawings.weights(stacks, title))


_DRAWINGS: dict[str, Callable[[Tables, Labels, Words, str], Iterable[Drawing]]] = {
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
_TABLES: dict[str, Callable[[Tables], list[pd.DataFrame]]] = {
    **dict.fromkeys(("activation", "by_setting", "largest"), lambda drawn: [drawn.activation]),
    **dict.fromkeys(("acts", "same_acts", "landed"), lambda drawn: [drawn.acts]),
    "tones": lambda drawn: [drawn.tones],
    "days": lambda drawn: [drawn.stops, drawn.loops],
    "flows": lambda drawn: [drawn.flows],
    "weights": lambda drawn: [drawn.weights],
}
