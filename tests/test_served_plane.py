"""The tone plane: two phrases placed, if at all, by mouse, by finger and by keyboard alone."""

from __future__ import annotations

import re
import time

import pytest
from access import expect_no_fault
from conftest import PHONE, READY
from pages import finger, records, scroll_past
from playwright.sync_api import Page, expect

from workshop_kit.controls import control
from workshop_kit.entries import Entry
from workshop_kit.exercises import load_exercise
from workshop_kit.journal import Journal, PageStore
from workshop_kit.view import View
from workshop_kit.widgets.files import PARTS

TONE = load_exercise("tone")
VOICE, COLLEAGUE = (phrase.label for phrase in TONE.part("plane").phrases)
PROMPTS = {prompt.id: prompt.label for prompt in TONE.part("phrases").prompts}
TAKE_BACK = "Take this point back"
SIDEWAYS, UPWARDS = "From critical to curious", "From transactional to tender"


def plane(page: Page):
    return page.locator(".ws-plane .ws-plot svg")


def phrase(page: Page, label: str):
    return page.get_by_role("radio", name=label)


def slider(page: Page, label: str):
    return page.get_by_role("slider", name=label, exact=True)


def where(page: Page, curious: float, tender: float) -> tuple[float, float]:
    """Where a point lies on the screen."""
    plane(page).scroll_into_view_if_needed()
    box = plane(page).bounding_box()
    x, y = (20 + 14 * (value + 10) for value in (curious, -tender))
    return box["x"] + x * box["width"] / 320, box["y"] + y * box["height"] / 320


def tap(page: Page, curious: float, tender: float) -> None:
    page.mouse.click(*where(page, curious, tender))


def kept(page: Page, expected: dict, *, within: float = 5.0) -> None:
    """Wait until the journal holds exactly these points."""
    deadline = time.monotonic() + within
    while (held := points(page)) != expected:
        assert time.monotonic() < deadline, f"kept is {held}"
        page.wait_for_timeout(20)


def points(page: Page) -> dict:
    return {
        key: value
        for record in records(page)
        for key, value in record["answers"].items()
        if value is not None
    }


def at(curious: float, tender: float) -> dict:
    return {"curious": curious, "tender": tender}


def says(page: Page, text: str) -> None:
    expect(plane(page)).to_have_attribute("aria-label", re.compile(re.escape(text)))


def test_each_phrase_is_placed_by_a_tap(served, visit):
    page = visit(served.page("07_tone"))
    says(page, "A plane, from critical to curious and from transactional to tender. Nothing is")
    tap(page, -6, -5.5)
    phrase(page, COLLEAGUE).check()
    tap(page, 3, 9)
    kept(page, {"plane_voice": at(-6, -5.5), "plane_colleague": at(3, 9)})
    says(page, f"A, {VOICE}: rather critical, rather transactional.")
    says(page, f"B, {COLLEAGUE}: a little curious, very tender.")
    for record in records(page):
        Entry.model_validate(record)


def test_one_phrase_can_be_placed_alone_and_the_middle_is_a_place(served, visit):
    page = visit(served.page("07_tone"))
    phrase(page, COLLEAGUE).check()
    tap(page, 0, 0)
    kept(page, {"plane_colleague": at(0, 0)})
    says(page, f"B, {COLLEAGUE}: in the middle.")
    expect(slider(page, SIDEWAYS)).to_have_attribute("aria-valuetext", "in the middle")


def test_points_are_told_apart_by_letter_and_shape_and_no_arrow_leads_anywhere(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, -6, -6)
    phrase(page, COLLEAGUE).check()
    tap(page, 6, 6)
    drawn = page.locator(".ws-plane .ws-plot .ws-point")
    assert drawn.locator("text").all_text_contents() == ["A", "B"]
    assert drawn.nth(0).locator("rect").count() == 0
    assert drawn.nth(1).locator("rect").count() == 1
    lines = page.locator(".ws-plane .ws-plot :is(line, path, polyline, marker)")
    assert lines.count() == 2, "the two axes"


