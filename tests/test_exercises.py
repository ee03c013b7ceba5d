from __future__ import annotations

import shutil

import pytest

from workshop_kit import shelf
from workshop_kit.exercises import (
    GATHERED,
    exercise_ids,
    journey,
    load_exercise,
    read_exercise,
)
from workshop_kit.shelf import CONTENT
from workshop_kit.yaml_files import ContentError


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course's own copy of the English content, which a test may change."""
    shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path / "content")
    shelf.forget()
    yield tmp_path / "content" / "en"
    shelf.forget()


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path, text):
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(number for number, line in enumerate(lines, 1) if text in line)


def test_every_content_file_is_a_page_of_the_journey():
    assert {exercise.id for exercise in journey()} == {*exercise_ids()}


def test_the_journey_goes_by_number_and_no_number_is_used_twice():
    numbers = [exercise.number for exercise in journey()]
    assert numbers == sorted(set(numbers))


def test_the_first_page_is_welcome():
    assert journey()[0].name == "00_welcome"


def test_an_unknown_exercise_is_answered_with_those_there_are():
    with pytest.raises(LookupError, match="'ariving'; there are: arriving, catch"):
        load_exercise("ariving")


@pytest.mark.parametrize("name", ["shared", "support", "../en/arriving", "/etc/hostname"])
def test_only_an_exercise_is_loaded(name):
    with pytest.raises(LookupError, match="there is no exercise"):
        load_exercise(name)


def test_an_unknown_part_is_answered_with_those_there_are():
    with pytest.raises(LookupError, match=r"'arriving' has no part 'sytems'.*systems, setting"):
        load_exercise("arriving").part("sytems")


def test_a_part_without_a_kind_is_prose():
    assert load_exercise("arriving").part("opening").kind == "prose"


def test_an_exercise_cannot_be_changed_in_passing():
    with pytest.raises(ValueError, match="frozen"):
        load_exercise("arriving").title = "Leaving"


def test_a_course_adds_an_exercise_with_one_file(course):
    text = (course / "arriving.yaml").read_text(encoding="utf-8")
    text = text.replace("id: arriving", "id: leaving").replace("number: 1\n", "number: 13\n")
    (course / "leaving.yaml").write_text(text, encoding="utf-8")
    ids = [exercise.id for exercise in journey()]
    assert (ids[0], ids[-1], len(ids)) == ("welcome", "leaving", 14)


def test_an_id_unlike_its_file_is_told_at_its_line(course):
    path = (course / "arriving.yaml").rename(course / "arrive.yaml")
    with pytest.raises(ContentError) as caught:
        load_exercise("arrive")
    line = line_of(path, "id: arriving")
    assert str(caught.value) == (
        f"{path}:{line}: the id is 'arriving' but the file is 'arrive.yaml'; make them the same"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  - id: onward\n", "  - id: note\n", "the part 'note' stands here twice"),
        ("      - id: note\n", "      - id: noticed\n", "the prompt 'noticed' stands here twice"),
        ("      - id: cant_tell\n", "      - id: drive\n", "the choice 'drive' stands here twice"),
    ],
    ids=["part", "prompt", "choice"],
)
def test_an_id_that_stands_twice_is_told_at_its_second_line(course, old, new, sentence):
    path = course / "arriving.yaml"
    change(path, old, new)
    with pytest.raises(ContentError) as caught:
        load_exercise("arriving")
    [fault] = caught.value.faults
    line = line_of(path, "asks:" if "prompt" in sentence else new.strip())
    assert (fault.line, fault.what) == (line, f"{sentence}; give each its own id")


GATHERING = """\
id: gathering
number: 13
version: 1
title: Gathering
minutes: 5
summary: A part of several answers, and parts of one.
parts:
  - id: here
    kind: KIND
    prompt:
      id: here_letter
  - id: hereabouts
    text: Words to read.
  - id: note
    kind: words
    prompts:
      - id: here
        label: A note
  - id: bridge
    kind: bridge
    asks: [noticed]
  - id: letter
    kind: letter
    prompt:
      id: letter_text
"""


