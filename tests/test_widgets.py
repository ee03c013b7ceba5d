from __future__ import annotations

import re
from importlib import import_module

import anywidget
import pytest
from making import SAYINGS, a_lock, make_entry, sealed, with_systems
from traitlets import TraitError

from workshop_kit.file_desk import FileDesk
from workshop_kit.file_store import FileStore
from workshop_kit.journal import Journal, PageStore
from workshop_kit.widgets.choice import ChoiceField
from workshop_kit.widgets.circles import Circles
from workshop_kit.widgets.companion import Companion, companion_html
from workshop_kit.widgets.files import FOLDER, PARTS, TOKENS, module, stems, styles
from workshop_kit.widgets.keeper import Keeper
from workshop_kit.widgets.picture import Picture
from workshop_kit.widgets.words import WordsField
from workshop_kit.wording import load_controls, load_pictures, load_wording

OF_A_PART = {"exercise", "part", "systems", "words", "answers"}
# What each widget shares with its page. A new name here is a new thing that a page can set.
SHARED = {
    "choice": {"value", "exercise", "question", "group", "legend", "choices", "clear"},
    "circles": {"sizes", "instead", "exercise", "question", "legend", "systems", "words"},
    "companion": {"html"},
    "day": OF_A_PART,
    "filters": {"nothing", "since", "until", "setting", "settings", "words"},
    "flows": OF_A_PART,
    "home": {"homes", "legend", "choices", "homes_legend"},
    "keeper": {"exercise", "content", "carry_on", "homes", "whole", "words"},
    "letter": OF_A_PART,
    "moments": {"exercises", "systems", "settings", "words"},
    "pause": OF_A_PART,
    "picture": {
        *("absent", "figure", "title", "sentence", "columns", "rows", "beside", "note", "words"),
    },
    "plane": OF_A_PART,
    "sitting": OF_A_PART,
    "sorter": OF_A_PART,
    "stems": OF_A_PART,
    "takeaway": {"exercises", "legend", "words"},
    "triangle": OF_A_PART,
    "words": {"exercise", "prompts", "between"},
}
REFUSAL = "This page may not do that."


def widget_class(stem):
    found = [
        value
        for value in vars(import_module(f"workshop_kit.widgets.{stem}")).values()
        if isinstance(value, type) and issubclass(value, anywidget.AnyWidget)
    ]
    [widget] = [value for value in found if value.__module__.endswith(f".{stem}")]
    return widget


def record(**fields):
    return make_entry(**fields).model_dump(mode="json")


# The files of every widget


def test_a_widget_is_three_files_of_one_stem():
    files = {
        suffix: {path.stem for path in FOLDER.glob(f"*.{suffix}")} for suffix in ("py", "js", "css")
    }
    assert files["js"] == files["css"]
    assert files["py"] - {"__init__", "base", "files"} == files["js"]
    assert set(stems()) == SHARED.keys() == files["js"]


@pytest.mark.parametrize("stem", SHARED)
def test_a_widget_shares_with_its_page_what_it_says_and_no_more(stem):
    widget = widget_class(stem)
    shared = set(widget.class_traits(sync=True)) - set(anywidget.AnyWidget.class_traits(sync=True))
    assert shared - {"_esm", "_css", "_anywidget_id"} == SHARED[stem]


@pytest.mark.parametrize("stem", SHARED)
def test_a_widgets_module_is_whole_and_in_no_need_of_another(stem):
    text = module(stem)
    assert text.startswith((PARTS / "shared.js").read_text(encoding="utf-8"))
    assert text.endswith((FOLDER / f"{stem}.js").read_text(encoding="utf-8"))
    assert text.count("export default") == 1
    assert not re.search(
        r"^\s*import\b|\bimport\(|https?://(?!www\.w3\.org/2000/svg|paulmillr\.com\))",
        text,
        re.MULTILINE,
    )


@pytest.mark.parametrize("stem", SHARED)
def test_a_widget_is_dressed_in_the_tokens(stem):
    style = styles(stem)
    assert style.startswith(TOKENS.read_text(encoding="utf-8"))
    assert style.endswith((FOLDER / f"{stem}.css").read_text(encoding="utf-8"))
    own = style.removeprefix(TOKENS.read_text(encoding="utf-8"))
    known = set(re.findall(r"(--ws-[a-z-]+):", style))
    assert set(re.findall(r"var\((--ws-[a-z-]+)", own)) <= known
    assert "@import" not in style
    assert "url(" not in style


