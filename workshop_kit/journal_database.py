"""The journal's SQLite file: how it is opened, told from others, brought up to date and wiped."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from workshop_kit.entries import JournalError

FILE_VERSION = 2
# "wkjr", so that no other program's database is taken for a journal.
APPLICATION_ID = 0x776B6A72
WAIT = 0.8  # seconds for a locked file; a change is to be kept, or said not to be, within one
# What SQLite may leave beside a file.
BESIDE = ("-journal", "-wal", "-shm")

Kind = Literal["locked", "full", "damaged", "newer", "foreign", "unwritable"]

_SENTENCES: dict[Kind, str] = {
    "locked": (
        "Your journal file is in use by another program. Your words are still on the screen "
        "and will be kept once it is free; or keep a copy with “Keep a file”."
    ),
    "full": (
        "The disk is full, so this could not be kept. Your words are still on the screen; "
        "please make some room, or keep a copy with “Keep a file”."
    ),
    "damaged": (
        "Your journal file is damaged and could not be read. It has been left as it is; "
        "please move it aside, and keep a copy of what you write with “Keep a file”."
    ),
    "newer": (
        "Your journal file was written by a newer version of this workshop. It has been "
        "left as it is; please update the workshop and open it again."
    ),
    "foreign": (
        "The file where your journal would be kept belongs to another program. It has "
        "been left as it is; please set WORKSHOP_KIT_JOURNAL to another file."
    ),
    "unwritable": (
        "Your journal file cannot be written here. Your words are still on the screen; please "
        "allow this account to write to its folder, or keep a copy with “Keep a file”."
    ),
}

_TABLES = (
    "CREATE TABLE versions (version TEXT PRIMARY KEY, id TEXT NOT NULL, "
    "changed TEXT NOT NULL, record TEXT NOT NULL)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    "PRAGMA user_version = 1",
)
# In one statement, so that all three are of one moment while another notebook makes the file.
_WHOSE = """
SELECT
    (SELECT user_version FROM pragma_user_version),
    (SELECT application_id FROM pragma_application_id),
    (SELECT count(*) FROM sqlite_master)
"""


class FileFault(JournalError):  # noqa: N818
    """The journal file cannot be used; the message is a sentence for who writes on a page.

    Attributes
    ----------
    kind
        What is wrong, for whoever has a sentence of their own for it.
    """

    def __init__(self, kind: Kind):
        super().__init__(_SENTENCES[kind])
        self.kind = kind


def _add_deletions_and_a_lock(database: sqlite3.Connection) -> None:
    """Bring a file of version 1 to version 2: it remembers what was deleted, and how it is locked.

    Nothing that is there is changed.
    """
    database.execute("CREATE TABLE deleted (id TEXT PRIMARY KEY, at TEXT NOT NULL)")
    database.execute("CREATE TABLE lock (record TEXT NOT NULL)")
    database.execute("PRAGMA user_version = 2")


# By the version each of them starts from.
MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _add_deletions_and_a_lock}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Open the file to read it as it is at one moment; ``None`` where nothing was kept yet.

    Nothing is made and nothing is brought up to date, so that a file can be read where it cannot
    be written.
    """
    with in_one_sentence():
        if not path.exists():
            yield None
            return
        with _connected(path) as database:
            database.execute("BEGIN")
            yield database if _version(database) else None


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file to change it: everything that is done meanwhile is kept, or nothing is."""
    with in_one_sentence():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            path.touch(mode=0o600)
        with _connected(path) as database:
            database.execute("BEGIN IMMEDIATE")
            _bring_up_to_date(database)
            yield database
            database.execute("COMMIT")


def wipe(path: Path) -> None:
    """Delete all that is in the file, then the file and what SQLite may have left beside it.

    Needs no room on the disk. The file stays locked until it is gone, so that no other notebook
    can take a file that is about to go for one in which it may keep something.
    """
    with in_one_sentence():
        real = path.resolve()
        if real.exists():
            try:
                with _connected(real) as database:
                    _empty(database)
                    _remove(real)
            except sqlite3.DatabaseError as error:
                if _kind(error) != "damaged" or not _bears_our_name(real):
                    raise
                _remove(real)
        for beside in BESIDE:
            Path(f"{real}{beside}").unlink(missing_ok=True)
        if path.is_symlink():
            path.unlink()


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn every fault of the file or the disk into a `FileFault`."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, RecursionError) as error:
        raise FileFault(_kind(error)) from None


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None)) as database:
        # As bytes, so that damaged text is met by the reader of JSON, who calls it damaged.
        database.text_factory = bytes
        # What is deleted or written over is gone from the file, and is in no temporary one.
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA temp_store = MEMORY")
        # On the disk, its folder included, before it is called kept.
        database.execute("PRAGMA synchronous = EXTRA")
        yield database


def _version(database: sqlite3.Connection) -> int:
    """Return the version of one of our files; 0 for an empty one. Any other is a `FileFault`."""
    version, application, tables = database.execute(_WHOSE).fetchone()
    if version == application == tables == 0:
        return 0
    if application != APPLICATION_ID or version < 1:
        raise FileFault("foreign")
    if version > FILE_VERSION:
        raise FileFault("newer")
    return version


def _bring_up_to_date(database: sqlite3.Connection) -> None:
    version = _version(database)
    if not version:
        for statement in _TABLES:
            database.execute(statement)
        version = 1
    for step in range(version, FILE_VERSION):
        MIGRATIONS[step](database)


def _empty(database: sqlite3.Connection) -> None:
    # Ends a write-ahead log, if somebody has turned it on, and asks for no file beside ours.
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("PRAGMA journal_mode = MEMORY")
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute("BEGIN EXCLUSIVE")
    if _version(database):
        _bring_up_to_date(database)
        for table in ("versions", "deleted", "lock"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608
    database.execute("COMMIT")
    database.execute("VACUUM")


def _bears_our_name(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")


def _remove(path: Path) -> None:
    """Remove a file and write over what it held; where it may not be removed, leave it empty."""
    # In this order, since to close a file is to give up the locks that this process has on it.
    with path.open("r+b") as file:
        size = path.stat().st_size
        with contextlib.suppress(PermissionError):
            path.unlink()
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())
        file.truncate(0)


def _kind(error: Exception) -> Kind:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "locked"
    if name == "SQLITE_FULL":
        return "full"
    unreadable = isinstance(error, ValueError | RecursionError)
    if unreadable or name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
        return "damaged"
    return "unwritable"
