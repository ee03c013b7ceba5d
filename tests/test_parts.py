from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from workshop_kit.exercises import journey, load_exercise
from workshop_kit.notebooks import compose
from workshop_kit.parts import Part
from workshop_kit.wording import load_wording

PARTS = TypeAdapter(Part)
TWO = [{"id": "one", "label": "One"}, {"id": "two", "label": "Two"}]


def part(**fields):
    return PARTS.validate_python({"id": "some", "text": "## Some", **fields})


def stems(label):
    return part(
        kind="stems",
        legend="Sentences",
        stems=[{"id": "rest", "label": label}],
        marks_legend="What for?",
        marks=TWO,
        second="Another way",
    )


def prose_of(exercise, part_id):
    cells = compose(load_exercise(exercise)).cells
    [cell] = [one for one in cells if one.id == f"words-{part_id}"]
    return cell.source


def test_what_is_there_to_be_read_has_no_control_and_keeps_nothing():
    assert not part(kind="example").has_control
    assert not part(kind="prose").keeps


def test_a_pause_and_a_sitting_have_controls_and_keep_nothing():
    for exercise, part_id in (("staying", "pause"), ("small_thing", "twice")):
        found = load_exercise(exercise).part(part_id)
        assert found.has_control
        assert not found.keeps


def test_a_bridge_that_is_not_written_is_there_to_be_read():
    bridge = part(kind="bridge", asks=["noticed"], written=False)
    assert (bridge.has_control, bridge.keeps) == (False, False)
    assert part(kind="bridge", asks=["noticed"]).keeps


def test_a_bridge_that_is_not_written_lists_its_questions_in_the_prose():
    asked = load_wording().bridge
    prose = prose_of("small_thing", "bridge")
    assert prose.endswith(f"- {asked['noticed']}\n- {asked['remember']}")


def test_a_bridge_to_work_asks_to_leave_out_who_it_was():
    line = load_wording().privacy["no_identity"]
    assert prose_of("moves", "bridge").endswith(line)
    assert line not in prose_of("staying", "bridge")


def test_only_what_a_trainee_keeps_asks_for_work():
    for exercise in journey():
        for one in exercise.parts:
            if one.kind == "bridge":
                theirs = exercise.id in {"small_thing", "staying", "coming_home"}
                assert ("work" in one.asks) != theirs, exercise.id


def test_what_a_control_is_given_holds_all_but_the_prose():
    said = load_exercise("weight").part("weights").said()
    assert said.keys() == {"id", "kind", "legend", "bins", "items", "own"}
    assert said["bins"][0] == {"id": "mine", "label": "Mine to carry for now"}


def test_a_stem_has_a_gap_to_write_in():
    assert stems("I rest so that …").stems[0].id == "rest"
    with pytest.raises(
        ValidationError, match="the stem 'rest' has no gap; write '…' where one goes on"
    ):
        stems("I rest so that")


def test_a_bank_is_made_of_the_prompts_of_its_own_part():
    assert part(kind="words", prompts=TWO, bank=["two"]).bank == ("two",)
    with pytest.raises(ValidationError, match="'three' is no prompt here; choose from one, two"):
        part(kind="words", prompts=TWO, bank=["three"])


def test_the_points_of_a_plane_stand_for_prompts_of_the_same_page():
    tone = load_exercise("tone")
    prompts = {prompt.id for prompt in tone.part("phrases").prompts}
    assert {phrase.id for phrase in tone.part("plane").phrases} <= prompts
