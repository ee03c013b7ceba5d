from __future__ import annotations

import json
import re
from datetime import timedelta

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from journals import PICTURES, journals, many, words, worst_cases
from making import MORNING, make_entry, with_systems

from workshop_kit.day_figures import DAYS_DRAWN
from workshop_kit.exercises import journey
from workshop_kit.figures import COUNTS, figure
from workshop_kit.sample import sample_entries
from workshop_kit.tables import tables


def drawn(picture, *entries):
    return figure(picture, tables(entries, journey()), words())


def points(figure):
    """The points of each trace that has a name."""
    return {
        trace["name"]: list(zip(trace["x"], trace["y"], strict=True))
        for trace in figure["data"]
        if "name" in trace
    }


@pytest.fixture
def three():
    return [
        with_systems({"threat": 7.5, "drive": 3.0}, setting="home"),
        with_systems({"threat": 2.0}, hours=1, setting="home"),
        with_systems({"threat": 7.5}, hours=2),
        with_systems("numb", hours=3),
    ]


# Where each point stands


def test_there_is_one_point_for_each_size_that_was_placed(three):
    assert points(drawn("activation", *three)) == {
        "Threat": [
            ("2026-03-02T09:30:00", 7.5),
            ("2026-03-02T10:30:00", 2.0),
            ("2026-03-02T11:30:00", 7.5),
        ],
        "Drive": [("2026-03-02T09:30:00", 3.0)],
        "Soothing": [],
    }


def test_a_point_stands_at_the_hour_on_the_trainees_clock():
    begun = MORNING + timedelta(hours=14)
    figure = drawn("activation", with_systems({"drive": 1.0}, begun=begun, offset=-300))
    assert points(figure)["Drive"] == [("2026-03-02T18:30:00", 1.0)]


def test_points_in_time_are_not_joined_and_empty_time_is_left_empty(three):
    figure = drawn("activation", *three)
    assert {trace["mode"] for trace in figure["data"]} == {"markers"}
    assert figure["layout"]["xaxis"]["type"] == "date"
    assert "rangebreaks" not in figure["layout"]["xaxis"]


def test_a_size_that_was_placed_more_often_is_larger_and_a_line_is_the_range(three):
    figure = drawn("by_setting", *three)
    assert points(figure)["Threat"] == [(2.0, 0), (7.5, 0), (7.5, -4)]
    assert points(figure)["Drive"] == [(3.0, -1)]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Home", "No setting<br>chosen"]
    line = figure["data"][0]
    assert (line["x"][:3], line["y"][:3]) == ([7.5, 7.5, None], [-4, -4, None])
    again = drawn("by_setting", *three, with_systems({"threat": 2.0}, 5, setting="home"))
    small, large = sorted(set(again["data"][1]["marker"]["size"]))
    assert again["data"][1]["marker"]["size"].index(large) == 0
    assert small < large


def test_an_act_from_one_place_alone_stands_in_that_corner():
    answers = {
        f"acts_{place}_1": {**dict.fromkeys(("threat", "drive", "soothing"), 0.0), place: 1.0}
        for place in ("threat", "drive", "soothing")
    }
    *_, dots = drawn("acts", make_entry(exercise="moves", answers=answers))["data"]
    corners = {"drive": (1.0, 0.866), "soothing": (0.5, 0.0), "threat": (0.0, 0.866)}
    found = zip(dots["x"], dots["y"], strict=True)
    assert [(x, round(y, 3)) for x, y in found] == list(corners.values())


def test_only_points_of_one_act_are_joined():
    places = {"a_1": "threat", "a_2": "soothing", "b_1": "drive", "c_1": "drive", "c_2": "threat"}
    answers = {
        f"acts_{item}": {**dict.fromkeys(("threat", "drive", "soothing"), 0.0), place: 1.0}
        for item, place in places.items()
    }
    _edge, line, dots = drawn("same_acts", make_entry(exercise="moves", answers=answers))["data"]
    assert line["x"] == [0.0, 0.5, None, 1.0, 0.0, None]
    assert dots["x"] == [0.0, 0.5, 1.0, 0.0]
    assert dots["customdata"] == [0, 1, 2, 3]


def test_a_phrase_stands_where_it_was_put_and_no_arrow_leads_to_another():
    answers = {
        "plane_voice": {"curious": -5.0, "tender": 2.0},
        "plane_colleague": {"curious": 10.0, "tender": -10.0},
    }
    figure = drawn("tones", make_entry(exercise="tone", answers=answers))
    assert points(figure) == {
        "What the inner voice said": [(-5.0, 2.0)],
        "What you would say to a colleague": [(10.0, -10.0)],
    }
    assert {trace["mode"] for trace in figure["data"]} == {"markers"}
    assert len({trace["marker"]["symbol"] for trace in figure["data"]}) == 2


