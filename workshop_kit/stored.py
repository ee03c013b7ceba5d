"""What stands in a home: versions, which are sealed in a locked journal, deletions and the lock."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from workshop_kit.entries import Entry, JournalError, read_entries
from workshop_kit.journal_file import Deleted
from workshop_kit.lock import Lock, Sealed

Stored = Entry | Sealed
_SEALED = TypeAdapter(tuple[Sealed, ...])
_DELETED = TypeAdapter(tuple[Deleted, ...])


def read_stored(records: object) -> tuple[Stored, ...]:
    """Check versions that come from a page or a file: all sealed, or none.

    Raises
    ------
    JournalError
        With one sentence that holds nothing of what the records say.
    """
    if isinstance(records, list) and any(
        isinstance(one, dict) and "sealed" in one for one in records
    ):
        return _checked(_SEALED, records)
    return read_entries(records)


def read_deleted(records: object) -> tuple[Deleted, ...]:
    """Check what a page or a file says was deleted; raises `JournalError`."""
    return _checked(_DELETED, records)


def read_lock(record: object) -> Lock | None:
    """Check the lock of a page's journal or a file's, or ``None``; raises `JournalError`."""
    return None if record is None else _checked(TypeAdapter(Lock), record)


def _checked(kind: TypeAdapter[Any], records: object) -> Any:
    try:
        return kind.validate_python(records)
    except ValidationError:
        raise JournalError(
            "This is not a journal that can be read. Nothing was changed; "
            "please choose a file that this workshop wrote.",
            "damaged",
        ) from None
