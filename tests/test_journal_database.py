"""The journal's file: brought up to date, wiped to the last byte, and whole whatever happens."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from making import MORNING, SAYINGS, make_entry, with_systems

from workshop_kit import journal_database
from workshop_kit.entries import JournalError
from workshop_kit.file_store import FileStore, Held
from workshop_kit.journal_database import (
    APPLICATION_ID,
    BESIDE,
    FILE_VERSION,
    MIGRATIONS,
    FileFault,
)
from workshop_kit.journal_file import Deleted

OF_OLD = Path(__file__).parent / "journals" / "version_1.sqlite"
MARKER = "Zwetschgenkuchen"
LONG = f"{MARKER} and more of it " * 3000
# Root may write where the permissions say otherwise, unless it is told that it may not.
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
HELD_BACK = BOUND if hasattr(os, "geteuid") and os.geteuid() == 0 else []
CHILD = """
import pathlib, sys
sys.path.insert(0, sys.argv[2])
from making import make_entry
from workshop_kit.entries import JournalError
from workshop_kit.file_store import FileStore, Held
from workshop_kit.journal_file import Deleted
store = FileStore(pathlib.Path(sys.argv[1]))
"""
TRIES = """
print(len(store.versions()), flush=True)
for change in (
    lambda: store.keep(make_entry(words={"note": "new"})),
    lambda: store.remove(Deleted(id=store.versions()[0].id, at="2026-01-01T00:00:00Z")),
    lambda: store.replace(Held()),
    store.erase,
):
    try:
        change()
    except JournalError as error:
        print(error, flush=True)
"""
SWAPS = """
held = [
    Held(tuple(make_entry(words={"note": letter * 20_000}) for _ in range(20))) for letter in "ab"
]
print("ready", flush=True)
while True:
    for one in held:
        store.replace(one)
"""
ERASES = """
one = Held(tuple(make_entry(words={"note": "Zwetschgenkuchen" * 5_000}) for _ in range(20)))
print("ready", flush=True)
while True:
    store.replace(one)
    store.erase()
"""
WRITES = """
for count in range(25):
    store.keep(make_entry(words={"note": sys.argv[3]}))
"""
SMALL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
for count in range(100):
    try:
        store.keep(make_entry(words={"note": "x" * 2_000}))
    except JournalError as error:
        print(error, flush=True)
        break
    print("kept", flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.sqlite"


@pytest.fixture
def store(path):
    return FileStore(path)


@pytest.fixture
def of_old(path):
    """A file as version 0.1 of the workshop kept it."""
    path.parent.mkdir()
    shutil.copy(OF_OLD, path)
    return FileStore(path)


@pytest.fixture
def small_disk(tmp_path, monkeypatch) -> Iterator[Path]:
    """A disk of 200 kB; where this machine lets no test have one, a file of as many pages."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    connect = sqlite3.connect

    def connect_to_few_pages(*arguments, **options):
        database = connect(*arguments, **options)
        database.execute("PRAGMA max_page_count = 50")
        return database

    if not mounted:
        monkeypatch.setattr(sqlite3, "connect", connect_to_few_pages)
    yield folder
    if mounted:
        subprocess.run(["umount", folder], check=True)


