"""What a kernel does for its page: run the notebook's code cells, in answer to one request."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from workshop_kit import activities
from workshop_kit.exercises import journey
from workshop_kit.notebooks import folder
from workshop_kit.shelf import languages
from workshop_kit.support import load_support
from workshop_kit.wording import load_controls, load_wording

_WIDGET = "application/vnd.jupyter.widget-view+json"


def run(path: str) -> str:
    """Run the code cells of a notebook in the kernel that calls this.

    Parameters
    ----------
    path
        The notebook's file.

    Returns
    -------
    str
        JSON; by the id of each code cell a list of what it showed: ``{"model": id}`` for a widget,
        ``{"text": …}`` for anything else, ``{"failed": true}`` for a cell that did not run.
    """
    changed = Path(path).stat().st_mtime_ns
    return json.dumps({name: _run_cell(source) for name, source in code_cells(path, changed)})


@cache
def code_cells(path: str, _changed: int) -> tuple[tuple[str, str], ...]:
    """Return the id and the source of each code cell of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return tuple((cell.id, cell.source) for cell in cells if cell.cell_type == "code")


def _run_cell(source: str) -> list[dict[str, Any]]:
    shell = InteractiveShell.instance()
    with capture_output() as captured, _displayed_by(shell, sys.displayhook):
        result = shell.run_cell(source, store_history=False)
    if not result.success:
        return [{"failed": True}]
    return [_shown(output.data) for output in captured.outputs]


@contextmanager
def _displayed_by(shell: Any, hook: Any) -> Iterator[None]:
    """Let a cell's last value go where it is captured; a shell has it sent to a page instead."""
    before, shell.display_trap.hook = shell.display_trap.hook, hook
    try:
        yield
    finally:
        shell.display_trap.hook = before


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    widget = data.get(_WIDGET)
    return {"model": widget["model_id"]} if widget else {"text": data.get("text/plain", "")}


def warm_up() -> None:
    """Read everything that a page reads, so that a kernel forked afterwards finds it there."""
    for language in languages():
        for load in (load_controls, load_support, load_wording, journey):
            load(language)
    for path in folder().glob("*.ipynb"):
        code_cells(str(path), path.stat().st_mtime_ns)
    assert activities  # imported for what it imports
