"""``workshop-kit journal``: what was kept is shown, taken away, brought in and erased."""

from __future__ import annotations

import io
import json
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from making import MORNING, SAYINGS, make_entry, with_systems

from workshop_kit import cli
from workshop_kit.file_store import FileStore, Held
from workshop_kit.journal_file import Contents, Deleted, read_journal, to_journal, write_journal
from workshop_kit.lock import make_lock, open_journal, seal_entry, seal_journal
from workshop_kit.sample import sample_entries

PASSPHRASE = "two herons, one pond"  # noqa: S105
MARKER = "Zwetschgenkuchen"
LOCK, KEY = make_lock(PASSPHRASE)


@pytest.fixture
def store():
    return FileStore()


@pytest.fixture
def kept(store):
    """A journal of two moments, one of them deleted."""
    gone = make_entry(words={"note": "gone"})
    said = with_systems({"threat": 7.0}, words={"note": MARKER}, setting="in_between")
    store.keep(said, gone)
    store.remove(Deleted(id=gone.id, at=MORNING))
    return store


@pytest.fixture
def locked(kept):
    """The same, locked."""
    entries = kept.versions()
    sealed = tuple(seal_entry(KEY, entry) for entry in entries)
    kept.replace(Held(sealed, kept.open()[0].deleted, LOCK))
    return kept


