from __future__ import annotations

import re
import shutil

import nbformat
import pytest

from workshop_kit.exercises import journey, load_exercise
from workshop_kit.notebooks import build, compose, folder
from workshop_kit.yaml_files import ContentError


@pytest.fixture
def copied(tmp_path):
    """The notebooks as they are, in a folder where a test may change them."""
    shutil.copytree(folder(), tmp_path / "notebooks")
    return tmp_path / "notebooks"


def cell(notebook, cell_id):
    [found] = [one for one in notebook.cells if one.id == cell_id]
    return found


def test_every_exercise_has_a_notebook_and_every_notebook_an_exercise():
    names = {path.stem for path in folder().glob("*.ipynb")}
    assert names == {exercise.name for exercise in journey()}


def test_into_an_empty_folder_every_notebook_is_written(tmp_path):
    written = build(tmp_path)
    assert [path.stem for path in written] == [exercise.name for exercise in journey()]
    for path in written:
        nbformat.validate(nbformat.read(path, as_version=4))


def test_building_twice_changes_nothing(tmp_path):
    build(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert build(tmp_path) == []
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_question_is_its_prose_and_then_its_code():
    cells = compose(load_exercise("arriving")).cells
    ids = [one.id for one in cells]
    place = ids.index("code-opened-from")
    assert ids[place - 1] == "words-opened-from"
    assert cells[place].source == 'arriving.ask("opened_from")'
    assert cells[place - 1].source.startswith("## And what brought you")


def test_a_notebook_begins_with_its_title_its_minutes_and_one_import():
    exercise = load_exercise("arriving")
    title, begin = compose(exercise).cells[:2]
    assert title.source.startswith(f"# {exercise.title}\n")
    assert str(exercise.minutes) in title.source
    assert begin.source == 'from workshop_kit import begin\n\narriving = begin("arriving")'


def test_an_example_is_set_apart_and_named():
    source = cell(compose(load_exercise("arriving")), "words-example").source
    assert all(line.startswith(">") for line in source.splitlines())
    assert source.startswith("> *An invented trainee*")


def test_prose_belongs_to_the_content_file_and_code_to_the_notebook(copied):
    path = copied / "01_arriving.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell(notebook, "words-opening").source = "Something else."
    cell(notebook, "code-systems").source = 'circles = arriving.ask("systems")\ncircles'
    nbformat.write(notebook, path)
    assert build(copied) == [path]
    built = nbformat.read(path, as_version=4)
    assert cell(built, "words-opening").source.startswith("You have probably come from")
    assert cell(built, "code-systems").source == 'circles = arriving.ask("systems")\ncircles'


def test_a_part_that_is_gone_takes_its_cells_with_it_and_a_new_one_brings_its_own():
    exercise = load_exercise("arriving")
    without = exercise.model_copy(update={"parts": exercise.parts[:-2]})
    old = compose(without)
    assert "code-bridge" not in [one.id for one in old.cells]
    assert [one.id for one in compose(exercise, old).cells] == [
        one.id for one in compose(exercise).cells
    ]
    assert compose(without, compose(exercise)).cells == old.cells


def test_a_notebook_that_cannot_be_read_is_told_and_left_alone(copied):
    path = copied / "01_arriving.ipynb"
    path.write_text("<<<<<<< ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(ContentError, match=r"01_arriving\.ipynb:1: .* remove it and build it anew"):
        build(copied)
    assert path.read_bytes() == before


def test_every_link_to_a_page_leads_to_one():
    names = {path.name for path in folder().glob("*.ipynb")}
    links = [
        link
        for path in folder().glob("*.ipynb")
        for one in nbformat.read(path, as_version=4).cells
        for link in re.findall(r"\]\(([^)]+)\)", one.source)
        if one.cell_type == "markdown"
    ]
    assert links
    assert set(links) <= names


def test_a_page_says_how_long_it_takes_and_whether_there_is_a_short_way():
    lines = {exercise.id: compose(exercise).cells[0].source for exercise in journey()}
    assert lines["moves"].endswith("*about 20 minutes; the short way takes two*")
    assert lines["patterns"].endswith("*about 5 minutes*")
    assert lines["diary"].endswith("*half a minute*")
