"""Whether a page can be used by everybody, as far as axe-core can tell."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from conftest import DESK, PHONE
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def expect_no_fault(page: Page) -> None:
    """Hold the page, as it is now, to WCAG 2.2 AA and best practice: both sizes, both themes."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found = Axe().run(page, options=RULES)
            report = f"{size['width']} px, {theme}: {found.generate_report()}"
            assert found.violations_count == 0, report
            assert found.response["passes"], "axe looked at nothing"
