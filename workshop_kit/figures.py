"""Pictures as pure functions of tables: tables in, a plotly figure out.

The figures are plain dictionaries, which is what plotly draws. Colours are the theme's tokens.
Points are never joined by what is not known: a line stands only where somebody drew one, or between
points that are one act. ``customdata`` says which row of the table a point stands for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from workshop_kit import theme
from workshop_kit.charts import landed, largest, people, weights
from workshop_kit.day_figures import days
from workshop_kit.labels import Labels
from workshop_kit.planes import acts, same, tones
from workshop_kit.sentences import FLOOR, stands_on
from workshop_kit.systems import LEAST, MOST, SYSTEMS
from workshop_kit.tables import Tables
from workshop_kit.theme import Figure

_DAY = 24 * 60 * 60 * 1000  # milliseconds


def figure(picture: str, tables: Tables, labels: Labels) -> Figure:
    """Draw a picture.

    Parameters
    ----------
    picture
        Its name, such as ``"activation"``.
    tables
        As `workshop_kit.tables.tables` makes them.
    labels
        The words.

    Returns
    -------
    dict
        A plotly figure, or ``{}`` where there is nothing to draw, or too little to count.
    """
    count = stands_on(picture, tables)
    if not count or (picture in COUNTS and count < FLOOR):
        return {}
    drawn = _FIGURES[picture](tables, labels)
    for trace in drawn.get("data", []):
        # What a point stands for is told beside the picture, by the page.
        trace["hoverinfo"] = "none" if "customdata" in trace else "skip"
    return drawn


def activation(tables: Tables, labels: Labels) -> Figure:
    """Draw the three sizes over time, one point for each size that was placed."""
    table = tables.activation
    times = np.datetime_as_string(table["time"].to_numpy(), unit="s")
    traces = []
    for system in SYSTEMS:
        placed = table[system].notna().to_numpy()
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": labels.wording.systems[system].name,
                "x": times[placed].tolist(),
                "y": table.loc[placed, system].tolist(),
                "marker": theme.marker(system),
                "customdata": np.flatnonzero(placed).tolist(),
            }
        )
    said = labels.pictures.shared
    ticks = [
        {"dtickrange": [None, _DAY - 1], "value": said["tick_time"]},
        {"dtickrange": [_DAY, None], "value": said["tick_day"]},
    ]
    axis: Figure = {"type": "date", "nticks": 5, "tickformatstops": ticks}
    if len(table) < FLOOR:
        # Between so few moments plotly would write the same minute again and again.
        axis |= {"tickvals": times.tolist(), "tickformat": said["tick_time"]}
    # No numbers along the side: a size is no mark out of ten.
    sizes = {"range": [LEAST - 0.7, MOST + 1.4], "tickvals": [LEAST, MOST], "showticklabels": False}
    words = labels.wording.sizes
    ends = [
        theme.note(text, x=0, xref="paper", xanchor="left", y=size, yanchor="bottom")
        for size, text in ((LEAST, words.least), (MOST, words.most))
    ]
    return {"data": traces, "layout": theme.layout(xaxis=axis, yaxis=sizes, annotations=ends)}


def by_setting(tables: Tables, labels: Labels) -> Figure:
    """Draw every size by setting, larger where it was placed more often, and the range of each."""
    table = tables.activation.assign(
        where=[labels.setting(setting) for setting in tables.activation["setting"]]
    )
    sizes = table.melt(["where"], list(SYSTEMS), "system", "size").dropna(subset=["size"])
    found = set(sizes["where"])
    settings = [where for where in labels.settings(found) if where in found]
    counted = sizes.groupby(["where", "system", "size"]).size().rename("count").reset_index()
    lane = {
        (where, system): -(4 * place + number)
        for place, where in enumerate(settings)
        for number, system in enumerate(SYSTEMS)
    }
    counted["lane"] = [lane[key] for key in zip(counted["where"], counted["system"], strict=True)]
    ranges = counted.groupby("lane")["size"].agg(["min", "max"])
    most = int(counted["count"].max())
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for low, high in ranges.to_numpy().tolist() for x in (low, high, None)],
            "y": [y for at in ranges.index.tolist() for y in (at, at, None)],
            "line": {"color": "--ws-line", "width": 1},
            "showlegend": False,
        }
    ]
    for system in SYSTEMS:
        rows = counted[counted["system"] == system]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": labels.wording.systems[system].name,
                "x": rows["size"].tolist(),
                "y": rows["lane"].tolist(),
                "marker": {
                    **theme.marker(system),
                    "size": (9 + 11 * np.sqrt((rows["count"] - 1) / max(most - 1, 1))).tolist(),
                },
            }
        )
    rows_of = {
        "tickvals": [-(4 * place + 1) for place in range(len(settings))],
        "ticktext": [theme.lines(where, 12) for where in settings],
        "range": [-4 * len(settings) + 0.6, 1.2],
    }
    words = labels.wording.sizes
    ends = [
        theme.note(
            theme.lines(text, 8), x=size, y=0, xanchor=side, yref="paper", yanchor="top", yshift=-4
        )
        for size, text, side in ((LEAST, words.least, "left"), (MOST, words.most, "right"))
    ]
    axis = {"range": [LEAST - 0.6, MOST + 0.6], "tickvals": [LEAST, MOST], "showticklabels": False}
    # A legend would take its width from the picture, which has none to spare on a phone.
    shapes = "   ".join(
        f"{theme.LETTERS[system]} {labels.wording.systems[system].name}" for system in SYSTEMS
    )
    title = {"text": shapes, "xref": "container", "x": 0.03, "y": 0.99, "yanchor": "top"}
    layout = theme.layout(
        xaxis=axis,
        yaxis=rows_of,
        annotations=ends,
        showlegend=False,
        title={**title, "font": {"size": 14, "color": "--ws-ink"}},
        margin={**theme.CLOSE, "t": 36, "b": 60},
    )
    return {"data": traces, "layout": {**layout, "height": 110 + 66 * len(settings)}}


# Pictures of counts, which are drawn from the floor on.
COUNTS = ("by_setting", "largest", "landed", "weights")
_FIGURES: dict[str, Callable[[Tables, Labels], Figure]] = {
    "activation": activation,
    "by_setting": by_setting,
    "largest": largest,
    "acts": acts,
    "same_acts": same,
    "landed": landed,
    "tones": tones,
    "days": days,
    "flows": people,
    "weights": weights,
}
