"""Three sliders, a text box and a plotly picture that follows the sliders, in marimo."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    import plotly.graph_objects as go

    return go, mo


@app.cell
def _(mo):
    mo.md("# Arriving")


@app.cell
def _(mo):
    threat = mo.ui.slider(0, 10, 0.5, label="threat")
    drive = mo.ui.slider(0, 10, 0.5, label="drive")
    soothing = mo.ui.slider(0, 10, 0.5, label="soothing")
    note = mo.ui.text_area(label="A note to myself")
    mo.vstack([threat, drive, soothing, note])
    return drive, soothing, threat


@app.cell
def _(drive, go, mo, soothing, threat):
    names = ["threat", "drive", "soothing"]
    sizes = [threat.value, drive.value, soothing.value]
    mo.ui.plotly(go.Figure(go.Bar(x=names, y=sizes), {"yaxis_range": [0, 10]}))


if __name__ == "__main__":
    app.run()
