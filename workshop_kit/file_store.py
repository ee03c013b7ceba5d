"""The file home: one SQLite file that holds the versions of every moment, words included."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import platformdirs

from workshop_kit.entries import Entry, JournalError, read_entries

FILE_VERSION = 1
# "wkjr", so that no other program's database is taken for a journal.
APPLICATION_ID = 0x776B6A72
WAIT = 0.8  # seconds for a locked file; a change is to be kept, or said not to be, within one

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS versions (
    version TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    changed TEXT NOT NULL,
    record TEXT NOT NULL
);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {FILE_VERSION};
"""
# In one statement, so that all three are of one moment while another notebook makes the file.
_WHOSE = """
SELECT
    (SELECT user_version FROM pragma_user_version),
    (SELECT application_id FROM pragma_application_id),
    (SELECT count(*) FROM sqlite_master)
"""


def default_path() -> Path:
    """Say where the journal file is: ``WORKSHOP_KIT_JOURNAL``, or the user's data folder."""
    chosen = os.environ.get("WORKSHOP_KIT_JOURNAL")
    folder = platformdirs.user_data_path("workshop-kit", appauthor=False)
    return Path(chosen) if chosen else folder / "journal.sqlite"


class FileStore:
    """Versions in one SQLite file.

    Useful for keeping a journal where the computer is the trainee's own. Every call opens and
    closes the file, so that two notebooks can share it and a killed kernel leaves it whole.

    Parameters
    ----------
    path
        The file; it and its folder are made when first something is kept.
    """

    def __init__(self, path: Path | None = None):
        self.path = path or default_path()

    def versions(self) -> tuple[Entry, ...]:
        """Read all versions, in the order in which they were last changed."""
        with _in_one_sentence():
            if not self.path.exists():
                return ()
        with self._open() as database:
            # As bytes, so that damaged text is met by the reader of JSON, who calls it damaged.
            database.text_factory = bytes
            rows = database.execute("SELECT record FROM versions ORDER BY changed, version")
            records = [json.loads(record) for (record,) in rows]
        return read_entries(records)

    def keep(self, entry: Entry) -> None:
        """Write one version, in place of an earlier state of the same version."""
        row = (str(entry.version), str(entry.id), entry.changed.isoformat())
        # In ASCII, since half of an emoji, as a browser can leave behind, is no UTF-8.
        record = json.dumps(entry.model_dump(mode="json"))
        with self._open() as database:
            database.execute(
                "INSERT INTO versions VALUES (?, ?, ?, ?) ON CONFLICT (version) DO UPDATE SET "
                "changed = excluded.changed, record = excluded.record "
                "WHERE excluded.changed >= versions.changed",
                (*row, record),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file, and check whose it is."""
        with _in_one_sentence():
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(sqlite3.connect(self.path, timeout=WAIT)) as database:
                self._prepare(database)
                with database:
                    yield database

    def _prepare(self, database: sqlite3.Connection) -> None:
        version, application, tables = database.execute(_WHOSE).fetchone()
        if version == FILE_VERSION and application == APPLICATION_ID:
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA secure_delete = ON")
            return
        if version == application == tables == 0:
            self.path.chmod(0o600)
            database.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")
        elif application == APPLICATION_ID and version > FILE_VERSION:
            raise JournalError(
                "Your journal file was written by a newer version of this workshop. It has been "
                "left as it is; please update the workshop and open it again."
            )
        else:
            raise JournalError(
                "The file where your journal would be kept belongs to another program. It has "
                "been left as it is; please set WORKSHOP_KIT_JOURNAL to another file."
            )


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    """Turn every fault of the file or the disk into a `JournalError`."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, RecursionError) as error:
        raise JournalError(_cause(error)) from None


def _cause(error: Exception) -> str:
    """Turn a fault of the disk into one sentence with its cure."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            "Your journal file is in use by another program. Your words are still on the screen "
            "and will be kept once it is free; or keep a copy with “Keep a file”."
        )
    if name == "SQLITE_FULL":
        return (
            "The disk is full, so this could not be kept. Your words are still on the screen; "
            "please make some room, or keep a copy with “Keep a file”."
        )
    unreadable = isinstance(error, ValueError | RecursionError)
    if unreadable or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
        return (
            "Your journal file is damaged and could not be read. It has been left as it is; "
            "please move it aside, and keep a copy of what you write with “Keep a file”."
        )
    return (
        "Your journal file cannot be written here. Your words are still on the screen; please "
        "allow this account to write to its folder, or keep a copy with “Keep a file”."
    )
