"""A journal with a passphrase: locked where it is kept and in its files, and never lost."""

from __future__ import annotations

import json

from conftest import PHONE, READY
from pages import (
    ask,
    expect_note,
    fill,
    keep_a_file,
    open_file,
    panel,
    records,
    wait_until_kept,
    write,
)
from playwright.sync_api import Page, expect

from workshop_kit.lock import open_journal

MARKER = "Zwetschgenkuchen under lock"
WORDS, OTHER = "tea in the rain", "the Wäsche is on the line"
LOCKED = "Your journal here is locked."
# A room on plain http has none of this.
NO_SUBTLE = "delete Crypto.prototype.subtle; delete Crypto.prototype.randomUUID;"
STORED = """async () => JSON.stringify([
  ...Object.entries(localStorage), ...Object.entries(sessionStorage)])"""


def lock(page: Page) -> None:
    ask(page, "Lock it with a passphrase", "Lock my journal", WORDS, WORDS)
    expect(page.get_by_text("Your journal is locked with your passphrase. In")).to_be_visible()


def unlock(page: Page, said: str) -> None:
    page.bring_to_front()
    page.get_by_label("Your passphrase").fill(said)
    page.get_by_label("Your passphrase").press("Enter")


def go(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector(READY, state="attached")
    return page


def test_a_journal_is_locked_and_opened_and_loses_nothing_on_the_way(served, visit, watched):
    page = visit(served.page("01_arriving"), size=PHONE)
    page.context.add_init_script(NO_SUBTLE)
    go(page, served.page("01_arriving"))
    assert page.evaluate("crypto.subtle") is None
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    panel(page).get_by_role("button", name="Lock it with a passphrase").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A forgotten passphrase cannot be recovered")
    expect(dialog.get_by_role("heading")).to_be_focused()
    fill(page, WORDS, OTHER)
    dialog.get_by_role("button", name="Lock my journal").click()
    expect(dialog).to_contain_text("The two are not the same")
    fill(page, "", "")
    dialog.get_by_role("button", name="Lock my journal").click()
    expect(dialog).to_contain_text("There is no passphrase yet.")
    assert records(page)[0]["words"] == {"note": MARKER}
    dialog.get_by_role("button", name="Leave it as it is").click()
    lock(page)
    # It goes on in this tab, and from page to page, as if nothing were locked.
    write(page, f"{MARKER}, later")
    expect(page.locator(".ws-kept")).to_contain_text("Kept in this browser")
    expect_note(go(page, served.page("01_arriving")), f"{MARKER}, later")
    everything = json.dumps(records(page)) + page.evaluate(STORED)
    assert "Zwetschgen" not in everything
    assert WORDS not in everything
    # Another tab asks; what does not open it changes nothing, however often.
    other = page.context.new_page()
    watched.watch(other)
    go(other, served.page("01_arriving"))
    expect(other.get_by_text(LOCKED)).to_be_visible()
    expect(other.get_by_label("A note to myself")).to_be_hidden()
    before = records(other)
    for wrong in ("", OTHER, WORDS.upper()):
        unlock(other, wrong)
        expect(other.locator(".ws-unlock [role=alert]")).to_be_visible()
        expect(other.get_by_label("Your passphrase")).to_be_focused()
    assert records(other) == before
    unlock(other, WORDS)
    expect_note(other, f"{MARKER}, later")
    expect(other.get_by_text("Open my journal")).to_be_hidden()
    # The passphrase is changed, and only the lock is another.
    ask(page, "Change the passphrase", "Change it", OTHER, OTHER, OTHER)
    expect(page.get_by_role("dialog")).to_contain_text("This is not the passphrase")
    fill(page, WORDS, OTHER, OTHER)
    page.get_by_role("dialog").get_by_role("button", name="Change it").click()
    expect(page.get_by_text("opens with the new passphrase from now on")).to_be_visible()
    assert records(page) == before
    expect(other.get_by_text(LOCKED)).to_be_visible()
    unlock(other, OTHER)
    expect_note(other, f"{MARKER}, later")
    # Closed for this tab, it shows nothing; without a passphrase it is as it was at first.
    panel(page).get_by_role("button", name="Close my journal").click()
    expect(page.get_by_label("A note to myself")).to_be_hidden()
    assert page.evaluate("sessionStorage.getItem('workshop-kit:key')") is None
    unlock(page, OTHER)
    expect_note(page, f"{MARKER}, later")
    ask(page, "Take the passphrase away", "Take it away", OTHER)
    expect(page.get_by_text("kept without a passphrase now")).to_be_visible()
    wait_until_kept(page, f"{MARKER}, later")
    expect_note(other, f"{MARKER}, later")
    assert not [said for said in (*watched.sent, *watched.received) if "Zwetschgen" in said]
    assert not [said for said in (*watched.sent, *watched.received) if WORDS in said]


def test_words_typed_while_another_tab_locks_the_journal_are_kept(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "before")
    wait_until_kept(page, "before")
    other = page.context.new_page()
    go(other, served.page("01_arriving"))
    # This one hears of nothing before it writes.
    page.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    other.evaluate("BroadcastChannel.prototype.postMessage = () => {}")
    lock(other)
    write(page, MARKER)
    alert = page.locator(".ws-kept[role=alert]")
    expect(alert).to_contain_text("was locked in another tab")
    expect_note(page, MARKER)
    unlock(page, WORDS)
    expect(page.locator(".ws-kept[role=status]")).to_contain_text("Kept in this browser")
    expect_note(page, MARKER)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)


def test_a_locked_file_goes_from_browser_to_python_and_back(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    plain = json.loads(keep_a_file(page).read_text())
    lock(page)
    locked = keep_a_file(page).read_text()
    assert "Zwetschgen" not in locked
    assert [entry.model_dump(mode="json") for entry in open_journal(locked, WORDS).entries] == (
        plain["entries"]
    )
    # Its own journal opens it without asking.
    open_file(page, body=locked)
    expect(page.get_by_text("here already: one moment")).to_be_visible()
    # Another one asks.
    there = visit(served.page("12_patterns"), size=PHONE)
    open_file(there, body=locked)
    dialog = there.get_by_role("dialog", name="Open my file")
    expect(dialog).to_contain_text("kept here as the rest is, without a passphrase")
    fill(there, OTHER)
    dialog.get_by_role("button", name="Open the file").click()
    expect(dialog).to_contain_text("This is not the passphrase")
    assert records(there) == []
    fill(there, WORDS)
    dialog.get_by_role("button", name="Open the file").click()
    expect(there.get_by_text("From your file came one moment")).to_be_visible()
    expect(there.locator(".ws-moments")).to_contain_text(MARKER)
    assert records(there) == plain["entries"]


def test_who_comes_after_leaves_a_locked_journal_where_it_is(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    lock(page)
    before = records(page)
    panel(page).get_by_role("button", name="Close my journal").click()
    go(page, served.page("00_welcome"))
    expect(page.get_by_text(LOCKED)).to_be_visible()
    page.get_by_label("No, or it belongs to work").check()
    expect(page.get_by_role("radio", name="For this visit only")).to_be_checked()
    expect(page.get_by_text(LOCKED)).to_be_hidden()
    write(go(page, served.page("01_arriving")), "somebody else")
    expect(page.locator(".ws-kept")).to_contain_text("Kept until you close this tab")
    assert records(page) == before
