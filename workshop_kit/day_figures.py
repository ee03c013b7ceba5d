"""The picture of days: stopping-points along the day, small circles for sizes, loops as drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workshop_kit import theme
from workshop_kit.labels import Labels
from workshop_kit.locales import day
from workshop_kit.systems import MOST, SYSTEMS
from workshop_kit.tables import Tables
from workshop_kit.theme import Figure

DAYS_DRAWN = 12  # the latest; more would be a picture of many screens
_LARGEST = 22  # pixels across the largest circle
_APART = 4.4  # from one day to the next, in the heights of a row of circles


def days(tables: Tables, labels: Labels) -> Figure:
    """Draw days one below the other, the latest last.

    Rows are threat, drive and soothing, columns the stopping-points. The area of a circle follows
    the size, and nothing at all is a dot. A line goes where the trainee drew it, arrow by arrow.
    """
    drawn = latest(tables)
    top = {moment: -_APART * place for place, moment in enumerate(drawn)}
    stops = tables.stops[tables.stops["moment"].isin(top)]
    loops = tables.loops[tables.loops["moment"].isin(top)]
    names = labels.in_order("stop", pd.unique(pd.concat([stops["stop"], loops["stop"]])))
    known = [name for name in labels.order.get("stop", ()) if name in names] or names
    columns = {name: place for place, name in enumerate(dict.fromkeys([*known, *names]))}
    traces = [_circles(stops, system, row, top, columns) for row, system in enumerate(SYSTEMS)]
    traces += [
        _loop(loop, top, columns) for _, loop in loops.groupby(["moment", "question"], sort=False)
    ]
    rows = [(at - row, system) for at in top.values() for row, system in enumerate(SYSTEMS)]
    times = pd.concat([stops, loops]).drop_duplicates("moment").set_index("moment")["time"]
    dates = [
        theme.note(
            day(times[moment].date(), labels.wording.language.tag, "medium"),
            x=-0.6,
            y=at + 0.9,
            xanchor="left",
            colour="--ws-ink",
        )
        for moment, at in top.items()
    ]
    xaxis = {
        "tickvals": list(columns.values()),
        "ticktext": [labels.of("stop", name) for name in columns],
        "tickangle": -45,
        "side": "top",
        "ticklabeloverflow": "allow",
        # Room for the last of the names, which stand aslant.
        "range": [-0.6, len(columns) + 0.4],
        "showgrid": False,
    }
    yaxis = {
        "tickvals": [at for at, _ in rows],
        "ticktext": [labels.wording.systems[system].name for _, system in rows],
        "range": [-_APART * len(drawn) + 1.6, 1.4],
    }
    layout = theme.layout(
        xaxis=xaxis, yaxis=yaxis, annotations=dates, showlegend=False, margin=theme.CLOSE
    )
    return {"data": traces, "layout": {**layout, "height": 110 + 120 * len(drawn)}}


def latest(tables: Tables) -> list[str]:
    """Return the latest days with a size or a loop, by the ids of their moments, in order."""
    key = ["moment", "time", "offset"]
    both = pd.concat([tables.stops[key], tables.loops[key]]).drop_duplicates("moment")
    begun = both["time"] - pd.to_timedelta(both["offset"], unit="min")
    ordered = both.assign(begun=begun).sort_values(["begun", "moment"])
    return ordered["moment"].tolist()[-DAYS_DRAWN:]


def _circles(
    stops: pd.DataFrame, system: str, row: int, top: dict[str, float], columns: dict[str, int]
) -> Figure:
    placed = stops.dropna(subset=[system])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [columns[stop] for stop in placed["stop"]],
        "y": [top[moment] - row for moment in placed["moment"]],
        "marker": {
            "symbol": "circle",
            "size": np.maximum(_LARGEST * np.sqrt(placed[system] / MOST), 3).tolist(),
            "color": f"--ws-{system}-fill",
            "opacity": 1,
            "line": {"width": 1.5, "color": f"--ws-{system}"},
        },
    }


def _loop(loop: pd.DataFrame, top: dict[str, float], columns: dict[str, int]) -> Figure:
    steps = len(loop)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [columns[stop] for stop in loop["stop"]],
        "y": [
            top[moment] - SYSTEMS.index(system)
            for moment, system in zip(loop["moment"], loop["system"], strict=True)
        ],
        "line": {"color": "--ws-ink", "width": 1.5},
        "marker": {
            "symbol": ["circle", *["arrow"] * (steps - 1)],
            "angleref": "previous",
            "size": [5, *[10] * (steps - 1)],
            "color": "--ws-ink",
            "opacity": 1,
        },
    }
