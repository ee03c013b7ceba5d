from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import MORNING, SAYINGS, a_lock, any_entries, colliding_versions, make_entry, sealed

from workshop_kit.entries import JournalError
from workshop_kit.file_store import FileStore, Held, default_path
from workshop_kit.journal_file import Deleted
from workshop_kit.stored import read_lock, read_stored

DAMAGED = "Your journal file is damaged and could not be read. It has been left as it is"
NEWER = "written by a newer version of this workshop. It has been left as it is"
FOREIGN = "belongs to another program. It has been left as it is"
LOCKED = "in use by another program. Your words are still on the screen"
UNWRITABLE = "cannot be written here. Your words are still on the screen"
LOCK = read_lock(a_lock())
RECORD = make_entry(words={"note": "sealed"}).model_dump(mode="json")
WRITER = """
import itertools, pathlib, sys
sys.path.insert(0, sys.argv[2])
from making import make_entry
from workshop_kit.file_store import FileStore
store = FileStore(pathlib.Path(sys.argv[1]))
for count in itertools.count():
    entry = make_entry(words={"note": f"{count} " + "long words " * count})
    store.keep(entry)
    print(entry.version, flush=True)
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "journal.sqlite"


@pytest.fixture
def store(path):
    return FileStore(path)


@pytest.fixture
def kept(store):
    """A store that holds one entry."""
    store.keep(make_entry(words={"note": "here before"}))
    return store


def change_file(path, *statements):
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)


def content(path):
    try:
        return path.read_bytes()
    except OSError:
        return "no file"


def assert_refused(path, sentence):
    """Neither reading nor writing goes through, and not a byte of the file changes."""
    before = content(path)
    with pytest.raises(JournalError, match=sentence):
        FileStore(path).versions()
    with pytest.raises(JournalError, match=sentence):
        FileStore(path).keep(make_entry(words={"note": "new"}))
    assert content(path) == before


# Keeping


def test_where_nothing_was_kept_there_is_nothing_and_nothing_is_made(store, path):
    assert store.versions() == ()
    assert not path.parent.exists()


@pytest.mark.parametrize("words", SAYINGS)
def test_words_come_back_as_they_were_written(store, path, words):
    entry = make_entry(words={"note": words})
    store.keep(entry)
    assert FileStore(path).versions() == (entry,)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_entries)
def test_every_entry_comes_back_as_it_was_kept(path, entry):
    path.unlink(missing_ok=True)
    FileStore(path).keep(entry)
    assert FileStore(path).versions() == (entry,)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(colliding_versions)
def test_no_versions_words_are_lost(store, path, versions):
    path.unlink(missing_ok=True)
    for version in versions:
        store.keep(version)
    assert {entry.version: entry.words for entry in store.versions()} == {
        version.version: version.words for version in versions
    }


def test_a_later_state_of_a_version_takes_the_place_of_the_earlier(store):
    first = make_entry(words={"note": "th"})
    later = first.model_copy(
        update={"words": {"note": "this"}, "changed": MORNING + timedelta(seconds=1)}
    )
    store.keep(first)
    store.keep(later)
    assert store.versions() == (later,)
    store.keep(first)
    assert store.versions() == (later,)


def test_later_is_later_in_whatever_zone_it_was_written(store):
    first = make_entry(changed="2026-01-01T01:00:00+02:00")
    later = make_entry(
        id=first.id, version=first.version, changed="2026-01-01T00:30:00Z", words={"note": "x"}
    )
    store.keep(first)
    store.keep(later)
    assert store.versions() == (later,)


def test_versions_come_in_the_order_in_which_they_were_changed(store):
    entries = [make_entry(changed=MORNING + timedelta(milliseconds=500 * n)) for n in range(5)]
    for place in (3, 0, 4, 1, 2):
        store.keep(entries[place])
    assert store.versions() == tuple(entries)


def test_two_stores_share_one_file(path):
    one, other = FileStore(path), FileStore(path)
    first, second = make_entry(words={"note": "one"}), make_entry(words={"note": "other"})
    one.keep(first)
    other.keep(second)
    assert {entry.version for entry in one.versions()} == {first.version, second.version}
    assert one.versions() == other.versions()


def test_two_that_write_at_once_lose_nothing(tmp_path):
    # Each file is also made by both at once.
    for path in (tmp_path / f"{count}.sqlite" for count in range(12)):
        entries = [make_entry() for _ in range(4)]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(FileStore(path).keep, entries))
        kept = {entry.version for entry in FileStore(path).versions()}
        assert kept == {entry.version for entry in entries}


def test_only_the_owner_may_read_the_file(kept, path):
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_file_is_where_the_environment_says(own_journal):
    assert default_path() == own_journal
    FileStore().keep(make_entry())
    assert own_journal.exists()


def test_without_a_word_from_the_environment_the_file_is_in_the_users_data(monkeypatch, tmp_path):
    monkeypatch.delenv("WORKSHOP_KIT_JOURNAL")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_path().is_relative_to(tmp_path)
    assert default_path().parts[-2:] == ("workshop-kit", "journal.sqlite")


# Deleting, replacing, sealing


def test_a_deleted_moment_leaves_its_id_and_a_time_and_does_not_come_back(store):
    first, stays = make_entry(words={"note": "quokka"}), make_entry()
    again = make_entry(id=first.id, words={"note": "quokka"})
    store.keep(first, again, stays)
    gone = Deleted(id=first.id, at=MORNING)
    store.remove(gone)
    assert store.keep(again, stays, first) == (first.id,)
    assert store.open()[0] == Held((stays,), (gone,))
    assert b"quokka" not in store.path.read_bytes()


def test_of_two_deletions_the_earlier_time_stays(store):
    gone = Deleted(id=make_entry().id, at=MORNING)
    for later in (1, 0, 2):
        store.remove(gone.model_copy(update={"at": MORNING + timedelta(milliseconds=later)}))
    assert store.open()[0].deleted == (gone,)


def test_replacing_leaves_exactly_what_was_handed_in(store):
    store.keep(make_entry(), make_entry())
    store.remove(Deleted(id=make_entry().id, at=MORNING))
    gone, new = Deleted(id=make_entry().id, at=MORNING), make_entry()
    store.replace(Held((new, make_entry(id=gone.id)), (gone,)))
    assert store.open()[0] == Held((new,), (gone,))


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.keep(make_entry()),
        lambda store: store.keep(
            store.versions()[0].model_copy(update={"words": {"note": "other"}})
        ),
        lambda store: store.remove(Deleted(id=make_entry().id, at=MORNING)),
        lambda store: store.replace(Held(lock=LOCK)),
        lambda store: store.erase(),
    ],
)
def test_what_was_changed_since_it_was_opened_is_not_replaced(kept, change):
    held, state = kept.open()
    change(kept)
    after = kept.open()
    with pytest.raises(JournalError, match="changed in another window") as caught:
        kept.replace(held, state)
    assert caught.value.reason == "outdated"
    assert kept.open() == after


def test_what_was_not_changed_since_is_replaced(kept):
    _held, state = kept.open()
    kept.replace(Held(lock=LOCK), state)
    assert kept.open()[0] == Held(lock=LOCK)


def test_nothing_is_replaced_if_one_version_is_there_twice(kept):
    before, twice = kept.open(), make_entry()
    with pytest.raises(JournalError):
        kept.replace(Held((make_entry(), twice, twice)))
    assert kept.open() == before


def test_a_locked_journal_takes_nothing_that_is_not_sealed(store, path):
    plain, shut = make_entry(words={"note": "quokka"}), read_stored([sealed(RECORD)])
    store.keep(plain)
    store.replace(Held(shut, (), LOCK))
    with pytest.raises(JournalError, match="another passphrase") as caught:
        store.keep(plain)
    assert caught.value.reason == "outdated"
    store.keep(*shut)
    assert store.open()[0] == Held(shut, (), LOCK)
    assert store.versions() == ()
    assert b"quokka" not in path.read_bytes()


def test_an_open_journal_takes_nothing_sealed_and_no_half_of_anything(kept):
    before, shut = kept.open(), read_stored([sealed(RECORD)])
    for change in (
        lambda: kept.keep(*shut),
        lambda: kept.replace(Held(shut)),
        lambda: kept.replace(Held((make_entry(),), (), LOCK)),
        lambda: kept.replace(Held((make_entry(), *shut))),
    ):
        with pytest.raises(JournalError):
            change()
    assert kept.open() == before


def test_of_a_sealed_version_the_last_state_stays(store):
    [first] = read_stored([sealed(RECORD)])
    later = first.model_copy(update={"sealed": "b3RoZXJz" * 9})
    store.replace(Held((first,), (), LOCK))
    store.keep(later)
    assert store.open()[0].versions == (later,)


# What is wrong with a file


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=2, max_size=2000))
def test_any_other_bytes_are_refused_and_left_alone(tmp_path, raw):
    # SQLite itself takes a file of one byte for an empty one.
    path = tmp_path / "journal.sqlite"
    path.write_bytes(raw)
    assert_refused(path, DAMAGED)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_to_a_file_is_read_or_refused(tmp_path, data):
    path = tmp_path / "journal.sqlite"
    path.unlink(missing_ok=True)
    FileStore(path).keep(make_entry(words={"note": "before " * 50}))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    put = data.draw(st.binary(min_size=1, max_size=60))
    broken = (whole[:place] + put + whole[place + len(put) :])[: data.draw(st.integers(1, 20000))]
    path.write_bytes(broken)
    try:
        versions = FileStore(path).versions()
    except JournalError:
        assert path.read_bytes() == broken
    else:
        assert len(versions) <= 1


def test_a_record_that_is_no_entry_is_refused(kept, path):
    change_file(path, "UPDATE versions SET record = '{\"id\": 1}'")
    with pytest.raises(JournalError, match="entry 1"):
        kept.versions()


@pytest.mark.parametrize("record", ["'{'", f"'{'[' * 20000}'", "CAST(x'7bff7d' AS TEXT)"])
def test_a_record_that_cannot_be_read_is_called_damaged(kept, path, record):
    change_file(path, f"UPDATE versions SET record = {record}")  # noqa: S608
    with pytest.raises(JournalError, match=DAMAGED):
        kept.versions()


def test_a_file_whose_table_is_gone_is_called_damaged(kept, path):
    change_file(path, "DROP TABLE versions")
    assert_refused(path, DAMAGED)


def test_a_file_of_a_newer_workshop_is_left_alone(kept, path):
    change_file(path, "PRAGMA user_version = 3")
    assert_refused(path, NEWER)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE versions (other)",
        "PRAGMA user_version = 1",
        "PRAGMA application_id = 7",
        "PRAGMA user_version = 99",
    ],
)
def test_a_file_of_another_program_is_left_alone(tmp_path, statement):
    path = tmp_path / "other.sqlite"
    change_file(path, statement)
    assert_refused(path, FOREIGN)


def test_a_folder_in_the_place_of_the_file_is_said(path):
    path.mkdir(parents=True)
    assert_refused(path, UNWRITABLE)


def test_a_file_in_the_place_of_the_folder_is_said(path):
    path.parent.write_text("in the way", encoding="utf-8")
    with pytest.raises(JournalError, match=UNWRITABLE):
        FileStore(path).keep(make_entry())
    assert path.parent.read_text(encoding="utf-8") == "in the way"


def test_a_name_that_no_disk_takes_is_said(tmp_path):
    assert_refused(tmp_path / ("long" * 100), UNWRITABLE)


@pytest.mark.parametrize("statement", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_file_in_use_is_said_within_a_second_and_works_once_it_is_free(kept, path, statement):
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(statement)
        began = time.monotonic()
        with pytest.raises(JournalError, match=LOCKED):
            kept.keep(make_entry())
        assert time.monotonic() - began < 1.2
    assert path.read_bytes() == before
    kept.keep(make_entry())
    assert len(kept.versions()) == 2


def test_a_file_in_use_cannot_be_read_either_and_says_so(kept, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalError, match=LOCKED):
            kept.versions()


# A power cut


@pytest.mark.parametrize("after", [1, 25])
def test_what_was_said_to_be_kept_outlives_a_killed_process(path, after):
    command = [sys.executable, "-c", WRITER, str(path), str(Path(__file__).parent)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    acknowledged = {writer.stdout.readline().strip() for _ in range(after)}
    writer.send_signal(signal.SIGKILL)
    acknowledged |= {line.strip() for line in writer.stdout if line.endswith("\n")}
    writer.wait()
    versions = FileStore(path).versions()
    assert acknowledged <= {str(entry.version) for entry in versions}
    assert len(acknowledged) >= after
    for entry in versions:
        count = int(entry.words["note"].split()[0])
        assert entry.words["note"] == f"{count} " + "long words " * count
    FileStore(path).keep(make_entry())
    assert len(FileStore(path).versions()) == len(versions) + 1
