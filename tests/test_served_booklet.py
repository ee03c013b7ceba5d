"""The booklet on a page: words go into the file and nowhere else; the command writes the same."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from access import expect_no_fault
from conftest import DESK, PHONE, READY, Server
from pages import move, records, wait_until_kept
from playwright.sync_api import Page, expect

from workshop_kit.booklet import booklet_of
from workshop_kit.cli import main
from workshop_kit.entries import read_entries
from workshop_kit.journal_file import to_journal
from workshop_kit.sample import sample_entries

MARK = "Pfefferkuchen"
# What it is once a browser has read it, so that two ways of writing one thing are one.
PARSED = "(html) => new DOMParser().parseFromString(html, 'text/html').documentElement.outerHTML"


def go(page: Page, served: Server, name: str) -> None:
    page.goto(served.page(name))
    page.wait_for_selector(READY, state="attached")


def write(page: Page, label: str, text: str) -> None:
    page.get_by_role("textbox", name=label).first.fill(text)
    wait_until_kept(page, text)


def box(page: Page):
    return page.locator(".ws-takeaway")


def make_booklet(page: Page) -> None:
    box(page).get_by_role("button", name="Make the booklet").click()
    expect(box(page).get_by_role("link", name="Keep the booklet")).to_be_visible()


def keep(page: Page, folder: Path) -> Path:
    """Keep the booklet, as somebody does who clicks on its link."""
    with page.expect_download() as download:
        box(page).get_by_role("link", name="Keep the booklet").click()
    assert download.value.suggested_filename == "my-booklet.html"
    path = folder / "kept.html"
    download.value.save_as(path)
    return path


@pytest.fixture
def wrote(served, visit):
    """A visitor with words on several pages."""

    def come(size=DESK) -> Page:
        page = visit(served.page("01_arriving"), size=size)
        move(page, "Threat", 3)
        write(page, "A note to myself", f"{MARK} <b>& {{tea}}</b>\n\u05e9\u05dc\u05d5\u05dd 👩🏽‍⚕️")
        go(page, served, "03_catch")
        write(page, "If I don’t …, then …, first gap", f"{MARK} ring back,")
        write(page, "If I don’t …, then …, second gap", "they worry")
        go(page, served, "05_weight")
        write(page, "Something that weighs, 1", f"{MARK} the rota")
        page.get_by_label("Shared with others", exact=True).click()
        go(page, served, "09_coming_home")
        write(page, "A letter to myself", f"Dear {MARK},\n\nit was long.")
        return page

    return come


def test_words_go_into_the_file_and_nowhere_else_and_the_command_writes_the_same(
    wrote, watched, tmp_path
):
    page = wrote()
    make_booklet(page)
    made = keep(page, tmp_path).read_text(encoding="utf-8")
    crossed = json.dumps([*watched.sent, *watched.received], ensure_ascii=False)
    assert "data-words" in crossed
    assert MARK not in crossed
    assert "ring back" not in crossed
    assert made.count(MARK) >= 5
    assert "If I don’t <span" in made
    assert "data-words" not in made
    journal, written = tmp_path / "journal.json", tmp_path / "written.html"
    journal.write_text(to_journal(read_entries(records(page))), encoding="utf-8")
    assert main(["booklet", str(journal), "-o", str(written)]) == 0
    by_command = written.read_text(encoding="utf-8")
    assert page.evaluate(PARSED, made) == page.evaluate(PARSED, by_command)


def test_on_my_patterns_one_chooses_what_goes_in(wrote, served, tmp_path):
    page = wrote(PHONE)
    go(page, served, "12_patterns")
    choices = box(page).get_by_role("checkbox")
    expect(choices).to_have_count(4)
    expect_no_fault(page)
    page.set_viewport_size(PHONE)
    for name in ("Arriving", "Whose weight is this", "Coming home"):
        box(page).get_by_label(name, exact=True).uncheck()
    make_booklet(page)
    made = keep(page, tmp_path).read_text(encoding="utf-8")
    assert "ring back" in made
    assert "the rota" not in made
    assert "it was long" not in made
    # What was made before a choice changed is not offered as if it held the change.
    box(page).get_by_label("Arriving", exact=True).check()
    expect(box(page).get_by_role("link", name="Keep the booklet")).to_be_hidden()
    for choice in choices.all():
        choice.uncheck()
    box(page).get_by_role("button", name="Make the booklet").click()
    expect(box(page).get_by_role("status")).to_contain_text("It is empty so far")


def test_by_keyboard_the_link_is_where_one_is_when_the_booklet_is_there(wrote):
    page = wrote()
    box(page).get_by_role("button", name="Make the booklet").focus()
    page.keyboard.press("Enter")
    expect(box(page).get_by_role("link", name="Keep the booklet")).to_be_focused()
    expect(box(page).get_by_role("status")).to_contain_text("The booklet is here.")
    page.get_by_label("A letter to myself").fill("One line more")
    expect(box(page).get_by_role("link", name="Keep the booklet")).to_be_hidden()


def test_without_moments_there_is_nothing_to_make(served, visit):
    page = visit(served.page("09_coming_home"))
    expect(box(page)).to_contain_text("a booklet can be made of it here")
    expect(box(page).get_by_role("button")).to_have_count(0)
    locked = "new CustomEvent('workshop:journal', { detail: { isLocked: true } })"
    page.evaluate(f"document.dispatchEvent({locked})")
    expect(box(page)).to_contain_text("Your journal is locked.")


def test_a_kernel_that_is_gone_is_said_in_one_sentence_and_nothing_is_lost(own_server, visit):
    server = own_server()
    page = visit(server.page("09_coming_home"), complaints=True)
    write(page, "A letter to myself", "still here")
    page.clock.install()
    server.kill()
    box(page).get_by_role("button", name="Make the booklet").click()
    expect(box(page).get_by_role("status")).to_have_text("The booklet is being made.")
    page.clock.fast_forward(121_000)
    expect(box(page).get_by_role("status")).to_contain_text("could not be made just now")
    expect(page.get_by_label("A letter to myself")).to_have_value("still here")


# The file


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A booklet with what could break one."""
    path = tmp_path_factory.mktemp("booklet") / "my-booklet.html"
    entries = [*sample_entries()]
    said = entries[0].words | {
        "note": "<script>document.title = 'run'</script><img src=http://203.0.113.1/x onerror=1>",
        "noticed": "W" * 400,
        "remember": "a long line of words " * 300,
    }
    entries[0] = entries[0].model_copy(update={"words": said})
    path.write_text(booklet_of(entries), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_network_and_asks_for_nothing(browser, file, scheme):
    context = browser.new_context(offline=True, color_scheme=scheme, viewport=PHONE)
    page, asked, complaints = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith("data:font/")] == [file.as_uri()]
    assert complaints == []
    assert page.title() == "Where care comes from: A booklet to take home"
    assert page.evaluate("document.fonts.check('1rem \"Atkinson Hyperlegible Next\"')")
    assert page.locator("script, img, link, iframe, object, [onerror]").count() == 0
    for wide in (320, 360, 1280):
        page.set_viewport_size({"width": wide, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
    context.close()


def test_axe_finds_nothing_in_it(browser, tmp_path):
    # One moment of each exercise has all there is in a booklet, and axe takes minutes for a year.
    entries = {entry.exercise: entry for entry in sample_entries()}
    file = tmp_path / "my-booklet.html"
    file.write_text(booklet_of(list(entries.values())), encoding="utf-8")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    expect_no_fault(page)
    context.close()


def test_on_paper_it_is_light_and_its_tables_are_open(browser, file):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    dark = page.evaluate("getComputedStyle(document.body).color")
    for summary in page.locator("summary").all()[:2]:
        summary.click()
    expect(page.locator("tbody").first).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") != dark
    expect(page.locator("tbody tr").first).to_be_visible()
    starts = "getComputedStyle(document.querySelector('.letter')).breakBefore"
    assert page.evaluate(starts) == "page"
    context.close()


def test_a_journal_of_a_thousand_moments_is_made_in_the_page(served, visit, tmp_path):
    sample = sample_entries()
    entries = [
        sample[number % len(sample)].model_copy(update={"id": uuid4(), "version": uuid4()})
        for number in range(1000)
    ]
    page = visit(served.page("09_coming_home"))
    tell = """(journal) => document.dispatchEvent(new CustomEvent("workshop:entries",
      { detail: { entries: JSON.parse(journal).entries, moment: null } }))"""
    page.evaluate(tell, to_journal(entries))
    make_booklet(page)
    assert keep(page, tmp_path).read_text(encoding="utf-8").count("<article>") > 900
