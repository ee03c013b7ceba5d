"""``workshop-kit booklet``: what it writes, and what it leaves alone."""

from __future__ import annotations

import io
import os
import resource
import signal
import stat

import pytest
from making import make_entry

from workshop_kit.booklet import booklet_of
from workshop_kit.cli import main
from workshop_kit.file_store import FileStore, Held
from workshop_kit.journal_file import Contents, to_journal
from workshop_kit.lock import make_lock, seal_entry, seal_journal
from workshop_kit.sample import sample_entries


@pytest.fixture
def kept(tmp_path):
    """A file that was kept."""
    path = tmp_path / "my-journal.json"
    path.write_text(to_journal(sample_entries()), encoding="utf-8")
    return path


@pytest.fixture
def into(tmp_path):
    return tmp_path / "my-booklet.html"


def booklet(*arguments):
    return main(["booklet", *map(str, arguments)])


def complaint(capsys):
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("workshop-kit: ")
    assert said.err.count("\n") == 1
    return said.err


def test_a_file_that_was_kept_becomes_a_booklet(kept, into, capsys):
    assert booklet(kept, "-o", into) == 0
    assert f"the booklet is in {into}; it is not locked" in capsys.readouterr().out
    assert into.read_text(encoding="utf-8") == booklet_of(sample_entries())


def test_nobody_else_on_the_machine_can_read_it(kept, into):
    before = os.umask(0)
    try:
        assert booklet(kept, "-o", into) == 0
        assert booklet(kept, "-o", into, "--force") == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE(into.stat().st_mode) == 0o600


def test_without_a_file_it_is_that_of_the_journal_on_this_computer(into):
    FileStore().keep(make_entry(words={"note": "At home."}))
    assert booklet("-o", into) == 0
    assert "At home." in into.read_text(encoding="utf-8")


def test_another_file_of_that_kind_is_read_too(tmp_path, into):
    path = tmp_path / "other.sqlite"
    FileStore(path).keep(make_entry(words={"note": "Elsewhere."}))
    assert booklet(path, "-o", into) == 0
    assert "Elsewhere." in into.read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["a file that was kept", "this computer"])
def test_a_locked_journal_asks_for_its_passphrase(tmp_path, into, monkeypatch, capsys, where):
    lock, key = make_lock("two herons, one pond")
    entry = make_entry(words={"note": "Behind a lock."})
    if where == "this computer":
        FileStore().replace(Held((seal_entry(key, entry),), (), lock))
        journal = []
    else:
        journal = [tmp_path / "locked.json"]
        journal[0].write_text(seal_journal(lock, key, Contents((entry,))), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("another pond\n"))
    assert booklet(*journal, "-o", into) == 1
    assert "No passphrase that was given opens" in complaint(capsys)
    assert not into.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("two herons, one pond\n"))
    assert booklet(*journal, "-o", into) == 0
    assert "Behind a lock." in into.read_text(encoding="utf-8")


def test_a_damaged_file_on_this_computer_is_said_as_to_a_terminal(into, capsys):
    store = FileStore()
    store.keep(make_entry(words={"note": "x"}))
    content = bytearray(store.path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    store.path.write_bytes(content)
    assert booklet("-o", into) == 1
    assert "is damaged and could not be read" in (said := complaint(capsys))
    assert "screen" not in said


def test_only_the_chosen_exercises_are_in_it(kept, into):
    assert booklet(kept, "-o", into, "--exercises", "tone,catch") == 0
    text = into.read_text(encoding="utf-8")
    assert 'id="page-tone"' in text
    assert 'id="page-arriving"' not in text


def test_nothing_is_written_over_unasked(kept, into, capsys):
    into.write_text("mine", encoding="utf-8")
    assert booklet(kept, "-o", into) == 1
    assert "give --force to write over it" in complaint(capsys)
    assert into.read_text(encoding="utf-8") == "mine"
    assert booklet(kept, "-o", into, "--force") == 0
    assert into.read_text(encoding="utf-8") != "mine"
    assert [path.name for path in into.parent.iterdir() if path.is_file()] == [
        "my-booklet.html",
        "my-journal.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.json", "-o", "a.html"], "nowhere.json cannot be read; check how it is spelt"),
        (["KEPT", "-o", "no/such/folder/a.html"], "choose a folder that is there"),
        (
            ["KEPT", "-o", "a.html", "--exercises", "toad"],
            "'toad' that keeps anything; there are: arr",
        ),
        (["-o", "a.html"], "nothing in this journal that a booklet could hold"),
        (["OPEN", "-o", "a.html"], "nothing in this journal that a booklet could hold"),
        (["KEPT", "-o", "a.html", "--exercises", "small_thing"], "'small_thing' that keeps"),
        (["BROKEN", "-o", "a.html"], "This file is not a journal"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    kept, tmp_path, monkeypatch, capsys, arguments, sentence
):
    monkeypatch.chdir(tmp_path)
    broken = tmp_path / "broken.json"
    broken.write_text('{"quokka', encoding="utf-8")
    left = tmp_path / "open.json"
    left.write_text(to_journal([make_entry(answers={"systems": None}, words={"note": " "})]))
    named = {"KEPT": kept, "BROKEN": broken, "OPEN": left}
    assert booklet(*(named.get(one, one) for one in arguments)) == 1
    said = complaint(capsys)
    assert sentence in said
    assert "quokka" not in said
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: -o"),
        (["-o", "booklet.docx"], "a booklet ends in .html or .pdf, unlike 'booklet.docx'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_sentence(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as caught:
        booklet(*arguments)
    assert caught.value.code == 2
    assert sentence in complaint(capsys)


@pytest.fixture
def full_disk():
    """A disk on which no file can grow beyond a page."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_disk_that_is_full_leaves_what_was_there(kept, into, full_disk, capsys):
    into.write_text("mine", encoding="utf-8")
    assert booklet(kept, "-o", into, "--force") == 1
    assert booklet(kept, "-o", into.with_name("other.html")) == 1
    assert "other.html cannot be written" in capsys.readouterr().err
    assert into.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in into.parent.iterdir() if path.is_file()) == [
        "my-booklet.html",
        "my-journal.json",
    ]


def test_a_pdf_is_printed_where_there_is_a_chromium(kept, tmp_path, chromium_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", chromium_path)
    into = tmp_path / "my-booklet.PDF"
    assert booklet(kept, "-o", into, "--exercises", "arriving,coming_home") == 0
    pdf = into.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") > 4


def test_without_a_chromium_nothing_is_written(kept, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    assert booklet(kept, "-o", tmp_path / "a.pdf") == 1
    assert "choose a name that ends in .html" in complaint(capsys)
    assert not (tmp_path / "a.pdf").exists()
