"""Entries to tidy tables, counts, ranges and plain sentences.

Points, ranges and counts only: a size is where a finger stopped, not a measurement, and nothing
here claims a trend, a cause or a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from workshop_kit.entries import Entry
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import Wording

FLOOR = 3  # below so many moments nothing is said about them
NOTHING = "\N{EN DASH}"  # what stands in a table where there is nothing
ACTIVATION_COLUMNS = ("time", "setting", *SYSTEMS, "instead")


def activation(entries: Iterable[Entry]) -> pd.DataFrame:
    """Make a table of the three sizes over time.

    Parameters
    ----------
    entries
        Moments of any exercise; those without the question of the three systems are left out.

    Returns
    -------
    pandas.DataFrame
        One row a moment, in the order in which they were begun, with the columns ``time`` (the
        trainee's own clock, without a zone), ``setting`` (id or missing), ``threat``, ``drive``,
        ``soothing`` (0 to 10, missing where no size was placed) and ``instead`` (id of an answer
        in place of sizes, or missing).

    Examples
    --------
    >>> activation([]).columns.tolist()
    ['time', 'setting', 'threat', 'drive', 'soothing', 'instead']
    """
    rows = []
    for entry in sorted(entries, key=lambda entry: entry.begun):
        answer = entry.answers.get("systems")
        if not answer:
            continue
        sizes = answer if isinstance(answer, dict) else {}
        instead = answer if isinstance(answer, str) else None
        # The time as it stood on the trainee's clock, so that an hour is the hour they remember.
        # The order is that of what they lived, also where a journey turns the clock back.
        time = entry.local.replace(tzinfo=None)
        rows.append(
            (time, entry.setting, *(_size(sizes.get(system)) for system in SYSTEMS), instead)
        )
    table = pd.DataFrame(rows, columns=list(ACTIVATION_COLUMNS))
    kinds: dict[str, str] = dict.fromkeys(SYSTEMS, "float64")
    return table.astype({"time": "datetime64[us]", **kinds})


def _size(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def activation_sentence(table: pd.DataFrame, wording: Wording) -> str:
    """Say what the table holds: how many moments, and each system's range where it has one."""
    words = wording.picture
    if table.empty:
        return words["empty"]
    if len(table) < FLOOR:
        return words["too_few"]
    parts = []
    for system in SYSTEMS:
        sizes = table[system].dropna()
        if len(sizes):
            name = wording.systems[system].name
            least, most = (wording.sizes.word(size) for size in (sizes.min(), sizes.max()))
            key = "range_one" if least == most else "range"
            parts.append(words[key].format(system=name, least=least, most=most, count=len(sizes)))
    if not parts:
        return words["no_sizes"].format(count=len(table))
    return words["activation"].format(count=len(table), ranges="; ".join(parts))


def rows_to_read(table: pd.DataFrame, wording: Wording) -> tuple[list[str], list[list[str]]]:
    """Put the activation table in words: its column titles, and its rows as text."""
    settings = {choice.id: choice.label for choice in wording.settings}
    names = [wording.systems[system].name for system in SYSTEMS]
    columns = [wording.picture["when"], wording.picture["setting"], *names]
    rows = []
    for moment in table.to_dict("records"):
        instead = moment["instead"]
        nothing = getattr(wording.sizes, instead, instead) if isinstance(instead, str) else NOTHING
        sizes = [nothing if pd.isna(moment[s]) else f"{moment[s]:g}" for s in SYSTEMS]
        setting = moment["setting"]
        where = settings.get(setting, setting) if isinstance(setting, str) else NOTHING
        rows.append([f"{moment['time']:%d %b %Y, %H:%M}", where, *sizes])
    return columns, rows
