"""The pause: a choice of anchors, and the breathing pacer among them; nothing is kept."""

from __future__ import annotations

import re
import time

import pytest
from access import expect_no_fault
from conftest import PHONE
from pages import records, scroll_past
from playwright.sync_api import Page, expect

PAGE = "06_staying"
ANCHORS = ("A sound", "Something to look at", "A small movement", "Breathing", "Nothing")
# What the page says to the journal is heard, and so is every sound it asks for.
LISTENING = """() => {
  window.told = []; window.sounds = [];
  document.addEventListener("workshop:answer", ({ detail }) => window.told.push(detail.question));
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor() { super(); window.sounds.push("made"); }
    createOscillator() { window.sounds.push("tone"); return super.createOscillator(); }
    suspend() { window.sounds.push("rest"); return super.suspend(); }
    close() { window.sounds.push("end"); return super.close(); }
  };
}"""
MODULE = "(await import('/workshop-kit/widgets/pause.js')).default"


def anchor(page: Page, name: str):
    return page.get_by_role("radio", name=name)


def shape(page: Page):
    return page.get_by_role("img", name="A circle")


def scale(page: Page) -> float:
    transform = page.locator(".ws-breath-disc").evaluate("node => node.style.transform")
    return float(re.fullmatch(r"scale\((.+)\)", transform)[1])


def breathing(page: Page) -> Page:
    anchor(page, "Breathing").check()
    return page


def expected(seconds: float, inward: float = 5, out: float = 6) -> str:
    return "In" if seconds % (inward + out) < inward else "Out"


def visit_listening(visit, url: str, **options) -> Page:
    page = visit(url, **options)
    page.evaluate(LISTENING)
    return page


def wait_for_sound(page: Page, name: str, count: int = 1) -> None:
    deadline = time.monotonic() + 10
    while page.evaluate("sounds").count(name) < count:
        assert time.monotonic() < deadline, page.evaluate("sounds")
        page.wait_for_timeout(20)


# The anchors


