"""The journal as a whole, on the privacy panel: kept as a file, opened again, moved, erased."""

from __future__ import annotations

import json

import pytest
from conftest import READY
from making import make_entry
from pages import (
    expect_note,
    keep_a_file,
    open_file,
    panel,
    records,
    wait_until_kept,
    write,
)
from playwright.sync_api import expect

from workshop_kit import from_journal, to_journal

MARKER = "Zwetschgenkuchen in a file"
TOLD = ".ws-companion > .ws-told"
MINE = [make_entry(words={"note": f"{MARKER} {number}"}) for number in range(3)]


def by_note(entry):
    return entry.words["note"]


def go(page, url):
    page.goto(url)
    page.wait_for_selector(READY, state="attached")


def kept_words(page):
    return {text for record in records(page) for text in record["words"].values()}


# Keep a file, and open it again


def test_a_file_goes_round_by_a_visitors_own_hands_and_its_words_never_leave_the_page(
    served, visit, watched
):
    page = visit(served.url)
    offer = page.get_by_text("Nothing is kept here yet. If you kept a file before")
    expect(offer).to_be_visible()
    chosen = {"name": "mine.json", "mimeType": "application/json"}
    file = {**chosen, "buffer": to_journal(MINE).encode()}
    page.get_by_role("main").get_by_label("Open my file").set_input_files(file)
    expect(
        page.get_by_text("From your file came 3 moments; here already: no moments.")
    ).to_be_visible()
    expect(offer).to_be_hidden()
    assert sorted(from_journal(keep_a_file(page).read_text()), key=by_note) == MINE
    assert f"{MARKER} 2" in keep_a_file(page, "Keep it as a table").read_text("utf-8-sig")
    before = records(page)
    open_file(page, body=to_journal(MINE))
    expect(
        page.get_by_text("From your file came no moments; here already: 3 moments.")
    ).to_be_visible()
    assert records(page) == before
    go(page, served.page("12_patterns"))
    expect(page.get_by_text(f"{MARKER} 2")).to_be_visible()
    page.wait_for_timeout(300)
    assert not [said for said in (*watched.sent, *watched.received) if MARKER in said]
    onward = page.get_by_role("navigation", name="From here")
    with page.expect_download():
        onward.get_by_role("button", name="Keep a file").click()


WHOLE = to_journal(MINE)
REFUSED = {
    "cut short": (WHOLE[:-40], "This file is not a whole journal."),
    "no text": (b"\xff\xfe\x00" + WHOLE.encode(), "it is not text"),
    "newer": (WHOLE.replace('"version": 1,', '"version": 2,', 1), "a newer version"),
    "another's": ('{"a": 1}', "not a journal of this workshop"),
    "of a wrong type": (WHOLE.replace('"content": 1', '"content": "one"', 1), "is damaged"),
    "twice the same": (to_journal([MINE[0], MINE[0]]), "is damaged"),
    "deep": ("[" * 100_000, "not a whole journal"),
    "empty": ("", "not a whole journal"),
}


def test_a_file_that_is_refused_changes_nothing_and_says_why(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "what is here")
    wait_until_kept(page, "what is here")
    before = records(page)
    for body, reason in REFUSED.values():
        open_file(page, body=body)
        expect(page.locator(TOLD)).to_contain_text(reason)
        assert page.locator(TOLD).get_attribute("role") == "alert"
        assert records(page) == before
    expect_note(page, "what is here")


# From one home to another


def test_choosing_another_home_asks_once_and_takes_all_or_nothing(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    panel(page).get_by_role("radio", name="For this visit only").click()
    dialog = page.get_by_role("dialog", name="For this visit only?")
    expect(dialog).to_contain_text("Your journal now holds one moment.")
    dialog.get_by_role("button", name="Stay as I am").click()
    expect(panel(page).get_by_role("radio", name="In this browser")).to_be_checked()
    assert kept_words(page) == {MARKER}
    panel(page).get_by_role("radio", name="For this visit only").click()
    dialog.get_by_role("button", name="Take all of it along").click()
    expect(page.get_by_text("Your words are kept only until you close this tab.")).to_be_visible()
    expect_note(page, MARKER)
    assert records(page) == []
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    panel(page).get_by_role("radio", name="In this browser").click()
    page.get_by_role("button", name="Leave it where it is").click()
    expect_note(page, "")
    write(page, "begun afresh")
    wait_until_kept(page, "begun afresh")
    assert kept_words(page) == {"begun afresh"}


def test_on_a_device_that_others_use_nothing_of_theirs_is_shown_or_taken(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "somebody else’s words")
    wait_until_kept(page, "somebody else’s words")
    context = page.context
    page.close()
    # The next one at the ward's computer writes something before they come to Welcome.
    page = context.new_page()
    go(page, served.page("11_diary"))
    page.get_by_role("textbox").first.fill(MARKER)
    wait_until_kept(page, MARKER)
    go(page, served.page("00_welcome"))
    page.get_by_label("No, or it belongs to work").check()
    expect(page.locator(TOLD)).to_contain_text("What you wrote in this visit is with you.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert kept_words(page) == {"somebody else’s words"}
    go(page, served.page("12_patterns"))
    expect(page.get_by_text(MARKER)).to_be_visible()
    expect(page.get_by_text("somebody else’s words")).to_have_count(0)


@pytest.mark.parametrize("home", ["For this visit only"])
def test_a_home_that_has_no_room_takes_nothing(served, visit, home):
    page = visit(served.page("01_arriving"))
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    page.evaluate("sessionStorage.setItem('filling', 'x'.repeat(5 * 1024 * 1024 - 300))")
    panel(page).get_by_role("radio", name=home).click()
    page.get_by_role("button", name="Take all of it along").click()
    expect(page.locator(TOLD)).to_contain_text("There is not enough room for this here.")
    expect(panel(page).get_by_role("radio", name="In this browser")).to_be_checked()
    expect_note(page, MARKER)
    assert kept_words(page) == {MARKER}
    assert json.loads(keep_a_file(page).read_text())["entries"]
