"""The whole journey, from Welcome to the diary: everything that is left is there again."""

from __future__ import annotations

import json

import pytest
from conftest import DESK, PHONE, READY
from pages import latest, records, wait_until_kept
from playwright.sync_api import Page

from workshop_kit.exercises import journey

PAGES = [exercise for exercise in journey() if exercise.shelf != "own"]
# What a page holds: every control that can be filled in, by its place on the page. A pause collects
# nothing, and what goes into a booklet is chosen anew each time.
HELD = """() => [...document.querySelectorAll("main :is(textarea, input, select)")]
  .filter((node) => !node.closest(".ws-pause, .ws-takeaway")).map((node) =>
  ["radio", "checkbox"].includes(node.type) ? node.checked
    : [node.value, node.getAttribute("aria-valuetext")])"""
FOCUSED = """() => {
  const node = document.activeElement;
  return { tag: node.localName, kind: node.type ?? "", main: Boolean(node.closest?.("main")),
    name: node.getAttribute("aria-label") ?? node.labels?.[0]?.innerText ?? node.innerText ?? "",
    pressed: node.getAttribute("aria-pressed"), radios: node.name ?? "" };
}"""
ADDS = ("Add",)  # buttons that make room to write


def texts(page: Page) -> list[str]:
    """All free words that the journal now shows, of every moment."""
    return [text for moment in latest(records(page)) for text in moment["words"].values()]


def is_prose_only(exercise) -> bool:
    return not any(part.keeps for part in exercise.parts)


def fill_in_by_keyboard(page: Page, mark: str) -> list[str]:
    """Go through a page with Tab, and use every control that is met; return what was written."""
    written: list[str] = []
    met: set[str] = set()
    page.keyboard.press("Tab")
    for place in range(400):
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "body" or (place and focused["name"] == "Skip to the page"):
            break
        if focused["main"]:
            use(page, focused, mark, written, met)
        page.keyboard.press("Tab")
    return written


def use(page: Page, focused: dict, mark: str, written: list[str], met: set[str]) -> None:
    keys, kind, name = page.keyboard, focused["kind"], focused["name"].strip()
    if focused["tag"] == "textarea" or kind == "text":
        written.append(f"{mark} {len(written)}")
        keys.press("Control+A")
        keys.type(written[-1])
    elif kind == "range":
        keys.press("ArrowRight")
    elif kind in ("radio", "checkbox"):
        if not page.evaluate("document.activeElement.checked"):
            keys.press("Space")
    elif focused["tag"] == "summary":
        if not page.evaluate("document.activeElement.parentElement.open"):
            keys.press("Enter")
    elif focused["pressed"] == "false":
        keys.press("Space")
    elif focused["tag"] == "button" and name.startswith(ADDS) and name not in met:
        met.add(name)
        keys.press("Enter")


@pytest.mark.timeout(600)
def test_by_keyboard_alone_on_a_phone_everything_is_kept_and_there_again(served, visit, watched):
    page = visit(served.url, size=PHONE)
    held: dict[str, list] = {}
    written: dict[str, list[str]] = {}
    for exercise in PAGES:
        page.goto(served.page(exercise.name))
        page.wait_for_selector(READY, state="attached")
        mark = f"Pfefferkuchen {exercise.id}"
        written[exercise.id] = fill_in_by_keyboard(page, mark)
        for text in written[exercise.id]:
            wait_until_kept(page, text)
        held[exercise.id] = page.evaluate(HELD)
    kept = texts(page)
    for exercise in PAGES:
        assert bool(written[exercise.id]) != is_prose_only(exercise), exercise.id
        assert set(written[exercise.id]) <= set(kept)
        page.goto(served.page(exercise.name))
        page.wait_for_selector(READY, state="attached")
        if not is_prose_only(exercise):
            assert page.evaluate(HELD) == held[exercise.id], exercise.id
    page.goto(served.page("12_patterns"))
    for exercise in PAGES:
        for text in written[exercise.id]:
            page.get_by_text(text).first.wait_for()
    crossed = json.dumps([*watched.sent, *watched.received])
    assert "Pfefferkuchen" not in crossed


def open_page(page: Page, served, name: str) -> None:
    page.goto(served.page(name))
    page.wait_for_selector(READY, state="attached")


def moment(page: Page, exercise: str) -> dict:
    """What the journal now shows of an exercise's one moment, without what was left open."""
    [found] = [one for one in latest(records(page)) if one["exercise"] == exercise]
    return {
        "setting": found["setting"],
        "answers": {key: value for key, value in found["answers"].items() if value is not None},
        "words": found["words"],
    }


