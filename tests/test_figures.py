from __future__ import annotations

import json
import re
from datetime import timedelta

import plotly.graph_objects as go
import pytest
from making import MORNING, make_entry, with_systems

from workshop_kit.figures import activation as draw
from workshop_kit.patterns import activation
from workshop_kit.wording import load_wording


@pytest.fixture
def table():
    return activation(
        [
            with_systems({"threat": 7.5, "drive": 3.0}),
            with_systems({"threat": 2.0}, hours=1),
            with_systems("numb", hours=2),
        ]
    )


def points(figure):
    return {
        trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in figure["data"]
    }


def test_there_is_one_point_for_each_size_that_was_placed(table):
    assert points(draw(table, load_wording())) == {
        "Threat": [("2026-03-02T09:30:00", 7.5), ("2026-03-02T10:30:00", 2.0)],
        "Drive": [("2026-03-02T09:30:00", 3.0)],
        "Soothing": [],
    }


def test_a_point_stands_at_the_hour_on_the_trainees_clock():
    begun = MORNING + timedelta(hours=14)
    table = activation([make_entry(begun=begun, offset=-300, answers={"systems": {"drive": 1.0}})])
    assert points(draw(table, load_wording()))["Drive"] == [("2026-03-02T18:30:00", 1.0)]


def test_points_are_not_joined(table):
    figure = draw(table, load_wording())
    assert {trace["mode"] for trace in figure["data"]} == {"markers"}


def test_each_system_has_a_shape_and_a_colour_of_its_own(table):
    markers = [trace["marker"] for trace in draw(table, load_wording())["data"]]
    assert len({marker["symbol"] for marker in markers}) == 3
    assert len({marker["color"] for marker in markers}) == 3


def test_every_size_lies_inside_the_picture(table):
    least, most = draw(table, load_wording())["layout"]["yaxis"]["range"]
    assert least < 0
    assert most > 10


def test_with_nothing_to_draw_there_is_no_figure():
    assert draw(activation([]), load_wording()) == {}


def test_drawing_leaves_the_table_alone(table):
    before = table.copy()
    draw(table, load_wording())
    assert table.equals(before)


def test_plotly_takes_the_figure_once_the_page_has_put_in_the_colours(table):
    sent = json.dumps(draw(table, load_wording()), allow_nan=False)
    coloured = json.loads(re.sub(r"--ws-[a-z-]+", "#123456", sent))
    assert len(go.Figure(coloured).data) == 3
