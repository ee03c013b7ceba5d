"""Everybody can use every page: axe-core finds nothing, nothing is cut off, too small or lost."""

from __future__ import annotations

import chromium
import pytest
from access import (
    FORMS,
    SIZES,
    ZOOMED,
    expect_focus_kept,
    expect_no_fault,
    expect_nothing_remembered,
    expect_room,
    fill_in,
)
from conftest import PHONE, READY
from pages import move, panel
from playwright.sync_api import Page, expect

from workshop_kit.exercises import journey

PAGES = ("", "leave", "nowhere", "guide", "guide/run_sheets", *(one.name for one in journey()))


def address(served, name: str) -> str:
    return served.page(name) if name[:2].isdigit() else f"{served.url}{name}"


def with_a_moment(page: Page, served) -> None:
    """Leave a moment on one page, so that there is something to see on another."""
    here = page.url
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    for system in ("Threat", "Drive", "Soothing"):
        move(page, system, 1)
    page.goto(here)
    page.wait_for_selector("figure[data-drawn]")


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_the_page(served, visit, name):
    page = visit(address(served, name), complaints=name == "nowhere")
    if name == "12_patterns":
        with_a_moment(page, served)
    expect_no_fault(page)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    fill_in(page)
    expect_no_fault(page, [FORMS[0], FORMS[-1]])
    expect_room(page)
    expect_nothing_remembered(page)
    expect_focus_kept(page)


@pytest.mark.parametrize("button", ["Pause", "Where to turn"])
def test_everybody_can_use_the_dialogs(served, visit, button):
    page = visit(f"{served.url}guide/welcome", size=PHONE)
    page.get_by_role("button", name=button).click()
    expect_no_fault(page)
    expect_room(page)


def test_everybody_can_use_what_asks_for_a_passphrase_and_what_erases(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE)
    move(page, "Threat", 1)
    expect(page.locator(".ws-kept")).to_contain_text("Kept in this browser")
    for button in ("Erase everything…", "Lock it with a passphrase…"):
        page.set_viewport_size(PHONE)
        panel(page).get_by_role("button", name=button).click()
        expect_no_fault(page, [FORMS[0], FORMS[-1]])
        expect_room(page)
        if button.startswith("Erase"):
            page.keyboard.press("Escape")
    for field in page.get_by_role("dialog").locator(".ws-pass").all():
        field.fill("tea in the rain")
        field.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    panel(page).get_by_role("button", name="Close my journal").click()
    expect(page.get_by_label("Your passphrase")).to_be_focused()
    expect_no_fault(page)
    expect_room(page)
    expect_nothing_remembered(page)


@pytest.mark.parametrize("name", ["", "01_arriving"])
def test_help_is_on_the_screen_without_scrolling(served, visit, name):
    page = visit(address(served, name))
    # At 400 % there is no room for all of it beside the words.
    for size in (size for size in SIZES if size != ZOOMED):
        page.set_viewport_size(size)
        for control in (
            page.get_by_role("button", name="Pause"),
            page.get_by_role("link", name="Leave"),
            page.get_by_role("button", name="Where to turn"),
            page.locator("summary", has_text="Your words are kept in this browser"),
        ):
            expect(control).to_be_in_viewport(ratio=1)


def test_letters_twice_as_large_in_the_browsers_own_settings_fit(served, playwright, chromium_path):
    # The preference that a browser without a window of its own can be given too.
    letters = "--blink-settings=defaultFontSize=32"
    browser = playwright.chromium.launch(
        executable_path=chromium_path, args=[*chromium.QUIET, letters]
    )
    page = browser.new_page(viewport=PHONE)
    for name in ("", "01_arriving"):
        page.goto(address(served, name))
        page.wait_for_selector(READY, state="attached")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for size in SIZES:
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
            bar = page.locator("#companion .ws-reach").bounding_box()
            fixed = page.evaluate(
                "getComputedStyle(document.querySelector('#companion .ws-reach')).position"
            )
            # What stays in sight leaves most of the screen to the page.
            assert fixed == "static" or bar["height"] < size["height"] / 2, size
    browser.close()
