"""The journal in the browser: what is left there is there again, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from pathlib import Path

import chromium
import psutil
from conftest import PHONE, READY
from pages import expect_note, keep_a_file, move, records, sizes, wait_for, wait_until_kept, write
from playwright.sync_api import expect

MARKER = "Zwetschgenkuchen at dusk"
PLACED = [6, 4, None]


def fill_in(page) -> None:
    move(page, "Threat", 2)
    move(page, "Drive", -2)
    page.get_by_label("Client work").check()
    write(page, MARKER)
    wait_until_kept(page, MARKER)


def expect_filled_in(page) -> None:
    expect_note(page, MARKER)
    assert sizes(page) == PLACED
    expect(page.get_by_label("Client work")).to_be_checked()


def expect_kept_until_closed(page) -> None:
    where = page.get_by_role("region", name="Where your words are")
    expect(where.get_by_text("Your words are kept only until you close this tab.")).to_be_visible()


def test_a_change_is_kept_within_a_second_without_a_button(served, visit):
    page = visit(served.page("01_arriving"))
    begun = time.monotonic()
    write(page, MARKER)
    wait_until_kept(page, MARKER)
    assert time.monotonic() - begun < 1
    line = page.locator(".ws-kept[role=status]")
    expect(line).to_have_text(re.compile(r"^Kept in this browser, \d\d:\d\d"))
    # It says so aloud when it begins to be so; after that the time moves on in silence.
    write(page, f"{MARKER}, and on")
    wait_until_kept(page, f"{MARKER}, and on")
    expect(line).to_have_attribute("aria-live", "off")


def test_everything_is_there_after_a_reload(served, visit):
    page = visit(served.page("01_arriving"))
    fill_in(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_filled_in(page)
    [first, *_] = records(page)
    assert first["answers"]["systems"] == {"threat": 6, "drive": 4}


def test_everything_is_there_in_a_new_tab_after_the_first_was_closed(served, visit):
    page = visit(served.page("01_arriving"))
    fill_in(page)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(served.page("01_arriving"))
    again.wait_for_selector(READY, state="attached")
    expect_filled_in(again)


def test_everything_is_there_after_the_browser_was_killed(
    served, playwright, chromium_path, tmp_path
):
    def start():
        return playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=chromium_path, args=chromium.QUIET
        )

    context = start()
    page = context.pages[0]
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    fill_in(page)
    kill_browser_of(tmp_path / "profile")
    context = start()
    page = context.pages[0]
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect_filled_in(page)
    context.close()


def kill_browser_of(profile: Path) -> None:
    mine = [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(profile) in word for word in process.info["cmdline"] or [])
    ]
    assert mine
    for process in mine:
        os.kill(process.pid, signal.SIGKILL)
    psutil.wait_procs(mine, timeout=10)


def test_everything_is_there_after_the_server_was_killed_and_started_again(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    fill_in(page)
    server.kill()
    write(page, f"{MARKER}, and later", "What did I notice?")
    wait_until_kept(page, f"{MARKER}, and later")
    server.start()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_filled_in(page)
    expect_note(page, f"{MARKER}, and later", "What did I notice?")


def test_words_never_leave_the_page(own_server, visit, watched):
    server = own_server()
    page = visit(server.page("01_arriving"))
    labels = page.get_by_role("textbox")
    for place in range(labels.count()):
        labels.nth(place).fill(f"{MARKER} {place}")
        wait_until_kept(page, f"{MARKER} {place}")
    move(page, "Threat", 1)
    page.goto(server.page("12_patterns"))
    expect(page.locator("#code-moments").get_by_text(f"{MARKER} 0")).to_be_visible()
    expect(page.locator("figure[data-drawn]").first).to_be_visible()
    page.wait_for_timeout(500)
    assert page.locator("main :is(textarea, input[type=text])").count() == 0
    page.close()
    crossed = [*watched.sent, *watched.received]
    assert any("5.5" in frame for frame in watched.sent), "the numbers crossed, as they may"
    assert not [frame for frame in crossed if "Zwetschgen" in frame]
    server.stop()
    told = server.log.read_text()
    assert not re.findall("Zwetschgen|warning|error", told), told


def test_python_keeps_no_words_that_a_forged_message_brings(served, visit, watched):
    page = visit(served.page("01_arriving"))
    write(page, MARKER)
    move(page, "Threat", 1)
    wait_until_kept(page, MARKER)
    wait_for(page, lambda: [frame for frame in watched.sent if '"ask":"numbers"' in frame])
    page.wait_for_timeout(300)
    sent = [json.loads(frame) for frame in watched.sent if frame.startswith('{"channel"')]
    asked = [
        frame["content"]["data"]["content"]
        for frame in sent
        if frame["content"].get("data", {}).get("method") == "custom"
    ]
    assert asked, "the keeper told Python numbers"
    assert all(record["words"] == {} for ask in asked for record in ask["records"])


def test_for_this_visit_only_leaves_nothing_in_the_browser(served, visit):
    page = visit(served.page("00_welcome"))
    page.get_by_label("No, or it belongs to work").check()
    expect(page.get_by_role("radio", name="For this visit only")).to_be_checked()
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect_kept_until_closed(page)
    write(page, MARKER)
    expect(page.get_by_text("Kept until you close this tab")).to_be_visible()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    assert records(page) == []
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(served.page("01_arriving"))
    again.wait_for_selector(READY, state="attached")
    expect_note(again, "")


def test_two_tabs_keep_two_versions_and_show_the_later_of_each_field(served, visit):
    first = visit(served.page("01_arriving"))
    write(first, "from the start")
    wait_until_kept(first, "from the start")
    second = first.context.new_page()
    second.goto(served.page("01_arriving"))
    second.wait_for_selector(READY, state="attached")
    write(second, "from the second tab")
    wait_until_kept(second, "from the second tab")
    write(first, "noticed in the first", "What did I notice?")
    wait_until_kept(first, "noticed in the first")
    kept = records(first)
    assert len(kept) == 2
    assert {record["words"]["note"] for record in kept} == {"from the start", "from the second tab"}
    first.reload()
    first.wait_for_selector(READY, state="attached")
    expect_note(first, "from the second tab")
    expect_note(first, "noticed in the first", "What did I notice?")


def test_a_new_moment_begins_empty_and_the_last_can_be_gone_back_to(served, visit):
    page = visit(served.page("01_arriving"))
    fill_in(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    page.get_by_role("button", name="Start afresh").click()
    expect_note(page, "")
    assert sizes(page) == [None] * 3
    page.get_by_role("button", name="Go back to it").click()
    expect_filled_in(page)


def test_a_full_storage_is_told_at_once_and_words_can_be_kept_as_a_file(served, visit):
    page = visit(served.page("01_arriving"), complaints=True)
    quota = {"origin": served.url.rstrip("/"), "quotaSize": 1}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    write(page, MARKER + " and on" * 40000)
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("could not be kept")
    expect_note(page, MARKER + " and on" * 40000)
    with page.expect_download() as download:
        page.locator(".ws-kept").get_by_role("button", name="Keep a file").click()
    document = json.loads(Path(download.value.path()).read_text())
    assert json.loads(keep_a_file(page).read_text()) == document
    assert document["format"] == "workshop-kit/journal"
    assert document["entries"][0]["words"]["note"].startswith(MARKER)


def test_a_browser_without_storage_says_so_and_loses_nothing(served, browser):
    context = browser.new_context()
    context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };"
    )
    page = context.new_page()
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("could not be opened")
    write(page, MARKER)
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("could not be kept")
    expect_note(page, MARKER)
    context.close()


def test_a_journal_of_a_newer_version_is_left_as_it_is(served, visit):
    page = visit(served.url, complaints=True)
    page.evaluate(
        """() => new Promise((resolve) => {
          const opened = indexedDB.open("workshop-kit", 99);
          opened.onupgradeneeded = () =>
            opened.result.createObjectStore("versions", { keyPath: "version" });
          opened.onsuccess = () => { opened.result.close(); resolve(); };
        })"""
    )
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("newer version")
    write(page, MARKER)
    expect_note(page, MARKER)
    assert records(page) == []
    names = page.evaluate("indexedDB.databases()")
    assert [(one["name"], one["version"]) for one in names] == [("workshop-kit", 99)]


# The browser's database is busy, as on a slow disk, until the page is told `free`.
BUSY = """if (location.protocol === "http:") {
  const opened = indexedDB.open("workshop-kit", 1);
  opened.onupgradeneeded = () => {
    const store = opened.result.createObjectStore("busy");
    const again = () => {
      if (window.free) opened.transaction.abort();
      else store.get(0).onsuccess = again;
    };
    again();
  };
}"""


def test_what_is_typed_before_the_journal_is_open_is_kept(served, browser):
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(BUSY)
    page = context.new_page()
    page.goto(served.page("01_arriving"))
    page.get_by_label("A note to myself").fill(MARKER)
    page.evaluate("window.free = true")
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    wait_until_kept(page, MARKER)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    context.close()


def test_nothing_is_lost_when_a_new_moment_begins_while_storage_refuses(served, visit):
    page = visit(served.page("01_arriving"), complaints=True)
    write(page, "the first moment")
    wait_until_kept(page, "the first moment")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    page.evaluate(
        """() => {
          const put = IDBObjectStore.prototype.put;
          window.full = true;
          IDBObjectStore.prototype.put = function (...all) {
            if (window.full) throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, all);
          };
        }"""
    )
    write(page, "a last word")
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("could not be kept")
    page.get_by_role("button", name="Start afresh").click()
    write(page, "the second moment")
    page.evaluate("window.full = false")
    wait_until_kept(page, "the second moment", within=8)
    wait_until_kept(page, "a last word", within=8)
    notes = {record["words"]["note"] for record in records(page)}
    assert notes == {"the first moment", "a last word", "the second moment"}


def test_a_clock_that_was_put_back_hides_no_later_words(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "written on the fast clock")
    wait_until_kept(page, "written on the fast clock")
    page.clock.set_system_time(time.time() - 3600)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    write(page, "written after it was put back")
    wait_until_kept(page, "written after it was put back")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, "written after it was put back")


def test_a_database_that_the_browser_closed_is_opened_again(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "before")
    wait_until_kept(page, "before")
    page.evaluate(
        """() => new Promise((done) => {
          const deleted = indexedDB.deleteDatabase("workshop-kit");
          deleted.onsuccess = done;
        })"""
    )
    write(page, "after")
    wait_until_kept(page, "after")


def test_a_damaged_record_is_left_where_it_is_and_said(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "whole")
    wait_until_kept(page, "whole")
    page.evaluate(
        """() => new Promise((done) => {
          const opened = indexedDB.open("workshop-kit");
          opened.onsuccess = () => {
            const put = opened.result.transaction("versions", "readwrite").objectStore("versions")
              .put({ version: "broken", words: null });
            put.onsuccess = () => { opened.result.close(); done(); };
          };
        })"""
    )
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator(".ws-kept[role=alert]")).to_contain_text("could not be read")
    expect_note(page, "whole")
    assert {record["version"] for record in records(page)} >= {"broken"}


def test_keep_a_file_holds_what_another_tab_kept_too(served, visit):
    first = visit(served.page("01_arriving"))
    write(first, "in the first tab")
    wait_until_kept(first, "in the first tab")
    second = first.context.new_page()
    second.goto(served.page("01_arriving"))
    second.wait_for_selector(READY, state="attached")
    write(second, "in the second tab")
    wait_until_kept(second, "in the second tab")
    entries = json.loads(keep_a_file(first).read_text())["entries"]
    notes = {entry["words"]["note"] for entry in entries}
    assert notes == {"in the first tab", "in the second tab"}


def test_only_my_patterns_tells_python_of_every_moment(served, visit, watched):
    page = visit(served.page("01_arriving"))
    move(page, "Threat", 1)
    page.wait_for_timeout(500)
    page.goto(served.page("00_welcome"))
    page.wait_for_selector(READY, state="attached")
    watched.sent.clear()
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert not [frame for frame in watched.sent if '"ask":"numbers"' in frame]
    page.goto(served.page("12_patterns"))
    expect(page.locator("figure[data-drawn]")).to_be_visible()
    assert [frame for frame in watched.sent if '"ask":"numbers"' in frame]


def test_welcome_shows_the_home_that_was_chosen(served, visit):
    page = visit(served.page("00_welcome"))
    page.get_by_role("radio", name="For this visit only").check()
    expect_kept_until_closed(page)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("radio", name="For this visit only")).to_be_checked()


def test_a_home_chosen_before_the_page_has_read_its_journal_is_taken(served, visit):
    page = visit(served.page("00_welcome"))
    page.add_init_script(BUSY)
    page.reload()
    page.get_by_label("No, or it belongs to work").check()
    page.wait_for_timeout(300)
    page.evaluate("window.free = true")
    expect_kept_until_closed(page)
    expect(page.get_by_role("radio", name="For this visit only")).to_be_checked()
    assert page.evaluate("Object.values(sessionStorage)") == ["visit"]


def test_a_page_that_is_left_at_once_takes_the_last_change_along(served, visit):
    page = visit(served.page("01_arriving"))
    note = page.get_by_label("A note to myself")
    note.focus()
    for letter in "in a hurry":
        page.keyboard.type(letter)
    page.goto(served.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect_note(page, "in a hurry")
