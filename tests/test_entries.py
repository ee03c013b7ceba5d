from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, any_entries, colliding_versions, make_entry

from workshop_kit.entries import Entry, JournalError, fold, read_entries

PRIVATE = "quokka"  # in no sentence of ours


def later(minutes):
    return MORNING + timedelta(minutes=minutes)


def record(**fields):
    """One entry as it stands in a file."""
    return {**make_entry().model_dump(mode="json"), **fields}


# Times


def test_times_are_kept_in_utc_and_the_clock_beside_them():
    [entry] = read_entries([record(begun="2026-07-01T23:30:00+05:45", offset=345)])
    assert entry.begun.isoformat() == "2026-07-01T17:45:00+00:00"
    assert entry.local.isoformat() == "2026-07-01T23:30:00+05:45"


@given(any_entries)
def test_every_entry_has_a_time_on_the_trainees_clock(entry):
    assert entry.local == entry.begun
    assert entry.local.utcoffset() == timedelta(minutes=entry.offset)


def test_an_entry_cannot_be_changed_in_passing():
    with pytest.raises(ValueError, match="frozen"):
        make_entry().setting = "home"


# Without words


@given(any_entries)
def test_without_words_nothing_but_numbers_choices_and_times_is_left(entry):
    bare = entry.without_words()
    assert bare.words == {}
    assert not [name for name in bare.times if name.startswith("words.")]
    left = bare.model_dump(exclude={"words", "times"})
    assert left == entry.model_dump(exclude={"words", "times"})


def test_leaving_out_words_leaves_the_entry_itself_alone():
    entry = make_entry(words={"note": "a"}, times={"words.note": MORNING})
    entry.without_words()
    assert (entry.words, list(entry.times)) == ({"note": "a"}, ["words.note"])


# What is refused


REFUSED = {
    "a sentence as an answer": {"answers": {"systems": "I feel small"}},
    "a sentence as a question": {"answers": {"How am I?": 3}},
    "a sentence as a setting": {"setting": "In the car"},
    "a sentence as an exercise": {"exercise": "My own"},
    "a sentence as the name of a time": {"times": {"answers.I am": "2026-01-01T00:00:00Z"}},
    "a sentence as a question for words": {"words": {"My own": "x"}},
    "an id that ends the line": {"setting": "home\n"},
    "words that are not text": {"words": {"note": 3}},
    "a field of its own": {"name": "Adaeze"},
    "no such number": {"answers": {"systems": float("nan")}},
    "a number without end": {"answers": {"systems": {"threat": float("inf")}}},
    "a number out of all bounds": {"answers": {"systems": 10**400}},
    "a list as an answer": {"answers": {"systems": [1]}},
    "a nested answer": {"answers": {"systems": {"threat": {"now": 1}}}},
    "a time without a zone": {"begun": "2026-01-01T00:00:00"},
    "a time before all clocks": {"begun": "0001-01-01T00:00:00+05:00"},
    "a time after all clocks": {"changed": "9999-12-31T23:59:59Z"},
    "a clock a day ahead": {"offset": 1440},
    "a clock a day behind": {"offset": -1440},
    "no version of the words": {"content": 0},
    "no id": {"id": "1"},
}


@pytest.mark.parametrize("fields", REFUSED.values(), ids=REFUSED)
def test_a_record_is_refused(fields):
    assert read_entries([record()])
    [field] = fields
    place = f"entry 1, {field}" if field in Entry.model_fields else "entry 1"
    with pytest.raises(JournalError, match=rf"\({place}\)"):
        read_entries([record(**fields)])


@pytest.mark.parametrize(
    "records",
    [
        [record(**{PRIVATE: 1})],
        [record(words={f"My {PRIVATE}": "x"})],
        [record(words={"note": [PRIVATE]})],
        [record(answers={"systems": f"My {PRIVATE}"})],
        [record(times={f"words.{PRIVATE} me": "2026-01-01T00:00:00Z"})],
        [record(begun=PRIVATE)],
        {PRIVATE: PRIVATE},
        PRIVATE,
        None,
    ],
)
def test_a_refusal_quotes_nothing(records):
    with pytest.raises(JournalError) as caught:
        read_entries(records)
    assert PRIVATE not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "Nothing was changed; please choose a file" in str(caught.value)


