"""A kernel that fails: the page is told in plain words, and nothing is left running."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import nbformat
import psutil
import pytest
from conftest import run_apart
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from workshop_kit.serving.visits import Visits


def notebook(path: Path, *cells: str) -> Path:
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    for place, cell in enumerate(written.cells):
        cell.id = f"cell-{place}"
    nbformat.write(written, path)
    return path


def with_visits(tmp_path: Path, use, **options):
    """Run `use(visits)` over real kernels, and see that none is left."""

    async def run():
        manager = AsyncMappingKernelManager(connection_dir=str(tmp_path))
        visits = Visits(manager, {"WORKSHOP_KIT_HOMES": "browser"}, **options)
        try:
            return await use(visits)
        finally:
            await visits.end_all()

    before = set(psutil.Process().children(recursive=True))
    result = run_apart(run())
    left = set(psutil.Process().children(recursive=True)) - before
    _gone, alive = psutil.wait_procs(left, timeout=5)
    assert not alive
    return result


def test_outputs_name_widgets_text_and_cells_that_failed(tmp_path, caplog):
    path = notebook(
        tmp_path / "some.ipynb",
        "1 + 1",
        "raise ValueError('a word nobody is to see')",
        "import ipywidgets; ipywidgets.IntSlider()",
        "quiet = 1",
    )

    async def use(visits):
        return await visits.outputs(visits.begin(path))

    with caplog.at_level(logging.INFO):
        shown = with_visits(tmp_path, use)
    assert shown["cell-0"] == [{"text": "2"}]
    assert shown["cell-1"] == [{"failed": True}]
    assert len(shown["cell-2"][0]["model"]) == 32
    assert shown["cell-3"] == []
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("workshop_kit")]
    assert ours == ["a cell of a notebook did not run"]


def test_a_visit_that_nobody_comes_to_is_over_after_a_while(tmp_path):
    path = notebook(tmp_path / "some.ipynb", "1 + 1")

    async def use(visits):
        kernel_id = visits.begin(path)
        await visits.outputs(kernel_id)
        assert len(visits) == 1
        await asyncio.sleep(2.5)
        assert len(visits) == 0
        with pytest.raises(LookupError):
            await visits.outputs(kernel_id)

    with_visits(tmp_path, use, gone_after=2.0)


def test_a_visit_that_ends_while_its_kernel_starts_leaves_no_kernel(tmp_path):
    path = notebook(tmp_path / "some.ipynb", "1 + 1")

    async def use(visits):
        for wait in (0, 0.01, 0.05, 0.2, 0.5):
            kernel_id = visits.begin(path)
            await asyncio.sleep(wait)
            await visits.end(kernel_id)
            await visits.end(kernel_id)
        assert len(visits) == 0

    with_visits(tmp_path, use)


def test_a_notebook_that_cannot_be_read_is_counted_as_a_failure(tmp_path):
    async def use(visits):
        with pytest.raises(LookupError):
            await visits.outputs(visits.begin(tmp_path / "missing.ipynb"))
        assert (visits.started, visits.failed) == (0, 1)

    with_visits(tmp_path, use)
