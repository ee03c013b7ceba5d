"""The flows of compassion: taps for a few people and places and for oneself, and their picture."""

from __future__ import annotations

import time

import pytest
from access import expect_no_fault
from conftest import PHONE, READY
from pages import latest, records
from playwright.sync_api import Locator, Page, expect

from workshop_kit.exercises import load_exercise
from workshop_kit.wording import load_controls

PAGE = "08_flows"
PART = next(part for part in load_exercise("flows").parts if part.kind == "flows")
FIRST, SECOND = PART.people[:2]
SAYS = load_controls().flows
FLOWS = ("out", "offered", "let_in", "turned_away")
# Whether any text of the picture stands on another, or outside of the drawing.
CROWDED = """() => {
  const drawing = document.querySelector(".ws-threeflows").getBoundingClientRect();
  const boxes = [...document.querySelectorAll(".ws-threeflows text")].map((one) =>
    one.getBoundingClientRect());
  const apart = (a, b) => a.right <= b.left || b.right <= a.left
    || a.bottom <= b.top + 4 || b.bottom <= a.top + 4;
  return boxes.some((one, place) => one.left < drawing.left - 1 || one.right > drawing.right + 1
    || one.bottom > drawing.bottom + 1 || boxes.slice(place + 1).some((two) => !apart(one, two)));
}"""


def kept(page: Page) -> dict:
    """What the journal now holds of this page."""
    [moment] = latest(records(page)) or [{"answers": {}}]
    return {name: value for name, value in moment["answers"].items() if value is not None}


def expect_kept(page: Page, held: dict) -> None:
    deadline = time.monotonic() + 5
    while kept(page) != held:
        assert time.monotonic() < deadline, kept(page)
        page.wait_for_timeout(20)


def key(person: str) -> str:
    return f"{PART.id}_{person}"


def flows(page: Page) -> Locator:
    return page.locator(".ws-flows")


def person(page: Page, label: str) -> Locator:
    group = flows(page).get_by_role("group", name=SAYS["who"])
    return group.get_by_role("checkbox", name=label, exact=True)


def tap(page: Page, label: str, flow: str) -> Locator:
    row = flows(page).get_by_role("group", name=label, exact=True).last
    said = SAYS.get(f"tap_myself_{flow}", "") if label == PART.myself else SAYS[flow]
    return row.get_by_role("checkbox", name=said or "None of these", exact=True)


def picture(page: Page) -> Locator:
    return flows(page).locator(".ws-threeflows")


def lines(page: Page, flow: str) -> Locator:
    return picture(page).locator(f".ws-flow.ws-{flow}")


def test_a_row_is_there_once_somebody_is_chosen_and_a_choice_alone_keeps_nothing(served, visit):
    page = visit(served.page(PAGE))
    expect(tap(page, PART.myself, "let_in")).to_be_visible()
    expect(tap(page, PART.myself, "out")).to_have_count(0)
    expect(tap(page, FIRST.label, "out")).to_have_count(0)
    person(page, FIRST.label).check()
    expect(tap(page, FIRST.label, "out")).to_be_visible()
    expect(picture(page)).to_be_hidden()
    person(page, FIRST.label).uncheck()
    expect(tap(page, FIRST.label, "out")).to_have_count(0)
    assert records(page) == []


def test_taps_are_kept_by_person_and_taken_back_one_by_one(served, visit):
    page = visit(served.page(PAGE))
    person(page, FIRST.label).check()
    tap(page, FIRST.label, "out").check()
    tap(page, FIRST.label, "offered").check()
    tap(page, PART.myself, "turned_away").check()
    held = {key(FIRST.id): {"out": 1, "offered": 1}, key("myself"): {"turned_away": 1}}
    expect_kept(page, held)
    tap(page, FIRST.label, "offered").uncheck()
    tap(page, PART.myself, "turned_away").uncheck()
    expect_kept(page, {key(FIRST.id): {"out": 1}})
    tap(page, FIRST.label, "out").uncheck()
    expect_kept(page, {})
    expect(tap(page, FIRST.label, "out")).to_be_visible()
    expect(picture(page)).to_be_hidden()


def test_unticking_somebody_takes_their_taps_back_and_ticking_again_brings_them(served, visit):
    page = visit(served.page(PAGE))
    person(page, FIRST.label).check()
    tap(page, FIRST.label, "let_in").check()
    person(page, SECOND.label).check()
    tap(page, SECOND.label, "out").check()
    person(page, FIRST.label).uncheck()
    expect_kept(page, {key(SECOND.id): {"out": 1}})
    expect(lines(page, "let_in")).to_have_count(0)
    person(page, FIRST.label).check()
    expect(tap(page, FIRST.label, "let_in")).to_be_checked()
    expect_kept(page, {key(SECOND.id): {"out": 1}, key(FIRST.id): {"let_in": 1}})


