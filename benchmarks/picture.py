"""The measured figures as one picture, drawn by plotly in a browser without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import plotly.graph_objects as go
import plotly.io as pio
from playwright.sync_api import Browser
from plotly.offline import get_plotlyjs
from plotly.subplots import make_subplots

from benchmarks.tables import Row, value

OURS, OTHER, SECOND = "#3b6a8f", "#b9b4a8", "#c07a3c"
PANELS = (
    ("join in a browser, s", "join", 1.0, False),
    ("server CPU per join, s", "cpu per browser join", 1.0, False),
    ("on the wire, first visit, MB", "cold bytes", 1e6, False),
    ("slider to picture, ms", "picture follows", 1.0, False),
    ("last of the crowd answered, s", "answered last", 1.0, True),
    ("memory per open page, MB", "memory per page", 1.0, True),
)
WIDTH, HEIGHT = 1100, 900


def draw(rows: Sequence[Row], crowd: int) -> go.Figure:
    """Draw each measure as bars, on a scale of tenfold steps, and the crowds as lines below."""
    names = list(dict.fromkeys(row.framework for row in rows))
    titles = [title.replace("the crowd", f"{crowd}") for title, *_ in PANELS]
    figure = make_subplots(
        rows=3,
        cols=3,
        specs=[[{}] * 3, [{}] * 3, [{"colspan": 3}, None, None]],
        subplot_titles=[*titles, "visitors of workshop-kit who open a page at once, s"],
        vertical_spacing=0.11,
    )
    for number, (_title, measure, unit, by_crowd) in enumerate(PANELS):
        at = crowd if by_crowd else 1
        measured = {name: value(rows, name, at, measure) for name in names}
        bars = {name: one / unit for name, one in measured.items() if one}
        figure.add_bar(
            x=list(bars),
            y=list(bars.values()),
            text=[f"{one:.3g}" for one in bars.values()],
            marker_color=[OURS if name == names[0] else OTHER for name in bars],
            row=number // 3 + 1,
            col=number % 3 + 1,
        )
        figure.update_yaxes(type="log", row=number // 3 + 1, col=number % 3 + 1)
    counts = sorted({row.visitors for row in rows if row.measure == "move median"})
    for measure, colour in (("answered last", OURS), ("answered median", SECOND)):
        figure.add_scatter(
            x=counts,
            y=[value(rows, names[0], count, measure) for count in counts],
            name=measure.replace("answered", "answered:"),
            mode="lines+markers",
            line_color=colour,
            row=3,
            col=1,
        )
    figure.update_yaxes(rangemode="tozero", row=3, col=1)
    figure.update_traces(showlegend=False, selector={"type": "bar"})
    figure.update_layout(
        template="plotly_white",
        width=WIDTH,
        height=HEIGHT,
        margin={"t": 50, "l": 50, "r": 20, "b": 40},
        legend={"x": 0.02, "y": 0.26},
    )
    return figure


def write_svg(figure: go.Figure, browser: Browser, path: Path) -> None:
    """Write a figure as SVG; nothing is fetched for it."""
    page = browser.new_page()
    page.add_script_tag(content=get_plotlyjs())
    drawn = page.evaluate(
        "([figure, width, height]) => Plotly.toImage(figure, { format: 'svg', width, height })",
        [pio.to_json(figure) and figure.to_plotly_json(), WIDTH, HEIGHT],
    )
    page.close()
    path.write_text(unquote(drawn.partition(",")[2]), encoding="utf-8")
