from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import ASKED, Room, expect_nobody_seen, play, sessions

from workshop_kit import parts
from workshop_kit.exercises import POOLED, journey, load_exercise
from workshop_kit.pooling import (
    _ASKED,
    FEWEST,
    ContributionError,
    Question,
    checked,
    pool,
    questions,
    refusal,
)

MOOD = Question(id="mood", about="", bins=("low", "middling", "high"))


class OnPaper(Room):
    """The rules alone, without a place to keep anything."""

    def __init__(self, k):
        self.k = k
        self.locked = False
        self.opened = False
        self.names = itertools.count()
        self.waiting = {name: {} for name in ASKED}
        self.spent = set()

    def join(self):
        return None if self.locked else next(self.names)

    def share(self, page, exercise, answers):
        if (page, exercise) in self.spent:
            return None
        self.waiting[exercise][page] = checked(answers, ASKED[exercise])
        return page

    def take_back(self, page, exercise):
        return self.waiting[exercise].pop(page, None)

    def leave(self, page):
        for exercise in ASKED:
            self.take_back(page, exercise)

    def lead(self, act):
        if act == "recount":
            if self.spent:
                return None
            for waiting in self.waiting.values():
                waiting.clear()
        self.locked = act == "lock"
        return act

    def open(self, exercise):
        waiting = self.waiting[exercise]
        if refusal(len(waiting), self.k, locked=self.locked):
            return None
        picture = pool(list(waiting.values()), ASKED[exercise])
        self.spent |= {(page, exercise) for page in waiting}
        waiting.clear()
        return picture

    def let_go(self, exercise):
        self.waiting[exercise].clear()


def bins(answers, question=MOOD):
    [counts] = pool([{question.id: one} for one in answers], [question]).questions
    return [(*one.ids, one.count) for one in counts.bins]


@given(sessions())
@settings(max_examples=500)
def test_nobody_is_seen_in_any_session(session):
    k, acts = session
    expect_nobody_seen(play(OnPaper(k), acts), k)


@pytest.mark.long
@pytest.mark.timeout(1200)
@given(sessions())
@settings(max_examples=10_000)
def test_nobody_is_seen_in_ten_thousand_sessions(session):
    k, acts = session
    expect_nobody_seen(play(OnPaper(k), acts), k)


def test_the_random_sessions_publish_much_that_could_go_wrong():
    found = {"pictures": 0, "second batches": 0, "joined": 0, "withheld": 0}

    @given(sessions())
    @settings(max_examples=200, derandomize=True, database=None)
    def look(session):
        published = play(OnPaper(session[0]), session[1])
        found["pictures"] += len(published)
        found["second batches"] += len(published) > len({one.exercise for one in published})
        for one in published:
            for counts in one.picture.questions:
                found["withheld"] += not counts.bins
                found["joined"] += any(len(each.ids) > 1 for each in counts.bins)

    look()
    assert min(found.values()) >= 10, found


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((3, 0, 4), [("low", 3), ("middling", 0), ("high", 4)]),
        ((0, 0, 5), [("low", 0), ("middling", 0), ("high", 5)]),
        ((3, 1, 4), [("low", 3), ("middling", "high", 5)]),
        ((1, 2, 3), [("low", "middling", 3), ("high", 3)]),
        ((0, 2, 4), [("low", 0), ("middling", "high", 6)]),
        ((4, 0, 3), [("low", 4), ("middling", 0), ("high", 3)]),
        ((4, 3, 1), [("low", 4), ("middling", "high", 4)]),
        ((2, 0, 6), []),
        ((6, 0, 2), []),
        ((1, 1, 1), []),
    ],
)
def test_a_bin_of_one_or_two_is_joined_with_its_neighbour_or_the_question_withheld(
    chosen, expected
):
    answers = [name for name, count in zip(MOOD.bins, chosen, strict=True) for _ in range(count)]
    assert bins(answers) == expected


@given(st.permutations(["low"] * 3 + ["middling"] * 4 + ["high"]))
def test_a_picture_does_not_tell_in_which_order_people_shared(answers):
    assert bins(answers) == [("low", 3), ("middling", "high", 5)]


@pytest.mark.parametrize("count", range(FEWEST))
def test_a_picture_of_fewer_than_any_session_allows_cannot_be_made(count):
    with pytest.raises(ValueError, match="stands on 3 pages or more"):
        pool([{"mood": "low"}] * count, [MOOD])


@pytest.mark.parametrize(
    ("waiting", "k", "locked", "expected"),
    [
        (9, 5, False, "unlocked"),
        (5, 5, True, None),
        (4, 5, True, "few"),
        (2, 1, True, "few"),
        (2, 0, True, "few"),
        (0, 3, False, "unlocked"),
    ],
)
def test_a_batch_is_opened_only_in_a_locked_room_and_with_enough(waiting, k, locked, expected):
    assert refusal(waiting, k, locked=locked) == expected


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        "low",
        {},
        {"mood": "Low"},
        {"mood": "quokka"},
        {"mood": None},
        {"mood": 1},
        {"mood": ["low"]},
        {"mood": {"low": 1}},
        {"mood": "low", "note": "words"},
        {"temper": "low"},
        {"mood": "low\n"},
        {"mood": "<script>alert(1)</script>"},
    ],
)
def test_what_is_not_of_the_closed_list_is_refused_and_not_quoted(given):
    with pytest.raises(ContributionError) as caught:
        checked(given, [MOOD])
    assert "quokka" not in str(caught.value)
    assert "script" not in str(caught.value)


def test_three_exercises_are_pooled_and_no_other():
    pooled = [exercise.id for exercise in journey() if questions(exercise)]
    assert pooled == ["arriving", "moves", "weight"]


def test_each_kind_that_can_be_pooled_is_one_of_numbers_and_choices():
    assert set(POOLED) == set(_ASKED)
    kinds = {kind for one in get_args(get_args(parts.Part)[0]) for kind in _kinds(one)}
    assert set(POOLED) <= kinds
    assert not set(POOLED) & {"words", "bridge", "stems", "letter"}


def _kinds(part):
    return get_args(part.model_fields["kind"].annotation)


def test_what_is_asked_of_each_exercise():
    asked = {
        exercise.id: {one.about: one.bins for one in questions(exercise)} for exercise in journey()
    }
    sizes, shares = ("none", "small", "medium", "large"), ("none", "some", "most")
    assert asked["arriving"] == dict.fromkeys(("threat", "drive", "soothing"), sizes)
    assert asked["weight"] == dict.fromkeys(("mine", "shared", "service", "not_sure"), shares)
    places = ("threat", "drive", "soothing", "mixture", "cant_tell")
    landed = ("hardly", "partly", "met_me", "cant_say")
    assert asked["moves"] == dict.fromkeys((*places, *(f"landed_{one}" for one in landed)), shares)


def test_one_choice_of_a_course_of_its_own_can_be_pooled():
    arriving = load_exercise("arriving").model_copy(update={"pools": ("opened_from",)})
    [question] = questions(arriving)
    assert question.bins[-2:] == ("cant_tell", "none")
    assert checked({"opened_from": "drive"}, [question]) == {"opened_from": "drive"}
