"""The motive triangle: acts of care placed by mouse, by finger and by keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from access import expect_no_fault
from conftest import DESK, PHONE, READY
from pages import finger, records, scroll_past, wait_for
from playwright.sync_api import Page, expect

from workshop_kit.controls import control
from workshop_kit.entries import Entry
from workshop_kit.exercises import load_exercise
from workshop_kit.journal import Journal, PageStore
from workshop_kit.view import View
from workshop_kit.widgets.files import PARTS
from workshop_kit.wording import load_controls

WIDTH, HEIGHT = 320, 284
CORNERS = {"threat": (20, 20), "drive": (300, 20), "soothing": (160, 262)}
THREAT, DRIVE, SOOTHING, CENTRE = (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1)
AGAIN, ANOTHER = "The same act, another time", "Another act"
TAKE_BACK = "Take this point back"
CANT_TELL, TOLD_CANT_TELL = (
    load_controls().triangle[key] for key in ("cant_tell", "told_cant_tell")
)
LANDED = {choice.id: choice.label for choice in load_exercise("moves").part("acts").landed}


def triangle(page: Page):
    return page.locator(".ws-triangle svg")


def name(page: Page):
    return page.get_by_label("Something you did")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def where(page: Page, weights: tuple[float, float, float]) -> tuple[float, float]:
    """Where a point lies on the screen; its weights need not sum to anything."""
    triangle(page).scroll_into_view_if_needed()
    box = triangle(page).bounding_box()
    x, y = (
        sum(weight * corner[axis] for weight, corner in zip(weights, CORNERS.values(), strict=True))
        / sum(weights)
        for axis in (0, 1)
    )
    return box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / HEIGHT


def tap(page: Page, weights: tuple[float, float, float]) -> None:
    page.mouse.click(*where(page, weights))


def drag(page: Page, start: tuple, end: tuple, *, drop: bool = True) -> None:
    page.mouse.move(*where(page, start))
    page.mouse.down()
    page.mouse.move(*where(page, end), steps=6)
    if drop:
        page.mouse.up()


def expect_soon(page: Page, read: Callable[[], object], wanted: object) -> None:
    """Ask again until the journal has been written; it is written within a second or so."""
    deadline = time.monotonic() + 5
    while (held := read()) != wanted:
        assert time.monotonic() < deadline, f"it is {held}"
        page.wait_for_timeout(20)


def journal(page: Page) -> tuple[dict, dict]:
    """Answers and words as the browser holds them, acts named a, b, c … as they came."""
    held = records(page)
    if not held:
        return {}, {}
    [record] = held
    left = (
        {key: value for key, value in record[group].items() if value not in (None, "")}
        for group in ("answers", "words")
    )
    return by_order(*left)


def kept(page: Page, answers: dict, words: dict) -> None:
    """Wait until the journal holds exactly these."""
    expect_soon(page, lambda: journal(page), (answers, words))


def by_order(answers: dict, words: dict) -> tuple[dict, dict]:
    """Letters in place of the acts' random ids."""
    items = sorted({key.rpartition("_")[0] for key in answers} | set(words))
    letters = dict(zip(items, "abcdefgh", strict=False))
    return (
        {re.sub(r"^(.+)_(\d+)$", lambda m: letters[m[1]] + m[2], key): answers[key]
         for key in answers},
        {letters[key]: words[key] for key in words},
    )  # fmt: skip


def only(system: str) -> dict:
    return {"threat": 0, "drive": 0, "soothing": 0} | {system: 1}


def says(page: Page, text: str) -> None:
    expect(triangle(page)).to_have_attribute("aria-label", re.compile(re.escape(text)))


def test_an_act_is_named_placed_and_kept(served, visit):
    page = visit(served.page("02_moves"))
    says(page, "Nothing is placed yet.")
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    page.get_by_label(LANDED["hardly"], exact=True).check()
    kept(page, {"a1": only("drive") | {"landed": "hardly"}}, {"a": "Yoga class"})
    says(page, "A triangle between threat, drive, soothing. 1, Yoga class: all drive.")
    [record] = records(page)
    assert re.fullmatch(r"acts_[a-z0-9]+_1", next(iter(record["answers"])))
    Entry.model_validate(record)