@pytest.fixture
def say(monkeypatch):
    """Say something on standard input, which is no terminal."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


@pytest.fixture
def run(capsys, say):
    """Run a command: its status, what it wrote, and what it complained of."""
    say("")

    def call(*words):
        status = cli.main(["journal", *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def complaint(done):
    """The one sentence of a command that did not go through."""
    status, _out, err = done
    assert status == 1
    assert err.startswith("workshop-kit: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


def contents(store):
    held, _state = store.open()
    return Contents(held.versions, held.deleted)


def ids(entries):
    return {entry.version for entry in entries}


# Showing


def test_show_prints_each_moment_with_its_questions_and_ones_own_words(run, kept):
    assert run("show") == (
        0,
        "Arriving, Monday 2 March 2026, 09:30\n"
        "  The three systems then\n    Threat: large\n"
        f"  A note to myself\n    {MARKER}\n"
        "  Where\n    In between\n",
        "",
    )


def test_show_says_where_it_looked_when_there_is_nothing(run, own_journal):
    assert run("show") == (0, f"no moments are kept in {own_journal}\n", "")
    assert not own_journal.parent.exists()


def test_show_tells_every_exercise_there_is(run, store):
    store.keep(*sample_entries())
    status, out, _ = run("show")
    assert status == 0
    for entry in sample_entries():
        assert all(text.splitlines()[0] in out for text in entry.words.values() if text)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_word_commands_the_terminal_or_stops_the_command(store, encoding):
    store.keep(*(make_entry(words={"note": f"before {words} after"}) for words in SAYINGS))
    done = subprocess.run(
        [sys.executable, "-m", "workshop_kit", "journal", "show"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert done.stdout.count(b"before ") == len(SAYINGS)
    assert not set(done.stdout) & {0, 7, 8, 27, 127}
    assert done.stderr == b""


# Taking away


def test_what_is_exported_is_all_there_is_and_is_nobody_elses_to_read(run, kept, tmp_path):
    out = tmp_path / "my journal.json"
    status, said, _ = run("export", out)
    assert (status, said.startswith(f"1 moment in {out}; it is plain text")) == (0, True)
    assert read_journal(out.read_bytes()) == contents(kept)
    assert out.stat().st_mode & 0o777 == 0o600


def test_a_table_is_exported_for_a_spreadsheet(run, kept, tmp_path):
    assert run("export", "--csv", tmp_path / "out.csv")[0] == 0
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("moment,exercise,")
    assert MARKER in text


def test_a_locked_export_opens_with_its_passphrase_only(run, say, kept, tmp_path):
    say(f"{PASSPHRASE}\n")
    assert run("export", "--locked", tmp_path / "out.json") == (
        0,
        f"1 moment in {tmp_path / 'out.json'}\n",
        "",
    )
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert MARKER not in text
    assert open_journal(text, PASSPHRASE) == contents(kept)


def test_a_locked_journal_is_exported_with_its_own_lock(run, locked, tmp_path):
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    given = ("--passphrase-file", tmp_path / "passphrase")
    assert run("export", "--locked", tmp_path / "out.json", *given)[0] == 0
    assert json.loads((tmp_path / "out.json").read_text())["locked"]["key"] == LOCK.key
    assert run("export", tmp_path / "plain.json", *given)[0] == 0
    assert MARKER in (tmp_path / "plain.json").read_text()
    assert MARKER in run("show", *given)[1]


@pytest.mark.parametrize("kind", [[], ["--csv"], ["--locked"]])
def test_no_file_that_is_there_is_written_over_unasked(run, say, kept, tmp_path, kind):
    out = tmp_path / "out"
    out.write_text("somebody's thesis", encoding="utf-8")
    say(f"{PASSPHRASE}\n")
    assert f"{out} is there already and has been left as it is" in complaint(
        run("export", out, *kind)
    )
    assert out.read_text(encoding="utf-8") == "somebody's thesis"
    say(f"{PASSPHRASE}\n")
    assert run("export", out, "--force", *kind)[0] == 0
    assert "thesis" not in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out"]


def test_where_nothing_can_be_written_it_is_said(run, kept, tmp_path):
    assert "cannot be written" in complaint(run("export", tmp_path / "nowhere" / "out"))
    assert "cannot be written" in complaint(run("export", "--force", tmp_path / "no" / "out"))


# Bringing in


def test_what_is_imported_joins_what_is_there(run, kept, tmp_path):
    before = contents(kept)
    theirs = make_entry(words={"note": "from the phone"})
    there_too = before.entries[0]
    file = tmp_path / "kept.json"
    file.write_text(to_journal([there_too, theirs]), encoding="utf-8")
    assert run("import", file) == (0, "1 moment new, 1 moment here before\n", "")
    assert ids(contents(kept).entries) == {there_too.version, theirs.version}
    assert contents(kept).deleted == before.deleted


def test_the_same_file_twice_changes_not_a_byte(run, kept, own_journal, tmp_path):
    file = tmp_path / "kept.json"
    file.write_text(to_journal([make_entry(), make_entry()]), encoding="utf-8")
    run("import", file)
    before = own_journal.read_bytes()
    assert run("import", file)[:2] == (0, "0 moments new, 2 moments here before\n")
    assert own_journal.read_bytes() == before


def test_what_was_deleted_on_either_side_stays_deleted(run, kept, tmp_path):
    [here], [gone] = contents(kept).entries, contents(kept).deleted
    file = tmp_path / "kept.json"
    theirs = Contents((make_entry(id=gone.id),), (Deleted(id=here.id, at=MORNING),))
    file.write_text(write_journal(theirs), encoding="utf-8")
    assert run("import", file)[:2] == (
        0,
        "0 moments new, 0 moments here before; 1 moment deleted here before, and so left out; "
        "1 moment deleted in the file, and so deleted here too\n",
    )
    assert contents(kept).entries == ()
    assert {one.id for one in contents(kept).deleted} == {here.id, gone.id}


def test_a_locked_file_is_brought_into_an_open_journal(run, kept, tmp_path):
    theirs = Contents((make_entry(words={"note": "from the phone"}),))
    (tmp_path / "kept.json").write_text(seal_journal(LOCK, KEY, theirs), encoding="utf-8")
    (tmp_path / "passphrase").write_text(f"another\n{PASSPHRASE}\n", encoding="utf-8")
    assert (
        run("import", tmp_path / "kept.json", "--passphrase-file", tmp_path / "passphrase")[0] == 0
    )
    assert len(kept.versions()) == 2


def test_an_open_file_is_brought_into_a_locked_journal_and_sealed(
    run, say, locked, own_journal, tmp_path
):
    [before] = locked.open()[0].versions
    new = make_entry(words={"note": "from the phone"})
    (tmp_path / "kept.json").write_text(to_journal([new]), encoding="utf-8")
    say(f"{PASSPHRASE}\n")
    assert run("import", tmp_path / "kept.json")[0] == 0
    held, _ = locked.open()
    assert held.lock == LOCK
    assert before in held.versions, "what was sealed stays as it was"
    assert len(held.versions) == 2
    assert b"from the phone" not in own_journal.read_bytes()
    say(f"{PASSPHRASE}\n")
    assert "from the phone" in run("show")[1]


@pytest.mark.parametrize("verb", ["show", "export", "import"])
def test_a_passphrase_that_is_another_opens_nothing_and_changes_nothing(
    run, say, locked, own_journal, tmp_path, verb
):
    file = tmp_path / "file.json"
    if verb == "import":
        file.write_text(to_journal([make_entry()]), encoding="utf-8")
    before = own_journal.read_bytes()
    for given in ("", "another\nand another\n"):
        say(given)
        words = [verb] if verb == "show" else [verb, file]
        done = run(*words)
        assert "No passphrase that was given opens your journal" in complaint(done)
        assert done[1] == ""
    assert own_journal.read_bytes() == before
    assert verb == "import" or not file.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a journal: it is not whole JSON"),
        (b'{"format": "workshop-kit/journal", "vers', "not whole JSON"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"[" * 100_000, "not whole JSON"),
        (b'{"format": "recipes"}', "not a journal of this workshop"),
        (b'{"format": "workshop-kit/journal", "version": 2}', "newer version"),
        (
            b'{"format": "workshop-kit/journal", "version": 1, "locked": {}}',
            "that can be read",
        ),
    ],
)
def test_what_is_no_journal_is_refused_and_changes_nothing(
    run, kept, own_journal, tmp_path, content, sentence
):
    before = own_journal.read_bytes()
    (tmp_path / "kept.json").write_bytes(content)
    assert sentence in complaint(run("import", tmp_path / "kept.json"))
    assert own_journal.read_bytes() == before


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(run, kept, tmp_path):
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(200_000_000)
    assert "larger than any journal" in complaint(run("import", tmp_path / "large.json"))


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert "cannot be read; check how it is spelt" in complaint(run("import", tmp_path / "no"))
    assert "cannot be read" in complaint(run("import", tmp_path))


def test_a_page_that_writes_meanwhile_loses_nothing(run, kept, tmp_path, monkeypatch):
    meanwhile, theirs = make_entry(words={"note": "meanwhile"}), make_entry()
    (tmp_path / "kept.json").write_text(to_journal([theirs]), encoding="utf-8")
    replace, pages = FileStore.replace, [meanwhile]

    def a_page_is_quicker(store, *arguments):
        if pages:
            store.keep(pages.pop())
        replace(store, *arguments)

    monkeypatch.setattr(FileStore, "replace", a_page_is_quicker)
    assert run("import", tmp_path / "kept.json")[0] == 0
    assert {meanwhile.version, theirs.version} < ids(kept.versions())


# Erasing


@pytest.mark.parametrize("fixture", ["kept", "locked"])
def test_erase_asks_for_a_word_and_then_leaves_nothing(run, say, request, fixture, own_journal):
    request.getfixturevalue(fixture)
    before = own_journal.read_bytes()
    for word in ("", "yes\n", "ERASE\n"):
        say(word)
        assert "nothing was erased" in complaint(run("erase"))
        assert own_journal.read_bytes() == before
    say("erase\n")
    status, out, err = run("erase")
    assert (status, err) == (0, "")
    assert str(own_journal) in out
    assert list(own_journal.parent.iterdir()) == []


def test_erase_need_not_ask(run, kept, own_journal):
    assert run("erase", "--yes")[0] == 0
    assert not own_journal.exists()
    assert run("erase", "--yes")[0] == 0, "and once more is no fault"


# Faults of the file


@pytest.mark.parametrize(
    "words", [["show"], ["export", "OUT"], ["import", "IN"], ["erase", "--yes"]]
)
def test_a_file_in_use_or_damaged_is_said_in_a_sentence_for_a_terminal(
    run, kept, own_journal, tmp_path, words
):
    (tmp_path / "IN").write_text(to_journal([make_entry()]), encoding="utf-8")
    words = [tmp_path / word if word.isupper() else word for word in words]
    with closing(sqlite3.connect(own_journal, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert f"another program is writing to {own_journal}" in complaint(run(*words))
    own_journal.write_bytes(b"quokka" * 1000)
    said = complaint(run(*words))
    assert f"{own_journal} is damaged" in said
    assert "on the screen" not in said
    assert own_journal.read_bytes() == b"quokka" * 1000


# At a real terminal, and in a pipe


def at_a_terminal(*words, answers):
    """Run a command at a terminal of its own; answer what it asks for."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "workshop_kit", "journal", *words])  # noqa: S606
    said = b""
    for prompt, answer in answers:
        while prompt.encode() not in said:
            said += os.read(terminal, 1000)
        said = b""
        os.write(terminal, f"{answer}\n".encode())
    try:
        while piece := os.read(terminal, 1000):
            said += piece
    except OSError:
        pass
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said.decode()


