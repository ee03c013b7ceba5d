from __future__ import annotations

import ast
import doctest
import pkgutil
from importlib import import_module
from pathlib import Path

import workshop_kit

PACKAGE = Path(workshop_kit.__file__).parent


def test_every_example_gives_what_it_says():
    runner, told = doctest.DocTestRunner(verbose=False), []
    for found in pkgutil.walk_packages(workshop_kit.__path__, "workshop_kit."):
        if found.name.endswith("__main__") or found.name.startswith("workshop_kit.serving"):
            continue
        for example in doctest.DocTestFinder(exclude_empty=True).find(import_module(found.name)):
            runner.run(example, out=told.append)
    assert runner.failures == 0, "".join(told)
    assert runner.tries > 10


def test_everything_public_has_a_docstring():
    silent = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in without_docstring(ast.parse(path.read_text(encoding="utf-8")), "the module")
    ]
    assert silent == []


def without_docstring(node, name):
    """Name what is public in a module or class and says nothing of itself."""
    if not ast.get_docstring(node):
        yield name
    for inner in node.body:
        public = isinstance(inner, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if not public or inner.name.startswith("_"):
            continue
        if isinstance(inner, ast.ClassDef):
            yield from without_docstring(inner, inner.name)
        elif not ast.get_docstring(inner):
            yield inner.name


def test_a_silent_function_would_be_named():
    code = "'''A module.'''\nclass Page:\n    def turn(self): ...\n    def _fold(self): ...\n"
    assert list(without_docstring(ast.parse(code), "the module")) == ["Page", "turn"]
