from __future__ import annotations

import json
import re
import shutil

import nbformat
import pytest

from workshop_kit.checks import MODELS, PathError, check, content_faults
from workshop_kit.cli import main
from workshop_kit.exercises import SHARED_FILES, exercise_ids
from workshop_kit.notebooks import build, folder
from workshop_kit.shelf import CONTENT, languages
from workshop_kit.voice import LIST

COUNT = len(exercise_ids())


@pytest.fixture
def course(tmp_path):
    """A course's own copy of the words and of the notebooks, built from the words as they are."""
    shutil.copytree(CONTENT / "en", tmp_path / "course" / "words")
    shutil.copytree(folder(), tmp_path / "course" / "books")
    build(tmp_path / "course" / "books")
    return tmp_path / "course"


@pytest.fixture
def page(course):
    return course / "words" / "arriving.yaml"


@pytest.fixture
def book(course):
    return course / "books" / "01_arriving.ipynb"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path, text):
    lines = path.read_text(encoding="utf-8").splitlines()
    [line] = [number for number, line in enumerate(lines, 1) if text in line]
    return line


def told(path):
    return [(fault.line, fault.what) for fault in check([path]).faults]


def cells_of(path, edit):
    """Edit the cells of a notebook, and write it as Jupyter would."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit(notebook["cells"])
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def place_of(cells, cell_id):
    [place] = [place for place, cell in enumerate(cells) if cell["id"] == cell_id]
    return place


def new_source(cell_id, *lines):
    def edit(cells):
        cells[place_of(cells, cell_id)]["source"] = [f"{line}\n" for line in lines[:-1]] + [
            lines[-1]
        ]

    return edit


def removed(cell_id):
    return lambda cells: cells.pop(place_of(cells, cell_id))


def moved_after(cell_id, other):
    def edit(cells):
        cell = cells.pop(place_of(cells, cell_id))
        cells.insert(place_of(cells, other) + 1, cell)

    return edit


def changed(cell_id, **fields):
    return lambda cells: cells[place_of(cells, cell_id)].update(fields)


def added_after(cell_id, cell):
    return lambda cells: cells.insert(place_of(cells, cell_id) + 1, {"metadata": {}, **cell})


def code(cell_id, *lines):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "outputs": [],
        "source": [f"{line}\n" for line in lines[:-1]] + [lines[-1]],
    }


def line_in(path, cell_id, key="source", further=0):
    """The line of a part of a cell, or so much further down."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = max(place for place, line in enumerate(lines) if line == f'   "id": "{cell_id}",')
    step = -1 if key in ("cell_type", "execution_count") else 1
    while not lines[at].startswith(f'   "{key}":'):
        at += step
    return at + 1 + further


OUTPUT = {"name": "stdout", "output_type": "stream", "text": ["kept here\n"]}
SYSTEMS = 'arriving.ask("systems")'

