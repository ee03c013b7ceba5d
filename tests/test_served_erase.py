"""Erase everything: one act, asked once more, and as complete as software can be."""

from __future__ import annotations

import chromium
from conftest import READY
from pages import expect_note, panel, records, wait_until_kept, write
from playwright.sync_api import Page, expect

MARKER = "Zwetschgenkuchen to be gone"
LEFT = """async () => JSON.stringify([await indexedDB.databases(), Object.entries(localStorage),
  Object.entries(sessionStorage), await caches.keys(), document.cookie])"""


def go(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(READY, state="attached")


def erase(page: Page) -> None:
    panel(page).get_by_role("button", name="Erase everything…").click()
    page.get_by_role("dialog").get_by_role("button", name="Erase everything").click()
    expect(page.locator(".ws-companion > .ws-told")).to_contain_text("Everything is erased.")


def test_nothing_is_left_in_the_browser_as_a_new_process_of_it_finds(
    served, playwright, chromium_path, tmp_path
):
    def start():
        return playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=chromium_path, args=chromium.QUIET
        )

    context = start()
    other, page = context.pages[0], context.new_page()
    go(other, served.page("03_catch"))
    go(page, served.page("01_arriving"))
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    # What an interrupted page of the file home, and a visit, would have left.
    page.evaluate("(text) => localStorage.setItem('workshop-kit:draft:1', text)", MARKER)
    page.evaluate("(text) => sessionStorage.setItem('workshop-kit:visit', text)", "[]")
    other.get_by_role("textbox").first.fill(f"{MARKER}, and in another tab")
    wait_until_kept(page, f"{MARKER}, and in another tab")
    panel(page).get_by_role("button", name="Erase everything…").click()
    dialog = page.get_by_role("dialog", name="Erase everything?")
    expect(dialog).to_contain_text("Browsers and disks may hold on to deleted blocks")
    expect(dialog.get_by_role("button", name="Leave it as it is")).to_be_focused()
    page.keyboard.press("Enter")
    assert len(records(page)) == 2
    erase(page)
    expect_note(page, "")
    expect(other.get_by_role("textbox").first).to_have_value("")
    # Nothing of it comes back with what is written next, or with a page that is left.
    assert page.evaluate(LEFT) == '[[],[],[],[],""]'
    other.reload()
    page.close()
    context.close()
    context = start()
    page = context.pages[0]
    page.goto(f"{served.url}workshop-kit/page.css")
    assert page.evaluate(LEFT) == '[[],[],[],[],""]'
    go(page, served.page("12_patterns"))
    expect(page.get_by_text("No moments are kept here yet")).to_be_visible()
    context.close()
