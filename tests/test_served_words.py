"""Whatever is written, in any field of any page: kept as typed, shown as text, never run."""

from __future__ import annotations

import pytest
from conftest import READY
from pages import keep_a_file, latest, records, wait_until, wait_until_kept
from playwright.sync_api import Page, expect

from workshop_kit.entries import fold
from workshop_kit.exercises import journey
from workshop_kit.journal_file import from_journal

PAGES = [page for page in journey() if any(part.keeps for part in page.parts)]
FIELDS = "main :is(textarea, input[type=text])"
STRANGE = (
    "👩🏽‍⚕️ tea 🫖 later",
    "مرحبا \u200f שלום \u202e",
    "<img src=x onerror=alert(1)><script>alert(2)</script></textarea>",
    '{{ 7 * 7 }} ${7 * 7} "quoted" \\ back\tslash',
)
# A little over a megabyte, pasted by the page itself, so that a failing test does not print it.
PIECE, TIMES = "Zwetschge <b>&</b> 🫐 ", 50_000
PASTE = """(node, [piece, times]) => {
  node.value = piece.repeat(times);
  node.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}"""
HOLDS = "(node, [piece, times]) => node.value === piece.repeat(times)"


def fill_every_field(page: Page) -> list[str]:
    """Write something strange, and each time something else, into every field of the page."""
    written: list[str] = []
    empty = page.locator(f"{FIELDS}:visible")
    # Some fields come to light only when others are filled.
    for _ in range(3):
        for place in range(empty.count()):
            if empty.nth(place).input_value():
                continue
            text = f"{len(written)} {STRANGE[len(written) % len(STRANGE)]}"
            empty.nth(place).fill(text)
            written.append(text)
            wait_until_kept(page, text)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    return written


@pytest.mark.parametrize("exercise", PAGES, ids=lambda page: page.id)
def test_strange_words_are_kept_as_typed_and_shown_as_text(served, visit, exercise):
    page = visit(served.page(exercise.name))
    written = fill_every_field(page)
    assert written
    assert [text for [moment] in [latest(records(page))] for text in moment["words"].values()]
    [entry] = fold(from_journal(keep_a_file(page).read_text(encoding="utf-8")))
    assert set(written) <= set(entry.words.values())
    page.reload()
    page.wait_for_selector(READY, state="attached")
    held = page.locator(FIELDS).evaluate_all("nodes => nodes.map((node) => node.value)")
    assert set(written) <= set(held)
    page.goto(served.page("12_patterns"))
    page.wait_for_selector("main article")
    shown = page.locator("main").text_content()
    assert all(text in shown for text in written)
    assert page.locator("main img, main script").count() == 0


# The page that shows its words in most places, every day; all pages in the long run.
@pytest.mark.parametrize(
    "exercise",
    [page if page.id == "weight" else pytest.param(page, marks=pytest.mark.long) for page in PAGES],
    ids=lambda page: page.id,
)
def test_a_megabyte_that_is_pasted_is_kept_and_the_page_stays_usable(served, visit, exercise):
    page = visit(served.page(exercise.name))
    first, last = page.locator(f"{FIELDS}:visible").first, page.locator(f"{FIELDS}:visible").last
    first.evaluate(PASTE, [PIECE, TIMES])
    # To lay out so many letters once takes a browser a while.
    last.press_sequentially("and more", timeout=90_000)
    whole = f'"{PIECE}".repeat({TIMES})'
    wait_until(page, f"({{ words }}) => Object.values(words).some((text) => text === {whole})")
    box = first.bounding_box()
    assert box["height"] < 0.7 * page.viewport_size["height"]
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert page.locator(f"{FIELDS}:visible").first.evaluate(HOLDS, [PIECE, TIMES])
    expect(page.locator(f"{FIELDS}:visible").last).to_have_value("and more")