# What is done to the notebook, where in which cell the fault stands, and what is said of it.
FAULTS = {
    "a code cell of four lines": (
        new_source("code-systems", "a = 1", "b = 2", "", "c = 3", SYSTEMS),
        ("code-systems",),
        "a code cell has one to 3 lines, and this one has 4; move what it does into the package",
    ),
    "a code cell of none": (
        added_after("words-opening", {**code("empty", ""), "source": []}),
        ("empty",),
        "a code cell has one to 3 lines, and this one has 0",
    ),
    "a function": (
        new_source("code-systems", SYSTEMS, "def rest(): ..."),
        ("code-systems", "source", 2),
        "a cell defines nothing; move the definition into the package",
    ),
    "a class": (
        new_source("code-systems", SYSTEMS, "class Rest: ..."),
        ("code-systems", "source", 2),
        "a cell defines nothing",
    ),
    "a lambda": (
        new_source("code-systems", "rest = lambda: 1", SYSTEMS),
        ("code-systems", "source", 1),
        "a cell defines nothing",
    ),
    "a magic": (
        new_source("code-systems", "a = 1", "%time a", SYSTEMS),
        ("code-systems", "source", 2),
        "a line begins with '!' or '%'; write it in plain Python, or remove it",
    ),
    "a shell command": (
        new_source("code-systems", " !ls", SYSTEMS),
        ("code-systems", "source", 1),
        "a line begins with '!' or '%'",
    ),
    "no Python": (
        new_source("code-note", 'arriving.ask("note"'),
        ("code-note",),
        "this is not Python; check the brackets and quotes",
    ),
    "a path": (
        new_source("code-systems", SYSTEMS, 'open("data/mine")'),
        ("code-systems", "source", 2),
        "this looks like a path; let the package find its own files",
    ),
    "a file": (
        new_source("code-systems", SYSTEMS, 'f"{1} mine.csv"'),
        ("code-systems", "source", 2),
        "this looks like a path",
    ),
    "code without prose": (
        added_after("code-systems", code("bare", "1 + 1")),
        ("bare",),
        "no prose introduces this code cell; write a few words before it",
    ),
    "code before all prose": (
        lambda cells: cells.insert(0, cells.pop(1)),
        ("code-title",),
        "no prose introduces this code cell",
    ),
    "a raw cell": (
        added_after("code-systems", {"cell_type": "raw", "id": "raw", "source": ["a"]}),
        ("raw",),
        "a cell is prose or code; make it one of them, or remove it",
    ),
    "an output": (
        changed("code-note", outputs=[OUTPUT]),
        ("code-note", "outputs"),
        "no test compares this output; clear it, or tag the cell nbval-check-output",
    ),
    "a count": (
        changed("code-note", execution_count=3),
        ("code-note", "execution_count"),
        "no test compares this output; clear it",
    ),
    "a tag without an output": (
        changed("code-note", metadata={"tags": ["nbval-check-output"]}),
        ("code-note", "metadata"),
        "the tag nbval-check-output has no output to compare; run the cell, or remove the tag",
    ),
    "an id that stands twice": (
        changed("code-setting", id="words-note"),
        ("words-note", "id"),
        "this cell has no id to itself; give it one of its own",
    ),
    "other words": (
        new_source("words-door", "> *If you have two minutes*", ">", "> Run.", "> Run on."),
        ("words-door", "source", 3),
        "these are not the words of {page}; run 'workshop-kit build', or change the words there",
    ),
    "words that end early": (
        new_source("words-door", "> *If you have two minutes*"),
        ("words-door", "source", 1),
        "these are not the words of {page}",
    ),
    "no words": (
        changed("words-door", source=[]),
        ("words-door",),
        "these are not the words of {page}",
    ),
    "words of no part": (
        changed("words-door", metadata={"workshop": {"part": "gone"}}),
        ("words-door",),
        "'gone' is not in {page}; run 'workshop-kit build', or remove this cell",
    ),
    "words twice": (
        added_after(
            "words-door",
            {
                "cell_type": "markdown",
                "id": "again",
                "metadata": {"workshop": {"part": "door"}},
                "source": ["x"],
            },
        ),
        ("again",),
        "'door' stands here twice; run 'workshop-kit build', or remove this cell",
    ),
    "words left out": (
        removed("words-door"),
        (),
        "the words of 'door' in {page} are not here; run 'workshop-kit build'",
    ),
    "another order": (
        moved_after("words-door", "words-senses"),
        ("words-door",),
        "'door' stands in another place in {page}; run 'workshop-kit build', or move it there",
    ),
    "a question before its words": (
        moved_after("code-setting", "words-systems"),
        ("code-setting",),
        "'setting' stands in another place in {page}",
    ),
    "a question that is not asked": (
        removed("code-systems"),
        ("words-systems",),
        "no cell asks 'systems'; run 'workshop-kit build', or write ask(\"systems\") in a cell",
    ),
    "a question asked elsewhere only in passing": (
        new_source("code-systems", '"arriving.ask systems"'),
        ("words-systems",),
        "no cell asks 'systems'",
    ),
    "a question asked twice": (
        new_source("code-setting", SYSTEMS, 'arriving.ask("setting")'),
        ("code-setting",),
        "'systems' is asked twice; remove one of the two cells",
    ),
    "a question that is not there": (
        new_source("code-systems", SYSTEMS, 'arriving.ask("sytems")'),
        ("code-systems",),
        "no part 'sytems' asks anything; the parts that do are: systems, setting, opened_from",
    ),
    "no beginning": (
        removed("code-title"),
        (),
        "no cell begins the exercise; run 'workshop-kit build', or write begin(\"arriving\") first",
    ),
    "another beginning": (
        new_source("code-title", "from workshop_kit import begin", 'arriving = begin("welcome")'),
        (),
        "no cell begins the exercise",
    ),
}