# Folding


def test_two_tabs_that_changed_one_moment_are_both_shown():
    first = make_entry(answers={"systems": "numb"}, words={"note": "a"}, setting="home")
    same = {"id": first.id, "parent": first.version}
    tab = make_entry(**same, changed=later(5), words={"note": "b", "noticed": "c"})
    other = make_entry(**same, changed=later(9), answers={"systems": {"drive": 2.0}})
    [shown] = fold([tab, other, first])
    assert shown.words == {"note": "b", "noticed": "c"}
    assert shown.answers == {"systems": {"drive": 2.0}}
    assert shown.setting == "home"


def test_a_fields_own_time_counts_before_its_versions():
    first = make_entry(words={"note": "late"}, times={"words.note": later(10)}, changed=later(10))
    second = make_entry(
        id=first.id,
        words={"note": "early", "noticed": "x"},
        times={"words.note": later(3), "words.noticed": later(12)},
        changed=later(12),
    )
    [shown] = fold([second, first])
    assert shown.words == {"note": "late", "noticed": "x"}


def test_an_answer_that_was_taken_back_stays_taken_back():
    first = make_entry(answers={"systems": "numb"}, setting="home", words={"note": "a"})
    second = make_entry(
        id=first.id,
        changed=later(1),
        answers={"systems": None},
        words={"note": ""},
        setting=None,
        times={"setting": later(1)},
    )
    [shown] = fold([second, first])
    assert (shown.answers, shown.words, shown.setting) == ({"systems": None}, {"note": ""}, None)


def test_of_two_changes_at_one_time_every_reader_shows_the_same():
    one = make_entry(version=UUID(int=0), words={"note": "one"})
    two = make_entry(id=one.id, version=UUID(int=2**128 - 1), words={"note": "two"})
    assert fold([one, two])[0].words == fold([two, one])[0].words == {"note": "two"}


def test_moments_are_shown_in_the_order_in_which_they_were_begun():
    noon, dawn = make_entry(begun=later(180)), make_entry(begun=later(-180))
    assert fold([noon, dawn]) == fold([dawn, noon])
    assert [entry.id for entry in fold([noon, dawn])] == [dawn.id, noon.id]


def test_nothing_folds_to_nothing():
    assert fold([]) == ()


@settings(max_examples=60)
@given(colliding_versions.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_the_versions_changes_nothing(orders):
    one, other = orders
    assert fold(one) == fold(other)


@settings(max_examples=60)
@given(colliding_versions)
def test_folding_again_changes_nothing(versions):
    once = fold(versions)
    assert fold(once) == once


@settings(max_examples=60)
@given(colliding_versions)
def test_of_every_field_the_latest_change_is_shown_and_no_field_is_lost(versions):
    shown = {entry.id: entry for entry in fold(versions)}
    assert shown.keys() == {version.id for version in versions}
    for moment in shown.values():
        mine = [version for version in versions if version.id == moment.id]
        for group in ("answers", "words"):
            asked = {question for version in mine for question in getattr(version, group)}
            assert getattr(moment, group).keys() == asked
            for question in asked:
                name = f"{group}.{question}"
                latest = max(
                    (version for version in mine if question in getattr(version, group)),
                    key=lambda one: (
                        one.times.get(name, one.changed),
                        one.changed,
                        str(one.version),
                    ),
                )
                assert getattr(moment, group)[question] == getattr(latest, group)[question]


@settings(max_examples=60)
@given(colliding_versions)
def test_folding_leaves_the_versions_alone(versions):
    before = [version.model_dump_json() for version in versions]
    fold(versions)
    assert [version.model_dump_json() for version in versions] == before


def test_the_first_time_of_all_is_a_time_like_any_other():
    begun = datetime(1970, 1, 1, tzinfo=UTC)
    assert fold([make_entry(begun=begun, setting="home")])[0].setting == "home"
