"""The letter, and the language bank beside it: phrases of one's own, only those one chooses."""

from __future__ import annotations

import pytest
from access import expect_no_fault
from conftest import DESK, PHONE, READY
from pages import latest, records, wait_for, wait_until_kept
from playwright.sync_api import Page, expect

PAGE = "09_coming_home"
REST = "I rest so that nobody asks"


def go(page: Page, served, name: str) -> None:
    page.goto(served.page(name))
    page.wait_for_selector(READY, state="attached")


@pytest.fixture
def wrote(served, visit):
    """A visitor who has finished a sentence, half of another, and answered a colleague."""

    def come(size=DESK) -> Page:
        page = visit(served.page("03_catch"), size=size)
        page.get_by_role("textbox", name="I rest so that …").fill("nobody asks")
        page.get_by_role("textbox", name="If I don’t …, then …").first.fill("ring back,")
        wait_until_kept(page, "ring back,")
        go(page, served, "07_tone")
        page.get_by_label("What did the inner voice say?").fill("Too slow.")
        page.get_by_label("What would you say to a colleague").fill("You were <b>tired</b>.")
        wait_until_kept(page, "You were <b>tired</b>.")
        go(page, served, PAGE)
        return page

    return come


def bank(page: Page):
    return page.locator(".ws-bank")


def letter(page: Page):
    return page.get_by_label("A letter to myself")


def unfold(page: Page) -> None:
    page.get_by_text("Phrases you wrote").click()


def chosen(page: Page) -> dict:
    [found] = [one for one in latest(records(page)) if one["exercise"] == "coming_home"]
    return {name: value for name, value in found["answers"].items() if value is not None}


def test_the_bank_is_folded_until_it_is_opened(wrote):
    page = wrote()
    expect(page.get_by_text(REST)).to_be_hidden()
    unfold(page)
    expect(page.get_by_text(REST)).to_be_visible()


def test_whole_sentences_and_kind_words_are_offered_and_nothing_else(wrote):
    page = wrote()
    unfold(page)
    expect(bank(page).get_by_role("checkbox")).to_have_count(2)
    expect(bank(page).get_by_label(REST)).to_be_visible()
    expect(bank(page).get_by_label("You were <b>tired</b>.")).to_be_visible()
    expect(page.locator(".ws-letter b")).to_have_count(0)


def test_a_chosen_phrase_stands_beside_the_letter_and_is_there_again(wrote):
    page = wrote()
    unfold(page)
    bank(page).get_by_label(REST).check()
    beside = page.locator(".ws-beside-letter")
    expect(beside.get_by_text(REST)).to_be_visible()
    wait_for(page, lambda: chosen(page))
    [(name, value)] = chosen(page).items()
    assert name.startswith("letter_")
    assert name.endswith("_stems_rest")
    assert value == 1
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(beside.get_by_text(REST)).to_be_visible()
    unfold(page)
    bank(page).get_by_label(REST).uncheck()
    expect(beside).to_be_hidden()
    wait_for(page, lambda: chosen(page) == {})


def test_a_phrase_is_copied_on_a_line_of_its_own(wrote):
    page = wrote()
    unfold(page)
    bank(page).get_by_label(REST).check()
    letter(page).fill("Dear me,")
    page.get_by_role("button", name="Copy into the letter").click()
    page.keyboard.type("It was long.")
    expect(letter(page)).to_have_value(f"Dear me,\n{REST}\nIt was long.")
    wait_until_kept(page, f"Dear me,\n{REST}\nIt was long.")


def test_by_keyboard_alone(wrote):
    page = wrote(PHONE)
    letter(page).focus()
    page.keyboard.type("by hand")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".ws-beside-letter q")).to_have_count(1)
    wait_until_kept(page, "by hand")


def test_words_of_the_bank_go_nowhere(wrote, watched):
    page = wrote()
    unfold(page)
    bank(page).get_by_label(REST).check()
    # The choice crosses, as it may.
    wait_for(page, lambda: "_stems_rest" in str(watched.sent))
    page.wait_for_timeout(500)
    crossed = [*watched.sent, *watched.received]
    assert not [frame for frame in crossed if "nobody asks" in frame or "tired" in frame]


def test_without_phrases_the_bank_says_where_they_come_from(served, visit):
    page = visit(served.page(PAGE))
    unfold(page)
    expect(bank(page)).to_contain_text("your phrases are here")
    expect(bank(page).get_by_role("checkbox")).to_have_count(0)


def test_axe_finds_nothing_in_the_letter(wrote):
    page = wrote(PHONE)
    unfold(page)
    bank(page).get_by_label(REST).check()
    expect_no_fault(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
