"""The group's database: how it is opened and brought up to date, and what can go wrong with it.

The same tables stand in an SQLite file and in PostgreSQL. They hold no words of anybody, no name,
no address and no time of anything that one person did.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

WAIT = 2  # seconds for a lock that somebody else has

Fault = Literal["locked", "full", "unreachable", "damaged", "newer", "unwritable"]

_SENTENCES: dict[Fault, str] = {
    "locked": "the group's database is in use by another program; close that one",
    "full": "the disk of the group's database is full; make some room there",
    "unreachable": "the group's database cannot be reached; look whether it runs, and at --board",
    "damaged": "the group's database cannot be read; move it aside, and a new one is made",
    "newer": "the group's database was made by a newer version of this workshop; update this one",
    "unwritable": "the group's database cannot be written; allow this account to write to it",
}

metadata = sa.MetaData()
_TEXT, _NUMBER, _FLAG = sa.Text, sa.BigInteger, sa.Boolean

migrations = sa.Table("workshop_migrations", metadata, sa.Column("name", _TEXT))
facts = sa.Table("workshop_facts", metadata, sa.Column("name", _TEXT), sa.Column("value", _TEXT))
sessions = sa.Table(
    "workshop_sessions",
    metadata,
    sa.Column("id", _TEXT, primary_key=True),
    sa.Column("lead", _TEXT),
    sa.Column("wall", _TEXT),
    sa.Column("code", _TEXT),
    sa.Column("code_until", _NUMBER),
    sa.Column("k", _NUMBER),
    sa.Column("minutes", _NUMBER),
    sa.Column("steps", _TEXT),
    sa.Column("step", _NUMBER),
    sa.Column("step_began", _NUMBER),
    sa.Column("until", _NUMBER),
    sa.Column("locked", _FLAG),
    sa.Column("closed", _FLAG),
)
pages = sa.Table(
    "workshop_pages",
    metadata,
    sa.Column("page", _TEXT, primary_key=True),
    sa.Column("session", _TEXT),
    sa.Column("gone", _FLAG),
)
contributions = sa.Table(
    "workshop_contributions",
    metadata,
    sa.Column("slip", _TEXT, primary_key=True),
    sa.Column("session", _TEXT),
    sa.Column("exercise", _TEXT),
    sa.Column("answers", _TEXT),
)
spent = sa.Table(
    "workshop_spent",
    metadata,
    sa.Column("slip", _TEXT, primary_key=True),
    sa.Column("session", _TEXT),
)
batches = sa.Table(
    "workshop_batches",
    metadata,
    sa.Column("session", _TEXT, primary_key=True),
    sa.Column("exercise", _TEXT, primary_key=True),
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("picture", _TEXT),
    sa.Column("shown", _FLAG),
)

# Each by its name, in the order in which they are made; one that was published is never changed.
# {unordered} leaves out the numbers that SQLite gives to rows in the order in which they came.
MIGRATIONS: dict[str, tuple[str, ...]] = {
    "first tables": (
        "CREATE TABLE workshop_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE workshop_sessions (id TEXT PRIMARY KEY, lead TEXT NOT NULL, wall TEXT, "
        "code TEXT, code_until BIGINT NOT NULL, k BIGINT NOT NULL, minutes BIGINT NOT NULL, "
        "steps TEXT NOT NULL, step BIGINT NOT NULL, step_began BIGINT NOT NULL, "
        "until BIGINT NOT NULL, locked BOOLEAN NOT NULL, closed BOOLEAN NOT NULL)",
        "CREATE TABLE workshop_pages (page TEXT PRIMARY KEY, session TEXT NOT NULL "
        "REFERENCES workshop_sessions(id), gone BOOLEAN NOT NULL){unordered}",
        "CREATE TABLE workshop_contributions (slip TEXT PRIMARY KEY, session TEXT NOT NULL "
        "REFERENCES workshop_sessions(id), exercise TEXT NOT NULL, answers TEXT NOT NULL)"
        "{unordered}",
        "CREATE TABLE workshop_spent (slip TEXT PRIMARY KEY, session TEXT NOT NULL "
        "REFERENCES workshop_sessions(id)){unordered}",
        "CREATE TABLE workshop_batches (session TEXT NOT NULL REFERENCES workshop_sessions(id), "
        "exercise TEXT NOT NULL, number BIGINT NOT NULL, picture TEXT NOT NULL, "
        "shown BOOLEAN NOT NULL, PRIMARY KEY (session, exercise, number))",
        "CREATE INDEX workshop_pages_of ON workshop_pages (session)",
        "CREATE INDEX workshop_contributions_to ON workshop_contributions (session, exercise)",
    ),
}


class BoardFault(Exception):  # noqa: N818
    """The group's database cannot be used just now; nothing was changed.

    Attributes
    ----------
    kind
        What is wrong, in one word, for whoever has a sentence of their own for it.
    """

    def __init__(self, kind: Fault):
        super().__init__(_SENTENCES[kind])
        self.kind = kind


class BoardDatabase:
    """One database, and transactions in it.

    Parameters
    ----------
    url
        As SQLAlchemy writes it, such as ``sqlite:////home/me/group.sqlite`` or
        ``postgresql+psycopg://host/name``.
    """

    def __init__(self, url: str):
        try:
            self._url = sa.make_url(url)
            self._engine = sa.create_engine(self._url, hide_parameters=True, **_options(self._url))
        except (SQLAlchemyError, ImportError):
            raise BoardFault("unreachable") from None
        if self.is_file:
            sa.event.listen(self._engine, "connect", _furnish)
            sa.event.listen(self._engine, "begin", _begin)
        self._ready = False

    @property
    def is_file(self) -> bool:
        """Whether it is an SQLite file, in which only one change is made at a time."""
        return self._url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Change all of something or nothing; raises `BoardFault`."""
        with _in_one_word():
            if not self._ready:
                self._bring_up_to_date()
            with self._engine.begin() as connection:
                yield connection

    def wipe(self) -> None:
        """See to it that what was deleted is in the file no more, nor in what SQLite has beside it.

        PostgreSQL decides for itself when it writes over what was deleted.
        """
        if not self.is_file:
            return
        # What cannot be done while another program reads is done the next time.
        with contextlib.suppress(BoardFault), _in_one_word():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        if self.is_file and self._url.database not in (None, "", ":memory:"):
            file = Path(str(self._url.database))
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)
        with self._engine.begin() as connection:
            if not self.is_file:
                # Two servers that start at once make the tables once.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7829367)")
            connection.exec_driver_sql(
                "CREATE TABLE IF NOT EXISTS workshop_migrations (name TEXT PRIMARY KEY)"
            )
            done = set(connection.scalars(sa.select(migrations.c.name)))
            if done - MIGRATIONS.keys():
                raise BoardFault("newer")
            for name in MIGRATIONS:
                if name not in done:
                    self._migrate(connection, name)
        self.wipe()
        self._ready = True

    def _migrate(self, connection: sa.Connection, name: str) -> None:
        for statement in MIGRATIONS[name]:
            unordered = " WITHOUT ROWID" if self.is_file else ""
            connection.exec_driver_sql(statement.replace("{unordered}", unordered))
        connection.execute(migrations.insert().values(name=name))
        if name == "first tables":
            salt = {"name": "salt", "value": secrets.token_hex(16)}
            connection.execute(facts.insert().values(salt))


