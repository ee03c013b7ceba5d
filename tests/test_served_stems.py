"""Sentences to finish: their gaps, the whole read back, a mark, and a second version beside."""

from __future__ import annotations

import time

import pytest
from access import expect_no_fault
from conftest import DESK, PHONE, READY
from pages import latest, records, wait_for
from playwright.sync_api import Browser, Locator, Page, expect

from workshop_kit.exercises import load_exercise
from workshop_kit.widgets.files import PARTS
from workshop_kit.wording import load_controls

PAGE = "03_catch"
PART = next(part for part in load_exercise("catch").parts if part.kind == "stems")
ONE = next(stem for stem in PART.stems if stem.label.count("…") == 1)
TWO = next(stem for stem in PART.stems if stem.label.count("…") == 2)
MARK, OTHER_MARK = PART.marks[:2]
SAYS = load_controls().stems
MARKUP = "<img src=x onerror=alert(1)><b>late</b>"


def kept(page: Page) -> dict:
    """Everything that the journal now holds of this page, choices and words."""
    [moment] = latest(records(page)) or [{"answers": {}, "words": {}}]
    return {
        **{name: value for name, value in moment["answers"].items() if value is not None},
        **{f"words.{name}": text for name, text in moment["words"].items() if text},
    }


def expect_kept(page: Page, held: dict) -> None:
    deadline = time.monotonic() + 5
    while kept(page) != held:
        assert time.monotonic() < deadline, kept(page)
        page.wait_for_timeout(20)


def key(stem, end: str = "") -> str:
    return f"{PART.id}_{stem.id}{end}"


def group(page: Page, stem) -> Locator:
    return page.locator(".ws-stems").get_by_role("group", name=stem.label, exact=True)


def gap(page: Page, stem, place: int = 0) -> Locator:
    names = [f"{stem.label}, {SAYS[name]}" for name in ("first_gap", "second_gap")]
    name = stem.label if stem.label.count("…") == 1 else names[place]
    return group(page, stem).get_by_role("textbox", name=name, exact=True)


def mark(page: Page, stem, choice) -> Locator:
    return group(page, stem).get_by_role("radio", name=choice.label, exact=True)


def second(page: Page, stem) -> Locator:
    return group(page, stem).get_by_role("textbox", name=f"{stem.label} {PART.second}")


def unfold(page: Page, stem) -> Locator:
    group(page, stem).locator("summary").click()
    return second(page, stem)


def beside(page: Page) -> Locator:
    return page.get_by_role("group", name=SAYS["beside"])


def whole(stem, *written: str) -> str:
    pieces = stem.label.split("…")
    return pieces[0] + "".join(
        text + piece for text, piece in zip(written, pieces[1:], strict=True)
    )


def test_a_gap_that_is_filled_is_read_back_whole_and_kept(served, visit):
    page = visit(served.page(PAGE))
    expect(group(page, ONE).get_by_role("radio")).to_have_count(0)
    expect(beside(page)).to_be_hidden()
    gap(page, ONE).press_sequentially("nobody asks")
    expect(gap(page, ONE)).to_be_focused()
    expect(group(page, ONE).locator(".ws-whole")).to_have_text(f"“{whole(ONE, 'nobody asks')}”")
    expect_kept(page, {f"words.{key(ONE)}": "nobody asks"})


def test_two_gaps_are_kept_apart_and_an_empty_one_stays_a_gap(served, visit):
    page = visit(served.page(PAGE))
    gap(page, TWO, 1).fill("it is Tuesday")
    said = group(page, TWO).locator(".ws-whole")
    expect(said).to_have_text(f"“{whole(TWO, '…', 'it is Tuesday')}”")
    expect_kept(page, {f"words.{key(TWO, '_2')}": "it is Tuesday"})
    gap(page, TWO, 0).fill("sit down")
    expect(said).to_have_text(f"“{whole(TWO, 'sit down', 'it is Tuesday')}”")
    held = {f"words.{key(TWO)}": "sit down", f"words.{key(TWO, '_2')}": "it is Tuesday"}
    expect_kept(page, held)


