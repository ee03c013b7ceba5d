"""The sorter: what weighs in a trainee's own words, or a given list, put in places by a tap."""

from __future__ import annotations

import re
import time

import pytest
from access import expect_no_fault
from conftest import PHONE, READY
from pages import latest, records, wait_for
from playwright.sync_api import Locator, Page, expect

from workshop_kit.exercises import load_exercise
from workshop_kit.wording import load_controls

OWN, GIVEN = "05_weight", "09_coming_home"
WEIGHTS = next(part for part in load_exercise("weight").parts if part.kind == "sort")
TAKING = next(part for part in load_exercise("coming_home").parts if part.kind == "sort")
PLACE = {choice.id: choice.label for choice in WEIGHTS.bins}
SAYS = load_controls().sorter
MARKUP = "<img src=x onerror=alert(1)><b>late</b>"


def kept(page: Page) -> tuple[dict, dict]:
    """What the journal now holds of this page: choices, and words."""
    [moment] = latest(records(page)) or [{"answers": {}, "words": {}}]
    return (
        {name: value for name, value in moment["answers"].items() if value is not None},
        {name: text for name, text in moment["words"].items() if text},
    )


def expect_kept(page: Page, places: dict[str, str], unplaced: tuple[str, ...] = ()) -> None:
    """Wait until exactly these things are kept: the place by the words of a thing."""
    deadline = time.monotonic() + 5
    while True:
        answers, words = kept(page)
        found = {words.get(name, ""): place for name, place in answers.items()}
        if found == places and set(words.values()) == ({*places} | {*unplaced}) - {""}:
            assert all(
                re.fullmatch(rf"{WEIGHTS.id}_[0-9a-z]+", name) for name in {**answers, **words}
            )
            return
        assert time.monotonic() < deadline, (answers, words)
        page.wait_for_timeout(20)


def sorter(page: Page) -> Locator:
    return page.locator(".ws-sorter")


def things(page: Page) -> Locator:
    return sorter(page).get_by_role("textbox")


def place(page: Page, thing: str, where: str) -> Locator:
    group = sorter(page).get_by_role("radiogroup", name=thing, exact=True)
    return group.get_by_role("radio", name=where, exact=True)


def picture(page: Page) -> Locator:
    return sorter(page).locator(".ws-sorted")


def add(page: Page) -> Locator:
    return sorter(page).get_by_role("button", name=SAYS["add"])


def two_things(page: Page) -> None:
    things(page).first.fill("staffing")
    place(page, "staffing", PLACE["service"]).check()
    add(page).click()
    expect(things(page).nth(1)).to_be_focused()
    page.keyboard.type("the late bus")
    expect_kept(page, {"staffing": "service"}, unplaced=("the late bus",))


def test_what_weighs_is_written_sorted_and_kept_word_for_word(served, visit):
    page = visit(served.page(OWN))
    expect(things(page)).to_have_count(1)
    expect(picture(page)).to_be_hidden()
    assert records(page) == []
    two_things(page)
    place(page, "the late bus", PLACE["shared"]).check()
    place(page, "the late bus", PLACE["service"]).check()
    expect_kept(page, {"staffing": "service", "the late bus": "service"})


def test_a_thing_is_kept_as_it_is_typed_and_can_be_put_in_other_words(served, visit):
    page = visit(served.page(OWN))
    things(page).first.press_sequentially("lett")
    expect_kept(page, {}, unplaced=("lett",))
    expect(things(page).first).to_be_focused()
    things(page).first.fill("letters, late at night")
    expect_kept(page, {}, unplaced=("letters, late at night",))


