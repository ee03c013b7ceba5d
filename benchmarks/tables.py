"""What was measured, as a CSV file and as a table of ratios."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One measured figure; ``visitors`` at once, 1 where a browser looked."""

    framework: str
    visitors: int
    measure: str
    value: float


@dataclass(frozen=True)
class Column:
    """A column of the table: a measure, how its figures are written, and for how many visitors."""

    title: str
    measure: str
    form: str = "{:.2f}"
    crowd: bool = True
    unit: float = 1.0


COLUMNS = (
    Column("join in a browser, s", "join", crowd=False),
    Column("words to read, s", "words", crowd=False),
    Column("server CPU per join, s", "cpu per browser join", crowd=False),
    Column("cold bytes, MB", "cold bytes", crowd=False, unit=1e6),
    Column("warm bytes, kB", "warm bytes", "{:.0f}", crowd=False, unit=1e3),
    Column("slider to picture, ms", "picture follows", "{:.0f}", crowd=False),
    Column("MB per open page", "memory per page", "{:.1f}"),
    Column("CPU per join in the crowd, s", "cpu per join"),
    Column("controls there: first", "ready first"),
    Column("last, s", "ready last"),
    Column("a move answered: first", "answered first"),
    Column("median", "answered median"),
    Column("95 of 100", "answered p95"),
    Column("last, s", "answered last"),
    Column("lost", "lost", "{:.0f}"),
)


def write_csv(rows: Iterable[Row], path: Path) -> None:
    """Write rows with a line of names first."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows((*astuple(row)[:3], f"{row.value:.6g}") for row in rows)


def read_csv(path: Path) -> list[Row]:
    """Read what `write_csv` wrote."""
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Row(one["framework"], int(one["visitors"]), one["measure"], float(one["value"]))
            for one in csv.DictReader(file)
        ]


def value(rows: Iterable[Row], framework: str, visitors: int, measure: str) -> float | None:
    """Return one figure, or ``None`` where it was not measured."""
    wanted = (framework, visitors, measure)
    return next((row.value for row in rows if astuple(row)[:3] == wanted), None)


def figures(rows: Sequence[Row], crowd: int) -> str:
    """Return what was measured as a Markdown table, a line for each framework."""
    return _table(rows, crowd, lambda column, of, _ours: column.form.format(of / column.unit))


def ratios(rows: Sequence[Row], crowd: int) -> str:
    """Return how many times the first framework's figure each of the others has, as Markdown."""

    def times(_column: Column, of: float, ours: float) -> str:
        return f"{of / ours:.1f} times" if ours > 0 else "-"

    return _table(rows, crowd, times, but={"lost"})


def _table(
    rows: Sequence[Row],
    crowd: int,
    write: Callable[[Column, float, float], str],
    but: Collection[str] = (),
) -> str:
    columns = [column for column in COLUMNS if column.measure not in but]
    names = list(dict.fromkeys(row.framework for row in rows))
    lines = [["", *(column.title for column in columns)], ["---"] * (len(columns) + 1)]
    for name in names:
        cells = [name]
        for column in columns:
            at = crowd if column.crowd else 1
            of, ours = (value(rows, one, at, column.measure) for one in (name, names[0]))
            cells.append("-" if of is None or ours is None else write(column, of, ours))
        lines.append(cells)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