@pytest.mark.parametrize(("edit", "where", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_notebook_is_told_with_its_line_and_its_cure(
    course, page, book, edit, where, sentence
):
    cells_of(book, edit)
    faults = [fault for fault in check([book, page]).faults if fault.file == book]
    line = line_in(book, *where) if where else 1
    assert [
        fault
        for fault in faults
        if fault.line == line and fault.what.startswith(sentence.format(page=page))
    ], faults


def test_a_course_as_it_was_built_is_silent(course):
    checked = check([course])
    assert checked.faults == ()
    assert str(checked) == (
        f"{COUNT + len(SHARED_FILES)} content files and {COUNT} notebooks checked; nothing to mend"
    )


def test_the_package_itself_is_checked_by_default():
    checked = check()
    words = len(languages()) * (COUNT + len(SHARED_FILES))
    assert (checked.content, checked.notebooks) == (words + len(["the run sheets"]), COUNT)


def test_every_shared_file_has_a_model():
    assert set(MODELS) == SHARED_FILES


def test_an_output_that_a_test_compares_is_left_alone(book, page):
    metadata = {"tags": ["nbval-check-output"]}
    cells_of(book, changed("code-note", outputs=[OUTPUT], execution_count=2, metadata=metadata))
    assert check([book, page]).faults == ()


def test_what_an_author_added_is_left_alone(book, page):
    words = {"cell_type": "markdown", "id": "more", "source": ["See what is there.\n", "If any."]}
    cells_of(book, added_after("code-note", words))
    cells_of(book, added_after("more", code("counted", "1 + 1")))
    assert check([book, page]).faults == ()


def test_of_a_cell_out_of_place_only_that_cell_is_told(book, page):
    cells_of(book, moved_after("words-door", "words-three"))
    assert [fault.line for fault in check([book, page]).faults] == [line_in(book, "words-door")]


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        (' "nbformat": 4,', ' "nbformat": 3,', 1, "it is not in version 4 of the format"),
        (' "nbformat": 4,', ' "nbformat" 4,', ' "nbformat" 4,', "it is not whole JSON"),
        (' "cells": [', ' "cels": [', 1, "the format has no such thing here"),
        ('"id": "words-door"', '"id": 7', '"id": 7', "the format has no such thing here"),
    ],
    ids=["an old one", "torn", "no cells", "no id"],
)
def test_what_is_no_longer_a_notebook_is_told_in_a_sentence(book, page, old, new, line, why):
    change(book, old, new)
    line = line if isinstance(line, int) else line_of(book, line)
    sentence = f"this is no longer a notebook, since {why}; restore it, or remove it and run"
    [fault] = check([book, page]).faults
    assert fault.line == line
    assert fault.what.startswith(sentence)


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[]", b"[" * 100_000, b"null"])
def test_a_damaged_notebook_is_told_once(book, damage):
    book.write_bytes(damage)
    [fault] = check([book]).faults
    assert fault.line == 1
    assert fault.what.startswith("this is no longer a notebook, since it ")


def test_a_notebook_of_no_exercise_is_told(book):
    change(book, '"exercise": "arriving"', '"exercise": "ariving"')
    [(line, what)] = told(book)
    assert line == line_of(book, '"exercise": "ariving"')
    assert what == (
        "there is no exercise 'ariving'; write its content file, or remove this notebook"
    )


@pytest.mark.parametrize("marked", [7, [], {"part": ["door"]}, {"exercise": {}}])
def test_a_mark_of_another_shape_is_passed_over(book, page, marked):
    words = {"cell_type": "markdown", "id": "more", "source": ["See what is there."]}
    cells_of(book, added_after("code-note", {**words, "metadata": {"workshop": marked}}))
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace('"exercise": "arriving"', '"exercise": []'), encoding="utf-8")
    assert check([book, page]).faults == ()


def test_a_notebook_that_is_not_ours_is_told_by_its_name(tmp_path):
    path = tmp_path / "99_elsewhere.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    [(line, what)] = told(path)
    assert line == line_of(path, '"metadata"')
    assert what.startswith("there is no exercise 'elsewhere'; ")


def test_a_notebook_under_another_name_is_told(book):
    renamed = book.rename(book.with_name("02_arriving.ipynb"))
    assert told(renamed) == [(1, "this is the notebook of 'arriving'; call it '01_arriving.ipynb'")]


