from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, any_entries, make_entry, with_systems

from workshop_kit.answers import gather
from workshop_kit.entries import fold
from workshop_kit.exercises import journey
from workshop_kit.parts import SystemsQuestion
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import COLUMNS, COMMON, tables

PAGES = journey()


def made(*entries):
    return tables(entries, PAGES)


def one(exercise, answers, **fields):
    return make_entry(exercise=exercise, answers=answers, **fields)


def column(table, name):
    """A column as a list, with a dash where something is missing."""
    return [value if value == value else "-" for value in table[name].tolist()]


def sizes(table):
    return list(zip(*(column(table, system) for system in SYSTEMS), strict=True))


# Worked by hand


def test_the_three_systems_of_a_case_worked_by_hand():
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)  # the night British clocks went forward
    later = [evening + timedelta(hours=hours) for hours in (2.5, 3.5, 12)]
    table = made(
        one(
            "diary",
            {"systems": {"threat": 6.0, "drive": 3.0}},
            begun=later[2],
            offset=60,
            setting="garden",
        ),
        one("arriving", {"systems": {"threat": 7.5, "drive": 3}}, begun=evening, setting="home"),
        one("arriving", {"opened_from": "threat"}, begun=evening),
        one("arriving", {"systems": {"threat": 2, "soothing": 4}}, begun=later[0]),
        one("arriving", {"systems": "numb"}, begun=later[1], offset=60),
    ).activation
    assert [f"{time:%d %H:%M}" for time in table["time"]] == [
        *("28 22:00", "29 00:30"),
        *("29 02:30", "29 11:00"),
    ]
    assert column(table, "exercise") == ["arriving", "arriving", "arriving", "diary"]
    assert column(table, "question") == ["systems"] * 4
    assert column(table, "offset") == [0, 0, 60, 60]
    assert column(table, "setting") == ["home", "-", "-", "garden"]
    assert sizes(table) == [(7.5, 3, "-"), (2, "-", 4), ("-", "-", "-"), (6, 3, "-")]
    assert column(table, "instead") == ["-", "-", "numb", "-"]
    assert column(table, "largest") == ["threat", "soothing", "-", "threat"]


@pytest.mark.parametrize(
    ("answer", "largest"),
    [
        ({"threat": 5, "drive": 5, "soothing": 1}, "several"),
        ({"threat": 5, "drive": 5, "soothing": 5}, "several"),
        ({"drive": 0, "soothing": 0.5}, "soothing"),
        ({"threat": 9}, "-"),
        ({"threat": 0, "drive": 0, "soothing": 0}, "-"),
        ("cant_tell", "-"),
    ],
)
def test_the_largest_circle_is_one_of_at_least_two(answer, largest):
    assert column(made(with_systems(answer)).activation, "largest") == [largest]


def test_acts_of_a_case_worked_by_hand():
    answers = {
        "acts_b_1": {"threat": 0.5, "drive": 0.25, "soothing": 0.25, "landed": "partly"},
        "acts_a_2": {"threat": 0, "drive": 0, "soothing": 1},
        "acts_a_10": {"threat": 0, "drive": 0, "soothing": 1, "landed": "met_me"},
        "acts_a_1": {"threat": 1, "drive": 0, "soothing": 0, "landed": "hardly"},
        "acts_c_1": {"instead": "cant_tell"},
        "acts_d_1": {"landed": "cant_say"},
        "acts_e_1": None,
    }
    table = made(one("moves", answers)).acts
    assert column(table, "act") == ["acts_a"] * 3 + ["acts_b", "acts_c", "acts_d"]
    assert column(table, "question")[:3] == ["acts_a_1", "acts_a_2", "acts_a_10"]
    assert column(table, "turn") == [1, 2, 10, 1, 1, 1]
    assert sizes(table)[:4] == [(1, 0, 0), (0, 0, 1), (0, 0, 1), (0.5, 0.25, 0.25)]
    assert sizes(table)[4:] == [("-", "-", "-")] * 2
    assert column(table, "instead") == [*"----", "cant_tell", "-"]
    assert column(table, "landed") == ["hardly", "-", "met_me", "partly", "-", "cant_say"]
    assert column(table, "places") == [2, 2, 2, 1, 0, 0]