def taken(tmp_path, kind, old="", new=""):
    """The faults of a page about ids that a part would take for its own."""
    path = tmp_path / "gathering.yaml"
    assert GATHERING.count(old) == 1 or not old
    path.write_text(GATHERING.replace(old, new).replace("KIND", kind), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_exercise(path)
    said = [(fault.line, fault.what) for fault in caught.value.faults]
    return [(line, what) for line, what in said if "begins with" in what]


@pytest.mark.parametrize("kind", GATHERED)
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  - id: hereabouts", "  - id: here_abouts", 12),
        ("      - id: here\n", "      - id: here_note\n", 17),
        ("[noticed]", "\n    - here_noticed", 22),
        ("id: letter_text", "id: here_text", 25),
    ],
    ids=["part", "prompt", "ask", "letter"],
)
def test_an_id_that_a_part_of_several_answers_would_take_for_its_own_is_told(
    tmp_path, kind, old, new, line
):
    [(at, what)] = taken(tmp_path, kind, old, new)
    assert at == line
    assert what.endswith(
        "' begins with 'here_', under which the part 'here' keeps its answers; "
        "give it an id that begins otherwise"
    )


@pytest.mark.parametrize("kind", [*GATHERED, "[acts]"])
def test_an_id_that_only_resembles_a_part_of_several_answers_is_left_alone(tmp_path, kind):
    assert taken(tmp_path, kind) == []


def test_a_part_of_one_answer_takes_no_other_id_for_its_own(tmp_path):
    assert taken(tmp_path, "choice", "  - id: hereabouts", "  - id: here_abouts") == []


def test_a_letter_that_would_be_kept_where_a_note_is_is_told(course):
    path = course / "arriving.yaml"
    letter = "  - id: letter\n    kind: letter\n    text: To me.\n    legend: A letter\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{letter}    prompt: {{id: note, label: Dear me}}\n")
    with pytest.raises(ContentError, match="the prompt 'note' stands here twice"):
        load_exercise("arriving")


@pytest.mark.parametrize(
    ("pools", "sentence"),
    [
        ("[note]", "'note' cannot be pooled; those here that can: systems, opened_from"),
        ("[sytems]", "'sytems' cannot be pooled; those here that can: systems, opened_from"),
        ("[systems, systems]", "'systems' stands here twice; once is enough"),
    ],
    ids=["words", "unknown", "twice"],
)
def test_only_numbers_and_choices_can_be_pooled(course, pools, sentence):
    path = course / "arriving.yaml"
    change(path, "pools: [systems]", f"pools: {pools}")
    with pytest.raises(ContentError) as caught:
        load_exercise("arriving")
    [fault] = caught.value.faults
    assert (fault.line, fault.what) == (line_of(path, "pools:"), sentence)


def test_one_file_is_read_wherever_it_is(course):
    path = course.parent / "arriving.yaml"
    shutil.copy(course / "arriving.yaml", path)
    change(path, "title: Arriving", "title: Here")
    assert read_exercise(path).title == "Here"


def test_faults_in_several_files_are_told_at_once(course):
    change(course / "arriving.yaml", "minutes: 10", "minutes: soon")
    change(course / "arriving.yaml", "  - id: onward\n", "  - id: note\n")
    change(course / "welcome.yaml", "title: Welcome", "titel: Welcome")
    with pytest.raises(ContentError) as caught:
        journey()
    faults = [(fault.file.stem, fault.what.split(";")[0]) for fault in caught.value.faults]
    assert faults == [
        ("arriving", "'minutes' should be a whole number"),
        ("arriving", "the part 'note' stands here twice"),
        ("welcome", "'title' is missing"),
        ("welcome", "'titel' is not known here"),
    ]


def test_no_two_questions_of_a_page_are_kept_in_one_place():
    for exercise in journey():
        kept = [prompt.id for part in exercise.parts for prompt in getattr(part, "prompts", ())]
        kept += [ask for part in exercise.parts for ask in getattr(part, "asks", ())]
        kept += [part.prompt.id for part in exercise.parts if part.kind == "letter"]
        assert len(kept) == len(set(kept)), exercise.id
