"""A day in three systems: sizes at six stopping-points, a moment, and a loop drawn by oneself."""

from __future__ import annotations

import re

import pytest
from access import expect_no_fault
from conftest import PHONE, READY
from pages import move, records, scroll_past
from playwright.sync_api import Page, expect

PAGE = "10_day"
MARKUP = "<img src=x onerror=alert(1)> & “so”"
THEN = ["early_threat", "halfway_drive", "after_threat"]
IN_WORDS = ["Early on, threat", "Halfway, drive", "Afterwards, threat"]


def stop(page: Page, name: str):
    return page.get_by_role("radio", name=name, exact=True)


def slider(page: Page, name: str):
    return page.get_by_role("slider", name=name, exact=True)


def moment(page: Page):
    return page.get_by_role("textbox", name="A moment from here")


def unfold(page: Page) -> None:
    page.locator("summary:visible", has_text="A moment from here").click()


def picture(page: Page):
    return page.get_by_role("img", name="A day in three systems")


def drawing_on(page: Page):
    return page.get_by_role("button", name="Draw it in the picture")


def steps(page: Page):
    return page.get_by_role("list", name="Steps of the loop").get_by_role("listitem")


def circle(page: Page, name: str):
    """Where a finger goes for a circle, sized or not."""
    return page.locator(f'[data-circle="{name}"]')


def radii(page: Page, system: str) -> list[float]:
    discs = page.locator(f".ws-day-picture .ws-{system}").all()
    return [float(disc.get_attribute("r")) for disc in discs]


def kept(page: Page, group: str = "answers") -> dict:
    """What the journal holds of the day, without what was taken back."""
    held = {}
    for record in sorted(records(page), key=lambda record: record["changed"]):
        held |= record[group]
    return {name: value for name, value in held.items() if value not in (None, "")}


def expect_kept(page: Page, answers: dict, words: dict | None = None) -> None:
    for _ in range(100):
        if kept(page) == answers and kept(page, "words") == (words or {}):
            return
        page.wait_for_timeout(30)
    assert (kept(page), kept(page, "words")) == (answers, words or {})


def as_kept(circles: list[str]) -> dict:
    return {f"step_{number}": name for number, name in enumerate(circles, 1)}


# Sizes and moments


def test_each_stop_keeps_the_sizes_that_were_placed_and_a_moment(served, visit):
    page = visit(served.page(PAGE))
    move(page, "Threat", 3)
    stop(page, "Afterwards").check()
    expect(slider(page, "Threat")).to_have_attribute("aria-valuetext", "not placed")
    slider(page, "Soothing").press("Enter")
    unfold(page)
    moment(page).fill(MARKUP)
    answers = {"stops_waking": {"threat": 6.5}, "stops_after": {"soothing": 5}}
    expect_kept(page, answers, {"stops_after": MARKUP})
    assert page.locator(".ws-day img").count() == 0
    expect(picture(page)).to_have_accessible_name(
        "A day in three systems. Waking: Threat large. Afterwards: Soothing medium."
    )
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(slider(page, "Threat")).to_have_value("6.5")
    stop(page, "Afterwards").check()
    expect(slider(page, "Soothing")).to_have_attribute("aria-valuetext", "medium")
    expect(slider(page, "Threat")).to_have_attribute("aria-valuetext", "not placed")
    expect(moment(page)).to_have_value(MARKUP)
    expect(picture(page)).to_have_accessible_name(re.compile("Afterwards: Soothing medium"))


def test_words_reach_neither_the_kernel_nor_the_name_of_the_picture(served, visit, watched):
    page = visit(served.page(PAGE))
    unfold(page)
    moment(page).fill("quokka")
    move(page, "Threat", 1)
    expect_kept(page, {"stops_waking": {"threat": 5.5}}, {"stops_waking": "quokka"})
    expect(picture(page)).not_to_have_accessible_name(re.compile("quokka"))
    assert not [one for one in watched.sent if "quokka" in one]


