"""My patterns: the pictures, their sentences, their tables, and the words beside them."""

from __future__ import annotations

import re

import pytest
from conftest import DESK, PHONE, READY
from journals import PICTURES
from pages import move, open_file, scroll_past, wait_until_kept, write
from playwright.sync_api import expect

from workshop_kit.exercises import load_exercise
from workshop_kit.sample import SAMPLE, sample_entries

PLACES = ((2, 6), (-3, 3.5), (1, 5.5))  # steps of a half from the middle, and where they lead
ALL_DRAWN = f"figure[data-drawn] >> nth={len(PICTURES) - 1}"
TITLES = {
    part.id: part.text.splitlines()[0].lstrip("# ") for part in load_exercise("patterns").parts
}


def leave_moments(page, served) -> None:
    """Three moments, each with a size for threat, the last with a note."""
    for steps, size in PLACES:
        page.goto(served.page("01_arriving"))
        page.wait_for_selector(READY, state="attached")
        again = page.get_by_role("button", name="Start afresh")
        if again.is_visible():
            again.click()
        move(page, "Threat", steps)
        wait_until_kept(page, size)
    write(page, "the third of them")
    wait_until_kept(page, "the third of them")


@pytest.fixture
def sample_page(served, visit):
    """My patterns on the invented trainee's journal, all pictures drawn."""

    def open_page(**more):
        page = visit(served.page("12_patterns"), **more)
        open_file(page, body=SAMPLE.read_bytes())
        page.wait_for_selector(ALL_DRAWN, state="attached", timeout=60_000)
        return page

    return open_page


def figure_of(page, part):
    canvas = page.get_by_role("img", name=re.compile(f"^{re.escape(TITLES[part])}"))
    return page.locator("figure", has=canvas)


def test_the_picture_its_sentence_and_its_table_say_the_same(served, visit):
    page = visit(served.url, size=PHONE)
    leave_moments(page, served)
    page.goto(served.page("12_patterns"))
    figure = page.locator('figure[data-drawn="3"]').first
    expect(figure).to_be_visible()
    expect(figure).to_contain_text("stands on 3 moments")
    expect(figure).to_contain_text("Threat was placed in 3, from small to medium.")
    drawn = page.evaluate("document.querySelector('.ws-canvas').data[0].y")
    assert drawn == [size for _steps, size in PLACES]
    figure.get_by_text("The same as a table").click()
    rows = figure.locator("tbody tr")
    assert [rows.nth(place).locator("td").nth(1).inner_text() for place in range(3)] == [
        "6",
        "3.5",
        "5.5",
    ]
    # The page puts in the words beside; Python has none.
    expect(rows.nth(2).locator("td").last).to_have_text("the third of them")
    expect(page.get_by_role("article")).to_have_count(3)


def test_too_few_moments_are_shown_and_nothing_is_said_about_them(served, visit):
    page = visit(served.page("12_patterns"))
    # Of nothing, one sentence is said, and no empty box stands anywhere.
    expect(page.get_by_text("There is nothing to draw here yet")).to_be_visible()
    for title in TITLES.values():
        told = title in ("The moments themselves", "If something here is uncomfortable")
        heading = page.get_by_role("heading", name=title, exact=True)
        expect(heading).to_have_count(int(told or title == "A booklet to take home"))
    assert page.locator("figure:visible, .ws-filters:visible").count() == 0
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    move(page, "Drive", 1)
    page.goto(served.page("12_patterns"))
    first = page.locator("figure").first
    expect(first).to_have_attribute("data-drawn", "1")
    expect(first).to_contain_text("Here they are, as you left them.")
    # There are boxes only where there is something to show, and the same moment stands in one only.
    expect(page.locator("figure:visible")).to_have_count(1)
    expect(page.locator(".ws-filters")).to_be_visible()
    expect(page.get_by_text("There is nothing to draw here yet")).to_be_hidden()


def test_only_a_page_with_a_picture_loads_plotly_and_no_words_go_to_it(
    served, visit, watched, sample_page
):
    page = visit(served.page("01_arriving"))
    move(page, "Drive", 1)
    assert not [sent for sent in watched.sent if "plotly" in sent]
    page = sample_page()
    assert [sent for sent in watched.sent if "/workshop-kit/plotly.min.js" in sent]
    assert max(map(len, watched.received)) < 200_000
    spoken = "".join((*watched.sent, *watched.received))
    written = {text for entry in sample_entries() for text in entry.words.values()}
    assert not [text for text in written if text in spoken]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_picture_fits_and_its_point_tells_the_words_beside_it(sample_page, size):
    touch = size is PHONE
    page = sample_page(size=size, has_touch=touch)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    acts = figure_of(page, "acts")
    point = acts.locator(".scatterlayer .point").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if touch:
        page.touchscreen.tap(*at)
    else:
        page.mouse.move(*at)
    expect(acts.locator(".ws-point")).to_contain_text("Swimming")
    expect(acts.locator(".ws-point")).to_contain_text("How it landed: Hardly")
    if touch:
        scroll_past(page, *at)


def test_filters_by_day_and_setting_change_every_picture_at_once(sample_page):
    page = sample_page()
    page.get_by_label("Setting", exact=True).select_option("client_work")
    activation = figure_of(page, "activation")
    expect(activation).to_contain_text("stands on 5 moments")
    assert len(page.evaluate("document.querySelector('.ws-canvas').data[0].x")) in (5, 12)
    page.wait_for_selector('figure[data-drawn="5"]')
    expect(page.get_by_text("Nothing is drawn here for these days").first).to_be_visible()
    page.get_by_label("Setting", exact=True).select_option("")
    page.get_by_label("From this day").fill("2026-11-01")
    expect(activation).to_contain_text("stands on 4 moments")
    page.get_by_label("Up to this day").fill("2026-11-02")
    expect(activation).to_contain_text("Here they are, as you left them.")
    page.get_by_role("button", name="All moments again").press("Enter")
    expect(activation).to_contain_text("stands on 13 moments")


def test_a_picture_follows_light_and_dark_and_is_light_on_paper(sample_page):
    page = sample_page(color_scheme="light")
    mark = figure_of(page, "activation").locator(".point").first
    assert page.evaluate("document.documentElement.dataset.workshopReady") == "true"
    colour = "(node) => getComputedStyle(node).stroke"
    light = mark.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    dark = mark.evaluate(colour)
    assert dark != light
    page.emulate_media(color_scheme="dark", media="print")
    assert mark.evaluate(colour) == light


def test_everything_is_reached_by_keyboard(sample_page):
    page = sample_page()
    summary = figure_of(page, "acts").locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(figure_of(page, "acts").get_by_role("cell", name="Swimming").first).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ws-scroll"
