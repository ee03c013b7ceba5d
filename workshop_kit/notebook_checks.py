"""Hold a notebook to its content file: its words, their order, and every question asked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from workshop_kit import shelf, yaml_nodes
from workshop_kit.cells import Found, calls, look_at
from workshop_kit.exercises import Exercise, read_exercise
from workshop_kit.notebooks import KEY, compose
from workshop_kit.yaml_files import ContentError, Fault


def _build() -> str:
    course = shelf.course()
    return f"run 'workshop-kit build{f' {course}' if course else ''}'"


def faults(path: Path, pages: Mapping[str, Path]) -> list[Fault]:
    """Find what is wrong with one notebook.

    Parameters
    ----------
    path
        The notebook.
    pages
        The content files there are, by the id of their exercise.

    Returns
    -------
    list of Fault
        Each with the line of the file on which the cell, or the line of the cell, stands.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        return [Fault(path, error.lineno, _no_notebook("it is not whole JSON"))]
    except (ValueError, OSError, RecursionError):
        return [Fault(path, 1, _no_notebook("it cannot be read as text"))]
    found = list(_look_at(raw, path, pages))
    if not found:
        return []
    line_of = yaml_nodes.line_finder(text)
    return [Fault(path, line_of(where), what) for where, what in found]


def _no_notebook(why: str) -> str:
    return f"this is no longer a notebook, since {why}; restore it, or remove it and {_build()}"


def _look_at(raw: Any, path: Path, pages: Mapping[str, Path]) -> Found:
    if not isinstance(raw, dict) or raw.get("nbformat") != 4:
        yield (), _no_notebook("it is not in version 4 of the format")
        return
    invalid = list(nbformat.validator.iter_validate(raw))
    for error in invalid:
        yield tuple(error.absolute_path), _no_notebook("the format has no such thing here")
    if not invalid:
        # Unlike `nbformat.reads`, this mends nothing in passing, such as an id that stands twice.
        notebook = nbformat.v4.to_notebook(raw)
        yield from look_at(notebook.cells)
        yield from _in_step(notebook, path, pages)


def _in_step(notebook: NotebookNode, path: Path, pages: Mapping[str, Path]) -> Found:
    name = _said(notebook, "exercise") or re.sub(r"^\d+_", "", path.stem)
    if name not in pages:
        what = f"there is no exercise '{name}'; write its content file, or remove this notebook"
        yield ("metadata", KEY, "exercise"), what
        return
    try:
        exercise = read_exercise(pages[name])
    except ContentError:
        # Its own faults come first, and are told where they are.
        return
    if path.stem != exercise.name:
        yield (), f"this is the notebook of '{name}'; call it '{exercise.name}.ipynb'"
    expected = _expected(exercise)
    yield from _words(notebook.cells, expected, pages[name])
    yield from _order(notebook.cells, list(expected), pages[name])
    yield from _questions(notebook.cells, exercise)


def _said(marked: NotebookNode, name: str) -> str | None:
    """Return what `build` wrote into the metadata, or anybody after it."""
    kept = marked.metadata.get(KEY)
    said = kept.get(name) if isinstance(kept, dict) else None
    return said if isinstance(said, str) else None


def _part(cell: NotebookNode) -> str | None:
    return _said(cell, "part")


def _expected(exercise: Exercise) -> dict[str, str]:
    """Return the prose of every part, in its order."""
    cells = compose(exercise).cells
    return {str(_part(cell)): cell.source for cell in cells if cell.cell_type == "markdown"}


def _words(cells: list[NotebookNode], expected: dict[str, str], file: Path) -> Found:
    missing = dict(expected)
    for place, cell in enumerate(cells):
        part = _part(cell)
        if cell.cell_type != "markdown" or part is None:
            continue
        words = missing.pop(part, None)
        if words is None:
            why = "stands here twice" if part in expected else f"is not in {file}"
            yield ("cells", place, "source"), f"'{part}' {why}; {_build()}, or remove this cell"
        elif cell.source != words:
            what = f"these are not the words of {file}; {_build()}, or change the words there"
            yield ("cells", place, "source", _first_unlike(cell.source, words)), what
    for part in missing:
        yield (), f"the words of '{part}' in {file} are not here; {_build()}"


def _first_unlike(one: str, other: str) -> int:
    lines = one.splitlines()
    pairs = enumerate(zip_longest(lines, other.splitlines()))
    unlike = next((at for at, (mine, yours) in pairs if mine != yours), 0)
    return min(unlike, max(len(lines) - 1, 0))


def _order(cells: list[NotebookNode], parts: list[str], file: Path) -> Found:
    """Look for what has to move so that all prose, each with its question, is in order."""
    said = [
        (2 * parts.index(part) + (cell.cell_type == "code"), place, part)
        for place, cell in enumerate(cells)
        for part in (calls(cell, "ask") if cell.cell_type == "code" else [_part(cell)])
        if part in parts
    ]
    ranks = [rank for rank, _, _ in said]
    for block in SequenceMatcher(None, ranks, sorted(ranks), autojunk=False).get_opcodes():
        if block[0] in ("delete", "replace"):
            for _, place, part in said[block[1] : block[2]]:
                what = f"'{part}' stands in another place in {file}; {_build()}, or move it there"
                yield ("cells", place, "source"), what


def _questions(cells: list[NotebookNode], exercise: Exercise) -> Found:
    unasked = [part.id for part in exercise.parts if part.has_control]
    known = tuple(unasked)
    code = [(place, cell) for place, cell in enumerate(cells) if cell.cell_type == "code"]
    for place, cell in code:
        for part in calls(cell, "ask"):
            if part in unasked:
                unasked.remove(part)
            elif part in known:
                what = f"'{part}' is asked twice; remove one of the two cells"
                yield ("cells", place, "source"), what
            else:
                what = f"no part '{part}' asks anything; the parts that do are: {', '.join(known)}"
                yield ("cells", place, "source"), what
    for part in unasked:
        prose = [place for place, cell in enumerate(cells) if _part(cell) == part]
        what = (
            f"no cell asks '{part}'; {_build()}, or write ask(\"{part}\") in a cell after its words"
        )
        yield ("cells", prose[0], "source") if prose else (), what
    if exercise.id not in [begun for _, cell in code for begun in calls(cell, "begin")]:
        yield (), f'no cell begins the exercise; {_build()}, or write begin("{exercise.id}") first'
