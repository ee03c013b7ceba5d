from __future__ import annotations

from workshop_kit.systems import INSTEAD, LEAST, MOST, SYSTEMS
from workshop_kit.wording import load_wording


def test_the_three_systems_have_one_order():
    assert SYSTEMS == ("threat", "drive", "soothing")
    assert tuple(load_wording().systems) == SYSTEMS


def test_sizes_go_from_nothing_to_ten():
    assert (LEAST, MOST) == (0, 10)


def test_every_answer_in_place_of_sizes_has_words():
    assert len(INSTEAD) == 3
    assert all(getattr(load_wording().sizes, answer) for answer in INSTEAD)