def slide(page: Page, name: str, share: float) -> float:
    """Click on a slider, so far along; return the value it then has."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
    return float(slider.input_value())


def click_at(page: Page, drawing: str, across: float, down: float) -> None:
    node = page.locator(drawing)
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label)
    field.click()
    page.keyboard.insert_text(text)


def arriving(page: Page) -> dict:
    sizes = {
        name.lower(): slide(page, name, share) for name, share in (("Threat", 0.8), ("Drive", 0.2))
    }
    page.get_by_label("Supervision", exact=True).click()
    page.get_by_label("I can’t tell", exact=True).click()
    write(page, "A note to myself", "from the desk")
    return {
        "setting": "supervision",
        "answers": {"systems": sizes, "opened_from": "cant_tell"},
        "words": {"note": "from the desk"},
    }


def moves(page: Page) -> dict:
    write(page, "Something you did", "a bath")
    click_at(page, ".ws-triangle svg", 0.1, 0.1)
    page.get_by_label("Partly", exact=True).click()
    [item] = moment_of_words(page, "a bath")
    shares = moment(page, "moves")["answers"][f"{item}_1"]
    assert shares["threat"] > 0.9
    assert shares["threat"] + shares["drive"] + shares["soothing"] == 1
    return {
        "setting": None,
        "answers": {f"{item}_1": {**shares, "landed": "partly"}},
        "words": {item: "a bath"},
    }


def moment_of_words(page: Page, text: str) -> list[str]:
    """Under which names the journal holds a text, once it does."""
    wait_until_kept(page, text)
    return [
        name for one in latest(records(page)) for name, said in one["words"].items() if said == text
    ]


def catch(page: Page) -> dict:
    write(page, "I rest so that …", "nobody asks")
    page.get_by_role("group", name="I rest so that").get_by_label("Threat").click()
    return {
        "setting": None,
        "answers": {"stems_rest": "threat"},
        "words": {"stems_rest": "nobody asks"},
    }


def weight(page: Page) -> dict:
    page.locator(".ws-sorter textarea").first.click()
    page.keyboard.insert_text("the rota")
    page.get_by_label("Belongs to my workplace or to society").first.click()
    [item] = moment_of_words(page, "the rota")
    return {"setting": None, "answers": {item: "service"}, "words": {item: "the rota"}}


def staying(page: Page) -> dict:
    page.get_by_label("Breathing, with a shape to follow").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("A sound", exact=True).click()
    write(page, "One thing that is true", "tired")
    return {"setting": None, "answers": {}, "words": {"one_truth": "tired"}}


def tone(page: Page) -> dict:
    write(page, "What did the inner voice say?", "slow again")
    click_at(page, ".ws-plane .ws-plot svg", 0.5, 0.5)
    return {
        "setting": None,
        "answers": {"plane_voice": {"curious": 0, "tender": 0}},
        "words": {"voice": "slow again"},
    }


def flows(page: Page) -> dict:
    page.get_by_label("Friends", exact=True).click()
    row = page.get_by_role("group", name="Friends", exact=True)
    row.get_by_label("Was offered").click()
    row.get_by_label("Turned away").click()
    page.get_by_role("group", name="From me to me").get_by_label("It reached me").click()
    return {
        "setting": None,
        "answers": {"week_friends": {"offered": 1, "turned_away": 1}, "week_myself": {"let_in": 1}},
        "words": {},
    }


def coming_home(page: Page) -> dict:
    page.get_by_text("Phrases you wrote").click()
    page.get_by_label("I rest so that nobody asks").click()
    page.get_by_role("button", name="Copy into the letter").click()
    page.get_by_role("radiogroup", name="One plain thing to rest on").get_by_label(
        "Comes along"
    ).click()
    [(name, _)] = [
        (name, value)
        for name, value in moment(page, "coming_home")["answers"].items()
        if name.startswith("letter_")
    ]
    return {
        "setting": None,
        "answers": {name: 1, "taking_anchor": "take"},
        "words": {"dear_me": "I rest so that nobody asks\n"},
    }


def day(page: Page) -> dict:
    page.get_by_label("Halfway", exact=True).click()
    drive = slide(page, "Drive", 0.9)
    page.get_by_role("button", name="Draw it in the picture").click()
    page.locator('[data-circle="halfway_drive"]').click()
    page.locator('[data-circle="after_threat"]').click()
    return {
        "setting": None,
        "answers": {
            "stops_halfway": {"drive": drive},
            "stops_loop": {"step_1": "halfway_drive", "step_2": "after_threat"},
        },
        "words": {},
    }


def diary(page: Page) -> dict:
    page.get_by_role("button", name="Numb").click()
    page.get_by_label("Home", exact=True).click()
    page.get_by_role("button", name="I can’t tell").last.click()
    [(name, place)] = [
        (name, value)
        for name, value in moment(page, "diary")["answers"].items()
        if name.startswith("acts_")
    ]
    assert place == {"instead": "cant_tell"}
    return {"setting": "home", "answers": {"systems": "numb", name: place}, "words": {}}


BY_MOUSE = (arriving, moves, catch, weight, staying, tone, flows, coming_home, day, diary)


def test_every_page_that_keeps_something_is_gone_through_by_mouse():
    kept = {exercise.id for exercise in PAGES if not is_prose_only(exercise)}
    assert {way.__name__ for way in BY_MOUSE} == kept


def test_by_mouse_at_a_desk_every_exercise_keeps_what_was_entered(served, visit):
    page = visit(served.url, size=DESK)
    names = {exercise.id: exercise.name for exercise in PAGES}
    entered = {}
    for way in BY_MOUSE:
        open_page(page, served, names[way.__name__])
        entered[way.__name__] = way(page)
        page.wait_for_timeout(300)
    page.reload()
    for exercise, left in entered.items():
        assert moment(page, exercise) == left, exercise
