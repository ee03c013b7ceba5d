"""The published JSON Schema of the portable journal, made from the models that read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from workshop_kit.journal_file import Document
from workshop_kit.lock import LockedDocument

# Beside the package in a checkout; an installed package has no such folder.
SCHEMA = Path(__file__).parents[1] / "docs" / "journal.schema.json"


def journal_schema() -> dict[str, Any]:
    """Return the schema of a journal's file, plain or locked.

    Useful for programs that read or write journals. What no schema can say, such as that no
    version stands twice, is in ``docs/journal.md``.
    """
    schema = TypeAdapter(Document | LockedDocument).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A journal of the workshop, version 1",
        **_tidied(schema),
    }


def _tidied(node: Any) -> Any:
    """Leave out titles that repeat names, and all but the first line of descriptions."""
    if isinstance(node, list):
        return [_tidied(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _tidied(inner) for name, inner in node.items() if name != "title"}
    if isinstance(kept.get("description"), str):
        kept["description"] = kept["description"].partition("\n")[0]
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    return kept


def write_schema(path: Path = SCHEMA) -> bool:
    """Write the schema where it is published; say whether that changed the file."""
    if not path.parent.is_dir():
        return False
    after = json.dumps(journal_schema(), indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == after:
        return False
    path.write_text(after, encoding="utf-8")
    return True