def test_at_a_terminal_passphrases_are_asked_for_and_not_shown(kept, tmp_path):
    out = str(tmp_path / "out.json")
    twice = [("A new passphrase: ", PASSPHRASE), ("The same again: ", PASSPHRASE)]
    status, said = at_a_terminal("export", "--locked", out, answers=twice)
    assert (status, PASSPHRASE in said) == (0, False)
    assert open_journal((tmp_path / "out.json").read_text(), PASSPHRASE) == contents(kept)
    kept.erase()
    tries = [("Passphrase of the file: ", "a guess"), ("Passphrase of the file: ", PASSPHRASE)]
    status, said = at_a_terminal("import", out, answers=tries)
    assert status == 0
    assert "1 moment new" in said


def test_two_new_passphrases_that_differ_lock_nothing(kept, tmp_path):
    twice = [("A new passphrase: ", PASSPHRASE), ("The same again: ", "two herrings")]
    status, said = at_a_terminal("export", "--locked", str(tmp_path / "out"), answers=twice)
    assert status == 1
    assert "The two passphrases differ" in said
    assert not (tmp_path / "out").exists()


def test_whoever_reads_only_the_beginning_is_told_nothing_else(store):
    store.keep(*(make_entry(words={"note": "x" * 4000}) for _ in range(50)))
    command = f"{sys.executable} -m workshop_kit journal show | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)  # noqa: S602
    assert done.stdout == "Arriving, Monday 2 March 2026, 09:30\n"
    assert done.stderr == ""


def test_commands_that_are_not_whole_are_said_in_one_sentence(capsys):
    for words in ([], ["shw"], ["export"], ["export", "f", "--csv", "--locked"], ["import"]):
        with pytest.raises(SystemExit) as caught:
            cli.main(["journal", *words])
        assert caught.value.code == 2
        said = capsys.readouterr().err
        assert said.startswith("workshop-kit: ")
        assert said.count("\n") == 1
