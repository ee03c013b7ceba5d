"""``workshop-kit patterns``: the tables behind the pictures, for a script."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys

import pandas as pd
import pytest
from making import make_entry

from workshop_kit import cli
from workshop_kit.counts import counts
from workshop_kit.entries import fold
from workshop_kit.exercises import journey
from workshop_kit.file_store import FileStore
from workshop_kit.journal_file import Contents, to_journal
from workshop_kit.lock import make_lock, seal_journal
from workshop_kit.sample import SAMPLE, sample_entries
from workshop_kit.tables import tables

PASSPHRASE = "two herons, one pond"  # noqa: S105
MADE = tables(sample_entries(), journey())
TABLES = {**MADE.named(), **counts(MADE)}


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command: its status, what it wrote, and what it complained of."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    def call(*words):
        status = cli.main(["patterns", *map(str, words)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_json_holds_every_table_row_by_row(run):
    status, out, err = run(SAMPLE, "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert (told.pop("format"), told.pop("version")) == ("workshop-kit/patterns", 1)
    assert list(told) == list(TABLES)
    for name, table in TABLES.items():
        assert [list(row) for row in told[name]] == [list(table.columns)] * len(table)
        again = pd.DataFrame(told[name], columns=table.columns).astype(table.dtypes)
        pd.testing.assert_frame_equal(again, table)
    assert told["activation"][0] == {
        **{"moment": str(sample_entries()[0].id), "exercise": "arriving", "question": "systems"},
        **{"time": "2026-09-16T17:52:00.000", "offset": 60, "setting": "in_between"},
        **{"threat": 7.5, "drive": 7.5, "soothing": None, "instead": None, "largest": "several"},
    }


def test_csv_holds_a_file_for_every_table_that_nobody_else_can_read(run, tmp_path):
    folder = tmp_path / "tables"
    status, out, err = run(SAMPLE, "--csv", folder)
    assert (status, err) == (0, "")
    assert out == f"{len(TABLES)} tables in {folder}; none of them holds your words\n"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{one}.csv" for one in TABLES)
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        again = pd.read_csv(path, parse_dates=["time"] if "time" in table else [])
        assert list(again.columns) == list(table.columns)
        pd.testing.assert_frame_equal(again.astype(table.dtypes), table)
    first = next(csv.DictReader((folder / "activation.csv").read_text().splitlines()))
    assert (first["time"], first["threat"]) == ("2026-09-16T17:52:00.000", "7.5")
    assert (first["soothing"], first["largest"]) == ("", "several")


def test_no_word_is_in_any_of_them(run, tmp_path):
    marker = "Zwetschgenkuchen"
    named = dict.fromkeys(("note", "acts_x", "weights_x", "stops_early", "voice"), marker)
    answers = {"acts_x_1": {"landed": "partly"}, "systems": {"threat": 1.0}}
    journal = tmp_path / "mine.json"
    journal.write_text(to_journal([make_entry(exercise="diary", words=named, answers=answers)]))
    assert marker in journal.read_text()
    assert marker not in run(journal, "--json")[1]
    run(journal, "--csv", tmp_path / "tables")
    assert not [path for path in (tmp_path / "tables").iterdir() if marker in path.read_text()]


def test_each_moment_is_told_once_and_as_it_is_now(run, tmp_path):
    first = make_entry(answers={"systems": {"threat": 1.0}})
    then = make_entry(id=first.id, parent=first.version, answers={"systems": {"threat": 2.0}})
    journal = tmp_path / "mine.json"
    journal.write_text(to_journal([first, then]))
    [row] = json.loads(run(journal, "--json")[1])["activation"]
    [folded] = fold([first, then])
    assert row["threat"] == folded.answers["systems"]["threat"]


def test_an_empty_journal_has_every_table_and_no_rows(run, tmp_path):
    journal = tmp_path / "mine.json"
    journal.write_text(to_journal([]))
    told = json.loads(run(journal, "--json")[1])
    assert [told[name] for name in TABLES] == [[]] * len(TABLES)
    run(journal, "--csv", tmp_path / "tables")
    header = (tmp_path / "tables" / "owners.csv").read_bytes()
    assert header == b"exercise,owner,count\r\n"


def test_a_locked_journal_is_opened_with_its_passphrase(run, tmp_path):
    journal, passphrase = tmp_path / "locked.json", tmp_path / "passphrase"
    journal.write_text(seal_journal(*make_lock(PASSPHRASE), Contents(sample_entries())))
    passphrase.write_text(PASSPHRASE)
    status, out, _ = run(journal, "--json", "--passphrase-file", passphrase)
    assert (status, out) == (0, run(SAMPLE, "--json")[1])
    passphrase.write_text("another")
    assert "No passphrase that was given opens the file" in complaint(
        run(journal, "--json", "--passphrase-file", passphrase)
    )


def test_the_file_of_a_journal_on_this_computer_is_read_as_well(run, tmp_path):
    entry = make_entry(answers={"systems": {"threat": 1.0}})
    FileStore().keep(entry)
    FileStore(tmp_path / "other.sqlite").keep(entry)
    [row] = json.loads(run("--json")[1])["activation"]
    assert row["moment"] == str(entry.id)
    assert json.loads(run(tmp_path / "other.sqlite", "--json")[1])["activation"] == [row]


def complaint(done):
    """The one sentence of a command that did not go through."""
    status, out, err = done
    assert (status, out) == (1, "")
    assert err.startswith("workshop-kit: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": "workshop-kit/journal", "version": 99, "entries": []}', "\xff"],
    ids=["empty", "cut off", "another", "newer", "not UTF-8"],
)
def test_what_is_no_journal_is_said_in_one_sentence(run, tmp_path, text):
    journal = tmp_path / "mine.json"
    journal.write_bytes(text.encode("latin-1"))
    complaint(run(journal, "--json"))
    complaint(run(journal, "--csv", tmp_path / "tables"))
    assert not (tmp_path / "tables").exists()
    assert journal.read_bytes() == text.encode("latin-1")


def test_a_journal_that_is_not_there_and_a_folder_that_cannot_be(run, tmp_path):
    nowhere = tmp_path / "not" / "there"
    assert f"{nowhere} cannot be read" in complaint(run(nowhere, "--json"))
    assert f"{nowhere} cannot be made" in complaint(run(SAMPLE, "--csv", nowhere))
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert f"{taken} cannot be made" in complaint(run(SAMPLE, "--csv", taken))


def test_files_that_are_there_are_left_as_they_are_unless_it_is_forced(run, tmp_path):
    mine = tmp_path / "weights.csv"
    mine.write_text("mine")
    assert f"{mine} is there already" in complaint(run(SAMPLE, "--csv", tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [mine.name]
    assert mine.read_text() == "mine"
    assert run(SAMPLE, "--csv", tmp_path, "--force")[0] == 0
    assert mine.read_text() != "mine"


@pytest.mark.parametrize("words", [[], ["--json", "--csv", "tables"]], ids=["neither", "both"])
def test_one_of_the_two_kinds_is_asked_for(capsys, words):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["patterns", str(SAMPLE), *words])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
