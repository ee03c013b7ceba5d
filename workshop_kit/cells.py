"""What a cell of a notebook is: prose, or one to three lines that anybody can read past."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from nbformat import NotebookNode

from workshop_kit.yaml_nodes import Location

MOST_LINES = 3
COMPARED = "nbval-check-output"
_PATH_LIKE = re.compile(r"[/\\~]|\.\w{1,5}$")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

Found = Iterator[tuple[Location, str]]


def look_at(cells: list[NotebookNode]) -> Found:
    """Find what is wrong with cells as such, whatever they say.

    Parameters
    ----------
    cells
        All cells of a notebook, in order.

    Returns
    -------
    iterator of (location, str)
        Where in the notebook, and what, and how to mend it.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell
    >>> list(look_at([new_code_cell("1 + 1")]))
    [(('cells', 0, 'source'), 'no prose introduces this code cell; write a few words before it')]
    """
    yield from _ids(cells)
    yield from _introduced(cells)
    for place, cell in enumerate(cells):
        if cell.cell_type == "code":
            for where, what in (*_thin(cell), *_plain(cell), *_outputs(cell)):
                yield ("cells", place, *where), what
        elif cell.cell_type != "markdown":
            what = "a cell is prose or code; make it one of them, or remove it"
            yield ("cells", place, "source"), what


def calls(cell: NotebookNode, name: str) -> list[str]:
    """List the words that a code cell hands to the function or method of that name.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell
    >>> calls(new_code_cell('arriving.ask("note")'), "ask")
    ['note']
    """
    return [
        call.args[0].value
        for call in _nodes(cell)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", None)) == name
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]


def _nodes(cell: NotebookNode) -> list[ast.AST]:
    try:
        return list(ast.walk(ast.parse(cell.source)))
    except (SyntaxError, ValueError):
        return []


def _ids(cells: list[NotebookNode]) -> Found:
    seen: set[str | None] = {None}
    for place, cell in enumerate(cells):
        if cell.get("id") in seen:
            yield ("cells", place, "id"), "this cell has no id to itself; give it one of its own"
        seen.add(cell.get("id"))


def _introduced(cells: list[NotebookNode]) -> Found:
    kinds = ["code", *(cell.cell_type for cell in cells)]
    for place, pair in enumerate(pairwise(kinds)):
        if pair == ("code", "code"):
            what = "no prose introduces this code cell; write a few words before it"
            yield ("cells", place, "source"), what


def _thin(cell: NotebookNode) -> Found:
    lines = sum(1 for line in cell.source.splitlines() if line.strip())
    if not 1 <= lines <= MOST_LINES:
        what = (
            f"a code cell has one to {MOST_LINES} lines, and this one has {lines}; "
            "move what it does into the package, or remove the cell"
        )
        yield ("source",), what


def _plain(cell: NotebookNode) -> Found:
    lines = enumerate(cell.source.splitlines())
    magics = [at for at, line in lines if re.match(r"\s*[!%]", line)]
    for at in magics:
        what = "a line begins with '!' or '%'; write it in plain Python, or remove it"
        yield ("source", at), what
    nodes = _nodes(cell)
    if not nodes and not magics:
        yield ("source",), "this is not Python; check the brackets and quotes"
    for node in nodes:
        if isinstance(node, _DEFINITIONS):
            what = "a cell defines nothing; move the definition into the package"
            yield ("source", node.lineno - 1), what
        elif isinstance(node, ast.Constant) and _is_path(node.value):
            what = "this looks like a path; let the package find its own files"
            yield ("source", node.lineno - 1), what


def _is_path(value: object) -> bool:
    return isinstance(value, str) and bool(_PATH_LIKE.search(value))


def _outputs(cell: NotebookNode) -> Found:
    compared = COMPARED in cell.metadata.get("tags", [])
    if compared and not cell.outputs:
        what = f"the tag {COMPARED} has no output to compare; run the cell, or remove the tag"
        yield ("metadata",), what
    if not compared and (cell.outputs or cell.execution_count is not None):
        what = f"no test compares this output; clear it, or tag the cell {COMPARED}"
        yield ("outputs" if cell.outputs else "execution_count",), what
