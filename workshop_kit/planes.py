"""Pictures of acts in the triangle, and of phrases on the plane, as pure functions of tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from workshop_kit import theme
from workshop_kit.counts import same_acts
from workshop_kit.labels import Labels
from workshop_kit.systems import SYSTEMS, System
from workshop_kit.tables import FURTHEST, Tables
from workshop_kit.theme import Figure

_TALL = 3**0.5 / 2  # of a triangle whose sides are 1
_CORNERS: dict[System, tuple[float, float]] = {
    "threat": (0.0, _TALL),
    "drive": (1.0, _TALL),
    "soothing": (0.5, 0.0),
}
_PHRASES = ("circle-open", "diamond-open", "square-open", "triangle-up-open")


def acts(tables: Tables, labels: Labels) -> Figure:
    """Draw the acts of care between the three systems."""
    placed = tables.acts[SYSTEMS[0]].notna().to_numpy()
    if not placed.any():
        return {}
    return _triangle(tables.acts[placed], np.flatnonzero(placed).tolist(), [], labels)


def same(tables: Tables, labels: Labels) -> Figure:
    """Draw the acts that were put in more than one place, the points of one act joined."""
    table = same_acts(tables.acts)
    x, y = _where(table)
    lines: list[list[Any]] = [[], []]
    for rows in table.groupby(["moment", "act"], sort=False).indices.values():
        for line, along in zip(lines, (x, y), strict=True):
            line += [*along[rows].tolist(), None]
    joined = {
        "type": "scatter",
        "mode": "lines",
        "x": lines[0],
        "y": lines[1],
        "line": {"color": "--ws-line", "width": 1.5, "dash": "dot"},
        "showlegend": False,
    }
    return _triangle(table, list(range(len(table))), [joined], labels)


def _where(acts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    shares = acts[list(SYSTEMS)].to_numpy()
    x, y = (shares @ np.array([_CORNERS[system] for system in SYSTEMS])).T
    return x, y


def _triangle(
    acts: pd.DataFrame, rows: list[int], lines: Iterable[Figure], labels: Labels
) -> Figure:
    corners = [_CORNERS[system] for system in (*SYSTEMS, SYSTEMS[0])]
    x, y = _where(acts)
    edge: Figure = {
        "type": "scatter",
        "mode": "lines",
        "x": [at for at, _ in corners],
        "y": [at for _, at in corners],
        "line": {"color": "--ws-line", "width": 1.5},
    }
    points: Figure = {
        "type": "scatter",
        "mode": "markers",
        "x": x.tolist(),
        "y": y.tolist(),
        "marker": theme.marker(),
        "customdata": rows,
    }
    names = [
        theme.note(
            labels.wording.systems[system].name,
            x=at,
            y=up,
            yanchor="bottom" if up else "top",
            yshift=8 if up else -8,
        )
        for system, (at, up) in _CORNERS.items()
    ]
    across = {**theme.BARE, "range": [-0.12, 1.12], "constrain": "domain"}
    upwards = {**theme.BARE, "range": [-0.14, _TALL + 0.14], "scaleanchor": "x"}
    layout = theme.layout(
        xaxis=across, yaxis=upwards, annotations=names, showlegend=False, margin=theme.CLOSE
    )
    return {"data": [edge, *lines, points], "layout": layout}


def tones(tables: Tables, labels: Labels) -> Figure:
    """Draw the phrases on the plane of tones, without an arrow and without a good corner."""
    table = tables.tones
    traces = []
    pairs = table[["exercise", "phrase"]].drop_duplicates()
    for number, (exercise, phrase) in enumerate(pairs.itertuples(index=False)):
        rows = np.flatnonzero((table["exercise"] == exercise) & (table["phrase"] == phrase))
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": labels.of("phrase", phrase, exercise),
                "x": table["curious"].iloc[rows].tolist(),
                "y": table["tender"].iloc[rows].tolist(),
                "marker": {**theme.marker(), "symbol": _PHRASES[number % len(_PHRASES)]},
                "customdata": rows.tolist(),
            }
        )
    axes = [labels.axes[exercise] for exercise in pd.unique(table["exercise"])]
    ends = {
        axis: [" / ".join(dict.fromkeys(one[axis][side] for one in axes)) for side in (0, 1)]
        for axis in ("curious", "tender")
    }
    notes = [
        theme.note(ends["curious"][0], x=-FURTHEST, y=0, xanchor="left", yanchor="bottom"),
        theme.note(ends["curious"][1], x=FURTHEST, y=0, xanchor="right", yanchor="bottom"),
        theme.note(ends["tender"][0], x=0, y=-FURTHEST, xanchor="left", yanchor="bottom"),
        theme.note(ends["tender"][1], x=0, y=FURTHEST, xanchor="left", yanchor="top"),
    ]
    # Room at the edges, so that no point is cut in half.
    plane = {"range": [-FURTHEST - 1, FURTHEST + 1], "tickvals": [0], "showticklabels": False}
    layout = theme.layout(
        xaxis={**plane, "constrain": "domain", "mirror": True, "showline": True},
        yaxis={
            **plane,
            "scaleanchor": "x",
            "constrain": "domain",
            "mirror": True,
            "showline": True,
        },
        annotations=notes,
        showlegend=True,
    )
    return {"data": traces, "layout": layout}