def test_everything_is_there_after_a_reload_and_only_rows_with_taps(served, visit):
    page = visit(served.page(PAGE))
    for choice in (FIRST, SECOND):
        person(page, choice.label).check()
    tap(page, FIRST.label, "turned_away").check()
    tap(page, PART.myself, "let_in").check()
    told = picture(page).get_attribute("aria-label")
    held = kept(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(person(page, FIRST.label)).to_be_checked()
    expect(tap(page, FIRST.label, "turned_away")).to_be_checked()
    expect(tap(page, PART.myself, "let_in")).to_be_checked()
    expect(person(page, SECOND.label)).not_to_be_checked()
    expect(picture(page)).to_have_attribute("aria-label", told)
    assert kept(page) == held


def test_the_picture_says_the_three_directions_in_words(served, visit):
    page = visit(served.page(PAGE))
    for choice in (FIRST, SECOND):
        person(page, choice.label).check()
        tap(page, choice.label, "out").check()
    for flow in ("offered", "let_in"):
        tap(page, FIRST.label, flow).check()
        tap(page, PART.myself, flow).check()
    tap(page, SECOND.label, "turned_away").check()
    expect(page.get_by_role("img", name=SAYS["others_out"])).to_have_accessible_name(
        f"To others: {FIRST.label}; {SECOND.label}. "
        f"From others, offered: {FIRST.label}. "
        f"From others, let in: {FIRST.label}. "
        f"From others, turned away: {SECOND.label}. "
        f"{PART.myself}: {SAYS['myself_offered']}; {SAYS['myself_let_in']}."
    )


def test_each_flow_has_a_line_of_its_own_shape(served, visit):
    page = visit(served.page(PAGE))
    person(page, FIRST.label).check()
    shapes = set()
    for flow in FLOWS:
        tap(page, FIRST.label, flow).check()
        expect(lines(page, flow)).to_have_count(1)
        shapes.add(
            lines(page, flow).evaluate(
                """(one) => {
                  const [line, end] = one.querySelectorAll("path");
                  return [line.getAttribute("d"), end.getAttribute("d"),
                    getComputedStyle(line).strokeDasharray].join();
                }"""
            )
        )
        if flow == "offered":
            expect(flows(page).locator(".ws-key li")).to_have_text([SAYS["out"], SAYS["offered"]])
    assert len(shapes) == 4
    # What became of an offer is drawn in its place.
    expect(lines(page, "offered")).to_have_count(0)


def test_what_is_from_me_to_me_is_a_loop(served, visit):
    page = visit(served.page(PAGE))
    tap(page, PART.myself, "offered").check()
    expect(lines(page, "offered")).to_have_count(1)
    for flow in ("let_in", "turned_away"):
        tap(page, PART.myself, flow).check()
        expect(lines(page, flow).locator(".ws-line[d*=A]")).to_have_count(1)
    expect(lines(page, "offered")).to_have_count(0)


def test_the_picture_follows_in_the_same_task(served, visit):
    page = visit(served.page(PAGE))
    drawn = page.evaluate(
        """() => {
          document.querySelector(".ws-flows > .ws-chips input").click();
          document.querySelector(".ws-taps:not([hidden]) input").click();
          return document.querySelectorAll(".ws-threeflows .ws-flow.ws-out").length;
        }"""
    )
    assert drawn == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_with_every_tap_no_name_stands_on_another_and_all_fits(served, visit, width):
    page = visit(served.page(PAGE), size={"width": width, "height": 740})
    for choice in PART.people:
        person(page, choice.label).check()
        for flow in FLOWS:
            tap(page, choice.label, flow).check()
    for flow in FLOWS[1:]:
        tap(page, PART.myself, flow).check()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert not page.evaluate(CROWDED)


def test_it_is_all_done_by_keyboard_alone(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    person(page, FIRST.label).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(tap(page, FIRST.label, "out")).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in PART.people:
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect_kept(page, {key(FIRST.id): {"out": 1, "turned_away": 1}, key("myself"): {"offered": 1}})
    page.keyboard.press("Space")
    expect_kept(page, {key(FIRST.id): {"out": 1, "turned_away": 1}})


def test_it_is_all_done_by_touch(served, visit):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    flows(page).get_by_text(FIRST.label, exact=True).first.tap()
    row = flows(page).get_by_role("group", name=FIRST.label, exact=True)
    row.get_by_text(SAYS["let_in"]).tap()
    expect_kept(page, {key(FIRST.id): {"let_in": 1}})
    row.get_by_text(SAYS["let_in"]).tap()
    expect_kept(page, {})
    for chip in flows(page).locator(".ws-chip:visible").all():
        assert chip.bounding_box()["height"] >= 44


def test_another_moment_begins_with_nobody_chosen(served, visit):
    page = visit(served.page(PAGE))
    person(page, FIRST.label).check()
    tap(page, FIRST.label, "out").check()
    person(page, SECOND.label).check()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    person(page, SECOND.label).check()
    page.locator(".ws-moment").get_by_role("button").click()
    expect(flows(page).get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(picture(page)).to_be_hidden()
    page.locator(".ws-moment").get_by_role("button").click()
    expect(tap(page, FIRST.label, "out")).to_be_checked()


def test_lines_are_seen_in_forced_colours(served, visit):
    page = visit(served.page(PAGE), forced_colors="active", color_scheme="dark")
    person(page, FIRST.label).check()
    for flow in FLOWS:
        tap(page, FIRST.label, flow).check()
    colours = page.evaluate(
        """() => {
          const probe = document.createElement("p");
          probe.style.color = "CanvasText";
          document.body.append(probe);
          const drawn = [...document.querySelectorAll(".ws-threeflows .ws-line")];
          return [...new Set([probe, ...drawn].map((one) => getComputedStyle(one).color))];
        }"""
    )
    assert len(colours) == 1


def test_axe_finds_nothing_in_the_flows(served, visit):
    page = visit(served.page(PAGE))
    person(page, FIRST.label).check()
    for flow in FLOWS:
        tap(page, FIRST.label, flow).check()
    tap(page, PART.myself, "turned_away").check()
    expect_no_fault(page)
