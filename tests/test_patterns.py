from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, make_entry, with_systems

from workshop_kit.entries import fold
from workshop_kit.patterns import (
    ACTIVATION_COLUMNS,
    NOTHING,
    activation,
    activation_sentence,
    rows_to_read,
)
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import load_wording

UNREADABLE = re.compile(r"\b(nan|nat|none|null|inf)\b", re.IGNORECASE)


@pytest.fixture
def wording():
    """The course's own words may change; these are here to count by."""
    picture = {
        "when": "When",
        "setting": "Where",
        "activation": "{count}: {ranges}.",
        "range": "{system} {least} to {most} ({count})",
        "range_one": "{system} {least} ({count})",
        "no_sizes": "{count} without sizes.",
        "too_few": "too few",
        "empty": "empty",
    }
    return load_wording().model_copy(update={"picture": picture})


def by_hand():
    """Five moments around the night in which British clocks went forward."""
    evening = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
    return [
        make_entry(
            begun=evening,
            setting="client_work",
            answers={"systems": {"threat": 7.5, "drive": 3.0}},
        ),
        make_entry(begun=evening, answers={"opened_from": "threat"}),
        make_entry(
            begun=evening + timedelta(hours=2.5),
            answers={"systems": {"threat": 2.0, "soothing": 4}},
        ),
        make_entry(
            begun=evening + timedelta(hours=3.5),
            offset=60,
            setting="home",
            answers={"systems": "numb"},
        ),
        make_entry(
            begun=evening + timedelta(hours=12),
            offset=60,
            setting="garden",
            answers={"systems": {"threat": 6.0, "drive": 3.0}},
        ),
    ]


# Worked by hand


def test_the_table_of_a_case_worked_by_hand():
    table = activation(by_hand())
    assert tuple(table.columns) == ACTIVATION_COLUMNS
    assert [f"{time:%d %H:%M}" for time in table["time"]] == [
        *("28 22:00", "29 00:30"),
        *("29 02:30", "29 11:00"),
    ]
    assert table["setting"].fillna("-").tolist() == ["client_work", "-", "home", "garden"]
    assert table["threat"].fillna(-1).tolist() == [7.5, 2.0, -1, 6.0]
    assert table["drive"].fillna(-1).tolist() == [3.0, -1, -1, 3.0]
    assert table["soothing"].fillna(-1).tolist() == [-1, 4.0, -1, -1]
    assert table["instead"].fillna("-").tolist() == ["-", "-", "numb", "-"]


def test_the_sentence_of_a_case_worked_by_hand(wording):
    sentence = activation_sentence(activation(by_hand()), wording)
    assert sentence == ("4: Threat very small to large (3); Drive small (2); Soothing small (1).")


def test_the_rows_of_a_case_worked_by_hand(wording):
    columns, rows = rows_to_read(activation(by_hand()), wording)
    assert columns == ["When", "Where", "Threat", "Drive", "Soothing"]
    assert rows == [
        ["28 Mar 2026, 22:00", "Client work", "7.5", "3", NOTHING],
        ["29 Mar 2026, 00:30", NOTHING, "2", NOTHING, "4"],
        ["29 Mar 2026, 02:30", "Home", "Numb", "Numb", "Numb"],
        ["29 Mar 2026, 11:00", "garden", "6", "3", NOTHING],
    ]


# At the edges


def test_no_moments_make_an_empty_table_and_a_sentence(wording):
    table = activation([])
    assert (len(table), tuple(table.columns)) == (0, ACTIVATION_COLUMNS)
    assert activation_sentence(table, wording) == "empty"
    assert rows_to_read(table, wording)[1] == []


def test_moments_without_an_answer_make_an_empty_table():
    assert activation([make_entry(), with_systems(None), with_systems({})]).empty


@pytest.mark.parametrize("count", [1, 2])
def test_of_fewer_than_three_moments_nothing_is_said(wording, count):
    table = activation([with_systems({"threat": 4.0}, hours) for hours in range(count)])
    assert activation_sentence(table, wording) == "too few"
    assert [row[2] for row in rows_to_read(table, wording)[1]] == ["4"] * count


def test_sizes_that_are_all_equal_are_one_word_and_no_range(wording):
    table = activation([with_systems({"threat": 5.0}, hours) for hours in range(3)])
    assert activation_sentence(table, wording) == "3: Threat medium (3)."


def test_a_size_of_nothing_at_all_is_a_size(wording):
    table = activation([with_systems({"soothing": size}, size) for size in (0.0, 0.0, 0.5)])
    assert activation_sentence(table, wording) == "3: Soothing nothing at all to very small (3)."