def test_the_same_act_another_time_is_one_act_with_two_points_and_a_line(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, (1, 4, 0))
    press(page, AGAIN)
    expect(page.get_by_text("And another time, where did it come from?")).to_be_focused()
    tap(page, SOOTHING)
    says(page, "1, Yoga class: mostly drive, some threat; another time all soothing.")
    press(page, ANOTHER)
    expect(name(page)).to_be_focused()
    expect(name(page)).to_have_value("")
    page.keyboard.type("A bath")
    tap(page, (4, 1, 0))
    discs = page.locator(".ws-triangle [data-point]")
    assert sorted(discs.all_text_contents()) == ["1", "1", "2"]
    ends = page.locator(".ws-triangle polyline").first.get_attribute("points").split()
    assert len(ends) == 2
    expected = {"a1", "a2", "b1"}, {"a": "Yoga class", "b": "A bath"}
    expect_soon(page, lambda: (set(journal(page)[0]), journal(page)[1]), expected)


def test_shares_are_fractions_that_sum_to_exactly_one(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    before = None
    for weights in ((1, 1, 1), (3, 7, 11), (13, 1, 5), (0.01, 5, 5)):
        tap(page, weights)
        expect_soon(page, lambda before=before: journal(page)[0] not in ({}, before), True)
        before = journal(page)[0]
        [value] = before.values()
        assert sum(value.values()) == 1
        assert all(share * 64 == int(share * 64) for share in value.values())
        for share, weight in zip(value.values(), weights, strict=True):
            assert abs(share - weight / sum(weights)) < 0.03


def test_a_point_is_dragged_and_stays_at_the_edge_when_the_hand_leaves_the_triangle(served, visit):
    page = visit(served.page("02_moves"))
    tap(page, CENTRE)
    drag(page, CENTRE, (4, 4, 1))
    says(page, "1, an act of care: about half threat, about half drive, a little soothing.")
    x, y = where(page, (4, 4, 1))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 200, steps=5)
    page.mouse.up()
    kept(page, {"a1": {"threat": 0.5, "drive": 0.5, "soothing": 0}}, {})


def test_dragging_one_of_two_points_moves_that_one(served, visit):
    page = visit(served.page("02_moves"))
    tap(page, DRIVE)
    press(page, AGAIN)
    tap(page, SOOTHING)
    drag(page, DRIVE, THREAT)
    kept(page, {"a1": only("threat"), "a2": only("soothing")}, {})


def test_the_picture_follows_the_hand_before_anything_is_kept(served, visit):
    page = visit(served.page("02_moves"))
    tap(page, CENTRE)
    kept(page, {"a1": {"threat": 22 / 64, "drive": 21 / 64, "soothing": 21 / 64}}, {})
    drag(page, CENTRE, SOOTHING, drop=False)
    says(page, "all soothing")
    kept(page, {"a1": {"threat": 22 / 64, "drive": 21 / 64, "soothing": 21 / 64}}, {})
    page.mouse.up()
    kept(page, {"a1": only("soothing")}, {})


