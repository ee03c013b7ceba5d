"""Every notebook runs from top to bottom, and shows what it says it shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workshop_kit import notebooks

NOTEBOOKS = sorted(notebooks.folder().glob("*.ipynb"))


# One run for many notebooks: nbval begins a kernel for each of them, and itself only once.
@pytest.mark.parametrize("paths", [NOTEBOOKS[::2], NOTEBOOKS[1::2]], ids=["even", "odd"])
def test_notebooks_run_and_their_checked_cells_show_what_is_stored(paths: list[Path], own_journal):
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-n0", "-p", "no:cacheprovider"]
    ran = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert not own_journal.exists()


def test_every_notebook_has_one_or_two_cells_that_are_checked():
    for path in NOTEBOOKS:
        tagged = path.read_text(encoding="utf-8").count('"nbval-check-output"')
        assert 1 <= tagged <= 2, path
