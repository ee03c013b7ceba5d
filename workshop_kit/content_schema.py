"""The published JSON Schema of an exercise's content file, for editors that know YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workshop_kit.exercises import Exercise

# Beside the package in a checkout; an installed package has no such folder.
SCHEMA = Path(__file__).parents[1] / "docs" / "exercise.schema.json"


def content_schema() -> dict[str, Any]:
    """Return the schema of a content file that holds an exercise.

    An editor that reads it offers the names there are and underlines what is not known. What no
    schema can say, such as that no id stands twice, ``workshop-kit check`` tells.
    """
    schema = Exercise.model_json_schema()
    for kind in schema["$defs"].values():
        # The commonest kind goes without saying.
        if "prose" in kind.get("properties", {}).get("kind", {}).get("enum", ()):
            kind["required"] = [name for name in kind["required"] if name != "kind"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "An exercise of the workshop",
    }


def write_schema(path: Path = SCHEMA) -> bool:
    """Write the schema; say whether that changed the file."""
    if not path.parent.is_dir():
        return False
    after = json.dumps(content_schema(), indent=2) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == after:
        return False
    path.write_text(after, encoding="utf-8")
    return True
