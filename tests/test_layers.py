from __future__ import annotations

import ast
from pathlib import Path

import pytest

import workshop_kit

PACKAGE = Path(workshop_kit.__file__).parent
# A module imports only from its own group or an earlier one.
GROUPS = {
    "words": [
        *(
            "complaints",
            "systems",
            "words",
            "locales",
            "yaml_nodes",
            "yaml_files",
            "shelf",
            "support",
            "wording",
            "parts",
        ),
        *("exercises", "run_sheets", "voice", "content"),
    ],
    "numbers": [
        *("entries", "journal_file", "journal_csv", "lock", "stored", "history"),
        *("slots", "tellers", "telling"),
        *("answers", "tables", "counts", "labels", "sentences", "readings", "patterns_file"),
        *("pooling", "codes"),
    ],
    "pictures and places": [
        *("theme", "charts", "planes", "day_figures", "figures", "pictures"),
        *("drawings", "booklet", "worksheets"),
        *("journal", "journal_database", "file_store", "file_desk", "board"),
        *("sample", "sample_story"),
        *("journal_schema", "content_schema", "board_database", "board_state"),
    ],
    "screen": ["widgets", "view", "controls", "activities"],
    "doors": [
        *(
            "notebooks",
            "cells",
            "notebook_checks",
            "checks",
            "cli",
            "serve_command",
            "content_commands",
            "__main__",
            "serving",
        ),
        *("journal_commands", "file_contents", "passphrases", "progress", "new_file"),
        *(
            "printing",
            "booklet_command",
            "patterns_command",
            "worksheets_command",
            "courses",
            "new_command",
        ),
    ],
}
LEVELS = {name: level for level, names in enumerate(GROUPS.values()) for name in names}
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").parts: path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}


def imported(path):
    """Name the modules of the package that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        parts = [name.split(".") for name in names]
        yield from (
            part[1] for part in parts if part[0] == "workshop_kit" and part[1:2] != ["__version__"]
        )


@pytest.mark.parametrize("parts", MODULES, ids=".".join)
def test_a_module_imports_only_from_its_own_group_or_an_earlier_one(parts):
    assert parts[0] in LEVELS, "give the new module a group"
    for name in imported(MODULES[parts]):
        assert name in LEVELS, f"{name} is no module of a group"
        assert LEVELS[name] <= LEVELS[parts[0]], f"{'.'.join(parts)} imports {name}"