def test_one_stop_is_open_at_a_time_and_next_leads_on(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    expect(page.get_by_role("slider")).to_have_count(3)
    page.get_by_role("button", name="Next: Before work").click()
    expect(stop(page, "Before work")).to_be_checked()
    expect(page.get_by_role("group", name="Before work")).to_be_visible()
    expect(slider(page, "Threat")).to_be_focused()
    expect(page.get_by_role("slider")).to_have_count(3)
    stop(page, "Afterwards").check()
    expect(page.get_by_role("button", name="Next")).to_have_count(0)


def test_the_picture_follows_the_finger_by_area_in_the_same_task(served, visit):
    page = visit(served.page(PAGE))
    drawn = page.evaluate(
        """() => {
          const input = document.querySelector(".ws-day .ws-threat input");
          return ["2.5", "10", "0"].map((value) => {
            input.value = value;
            input.dispatchEvent(new Event("input"));
            return Number(document.querySelector(".ws-day-picture .ws-threat").getAttribute("r"));
          });
        }"""
    )
    assert drawn[0] == pytest.approx(drawn[1] / 2)
    assert drawn[2] > 0
    assert radii(page, "threat")[1:] == [0] * 5


def test_sizes_and_moments_are_taken_back(served, visit):
    page = visit(served.page(PAGE))
    move(page, "Threat", 1)
    move(page, "Drive", 1)
    unfold(page)
    moment(page).fill("so")
    page.get_by_role("button", name="Take these sizes back").click()
    expect(slider(page, "Threat")).to_be_focused()
    moment(page).fill("")
    expect_kept(page, {})
    expect(slider(page, "Drive")).to_have_attribute("aria-valuetext", "not placed")
    expect(picture(page)).to_have_accessible_name(
        "A day in three systems. No circle has a size yet."
    )
    expect(page.get_by_role("button", name="Take these sizes back")).to_have_count(0)


def test_a_tap_on_a_row_turns_to_its_stop_and_places_nothing(served, visit):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    circle(page, "late_drive").tap()
    expect(stop(page, "Towards the end")).to_be_checked()
    expect(page.get_by_role("group", name="Towards the end")).to_be_in_viewport()
    page.locator('[data-stop="early"]').first.tap()
    expect(stop(page, "Early on")).to_be_checked()
    assert kept(page) == {}


@pytest.mark.parametrize("over", ["slider", "picture"])
def test_a_finger_that_passes_on_its_way_down_the_page_leaves_all_as_it_was(served, visit, over):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    drawing_on(page).tap()
    target = slider(page, "Drive") if over == "slider" else circle(page, "late_drive")
    target.scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    box = target.bounding_box()
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    scroll_past(page, x, y)
    expect(slider(page, "Drive")).to_have_attribute("aria-valuetext", "not placed")
    expect(steps(page)).to_have_count(0)
    assert records(page) == []


def test_a_finger_that_rests_on_a_slider_places_it(served, visit):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    target = slider(page, "Drive")
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    expect(target).to_have_attribute("aria-valuetext", re.compile("large"))
    expect_kept(page, {"stops_waking": {"drive": float(target.input_value())}})


# The loop


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_a_loop_is_drawn_by_tapping_circles_sized_or_not(served, visit, touch):
    options = {"size": PHONE, "has_touch": True, "is_mobile": True} if touch else {}
    page = visit(served.page(PAGE), **options)
    move(page, "Drive", 6)
    drawing_on(page).click()
    expect(circle(page, "waking_threat")).to_be_in_viewport()
    for name in THEN:
        (circle(page, name).tap if touch else circle(page, name).click)()
    # A slip of the finger on the same circle is no step.
    (circle(page, THEN[-1]).tap if touch else circle(page, THEN[-1]).click)()
    expect(steps(page)).to_have_text(IN_WORDS)
    expect_kept(page, {"stops_waking": {"drive": 8}, "stops_loop": as_kept(THEN)})
    expect(stop(page, "Waking")).to_be_checked()
    expect(page.locator(".ws-loop-line")).to_have_count(2)
    expect(page.locator(".ws-loop-head")).to_have_count(2)
    expect(picture(page)).to_have_accessible_name(
        "A day in three systems. Waking: Drive large. The loop, as it was drawn: "
        "Early on, threat; then Halfway, drive; then Afterwards, threat."
    )
    page.get_by_role("button", name="The loop is as I see it").click()
    circle(page, "before_threat").click()
    expect(stop(page, "Before work")).to_be_checked()
    expect(steps(page)).to_have_count(3)


def test_the_line_runs_from_circle_to_circle_and_there_and_back_are_two_lines(served, visit):
    page = visit(served.page(PAGE))
    drawing_on(page).click()
    for name in ("early_threat", "halfway_drive", "early_threat", "halfway_drive"):
        circle(page, name).click()
    lines = [line.get_attribute("d") for line in page.locator(".ws-loop-line").all()]
    assert len(set(lines)) == 3
    ends = page.evaluate(
        """() => [...document.querySelectorAll(".ws-loop-line")].map((line) => {
          const { x, y } = line.getPointAtLength(0), end = line.getPointAtLength(9999);
          return [x, y, end.x, end.y];
        })"""
    )
    ring = page.locator(".ws-day-ring.ws-shown")
    places = {
        (float(one.get_attribute("cx")), float(one.get_attribute("cy"))) for one in ring.all()
    }
    assert all((start[0], start[1]) in places for start in ends)
    for (x, y), end in zip([ends[1][:2], ends[0][:2]], ends[:2], strict=True):
        assert abs(x - end[2]) + abs(y - end[3]) < 15


def test_a_day_and_its_loop_are_done_by_keyboard_alone(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    stop(page, "Waking").focus()
    page.keyboard.press("ArrowDown")
    expect(stop(page, "Before work")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("by hand")
    choice = page.get_by_label("A circle the loop goes through")
    for _ in range(8):
        page.keyboard.press("Tab")
        if choice.evaluate("node => node === document.activeElement"):
            break
    for option in ("Early on, t", "Halfway, d"):
        expect(choice).to_be_focused()
        page.keyboard.type(option)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(choice).to_be_focused()
    expect(steps(page)).to_have_text(IN_WORDS[:2])
    expect_kept(
        page,
        {"stops_before": {"threat": 5.5}, "stops_loop": as_kept(THEN[:2])},
        {"stops_before": "by hand"},
    )
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(steps(page)).to_have_text(IN_WORDS[:1])
    page.keyboard.press("Enter")
    expect(steps(page)).to_have_count(0)
    expect(choice).to_be_focused()
    expect_kept(page, {"stops_before": {"threat": 5.5}}, {"stops_before": "by hand"})


def add(page: Page, name: str) -> None:
    page.get_by_label("A circle the loop goes through").select_option(label=name)
    page.get_by_role("button", name="Add this step").click()


def test_a_loop_comes_back_after_a_reload_and_is_taken_back_whole_or_by_steps(served, visit):
    page = visit(served.page(PAGE))
    for name in IN_WORDS:
        add(page, name)
    expect_kept(page, {"stops_loop": as_kept(THEN)})
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(steps(page)).to_have_text(IN_WORDS)
    expect(page.locator(".ws-loop-line")).to_have_count(2)
    page.get_by_role("button", name="Take the last step back").click()
    expect_kept(page, {"stops_loop": as_kept(THEN[:2])})
    page.get_by_role("button", name="Take the loop back").click()
    expect_kept(page, {})
    expect(page.locator(".ws-loop-line")).to_have_count(0)
    expect(page.locator(".ws-day-ring.ws-shown")).to_have_count(0)
    expect(picture(page)).to_have_accessible_name(re.compile("No circle has a size yet"))


def test_a_loop_has_room_for_twelve_steps(served, visit):
    page = visit(served.page(PAGE))
    there_and_back = ["early_threat", "halfway_drive"] * 6
    for _ in range(6):
        for name in IN_WORDS[:2]:
            add(page, name)
    expect(steps(page)).to_have_count(12)
    expect(page.get_by_role("button", name="Add this step")).to_have_count(0)
    expect(page.get_by_role("button", name="Take the last step back")).to_be_focused()
    drawing_on(page).click()
    circle(page, "after_threat").click()
    expect_kept(page, {"stops_loop": as_kept(there_and_back)})
    page.get_by_role("button", name="Take the last step back").click()
    expect(page.get_by_role("button", name="Add this step")).to_be_visible()


def test_another_moment_shows_another_day(served, visit):
    page = visit(served.page(PAGE))
    move(page, "Threat", 3)
    unfold(page)
    moment(page).fill("so")
    add(page, IN_WORDS[0])
    expect_kept(
        page,
        {"stops_waking": {"threat": 6.5}, "stops_loop": as_kept(THEN[:1])},
        {"stops_waking": "so"},
    )
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(steps(page)).to_have_count(1)
    page.locator(".ws-moment button").click()
    expect(steps(page)).to_have_count(0)
    expect(slider(page, "Threat")).to_have_attribute("aria-valuetext", "not placed")
    expect(moment(page)).to_have_count(0)
    page.locator(".ws-moment button").click()
    expect(steps(page)).to_have_text(IN_WORDS[:1])


def test_a_whole_day_is_told_on_my_patterns(served, visit):
    page = visit(served.page(PAGE))
    move(page, "Threat", 3)
    unfold(page)
    moment(page).fill(MARKUP)
    for name in IN_WORDS:
        add(page, name)
    expect_kept(
        page,
        {"stops_waking": {"threat": 6.5}, "stops_loop": as_kept(THEN)},
        {"stops_waking": MARKUP},
    )
    page.goto(served.page("12_patterns"))
    day = page.get_by_role("article").filter(has_text="A day in three systems")
    expect(day.locator("dt")).to_have_text(
        ["Waking", "Waking, a moment", "The loop, as it was drawn"]
    )
    expect(day.locator("dd")).to_have_text(["Threat large", MARKUP, "; then ".join(IN_WORDS)])


# Everywhere


def fill_a_little(page: Page) -> Page:
    move(page, "Threat", 3)
    unfold(page)
    drawing_on(page).click()
    for name in THEN:
        circle(page, name).click()
    return page


def test_axe_finds_nothing_in_a_drawn_day(served, visit):
    page = fill_a_little(visit(served.page(PAGE)))
    expect_no_fault(page)


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}], ids=["plain", "forced"])
def test_nothing_is_wider_than_a_small_phone(served, visit, options):
    page = fill_a_little(visit(served.page(PAGE), size={"width": 320, "height": 568}, **options))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for target in page.locator(".ws-day :is(button, select, .ws-radio, summary):visible").all():
        assert target.bounding_box()["height"] >= 43.5
    for target in page.locator(".ws-day-tap[data-circle]").all():
        assert min(target.bounding_box()[side] for side in ("width", "height")) >= 40
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