def test_an_anchor_is_chosen_shown_changed_and_put_down_and_nothing_is_kept(served, visit):
    page = visit_listening(visit, served.page(PAGE))
    stored = page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
    text = page.locator(".ws-anchor")
    expect(text).to_be_hidden()
    for name in ANCHORS:
        anchor(page, name).check()
        expect(text).to_be_visible()
        expect(shape(page)).to_have_count(1 if name == "Breathing" else 0)
    breathing(page).get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Put this down").click()
    expect(text).to_be_hidden()
    expect(shape(page)).to_have_count(0)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(anchor(page, "A sound")).to_be_focused()
    assert page.evaluate("told") == []
    assert records(page) == []
    assert stored == page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]")
    page.reload()
    expect(anchor(page, "A sound")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_nothing_about_a_pause_reaches_the_kernel(served, visit, watched):
    page = visit(served.page(PAGE))
    before = len(watched.sent)
    breathing(page).get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("slider", name="Breathing in").press("ArrowRight")
    page.get_by_label("Without movement, only the words In and Out").check()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_timeout(300)
    sent = [one for one in watched.sent[before:] if "/workshop/pulse" not in one]
    assert [one for one in sent if "comm" in one] == []


def test_an_anchor_is_chosen_and_the_shape_set_by_keyboard_alone(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    anchor(page, "A sound").focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(anchor(page, "Breathing")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Put this down")).to_be_focused()
    expect(page.get_by_role("slider", name="Breathing in")).to_have_value("5.5")
    expect(page.get_by_role("slider", name="Breathing out")).to_have_value("4.5")
    expect(shape(page)).to_have_accessible_name(
        re.compile("5 and a half seconds .* 4 and a half seconds")
    )


# The pacer


def test_the_shape_waits_to_be_started_and_stops_as_plainly(served, visit):
    page = breathing(visit(served.page(PAGE)))
    word = page.locator(".ws-breath-word")
    expect(shape(page)).to_have_accessible_name(re.compile("^A circle at rest"))
    expect(word).to_have_text("")
    assert scale(page) == 0.5
    page.get_by_role("button", name="Start", exact=True).click()
    expect(word).to_have_text("In")
    expect(shape(page)).to_have_accessible_name(
        "A circle that grows for 5 seconds as the breath goes in, and settles for 6 seconds as it "
        "goes out."
    )
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(word).to_have_text("")
    expect(shape(page)).to_have_accessible_name(re.compile("^A circle at rest"))
    assert scale(page) == 0.5


def test_the_shape_keeps_time_over_many_minutes(served, visit):
    page = visit(served.page(PAGE))
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    breathing(page).get_by_role("button", name="Start", exact=True).click()
    passed = 0.0
    for seconds in (2.0, 2.9, 0.2, 5.6, 0.4, 597.0, 3.0, 5.0, 3604.0):
        page.clock.run_for(round(seconds * 1000)) if seconds < 60 else page.clock.fast_forward(
            round(seconds * 1000)
        )
        page.clock.run_for(17)
        passed += seconds + 0.017
        expect(page.locator(".ws-breath-word")).to_have_text(expected(passed))
    grown = page.evaluate(
        f"async () => {MODULE}.phaseAt({passed % 11}, {{began: 0, in: 5, out: 6}})"
    )
    assert scale(page) == pytest.approx(0.5 + 0.5 * grown["open"], abs=0.01)


@pytest.mark.parametrize(
    ("now", "turn", "opened"),
    [(0, "in", 0), (2.5, "in", 0.5), (4.999, "in", 1), (5, "out", 1), (8, "out", 0.5)],
)
def test_the_shape_opens_for_the_in_breath_and_settles_for_the_out_breath(
    served, visit, now, turn, opened
):
    page = visit(served.url)
    phase = page.evaluate(f"async () => {MODULE}.phaseAt({now}, {{began: 0, in: 5, out: 6}})")
    assert phase["turn"] == turn
    assert phase["open"] == pytest.approx(opened, abs=1e-4)


def test_a_new_length_is_followed_from_the_next_breath_on_and_nothing_drifts(served, visit):
    page = visit(served.url)
    found = page.evaluate(
        f"""async () => {{
          const {{ breathAt }} = {MODULE}, first = {{ began: 100, in: 5, out: 6 }};
          let breath = first;
          const during = breathAt(110.9, first, {{ in: 3, out: 3 }});
          const after = breathAt(111.25, first, {{ in: 3, out: 3 }});
          for (let now = 100; now < 4000; now += 0.0167) {{
            breath = breathAt(now, breath, {{ in: 5, out: 6 }});
          }}
          return [during, after, (breath.began - 100) / 11];
        }}"""
    )
    assert found[:2] == [{"began": 100, "in": 5, "out": 6}, {"began": 111, "in": 3, "out": 3}]
    assert found[2] == pytest.approx(round(found[2]), abs=1e-6)


def test_the_lengths_are_said_in_words_and_the_breaths_as_they_come(served, visit):
    page = breathing(visit(served.page(PAGE)))
    inward, out = (page.get_by_role("slider", name=f"Breathing {way}") for way in ("in", "out"))
    expect(inward).to_have_attribute("aria-valuetext", "5 seconds")
    expect(page.get_by_text("That comes to about 5 and a half breaths a minute.")).to_be_visible()
    out.press("End")
    inward.press("ArrowRight")
    expect(out).to_have_attribute("aria-valuetext", "9 seconds")
    expect(inward).to_have_attribute("aria-valuetext", "5 and a half seconds")
    expect(page.get_by_text("That comes to about 4 breaths a minute.")).to_be_visible()
    inward.press("Home")
    out.press("Home")
    assert (inward.input_value(), out.input_value()) == ("3", "3")
    expect(page.get_by_text("That comes to about 10 breaths a minute.")).to_be_visible()


def test_a_finger_that_passes_over_a_length_leaves_it_and_one_that_rests_sets_it(served, visit):
    page = breathing(visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True))
    slider = page.get_by_role("slider", name="Breathing out")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2
    scroll_past(page, x, y)
    expect(slider).to_have_value("6")
    box = slider.bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    expect(slider).not_to_have_value("6")


def test_kept_still_nothing_moves_and_the_words_change_with_time(served, visit):
    page = visit(served.page(PAGE))
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    breathing(page).get_by_label("Without movement, only the words In and Out").check()
    expect(shape(page)).to_have_accessible_name(
        "A circle that stays still. When it is started, the word In stands on it for 5 seconds, "
        "then the word Out for 6 seconds, and so on."
    )
    still = scale(page)
    page.get_by_role("button", name="Start", exact=True).click()
    for word in ("In", "Out", "In"):
        expect(page.locator(".ws-breath-word")).to_have_text(word)
        assert scale(page) == still
        page.clock.run_for(5600)
    page.get_by_label("Without movement, only the words In and Out").uncheck()
    page.clock.run_for(100)
    assert scale(page) != still


def test_who_asks_their_device_for_less_motion_finds_it_still_and_may_choose(served, visit):
    page = breathing(visit(served.page(PAGE), reduced_motion="reduce"))
    expect(page.get_by_label("Without movement, only the words In and Out")).to_be_checked()
    page.get_by_role("button", name="Start", exact=True).click()
    still = scale(page)
    expect(page.locator(".ws-breath-word")).to_have_text("Out", timeout=8000)
    assert scale(page) == still
    page.emulate_media(reduced_motion="no-preference")
    expect(page.get_by_label("Without movement, only the words In and Out")).not_to_be_checked()


def test_the_words_in_and_out_are_told_to_no_live_region(served, visit):
    page = breathing(visit(served.page(PAGE)))
    live = "node => Boolean(node.closest('[aria-live], [role=status], [role=alert]'))"
    assert not page.locator(".ws-breath-word").evaluate(live)


# The tone


def test_there_is_no_sound_until_it_is_asked_for(served, visit):
    page = breathing(visit_listening(visit, served.page(PAGE)))
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".ws-breath-word")).to_have_text("In")
    assert page.evaluate("sounds") == []
    page.get_by_label("A soft tone").check()
    assert page.evaluate("sounds") == ["made"]
    expect(page.locator(".ws-breath-word")).to_have_text("Out")
    wait_for_sound(page, "tone")