@pytest.mark.parametrize(
    ("stem", "groups"),
    [
        ("circles", ["sizes"]),
        ("moments", ["sizes", "moments"]),
        ("keeper", ["kept", "moment"]),
    ],
)
def test_every_word_a_widget_asks_for_is_in_the_shared_words(stem, groups):
    asked = set(
        re.findall(r"\bwords\.([a-z_]+)\b", (FOLDER / f"{stem}.js").read_text(encoding="utf-8"))
    )
    assert asked
    assert asked - {"sizes"} <= {
        name for group in groups for name in dict(getattr(load_wording(), group))
    } | {"file_name"}


@pytest.mark.parametrize("stem", ["picture", "filters"])
def test_every_word_a_picture_asks_for_stands_beside_the_pictures(stem):
    asked = set(re.findall(r"\bwords\.([a-z_]+)\b", module(stem)))
    said = load_pictures()
    assert asked
    beside = {**said.shared, **said.filters, **load_wording().picture}
    assert asked - {"written"} <= beside.keys()


@pytest.mark.parametrize("stem", [stem for stem, shared in SHARED.items() if shared is OF_A_PART])
def test_every_word_a_control_of_a_part_asks_for_is_in_its_own_words(stem):
    asked = set(re.findall(r"\bwords\.([a-z_]+)\b", module(stem)))
    shared = {"sizes", *dict(load_wording().sizes)}
    assert asked - shared <= getattr(load_controls(), stem).keys()


# Fields


def test_a_field_for_words_has_no_place_for_words_in_its_state():
    field = WordsField(exercise="arriving", prompts=[{"id": "note", "label": "A note"}])
    state = {name: value for name, value in field.get_state().items() if not name.startswith("_")}
    assert set(state) == {"exercise", "prompts", "between", "layout", "tabbable", "tooltip"}
    with pytest.raises(TraitError):
        field.set_trait("value", "quokka")


def test_the_page_of_a_field_for_words_says_nothing_to_its_model():
    text = (FOLDER / "words.js").read_text(encoding="utf-8")
    assert "model.get(" in text
    assert not re.search(r"model\.(set|save_changes|send)|\bfetch\b|Storage\b", text)


def test_circles_hold_sizes_by_system():
    circles = Circles(sizes={"threat": 6.5})
    assert (circles.sizes, circles.instead) == ({"threat": 6.5}, "")
    with pytest.raises(TraitError):
        circles.sizes = {"threat": "large"}


def test_nothing_is_chosen_or_placed_until_somebody_does():
    assert ChoiceField().value is None
    assert Circles().sizes == {}
    assert Picture().figure == {}


def test_a_picture_changes_in_one_message():
    picture, messages = Picture(), []
    picture.send_state = lambda names: messages.append(set(names))
    picture.show(figure={"data": []}, sentence="Two.", rows=[["a"]])
    assert (picture.sentence, picture.rows) == ("Two.", [["a"]])
    assert messages == [{"figure", "sentence", "rows"}]


# The companion


@pytest.mark.parametrize("home", ["browser", "file", "visit"])
def test_the_companion_says_where_the_words_are_and_who_could_read_them(home):
    html = companion_html([home]).replace("&#39;", "'")
    assert load_wording().homes[home].short in html
    assert load_wording().homes[home].who in html


def test_the_companion_has_pause_leave_and_where_to_turn_with_every_contact():
    html = Companion(["file"]).html
    assert set(re.findall(r'data-ws-open="(\w+)"', html)) == {"pause", "leave", "turn"}
    assert set(re.findall(r'data-ws-dialog="(\w+)"', html)) == {"pause", "leave", "turn"}
    assert "116 123" in html


def test_under_serve_leave_is_a_link():
    html = companion_html(["browser"], "/leave")
    assert 'href="/leave"' in html
    assert 'data-ws-dialog="leave"' not in html


def test_a_sample_journal_is_said_to_be_one():
    sample = load_wording().privacy["sample"]
    assert sample in companion_html(["visit"], sample=True)
    assert sample not in companion_html(["visit"])


# The keeper


@pytest.fixture
def in_browser():
    """The keeper of a page whose journal is in the browser."""
    return Keeper(Journal(PageStore()))


@pytest.fixture
def in_file():
    """The keeper of a page whose journal may be a file."""
    return Keeper(Journal(PageStore()), desk=FileDesk())


