from __future__ import annotations

from making import make_entry, with_systems

from workshop_kit.counts import (
    counts,
    landed,
    largest_by_setting,
    owners,
    people,
    same_acts,
    sizes_by_setting,
)
from workshop_kit.exercises import journey
from workshop_kit.tables import tables


def made(*entries):
    return tables(entries, journey())


def rows(table):
    """The rows as tuples, with a dash where something is missing."""
    return [
        tuple(value if value == value else "-" for value in row)
        for row in table.itertuples(index=False)
    ]


def a_week():
    return made(
        with_systems({"threat": 8, "drive": 3}, 0, setting="client_work"),
        with_systems({"threat": 6, "drive": 2.5}, 1, setting="client_work"),
        with_systems({"threat": 5, "drive": 5}, 2, setting="client_work"),
        with_systems({"threat": 9}, 3, setting="client_work"),
        with_systems("numb", 4, setting="client_work"),
        with_systems({"drive": 1, "soothing": 4}, 5),
        with_systems({"drive": 0, "soothing": 0}, 6, setting="home"),
    ).activation


def test_sizes_by_setting_are_counts_and_ranges():
    assert rows(sizes_by_setting(a_week())) == [
        ("client_work", "threat", 4, 5, 9),
        ("client_work", "drive", 3, 2.5, 5),
        ("home", "drive", 1, 0, 0),
        ("home", "soothing", 1, 0, 0),
        ("-", "drive", 1, 1, 1),
        ("-", "soothing", 1, 4, 4),
    ]


def test_the_largest_circle_is_counted_by_setting_and_what_is_shared_apart():
    assert rows(largest_by_setting(a_week())) == [
        ("client_work", 2, 0, 0, 1, 3),
        ("-", 0, 0, 1, 0, 1),
    ]


ACTS = {
    "acts_a_1": {"threat": 1, "drive": 0, "soothing": 0, "landed": "hardly"},
    "acts_a_2": {"threat": 0, "drive": 0, "soothing": 1, "landed": "met_me"},
    "acts_a_3": {"instead": "cant_tell"},
    "acts_b_1": {"threat": 0, "drive": 1, "soothing": 0, "landed": "hardly"},
    "acts_c_1": {"threat": 0, "drive": 1, "soothing": 0},
    "acts_c_2": {"threat": 0, "drive": 1, "soothing": 0},
}


def test_how_care_landed_is_counted_by_word():
    table = made(make_entry(exercise="moves", answers=ACTS)).acts
    assert rows(landed(table)) == [("hardly", 2), ("met_me", 1)]


def test_the_same_act_is_one_with_two_different_places():
    table = same_acts(made(make_entry(exercise="moves", answers=ACTS)).acts)
    assert table["question"].tolist() == ["acts_a_1", "acts_a_2"]


def test_taps_are_counted_for_each_person():
    answers = {"week_clients": {"out": 1, "let_in": 1}, "week_myself": {"turned_away": 1}}
    again = {"week_clients": {"out": 1}}
    table = made(*(make_entry(exercise="flows", answers=one) for one in (answers, again))).flows
    assert rows(people(table)) == [("clients", 2, 0, 1, 0, 2), ("myself", 0, 0, 0, 1, 1)]


def test_weights_are_counted_by_whose_they_are():
    answers = {"weights_a": "mine", "weights_b": "service", "weights_c": "service"}
    table = made(make_entry(exercise="weight", answers=answers)).weights
    assert rows(owners(table)) == [("weight", "mine", 1), ("weight", "service", 2)]


def test_of_no_moments_every_count_is_empty():
    found = counts(made())
    assert len(found) == 5
    assert all(table.empty for table in found.values())


def test_every_count_of_a_filled_journal_has_the_columns_and_types_of_an_empty_one():
    full = made(
        with_systems({"threat": 8, "drive": 3}),
        make_entry(exercise="moves", answers=ACTS),
        make_entry(exercise="flows", answers={"week_clients": {"out": 1}}),
        make_entry(exercise="weight", answers={"weights_a": "mine"}),
    )
    empty = counts(made())
    for name, table in counts(full).items():
        assert table.dtypes.to_dict() == empty[name].dtypes.to_dict(), name
