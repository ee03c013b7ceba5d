from __future__ import annotations

import pytest
from making import make_entry, with_systems

from workshop_kit.entries import JournalError
from workshop_kit.file_store import FileStore
from workshop_kit.journal import HOMES_VARIABLE, Journal, PageStore, allowed_homes
from workshop_kit.journal_file import Deleted


@pytest.fixture(params=["page", "file"])
def journal(request):
    """A journal in either of the stores."""
    return Journal(PageStore() if request.param == "page" else FileStore())


@pytest.fixture
def nowhere(monkeypatch):
    """An environment that says nothing of where it is."""
    for name in (HOMES_VARIABLE, "JUPYTERHUB_USER", "BINDER_SERVICE_HOST"):
        monkeypatch.delenv(name, raising=False)


def test_each_moment_is_there_once_without_its_words(journal):
    first = with_systems({"threat": 3.0}, words={"note": "mine"})
    second = with_systems("numb", hours=1, id=first.id)
    other = with_systems(None, hours=-1)
    journal.keep(first, second, other)
    shown = journal.entries()
    assert [entry.id for entry in shown] == [other.id, first.id]
    assert shown[1].answers == {"systems": "numb"}
    assert "mine" not in repr(shown)


def test_a_file_keeps_the_words_that_a_journal_does_not_show():
    store = FileStore()
    Journal(store).keep(make_entry(words={"note": "mine"}))
    assert [entry.words for entry in store.versions()] == [{"note": "mine"}]


def test_a_page_store_never_holds_a_word():
    store = PageStore()
    store.keep(make_entry(words={"note": "mine"}, times={"words.note": "2026-01-01T00:00:00Z"}))
    assert len(store.versions()) == 1
    assert "mine" not in repr(vars(store))
    assert "note" not in repr(vars(store))


def test_a_page_store_holds_the_last_state_of_a_version():
    store, first = PageStore(), with_systems({"threat": 3.0})
    later = first.model_copy(update={"answers": {"systems": "numb"}})
    store.keep(first)
    store.keep(later)
    assert store.versions() == (later,)


@pytest.mark.parametrize("store", [PageStore, FileStore])
def test_a_store_drops_a_moment_and_forgets_everything(store):
    store, gone, stays = store(), make_entry(), make_entry()
    assert store.keep(gone, stays, make_entry(id=gone.id)) == ()
    store.remove(Deleted(id=gone.id, at=gone.begun))
    assert store.versions() == (stays,)
    store.erase()
    assert store.versions() == ()


def test_a_journal_can_turn_to_another_store_and_says_so(journal):
    told, page = [], PageStore()
    page.keep(make_entry())
    journal.on_change(lambda: told.append(len(journal.entries())))
    journal.turn_to(page)
    assert told == [1]


def test_listeners_are_told_once_after_all_is_kept(journal):
    told = []
    journal.on_change(lambda: told.append(len(journal.entries())))
    journal.keep(make_entry(), make_entry())
    assert told == [2]


def test_listeners_are_not_told_of_what_could_not_be_kept(own_journal):
    own_journal.mkdir(parents=True)
    journal, told = Journal(FileStore()), []
    journal.on_change(lambda: told.append("told"))
    with pytest.raises(JournalError, match="cannot be written here"):
        journal.keep(make_entry())
    assert told == []


def test_on_ones_own_computer_the_home_is_a_file_or_the_visit(nowhere):
    assert allowed_homes() == ("file", "visit")


@pytest.mark.parametrize("variable", ["JUPYTERHUB_USER", "BINDER_SERVICE_HOST"])
def test_on_somebody_elses_computer_words_end_with_the_visit(nowhere, monkeypatch, variable):
    monkeypatch.setenv(variable, "somebody")
    assert allowed_homes() == ("visit",)


@pytest.mark.parametrize(
    ("said", "homes"),
    [
        ("browser,visit", ("browser", "visit")),
        ("visit", ("visit",)),
        ("visit,browser", ("visit", "browser")),
        ("browser,cloud", ("browser",)),
        ("", ("visit",)),
        ("cloud", ("visit",)),
    ],
)
def test_a_server_says_which_homes_there_are_and_which_comes_first(monkeypatch, said, homes):
    monkeypatch.setenv("JUPYTERHUB_USER", "somebody")
    monkeypatch.setenv(HOMES_VARIABLE, said)
    assert allowed_homes() == homes