def answer(keeper, **message):
    """What the page hears when it sends ``message``."""
    heard = []
    keeper.send = heard.append
    keeper._answer(keeper, message, [])
    [reply] = heard
    return reply


def test_in_a_browser_home_python_learns_numbers_and_never_a_word(in_browser):
    said = with_systems({"threat": 3.0}, words={"note": "quokka"}, setting="home")
    reply = answer(in_browser, ask="numbers", ticket="7", records=[said.model_dump(mode="json")])
    assert reply == {"to": "7", "unreadable": 0}
    [entry] = in_browser._journal.entries()
    assert (entry.answers, entry.setting) == ({"systems": {"threat": 3.0}}, "home")
    assert "quokka" not in repr(vars(in_browser._journal.store))
    assert "quokka" not in repr(in_browser.get_state())


@pytest.mark.parametrize("ask", ["open", "keep", "remove", "replace", "erase", "forge", None])
def test_in_a_browser_home_nothing_else_is_answered(in_browser, own_journal, ask):
    said = record(words={"note": "quokka"})
    asked = {"records": [said], "versions": [said], "deleted": [], "lock": None}
    reply = answer(in_browser, ask=ask, ticket="7", id=said["id"], at=said["changed"], **asked)
    assert reply == {"to": "7", "refused": REFUSAL}
    assert in_browser._journal.store.versions() == ()
    assert not own_journal.parent.exists()


def test_python_forgets_what_it_was_told_when_it_is_asked_to(in_browser):
    answer(in_browser, ask="numbers", ticket="1", records=[record()])
    assert len(in_browser._journal.entries()) == 1
    assert answer(in_browser, ask="forget", ticket="2") == {"to": "2"}
    assert in_browser._journal.entries() == ()


def test_a_page_cannot_talk_itself_into_another_home(in_browser):
    in_browser.set_state({"homes": ["file"], "desk": True, "_desk": {"store": "x"}})
    assert in_browser.homes == ["file"]
    assert answer(in_browser, ask="open", ticket="7") == {"to": "7", "refused": REFUSAL}


@pytest.mark.parametrize("words", SAYINGS)
def test_in_the_file_home_words_are_kept_and_come_back(in_file, words):
    said = record(words={"note": words})
    assert answer(in_file, ask="keep", ticket="1", records=[said]) == {"to": "1", "deleted": []}
    opened = answer(in_file, ask="open", ticket="2")
    assert opened["state"]
    assert (opened["versions"], opened["deleted"], opened["lock"]) == ([said], [], None)


def test_a_page_draws_from_the_file_only_once_it_has_opened_it(in_file):
    FileStore().keep(make_entry(words={"note": "quokka"}))
    assert in_file._journal.entries() == ()
    answer(in_file, ask="open", ticket="1")
    [entry] = in_file._journal.entries()
    assert entry.words == {}
    # A page whose journal is for this visit only draws from what it tells.
    answer(in_file, ask="numbers", ticket="2", records=[])
    assert in_file._journal.entries() == ()


def test_a_deleted_moment_is_kept_no_more_and_the_page_learns_of_it(in_file):
    said, other = record(), record()
    answer(in_file, ask="keep", ticket="1", records=[said])
    gone = {"id": said["id"], "at": "2026-03-02T10:00:00.000Z"}
    assert answer(in_file, ask="remove", ticket="2", **gone) == {"to": "2"}
    reply = answer(in_file, ask="keep", ticket="3", records=[said, other])
    assert reply == {"to": "3", "deleted": [said["id"]]}
    opened = answer(in_file, ask="open", ticket="4")
    assert (opened["versions"], opened["deleted"]) == ([other], [gone])


def test_a_sealed_journal_is_kept_sealed_and_drawn_from_what_the_page_tells(in_file):
    said, lock = record(), a_lock()
    whole = {"versions": [said], "deleted": [], "lock": None}
    answer(in_file, ask="replace", ticket="1", **whole)
    shut = sealed(said)
    locked = {"versions": [shut], "deleted": [], "lock": lock}
    assert answer(in_file, ask="replace", ticket="2", **locked) == {"to": "2"}
    assert answer(in_file, ask="open", ticket="3").items() >= locked.items()
    assert in_file._journal.entries() == ()
    answer(in_file, ask="numbers", ticket="4", records=[said])
    answer(in_file, ask="keep", ticket="5", records=[sealed(record())])
    assert [str(entry.id) for entry in in_file._journal.entries()] == [said["id"]]
    answer(in_file, ask="open", ticket="6")
    assert in_file._journal.entries() == ()


