"""The short form of `python -m benchmarks`: our own page, a few visitors, and what is written."""

from __future__ import annotations

from conftest import run_apart
from journals import PICTURES

from benchmarks import crowd, frameworks, patterns, tables
from benchmarks.picture import draw, write_svg
from benchmarks.tables import Row
from workshop_kit.exercises import journey
from workshop_kit.tables import tables as tabled

MEASURED = [
    Row("ours", 1, "join", 0.5),
    Row("ours", 30, "answered last", 2.0),
    Row("ours", 30, "lost", 0),
    Row("another", 1, "join", 2.0),
    Row("another", 30, "answered last", 8.0),
    Row("another", 30, "lost", 1),
]


def test_visitors_who_come_at_once_are_all_answered_and_leave_nothing_open(served):
    at = frameworks.Served(served.url.rstrip("/"), served.process.pid)
    measured = run_apart(crowd.join(frameworks.WORKSHOP, at, 3, think=False))
    assert measured["lost"] == 0
    assert 0 < measured["ready first"] <= measured["ready last"] <= measured["answered last"]
    assert measured["cpu per join"] > 0
    assert measured["memory per page"] > 1


def test_a_visitor_who_is_turned_away_is_counted_as_lost(served):
    nobody = frameworks.Served(f"http://127.0.0.1:{frameworks._free_port()}", served.process.pid)
    measured = run_apart(crowd.join(frameworks.WORKSHOP, nobody, 2))
    assert measured["lost"] == 2
    assert "ready first" not in measured


def test_the_table_of_ratios_is_told_in_times_of_the_first():
    lines = tables.ratios(MEASURED, 30).splitlines()
    cells = dict(
        zip(*[[cell.strip() for cell in line.split("|")] for line in lines[::3]], strict=True)
    )
    assert cells["join in a browser, s"] == "4.0 times"
    assert "lost" not in cells
    assert cells["cold bytes, MB"] == "-"


def test_what_was_measured_is_read_as_it_was_written(tmp_path):
    tables.write_csv(MEASURED, tmp_path / "results.csv")
    assert tables.read_csv(tmp_path / "results.csv") == MEASURED


def test_the_picture_is_drawn_without_a_network(browser, tmp_path):
    write_svg(draw(MEASURED, 30), browser, tmp_path / "results.svg")
    assert "another" in (tmp_path / "results.svg").read_text(encoding="utf-8")


def test_every_peer_has_a_page_of_its_own_and_a_pinned_version():
    pinned = (frameworks.PAGES.parent / "requirements.txt").read_text(encoding="utf-8")
    for peer in frameworks.PEERS:
        named = [word for word in peer.command.split() if "{pages}" in word]
        assert all((frameworks.PAGES / word.rpartition("/")[2]).exists() for word in named)
        assert f"{peer.package}==" in pinned


def test_the_short_form_of_the_long_journals_measures_every_picture(capsys):
    reached = patterns.main(["--lengths", "40", "120", "--rounds", "1"])
    told = capsys.readouterr().out
    assert [name for name in (*PICTURES, "tables", "figures") if name not in told] == []
    assert reached == 0


def test_a_long_journal_is_the_same_every_time_and_has_every_kind_of_answer():
    entries = patterns.journal(200)
    assert entries == patterns.journal(200)
    assert {entry.exercise for entry in entries} == set(patterns.EXERCISES)
    made = tabled(entries, journey())
    assert [name for name, table in made.named().items() if table.empty] == []


def test_a_goal_that_is_not_met_is_said(monkeypatch, capsys):
    monkeypatch.setattr(patterns, "LENGTHS", (40, 120))
    monkeypatch.setattr(patterns, "AIMED", {"tables": 1e-9})
    assert patterns.main(["--lengths", "40", "120", "--rounds", "1"]) == 1
    assert "NOT REACHED" in capsys.readouterr().out
