"""Steps at one's own pace: one at a time, nothing kept."""

from __future__ import annotations

from conftest import PHONE
from playwright.sync_api import Page, expect

from workshop_kit.exercises import load_exercise

PAGE = "04_small_thing"
STEPS = load_exercise("small_thing").part("twice").steps
ON, BACK, AGAIN = "The next step", "The step before", "From the first step"


def step(page: Page):
    return page.locator(".ws-step")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_one_step_is_shown_at_a_time_there_and_back(served, visit):
    page = visit(served.page(PAGE))
    expect(step(page)).to_have_text(STEPS[0])
    expect(page.get_by_role("button", name=BACK)).to_be_hidden()
    press(page, ON)
    expect(step(page)).to_have_text(STEPS[1])
    press(page, BACK)
    expect(step(page)).to_have_text(STEPS[0])


def test_after_the_last_step_one_can_begin_again(served, visit):
    page = visit(served.page(PAGE))
    for _ in STEPS[1:]:
        press(page, ON)
    expect(step(page)).to_have_text(STEPS[-1])
    expect(page.get_by_role("button", name=ON)).to_be_hidden()
    press(page, AGAIN)
    expect(step(page)).to_have_text(STEPS[0])


def test_a_thumb_that_taps_on_the_same_spot_goes_on(served, visit):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    button = page.get_by_role("button", name=ON)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.touchscreen.tap(*spot)
    page.touchscreen.tap(*spot)
    expect(step(page)).to_have_text(STEPS[2])


def test_the_new_step_is_where_a_screen_reader_goes_on(served, visit):
    page = visit(served.page(PAGE))
    page.get_by_role("button", name=ON).focus()
    page.keyboard.press("Enter")
    expect(step(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=BACK)).to_be_focused()


def test_nothing_of_it_is_kept(served, visit):
    page = visit(served.page(PAGE))
    press(page, ON)
    page.wait_for_timeout(300)
    names = page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")
    held = (
        page.evaluate(
            """async () => {
          const request = indexedDB.open("workshop-kit");
          await new Promise((resolve) => { request.onsuccess = resolve; });
          const stores = [...request.result.objectStoreNames];
          if (!stores.length) return 0;
          const count = request.result.transaction("versions").objectStore("versions").count();
          await new Promise((resolve) => { count.onsuccess = resolve; });
          return count.result;
        }"""
        )
        if "workshop-kit" in names
        else 0
    )
    assert held == 0
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
