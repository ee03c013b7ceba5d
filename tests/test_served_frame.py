"""The frame of every page: pause, leave, where to turn, and where the words are."""

from __future__ import annotations

import re

import pytest
from conftest import PHONE, READY
from pages import move, panel, records, scroll_past, wait_for
from playwright.sync_api import expect

from workshop_kit.exercises import journey

NOTEBOOKS = tuple(exercise.name for exercise in journey())


def test_pause_comes_back_to_the_same_spot(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE)
    page.get_by_label("A note to myself").scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    pause = page.get_by_role("button", name="Pause")
    pause.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="A pause")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(pause).to_be_focused()
    assert page.evaluate("scrollY") == place


def test_where_to_turn_names_people_and_closes_with_escape(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE)
    page.get_by_role("button", name="Where to turn").click()
    dialog = page.get_by_role("dialog", name="Where to turn")
    expect(dialog).to_contain_text("116 123")
    expect(dialog).to_contain_text("occupational health")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_leave_leads_back_to_the_page_that_was_left(served, visit):
    page = visit(served.page("01_arriving"))
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("link", name="Go back").click()
    expect(page).to_have_url(served.page("01_arriving"))


def test_leave_goes_to_a_page_that_says_nothing_of_the_workshop(served, visit):
    page = visit(served.page("01_arriving"))
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("A quiet page")
    words = page.inner_text("body").lower()
    assert not [word for word in ("compassion", "workshop", "care", "journal") if word in words]


def test_the_privacy_panel_says_who_could_read(served, visit):
    page = visit(served.page("01_arriving"))
    page.get_by_text("Your words are kept in this browser").click()
    expect(page.get_by_text("Anyone who can unlock this device")).to_be_visible()
    expect(panel(page).get_by_role("button", name="Keep a file")).to_be_visible()


def test_the_home_page_leads_everywhere(served, visit):
    page = visit(served.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where care comes from")
    page.get_by_role("link", name="The facilitators’ guide").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For facilitators: start here")
    page.get_by_role("link", name="Welcome").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leading Welcome")
    for title in ("Welcome", "My patterns"):
        page.goto(served.url)
        page.get_by_role("main").get_by_role("link", name=title).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.wait_for_selector(READY, state="attached")


def test_a_page_that_is_not_there_is_said_plainly(served, visit):
    page = visit(f"{served.url}voila/render/99_nothing.ipynb", complaints=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page here")
    page.get_by_role("main").get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where care comes from")


def test_arriving_can_be_done_by_keyboard_alone(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE)
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const node = document.activeElement;
                  return node.labels?.[0]?.innerText || node.innerText || node.tagName; }"""
            ).strip()
        )
        if reached[-1] == "Threat":
            page.keyboard.press("ArrowRight")
        if reached[-1] == "Client work":
            page.keyboard.press("Space")
        if reached[-1] == "A note to myself":
            page.keyboard.type("by hand")
        if reached[-1] == "What did I notice?":
            break
    wanted = ["Skip to the page", "Pause", "Leave", "Where to turn", "Threat", "Drive", "Soothing"]
    wanted += ["Numb", "Client work", "A note to myself", "What did I notice?"]
    assert [name for name in wanted if name not in reached] == []
    expect(page.get_by_role("slider", name="Threat")).to_have_attribute("aria-valuetext", "medium")
    expect(page.get_by_label("Client work")).to_be_checked()
    expect(page.get_by_label("A note to myself")).to_have_value("by hand")


def test_an_answer_in_place_of_sizes_takes_them_away_and_can_be_taken_back(served, visit):
    page = visit(served.page("01_arriving"))
    move(page, "Threat", 2)
    numb = page.get_by_role("button", name="Numb")
    numb.click()
    expect(numb).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("img", name="Three circles, left without sizes: numb.")).to_be_visible()
    assert records(page)[0]["answers"]["systems"] == "numb"
    numb.click()
    expect(page.get_by_role("img", name="Three circles. Threat medium,")).to_be_visible()
    expect(page.get_by_role("slider", name="Threat")).to_have_value("6")


def test_a_slider_can_be_placed_where_it_stands(served, visit):
    page = visit(served.page("01_arriving"))
    threat = page.get_by_role("slider", name="Threat", exact=True)
    expect(threat).to_have_attribute("aria-valuetext", "not placed")
    threat.press("Enter")
    expect(threat).to_have_attribute("aria-valuetext", "medium")
    drive = page.get_by_role("slider", name="Drive", exact=True)
    box = drive.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(drive).to_have_attribute("aria-valuetext", "medium")


def test_a_finger_that_passes_over_a_slider_on_its_way_down_the_page_places_nothing(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE, has_touch=True, is_mobile=True)
    slider = page.get_by_role("slider", name="Drive", exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    scroll_past(page, x, y)
    expect(slider).to_have_attribute("aria-valuetext", "not placed")
    assert records(page) == []


def test_a_finger_that_rests_on_a_slider_places_it(served, visit):
    page = visit(served.page("01_arriving"), size=PHONE, has_touch=True, is_mobile=True)
    slider = page.get_by_role("slider", name="Drive", exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("large"))
    wait_for(page, lambda: records(page))
    assert records(page)[0]["answers"]["systems"]["drive"] >= 7


def test_the_page_path_names_every_page_and_says_where_one_is(served, visit):
    page = visit(served.page("05_weight"), size=PHONE)
    path = page.get_by_role("navigation", name="This workshop")
    expect(path.get_by_role("link", name="Arriving")).to_be_hidden()
    path.get_by_text("The pages").click()
    pages = path.get_by_role("group").get_by_role("listitem")
    expect(pages).to_have_count(len(NOTEBOOKS))
    here = path.locator("[aria-current=page]")
    expect(here).to_have_text("Whose weight is this")
    path.get_by_role("link", name="Arriving").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arriving")


def test_the_kept_line_is_on_the_screen_wherever_somebody_writes(served, visit):
    page = visit(served.page("05_weight"), size=PHONE)
    page.get_by_label("If it helps, is there something here for my work?").fill("a thought")
    kept = page.get_by_role("status").filter(has_text="Kept in this browser")
    expect(kept).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("landscape", [False, True])
def test_a_keyboard_that_comes_up_leaves_the_field_in_sight(served, visit, landscape):
    page = visit(served.page("07_tone"), size=PHONE)
    field = page.get_by_label("What would you say to a colleague")
    field.click()
    page.set_viewport_size({"width": 740, "height": 360} if landscape else PHONE | {"height": 400})
    expect(field).to_be_focused()
    page.wait_for_timeout(300)
    bar = page.locator("#companion .ws-reach").bounding_box()
    box = field.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= bar["y"]
    page.keyboard.type("in sight")
    expect(field).to_have_value("in sight")
    if not landscape:
        expect(page.get_by_role("status").filter(has_text="Kept in")).to_be_in_viewport(ratio=1)


def test_a_keyboard_that_lies_over_the_page_lifts_the_bar_and_covers_no_field(served, visit):
    page = visit(served.page("07_tone"), size=PHONE)
    field = page.get_by_label("What would you say to a colleague")
    field.click()
    page.keyboard.type("in sight")
    # An iPhone's keyboard leaves the page its height and tells of what is left to see.
    left = page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", { get: () => innerHeight - 320 });
          visualViewport.dispatchEvent(new Event("resize"));
          return innerHeight - 320;
        }"""
    )
    bar, box = page.locator("#companion .ws-reach").bounding_box(), field.bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(left, abs=1)
    assert 0 <= box["y"] < box["y"] + box["height"] <= bar["y"]