def _options(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        # A server that has gone is to be noticed while somebody waits for their page.
        limits = f"-c lock_timeout={WAIT}s -c statement_timeout=5s"
        arguments = {"connect_timeout": 3, "options": limits}
        return {"pool_pre_ping": True, "pool_timeout": 5, "connect_args": arguments}
    arguments = {"timeout": WAIT, "check_same_thread": False}
    in_memory = url.database in (None, "", ":memory:")
    return {"connect_args": arguments, **({"poolclass": sa.pool.StaticPool} if in_memory else {})}


def _furnish(connection: Any, _record: object) -> None:
    # Transactions are begun by `_begin`, and not by Python's own guess.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _in_one_word() -> Iterator[None]:
    """Turn every fault of the database, its file or its disk into a `BoardFault`."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise BoardFault(_kind(error)) from None


def _kind(error: Exception) -> Fault:
    if isinstance(error, OSError):
        return "full" if error.errno == 28 else "unwritable"
    told = error.orig if isinstance(error, DBAPIError) else None
    state = getattr(told, "sqlstate", None)
    if state is not None:
        # https://www.postgresql.org/docs/current/errcodes-appendix.html
        known: dict[str, Fault] = {"53100": "full", "55P03": "locked", "57014": "locked"}
        known |= {"40P01": "locked", "42501": "unwritable", "25006": "unwritable"}
        return known.get(state, "unreachable")
    name = getattr(told, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "locked"
    if name == "SQLITE_FULL":
        return "full"
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR")):
        return "damaged"
    if name.startswith("SQLITE"):
        return "unwritable"
    return "unreachable"
