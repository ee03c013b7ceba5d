"""What a moment was like before, in Python and in the page."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, colliding_versions, make_entry, vectors

from workshop_kit.entries import fold, read_entries
from workshop_kit.history import as_of, taken_back

CASES = vectors("history")
LATER = MORNING + timedelta(hours=1)
some_versions = colliding_versions.filter(bool)


def written(entry):
    return entry.model_dump(mode="json")


def answered(entry):
    """What a moment shows, without what was taken back."""
    answers = {name: one for name, one in entry.answers.items() if one is not None}
    words = {name: one for name, one in entry.words.items() if one}
    return entry.id, entry.setting, answers, words


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_python_goes_back_as_the_vectors_have_it(case):
    versions, version = read_entries(case["versions"]), UUID(case["version"])
    now = datetime.fromisoformat(case["now"])
    assert written(as_of(versions, version)) == case["as_of"]
    assert written(taken_back(versions, version, now, UUID(case["fresh"]))) == case["taken_back"]


def test_the_page_goes_back_as_the_vectors_have_it(page_code):
    told = page_code.call(
        """(versions, version, now, fresh) => ({ as_of: asOf(versions, version),
          taken_back: takenBack(versions, version, Date.parse(now), fresh) })""",
        [(case["versions"], case["version"], case["now"], case["fresh"]) for case in CASES],
    )
    assert [answer["value"] for answer in told] == [
        {"as_of": case["as_of"], "taken_back": case["taken_back"]} for case in CASES
    ]


def test_the_page_goes_back_as_python_does(page_code):
    asked = []

    @settings(max_examples=60, database=None, derandomize=True)
    @given(some_versions, st.data())
    def think_of(versions, data):
        asked.append((versions, data.draw(st.sampled_from(versions)).version))

    think_of()
    fresh = uuid4()
    told = page_code.call(
        """(versions, version, now, fresh) => [fold(versions), asOf(versions, version),
          takenBack(versions, version, Date.parse(now), fresh)]""",
        [
            ([written(one) for one in versions], str(version), LATER.isoformat(), str(fresh))
            for versions, version in asked
        ],
    )
    assert len(told) >= 60
    for (versions, version), answer in zip(asked, told, strict=True):
        ours = [as_of(versions, version), taken_back(versions, version, LATER, fresh)]
        expected = [[written(one) for one in fold(versions)], *map(written, ours)]
        assert json.loads(json.dumps(answer["value"])) == expected


@given(some_versions, st.data())
def test_taking_back_shows_what_was_shown_then_and_keeps_every_version(versions, data):
    version = data.draw(st.sampled_from(versions))
    then = as_of(versions, version.version)
    new = taken_back(versions, version.version, LATER, uuid4())
    [shown] = [one for one in fold([*versions, new]) if one.id == version.id]
    assert answered(shown) == answered(then)
    others = [one for one in fold(versions) if one.id != version.id]
    assert [one for one in fold([*versions, new]) if one.id != version.id] == others


@given(some_versions, st.data())
def test_taking_back_can_be_taken_back(versions, data):
    version = data.draw(st.sampled_from(versions))
    [before] = [one for one in fold(versions) if one.id == version.id]
    new = taken_back(versions, version.version, LATER, uuid4())
    again = taken_back([*versions, new], before.version, LATER, uuid4())
    [shown] = [one for one in fold([*versions, new, again]) if one.id == version.id]
    assert answered(shown) == answered(as_of([*versions, new], before.version))


@given(some_versions)
def test_the_last_version_is_the_present(versions):
    for shown in fold(versions):
        latest = as_of(versions, shown.version)
        later_fields = [at for one in versions for at in one.times.values() if at > shown.changed]
        if not later_fields:
            assert latest == shown


def test_a_version_that_is_not_there_is_said():
    with pytest.raises(KeyError):
        as_of([make_entry()], uuid4())