def run(script, path, *more, before=()):
    command = [*before, sys.executable, "-c", CHILD + script, str(path), str(Path(__file__).parent)]
    return subprocess.run(
        [*command, *more], capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()


def look_into(path):
    with closing(sqlite3.connect(path)) as database:
        [version] = database.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    return version, tables - {"sqlite_autoindex_versions_1", "sqlite_autoindex_deleted_1"}


def bytes_left(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


# Bringing a file up to date


def test_every_version_but_the_newest_has_its_migration():
    assert sorted(MIGRATIONS) == list(range(1, FILE_VERSION))


def test_a_file_of_version_1_is_read_as_it_is(of_old, path):
    before = path.read_bytes()
    first, then, *rest = of_old.versions()
    assert (first.version, first.words) == (
        UUID(int=11),
        {"note": "Still on the phone with them, in my head."},
    )
    assert first.answers == {"systems": {"threat": 6.5, "drive": 7.0}}
    assert first.times == {"words.note": MORNING, "answers.systems": MORNING}
    assert (then.parent, then.answers) == (UUID(int=11), {"systems": "numb"})
    assert [entry.words["note"] for entry in rest] == list(SAYINGS)
    assert path.read_bytes() == before


def test_a_file_of_version_1_is_brought_up_to_date_when_first_something_is_kept(of_old, path):
    assert look_into(path) == (1, {"versions"})
    before = of_old.versions()
    new = make_entry(begun=MORNING + timedelta(days=90))
    of_old.keep(new)
    assert look_into(path) == (2, {"versions", "deleted", "lock"})
    assert of_old.versions() == (*before, new)


def test_a_migration_that_is_broken_off_leaves_the_file_of_version_1(of_old, path, monkeypatch):
    before = path.read_bytes()

    def fails(database):
        MIGRATION(database)
        raise sqlite3.OperationalError

    MIGRATION = MIGRATIONS[1]  # noqa: N806
    monkeypatch.setitem(journal_database.MIGRATIONS, 1, fails)
    with pytest.raises(JournalError):
        of_old.keep(make_entry())
    monkeypatch.undo()
    assert path.read_bytes() == before
    of_old.keep(make_entry())
    assert look_into(path)[0] == 2


def test_a_new_file_is_what_an_old_one_becomes(of_old, path, tmp_path):
    of_old.keep(make_entry())
    fresh = tmp_path / "fresh.sqlite"
    FileStore(fresh).keep(make_entry())
    assert look_into(fresh) == look_into(path)


# Erasing, byte by byte


def everything_that_can_be_left(store):
    """Put the marker wherever a journal may have had it."""
    entry = make_entry(words={"note": LONG})
    store.keep(entry)
    store.keep(entry.model_copy(update={"words": {"note": f"{MARKER} written over"}}))
    for count in range(30):
        store.keep(make_entry(words={"note": f"{MARKER} {count}" * (count + 1) * 40}))
    gone = make_entry(words={"note": LONG})
    store.keep(gone)
    store.remove(Deleted(id=gone.id, at=MORNING))


@pytest.mark.parametrize("mode", ["DELETE", "WAL", "PERSIST"])
def test_erasing_leaves_no_file_and_no_byte_of_it_on_the_disk(store, path, tmp_path, mode):
    store.keep(make_entry())
    database = sqlite3.connect(path)
    [set_to] = database.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    assert set_to == mode.lower()
    everything_that_can_be_left(store)
    database.close()
    # Whoever holds on to the file that was removed sees what is left of it on the disk.
    held = tmp_path / "held"
    os.link(path, held)
    assert MARKER.encode() in held.read_bytes()
    store.erase()
    assert list(path.parent.iterdir()) == []
    assert held.read_bytes() == b""
    assert store.open()[0] == Held()


@pytest.mark.parametrize("is_there", [True, False])
def test_erasing_takes_along_what_a_killed_process_left_beside_the_file(store, path, is_there):
    everything_that_can_be_left(store)
    if not is_there:
        path.unlink()
    for beside in BESIDE:
        Path(f"{path}{beside}").write_text(LONG, encoding="utf-8")
    other = path.parent / "somebody else's.txt"
    other.write_text("not ours", encoding="utf-8")
    store.erase()
    assert list(path.parent.iterdir()) == [other]


def test_erasing_what_is_not_there_is_no_fault(store, path):
    store.erase()
    assert not path.parent.exists()


def test_erasing_removes_a_damaged_file_that_bears_our_name(store, path):
    everything_that_can_be_left(store)
    whole = path.read_bytes()
    path.write_bytes(whole[:4000] + b"\xff" * 8000 + whole[12_000:])
    store.erase()
    assert list(path.parent.iterdir()) == []


def test_erasing_leaves_another_programs_file_alone(store, path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE recipes (cake)")
    before = path.read_bytes()
    with pytest.raises(FileFault, match="belongs to another program"):
        store.erase()
    assert path.read_bytes() == before


def test_erasing_what_another_process_writes_waits_or_says_so(store, path):
    store.keep(make_entry(words={"note": MARKER}))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileFault, match="in use by another program"):
            store.erase()
    assert len(store.versions()) == 1


def test_a_link_to_the_file_goes_with_the_file(store, path, tmp_path):
    store.keep(make_entry(words={"note": MARKER}))
    linked = tmp_path / "linked.sqlite"
    linked.symlink_to(path)
    FileStore(linked).erase()
    assert not linked.is_symlink()
    assert list(path.parent.iterdir()) == []


def test_what_is_deleted_or_written_over_is_no_longer_in_the_file(store, path):
    everything_that_can_be_left(store)
    held, mark = store.open()
    store.replace(Held(tuple(entry.without_words() for entry in held.versions)), mark)
    assert len(store.versions()) == 31
    assert MARKER.encode() not in bytes_left(path.parent)


# What can happen to a disk and to a process


def test_on_a_full_disk_what_was_kept_stays_and_it_is_said(small_disk):
    store, kept = FileStore(small_disk / "journal.sqlite"), []

    def fill():
        for _ in range(1000):
            entry = make_entry(words={"note": MARKER * 200})
            store.keep(entry)
            kept.append(entry)

    with pytest.raises(FileFault) as caught:
        fill()
    assert caught.value.kind == "full"
    assert {entry.version for entry in store.versions()} == {entry.version for entry in kept}
    # To erase everything needs no room.
    store.erase()
    assert list(small_disk.iterdir()) == []
    store.keep(make_entry())


def test_where_a_file_may_grow_no_more_what_was_kept_stays_and_it_is_said(store, path):
    *kept, said = run(SMALL, path)
    assert "cannot be written here" in said
    assert len(kept) > 5
    assert len(store.versions()) == len(kept)


@pytest.mark.parametrize(("file", "folder"), [(0o400, 0o700), (0o400, 0o500)])
def test_what_may_only_be_read_is_read_and_it_is_said_that_it_cannot_be_written(
    store, path, file, folder
):
    store.keep(make_entry(words={"note": MARKER}))
    before = path.read_bytes()
    path.chmod(file)
    path.parent.chmod(folder)
    read, *said = run(TRIES, path, before=HELD_BACK)
    path.parent.chmod(0o700)
    assert read == "1"
    assert len(said) == 4
    assert all("cannot be written here" in sentence for sentence in said)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_in_a_folder_that_may_only_be_read_erasing_leaves_an_empty_file(store, path):
    store.keep(make_entry(words={"note": MARKER}))
    path.parent.chmod(0o500)
    read, *said = run(TRIES, path, before=HELD_BACK)
    path.parent.chmod(0o700)
    assert (read, len(said)) == ("1", 3), "all but erasing was refused"
    assert path.read_bytes() == b""
    assert store.versions() == ()


def test_two_processes_that_write_at_once_lose_nothing(store, path):
    store.keep(make_entry(words={"note": "before"}))
    command = [sys.executable, "-c", CHILD + WRITES, str(path), str(Path(__file__).parent)]
    writers = [subprocess.Popen([*command, name]) for name in ("one", "other")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    notes = [entry.words["note"] for entry in store.versions()]
    assert (notes.count("one"), notes.count("other"), notes.count("before")) == (25, 25, 1)


def killed_at_random(script, path):
    command = [sys.executable, "-c", CHILD + script, str(path), str(Path(__file__).parent)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    child.stdout.readline()
    time.sleep(random.uniform(0, 0.15))  # noqa: S311
    child.send_signal(signal.SIGKILL)
    child.wait()


def test_a_process_that_is_killed_while_it_replaces_everything_leaves_all_or_nothing(store, path):
    store.keep(make_entry(words={"note": "a" * 20_000}))
    for _ in range(4):
        killed_at_random(SWAPS, path)
        notes = {entry.words["note"] for entry in store.versions()}
        assert len(notes) == 1
        assert len(store.versions()) in (1, 20)


def test_a_process_that_is_killed_while_it_erases_leaves_what_can_be_erased(store, path):
    for _ in range(4):
        killed_at_random(ERASES, path)
        store.erase()
        assert not path.parent.exists() or list(path.parent.iterdir()) == []


def test_our_files_can_be_told_from_others(store, path):
    store.keep(make_entry())
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID
    assert APPLICATION_ID.to_bytes(4, "big") == b"wkjr"


def test_the_old_file_is_what_the_code_of_old_made(of_old):
    made = with_systems(
        {"threat": 6.5, "drive": 7.0},
        id=UUID(int=1),
        version=UUID(int=11),
        setting="in_between",
        words={"note": "Still on the phone with them, in my head."},
        times={"words.note": MORNING, "answers.systems": MORNING},
    )
    assert of_old.versions()[0] == made
