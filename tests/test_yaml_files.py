from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_kit.exercises import Exercise
from workshop_kit.yaml_files import ContentError, read

PAGE = """\
id: two_chairs
number: 4
version: 1
title: Two chairs
minutes: 10
summary: A short one.
parts:
  - id: opening
    text: |
      Sit where you like.
      Then sit in the other one.
  - id: which
    kind: choice
    text: Which chair?
    legend: Which one?
    choices:
      - id: near
        label: The near one
      - id: far
        label: The far one
"""


@pytest.fixture
def page(tmp_path):
    return tmp_path / "two_chairs.yaml"


def faults_of(path):
    with pytest.raises(ContentError) as caught:
        read(path, Exercise)
    return caught.value.faults


def test_a_right_file_is_read(page):
    page.write_text(PAGE, encoding="utf-8")
    exercise = read(page, Exercise)
    assert exercise.part("opening").text == "Sit where you like.\nThen sit in the other one.\n"
    assert [choice.id for choice in exercise.part("which").choices] == ["near", "far"]


FAULTS = {
    "indented too little": ("    legend: Which", "   legend: Which", 15, "check the indentation"),
    "indented too much": ("title:", "  title:", 4, "check the indentation"),
    "text out of its block": ("      Then sit", "    Then sit", 11, "check the indentation"),
    "indented with a tab": ("    legend: Which", "\tlegend: Which", 15, "check the indentation"),
    "a colon too many": ("Two chairs", "Two: chairs", 4, "colons"),
    "a quote left open": ("Two chairs", '"Two chairs', 4, "quotes"),
    "a character that is not text": ("sit in", "sit \x07 in", 11, "remove it"),
    "an unknown key": ("    legend:", "    lengend:", 15, "check its spelling"),
    "an unknown kind": ("kind: choice", "kind: choise", 13, "choose one of prose, example"),
    "a missing field": ("    legend: Which one?\n", "", 12, "add a line 'legend: …'"),
    "a missing first field": ("title: Two chairs\n", "", 1, "add a line 'title: …'"),
    "an empty text": ("text: Which chair?", "text:", 14, "write something there"),
    "an empty text in quotes": ("title: Two chairs", 'title: ""', 4, "write something there"),
    "a list for a text": ("title: Two chairs", "title: [Two]", 4, "write them after a colon"),
    "a text for a list": ("parts:\n", "parts: one\nmore:\n", 7, "begin each item with '- '"),
    "a key written twice": ("minutes: 10", "minutes: 10\nminutes: 5", 6, "keep one of them"),
    "a bad id": ("id: which", "id: Which-One", 12, "write it like 'two_chairs'"),
    "a bad id of a choice": ("id: far", "id: 2far", 19, "write it like 'two_chairs'"),
    "an id that is too long": ("id: far", f"id: {'f' * 65}", 19, "no more than 64"),
    "a number in words": ("minutes: 10", "minutes: ten", 5, "write it like 5"),
    "a number too small": ("minutes: 10", "minutes: 0", 5, "greater than or equal to 1"),
    "a lone choice": ("      - id: far\n        label: The far one\n", "", 16, "at least 2"),
    "a part that is only words": (
        "  - id: which\n",
        "  - which\n  - id: which\n",
        12,
        "'name: words'",
    ),
    "an address that is unknown": ("title: Two", "title: *two", 4, "not YAML"),
    "a key that is a list": ("title: Two chairs", "? [a, b]\n: Two", 4, "not YAML"),
    "a part inside itself": ("parts:\n", "parts: &parts\n  - *parts\n", 7, "not YAML"),
}


@pytest.mark.parametrize(("old", "new", "line", "cure"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_the_file_the_line_and_the_cure(page, old, new, line, cure):
    assert PAGE.count(old) == 1
    page.write_text(PAGE.replace(old, new), encoding="utf-8")
    said = [str(fault) for fault in faults_of(page)]
    [at_the_line] = [fault for fault in said if fault.startswith(f"{page}:{line}: ")]
    assert cure in at_the_line


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title: Two chairs\n", "", (1, "'title' is missing; add a line 'title: …'")),
        ("        label: The far one\n", "", (19, "'label' is missing; add a line 'label: …'")),
        (
            "minutes: 10\n",
            "minutes: 10\nminutes: 5\n",
            (6, "'minutes' stands here twice; keep one of them"),
        ),
    ],
    ids=["a field", "one of two choices", "a key"],
)
def test_a_fault_is_told_once_and_alone(page, old, new, fault):
    page.write_text(PAGE.replace(old, new), encoding="utf-8")
    assert [(one.line, one.what) for one in faults_of(page)] == [fault]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(page):
    text = PAGE.replace("version: 1", "version: one").replace("title:", "titel:")
    text = text.replace("minutes: 10", "minutes: 10\nminutes: 5").replace("kind: choice", "kind: x")
    page.write_text(text, encoding="utf-8")
    assert [fault.line for fault in faults_of(page)] == [1, 3, 4, 6, 14]


def test_a_file_that_is_not_utf_8_is_told_with_its_line(page):
    page.write_bytes(PAGE.replace("Sit where", "Café where").encode("latin-1"))
    [fault] = faults_of(page)
    assert fault.line == 10
    assert "save the file with the encoding UTF-8" in fault.what


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- a\n- list\n", "words"])
def test_a_file_without_names_is_told_what_to_hold(page, text):
    page.write_text(text, encoding="utf-8")
    [fault] = faults_of(page)
    assert "'name: words'" in fault.what


def test_a_file_that_is_not_there_is_told_in_a_sentence(page):
    [fault] = faults_of(page)
    assert "check that it is there" in fault.what


@pytest.mark.parametrize("title", ["yes", "No", "7", "2026-13-45", "null", "~", "1e3"])
def test_words_stay_words_whatever_yaml_makes_of_them(page, title):
    page.write_text(PAGE.replace("Two chairs", title), encoding="utf-8")
    assert read(page, Exercise).title == title


def test_a_tag_builds_nothing(page):
    page.write_text(PAGE.replace("Two chairs", "!!python/name:os.system x"), encoding="utf-8")
    assert read(page, Exercise).title == "x"


def test_brackets_without_end_are_told_in_a_sentence(page):
    page.write_text("[" * 5000, encoding="utf-8")
    [fault] = faults_of(page)
    assert "brackets" in fault.what


@given(
    cut=st.integers(0, len(PAGE)),
    put=st.text(max_size=5) | st.sampled_from(list("[]{}&*!|>%@`'\"#-?:")),
)
def test_no_slip_of_the_keyboard_brings_another_error(tmp_path_factory, cut, put):
    path = tmp_path_factory.getbasetemp() / "slip.yaml"
    path.write_text(PAGE[:cut] + put + PAGE[cut:], encoding="utf-8")
    try:
        assert isinstance(read(path, Exercise), Exercise)
    except ContentError as error:
        faults = error.faults
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert {fault.line for fault in faults} <= set(range(1, lines + 2))
