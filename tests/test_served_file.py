"""The file home: locked, erased, and what is said where the file cannot be written."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import READY, Server
from pages import expect_note, panel, records, until, write
from playwright.sync_api import Page, expect
from test_journal_database import HELD_BACK
from test_served_erase import erase
from test_served_kernels import kernels_of
from test_served_passphrase import WORDS, lock, unlock

from workshop_kit.entries import fold
from workshop_kit.file_store import FileStore
from workshop_kit.lock import open_entry, open_lock

MARKER = "Zwetschgenkuchen in one file. " * 60


@pytest.fixture(scope="module")
def disk(tmp_path_factory) -> Iterator[Path]:
    """A disk of 400 kB, where this machine lets a test have one."""
    folder = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k,mode=0700", "tmpfs", folder]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture(scope="module")
def server(disk, tmp_path_factory) -> Iterator[Server]:
    """A server with the file home, for which permissions hold even if it is root's."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("WORKSHOP_KIT_JOURNAL", str(disk / "data" / "journal.sqlite"))
        log = tmp_path_factory.mktemp("log") / "log.txt"
        started = Server(log, ("--file-home",), before=tuple(HELD_BACK))
        started.start()
    yield started
    started.stop()


@pytest.fixture
def store(disk) -> FileStore:
    empty = FileStore(disk / "data" / "journal.sqlite")
    empty.erase()
    return empty


@pytest.fixture
def page(visit, server, store) -> Page:
    """Arriving, with a note in the file."""
    opened = visit(server.link)
    opened.wait_for_url(server.url)
    go(opened, server.page("01_arriving"))
    write(opened, "before")
    expect(opened.locator(".ws-kept")).to_contain_text("Kept in a file")
    return opened


def go(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector(READY, state="attached")
    return page


@contextmanager
def no_room(disk: Path, server: Server) -> Iterator[str]:
    """Leave no room for another page of a file; where there is no small disk, by a limit."""
    if not disk.is_mount():
        limits = {one: one.rlimit(resource.RLIMIT_FSIZE) for one in kernels_of(server)}
        for kernel in limits:
            kernel.rlimit(resource.RLIMIT_FSIZE, (4096, limits[kernel][1]))
        try:
            yield "cannot be written here"
        finally:
            for kernel, limit in limits.items():
                kernel.rlimit(resource.RLIMIT_FSIZE, limit)
        return
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file:
        room = os.statvfs(disk)
        file.write(bytes(room.f_bavail * room.f_frsize))
    try:
        yield "The disk is full"
    finally:
        filling.unlink()


@contextmanager
def read_only(path: Path) -> Iterator[str]:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        yield "cannot be written here"
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)


def test_a_full_disk_and_a_file_that_may_only_be_read_are_told_and_nothing_is_lost(
    page, server, disk, store
):
    kept, alert = page.locator(".ws-kept[role=status]"), page.locator(".ws-kept[role=alert]")
    for text, fault in (("full", no_room(disk, server)), ("read only", read_only(store.path))):
        with fault as sentence:
            write(page, MARKER + text)
            expect(alert).to_contain_text(sentence)
            expect_note(page, MARKER + text)
            with page.expect_download() as download:
                alert.get_by_role("button", name="Keep a file").click()
            document = json.loads(Path(download.value.path()).read_text())
            assert MARKER + text in [one["words"].get("note") for one in document["entries"]]
        expect(kept).to_contain_text("Kept in a file")
        assert fold(store.versions())[0].words["note"] == MARKER + text


def test_the_file_and_its_drafts_are_locked_and_python_reads_no_word(page, server, store):
    lock(page)
    write(page, MARKER)
    assert "Zwetschgen" not in page.evaluate("JSON.stringify(localStorage)")
    expect(page.locator(".ws-kept[role=status]")).to_contain_text("Kept in a file")
    left = "Object.keys(localStorage).filter((key) => key.includes('draft'))"
    while page.evaluate(left):
        page.wait_for_timeout(20)
    assert b"Zwetschgen" not in b"".join(
        path.read_bytes() for path in store.path.parent.iterdir() if path.is_file()
    )
    held, _ = store.open()
    key = open_lock(held.lock, WORDS)
    [moment] = fold(open_entry(key, version) for version in held.versions)
    assert moment.words == {"note": MARKER}
    # From there to the browser it goes with its lock, all of it.
    panel(page).get_by_role("radio", name="In this browser").click()
    page.get_by_role("button", name="Take all of it along").click()
    expect(panel(page).get_by_role("radio", name="In this browser")).to_be_checked()
    expect_note(page, MARKER)
    until(lambda: store.open()[0].versions == ())
    moved = records(page)
    assert moved
    assert all("sealed" in record for record in moved)
    other = go(page.context.new_page(), server.page("12_patterns"))
    unlock(other, WORDS)
    expect(other.locator(".ws-moments")).to_contain_text(MARKER)


def test_the_file_goes_and_no_open_page_brings_anything_back(page, server, store):
    other = go(page.context.new_page(), server.page("01_arriving"))
    write(other, MARKER)
    expect(other.locator(".ws-kept")).to_contain_text("Kept in a file")
    assert store.path.exists()
    erase(page)
    expect_note(other, "")
    assert not store.path.exists()
    assert "draft" not in page.evaluate("JSON.stringify(localStorage)")
    other.reload()
    other.wait_for_selector(READY, state="attached")
    assert list(store.path.parent.iterdir()) == []
    write(other, "begun again")
    expect(other.locator(".ws-kept")).to_contain_text("Kept in a file")
    assert [entry.words for entry in store.versions()] == [{"note": "begun again"}]
