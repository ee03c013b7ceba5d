from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from making import SAYINGS, any_contents, colliding_contents, make_entry

from workshop_kit.entries import Entry, JournalError, fold
from workshop_kit.journal_file import (
    MOST_BYTES,
    Contents,
    from_journal,
    join,
    read_journal,
    to_journal,
    write_journal,
)

PRIVATE = "quokka"  # in no sentence of ours
EMPTY = '{"format": "workshop-kit/journal", "version": 1, "entries": []}'


def record(**fields):
    """One entry as it stands in a file."""
    return {**make_entry().model_dump(mode="json"), **fields}


ONE = json.dumps(record())


# To a file and back


@settings(max_examples=60)
@given(any_contents)
def test_a_journal_with_deletions_comes_back_as_it_was_written(contents):
    assert read_journal(write_journal(contents)) == contents


@pytest.mark.parametrize("words", SAYINGS)
def test_words_come_back_through_a_file_on_a_disk(tmp_path, words):
    path = tmp_path / "journal.json"
    path.write_text(to_journal([make_entry(words={"note": words})]), encoding="utf-8")
    [entry] = from_journal(path.read_text(encoding="utf-8"))
    assert entry.words == {"note": words}


def test_a_file_can_be_read_by_eye():
    text = to_journal([make_entry(words={"note": "Grüße 🫖"})])
    assert '"note": "Grüße 🫖"' in text
    assert text.endswith("}\n")


@settings(max_examples=60)
@given(any_contents)
def test_writing_twice_writes_the_same(contents):
    text = write_journal(contents)
    assert write_journal(read_journal(text)) == text


def test_versions_alone_can_be_written_and_read():
    entry = make_entry(words={"note": "a"})
    assert from_journal(to_journal([entry])) == (entry,)
    assert read_journal(to_journal([entry])) == Contents((entry,))


# What is refused


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "it is not whole JSON"),
        (EMPTY[:-1], "it is not whole JSON"),
        ("[" * 100_000, "it is not whole JSON"),
        ("[]", "not a journal of this workshop"),
        ("{}", "not a journal of this workshop"),
        (EMPTY.replace("journal", "diary"), "not a journal of this workshop"),
        (EMPTY.replace("1", "2"), "a newer version of this workshop.*please update"),
        (EMPTY.replace("1", "0"), "does not say which version"),
        (EMPTY.replace("1", '"one"'), "does not say which version"),
        (EMPTY.replace("[]", "null"), r"can be read \(its list of entries\)"),
        (EMPTY.replace("[]", "[{}]"), r"can be read \(entry 1, id\)"),
        (EMPTY.replace("[]", '[], "deleted": [0]'), r"can be read \(deletion 1\)"),
        (EMPTY.replace("[]", '[], "deleted": 0'), r"can be read \(its list of deletions\)"),
        (EMPTY.replace("[]", f'[], "{PRIVATE}": 0'), r"can be read \(something it holds besides\)"),
        (EMPTY.replace("[]", f"[{ONE}, {ONE}]"), r"\(two of its entries have one name\)"),
        (EMPTY.replace('"entries": []', '"locked": {}'), "is locked with a passphrase"),
        (EMPTY.encode("utf-16"), "not text in UTF-8"),
        (b" " * (MOST_BYTES + 1), "larger than any journal"),
    ],
)
def test_another_file_is_refused_with_what_is_wrong(source, sentence):
    assert from_journal(EMPTY) == ()
    with pytest.raises(JournalError, match=sentence) as caught:
        from_journal(source)
    assert "Nothing was changed; please" in str(caught.value)
    assert PRIVATE not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_at_all_is_a_journal_or_refused(text):
    with pytest.raises(JournalError):
        from_journal(text)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.just(PRIVATE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.just(PRIVATE), inner, max_size=3)
    ),
    max_leaves=6,
)
full_record = record(
    parent=str(make_entry().id),
    setting="home",
    answers={"systems": {"threat": 1.0}},
    words={"note": PRIVATE},
    times={"words.note": "2026-01-01T00:00:00Z"},
)


@given(st.sampled_from([*full_record, PRIVATE]), anything)
@example("words", {PRIVATE: "\ud800"})
@example("answers", {"\ud800": 1})
def test_any_change_to_a_record_is_read_or_refused(field, value):
    document = {**json.loads(EMPTY), "entries": [{**full_record, field: value}]}
    try:
        entries = from_journal(json.dumps(document))
    except JournalError as error:
        sentence = str(error)
        assert PRIVATE not in sentence
        assert sentence.isprintable()
    else:
        assert from_journal(to_journal(entries)) == entries


@given(st.data())
def test_any_slip_in_a_file_is_read_or_refused(data):
    text = to_journal([Entry.model_validate(full_record)])
    place = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 20))
    slip = text[:place] + data.draw(st.text(max_size=3)) + text[place + cut :]
    try:
        entries = from_journal(slip)
    except JournalError as error:
        sentence = str(error)
        assert PRIVATE not in sentence
    else:
        assert all(isinstance(entry, Entry) for entry in entries)


# Joining


def ids(contents):
    return {one.id for one in contents.entries}, {one.id for one in contents.deleted}


def shown(contents):
    """What a trainee would see: every moment once, and what is gone."""
    return fold(contents.entries), {one.id: one.at for one in contents.deleted}


@given(colliding_contents)
def test_joining_a_journal_with_itself_changes_nothing(mine):
    assert join(mine, mine) == mine


@given(colliding_contents, colliding_contents)
def test_joining_the_same_journal_twice_changes_nothing(mine, theirs):
    once = join(mine, theirs)
    assert join(once, theirs) == once
    assert join(once, mine) == once


@given(colliding_contents, colliding_contents)
def test_either_way_round_the_same_is_shown(mine, theirs):
    assert shown(join(mine, theirs)) == shown(join(theirs, mine))


@given(colliding_contents, colliding_contents, colliding_contents)
def test_in_whatever_order_three_journals_are_joined_the_same_is_shown(one, two, three):
    assert shown(join(join(one, two), three)) == shown(join(one, join(two, three)))


@given(colliding_contents, colliding_contents)
def test_what_is_deleted_on_either_side_stays_deleted_and_nothing_else_goes(mine, theirs):
    there, gone = ids(join(mine, theirs))
    assert gone == ids(mine)[1] | ids(theirs)[1]
    assert there == (ids(mine)[0] | ids(theirs)[0]) - gone


@given(colliding_contents, colliding_contents)
def test_of_every_version_the_latest_state_is_kept(mine, theirs):
    states = [*mine.entries, *theirs.entries]
    for kept in join(mine, theirs).entries:
        assert kept in states
        assert kept.changed == max(one.changed for one in states if one.version == kept.version)


@given(colliding_contents, colliding_contents)
def test_joining_leaves_both_journals_alone(mine, theirs):
    before = write_journal(mine), write_journal(theirs)
    join(mine, theirs)
    assert (write_journal(mine), write_journal(theirs)) == before