def test_what_was_changed_meanwhile_is_not_replaced_and_the_reason_is_told(in_file):
    state = answer(in_file, ask="open", ticket="1")["state"]
    FileStore().keep(make_entry(words={"note": "from another window"}))
    whole = {"versions": [], "deleted": [], "lock": None, "state": state}
    reply = answer(in_file, ask="replace", ticket="2", **whole)
    assert reply["reason"] == "outdated"
    assert reply["refused"].startswith("Your journal was changed in another window")
    assert len(FileStore().versions()) == 1


def test_erasing_leaves_nothing_in_the_file_or_in_python(in_file, own_journal):
    answer(in_file, ask="keep", ticket="1", records=[record()])
    answer(in_file, ask="open", ticket="2")
    answer(in_file, ask="numbers", ticket="3", records=[record()])
    assert answer(in_file, ask="erase", ticket="4") == {"to": "4"}
    assert not own_journal.exists()
    assert in_file._journal.entries() == ()
    assert in_file._told.versions() == ()


@pytest.mark.parametrize(
    "message",
    [
        {"ask": "remove", "id": "quokka", "at": "2026-03-02T10:00:00.000Z"},
        {"ask": "remove", "id": "00000000-0000-0000-0000-000000000001", "at": "quokka"},
        {"ask": "replace", "versions": "quokka", "deleted": [], "lock": None},
        {"ask": "replace", "versions": [], "deleted": [{"quokka": 1}], "lock": None},
        {"ask": "replace", "versions": [], "deleted": [], "lock": "quokka"},
        {"ask": "replace", "versions": [], "deleted": [], "lock": {"kdf": {"name": "quokka"}}},
        {"ask": "replace", "versions": [], "deleted": []},
        {"ask": "keep", "records": [{"version": "quokka", "id": "quokka", "sealed": "quokka"}]},
        {"ask": "keep"},
    ],
)
def test_what_is_no_journal_changes_nothing_and_is_refused(in_file, message):
    FileStore().keep(make_entry(words={"note": "here before"}))
    before = FileStore().open()
    reply = answer(in_file, ticket="1", **message)
    assert "quokka" not in reply["refused"]
    assert FileStore().open() == before


@pytest.mark.parametrize(
    "records",
    [
        [{"quokka": 1}],
        [record() | {"words": {"quokka quokka": "x"}}],
        [record() | {"answers": {"systems": "A quokka"}}],
        {"quokka": "quokka"},
        "quokka",
        None,
    ],
)
def test_a_bad_record_is_refused_in_a_sentence_that_quotes_nothing(in_file, records):
    reply = answer(in_file, ask="keep", ticket="1", records=records)
    assert reply["refused"].startswith("This is not a journal that can be read")
    assert "quokka" not in reply["refused"]
    assert FileStore().versions() == ()


def test_a_bad_record_hides_no_good_one_from_a_picture(in_browser):
    good, bad = record(), record() | {"answers": {"systems": "A quokka"}}
    reply = answer(in_browser, ask="numbers", ticket="1", records=[bad, good, {"quokka": 1}])
    assert reply == {"to": "1", "unreadable": 2}
    assert [str(entry.version) for entry in in_browser._journal.entries()] == [good["version"]]


@pytest.mark.parametrize("records", [None, "quokka", {"quokka": "quokka"}])
def test_what_is_no_list_is_refused(in_browser, records):
    reply = answer(in_browser, ask="numbers", ticket="1", records=records)
    assert reply["refused"].startswith("This is not a journal that can be read")
    assert "quokka" not in reply["refused"]


@pytest.mark.parametrize("message", [None, 7, "open", ["open"]])
def test_a_message_of_no_known_shape_is_refused(in_browser, message):
    heard = []
    in_browser.send = heard.append
    in_browser._answer(in_browser, message, [])
    assert heard == [{"to": None, "refused": REFUSAL}]


def test_one_bad_record_among_good_ones_keeps_none(in_file):
    assert "refused" in answer(in_file, ask="keep", ticket="1", records=[record(), {"id": 1}])
    assert FileStore().versions() == ()


def test_a_file_that_cannot_be_written_is_said_in_the_files_own_sentence(in_file, own_journal):
    own_journal.mkdir(parents=True)
    reply = answer(in_file, ask="keep", ticket="1", records=[record()])
    assert reply["refused"].startswith("Your journal file cannot be written here.")
