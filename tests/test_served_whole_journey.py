"""The whole journey, from Welcome to the diary: everything that is left is there again."""

from __future__ import annotations

import json

import pytest
from conftest import PHONE, READY
from pages import latest, records, wait_until_kept
from playwright.sync_api import Page

from workshop_kit.exercises import journey

PAGES = [exercise for exercise in journey() if exercise.shelf != "own"]
# What a page holds: every control that can be filled in, by its place on the page.
HELD = """() => [...document.querySelectorAll("main :is(textarea, input, select)")].map((node) =>
  ["radio", "checkbox"].includes(node.type) ? node.checked
    : [node.value, node.getAttribute("aria-valuetext")])"""
FOCUSED = """() => {
  const node = document.activeElement;
  return { tag: node.localName, kind: node.type ?? "", main: Boolean(node.closest?.("main")),
    name: node.getAttribute("aria-label") ?? node.labels?.[0]?.innerText ?? node.innerText ?? "",
    pressed: node.getAttribute("aria-pressed"), radios: node.name ?? "" };
}"""
ADDS = ("Add",)  # buttons that make room to write


def texts(page: Page) -> list[str]:
    """All free words that the journal now shows, of every moment."""
    return [text for moment in latest(records(page)) for text in moment["words"].values()]


def is_prose_only(exercise) -> bool:
    return not any(part.keeps for part in exercise.parts)


def fill_in_by_keyboard(page: Page, mark: str) -> list[str]:
    """Go through a page with Tab, and use every control that is met; return what was written."""
    written: list[str] = []
    met: set[str] = set()
    page.keyboard.press("Tab")
    for _ in range(400):
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "body":
            break
        if focused["main"]:
            use(page, focused, mark, written, met)
        page.keyboard.press("Tab")
    return written


def use(page: Page, focused: dict, mark: str, written: list[str], met: set[str]) -> None:
    keys, kind, name = page.keyboard, focused["kind"], focused["name"].strip()
    if focused["tag"] == "textarea" or kind == "text":
        written.append(f"{mark} {len(written)}")
        keys.press("Control+A")
        keys.type(written[-1])
    elif kind == "range":
        keys.press("ArrowRight")
    elif kind in ("radio", "checkbox"):
        if not page.evaluate("document.activeElement.checked"):
            keys.press("Space")
    elif focused["tag"] == "summary":
        if not page.evaluate("document.activeElement.parentElement.open"):
            keys.press("Enter")
    elif focused["pressed"] == "false":
        keys.press("Space")
    elif focused["tag"] == "button" and name.startswith(ADDS) and name not in met:
        met.add(name)
        keys.press("Enter")


@pytest.mark.timeout(600)
def test_by_keyboard_alone_on_a_phone_everything_is_kept_and_there_again(served, visit, watched):
    page = visit(served.url, size=PHONE)
    held: dict[str, list] = {}
    written: dict[str, list[str]] = {}
    for exercise in PAGES:
        page.goto(served.page(exercise.name))
        page.wait_for_selector(READY, state="attached")
        mark = f"Pfefferkuchen {exercise.id}"
        written[exercise.id] = fill_in_by_keyboard(page, mark)
        for text in written[exercise.id]:
            wait_until_kept(page, text)
        held[exercise.id] = page.evaluate(HELD)
    kept = texts(page)
    for exercise in PAGES:
        assert bool(written[exercise.id]) != is_prose_only(exercise), exercise.id
        assert set(written[exercise.id]) <= set(kept)
        page.goto(served.page(exercise.name))
        page.wait_for_selector(READY, state="attached")
        if not is_prose_only(exercise):
            assert page.evaluate(HELD) == held[exercise.id], exercise.id
    page.goto(served.page("12_patterns"))
    for exercise in PAGES:
        for text in written[exercise.id]:
            page.get_by_text(text).first.wait_for()
    crossed = json.dumps([*watched.sent, *watched.received])
    assert "Pfefferkuchen" not in crossed
