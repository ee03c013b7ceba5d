"""The look of the plotly pictures, from the same tokens as the page around them.

Colours stay names of tokens until the page draws, so that a picture follows the visitor's light
or dark.
"""

from __future__ import annotations

from typing import Any

from workshop_kit.systems import System

# Each system is doubled by a shape, so that no one has to tell the colours apart; open shapes, so
# that equal sizes hide none of the three.
SYMBOLS: dict[System, str] = {
    "threat": "triangle-up-open",
    "drive": "square-open",
    "soothing": "circle-open",
}


def colour(system: System) -> str:
    """Return the token of a system's colour."""
    return f"--ws-{system}"


def layout(**more: Any) -> dict[str, Any]:
    """Return a plotly layout in the look of the workshop, with ``more`` on top."""
    axis = {
        "gridcolor": "--ws-hair",
        "linecolor": "--ws-line",
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": "--ws-quiet"},
        "automargin": True,
    }
    base: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {
            "family": "Atkinson Hyperlegible Next, Verdana, sans-serif",
            "size": 14,
            "color": "--ws-ink",
        },
        "margin": {"l": 12, "r": 12, "t": 12, "b": 40},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "hoverlabel": {"bgcolor": "--ws-sheet"},
    }
    xaxis = {**axis, **more.pop("xaxis", {})}
    yaxis = {**axis, **more.pop("yaxis", {})}
    return {**base, "xaxis": xaxis, "yaxis": yaxis, **more}
