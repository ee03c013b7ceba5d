from __future__ import annotations

import pytest

from workshop_kit import run_sheets, shelf
from workshop_kit.cli import main
from workshop_kit.exercises import journey
from workshop_kit.serving import guide
from workshop_kit.yaml_files import ContentError

SHEET = """\
sheets:
  - id: one
    title: One
    about: A trial.
    sessions:
      - title: One session
        minutes: 15
        steps:
          - {exercise: arriving}
          - {what: Talk, minutes: 5}
"""


@pytest.fixture
def sheet(tmp_path):
    """Write a file of run sheets and read it."""

    def read(text):
        path = tmp_path / run_sheets.FILE
        path.write_text(text, encoding="utf-8")
        return run_sheets.read(path, journey())

    return read


def test_there_is_a_sheet_for_each_length():
    sheets = run_sheets.load_run_sheets().sheets
    lengths = {one.id: [session.minutes for session in one.sessions] for one in sheets}
    assert lengths["ninety_minutes"] == [90]
    assert lengths["half_day"] == [210]
    assert sum(lengths["full_day"]) == 375
    assert lengths["six_weekly_hours"] == [60] * 6


def test_the_ninety_minutes_hold_what_a_first_meeting_needs():
    ninety = run_sheets.load_run_sheets().sheets[0]
    named = [step.exercise for step in ninety.sessions[0].steps if step.exercise]
    assert named == ["welcome", "arriving", "moves", "small_thing", "staying"]


def test_a_session_without_an_exercise_is_not_begun_from_a_page():
    outlines = [*run_sheets.outlines(run_sheets.load_run_sheets())]
    assert [one.title for one in outlines[:4]] == [
        *("Ninety minutes", "Half a day", "A full day: Morning", "A full day: Afternoon"),
    ]
    assert outlines[0].steps == ("welcome", "arriving", "moves", "small_thing", "staying")
    assert len(outlines) == len({one.id for one in outlines}) == 10


def test_no_session_ends_with_an_exercise():
    sheets = run_sheets.load_run_sheets().sheets
    for one in sheets:
        assert one.sessions[-1].steps[-1].exercise is None, one.id


def test_a_list_counts_from_the_beginning(sheet):
    shown = guide.lists(sheet(SHEET), journey())
    assert "- **0:10** Talk (5 minutes)\n- **0:15** The end" in shown
    assert "- **0:00** [Arriving](arriving.md) (10 minutes)" in shown


@pytest.mark.parametrize(
    ("was", "now", "line", "what"),
    [
        ("minutes: 15", "minutes: 20", 7, "says 20 minutes and its steps add up to 15"),
        ("exercise: arriving", "exercise: arival", 9, "there is no exercise 'arival'"),
        ("exercise: arriving", "exercise: arriving, minutes: 9", 9, "from its content file"),
        ("what: Talk, minutes: 5", "what: Talk", 10, "write one of them"),
        ("what: Talk", "what: ''", 10, "is empty"),
        ("minutes: 15", "minutes: soon", 7, "a whole number"),
        ("    about: A trial.\n", "", 2, "'about' is missing"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_cure(sheet, was, now, line, what):
    with pytest.raises(ContentError) as told:
        sheet(SHEET.replace(was, now))
    assert [fault.line for fault in told.value.faults] == [line]
    assert what in str(told.value)


def test_all_mistakes_are_told_at_once(sheet):
    wrong = SHEET.replace("arriving", "nowhere").replace("what: Talk, ", "")
    with pytest.raises(ContentError) as told:
        sheet(wrong)
    assert [fault.line for fault in told.value.faults] == [9, 10]


OURS = SHEET.replace("id: one", "id: ours").replace("title: One\n", "title: Ours\n")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with a run sheet of its own, entered."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / run_sheets.FILE).write_text(OURS, encoding="utf-8")
    monkeypatch.setenv(shelf.COURSE, str(folder))
    shelf.forget()
    yield folder
    monkeypatch.undo()
    shelf.forget()


def test_a_course_adds_a_sheet_to_those_of_the_workshop(course):
    titles = [one.title for one in run_sheets.load_run_sheets().sheets]
    assert titles[0] == "Ninety minutes"
    assert titles[-1] == "Ours"
    [outline] = [*run_sheets.outlines(run_sheets.load_run_sheets())][-1:]
    assert outline.steps == ("arriving",)


def test_a_course_changes_a_sheet_of_the_workshop(course):
    text = OURS.replace("id: ours", "id: ninety_minutes")
    (course / run_sheets.FILE).write_text(text, encoding="utf-8")
    first = run_sheets.load_run_sheets().sheets[0]
    assert (first.title, first.sessions[0].minutes) == ("Ours", 15)


def test_a_mistake_in_a_course_s_sheet_is_told_in_its_own_file(course, capsys):
    own = course / run_sheets.FILE
    own.write_text(OURS.replace("exercise: arriving", "exercise: arival"), encoding="utf-8")
    (course / "course.yaml").touch()
    (course / "content" / "en").mkdir(parents=True)
    (course / "content" / "en" / "shared.yaml").write_text("page: {name: Ours}\n", encoding="utf-8")
    (course / "notebooks").mkdir()
    assert main(["build", str(course)]) == 0
    capsys.readouterr()
    assert main(["check", str(course)]) == 1
    told = capsys.readouterr().out
    assert f"{own.resolve()}:9: there is no exercise 'arival'" in told


def test_an_exercise_that_has_no_page_in_the_guide_is_no_link(tmp_path, sheet):
    stray = journey()[0].model_copy(update={"id": "two_chairs", "title": "Two chairs"})
    text = SHEET.replace("arriving", "two_chairs")
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    shown = guide.lists(run_sheets.read(path, [stray]), [stray])
    assert f"Two chairs ({stray.minutes} minutes)" in shown
    assert "](two_chairs" not in shown
