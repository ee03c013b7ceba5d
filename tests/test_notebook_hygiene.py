from __future__ import annotations

import ast
import re
import shutil
from itertools import pairwise

import nbformat
import pytest

from workshop_kit.exercises import journey
from workshop_kit.notebooks import build, compose, folder

NOTEBOOKS = sorted(folder().glob("*.ipynb"))
PATH_LIKE = re.compile(r"[/\\~]|\.\w{1,5}$")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture
def cells(path):
    return nbformat.read(path, as_version=4).cells


@pytest.fixture
def code(cells):
    found = [cell for cell in cells if cell.cell_type == "code"]
    assert found
    return found


def test_code_cells_have_one_to_three_lines(code):
    for cell in code:
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert 1 <= len(lines) <= 3, cell.source


def test_code_cells_are_plain_python_that_defines_nothing(code):
    for cell in code:
        assert not re.search(r"^\s*[!%]", cell.source, re.MULTILINE), cell.source
        defined = [
            node
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
        ]
        assert not defined, cell.source


def test_code_cells_hold_no_path(code):
    for cell in code:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not PATH_LIKE.search(node.value), cell.source


def test_every_code_cell_is_introduced_by_prose(cells):
    kinds = [cell.cell_type for cell in cells]
    assert kinds[0] == "markdown"
    assert ("code", "code") not in set(pairwise(kinds))
    assert set(kinds) == {"markdown", "code"}


def test_outputs_are_stored_only_where_a_test_compares_them(code):
    for cell in code:
        compared = "nbval-check-output" in cell.metadata.get("tags", [])
        assert bool(cell.outputs) == compared, cell.source
        assert cell.execution_count is None or compared, cell.source


def test_cell_ids_are_unique(cells):
    ids = [cell.id for cell in cells]
    assert len(ids) == len(set(ids))


def test_the_prose_is_that_of_the_content_file(path):
    [exercise] = [exercise for exercise in journey() if exercise.name == path.stem]
    notebook = nbformat.read(path, as_version=4)
    written = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    composed = compose(exercise, notebook).cells
    assert written == [cell.source for cell in composed if cell.cell_type == "markdown"]


def test_building_twice_changes_nothing(path, tmp_path):
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    assert copy not in build(tmp_path)
    assert copy not in build(tmp_path)
    assert copy.read_bytes() == path.read_bytes()