def test_an_act_of_one_moment_is_not_that_of_another():
    answers = {"acts_a_1": {"threat": 1, "drive": 0, "soothing": 0}}
    table = made(one("moves", answers), one("diary", answers)).acts
    assert column(table, "places") == [1, 1]


def test_tones_of_a_case_worked_by_hand():
    answers = {
        "plane_voice": {"curious": -7.5, "tender": 0},
        "plane_colleague": {"curious": 3},
        "plane_mother": {"curious": 10, "tender": -10},
    }
    table = made(one("tone", answers)).tones
    assert column(table, "phrase") == ["voice", "mother"]
    assert column(table, "curious") == [-7.5, 10]
    assert column(table, "tender") == [0, -10]


def test_a_day_and_its_loop_of_a_case_worked_by_hand():
    loop = {"step_10": "after_threat", "step_2": "halfway_drive", "step_1": "early_threat"}
    answers = {
        "stops_early": {"threat": 8, "drive": 2},
        "stops_late": {"soothing": 0},
        "stops_after": {"ease": 3},
        "stops_loop": {**loop, "step_3": "nowhere", "step_11": None},
    }
    both = made(one("day", answers))
    assert column(both.stops, "stop") == ["early", "late"]
    assert sizes(both.stops) == [(8, 2, "-"), ("-", "-", 0)]
    assert column(both.loops, "step") == [1, 2, 3]
    assert column(both.loops, "stop") == ["early", "halfway", "after"]
    assert column(both.loops, "system") == ["threat", "drive", "threat"]


def test_flows_of_a_case_worked_by_hand():
    answers = {
        "week_clients": {"out": 1, "let_in": 1},
        "week_myself": {"turned_away": 1, "offered": 0},
        "week_friends": {"out": 0},
    }
    table = made(one("flows", answers)).flows
    assert column(table, "person") == ["clients", "myself"]
    assert column(table, "out") == [True, False]
    assert column(table, "offered") == [False, False]
    assert column(table, "let_in") == [True, False]
    assert column(table, "turned_away") == [False, True]


def test_weights_of_a_case_worked_by_hand():
    table = made(
        one("weight", {"weights_a": "mine", "weights_b": "service", "weights_c": None}),
        one("coming_home", {"taking_place": "take"}),
    ).weights
    assert column(table, "owner") == ["mine", "service"]
    assert column(table, "question") == ["weights_a", "weights_b"]


# Whatever a course or an older version has asked


def test_a_courses_own_exercise_takes_part_by_the_kind_of_its_parts():
    part = SystemsQuestion(id="right_now", text="Now", kind="systems", legend="Now")
    own = PAGES[1].model_copy(update={"id": "supper", "parts": (part,)})
    entry = one("supper", {"right_now": {"threat": 1}, "systems": {"threat": 2}})
    assert column(tables([entry], [*PAGES, own]).activation, "threat") == [1]
    assert made(entry).activation.empty


def test_answers_of_an_earlier_version_of_the_words_are_shown_under_their_own_names():
    table = made(
        with_systems("cannot_say", content=1),
        one("weight", {"weights_a": "the_rota"}, content=1),
        one("flows", {"week_landlord": {"out": 1}}),
    )
    assert column(table.activation, "instead") == ["cannot_say"]
    assert column(table.weights, "owner") == ["the_rota"]
    assert column(table.flows, "person") == ["landlord"]


@pytest.mark.parametrize(
    ("exercise", "answers"),
    [
        ("arriving", {"systems": {"ease": 4.0, "drive": None, "threat": "large"}}),
        ("arriving", {"systems": {"threat": 40.0, "drive": -1.0, "soothing": "inf"}}),
        ("arriving", {"systems": 4.0}),
        ("moves", {"acts_a_1": {"threat": 0, "drive": 0, "soothing": 0}}),
        ("moves", {"acts_a_1": {"threat": 1, "drive": 1}, "acts_a": {"landed": "hardly"}}),
        ("moves", {"acts_a_b_1": {"landed": "hardly"}, "acts_1": {"landed": "hardly"}}),
        ("tone", {"plane_voice": {"curious": 11, "tender": 0}, "plane_x": "voice"}),
        ("day", {"stops_early": "numb", "stops_loop": "early_threat"}),
        ("flows", {"week_clients": {"out": "yes"}, "week_friends": "out"}),
        ("weight", {"weights_a": {"mine": 1}, "weights_b": 1.0}),
        ("nowhere", {"systems": {"threat": 1}}),
    ],
)
def test_what_is_no_answer_is_in_no_table(exercise, answers):
    assert all(table.empty for table in made(one(exercise, answers)).named().values())