@pytest.mark.parametrize("way", ["untick", "put down", "another anchor"])
def test_the_tone_ends_with_what_it_belongs_to(served, visit, way):
    page = breathing(visit_listening(visit, served.page(PAGE)))
    tone = page.get_by_label("A soft tone")
    tone.check()
    page.get_by_role("button", name="Start", exact=True).click()
    wait_for_sound(page, "tone")
    if way == "untick":
        tone.uncheck()
    elif way == "put down":
        page.get_by_role("button", name="Put this down").click()
    else:
        anchor(page, "A sound").check()
    assert page.evaluate("sounds") == ["made", "tone", "end"]
    breathing(page)
    expect(tone).not_to_be_checked()


def test_the_tone_rests_while_nobody_looks_and_when_the_shape_stops(served, visit):
    page = breathing(visit_listening(visit, served.page(PAGE)))
    page.get_by_label("A soft tone").check()
    page.get_by_role("button", name="Start", exact=True).click()
    wait_for_sound(page, "tone")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    assert page.evaluate("sounds") == ["made", "tone", "rest"]
    page.get_by_role("button", name="Stop", exact=True).click()
    page.wait_for_timeout(6000)
    assert page.evaluate("sounds").count("tone") == 1


# Everywhere


def test_cleaning_up_ends_the_shape_and_the_sound(served, visit):
    page = visit_listening(visit, served.url)
    left = page.evaluate(
        f"""async () => {{
          const {{ render }} = {MODULE}, el = document.createElement("div");
          const words = new Proxy({{}}, {{ get: (_, name) => String(name) }});
          const part = {{ legend: "<b>Rest</b>", anchors: [
            {{ id: "a", label: "<i>A</i>", text: "<img src=x>", pacer: true }}] }};
          let frames = 0;
          const ask = window.requestAnimationFrame.bind(window);
          window.requestAnimationFrame = (step) => {{ frames += 1; return ask(step); }};
          document.body.append(el);
          const end = render({{ model: {{ get: (name) => ({{ part, words }})[name] }}, el }});
          el.querySelector("[type=radio]").click();
          const [still, tone] = el.querySelectorAll("[type=checkbox]");
          tone.click();
          el.querySelector(".ws-pacer > button").click();
          await new Promise(ask);
          end();
          const then = frames;
          await new Promise((resolve) => setTimeout(resolve, 200));
          return [frames - then, window.sounds, el.querySelectorAll("b, i, img").length];
        }}"""
    )
    assert left == [0, ["made", "tone", "end"], 0]


def test_axe_finds_nothing_while_the_shape_moves(served, visit):
    page = breathing(visit(served.page(PAGE)))
    page.get_by_role("button", name="Start", exact=True).click()
    expect_no_fault(page)


@pytest.mark.parametrize("options", [{}, {"forced_colors": "active"}], ids=["plain", "forced"])
def test_nothing_is_wider_than_a_small_phone(served, visit, options):
    page = breathing(visit(served.page(PAGE), size={"width": 320, "height": 568}, **options))
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for button in page.locator(".ws-pause button:visible").all():
        assert button.bounding_box()["height"] >= 44
