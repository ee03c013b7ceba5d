"""Content files in layers: a language over English, a course over the workshop, text by text."""

from __future__ import annotations

import pytest

from workshop_kit import shelf
from workshop_kit.exercises import exercise_ids, load_exercise
from workshop_kit.wording import load_wording
from workshop_kit.yaml_files import ContentError

NEW = """\
id: rain
number: 20
version: 1
title: Rain
minutes: 5
summary: What the weather does.
parts:
  - id: opening
    text: Look outside, if you like.
  - id: note
    kind: words
    text: Write if you like.
    prompts:
      - {id: note, label: A note}
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Write files of a course, by their names below its content folder."""
    monkeypatch.setenv(shelf.COURSE, str(tmp_path))
    shelf.forget()

    def write(name, text):
        path = tmp_path / shelf.FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        shelf.forget()
        return path

    yield write
    monkeypatch.undo()
    shelf.forget()


def test_a_course_says_one_thing_otherwise_and_the_rest_stays(course):
    before = load_wording().pause
    course("en/shared.yaml", "pause:\n  title: Stop here\n")
    after = load_wording().pause
    assert after.title == "Stop here"
    assert after == before.model_copy(update={"title": "Stop here"})


def test_a_language_falls_back_to_english_text_by_text_and_never_to_a_blank(course):
    course("cy/shared.yaml", "language: {tag: cy, name: Cymraeg}\npause: {title: Saib, back: ''}\n")
    assert "cy" in shelf.languages()
    welsh, english = load_wording("cy"), load_wording("en")
    assert (welsh.language.tag, welsh.language.choose) == ("cy", english.language.choose)
    assert (welsh.pause.title, welsh.pause.back) == ("Saib", english.pause.back)
    assert load_exercise("arriving", "cy") == load_exercise("arriving", "en")


def test_what_a_process_speaks_is_said_by_its_environment(course, monkeypatch):
    course("cy/shared.yaml", "language: {tag: cy, name: Cymraeg}\n")
    monkeypatch.setenv(shelf.LANGUAGE, "cy")
    assert load_wording().language.name == "Cymraeg"
    monkeypatch.setenv(shelf.LANGUAGE, "nowhere")
    assert load_wording().language.name == "English"


def test_items_are_found_by_their_id_and_a_new_one_follows_the_one_before_it(course):
    course(
        "en/arriving.yaml",
        "parts:\n"
        "  - {id: door, text: Another door.}\n"
        "  - {id: rain, text: It may be raining.}\n"
        "  - id: opened_from\n"
        "    choices:\n"
        "      - {id: drive, label: To get on}\n",
    )
    arriving = load_exercise("arriving")
    names = [part.id for part in arriving.parts]
    assert names[1:4] == ["door", "rain", "senses"]
    assert arriving.part("door").kind == "door"
    labels = {one.id: one.label for one in arriving.part("opened_from").choices}
    assert labels["drive"] == "To get on"
    assert labels["numb"] == "None that I can feel"


def test_a_part_of_another_kind_takes_the_place_of_the_one_below(course):
    course("en/arriving.yaml", "parts:\n  - {id: setting, kind: prose, text: Not asked here.}\n")
    assert load_exercise("arriving").part("setting").kind == "prose"


def test_a_list_without_ids_is_taken_as_it_stands_above(course):
    course("en/shared.yaml", "pause:\n  text: [Only this.]\n")
    assert load_wording().pause.text == ("Only this.",)


def test_a_courses_own_exercise_is_one_of_all(course):
    course("en/rain.yaml", NEW)
    assert "rain" in exercise_ids()
    assert load_exercise("rain", "de").title == "Rain"


def test_a_fault_is_told_in_the_file_that_has_it(course):
    path = course("en/arriving.yaml", "parts:\n  - id: door\n    kind: window\n    text: So\n")
    with pytest.raises(ContentError) as caught:
        load_exercise("arriving")
    [told] = caught.value.faults
    assert (told.file, told.line) == (path, 3)
    assert "the kind 'window' is not known" in told.what


def test_a_file_is_read_with_those_below_it_where_it_lies_in_a_content_folder(course, tmp_path):
    path = course("en/shared.yaml", "pause:\n  title: Stop here\n")
    assert shelf.layers_of(path) == [shelf.CONTENT / "en" / "shared.yaml", path]
    alone = tmp_path / "shared.yaml"
    assert shelf.layers_of(alone) == [alone]
