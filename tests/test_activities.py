from __future__ import annotations

import pytest
from making import make_entry, with_systems

from workshop_kit import begin
from workshop_kit.exercises import Prose, journey
from workshop_kit.file_store import FileStore
from workshop_kit.journal import HOMES_VARIABLE, PageStore
from workshop_kit.widgets.choice import ChoiceField
from workshop_kit.widgets.circles import Circles
from workshop_kit.widgets.home import HomeField
from workshop_kit.widgets.moments import MomentsList
from workshop_kit.widgets.picture import Picture
from workshop_kit.widgets.words import WordsField
from workshop_kit.wording import load_wording

CONTROLS = {
    "systems": Circles,
    "setting": ChoiceField,
    "choice": ChoiceField,
    "words": WordsField,
    "bridge": WordsField,
    "home": HomeField,
    "picture": Picture,
    "moments": MomentsList,
}
QUESTIONS = [
    (exercise.id, part.id, part.kind)
    for exercise in journey()
    for part in exercise.parts
    if part.kind not in Prose.KINDS
]


@pytest.fixture
def served(monkeypatch):
    """The environment of a kernel that `serve` started."""
    monkeypatch.setenv(HOMES_VARIABLE, "browser,visit")


@pytest.fixture
def on_ones_own(monkeypatch):
    """The environment of a kernel that JupyterLab started on one's own computer."""
    for name in (HOMES_VARIABLE, "JUPYTERHUB_USER", "BINDER_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)


def test_under_serve_python_holds_a_copy_without_words(served, capsys):
    assert isinstance(begin("arriving").journal.store, PageStore)
    shown = capsys.readouterr().out
    assert "Keeper" in shown
    assert "Companion" not in shown


def test_on_ones_own_computer_the_journal_is_a_file_and_the_page_says_where(on_ones_own, capsys):
    assert isinstance(begin("arriving").journal.store, FileStore)
    shown = capsys.readouterr().out
    assert shown.index("Companion") < shown.index("Keeper")


def test_beginning_writes_nothing(on_ones_own, own_journal):
    begin("arriving").ask("systems")
    assert not own_journal.exists()


def test_an_exercise_that_is_not_there_is_answered_with_those_there_are(served):
    with pytest.raises(LookupError, match="there is no exercise 'ariving'; there are: arriving"):
        begin("ariving")


@pytest.mark.parametrize(("exercise", "part", "kind"), QUESTIONS)
def test_every_question_has_its_control(served, exercise, part, kind):
    assert isinstance(begin(exercise).ask(part), CONTROLS[kind])


def test_every_kind_of_control_is_asked_for_somewhere():
    assert {kind for _, _, kind in QUESTIONS} == CONTROLS.keys()


def test_what_is_there_to_be_read_asks_nothing(served):
    with pytest.raises(LookupError, match="'opening' is there to be read; it asks nothing"):
        begin("arriving").ask("opening")


def test_a_part_that_is_not_there_is_answered_with_those_there_are(served):
    with pytest.raises(LookupError, match=r"no part 'sistems'; its parts are: .*systems"):
        begin("arriving").ask("sistems")


def test_a_control_knows_its_exercise_its_question_and_its_words(served):
    arriving = begin("arriving")
    circles, setting = arriving.ask("systems"), arriving.ask("setting")
    assert (circles.exercise, circles.question) == ("arriving", "systems")
    assert circles.legend == arriving.exercise.part("systems").legend
    assert list(circles.systems) == ["threat", "drive", "soothing"]
    assert (setting.group, arriving.ask("opened_from").group) == ("setting", "answers")
    assert setting.choices[0] == {"id": "client_work", "label": "Client work"}


def test_the_bridge_asks_what_its_exercise_asks_in_its_order(served):
    arriving = begin("arriving")
    asked = [prompt["id"] for prompt in arriving.ask("bridge").prompts]
    assert asked == list(arriving.exercise.part("bridge").asks)


def test_homes_are_offered_as_the_server_says(monkeypatch):
    monkeypatch.setenv(HOMES_VARIABLE, "visit,browser")
    offered = begin("welcome").ask("home").homes
    assert [home["id"] for home in offered] == ["visit", "browser"]
    assert offered[0]["who"] == load_wording().homes["visit"].who


def test_a_picture_is_drawn_again_whenever_the_journal_changes(served):
    patterns = begin("patterns")
    picture = patterns.ask("activation")
    assert picture.figure == {}
    assert picture.sentence == load_wording().picture["empty"]
    for hours in range(3):
        patterns.journal.keep(with_systems({"threat": 4.5}, hours))
    assert [row[2] for row in picture.rows] == ["4.5"] * 3
    assert "each time middling" in picture.sentence
    assert len(picture.figure["data"][0]["x"]) == 3


def test_a_journal_that_cannot_be_read_is_said_where_the_picture_would_be(on_ones_own, own_journal):
    patterns = begin("patterns")
    patterns.journal.keep(with_systems({"threat": 4.5}))
    assert len(patterns.ask("activation").rows) == 1
    own_journal.write_bytes(b"not a journal at all")
    picture = patterns.ask("activation")
    assert (picture.figure, picture.rows) == ({}, [])
    assert picture.sentence.startswith("Your journal file is damaged")


def test_no_control_holds_a_word_of_the_journal(on_ones_own):
    patterns = begin("patterns")
    said = make_entry(words={"note": "quokka"}, answers={"systems": "numb"})
    patterns.journal.keep(said)
    assert patterns.journal.store.versions() == (said,)
    for exercise, part, _ in QUESTIONS:
        assert "quokka" not in repr(begin(exercise).ask(part).get_state())


def test_the_list_of_moments_has_a_label_for_every_question_and_choice(served):
    exercises = begin("patterns").ask("moments").exercises
    labels = exercises["arriving"]["labels"]
    assert exercises["arriving"]["title"] == "Arriving"
    assert labels["opened_from.cant_tell"] == "I can't tell"
    assert {"systems", "opened_from", "note", "noticed", "remember", "work"} <= labels.keys()