def test_a_tap_on_another_point_takes_it_in_hand_and_moves_nothing(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    press(page, ANOTHER)
    name(page).fill("A bath")
    tap(page, SOOTHING)
    tap(page, DRIVE)
    expect(name(page)).to_have_value("Yoga class")
    kept(page, {"a1": only("drive"), "b1": only("soothing")}, {"a": "Yoga class", "b": "A bath"})


def test_a_point_can_be_placed_where_another_lies_and_both_can_be_seen(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, SOOTHING)
    press(page, ANOTHER)
    tap(page, SOOTHING)
    kept(page, {"a1": only("soothing"), "b1": only("soothing")}, {"a": "Yoga class"})
    first, second = (
        one.bounding_box() for one in page.locator(".ws-point circle:last-of-type").all()
    )
    apart = max(abs(first["x"] - second["x"]), abs(first["y"] - second["y"]))
    assert apart > first["width"] * 0.6


def test_a_tap_far_outside_the_triangle_places_nothing(served, visit):
    page = visit(served.page("02_moves"))
    triangle(page).scroll_into_view_if_needed()
    box = triangle(page).bounding_box()
    page.mouse.click(box["x"] + 12, box["y"] + box["height"] - 60)
    says(page, "Nothing is placed yet.")
    assert records(page) == []


def test_cant_tell_stands_beside_the_triangle_and_taken_back_brings_the_point_back(served, visit):
    page = visit(served.page("02_moves"))
    tap(page, DRIVE)
    cant_tell = page.get_by_role("button", name=CANT_TELL)
    cant_tell.click()
    expect(cant_tell).to_have_attribute("aria-pressed", "true")
    says(page, f"1, an act of care: {TOLD_CANT_TELL}.")
    kept(page, {"a1": {"instead": "cant_tell"}}, {})
    page.get_by_label(LANDED["cant_say"], exact=True).check()
    kept(page, {"a1": {"instead": "cant_tell", "landed": "cant_say"}}, {})
    cant_tell.click()
    expect(cant_tell).to_have_attribute("aria-pressed", "false")
    kept(page, {"a1": only("drive") | {"landed": "cant_say"}}, {})


def test_each_answer_can_be_taken_back(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    page.get_by_label(LANDED["met_me"], exact=True).check()
    press(page, "Take this answer back")
    kept(page, {"a1": only("drive")}, {"a": "Yoga class"})
    press(page, TAKE_BACK)
    kept(page, {}, {"a": "Yoga class"})
    says(page, "Nothing is placed yet.")
    expect(page.get_by_role("slider", name="Drive")).to_have_attribute(
        "aria-valuetext", "not placed"
    )
    name(page).fill("")
    kept(page, {}, {})


def test_an_act_is_removed_and_put_back_until_something_else_is_done(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    press(page, AGAIN)
    tap(page, SOOTHING)
    press(page, ANOTHER)
    name(page).fill("A bath")
    both = {"a1": only("drive"), "a2": only("soothing")}, {"a": "Yoga class", "b": "A bath"}
    page.get_by_role("button", name="1, Yoga class: all drive").click()
    press(page, "Remove this act")
    kept(page, {}, {"a": "A bath"})
    back = page.get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    expect(page.get_by_text("Removed: 1, Yoga class.")).to_be_visible()
    page.keyboard.press("Enter")
    kept(page, *both)
    says(page, "1, Yoga class: all drive; another time all soothing.")
    press(page, "Remove this act")
    kept(page, {}, {"a": "A bath"})
    tap(page, THREAT)
    expect(back).to_be_hidden()
    kept(page, {"a1": only("threat")}, {"a": "A bath"})


def test_a_reload_shows_what_was_kept(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    page.get_by_label(LANDED["hardly"], exact=True).check()
    press(page, AGAIN)
    tap(page, SOOTHING)
    page.get_by_label(LANDED["met_me"], exact=True).check()
    before = triangle(page).get_attribute("aria-label")
    landed = {"a1": only("drive") | {"landed": "hardly"}, "a2": only("soothing")}
    kept(page, landed | {"a2": only("soothing") | {"landed": "met_me"}}, {"a": "Yoga class"})
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(triangle(page)).to_have_attribute("aria-label", before)
    expect(name(page)).to_have_value("Yoga class")
    expect(page.get_by_label(LANDED["met_me"], exact=True)).to_be_checked()
    page.get_by_role("button", name="1, Yoga class: all drive").click()
    expect(page.get_by_label(LANDED["hardly"], exact=True)).to_be_checked()


def test_it_can_all_be_done_by_keyboard_alone(served, visit):
    page = visit(served.page("02_moves"), size=DESK)
    name(page).focus()
    page.keyboard.type("Yoga class")

    def tab_to(label: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            at = page.evaluate(
                """() => { const node = document.activeElement;
                  return node.labels?.[0]?.innerText || node.innerText || node.tagName; }"""
            )
            if at.strip() == label:
                return
        pytest.fail(f"{label} was not reached")

    tab_to("Drive")
    for _ in range(11):
        page.keyboard.press("ArrowRight")
    kept(page, {"a1": only("drive")}, {"a": "Yoga class"})
    tab_to(LANDED["hardly"])
    page.keyboard.press("Space")
    tab_to(AGAIN)
    page.keyboard.press("Enter")
    tab_to("Soothing")
    page.keyboard.press("End")
    kept(
        page,
        {"a1": only("drive") | {"landed": "hardly"}, "a2": only("soothing")},
        {"a": "Yoga class"},
    )
    tab_to("all drive")
    page.keyboard.press("Enter")
    expect(page.locator(".ws-triangle .ws-from")).to_be_focused()
    expect(page.get_by_role("button", name="1, Yoga class: all drive")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_role("slider", name="Drive")).to_have_attribute(
        "aria-valuetext", "all of it"
    )


def test_a_slider_rescales_the_others_in_proportion_and_says_it_in_words(served, visit):
    page = visit(served.page("02_moves"))
    threat, drive, soothing = (
        page.get_by_role("slider", name=one, exact=True) for one in ("Threat", "Drive", "Soothing")
    )
    for slider in (threat, drive, soothing):
        expect(slider).to_have_attribute("aria-valuetext", "not placed")
    threat.press("Home")
    kept(page, {"a1": {"threat": 0, "drive": 0.5, "soothing": 0.5}}, {})
    drive.press("ArrowRight")
    for _ in range(3):
        drive.press("ArrowRight")
    kept(page, {"a1": {"threat": 0, "drive": 0.75, "soothing": 0.25}}, {})
    threat.press("ArrowRight")
    threat.press("ArrowRight")
    threat.press("ArrowRight")
    threat.press("ArrowRight")
    kept(page, {"a1": {"threat": 0.25, "drive": 36 / 64, "soothing": 12 / 64}}, {})
    expect(threat).to_have_attribute("aria-valuetext", "some")
    expect(drive).to_have_attribute("aria-valuetext", "about half")
    expect(soothing).to_have_attribute("aria-valuetext", "a little")
    threat.press("End")
    expect(soothing).to_have_attribute("aria-valuetext", "none of it")
    for _ in range(12):
        threat.press("ArrowLeft")
    kept(page, {"a1": {"threat": 0.25, "drive": 36 / 64, "soothing": 12 / 64}}, {})


def test_a_slider_can_be_placed_where_it_stands(served, visit):
    page = visit(served.page("02_moves"))
    page.get_by_role("slider", name="Threat", exact=True).press("Enter")
    says(page, "1, an act of care: some of each.")


def test_a_thumb_places_and_moves_a_point(served, visit):
    page = visit(served.page("02_moves"), size=PHONE, has_touch=True, is_mobile=True)
    page.touchscreen.tap(*where(page, (1, 4, 0)))
    says(page, "1, an act of care: mostly drive, some threat.")
    # The line that says so may take another row, which moves what stands below it.
    expect(page.locator(".ws-kept")).to_contain_text("Kept in this browser")
    (x, y), (to_x, to_y) = where(page, (1, 4, 0)), where(page, SOOTHING)
    stood = triangle(page).bounding_box()
    touch = finger(page)
    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x + (to_x - x) * step / 10, y + (to_y - y) * step / 10))
    touch("touchEnd")
    kept(page, {"a1": only("soothing")}, {})
    assert triangle(page).bounding_box() == stood, "the page stayed where it was"


def test_a_finger_that_passes_over_the_triangle_on_its_way_down_the_page_places_nothing(
    served, visit
):
    page = visit(served.page("02_moves"), size=PHONE, has_touch=True, is_mobile=True)
    x, y = where(page, (1, 1, 2))
    scroll_past(page, x, y)
    says(page, "Nothing is placed yet.")
    assert records(page) == []


def test_a_finger_that_passes_over_a_slider_places_nothing(served, visit):
    page = visit(served.page("02_moves"), size=PHONE, has_touch=True, is_mobile=True)
    page.get_by_text("Or place it with sliders").tap()
    slider = page.get_by_role("slider", name="Drive", exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    scroll_past(page, x, y)
    expect(slider).to_have_attribute("aria-valuetext", "not placed")
    assert records(page) == []


def test_on_a_phone_the_sliders_are_folded_and_the_triangle_has_room_for_a_thumb(served, visit):
    page = visit(served.page("02_moves"), size=PHONE)
    expect(page.get_by_role("slider", name="Drive")).to_have_count(0)
    assert triangle(page).bounding_box()["width"] >= 280
    page.get_by_text("Or place it with sliders").click()
    expect(page.get_by_role("slider", name="Drive")).to_be_visible()


def test_markup_is_shown_as_text(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("<b>A bath</b> {told}")
    tap(page, DRIVE)
    press(page, AGAIN)
    expect(page.locator(".ws-triangle .ws-name")).to_have_text("<b>A bath</b> {told}")
    assert page.locator(".ws-triangle b").count() == 0
    says(page, "1, <b>A bath</b> {told}: all drive.")


def test_words_never_cross_the_connection(served, visit, watched):
    page = visit(served.page("02_moves"))
    name(page).fill("quokka")
    tap(page, DRIVE)
    kept(page, {"a1": only("drive")}, {"a": "quokka"})
    # Python hears of the numbers.
    wait_for(page, lambda: '"drive"' in str(watched.sent))
    page.wait_for_timeout(300)
    assert not [sent for sent in watched.sent if "quokka" in sent]


def test_the_diary_has_room_for_one_act(served, visit):
    page = visit(served.page("11_diary"), size=PHONE)
    name(page).fill("A walk")
    tap(page, SOOTHING)
    kept(page, {"a1": only("soothing")}, {"a": "A walk"})
    expect(page.get_by_role("button", name=ANOTHER)).to_have_count(0)
    says(page, "A triangle between threat, drive, soothing. A walk: all soothing.")


def test_what_was_begun_and_left_empty_leaves_nothing(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("A walk")
    tap(page, SOOTHING)
    press(page, AGAIN)
    press(page, ANOTHER)
    page.get_by_role("button", name="1, A walk: all soothing").click()
    expect(page.get_by_text("The acts so far")).to_be_hidden()
    kept(page, {"a1": only("soothing")}, {"a": "A walk"})


def test_a_field_of_words_keeps_its_cursor_while_somebody_types(served, visit):
    page = visit(served.page("02_moves"))
    name(page).click()
    page.keyboard.type("A bth")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    page.keyboard.type("a")
    expect(name(page)).to_have_value("A bath")


@pytest.mark.parametrize("notebook", ["02_moves", "11_diary"])
def test_nothing_is_wider_than_a_small_phone(served, visit, notebook):
    page = visit(served.page(notebook), size={"width": 320, "height": 568})
    name(page).fill("Anunusuallylongwordforsomethingsosmallasacupofteainthegarden")
    tap(page, THREAT)
    if notebook == "02_moves":
        press(page, AGAIN)
    page.get_by_text("Or place it with sliders").click()
    tap(page, SOOTHING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_axe_finds_nothing(served, visit):
    page = visit(served.page("02_moves"))
    name(page).fill("Yoga class")
    tap(page, DRIVE)
    press(page, AGAIN)
    tap(page, SOOTHING)
    expect_no_fault(page)


def told(page: Page, answers: dict, words: dict) -> list:
    """What `parts/motives.js` makes of a moment for the list on *My patterns*."""
    moves = load_exercise("moves")
    shown = control(moves, moves.part("acts"), View(Journal(PageStore())))
    code = "".join((PARTS / f"{part}.js").read_text() for part in ("shared", "motives"))
    return page.evaluate(
        f"(given) => {{ {code}; return tellActs(...given); }}",
        [shown.part, answers, words, shown.systems, shown.words],
    )


def test_a_list_reads_out_every_act_and_nothing_that_is_empty_or_of_another_part(served, visit):
    page = visit(served.page("02_moves"))
    answers = {
        "acts_a_1": only("drive") | {"landed": "hardly"},
        "acts_a_2": {"threat": 0.25, "drive": 0, "soothing": 0.75},
        "acts_b_1": {"instead": "cant_tell", "landed": "cant_say"},
        "acts_c_1": None,
        "acts_d_1": {"landed": "partly"},
        "systems": only("threat"),
        "acts_more_e_1": only("threat"),
    }
    words = {"acts_a": "Yoga {told}", "acts_c": "A bath", "acts_e": "", "noticed": "something"}
    assert told(page, answers, words) == [
        [
            "An act of care",
            f"Yoga {{told}}: all drive (how it landed: {LANDED['hardly']}); "
            "another time mostly soothing, some threat",
        ],
        [
            "An act of care",
            f"an act of care: {TOLD_CANT_TELL} (how it landed: {LANDED['cant_say']})",
        ],
        ["An act of care", "A bath"],
        ["An act of care", f"an act of care: (how it landed: {LANDED['partly']})"],
    ]
    assert told(page, {}, {}) == []


def test_answers_set_in_python_are_drawn_and_listeners_end_with_the_control(served, visit):
    page = visit(served.page("02_moves"))
    moves = load_exercise("moves")
    shown = control(moves, moves.part("acts"), View(Journal(PageStore())))
    state = {name: getattr(shown, name) for name in ("part", "systems", "words")}
    labels = page.evaluate(
        """async ([state, answers]) => {
          const settings = JSON.parse(document.getElementById("jupyter-config-data").textContent);
          const widget = (await import(settings.modules.triangle)).default;
          const held = { exercise: "elsewhere", answers: {}, ...state }, listeners = new Set();
          const model = { get: (name) => held[name], set: (name, value) => { held[name] = value; },
            save_changes: () => {}, on: (_, one) => listeners.add(one),
            off: (_, one) => listeners.delete(one) };
          const el = document.createElement("div");
          const stop = await widget.render({ model, el });
          model.set("answers", answers);
          for (const one of listeners) one();
          const label = el.querySelector("svg").getAttribute("aria-label");
          stop();
          return [label, listeners.size];
        }""",
        [state, {"acts_a_1": only("drive"), "acts_a_2": only("soothing")}],
    )
    assert labels == [
        "A triangle between threat, drive, soothing. "
        "1, an act of care: all drive; another time all soothing.",
        0,
    ]
