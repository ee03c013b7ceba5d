from __future__ import annotations

import json
import shutil

import pytest

from workshop_kit.checks import check
from workshop_kit.notebooks import build, folder

NOTEBOOKS = sorted(folder().glob("*.ipynb"))

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_a_notebook_is_thin_and_in_step_with_its_content_file(path):
    # What is looked for, and that it would be found, stands in test_checks.py.
    checked = check([path])
    assert checked.notebooks == 1
    assert "\n".join(map(str, checked.faults)) == ""


def test_a_notebook_has_prose_and_code(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert {cell["cell_type"] for cell in cells} == {"markdown", "code"}


def test_building_twice_changes_nothing(path, tmp_path):
    copy = tmp_path / path.name
    shutil.copy(path, copy)
    assert copy not in build(tmp_path)
    assert copy not in build(tmp_path)
    assert copy.read_bytes() == path.read_bytes()
