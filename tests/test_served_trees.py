"""What a screen reader is told of each page, held to a tree that somebody has read.

After a change that is meant, `make review` writes the trees anew; read what changed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from workshop_kit.exercises import journey

TREES = Path(__file__).with_name("trees")
REVIEW = "WORKSHOP_KIT_REVIEW" in os.environ
PAGES = {"home": "", "leave": "leave", "nowhere": "nowhere", "guide": "guide"} | {
    exercise.name: f"voila/render/{exercise.name}.ipynb" for exercise in journey()
}
# Words to read are held elsewhere; here it is what they stand in.
PROSE = re.compile(r"^\s*- (paragraph|text|strong|emphasis|blockquote|listitem)\b")


def settle(page: Page, name: str) -> None:
    """Wait until every picture of a page has been told that there is nothing to draw."""
    if name == "12_patterns":
        page.wait_for_selector(".ws-filters[data-absent]", state="attached")
        page.wait_for_selector(".ws-picture:not([data-absent])", state="detached")


def tree(page: Page) -> str:
    """Landmarks, headings and controls with their names, states and values."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return "\n".join(line for line in lines if not PROSE.match(line) and "/url:" not in line) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_tells_where_it_is_as_the_tree_that_was_read(served, visit, name):
    page = visit(f"{served.url}{PAGES[name]}", complaints=name == "nowhere")
    settle(page, name)
    assert page.locator("h1").count() == 1
    assert page.get_by_role("main").count() == 1
    # The page one leaves to has nothing on it that tells where one was.
    assert page.get_by_role("banner").count() == (name != "leave")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    heading = page.locator("h1").inner_text()
    if name[:2].isdigit() or name == "guide":
        assert page.title().startswith(f"{heading} ·")
    found, file = tree(page), TREES / f"{name}.txt"
    if REVIEW:
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_every_tree_is_of_a_page():
    assert {file.stem for file in TREES.glob("*.txt")} == set(PAGES)