def test_a_point_is_dragged_and_stays_within_the_plane(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, -6, -6)
    x, y = where(page, -6, -6)
    page.mouse.move(x, y)
    page.mouse.down()
    to_x, to_y = where(page, 2, 4)
    page.mouse.move(to_x, to_y, steps=6)
    says(page, "a little curious, rather tender")
    kept(page, {"plane_voice": at(-6, -6)})
    page.mouse.up()
    kept(page, {"plane_voice": at(2, 4)})
    page.mouse.move(to_x, to_y)
    page.mouse.down()
    page.mouse.move(to_x, to_y - 400, steps=6)
    page.mouse.up()
    kept(page, {"plane_voice": at(2, 10)})


def test_a_tap_on_the_other_point_takes_it_in_hand_and_moves_nothing(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, -6, -6)
    phrase(page, COLLEAGUE).check()
    tap(page, 6, 6)
    tap(page, -6, -6)
    expect(phrase(page, VOICE)).to_be_checked()
    kept(page, {"plane_voice": at(-6, -6), "plane_colleague": at(6, 6)})


def test_two_phrases_in_one_place_can_both_be_seen(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, 5, 5)
    phrase(page, COLLEAGUE).check()
    tap(page, 5, 5)
    kept(page, {"plane_voice": at(5, 5), "plane_colleague": at(5, 5)})
    one, other = (text.bounding_box() for text in page.locator(".ws-plane .ws-point text").all())
    assert abs(one["x"] - other["x"]) > 20


def test_a_point_is_taken_back(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, -6, -6)
    phrase(page, COLLEAGUE).check()
    tap(page, 6, 6)
    page.locator(".ws-plane").get_by_role("button", name=TAKE_BACK).click()
    kept(page, {"plane_voice": at(-6, -6)})
    expect(phrase(page, COLLEAGUE)).to_be_focused()
    expect(slider(page, UPWARDS)).to_have_attribute("aria-valuetext", "not placed")
    expect(page.get_by_role("button", name=TAKE_BACK)).to_be_hidden()


def test_it_can_be_done_by_keyboard_alone(served, visit):
    page = visit(served.page("07_tone"))
    phrase(page, VOICE).focus()
    page.keyboard.press("ArrowDown")
    expect(phrase(page, COLLEAGUE)).to_be_checked()
    page.keyboard.press("Tab")
    expect(slider(page, SIDEWAYS)).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    for _ in range(11):
        page.keyboard.press("ArrowLeft")
    kept(page, {"plane_colleague": at(2, -5.5)})
    expect(slider(page, SIDEWAYS)).to_have_attribute("aria-valuetext", "a little curious")
    expect(slider(page, UPWARDS)).to_have_attribute("aria-valuetext", "rather transactional")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    kept(page, {})


def test_a_slider_can_be_placed_where_it_stands(served, visit):
    page = visit(served.page("07_tone"))
    slider(page, SIDEWAYS).press("Enter")
    kept(page, {"plane_voice": at(0, 0)})


def test_a_reload_shows_what_was_kept(served, visit):
    page = visit(served.page("07_tone"))
    tap(page, -6, -6)
    kept(page, {"plane_voice": at(-6, -6)})
    before = plane(page).get_attribute("aria-label")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(plane(page)).to_have_attribute("aria-label", before)
    expect(slider(page, SIDEWAYS)).to_have_value("-6")


def test_the_phrases_own_words_stand_beside_them_and_go_nowhere_else(served, visit, watched):
    page = visit(served.page("07_tone"))
    said = page.locator(".ws-plane .ws-said")
    assert said.all_inner_texts() == ["", ""], "nothing typed yet: just the label"
    page.get_by_label(PROMPTS["voice"]).fill("<b>quokka</b>")
    expect(said.first).to_have_text("“<b>quokka</b>”")
    assert page.locator(".ws-plane b").count() == 0
    expect(said.nth(1)).to_be_hidden()
    expect(phrase(page, VOICE)).to_have_accessible_description("“<b>quokka</b>”")
    tap(page, -6, -6)
    kept(page, {"plane_voice": at(-6, -6)})
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(said.first).to_have_text("“<b>quokka</b>”")
    page.get_by_label(PROMPTS["voice"]).fill("")
    expect(said.first).to_be_hidden()
    assert any("plane_voice" in sent for sent in watched.sent), "Python hears of the point"
    assert not [sent for sent in watched.sent if "quokka" in sent]


