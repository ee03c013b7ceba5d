"""Pictures as pure functions of tables: a table in, a plotly figure as a dictionary out.

The figures are plain dictionaries, which is what plotly draws. Colours are the theme's tokens.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from workshop_kit import theme
from workshop_kit.systems import LEAST, MOST, SYSTEMS
from workshop_kit.wording import Wording

Figure = dict[str, Any]

FEW = 3  # moments, each of which is named below the picture
_DAY = 24 * 60 * 60 * 1000  # milliseconds
_TICKS = [
    {"dtickrange": [None, _DAY - 1], "value": "%H:%M\n%d %b"},
    {"dtickrange": [_DAY, None], "value": "%d %b\n%Y"},
]


def activation(table: pd.DataFrame, wording: Wording) -> Figure:
    """Draw the three sizes over time, one point for each size that was placed.

    Points are not joined: nothing is known of the time between two moments.

    Parameters
    ----------
    table
        As `workshop_kit.patterns.activation` makes it.
    wording
        The names of the systems.

    Returns
    -------
    dict
        A plotly figure, or ``{}`` where there is nothing to draw.
    """
    if table.empty:
        return {}
    traces = []
    for system in SYSTEMS:
        placed = table[["time", system]].dropna()
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": wording.systems[system].name,
                "x": [f"{time:%Y-%m-%dT%H:%M:%S}" for time in placed["time"]],
                "y": placed[system].tolist(),
                "marker": {
                    "symbol": theme.SYMBOLS[system],
                    "size": 12,
                    "color": theme.colour(system),
                    "line": {"width": 2.5},
                },
                "customdata": [wording.sizes.word(size) for size in placed[system]],
                "hovertemplate": "%{x|%d %b, %H:%M}: %{customdata}<extra>%{fullData.name}</extra>",
            }
        )
    times: Figure = {"type": "date", "nticks": 5, "tickformatstops": _TICKS}
    if len(table) < FEW:
        # Between so few moments plotly would write the same minute again and again.
        times |= {"tickvals": [f"{time:%Y-%m-%dT%H:%M:%S}" for time in table["time"]]}
        times |= {"tickformat": "%H:%M\n%d %b"}
    # No numbers along the side: a size is no mark out of ten.
    sizes = {"range": [LEAST - 0.7, MOST + 1.4], "tickvals": [LEAST, MOST], "showticklabels": False}
    ends = [_beside(LEAST, wording.sizes.least), _beside(MOST, wording.sizes.most)]
    layout = theme.layout(xaxis=times, yaxis=sizes, annotations=ends)
    return {"data": traces, "layout": layout}


def _beside(size: int, text: str) -> dict[str, Any]:
    """Write a word on the line of a size, at the left edge of the picture."""
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": size,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": "--ws-quiet", "size": 12},
    }
