"""Pictures of counts as pure functions of tables: bars, and circles in a grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workshop_kit import theme
from workshop_kit.counts import landed as counted_words
from workshop_kit.counts import largest_by_setting, owners
from workshop_kit.counts import people as counted_people
from workshop_kit.labels import Labels
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import FLOWS, SEVERAL, Tables
from workshop_kit.theme import Figure

_LARGEST = 26  # pixels across a circle of the largest count


def largest(tables: Tables, labels: Labels) -> Figure:
    """Draw in how many moments of each setting each system was the largest circle."""
    table = largest_by_setting(tables.activation)
    table.index = pd.Index([labels.setting(setting) for setting in table["setting"]])
    table = table.loc[[where for where in labels.settings(table.index) if where in table.index]]
    titles = [*(labels.wording.systems[system].name for system in SYSTEMS)]
    colours = [*SYSTEMS, None]
    return _grid(table[[*SYSTEMS, SEVERAL]], [*titles, labels.pictures.shared["several"]], colours)


def people(tables: Tables, labels: Labels) -> Figure:
    """Draw the taps for each person or place: what went out, came, was let in, was turned away."""
    table = counted_people(tables.flows).set_index("person")
    table = table.loc[labels.in_order("person", table.index)]
    table.index = pd.Index([labels.of("person", person) for person in table.index])
    titles = [labels.pictures.columns[flow] for flow in FLOWS]
    return _grid(table[list(FLOWS)], titles, [None] * len(FLOWS))


def _grid(counts: pd.DataFrame, titles: Sequence[str], colours: Sequence[str | None]) -> Figure:
    """Draw a circle for each count above nothing, its area by the count, its number beside it."""
    most = int(counts.to_numpy().max())
    traces = []
    for place, (column, system) in enumerate(zip(counts.columns, colours, strict=True)):
        rows = np.flatnonzero(counts[column] > 0)
        numbers = counts[column].iloc[rows]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [place] * len(rows),
                "y": (-rows).tolist(),
                "text": [f" {number}" for number in numbers],
                "textposition": "middle right",
                "cliponaxis": False,
                "marker": {
                    "symbol": "circle",
                    "size": (_LARGEST * np.sqrt(numbers / most)).tolist(),
                    "color": f"--ws-{system}-fill" if system else "--ws-hair",
                    "opacity": 1,
                    "line": {"width": 1.5, "color": f"--ws-{system}" if system else "--ws-line"},
                },
            }
        )
    xaxis = {
        "tickvals": list(range(len(titles))),
        "ticktext": [theme.lines(title, 7) for title in titles],
        "range": [-0.5, len(titles) - 0.35],
        "side": "top",
        "tickangle": 0,
        "tickfont": {"size": 12, "color": "--ws-quiet"},
        "showgrid": False,
    }
    yaxis = {
        "tickvals": [-row for row in range(len(counts))],
        "ticktext": [theme.lines(str(name), 12) for name in counts.index],
        "range": [-len(counts) + 0.4, 0.6],
    }
    layout = theme.layout(xaxis=xaxis, yaxis=yaxis, showlegend=False, margin=theme.CLOSE)
    return {"data": traces, "layout": {**layout, "height": 76 + 46 * len(counts)}}


def landed(tables: Tables, labels: Labels) -> Figure:
    """Draw how often each word was chosen for how care landed."""
    numbers = counted_words(tables.acts).set_index("landed")["count"]
    names = labels.in_order("landed", numbers.index)
    return _bars([labels.of("landed", name) for name in names], numbers[names].tolist())


def weights(tables: Tables, labels: Labels) -> Figure:
    """Draw how many weights were put in each place."""
    table = owners(tables.weights)
    rows = [
        (labels.of("owner", owner, str(exercise)), int(found.loc[owner]))
        for exercise, counted in table.groupby("exercise", sort=False)
        for found in [counted.set_index("owner")["count"]]
        for owner in labels.in_order("owner", found.index)
    ]
    return _bars([name for name, _ in rows], [number for _, number in rows])


def _bars(names: list[str], numbers: list[int]) -> Figure:
    places = [-place for place in range(len(names))]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": numbers,
        "y": places,
        "text": [str(number) for number in numbers],
        "textposition": "outside",
        "cliponaxis": False,
        "width": 0.55,
        "marker": {"color": "--ws-hair", "line": {"color": "--ws-line", "width": 1.5}},
    }
    # From nothing on, or a bar would look longer beside another than it is.
    xaxis = {**theme.BARE, "range": [0, max(numbers) * 1.15]}
    yaxis = {
        "tickvals": places,
        "ticktext": [theme.lines(name) for name in names],
        "range": [-len(names) + 0.4, 0.6],
        "showgrid": False,
    }
    layout = theme.layout(xaxis=xaxis, yaxis=yaxis, showlegend=False, margin=theme.CLOSE)
    return {"data": [bars], "layout": {**layout, "height": 24 + 58 * len(names)}}
