"""A self-compassion workshop for trainee clinicians, as notebooks and as apps.

The names below are all that a notebook or a script needs. They are resolved when first used, so
that a page which draws no picture never loads what draws pictures.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Entry": "entries",
    "FileStore": "file_store",
    "Journal": "journal",
    "JournalError": "entries",
    "begin": "activities",
    "fold": "entries",
    "from_journal": "journal_file",
    "load_exercise": "exercises",
    "to_journal": "journal_file",
}

__all__ = sorted(_HOMES)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"workshop_kit.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'workshop_kit' has no attribute '{name}'")


def __dir__() -> list[str]:
    return [*globals(), *_HOMES]