def test_shares_that_do_not_sum_to_one_are_read_as_shares():
    answers = {"acts_a_1": {"threat": 2, "drive": 1, "soothing": 1}}
    assert sizes(made(one("moves", answers)).acts) == [(0.5, 0.25, 0.25)]


# Clocks


def test_an_hour_lived_twice_stays_in_the_order_in_which_it_was_lived():
    before = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    summer = with_systems({"drive": 1}, begun=before, offset=60)
    winter = with_systems({"drive": 2}, begun=before + timedelta(minutes=30))
    table = made(winter, summer).activation
    assert [f"{time:%H:%M}" for time in table["time"]] == ["01:40", "01:10"]
    assert column(table, "drive") == [1, 2]


def test_a_journey_through_five_time_zones_shows_each_hour_as_it_was_on_the_clock():
    offsets = [840, 345, 0, -210, -720]
    entries = [with_systems("numb", hours, offset=off) for hours, off in enumerate(offsets)]
    table = made(*reversed(entries)).activation
    assert [f"{time:%d %H:%M}" for time in table["time"]] == [
        *("02 23:30", "02 16:15", "02 11:30"),
        *("02 09:00", "02 01:30"),
    ]


# A stretch of time, a setting


def test_a_stretch_of_days_includes_both_of_its_ends_on_the_trainees_clock():
    entries = [
        with_systems({"threat": number}, begun=MORNING + timedelta(days=number), offset=offset)
        for number, offset in enumerate((0, -600, 0, 900, 0))
    ]
    table = made(*entries)
    kept = table.only(since=date(2026, 3, 3), until=date(2026, 3, 4)).activation
    assert column(kept, "threat") == [2]
    assert column(table.only(until=date(2026, 3, 2)).activation, "threat") == [0, 1]
    assert column(table.only(since=date(2026, 3, 5)).activation, "threat") == [3, 4]


def test_a_setting_keeps_its_own_rows_in_every_table():
    table = made(
        with_systems({"threat": 1}, setting="home"),
        with_systems({"threat": 2}),
        one("moves", {"acts_a_1": {"landed": "hardly"}}, setting="study"),
    )
    kept = table.only(setting="home")
    assert (column(kept.activation, "threat"), len(kept.acts)) == ([1], 0)
    assert len(table.only().activation) == 2


# Of any journal


def test_no_moments_make_empty_tables_with_all_their_columns():
    for name, table in made().named().items():
        assert (len(table), tuple(table.columns)) == (0, (*COMMON, *COLUMNS[name]))


@settings(max_examples=20)
@given(st.lists(any_entries, max_size=6))
def test_any_journal_can_be_tabled(entries):
    for name, table in made(*fold(entries)).named().items():
        assert tuple(table.columns) == (*COMMON, *COLUMNS[name])
        empty = made().named()[name]
        assert table.dtypes.to_dict() == empty.dtypes.to_dict()


@settings(max_examples=20)
@given(st.permutations(range(5)))
def test_the_order_in_which_moments_are_handed_in_changes_nothing(order):
    entries = [
        with_systems({"threat": number}, number // 2, id=UUID(int=number)) for number in range(5)
    ]
    one, other = made(*entries), made(*(entries[place] for place in order))
    assert one.activation.equals(other.activation)


def test_making_tables_leaves_the_entries_alone():
    entry = one("moves", {"acts_a_1": {"threat": 2, "drive": 1, "soothing": 1}})
    before = entry.model_dump_json()
    made(entry)
    assert entry.model_dump_json() == before


def test_no_word_is_looked_at():
    entry = with_systems({"threat": 1}, words={"note": "quokka"})
    assert "quokka" not in repr(gather([entry], PAGES))
    assert "quokka" not in made(entry).activation.to_csv()
