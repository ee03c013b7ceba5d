"""The look of the plotly pictures, from the same tokens as the page around them.

Colours stay names of tokens until the page draws, so that a picture follows the visitor's light
or dark.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from workshop_kit.systems import System

Figure = dict[str, Any]

# Each system is doubled by a shape, so that no one has to tell the colours apart; open shapes, so
# that equal sizes hide none of the three.
SYMBOLS: dict[System, str] = {
    "threat": "triangle-up-open",
    "drive": "square-open",
    "soothing": "circle-open",
}


# The same shapes as letters.
LETTERS: dict[System, str] = {
    "threat": "\N{WHITE UP-POINTING TRIANGLE}",
    "drive": "\N{WHITE SQUARE}",
    "soothing": "\N{WHITE CIRCLE}",
}
# Room around a picture that has nothing to say below it.
CLOSE = {"l": 12, "r": 12, "t": 12, "b": 12}
# An axis of which nothing is seen.
BARE: Figure = {"visible": False, "fixedrange": True}


def colour(system: System) -> str:
    """Return the token of a system's colour."""
    return f"--ws-{system}"


def marker(system: System | None = None) -> Figure:
    """Return how a point is drawn: in the shape and colour of its system, or of none."""
    return {
        "symbol": SYMBOLS[system] if system else "circle-open",
        "size": 12,
        "color": colour(system) if system else "--ws-ink",
        "opacity": 1,
        "line": {"width": 2.5},
    }


def note(text: str, *, colour: str = "--ws-quiet", **where: Any) -> Figure:
    """Return a few words that stand in a picture.

    Examples
    --------
    >>> note("critical", x=-10, y=0)["showarrow"]
    False
    """
    font = {"color": colour, "size": 13}
    return {"text": text, "showarrow": False, "font": font, **where}


def lines(text: str, most: int = 16) -> str:
    """Break a label into lines of about so many letters, as plotly writes them.

    Examples
    --------
    >>> lines("The person closest to me")
    'The person<br>closest to me'
    """
    return "<br>".join(wrap(text, most, break_long_words=False))


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
        "hovermode": "closest",
        "dragmode": False,
    }
    xaxis = {**axis, **more.pop("xaxis", {})}
    yaxis = {**axis, **more.pop("yaxis", {})}
    return {**base, "xaxis": xaxis, "yaxis": yaxis, **more}
