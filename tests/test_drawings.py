"""What is drawn says the same as the plotly figures and the tables: read back from the drawing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, make_entry

from workshop_kit import figures
from workshop_kit.booklet.pictures import pictures
from workshop_kit.drawings import circles, day, over_time, plane, triangle
from workshop_kit.drawings.circles import LARGEST
from workshop_kit.drawings.day import LARGEST as DAY_LARGEST
from workshop_kit.drawings.spots import DISC
from workshop_kit.drawings.strips import FROM as STRIP_FROM
from workshop_kit.drawings.strips import TO as STRIP_TO
from workshop_kit.drawings.svg import in_lines, node, write
from workshop_kit.drawings.time import CEILING, FLOOR, LEFT, RIGHT
from workshop_kit.drawings.triangle import CORNERS
from workshop_kit.exercises import journey
from workshop_kit.labels import labels
from workshop_kit.sample import sample_entries
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import FLOWS, tables
from workshop_kit.tellers import Moment, Words
from workshop_kit.wording import load_controls, load_pictures, load_wording

WORDING = load_wording()
SIZES = st.dictionaries(st.sampled_from(SYSTEMS), st.sampled_from([n / 2 for n in range(21)]))


@pytest.fixture(scope="module")
def entries():
    return sample_entries()


@pytest.fixture(scope="module")
def drawn(entries):
    """The pictures of the sample journal, each as the elements of its drawings."""
    words = Words(WORDING, load_controls())
    found = pictures([Moment.of(entry) for entry in entries], journey(), words)
    return {
        picture.id.removeprefix("picture-"): [read(one.svg) for one in picture.drawings]
        for picture in found
    }


@pytest.fixture(scope="module")
def made(entries):
    return tables(entries, journey())


@pytest.fixture(scope="module")
def figure(made):
    """The plotly figure of a name."""
    said = labels(journey(), WORDING, load_pictures())
    return lambda name: figures.figure(name, made, said)


def read(svg):
    """The elements of a drawing of our own."""
    return fromstring(svg)  # noqa: S314


def of_kind(svg, *kinds):
    wanted = set(kinds)
    return [one for one in svg.iter() if wanted <= set(one.get("class", "").split())]


def spot(mark):
    """The middle of a shape."""
    if mark.tag == "circle":
        return float(mark.get("cx")), float(mark.get("cy"))
    if mark.tag == "rect":
        x, y, wide, high = (float(mark.get(name)) for name in ("x", "y", "width", "height"))
        return x + wide / 2, y + high / 2
    (x, top), (_, low), *_ = [map(float, pair.split(",")) for pair in mark.get("points").split()]
    return x, (6 * low + 5 * top) / 11


def points(svg):
    """Where points were placed, whether or not their disc stands beside them."""
    beside = {
        (one.get("x2"), one.get("y2")): (float(one.get("x1")), float(one.get("y1")))
        for one in of_kind(svg, "ws-aside")
    }
    found = [spot(one) for one in of_kind(svg, "ws-point")]
    return [next((true for at, true in beside.items() if close(at, disc)), disc) for disc in found]


def close(one, other):
    return all(abs(float(a) - float(b)) < 0.02 for a, b in zip(one, other, strict=True))


def numbers(svg):
    return [int(text.text) for text in svg.iter("text") if (text.text or "").isdigit()]


# Beside the figures


def test_the_booklet_draws_every_picture_of_the_page(drawn):
    asked = [part.figure for page in journey() for part in page.parts if part.kind == "picture"]
    assert list(drawn) == asked


@pytest.mark.parametrize("system", SYSTEMS)
def test_sizes_over_time_are_the_figures(drawn, figure, made, system):
    [trace] = [
        one for one in figure("activation")["data"] if one["name"] == WORDING.systems[system].name
    ]
    times = made.activation["time"]
    [svg] = drawn["activation"]
    # The first of each shape is the key's.
    found = [spot(one) for one in of_kind(svg, "ws-mark", f"ws-{system}")[1:]]
    assert [10 * (FLOOR - y) / (FLOOR - CEILING) for _, y in found] == pytest.approx(
        trace["y"], abs=0.01
    )
    span = (times.max() - times.min()) / (RIGHT - LEFT)
    for (x, _), time in zip(found, pd.to_datetime(trace["x"]), strict=True):
        assert abs(times.min() + (x - LEFT) * span - time) < 0.01 * span


def test_sizes_by_setting_are_the_figures(drawn, figure):
    _, *traces = figure("by_setting")["data"]
    [svg] = drawn["by_setting"]
    for system, trace in zip(SYSTEMS, traces, strict=True):
        found = [spot(one) for one in of_kind(svg, "ws-mark", f"ws-{system}")]
        sizes = [10 * (x - STRIP_FROM) / (STRIP_TO - STRIP_FROM) for x, _ in found]
        lanes = sorted({y for _, y in found})
        counted = Counter(
            (lanes.index(y), round(size, 1)) for size, (_, y) in zip(sizes, found, strict=True)
        )
        heights = sorted(set(trace["y"]), reverse=True)
        asked = {(heights.index(y), size) for size, y in zip(trace["x"], trace["y"], strict=True)}
        assert set(counted) == asked


def test_the_largest_circles_are_counted_as_in_the_figure(drawn, figure):
    [svg] = drawn["largest"]
    for system, trace in zip((*SYSTEMS, None), figure("largest")["data"], strict=True):
        bars = [
            one
            for one in of_kind(svg, "ws-bar")
            if (f"ws-{system}" in one.get("class"))
            or (system is None and one.get("class") == "ws-bar")
        ]
        most = max(map(float, [one.get("width") for one in of_kind(svg, "ws-bar")]))
        largest = max(numbers(svg))
        found = [round(float(one.get("width")) / most * largest, 2) for one in bars]
        assert found == [int(text) for text in trace["text"]]


def test_words_for_how_care_landed_are_counted_as_in_the_figure(drawn, figure):
    assert numbers(drawn["landed"][0]) == figure("landed")["data"][0]["x"]


@pytest.mark.parametrize("name", ["acts", "same_acts"])
def test_acts_of_care_lie_where_the_figure_has_them(drawn, figure, name):
    [svg] = drawn[name]
    trace = figure(name)["data"][-1]
    # The figure's triangle has sides of 1, and its third corner is below.
    (left, top), (right, _), (_, low) = CORNERS.values()
    tall = 3**0.5 / 2
    found = [((x - left) / (right - left), tall * (low - y) / (low - top)) for x, y in points(svg)]
    assert found == [
        pytest.approx(one, abs=0.001) for one in zip(trace["x"], trace["y"], strict=True)
    ]


def test_times_of_one_act_have_one_number_and_a_line(drawn, made):
    [svg] = drawn["same_acts"]
    acts = made.acts[made.acts["places"] > 1].groupby(["moment", "act"], sort=False).size().tolist()
    assert [len(one.get("points").split()) for one in of_kind(svg, "ws-joined")] == acts
    assert sorted(Counter(numbers(svg)).values()) == sorted(acts)


def test_tones_lie_where_the_figure_has_them(drawn, figure):
    traces = figure("tones")["data"]
    found = [
        ((x - 160) / 14, (160 - y) / 14)
        for svg in drawn["tones"]
        # The key stands under the plane.
        for x, y in points(svg)
        if y <= 300
    ]
    asked = [one for trace in traces for one in zip(trace["x"], trace["y"], strict=True)]
    assert sorted(found) == [pytest.approx(one, abs=0.01) for one in sorted(asked)]


def test_days_have_the_sizes_and_the_loops_of_the_figure(drawn, figure):
    traces = figure("days")["data"]
    for system, trace in zip(SYSTEMS, traces[:3], strict=True):
        found = [
            (float(one.get("r")) / DAY_LARGEST) ** 2
            for svg in drawn["days"]
            for one in of_kind(svg, "ws-disc", f"ws-{system}")
        ]
        asked = [(size / 22) ** 2 for size in trace["marker"]["size"]]
        assert sorted(found) == pytest.approx(sorted(asked), abs=0.02)
    steps = [len(of_kind(svg, "ws-loop-line")) for svg in drawn["days"]]
    assert [count for count in steps if count] == [len(loop["x"]) - 1 for loop in traces[3:]]


def test_flows_are_the_taps_of_the_figure(drawn, figure):
    [svg] = drawn["flows"]
    for flow, trace in zip(FLOWS, figure("flows")["data"], strict=True):
        arrows = of_kind(svg, "ws-flow", f"ws-{flow}")
        # One more is in the key.
        assert len(arrows) - 1 == len(trace["text"])


def test_weights_are_as_many_blocks_as_the_figure_counts(drawn, figure):
    stacks = Counter(one.get("x") for one in of_kind(drawn["weights"][0], "ws-block"))
    assert list(stacks.values()) == figure("weights")["data"][0]["x"]


# Each on its own


@given(SIZES)
def test_the_area_of_a_circle_follows_its_size(sizes):
    svg = read(circles(sizes, "Three", WORDING))
    for system in SYSTEMS:
        found = [float(one.get("r")) for one in of_kind(svg, "ws-disc", f"ws-{system}")]
        assert len(found) == (system in sizes)
        if sizes.get(system, 0) > 0.1:
            assert 10 * (found[0] / LARGEST) ** 2 == pytest.approx(sizes[system], abs=0.01)


def test_one_moment_alone_stands_in_the_middle():
    table = pd.DataFrame({"time": [pd.Timestamp(MORNING.replace(tzinfo=None))], "drive": [3.0]})
    svg = read(over_time(table.assign(threat=None, soothing=None), "One", WORDING))
    assert spot(of_kind(svg, "ws-mark", "ws-drive")[1])[0] == (LEFT + RIGHT) / 2
    assert "2 Mar 2026, 09:30" in "".join(svg.itertext())


@settings(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 64)] * 3).filter(any), min_size=1, max_size=24))
def test_few_points_hide_no_other_and_many_are_where_they_are(weights):
    shares = [[one / sum(three) for one in three] for three in weights]
    table = pd.DataFrame(shares, columns=list(SYSTEMS)).assign(moment="m", act=range(len(shares)))
    svg = read(triangle(table, "Acts", WORDING))
    assert numbers(svg) == list(range(1, len(shares) + 1))
    many = read(triangle(pd.concat([table] * 30, ignore_index=True), "Acts", WORDING))
    if len(shares) * 30 > 24:
        assert len(of_kind(many, "ws-dot")) == 30 * len(shares)


def test_two_discs_in_one_place_stand_side_by_side():
    axes = {"curious": ("critical", "curious"), "tender": ("transactional", "tender")}
    table = pd.DataFrame({"phrase": ["voice"] * 2, "curious": [3.0] * 2, "tender": [4.0] * 2})
    svg = read(plane(table, "Tones", {"voice": "The voice"}, axes))
    (x, y), (a, b) = [spot(one) for one in of_kind(svg, "ws-point") if spot(one)[1] < 300]
    assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 > 2 * DISC - 3
    assert points(svg)[:2] == [pytest.approx((202, 104))] * 2


def test_a_loop_through_circles_without_a_size_is_drawn_all_the_same():
    stops = {"early": "Early on", "late": "Towards the end"}
    loop = [("early", "threat"), ("late", "drive"), ("early", "threat"), ("late", "drive")]
    svg = read(day({}, [*loop, ("lunch", "drive")], "A day", stops, WORDING))
    lines = [one.get("d") for one in of_kind(svg, "ws-loop-line")]
    assert len(set(lines)) == 3, "there, back and there again are three lines"
    assert len(of_kind(svg, "ws-ring")) == 2


def test_text_in_a_drawing_is_text():
    assert write(node("text", "<script>&", x=1)) == '<text x="1">&lt;script&gt;&amp;</text>'
    assert "<" not in write(node("svg", aria_label='"><script>')).split('aria-label="')[1][:12]


def test_a_long_word_has_a_line_to_itself():
    assert in_lines("a considerably long name", 8) == ["a", "considerably", "long", "name"]


def test_drawings_need_nothing_from_anywhere(drawn):
    for svgs in drawn.values():
        for svg in svgs:
            assert svg.get("role") == "img"
            assert svg.get("aria-label")
            for one in svg.iter():
                assert one.tag in {
                    *("svg", "g", "circle", "rect", "line", "path"),
                    *("polygon", "polyline", "text"),
                }
                assert not [name for name in one.attrib if re.match("on|href|style|xlink", name)]


def test_a_journal_of_a_long_time_is_drawn_too():
    many = [
        make_entry(begun=MORNING + timedelta(hours=7 * hour), answers={"systems": {"threat": 5.0}})
        for hour in range(300)
    ]
    svg = read(over_time(tables(many, journey()).activation, "Long", WORDING))
    assert len(of_kind(svg, "ws-mark", "ws-threat")) == 301
