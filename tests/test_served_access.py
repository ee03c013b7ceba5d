"""axe-core finds nothing, on any page, at both sizes, in both themes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESK, PHONE
from pages import move

PAGES = ("", "leave", "nowhere", "00_welcome", "01_arriving", "12_patterns")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # An image's text is its own; plotly's drawing is behind role="img".
}


def address(served, name: str) -> str:
    return served.page(name) if name[:2].isdigit() else f"{served.url}{name}"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(served, visit, name, size, theme):
    page = visit(address(served, name), size=size, complaints=name == "nowhere", color_scheme=theme)
    if name == "12_patterns":
        page.goto(served.page("01_arriving"))
        page.wait_for_selector("html[data-workshop-ready]", state="attached")
        for system in ("Threat", "Drive", "Soothing"):
            move(page, system, 1)
        page.goto(served.page(name))
        page.wait_for_selector("figure[data-drawn]")
        page.get_by_text("The same as a table").click()
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("button", ["Pause", "Where to turn"])
def test_axe_finds_nothing_in_the_dialogs(served, visit, button):
    page = visit(served.page("01_arriving"), size=PHONE)
    page.get_by_role("button", name=button).click()
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