def test_a_new_moment_has_no_words_of_an_earlier_one(served, visit):
    page = visit(served.page("07_tone"))
    said = page.locator(".ws-plane .ws-said")
    page.get_by_label(PROMPTS["voice"]).fill("quokka")
    tap(page, -6, -6)
    kept(page, {"plane_voice": at(-6, -6)})
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(said.first).to_have_text("“quokka”")
    page.locator(".ws-moment button").click()
    expect(said.first).to_be_hidden()
    says(page, "Nothing is placed yet.")
    page.get_by_label(PROMPTS["voice"]).fill("wombat")
    expect(said.first).to_have_text("“wombat”")


def test_a_thumb_places_and_moves_a_point(served, visit):
    page = visit(served.page("07_tone"), size=PHONE, has_touch=True, is_mobile=True)
    page.touchscreen.tap(*where(page, -6, -6))
    says(page, "rather critical, rather transactional")
    # The line that says so may take another row, which moves what stands below it.
    expect(page.locator(".ws-kept")).to_contain_text("Kept in this browser")
    (x, y), (to_x, to_y) = where(page, -6, -6), where(page, 5, 5)
    stood = plane(page).bounding_box()
    touch = finger(page)
    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x + (to_x - x) * step / 10, y + (to_y - y) * step / 10))
    touch("touchEnd")
    says(page, "rather curious, rather tender")
    assert plane(page).bounding_box() == stood, "the page stayed where it was"


@pytest.mark.parametrize("over", ["plane", "slider"])
def test_a_finger_that_passes_on_its_way_down_the_page_places_nothing(served, visit, over):
    page = visit(served.page("07_tone"), size=PHONE, has_touch=True, is_mobile=True)
    x, y = where(page, 3, 0)
    if over == "slider":
        slider(page, SIDEWAYS).scroll_into_view_if_needed()
        box = slider(page, SIDEWAYS).bounding_box()
        x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    scroll_past(page, x, y)
    says(page, "Nothing is placed yet.")
    assert records(page) == []


def test_nothing_is_wider_than_a_small_phone(served, visit):
    page = visit(served.page("07_tone"), size={"width": 320, "height": 568})
    page.get_by_label(PROMPTS["voice"]).fill(
        "Anunusuallylongwordforwhatavoicecouldsaytosomebodytired"
    )
    tap(page, -6, -6)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_axe_finds_nothing(served, visit):
    page = visit(served.page("07_tone"))
    page.get_by_label(PROMPTS["voice"]).fill("You missed it again.")
    tap(page, -6, -6)
    expect_no_fault(page)


def test_a_list_reads_out_every_point_and_nothing_that_is_empty(served, visit):
    page = visit(served.page("07_tone"))
    shown = control(TONE, TONE.part("plane"), View(Journal(PageStore())))
    code = "".join((PARTS / f"{part}.js").read_text() for part in ("shared", "tones"))

    def told(answers: dict) -> list:
        given = [shown.part, answers, {}, shown.systems, shown.words]
        return page.evaluate(f"(given) => {{ {code}; return tellTones(...given); }}", given)

    assert told({"plane_voice": at(-10, 0), "plane_colleague": None, "voice": "x"}) == [
        [VOICE, "very critical, in the middle between transactional and tender"]
    ]
    assert told({"plane_voice": at(0, 0), "plane_colleague": at(1, -7.5)}) == [
        [VOICE, "in the middle"],
        [COLLEAGUE, "a little curious, very transactional"],
    ]
    assert told({}) == []