def test_what_is_there_after_a_reload_is_what_was_left(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    told = picture(page).get_attribute("aria-label")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(things(page)).to_have_count(2)
    expect(things(page).nth(0)).to_have_value("staffing")
    expect(things(page).nth(1)).to_have_value("the late bus")
    expect(place(page, "staffing", PLACE["service"])).to_be_checked()
    expect(picture(page)).to_have_attribute("aria-label", told)


def test_a_row_somebody_is_about_to_write_in_stays_when_the_journal_opens(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    add(page).click()
    page.evaluate("document.dispatchEvent(new CustomEvent('workshop:keeper', { detail: {} }))")
    expect(things(page).nth(2)).to_be_focused()
    page.keyboard.type("a third")
    expect_kept(page, {"staffing": "service"}, unplaced=("the late bus", "a third"))


def test_a_place_is_taken_back_and_the_thing_stays(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    sorter(page).get_by_role("button", name=f"{SAYS['take_back']}: staffing").click()
    expect(sorter(page).get_by_role("radio", checked=True)).to_have_count(0)
    expect(place(page, "staffing", PLACE["mine"])).to_be_focused()
    expect_kept(page, {}, unplaced=("staffing", "the late bus"))


def test_a_thing_is_removed_and_put_back_with_its_place(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    sorter(page).get_by_role("button", name="Remove: staffing").click()
    back = sorter(page).get_by_role("button", name="Put it back: staffing")
    expect(back).to_be_focused()
    expect(things(page)).to_have_count(1)
    expect(things(page)).to_have_accessible_name(f"{WEIGHTS.own}, 1")
    expect_kept(page, {}, unplaced=("the late bus",))
    back.click()
    expect(things(page).first).to_be_focused()
    expect(things(page).first).to_have_value("staffing")
    expect(place(page, "staffing", PLACE["service"])).to_be_checked()
    expect_kept(page, {"staffing": "service"}, unplaced=("the late bus",))


def test_what_was_removed_does_not_come_back_with_the_page(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    sorter(page).get_by_role("button", name="Remove: staffing").click()
    expect_kept(page, {}, unplaced=("the late bus",))
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(things(page)).to_have_count(1)
    expect(things(page)).to_have_value("the late bus")
    expect(sorter(page).get_by_role("button", name="Put it back")).to_have_count(0)


def test_an_empty_row_is_kept_nowhere_and_goes_without_a_word(served, visit):
    page = visit(served.page(OWN))
    things(page).first.fill("staffing")
    add(page).click()
    add(page).click()
    expect(things(page)).to_have_count(2)
    sorter(page).get_by_role("button", name="Remove").last.click()
    expect(things(page)).to_have_count(1)
    expect(sorter(page).get_by_role("button", name="Put it back")).to_have_count(0)
    expect(add(page)).to_be_focused()
    expect_kept(page, {}, unplaced=("staffing",))


def test_a_thing_can_be_sorted_without_words(served, visit):
    page = visit(served.page(OWN))
    place(page, SAYS["unnamed"], PLACE["mine"]).check()
    expect_kept(page, {"": "mine"})
    expect(picture(page)).to_have_accessible_name(f"{PLACE['mine']}: {SAYS['unnamed']}.")


def test_it_is_all_done_by_keyboard_alone(served, visit):
    page = visit(served.page(OWN), size=PHONE)
    things(page).first.focus()
    page.keyboard.type("staffing")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(place(page, "staffing", PLACE["service"])).to_be_checked()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(things(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(things(page)).to_have_count(2)
    page.keyboard.type("the late bus")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect_kept(page, {"staffing": "service"})
    page.keyboard.press("Enter")
    expect_kept(page, {"staffing": "service"}, unplaced=("the late bus",))


def test_it_is_all_done_by_touch(served, visit):
    page = visit(served.page(OWN), size=PHONE, has_touch=True, is_mobile=True)
    things(page).first.fill("staffing")
    sorter(page).get_by_text(PLACE["not_sure"], exact=True).first.tap()
    expect_kept(page, {"staffing": "not_sure"})
    sorter(page).get_by_role("button", name=SAYS["take_back"]).tap()
    expect_kept(page, {}, unplaced=("staffing",))
    for chip in sorter(page).locator(".ws-chip").all():
        assert chip.bounding_box()["height"] >= 44


def test_the_picture_follows_at_once_and_says_what_it_shows(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    expect(picture(page)).to_have_accessible_name(
        f"{PLACE['service']}: staffing. {SAYS['unsorted']}: the late bus."
    )
    drawn = page.evaluate(
        """() => {
          const radios = document.querySelectorAll(".ws-sorter li:last-child input[type=radio]");
          radios[2].click();
          return document.querySelector(".ws-sorted").ariaLabel;
        }"""
    )
    assert drawn == f"{PLACE['service']}: staffing; the late bus."
    expect(picture(page).locator(".ws-place").nth(2)).to_contain_text("the late bus")
    for label in PLACE.values():
        expect(picture(page)).to_contain_text(label)
    expect(picture(page)).not_to_contain_text(SAYS["unsorted"])


def test_markup_is_shown_as_the_text_it_is(served, visit):
    page = visit(served.page(OWN))
    things(page).first.fill(MARKUP)
    place(page, MARKUP, PLACE["shared"]).check()
    expect(picture(page)).to_contain_text(MARKUP)
    expect(sorter(page).locator("img:not([role]), b")).to_have_count(0)
    expect_kept(page, {MARKUP: "shared"})


def test_words_do_not_go_to_the_kernel_and_places_do(served, visit, watched):
    page = visit(served.page(OWN))
    things(page).first.fill("Zwetschgenkuchen")
    place(page, "Zwetschgenkuchen", PLACE["shared"]).check()
    expect_kept(page, {"Zwetschgenkuchen": "shared"})
    wait_for(page, lambda: '"shared"' in str(watched.sent))
    page.wait_for_timeout(300)
    assert "Zwetschgenkuchen" not in str(watched.sent)


def test_another_moment_begins_with_nothing_in_it_and_the_first_can_be_turned_to(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    page.locator(".ws-moment").get_by_role("button").click()
    expect(things(page)).to_have_count(1)
    expect(things(page)).to_have_value("")
    expect(picture(page)).to_be_hidden()
    page.locator(".ws-moment").get_by_role("button").click()
    expect(things(page)).to_have_count(2)
    expect(place(page, "staffing", PLACE["service"])).to_be_checked()


def test_a_given_list_is_sorted_and_taken_back(served, visit):
    page = visit(served.page(GIVEN))
    first, second = TAKING.items[:2]
    take, leave = TAKING.bins[:2]
    expect(things(page)).to_have_count(0)
    expect(add(page)).to_be_hidden()
    expect(picture(page)).to_be_hidden()
    place(page, first.label, take.label).check()
    place(page, second.label, leave.label).check()
    expect(picture(page)).to_have_accessible_name(
        f"{take.label}: {first.label}. {leave.label}: {second.label}."
    )
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(place(page, first.label, take.label)).to_be_checked()
    assert kept(page) == (
        {f"{TAKING.id}_{first.id}": take.id, f"{TAKING.id}_{second.id}": leave.id},
        {},
    )
    sorter(page).get_by_role("button", name=f"{SAYS['take_back']}: {first.label}").click()
    expect(picture(page)).to_have_accessible_name(f"{leave.label}: {second.label}.")
    assert kept(page) == ({f"{TAKING.id}_{second.id}": leave.id}, {})


@pytest.mark.parametrize("name", [OWN, GIVEN])
def test_it_fits_a_small_phone(served, visit, name):
    page = visit(served.page(name), size={"width": 320, "height": 568})
    if name == OWN:
        things(page).first.fill("w" * 90)
        place(page, "w" * 90, PLACE["service"]).check()
    else:
        place(page, TAKING.items[0].label, TAKING.bins[0].label).check()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(
        """() => [...document.querySelectorAll(".ws-sorter *")].every((node) => {
          const { right } = node.getBoundingClientRect();
          return right <= document.querySelector(".ws-sorter").getBoundingClientRect().right + 1;
        })"""
    )


def test_text_of_twice_the_size_fits_a_phone(served, visit):
    page = visit(served.page(OWN), size=PHONE)
    page.evaluate(
        """() => {
          const large = new CSSStyleSheet();
          large.replaceSync("html { font-size: 200%; }");
          document.adoptedStyleSheets = [large];
        }"""
    )
    things(page).first.fill("staffing")
    place(page, "staffing", PLACE["service"]).check()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_axe_finds_nothing_in_a_filled_sorter(served, visit):
    page = visit(served.page(OWN))
    two_things(page)
    add(page).click()
    page.keyboard.type("a removed one")
    sorter(page).get_by_role("button", name="Remove: a removed one").click()
    expect_no_fault(page)