def test_what_is_kept_is_said_once_and_the_time_moves_on_in_silence(served, visit):
    page = visit(served.page("01_arriving"))
    page.clock.install()
    page.evaluate(
        """() => {
          window.spoken = [];
          const live = (node) => node?.closest("[aria-live], [role=status], [role=alert]");
          new MutationObserver((changes) => {
            for (const { target } of changes) {
              const region = live(target.nodeType === 1 ? target : target.parentElement);
              if (region && region.ariaLive !== "off") window.spoken.push(region.innerText);
            }
          }).observe(document.body, { childList: true, characterData: true, subtree: true });
        }"""
    )
    kept, note = page.locator(".ws-kept"), page.get_by_label("A note to myself")
    note.press_sequentially("one")
    expect(kept).to_contain_text("Kept in this browser")
    first = kept.inner_text()
    for _ in range(2):
        page.clock.fast_forward(61_000)
        note.press_sequentially(" more")
    expect(kept).not_to_have_text(first)
    assert page.evaluate("spoken") == [first]


def test_a_room_that_is_full_is_said_and_the_page_gets_in_by_itself(served, visit):
    page = visit(served.page("01_arriving"), complaints=True)
    note = page.get_by_label("A note to myself")
    page.route("**/workshop/visits**", lambda route: route.fulfill(status=503))
    page.reload(wait_until="commit")
    full = page.get_by_role("alert").filter(has_text="cannot open another page just now")
    expect(full).to_be_visible()
    expect(page.get_by_text("The connection has gone")).to_be_hidden()
    expect(page.get_by_role("heading", name="Three systems")).to_be_visible()
    page.unroute("**/workshop/visits**")
    expect(note).to_be_visible()
    expect(full).to_be_hidden()


def test_words_come_first_and_only_a_long_wait_is_spoken_of(served, visit):
    page = visit(served.page("01_arriving"))
    waiting = page.locator(".waiting")
    expect(waiting).to_have_count(0)
    page.route("**/workshop/visits/*", lambda _route: None)
    page.reload(wait_until="commit")
    expect(page.get_by_role("heading", name="Three systems")).to_be_visible()
    expect(waiting.first).to_be_hidden()
    expect(waiting.first).to_be_visible()
    expect(waiting.first).to_have_text(
        "The questions for this part are on their way. You can read on meanwhile."
    )


def test_go_on_follows_every_question_and_leads_to_the_next_part(served, visit):
    page = visit(served.page("05_weight"), size=PHONE)
    links = page.get_by_role("link", name="Go on to the next part")
    # The sorter and whom to tell; after the bridge the page itself goes on.
    expect(links).to_have_count(2)
    links.first.click()
    expect(page.get_by_role("heading", name="Someone to tell")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Whom would it be safe to tell?")).to_be_focused()
    expect(page.get_by_role("link", name="Next page: Staying")).to_be_visible()


def test_paper_is_light_whatever_the_device_prefers(served, visit):
    page = visit(served.page("01_arriving"), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    ink = "getComputedStyle(document.querySelector('.ws-systems legend')).color"
    assert page.evaluate(ink) == "rgb(43, 42, 51)"
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
    expect(page.get_by_role("link", name="Go on to the next part").first).to_be_hidden()
