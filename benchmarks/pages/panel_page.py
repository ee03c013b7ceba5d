"""Three sliders, a text box and a plotly picture that follows the sliders, in Panel."""

import panel as pn
import plotly.graph_objects as go

pn.extension("plotly")

SYSTEMS = ("threat", "drive", "soothing")
sliders = [pn.widgets.FloatSlider(name=name, start=0, end=10, step=0.5) for name in SYSTEMS]
note = pn.widgets.TextAreaInput(name="A note to myself")


def draw(*sizes):
    """Draw the three sizes."""
    return go.Figure(go.Bar(x=SYSTEMS, y=sizes), {"yaxis_range": [0, 10]})


pn.Column("# Arriving", *sliders, pn.pane.Plotly(pn.bind(draw, *sliders)), note).servable()
