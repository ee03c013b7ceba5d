from __future__ import annotations

import pytest
from making import a_lock, make_entry, sealed

from workshop_kit.entries import JournalError
from workshop_kit.stored import Sealed, read_deleted, read_lock, read_stored

RECORD = make_entry(words={"note": "quokka"}).model_dump(mode="json")


def test_plain_and_sealed_versions_are_read():
    [plain], [shut] = read_stored([RECORD]), read_stored([sealed(RECORD)])
    assert plain.model_dump(mode="json") == RECORD
    assert isinstance(shut, Sealed)
    assert shut.model_dump(mode="json") == sealed(RECORD)
    assert read_stored([]) == ()


@pytest.mark.parametrize(
    "records",
    [
        [RECORD, sealed(RECORD)],
        [sealed(RECORD) | {"words": {"note": "quokka"}}],
        [sealed(RECORD) | {"sealed": "a quokka!"}],
        [sealed(RECORD) | {"sealed": ""}],
        [sealed(RECORD) | {"id": "quokka"}],
        [{"sealed": "c2VhbGVk"}],
        {"sealed": "c2VhbGVk"},
        "quokka",
        None,
    ],
)
def test_anything_else_is_refused_and_not_quoted(records):
    with pytest.raises(JournalError, match="not a journal that can be read") as caught:
        read_stored(records)
    assert "quokka" not in str(caught.value)


def test_a_lock_is_read_and_written_as_it_was():
    assert read_lock(a_lock()).model_dump(mode="json") == a_lock()
    assert read_lock(None) is None


@pytest.mark.parametrize("bound", [{"n": 2**14}, {"n": 2**17}, {"p": 1}, {"p": 4}])
def test_a_lock_may_cost_what_is_bearable(bound):
    assert read_lock(a_lock(**bound)).kdf.r == 8


@pytest.mark.parametrize(
    "bound",
    [
        *({"n": n} for n in (0, 1, -(2**15), 2**13, 2**18, 2**60, 40_000, "32768", 2.5)),
        *({"r": r} for r in (0, 7, 1024)),
        *({"p": p} for p in (0, -1, 5, 10**9)),
        {"name": "argon2"},
        {"salt": "no base 64"},
        {"salt": None},
        {"more": 1},
    ],
)
def test_a_lock_that_would_cost_more_or_is_of_another_kind_is_refused(bound):
    with pytest.raises(JournalError, match="not a journal that can be read"):
        read_lock(a_lock(**bound))


@pytest.mark.parametrize("record", ["quokka", [], {}, {"kdf": {}}, a_lock() | {"data": "AAAA"}])
def test_what_is_no_lock_is_refused(record):
    with pytest.raises(JournalError):
        read_lock(record)


def test_deletions_are_read_and_nothing_else():
    at = "2026-03-02T09:30:00.000Z"
    [gone] = read_deleted([{"id": RECORD["id"], "at": at}])
    assert gone.model_dump(mode="json") == {"id": RECORD["id"], "at": at}
    for records in ([{"id": RECORD["id"]}], [{"id": "quokka", "at": at}], "quokka", None):
        with pytest.raises(JournalError):
            read_deleted(records)
