from __future__ import annotations

import pytest
from making import make_entry, with_systems

from workshop_kit import activities, begin
from workshop_kit.exercises import journey
from workshop_kit.file_store import FileStore
from workshop_kit.journal import HOMES_VARIABLE, PageStore
from workshop_kit.widgets.choice import ChoiceField
from workshop_kit.widgets.circles import Circles
from workshop_kit.widgets.day import Day
from workshop_kit.widgets.filters import Filters
from workshop_kit.widgets.flows import Flows
from workshop_kit.widgets.home import HomeField
from workshop_kit.widgets.letter import Letter
from workshop_kit.widgets.moments import MomentsList
from workshop_kit.widgets.pause import Pause
from workshop_kit.widgets.picture import Picture
from workshop_kit.widgets.plane import Plane
from workshop_kit.widgets.sitting import Sitting
from workshop_kit.widgets.sorter import Sorter
from workshop_kit.widgets.stems import Stems
from workshop_kit.widgets.takeaway import Takeaway
from workshop_kit.widgets.triangle import Triangle
from workshop_kit.widgets.words import WordsField
from workshop_kit.wording import load_pictures, load_wording

CONTROLS = {
    "systems": Circles,
    "setting": ChoiceField,
    "choice": ChoiceField,
    "words": WordsField,
    "bridge": WordsField,
    "acts": Triangle,
    "stems": Stems,
    "sitting": Sitting,
    "sort": Sorter,
    "pause": Pause,
    "tone": Plane,
    "flows": Flows,
    "day": Day,
    "letter": Letter,
    "home": HomeField,
    "picture": Picture,
    "filters": Filters,
    "moments": MomentsList,
    "booklet": Takeaway,
}
QUESTIONS = [
    (exercise.id, part.id, part.kind)
    for exercise in journey()
    for part in exercise.parts
    if part.has_control
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


def test_on_ones_own_computer_nothing_is_drawn_before_the_page_says_where_it_is(
    on_ones_own, capsys
):
    FileStore().keep(make_entry())
    assert begin("arriving").journal.entries() == ()
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
    assert picture.sentence == load_pictures().shared["empty"]
    for hours in range(3):
        patterns.journal.keep(with_systems({"threat": 4.5}, hours))
    assert [row[2] for row in picture.rows] == ["4.5"] * 3
    assert "each time medium" in picture.sentence
    assert len(picture.figure["data"][0]["x"]) == 3


def test_a_choice_of_days_or_setting_changes_every_picture_of_the_page(served):
    patterns = begin("patterns")
    pictures = [patterns.ask(part) for part in ("activation", "by_setting")]
    filters = patterns.ask("filters")
    for hours in range(4):
        setting = "home" if hours else "study"
        patterns.journal.keep(with_systems({"threat": 4.5}, 24 * hours, setting=setting))
    filters.setting = "home"
    assert len(pictures[0].rows) == 3
    assert pictures[1].sentence.endswith(": 3 at home.")
    filters.set_trait("since", "2026-03-04")
    assert len(pictures[0].rows) == 2
    filters.set_trait("until", "no day at all")
    assert len(pictures[0].rows) == 2
    filters.set_trait("until", "2026-03-01")
    assert (pictures[0].figure, pictures[0].rows) == ({}, [])
    assert pictures[0].sentence == load_pictures().shared["empty_filtered"]
    for name in ("since", "until", "setting"):
        filters.set_trait(name, "")
    assert len(pictures[0].rows) == 4


def test_a_journal_that_cannot_be_read_is_said_where_the_picture_would_be(on_ones_own, own_journal):
    patterns = begin("patterns")
    patterns.journal.turn_to(FileStore())
    patterns.journal.keep(with_systems({"threat": 4.5}))
    assert len(patterns.ask("activation").rows) == 1
    own_journal.write_bytes(b"not a journal at all")
    patterns = begin("patterns")
    patterns.journal.turn_to(FileStore())
    picture = patterns.ask("activation")
    assert (picture.figure, picture.rows) == ({}, [])
    assert picture.sentence.startswith("Your journal file is damaged")


def test_no_control_holds_a_word_of_the_journal(on_ones_own):
    patterns = begin("patterns")
    patterns.journal.turn_to(FileStore())
    said = make_entry(words={"note": "quokka"}, answers={"systems": "numb"})
    patterns.journal.keep(said)
    assert patterns.journal.store.versions() == (said,)
    for exercise, part, _ in QUESTIONS:
        assert "quokka" not in repr(begin(exercise).ask(part).get_state())


def test_the_list_of_moments_knows_every_question_that_is_kept(served):
    exercises = begin("patterns").ask("moments").exercises
    assert exercises["arriving"]["title"] == "Arriving"
    told = {part["id"]: part for part in exercises["arriving"]["parts"]}
    assert list(told) == ["systems", "setting", "opened_from", "note", "bridge"]
    assert told["opened_from"]["choices"][-1]["id"] == "cant_tell"
    assert [prompt["id"] for prompt in told["bridge"]["prompts"]] == ["noticed", "remember", "work"]
    assert exercises["small_thing"]["parts"] == []


def test_the_letter_knows_whose_words_are_its_language_bank(served):
    sources = begin("coming_home").ask("letter").part["sources"]
    assert [(source["exercise"], source["id"]) for source in sources] == [
        ("catch", "stems"),
        ("tone", "phrases"),
    ]


def test_a_page_that_asks_nothing_to_keep_keeps_nothing(served, monkeypatch):
    shown = []
    monkeypatch.setattr(activities, "display", shown.append)
    for exercise in ("small_thing", "welcome", "tone"):
        begin(exercise)
    assert [keeper.exercise for keeper in shown] == ["", "", "tone"]


@pytest.mark.parametrize("exercise", ["small_thing", "staying", "coming_home"])
def test_what_is_ones_own_is_not_asked_for_work(served, exercise):
    bridge = begin(exercise).exercise.part("bridge")
    assert bridge.asks == ("noticed", "remember")
