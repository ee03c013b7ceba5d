"""Whether a page can be used by everybody, as far as a machine can tell."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from conftest import DESK, PHONE
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FORMS = [(size, theme) for size in (PHONE, DESK) for theme in ("light", "dark")]
SMALL, WIDE = {"width": 320, "height": 568}, {"width": 2560, "height": 1300}
ASIDE = {"width": 740, "height": 360}  # a phone that lies on its side
ZOOMED = {"width": 320, "height": 225}  # 1280 by 900 at 400 %
SIZES = (SMALL, PHONE, ASIDE, ZOOMED, DESK, WIDE)

# Something in every field, as far as a page can be filled in without being read.
FILL_IN = """() => {
  const main = document.querySelector("main");
  for (const panel of main.querySelectorAll("details")) panel.open = true;
  for (const field of main.querySelectorAll("textarea, input[type=text], input[type=range]")) {
    field.value = field.type === "range" ? field.max : "a word";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const box of main.querySelectorAll("fieldset, [role=group]")) {
    box.querySelector("input:is([type=radio], [type=checkbox]):not(:checked)")?.click();
  }
  for (const panel of main.querySelectorAll("details")) panel.open = true;
}"""
# Whatever is too small for a finger: 44 px for what stands by itself, 24 for a link in a sentence.
TOO_SMALL = """() => [...document.querySelectorAll(
  "a[href]:not(.skip), button, input, select, textarea, summary, [role=button]")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .map((node) => {
    const inSentence = node.localName === "a" && getComputedStyle(node).display === "inline";
    const ofLabel = node.matches("[type=radio], [type=checkbox], [type=file]");
    const target = ofLabel ? node.closest("label") : node;
    const { width, height } = target.getBoundingClientRect();
    return { name: node.innerText || node.labels?.[0]?.innerText || node.outerHTML, width, height,
      least: inSentence ? 24 : 44 };
  })
  .filter(({ width, height, least }) => Math.min(width, height) < least - 0.5)
  .map(({ name, width, height }) => `${name.trim()}: ${width} by ${height}`)"""
# Fields that a browser might fill in later from what somebody else has typed.
REMEMBERED = """() => [...document.querySelectorAll("input, textarea, select")]
  .filter((node) => node.getAttribute("autocomplete") !== "off").map((node) => node.outerHTML)"""
# Letters in drawings, as they reach the eye.
DRAWN = """() => [...document.querySelectorAll("main .ws-field svg[role=img] text")]
  .filter((node) => node.checkVisibility() && node.textContent)
  .map((node) => parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a)"""
# Presses every button there is, and names those after which the focus is nowhere.
LOSES_FOCUS = """() => {
  const lost = [], pressed = new Set();
  for (;;) {
    const button = [...document.querySelectorAll("main button:not(:disabled)")]
      .find((one) => !pressed.has(one) && one.checkVisibility({ visibilityProperty: true }));
    if (!button || pressed.size > 200) return lost;
    pressed.add(button);
    button.focus();
    const name = button.innerText || button.ariaLabel;
    button.click();
    const at = document.activeElement;
    if (at === document.body || !at.checkVisibility({ visibilityProperty: true })) lost.push(name);
  }
}"""


def expect_no_fault(page: Page, forms: list = FORMS) -> None:
    """Hold the page, as it is now, to WCAG 2.2 AA and best practice: both sizes, both themes."""
    for size, theme in forms:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options=RULES)
        report = f"{size['width']} px, {theme}: {found.generate_report()}"
        assert found.violations_count == 0, report
        assert found.response["passes"], "axe looked at nothing"


def fill_in(page: Page) -> None:
    page.evaluate(FILL_IN)


def expect_room(page: Page) -> None:
    """Hold the page to one column at every width, in reach of a thumb, for large letters too."""
    for letters in ("", "200%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        for size in SIZES:
            page.set_viewport_size(size)
            form = f"{size['width']} px, letters {letters or '100%'}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), form
            small = page.evaluate(TOO_SMALL)
            assert small == [], f"{form}: {small}"
            drawn = page.evaluate(DRAWN)
            assert min(drawn, default=99) >= (15 if letters else 11), form
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")


def expect_nothing_remembered(page: Page) -> None:
    """Hold the page to fields that the browser itself does not keep."""
    assert page.evaluate(REMEMBERED) == []


def expect_focus_kept(page: Page) -> None:
    """Hold the page to leaving a keyboard somewhere, whichever button is pressed."""
    assert page.evaluate(LOSES_FOCUS) == []
