"""The list of moments: what each was like before, and how one is taken back or deleted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from conftest import PHONE, READY
from making import MORNING, make_entry
from pages import expect_note, keep_a_file, open_file, records, wait_until_kept, write
from playwright.sync_api import expect

from workshop_kit import to_journal

LONG = "I sat in the car for a while before I went in, and it was raining on the roof."
FIRST = make_entry(words={"note": LONG}, setting="home", answers={"systems": {"threat": 6.0}})
THEN = make_entry(
    id=FIRST.id, parent=FIRST.version, changed=MORNING + timedelta(hours=1), words={"note": "short"}
)
OTHER = make_entry(begun=MORNING + timedelta(days=1), words={"note": "another day"})
FILE = to_journal([FIRST, THEN, OTHER])


@pytest.fixture
def page(served, visit):
    """My patterns, with what a file has brought."""
    opened = visit(served.page("12_patterns"), size=PHONE)
    open_file(opened, body=FILE)
    expect(opened.get_by_text("From your file came 2 moments")).to_be_visible()
    return opened


def moments(page):
    return page.locator(".ws-moments article")


def test_a_change_is_taken_back_and_nothing_is_lost(page):
    [_, first] = moments(page).all()
    expect(first.get_by_text("short")).to_be_visible()
    first.get_by_text("How it was before").click()
    expect(first.get_by_role("button", name="Bring this back")).to_have_count(1)
    first.get_by_role("button", name="Bring this back").click()
    expect(page.get_by_text("It is back.")).to_be_focused()
    expect(first.locator("dl").first).to_contain_text(LONG)
    assert len(records(page)) == 4
    # What was taken back is in the history too, and can itself be brought back.
    first.get_by_role("button", name="Bring this back").first.click()
    expect(first.locator("dl").first).to_contain_text("short")
    expect(first.locator("dl").first).to_contain_text("Threat: medium")


def test_a_text_that_was_emptied_can_be_brought_back(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, LONG)
    wait_until_kept(page, LONG)
    write(page, "")
    wait_until_kept(page, "")
    page.goto(served.page("12_patterns"))
    expect(page.get_by_text("Nothing is left in it now.")).to_be_visible()
    page.get_by_text("How it was before").click()
    page.get_by_role("button", name="Bring this back").click()
    expect(page.get_by_text("It is back.")).to_be_visible()
    expect(moments(page).locator("dl").first).to_contain_text(LONG)
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect_note(page, LONG)


def test_a_deleted_moment_goes_with_its_history_and_does_not_come_back_unasked(page):
    ask = moments(page).nth(1).get_by_role("button", name="Delete this moment")
    ask.click()
    dialog = page.get_by_role("dialog", name="Delete the moment of Monday")
    expect(dialog.get_by_role("button", name="Leave it as it is")).to_be_focused()
    page.keyboard.press("Escape")
    expect(ask).to_be_focused()
    assert len(records(page)) == 3
    ask.click()
    dialog.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The moment is deleted.")).to_be_focused()
    expect(moments(page)).to_have_count(1)
    [left] = records(page)
    assert left["words"] == {"note": "another day"}
    open_file(page, body=FILE)
    expect(page.get_by_text("Deleted here before, and so left out: one moment.")).to_be_visible()
    assert records(page) == [left]
    document = json.loads(keep_a_file(page).read_text())
    assert document["entries"] == [left]
    [gone] = document["deleted"]
    assert gone == {"id": str(FIRST.id), "at": gone["at"]}


def test_a_moment_that_is_deleted_is_gone_from_another_tab_too(served, page):
    other = page.context.new_page()
    other.goto(served.page("01_arriving"))
    other.wait_for_selector(READY, state="attached")
    write(other, "in the other tab")
    wait_until_kept(page, "in the other tab")
    page.bring_to_front()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    moments(page).first.get_by_role("button", name="Delete this moment").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The moment is deleted.")).to_be_visible()
    expect_note(other, "")
    write(other, "begun anew")
    wait_until_kept(other, "begun anew")
    assert "in the other tab" not in json.dumps(records(other))