def test_moments_that_are_all_without_sizes_say_so(wording):
    table = activation([with_systems("cant_tell", hours) for hours in range(3)])
    assert activation_sentence(table, wording) == "3 without sizes."
    assert rows_to_read(table, wording)[1][0][2:] == ["I can’t tell"] * 3


def test_an_answer_that_is_not_known_here_is_shown_as_it_is(wording):
    table = activation([with_systems("cannot_say")])
    assert rows_to_read(table, wording)[1][0][2:] == ["cannot_say"] * 3


def test_a_system_that_was_never_named_is_not_spoken_of(wording):
    table = activation([with_systems({"threat": 1.0, "drive": 2.0}, hours) for hours in range(4)])
    assert "Soothing" not in activation_sentence(table, wording)
    assert {row[4] for row in rows_to_read(table, wording)[1]} == {NOTHING}


def test_something_that_is_no_size_is_not_counted_as_one(wording):
    table = activation([with_systems({"threat": "large", "ease": 4.0, "drive": None})])
    assert rows_to_read(table, wording)[1][0][2:] == [NOTHING] * 3


# Clocks


def test_an_hour_lived_twice_stays_in_the_order_in_which_it_was_lived():
    before = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
    summer = make_entry(begun=before, offset=60, answers={"systems": {"drive": 1.0}})
    winter = make_entry(
        begun=before + timedelta(minutes=30), offset=0, answers={"systems": {"drive": 2.0}}
    )
    table = activation([winter, summer])
    assert [f"{time:%H:%M}" for time in table["time"]] == ["01:40", "01:10"]
    assert table["drive"].tolist() == [1.0, 2.0]


def test_a_journey_through_five_time_zones_shows_each_hour_as_it_was_on_the_clock():
    offsets = [840, 345, 0, -210, -720]
    entries = [
        make_entry(begun=MORNING + timedelta(hours=n), offset=offset, answers={"systems": "numb"})
        for n, offset in enumerate(offsets)
    ]
    table = activation(fold(reversed(entries)))
    assert [f"{time:%d %H:%M}" for time in table["time"]] == [
        *("02 23:30", "02 16:15", "02 11:30"),
        *("02 09:00", "02 01:30"),
    ]


# Whatever was placed


halves = st.integers(0, 20).map(lambda half: half / 2)
placed = st.dictionaries(st.sampled_from(SYSTEMS), halves, min_size=1) | st.sampled_from(
    ["numb", "something_else", "cant_tell", "unknown_here"]
)
journals = st.lists(
    st.builds(
        make_entry,
        begun=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
        offset=st.integers(-1439, 1439),
        setting=st.none() | st.sampled_from(["home", "unknown_here"]),
        answers=st.fixed_dictionaries({"systems": placed}),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(journals)
def test_what_the_sentence_says_is_what_the_table_shows(entries):
    wording = load_wording()
    table = activation(entries)
    rows = rows_to_read(table, wording)[1]
    assert len(rows) == len(entries)
    said = activation_sentence(table, wording)
    if len(rows) < 3:
        assert not re.search(r"\d", said)
        return
    assert re.search(r"\d+", said)[0] == str(len(rows))
    for place, name in enumerate(("Threat", "Drive", "Soothing"), 2):
        sizes = [float(row[place]) for row in rows if row[place][0].isdigit()]
        found = re.search(
            rf"{name} was placed in (\d+), (?:from (.*?) to|each time) (.*?)[;.]", said
        )
        assert bool(found) is bool(sizes)
        if found:
            count, least, most = found.groups()
            assert int(count) == len(sizes)
            assert (least or most, most) == (word(min(sizes)), word(max(sizes)))


def word(size: float) -> str:
    bounds = {0: "nothing at all", 2: "very small", 4: "small", 6: "medium", 8: "large"}
    bounds |= {9.5: "very large", 10: "as large as it gets"}
    return next(text for bound, text in bounds.items() if size <= bound)


@settings(max_examples=60)
@given(journals)
def test_nothing_unreadable_is_ever_shown(entries):
    wording = load_wording()
    table = activation(entries)
    columns, rows = rows_to_read(table, wording)
    shown = [activation_sentence(table, wording), *columns, *(cell for row in rows for cell in row)]
    assert all(isinstance(text, str) and text for text in shown)
    assert not UNREADABLE.search(" ".join(shown))


@settings(max_examples=30)
@given(journals.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_in_which_moments_are_handed_in_changes_nothing(orders):
    one, other = (activation(fold(entries)) for entries in orders)
    assert one.equals(other)
