"""The file home: one SQLite file that holds the versions of every moment, words included."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import platformdirs

from workshop_kit.entries import Entry, JournalError, written_time
from workshop_kit.journal_database import reading, wipe, writing
from workshop_kit.journal_file import Deleted
from workshop_kit.stored import Lock, Sealed, Stored, read_deleted, read_lock, read_stored

_CHANGED = (
    "Your journal was changed in another window meanwhile. Nothing was changed from here; "
    "please try once more."
)
_LOCKED_OTHERWISE = (
    "Your journal has another passphrase than this page knows of, or none any more. Your words "
    "are still on the screen; please keep a copy with “Keep a file”, then reload the page."
)
_INSERT = "INSERT INTO versions VALUES (?, ?, ?, ?)"
_KEEP = (
    f"{_INSERT} ON CONFLICT (version) DO UPDATE SET "
    "id = excluded.id, changed = excluded.changed, record = excluded.record "
    "WHERE excluded.changed >= versions.changed"
)
_DELETE = (
    "INSERT INTO deleted VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = min(at, excluded.at)"
)
_READ = (
    "SELECT record FROM versions ORDER BY changed, version",
    "SELECT id || ' ' || at FROM deleted ORDER BY at, id",
    "SELECT record FROM lock",
)


def default_path() -> Path:
    """Say where the journal file is: ``WORKSHOP_KIT_JOURNAL``, or the user's data folder."""
    chosen = os.environ.get("WORKSHOP_KIT_JOURNAL")
    folder = platformdirs.user_data_path("workshop-kit", appauthor=False)
    return Path(chosen) if chosen else folder / "journal.sqlite"


@dataclass(frozen=True)
class Held:
    """All that a journal file holds, as it is stored.

    Attributes
    ----------
    versions
        In the order in which they were last changed; those of a locked journal are sealed.
    deleted
        The moments that were deleted.
    lock
        How the journal is locked, or ``None``.
    """

    versions: tuple[Stored, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    lock: Lock | None = None


class FileStore:
    """Versions in one SQLite file.

    Useful for keeping a journal where the computer is the trainee's own. Every call opens and
    closes the file, so that two notebooks can share it and a killed kernel leaves it whole. Every
    method raises a `JournalError`, with one sentence, if the file cannot be read or written;
    nothing that was kept before is changed then.

    Parameters
    ----------
    path
        The file; it and its folder are made when first something is kept.
    """

    def __init__(self, path: Path | None = None):
        self.path = path or default_path()

    def open(self) -> tuple[Held, str]:
        """Read everything as it is at one moment, and the mark of that state, for `replace`."""
        with reading(self.path) as database:
            rows = _rows(database)
            versions, deleted, lock = rows
            records = [json.loads(record) for record in versions]
            moments = [
                dict(zip(("id", "at"), row.decode().split(), strict=True)) for row in deleted
            ]
            locks = [json.loads(record) for record in lock] or [None]
        return Held(read_stored(records), read_deleted(moments), read_lock(locks[0])), _mark(rows)

    def versions(self) -> tuple[Entry, ...]:
        """Read all versions that are not sealed, in the order in which they were last changed."""
        held, _mark = self.open()
        return tuple(version for version in held.versions if isinstance(version, Entry))

    def keep(self, *versions: Stored) -> tuple[UUID, ...]:
        """Write versions, each in place of an earlier state of the same version.

        Returns
        -------
        tuple of UUID
            The moments among them that are deleted; of these nothing is written.
        """
        with writing(self.path) as database:
            _check_seals(versions, locked=bool(database.execute(_READ[2]).fetchone()))
            deleted = {row[0].decode() for row in database.execute("SELECT id FROM deleted")}
            kept = [version for version in versions if str(version.id) not in deleted]
            database.executemany(_KEEP, map(_row, kept))
        return tuple({version.id: None for version in versions if str(version.id) in deleted})

    def remove(self, moment: Deleted) -> None:
        """Delete a moment with all its versions, and remember that it was."""
        with writing(self.path) as database:
            database.execute("DELETE FROM versions WHERE id = ?", [str(moment.id)])
            database.execute(_DELETE, _tombstone(moment))

    def replace(self, held: Held, mark: str | None = None) -> None:
        """Put other contents in the place of all that is there, or change nothing.

        Parameters
        ----------
        held
            What the file is to hold.
        mark
            As `open` gave it: if the file was changed since, that is a `JournalError`.
        """
        _check_seals(held.versions, locked=held.lock is not None)
        with writing(self.path) as database:
            if mark is not None and mark != _mark(_rows(database)):
                raise JournalError(_CHANGED, "outdated")
            for table in ("versions", "deleted", "lock"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608
            gone = {moment.id for moment in held.deleted}
            kept = [version for version in held.versions if version.id not in gone]
            database.executemany(_INSERT, map(_row, kept))
            database.executemany(_DELETE, map(_tombstone, held.deleted))
            if held.lock:
                database.execute("INSERT INTO lock VALUES (?)", [held.lock.model_dump_json()])

    def erase(self) -> None:
        """Erase everything, what is remembered of deletions and the file itself included."""
        wipe(self.path)


def _rows(database: sqlite3.Connection | None) -> tuple[list[bytes], ...]:
    if database is None:
        return [], [], []
    [version] = database.execute("PRAGMA user_version").fetchone()
    # A file of version 1 that is only read stays one.
    there = _READ if version > 1 else _READ[:1]
    rows = [[row for (row,) in database.execute(query)] for query in there]
    return tuple(rows + [[]] * (len(_READ) - len(rows)))


def _mark(rows: Sequence[Sequence[bytes]]) -> str:
    """Return what differs whenever the contents do."""
    mark = hashlib.sha256()
    for row in (row for part in rows for row in (str(len(part)).encode(), *part)):
        mark.update(len(row).to_bytes(8, "big") + row)
    return mark.hexdigest()


def _check_seals(versions: Sequence[Stored], *, locked: bool) -> None:
    if any(isinstance(version, Sealed) != locked for version in versions):
        raise JournalError(_LOCKED_OTHERWISE, "outdated")


def _row(version: Stored) -> tuple[str, str, str, str]:
    # In ASCII, since half of an emoji, as a browser can leave behind, is no UTF-8.
    record = json.dumps(version.model_dump(mode="json"))
    changed = written_time(version.changed) if isinstance(version, Entry) else ""
    return str(version.version), str(version.id), changed, record


def _tombstone(moment: Deleted) -> tuple[str, str]:
    return str(moment.id), written_time(moment.at)
