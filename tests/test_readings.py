from __future__ import annotations

import re

import pytest
from journals import PICTURES, many, words, worst_cases
from making import make_entry, with_systems

from workshop_kit.exercises import journey
from workshop_kit.pictures import picture
from workshop_kit.readings import NOTHING, read
from workshop_kit.sample import sample_entries
from workshop_kit.tables import tables


def reading(name, *entries):
    return read(name, tables(entries, journey()), words())


def test_the_three_systems_as_a_table():
    moments = [
        with_systems({"threat": 7.5, "drive": 3.0}, setting="client_work"),
        with_systems("numb", 1, setting="garden"),
        with_systems("cannot_say", 2),
    ]
    found = reading("activation", *moments)
    assert found.columns == ("When", "Setting", "Threat", "Drive", "Soothing")
    assert found.rows == (
        ("2 Mar 2026, 09:30", "Client work", "7.5", "3", NOTHING),
        ("2 Mar 2026, 10:30", "garden", "Numb", "Numb", "Numb"),
        ("2 Mar 2026, 11:30", NOTHING, "cannot_say", "cannot_say", "cannot_say"),
    )
    assert found.beside[0] == (str(moments[0].id), ("note",))


def test_acts_as_a_table_with_the_places_of_their_words():
    act = {"threat": 0.5, "drive": 0.328125, "soothing": 0.171875, "landed": "hardly"}
    moment = make_entry(exercise="moves", answers={"acts_a_1": act})
    found = reading("acts", moment)
    assert found.rows == (("2 Mar 2026, 09:30", "0.5", "0.33", "0.17", "Hardly"),)
    assert found.beside == ((str(moment.id), ("acts_a",)),)


def test_a_day_as_a_table_with_the_steps_of_its_loop():
    answers = {
        "stops_late": {"threat": 2.0},
        "stops_waking": {"soothing": 4.5},
        "stops_loop": {"step_1": "late_threat", "step_2": "early_drive", "step_3": "late_threat"},
    }
    found = reading("days", make_entry(exercise="day", answers=answers))
    assert [row[1:] for row in found.rows] == [
        ("Waking", NOTHING, NOTHING, "4.5", NOTHING),
        ("Early on", NOTHING, NOTHING, NOTHING, "2 (drive)"),
        ("Towards the end", "2", NOTHING, NOTHING, "1 (threat), 3 (threat)"),
    ]
    assert [questions for _moment, questions in found.beside] == [
        ("stops_waking",),
        ("stops_early",),
        ("stops_late",),
    ]


def test_phrases_and_weights_have_places_for_their_words():
    tone = make_entry(exercise="tone", answers={"plane_voice": {"curious": -1.0, "tender": 0.0}})
    assert reading("tones", tone).beside == ((str(tone.id), ("voice",)),)
    assert reading("tones", tone).rows[0][1:] == ("What the inner voice said", "-1", "0")
    weight = make_entry(exercise="weight", answers={"weights_a": "mine"})
    assert reading("weights", weight).beside == ((str(weight.id), ("weights_a",)),)


def test_counts_are_in_the_order_of_the_words_and_not_of_their_size():
    answers = {"acts_a_1": {"landed": "met_me"}, "acts_b_1": {"landed": "met_me"}}
    entries = [*many(2, "moves", answers), *many(1, "moves", {"acts_a_1": {"landed": "hardly"}})]
    assert reading("landed", *entries).rows == (("Hardly", "1"), ("It met me", "4"))


@pytest.mark.parametrize(
    ("name", "things"),
    [("landed", "acts"), ("largest", "activation"), ("by_setting", "activation")],
)
def test_below_the_floor_there_are_the_things_themselves_and_no_counts(name, things):
    answers = {"systems": {"threat": 1.0, "drive": 2.0}, "acts_a_1": {"landed": "hardly"}}
    few = many(2, "diary", answers)
    assert reading(name, *few) == reading(things, *few)
    assert reading(name, *many(3, "diary", answers)) != reading(things, *many(3, "diary", answers))


@pytest.mark.parametrize("case", worst_cases())
def test_of_any_journal_every_cell_can_be_read(case):
    made = tables(worst_cases()[case], journey())
    for name in PICTURES:
        found = read(name, made, words())
        cells = [*found.columns, *(cell for row in found.rows for cell in row)]
        assert all(isinstance(cell, str) and cell for cell in cells)
        assert not re.search(r"(?i)\b(nan|nat|none|null|inf)\b", " ".join(cells))
        assert all(len(row) == len(found.columns) for row in found.rows)
        assert len(found.beside) in (0, len(found.rows))


def test_a_point_names_the_row_it_stands_for():
    made = tables(sample_entries(), journey())
    found = picture("activation", made, words())
    rows, threat = found.reading.rows, found.figure["data"][0]
    for row, size in zip(threat["customdata"], threat["y"], strict=True):
        assert rows[row][2] == f"{size:g}"


def test_more_days_than_are_drawn_are_said_to_be_more():
    entries = many(14, "day", {"stops_waking": {"threat": 1.0}})
    found = picture("days", tables(entries, journey()), words())
    assert found.sentence.endswith("The latest 12 are drawn; the table has all of them.")
    assert len(found.reading.rows) == 14