def test_a_notebook_is_held_to_the_words_that_are_checked_with_it(page, book):
    change(page, "title: Arriving", "title: Getting here")
    assert told(book) == []
    [fault] = check([page, book]).faults
    assert (fault.file, fault.line) == (book, line_in(book, "words-title", further=1))


def test_where_the_words_have_a_fault_the_notebook_is_not_blamed(page, book):
    change(page, "title: Arriving", "titel: Arriving")
    assert {fault.file for fault in check([page, book]).faults} == {page}


def test_faults_in_several_files_are_told_at_once_by_file_and_line(course, page, book):
    change(page, "minutes: 10", "minutes: soon")
    change(page, "title: Arriving", "title: You should arrive!")
    change(course / "words" / "shared.yaml", "\npause:", "\npaws:")
    change(course / "words" / "controls.yaml", "\nday:", "\ndays:")
    change(course / "words" / "support.yaml", 'tel: "111"}\n      - {name: "Lifeline', "}\n    - {")
    cells_of(course / "books" / "00_welcome.ipynb", new_source("code-title", "def no(): ..."))
    faults = check([course]).faults
    assert {fault.file.name for fault in faults} == {
        *("arriving.yaml", "shared.yaml", "controls.yaml", "support.yaml"),
        "00_welcome.ipynb",
    }
    assert [(str(fault.file), fault.line) for fault in faults] == sorted(
        (str(fault.file), fault.line) for fault in faults
    )
    mine = [(fault.line, fault.what.split("'")[1]) for fault in faults if fault.file == page]
    title, minutes = line_of(page, "title: You"), line_of(page, "minutes: soon")
    assert mine == [(title, "!"), (title, "should"), (minutes, "minutes")]


@pytest.mark.parametrize("name", sorted(SHARED_FILES))
def test_a_key_that_is_not_known_is_told_in_every_shared_file(course, name):
    path = course / "words" / name
    path.write_text(path.read_text(encoding="utf-8") + "extra: words\n", encoding="utf-8")
    line = line_of(path, "extra: words")
    assert told(path) == [(line, "'extra' is not known here; check its spelling, or remove it")]


def test_a_list_with_a_fault_is_told_once_for_all_pages(course):
    path = course / "words" / LIST
    change(path, "  - pattern: great\n", "  - pattern: great(\n")
    line = line_of(path, "pattern: great(")
    assert [(fault.file, fault.line) for fault in check([course]).faults] == [(path, line)]


def test_a_fault_of_yaml_is_told_once(page):
    page.write_text("title: 'open\n", encoding="utf-8")
    [fault] = content_faults(page)
    assert check([page]).faults == (fault,)


def test_what_is_hidden_or_of_another_kind_is_passed_over(course):
    for name in (".ipynb_checkpoints/01_arriving.ipynb", ".yaml", "readme.txt", "folder.yaml/x"):
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("no", encoding="utf-8")
    assert check([course]).faults == ()


def test_a_file_that_is_named_twice_is_checked_once(course, page):
    assert check([page, page, course]).content == COUNT + len(SHARED_FILES)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "there is no {}; check how it is spelt, and the folder you are in"),
        ("nowhere.yaml", "there is no {}; check how it is spelt, and the folder you are in"),
        (
            "notes.txt",
            "{} is neither a content file (.yaml) nor a notebook (.ipynb) nor a folder; "
            "choose one of them",
        ),
        ("empty", "{} holds no content file and no notebook; choose another folder"),
    ],
)
def test_a_path_with_nothing_to_check_is_told_in_one_sentence(tmp_path, capsys, name, sentence):
    (tmp_path / "notes.txt").write_text("no", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    path = tmp_path / name
    with pytest.raises(PathError, match=re.escape(sentence.format(path))):
        check([path])
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"workshop-kit: {sentence.format(path)}\n")


def test_the_command_says_one_quiet_line_where_nothing_is_wrong(course, capsys):
    assert main(["check", str(course / "words" / "support.yaml"), str(course / "books")]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out == f"1 content file and {COUNT} notebooks checked; nothing to mend\n"


def test_the_command_says_one_line_a_fault(page, book, capsys):
    change(page, "minutes: 10", "minutes: soon")
    change(book, '"exercise": "arriving"', '"exercise": "ariving"')
    assert main(["check", str(page), str(book)]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert [line.split(": ")[0] for line in said.out.splitlines()] == [
        f"{book}:{line_of(book, 'ariving')}",
        f"{page}:{line_of(page, 'minutes: soon')}",
    ]