def test_a_mark_is_kept_changed_and_taken_back(served, visit):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill("x")
    mark(page, ONE, MARK).check()
    expect_kept(page, {key(ONE): MARK.id, f"words.{key(ONE)}": "x"})
    mark(page, ONE, OTHER_MARK).check()
    expect_kept(page, {key(ONE): OTHER_MARK.id, f"words.{key(ONE)}": "x"})
    group(page, ONE).get_by_role("button", name=f"{SAYS['take_back']}: {ONE.label}").click()
    expect(mark(page, ONE, MARK)).to_be_focused()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect_kept(page, {f"words.{key(ONE)}": "x"})


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_second_version_stands_beside_the_first_or_below_it_on_a_phone(served, visit, size):
    page = visit(served.page(PAGE), size=size)
    gap(page, ONE).fill("nobody asks")
    unfold(page, ONE).fill("I rest.")
    expect_kept(
        page, {f"words.{key(ONE)}": "nobody asks", f"words.{key(ONE, '_second')}": "I rest."}
    )
    first, other = (
        beside(page).get_by_text(f"“{text}”").bounding_box()
        for text in (whole(ONE, "nobody asks"), "I rest.")
    )
    if size == DESK:
        assert other["x"] >= first["x"] + first["width"]
    else:
        assert other["y"] >= first["y"] + first["height"]


