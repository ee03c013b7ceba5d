"""axe-core finds nothing, on any page, at both sizes, in both themes."""

from __future__ import annotations

import pytest
from access import expect_no_fault
from conftest import PHONE
from pages import move

from workshop_kit.exercises import journey

PAGES = ("", "leave", "nowhere", *(exercise.name for exercise in journey()))


def address(served, name: str) -> str:
    return served.page(name) if name[:2].isdigit() else f"{served.url}{name}"


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(served, visit, name):
    page = visit(address(served, name), complaints=name == "nowhere")
    if name == "12_patterns":
        page.goto(served.page("01_arriving"))
        page.wait_for_selector("html[data-workshop-ready]", state="attached")
        for system in ("Threat", "Drive", "Soothing"):
            move(page, system, 1)
        page.goto(served.page(name))
        page.wait_for_selector("figure[data-drawn]")
        page.get_by_text("The same as a table").click()
    expect_no_fault(page)


@pytest.mark.parametrize("button", ["Pause", "Where to turn"])
def test_axe_finds_nothing_in_the_dialogs(served, visit, button):
    page = visit(served.page("01_arriving"), size=PHONE)
    page.get_by_role("button", name=button).click()
    expect_no_fault(page)
