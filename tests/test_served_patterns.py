"""My patterns: the picture, its sentence, its table, and the words beside them."""

from __future__ import annotations

import pytest
from conftest import DESK, PHONE, READY
from pages import move, wait_until_kept, write
from playwright.sync_api import expect

PLACES = ((2, 6), (-3, 3.5), (1, 5.5))  # steps of a half from the middle, and where they lead


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


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_picture_its_sentence_and_its_table_say_the_same(served, visit, size):
    page = visit(served.url, size=size)
    leave_moments(page, served)
    page.goto(served.page("12_patterns"))
    figure = page.locator('figure[data-drawn="3"]')
    expect(figure).to_be_visible()
    expect(figure).to_contain_text("stands on 3 moments")
    expect(figure).to_contain_text("Threat was placed in 3, from small to medium.")
    drawn = page.evaluate("document.querySelector('.ws-canvas').data[0].y")
    assert drawn == [size for _steps, size in PLACES]
    page.get_by_text("The same as a table").click()
    rows = page.locator("tbody tr")
    assert [rows.nth(place).locator("td").nth(1).inner_text() for place in range(3)] == [
        "6",
        "3.5",
        "5.5",
    ]
    expect(page.get_by_role("article")).to_have_count(3)
    expect(page.get_by_role("article").first).to_contain_text("the third of them")


def test_a_picture_follows_what_another_tab_adds_after_a_reload(served, visit):
    page = visit(served.page("12_patterns"))
    expect(page.get_by_text("No moments are kept here yet")).to_be_visible()
    expect(page.get_by_text("it will be drawn here")).to_be_visible()
    leave_moments(page, served)
    page.goto(served.page("12_patterns"))
    expect(page.locator('figure[data-drawn="3"]')).to_be_visible()


def test_too_few_moments_are_shown_and_nothing_is_said_about_them(served, visit):
    page = visit(served.page("01_arriving"))
    move(page, "Drive", 1)
    page.goto(served.page("12_patterns"))
    expect(page.locator('figure[data-drawn="1"]')).to_contain_text(
        "Here they are, as you left them."
    )


def test_only_a_page_with_a_picture_loads_plotly_and_none_through_the_kernel(
    served, visit, watched
):
    page = visit(served.page("01_arriving"))
    move(page, "Drive", 1)
    assert not [sent for sent in watched.sent if "plotly" in sent]
    page.goto(served.page("12_patterns"))
    expect(page.locator("figure[data-drawn]")).to_be_visible()
    assert [sent for sent in watched.sent if "/workshop-kit/plotly.min.js" in sent]
    assert max(map(len, watched.received)) < 200_000


def test_the_picture_follows_the_visitors_light_or_dark(served, visit):
    page = visit(served.page("01_arriving"), color_scheme="light")
    move(page, "Drive", 1)
    page.goto(served.page("12_patterns"))
    expect(page.locator("figure[data-drawn]")).to_be_visible()
    colour = "document.querySelector('.ws-canvas').data[1].marker.color"
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    # The page's own policy forbids a string to be run there, so the asking is done from here.
    for _ in range(100):
        if page.evaluate(colour) != light:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(colour) != light