def test_everything_is_there_after_a_reload_and_the_second_version_unfolded(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    gap(page, TWO, 0).fill("sit down")
    gap(page, TWO, 1).fill("a line that is long enough to be broken twice, " * 4)
    mark(page, TWO, MARK).check()
    unfold(page, TWO).fill("Another line that is long enough. " * 6)
    held = kept(page)
    tall = second(page, TWO).bounding_box()["height"]
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(gap(page, TWO, 0)).to_have_value("sit down")
    expect(mark(page, TWO, MARK)).to_be_checked()
    expect(second(page, TWO)).to_have_value("Another line that is long enough. " * 6)
    wait_for(page, lambda: second(page, TWO).bounding_box()["height"] == tall, within=5)
    assert kept(page) == held


def test_what_is_cleared_is_taken_back_and_a_mark_stays_in_reach(served, visit):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill("x")
    mark(page, ONE, MARK).check()
    gap(page, ONE).fill("")
    expect_kept(page, {key(ONE): MARK.id})
    expect(mark(page, ONE, MARK)).to_be_checked()
    group(page, ONE).get_by_role("button", name=SAYS["take_back"]).click()
    expect_kept(page, {})
    expect(beside(page)).to_be_hidden()


def test_a_field_grows_with_its_text_and_a_page_pasted_whole_stays_in_it(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    field = gap(page, ONE)
    low = field.bounding_box()["height"]
    field.fill("a line of words\n" * 4)
    assert field.bounding_box()["height"] > low
    field.fill("a line of words\n" * 200)
    assert field.bounding_box()["height"] <= PHONE["height"] * 0.6 + 1
    assert field.evaluate("node => getComputedStyle(node).overflowY") == "auto"


def test_it_is_all_done_by_keyboard_alone(served, visit):
    page = visit(served.page(PAGE), size=PHONE)
    gap(page, ONE).focus()
    page.keyboard.type("nobody asks")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(mark(page, ONE, MARK)).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(mark(page, ONE, OTHER_MARK)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("I rest.")
    expect_kept(
        page,
        {
            key(ONE): OTHER_MARK.id,
            f"words.{key(ONE)}": "nobody asks",
            f"words.{key(ONE, '_second')}": "I rest.",
        },
    )


def test_it_is_all_done_by_touch(served, visit):
    page = visit(served.page(PAGE), size=PHONE, has_touch=True, is_mobile=True)
    gap(page, ONE).tap()
    page.keyboard.type("nobody asks")
    group(page, ONE).get_by_text(MARK.label).tap()
    group(page, ONE).locator("summary").tap()
    second(page, ONE).tap()
    page.keyboard.type("I rest.")
    expect_kept(
        page,
        {
            key(ONE): MARK.id,
            f"words.{key(ONE)}": "nobody asks",
            f"words.{key(ONE, '_second')}": "I rest.",
        },
    )
    for target in group(page, ONE).locator(".ws-chip, summary, textarea").all():
        assert target.bounding_box()["height"] >= 44


def test_markup_is_shown_as_the_text_it_is(served, visit):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill(MARKUP)
    unfold(page, ONE).fill(MARKUP)
    expect(group(page, ONE).locator(".ws-whole")).to_have_text(f"“{whole(ONE, MARKUP)}”")
    expect(beside(page)).to_contain_text(f"“{MARKUP}”")
    expect(page.locator(".ws-stems").locator("img, b")).to_have_count(0)


def test_words_do_not_go_to_the_kernel_and_a_mark_does(served, visit, watched):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill("Zwetschgenkuchen")
    unfold(page, ONE).fill("Zwetschgenkuchen")
    mark(page, ONE, MARK).check()
    wait_for(page, lambda: f'"{key(ONE)}":"{MARK.id}"' in str(watched.sent))
    page.wait_for_timeout(300)
    assert "Zwetschgenkuchen" not in str(watched.sent)


def test_another_moment_begins_with_nothing_in_it(served, visit):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill("nobody asks")
    unfold(page, ONE).fill("I rest.")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    page.locator(".ws-moment").get_by_role("button").click()
    expect(gap(page, ONE)).to_have_value("")
    expect(beside(page)).to_be_hidden()
    page.locator(".ws-moment").get_by_role("button").click()
    expect(gap(page, ONE)).to_have_value("nobody asks")
    expect(second(page, ONE)).to_have_value("I rest.")


SENTENCES = [
    ("I rest so that …", {"part_a": "x"}, "I rest so that x"),
    ("I rest so that …", {"part_a": "  x \n"}, "I rest so that x"),
    ("I rest so that …", {"part_a": " "}, ""),
    ("I rest so that …", {"part_a_2": "x", "other_a": "y"}, ""),
    ("If I can …, then …", {"part_a": "x"}, "If I can x, then …"),
    ("If I can …, then …", {"part_a_2": "y"}, "If I can …, then y"),
    ("If I can …, then …", {"part_a": "{x}", "part_a_2": "$&"}, "If I can {x}, then $&"),
    ("… is enough.", {"part_a": "x"}, "x is enough."),
]


def in_parts(browser: Browser, body: str, argument: object) -> object:
    """What a page makes of an argument with the functions of sentences.js."""
    source = "".join((PARTS / f"{name}.js").read_text("utf-8") for name in ("shared", "sentences"))
    page = browser.new_page()
    try:
        return page.evaluate(f"(argument) => {{ {source}; {body} }}", argument)
    finally:
        page.close()


def test_a_whole_sentence_is_put_together_from_its_gaps(browser):
    made = in_parts(
        browser,
        """return argument.map(([label, texts]) => sentence({ id: "a", label }, "part", texts));""",
        SENTENCES,
    )
    assert made == [said for _, _, said in SENTENCES]


def test_only_what_was_answered_is_told(browser):
    texts = {key(ONE): "x", key(TWO, "_second"): "y", "elsewhere_rest": "z"}
    told = in_parts(
        browser,
        "const { part, answers, texts, words } = argument; "
        "return tellSentences(part, answers, texts, {}, words);",
        {
            "part": PART.said(),
            "answers": {key(ONE): MARK.id, key(TWO): None},
            "texts": texts,
            "words": SAYS,
        },
    )
    assert told == [
        [ONE.label, whole(ONE, "x")],
        [f"{ONE.label} {PART.marks_legend}", MARK.label],
        [f"{TWO.label} {SAYS['other']}", "y"],
    ]


def test_it_fits_a_small_phone(served, visit):
    page = visit(served.page(PAGE), size={"width": 320, "height": 568})
    gap(page, TWO).fill("w" * 90)
    unfold(page, TWO).fill("w" * 90)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(
        """() => [...document.querySelectorAll(".ws-stems *")].every((node) => {
          const { right } = node.getBoundingClientRect();
          return right <= document.querySelector(".ws-stems").getBoundingClientRect().right + 1;
        })"""
    )


def test_axe_finds_nothing_in_finished_sentences(served, visit):
    page = visit(served.page(PAGE))
    gap(page, ONE).fill("nobody asks")
    mark(page, ONE, MARK).check()
    unfold(page, ONE).fill("I rest.")
    gap(page, TWO, 1).fill("it is Tuesday")
    expect_no_fault(page)
