"""The second language in a real browser: chosen, kept, spoken by every part of a page."""

from __future__ import annotations

from access import expect_no_fault, expect_room
from conftest import PHONE, READY
from pages import kill_kernel, move, wait_until_kept
from playwright.sync_api import expect
from test_served_kernels import kernels_of


def test_a_browser_that_asks_for_german_is_answered_in_it(served, visit):
    page = visit(served.url, size=PHONE, locale="de-AT")
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_role("heading", level=1)).to_have_text("Woher Fürsorge kommt")
    expect_no_fault(page)
    page.get_by_role("link", name="Ankommen").click()
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ankommen")
    # The controls come from a kernel, which speaks what its page speaks.
    move(page, "Bedrohung", 2)
    wait_until_kept(page, 6)
    expect(page.locator(".ws-kept[role=status]")).to_contain_text("In diesem Browser aufgehoben")
    expect(page.get_by_role("slider", name="Bedrohung")).to_have_attribute(
        "aria-valuetext", "mittel"
    )
    expect_no_fault(page)
    expect_room(page)


def test_a_language_that_is_chosen_stays_on_every_page_and_through_a_lost_kernel(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_selector(READY, state="attached")
    move(page, "Antrieb", 2)
    wait_until_kept(page, 6)
    [kernel] = kernels_of(server)
    kill_kernel(page, kernel)
    page.wait_for_selector(READY, state="attached")
    page.get_by_role("link", name="Meine Muster").first.click()
    page.wait_for_selector(READY, state="attached")
    figure = page.locator('figure[data-drawn="1"]').first
    expect(figure).to_contain_text("Hier sind sie, wie du sie gelassen hast.")
    figure.get_by_text("Dasselbe als Tabelle").click()
    expect(figure.locator("thead th").first).to_have_text("Wann")
    # The journal is the same in every language.
    page.get_by_role("link", name="English").click()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator('figure[data-drawn="1"]').first).to_contain_text("as you left them")