def test_a_day_has_a_circle_for_each_size_and_the_loop_as_it_was_drawn():
    answers = {
        "stops_waking": {"threat": 10.0, "soothing": 0.0},
        "stops_late": {"threat": 2.5},
        "stops_loop": {"step_1": "late_drive", "step_2": "waking_threat"},
    }
    threat, drive, soothing, loop = drawn("days", make_entry(exercise="day", answers=answers))[
        "data"
    ]
    assert (threat["x"], threat["y"]) == ([0, 1], [0, 0])
    assert threat["marker"]["size"] == [22, 11]  # a quarter of the size, a quarter of the area
    assert (drive["x"], soothing["marker"]["size"]) == ([], [3])
    assert (loop["x"], loop["y"]) == ([1, 0], [-1, 0])
    assert loop["marker"]["symbol"] == ["circle", "arrow"]


def test_of_many_days_the_latest_are_drawn():
    entries = many(DAYS_DRAWN + 5, "day", {"stops_waking": {"threat": 1.0}})
    assert len(drawn("days", *entries)["data"][0]["x"]) == DAYS_DRAWN


# Counts


def test_bars_are_as_long_as_the_counts_beside_them_and_begin_at_nothing():
    answers = {
        "weights_a": "service",
        "weights_b": "mine",
        "weights_c": "service",
    }
    figure = drawn("weights", make_entry(exercise="weight", answers=answers))
    [bars] = figure["data"]
    assert (bars["x"], bars["text"]) == ([1, 2], ["1", "2"])
    assert figure["layout"]["yaxis"]["ticktext"][0] == "Mine to carry<br>for now"
    assert figure["layout"]["xaxis"]["range"][0] == 0


def test_the_area_of_a_circle_in_a_grid_follows_its_count():
    entries = many(4, "flows", {"week_clients": {"out": 1.0}})
    entries += many(1, "flows", {"week_family": {"out": 1.0, "let_in": 1.0}})
    out, _offered, let_in, turned = drawn("flows", *entries)["data"]
    assert out["text"] == [" 4", " 1"]
    assert out["marker"]["size"][0] == 2 * out["marker"]["size"][1]
    assert (let_in["text"], turned["text"]) == ([" 1"], [])


def test_what_is_largest_stands_in_the_row_of_its_setting(three):
    more = [with_systems({"threat": 1.0, "drive": 2.0}, hours, setting="study") for hours in (5, 6)]
    threat, drive, *_ = drawn("largest", *three, *more)["data"]
    assert (threat["text"], threat["y"]) == ([" 1"], [-1])
    assert (drive["text"], drive["y"]) == ([" 2"], [0])


@pytest.mark.parametrize("picture", COUNTS)
def test_counts_are_drawn_from_the_floor_on(picture):
    answers = {"systems": {"threat": 1.0, "drive": 2.0}, "acts_a_1": {"landed": "hardly"}}
    for count, is_drawn in ((2, False), (3, True)):
        entries = many(count, "diary", answers)
        entries += many(count, "weight", {"weights_a": "mine"})
        assert bool(drawn(picture, *entries)) is is_drawn


# Any picture of any journal


def assert_can_be_drawn(made):
    """Plotly takes it, and everything it holds is a number, a text or nothing."""
    sent = json.dumps(made, allow_nan=False)
    coloured = json.loads(re.sub(r"--ws-[a-z-]+", "#123456", sent))
    go.Figure(coloured)
    for trace in made.get("data", []):
        assert len(trace["x"]) == len(trace["y"])
    for axis in ("xaxis", "yaxis"):
        least, most = made.get("layout", {}).get(axis, {}).get("range", (0, 1))
        assert least < most


@pytest.mark.parametrize("case", worst_cases())
def test_of_any_journal_each_picture_can_be_drawn_or_is_left_out(case):
    made = tables(worst_cases()[case], journey())
    for picture in PICTURES:
        assert_can_be_drawn(figure(picture, made, words()))


@settings(max_examples=15)
@given(journals)
def test_whatever_was_placed_can_be_drawn(entries):
    made = tables(entries, journey())
    for picture in PICTURES:
        found = figure(picture, made, words())
        json.dumps(found, allow_nan=False)
        within = (
            [trace for trace in found.get("data", []) if trace["mode"] == "markers"]
            if (picture in ("activation", "tones", "acts", "by_setting"))
            else []
        )
        least, most = found.get("layout", {}).get("yaxis", {}).get("range", (0, 0))
        assert all(least <= y <= most for trace in within for y in trace["y"])


def test_each_system_has_a_shape_and_a_colour_of_its_own(three):
    markers = [trace["marker"] for trace in drawn("activation", *three)["data"]]
    assert len({marker["symbol"] for marker in markers}) == 3
    assert len({marker["color"] for marker in markers}) == 3


def test_colours_are_the_themes_and_no_other():
    made = tables(sample_entries(), journey())
    for picture in PICTURES:
        text = json.dumps(figure(picture, made, words()))
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", text)


def test_drawing_leaves_the_tables_alone():
    made = tables(sample_entries(), journey())
    before = {name: table.copy() for name, table in made.named().items()}
    for picture in PICTURES:
        figure(picture, made, words())
    assert all(table.equals(before[name]) for name, table in made.named().items())
