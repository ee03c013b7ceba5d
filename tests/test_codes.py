from __future__ import annotations

import time

import pytest

from workshop_kit.codes import (
    CODE_LASTS,
    LENGTH,
    SIGNS,
    Guesses,
    hashed,
    new_code,
    new_key,
    read_code,
    slip,
    slowly_hashed,
)


@pytest.fixture
def clock():
    return [1000.0]


@pytest.fixture
def guesses(clock):
    return Guesses(lambda: clock[0])


def test_a_code_has_no_sign_that_looks_like_another():
    assert len(SIGNS) == len(set(SIGNS)) == 24
    for alike in ("0OQ", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(SIGNS)) <= 1, alike


def test_codes_differ_and_use_every_sign():
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert set("".join(made)) == {*SIGNS, "-"}


@pytest.mark.parametrize(
    "typed", ["ACDE-FGHJ", "acde fghj", " ACDEFGHJ\n", "a c d e f g h j", "acde\N{EN DASH}fghj"]
)
def test_a_code_is_read_however_it_was_written(typed):
    assert read_code(typed) == "ACDE-FGHJ"


@pytest.mark.parametrize(
    "typed",
    ["", "ACDE", "ACDE-FGHJK", "ACDE-FGH0", "ACDE-FGHI", "A" * 9999, "<script>", "\udc80" * 8],
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None


def test_guessing_is_hopeless_while_a_code_lasts(guesses, clock):
    end, tried = clock[0] + CODE_LASTS, 0
    while clock[0] < end:
        wait = guesses.wait("here")
        clock[0] += wait
        if not wait:
            guesses.wrong("here")
            tried += 1
    assert tried < 4400
    assert tried / len(SIGNS) ** LENGTH < 1 / 25_000_000


def test_somebody_who_mistypes_is_not_slowed(guesses):
    for _ in range(Guesses.FREE - 1):
        guesses.wrong("here")
        assert guesses.wait("here") == 0


def test_one_source_does_not_slow_another_and_is_forgiven(guesses, clock):
    for _ in range(Guesses.FREE + 5):
        guesses.wrong("here")
    assert guesses.wait("here") == 60
    assert guesses.wait("there") == 0
    clock[0] += 60
    assert guesses.wait("here") == 0


def test_sources_are_not_remembered_for_ever(guesses, clock):
    for number in range(Guesses._MANY):
        guesses.wrong(str(number))
    clock[0] += 60
    guesses.wrong("one more")
    assert len(guesses._forgiven) == 1


def test_a_code_is_kept_so_slowly_that_trying_all_of_them_is_hopeless():
    begun = time.perf_counter()
    slow = slowly_hashed("ACDE-FGHJ", "salt")
    took = time.perf_counter() - begun
    years = took * len(SIGNS) ** LENGTH / (365 * 24 * 3600)
    assert years > 50
    assert slow != slowly_hashed("ACDE-FGHJ", "another")
    assert slow == slowly_hashed("ACDE-FGHJ", "salt")


def test_a_key_is_kept_as_a_hash_and_a_slip_leads_to_no_key_and_no_other_slip():
    key = new_key()
    assert len(key) > 40
    kept = {hashed(key), *(slip(key, "session", one) for one in ("arriving", "moves"))}
    assert len(kept | {slip(key, "another", "arriving")}) == 4
    assert all(key not in one for one in kept)
