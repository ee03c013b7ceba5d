"""A server with the file home: only its link opens it, and words go into the file."""

from __future__ import annotations

import http.client
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from conftest import READY, Server
from pages import expect_note, move, write
from playwright.sync_api import Page, expect

from workshop_kit import FileStore, cli, fold
from workshop_kit.serving.app import serve
from workshop_kit.serving.settings import ServeError, Settings
from workshop_kit.serving.welcome import redirect_to

MARKER = "Zwetschgenkuchen on disk"
KEPT = "Kept in a file on this computer"
CLOSED = "This page opens with a link"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """One server with the file home for all the tests here."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("WORKSHOP_KIT_JOURNAL", str(folder / "data" / "journal.sqlite"))
        started = Server(folder / "log.txt", ("--file-home",))
        started.start()
    yield started
    started.stop()


@pytest.fixture
def store(server) -> FileStore:
    """The file of its kernels, with nothing in it yet."""
    empty = FileStore(server.log.parent / "data" / "journal.sqlite")
    empty.erase()
    return empty


@pytest.fixture
def page(browser, server) -> Iterator[Page]:
    """The page of somebody who opened the link."""
    context = browser.new_context()
    opened = context.new_page()
    enter(opened, server)
    yield opened
    context.close()


def answer(server, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {"Origin": f"http://127.0.0.1:{server.port}", **headers}
    connection.request(method, path, body, headers)
    said = connection.getresponse()
    return said, said.read().decode()


def go_to(page, server, name):
    page.goto(server.page(name))
    page.wait_for_selector(READY, state="attached")


def enter(page, server):
    page.goto(server.link)
    page.wait_for_url(server.url)
    page.wait_for_selector(READY, state="attached")


def test_the_link_opens_the_workshop_and_its_key_is_sent_once_and_left_nowhere(
    server, browser, watched
):
    context = browser.new_context()
    page = context.new_page()
    watched.watch(page)
    enter(page, server)
    key = server.link.partition("#")[2]
    assert len(key) > 40
    assert [said.split()[0] for said in watched.sent if key in said] == [f"{server.url}open"]
    assert key not in page.evaluate("location.href + document.referrer + document.cookie")
    [cookie] = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert cookie["value"] != key
    page.go_back()
    assert "#" not in page.url
    context.close()
    assert not watched.foreign
    assert not watched.complaints


def test_words_are_kept_in_the_file_and_are_there_again_and_the_page_says_where(
    server, store, page
):
    go_to(page, server, "01_arriving")
    expect(page.get_by_text("Your words are kept in one file on this computer.")).to_be_visible()
    move(page, "Threat", 2)
    write(page, MARKER)
    expect(page.locator(".ws-kept")).to_contain_text(KEPT)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    assert MARKER in [entry.words.get("note") for entry in store.versions()]
    go_to(page, server, "12_patterns")
    expect(page.locator("figure").first).to_be_visible()
    assert "Zwetschgen" not in server.log.read_text()


def test_what_is_wrong_with_the_file_is_told_at_once_and_mended_when_it_is_over(
    server, store, page
):
    go_to(page, server, "01_arriving")
    write(page, "before")
    expect(page.locator(".ws-kept")).to_contain_text(KEPT)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        write(page, MARKER)
        alert = page.locator(".ws-kept[role=alert]")
        expect(alert).to_contain_text("Your journal file is in use by another program.")
        expect_note(page, MARKER)
    expect(page.locator(".ws-kept[role=status]")).to_contain_text(KEPT)
    assert [entry.words["note"] for entry in fold(store.versions())] == [MARKER]


def test_two_pages_keep_what_is_written_in_both_in_one_file(server, store, page):
    second = page.context.new_page()
    for one in (page, second):
        go_to(one, server, "01_arriving")
    write(page, "from the first")
    write(second, "from the second", "What did I notice?")
    for one in (page, second):
        expect(one.locator(".ws-kept")).to_contain_text(KEPT)
    said = [text for entry in store.versions() for text in entry.words.values()]
    assert sorted(said) == ["from the first", "from the second"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/leave",
        "/healthz",
        "/voila/render/01_arriving.ipynb",
        "/workshop/pulse",
        "/workshop/visits/0b6cf1de-94c5-4b4e-9d6c-2a2c6f0b8a11",
        "/nowhere",
        "/open/",
        "/OPEN",
        "//",
    ],
)
def test_nobody_else_gets_anything_but_the_way_in(server, path):
    for cookie in ("", f"workshop-{server.port}=a-guess"):
        said, text = answer(server, path, Cookie=cookie)
        assert said.status == 403
        assert CLOSED in text
        assert "Where care comes from" not in text


def test_nobody_else_begins_a_visit_or_reaches_a_kernel(server):
    body = '{"notebook": "01_arriving"}'
    assert answer(server, "/workshop/visits", "POST", body)[0].status == 403
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    path = f"/api/kernels/{uuid.uuid4()}/channels"
    assert answer(server, path, **upgrade)[0].status == 403


def test_only_the_key_is_changed_for_a_cookie_and_only_by_the_links_own_page(server):
    key = server.link.partition("#")[2]
    for body in ("", "a guess", key[:-1], f"{key}{key}"):
        said, _ = answer(server, "/open", "POST", body)
        assert (said.status, said.headers["Set-Cookie"]) == (403, None)
    said, _ = answer(server, "/open", "POST", key, Origin="http://evil.example")
    assert (said.status, said.headers["Set-Cookie"]) == (403, None)
    said, _ = answer(server, "/open", "POST", key)
    assert said.status == 204
    cookie = said.headers["Set-Cookie"].partition(";")[0]
    assert answer(server, "/", Cookie=cookie)[0].status == 200
    assert answer(server, "/")[0].status == 403
    said, _ = answer(server, "/", Cookie=cookie, Host="evil.example")
    assert said.status == 421


def test_the_files_of_the_pages_are_open_to_all(server):
    assert answer(server, "/workshop-kit/page.css")[0].status == 200


def test_a_link_of_an_earlier_start_says_so(server, store, page, monkeypatch):
    old = server.link
    server.stop()
    monkeypatch.setenv("WORKSHOP_KIT_JOURNAL", str(store.path))
    server.start()
    page.goto(server.url)
    expect(page.get_by_role("heading")).to_have_text(CLOSED)
    page.goto(old)
    expect(page.get_by_role("alert")).to_contain_text("This link does not open the workshop.")
    enter(page, server)


def test_without_the_flag_there_is_no_key_and_no_such_address(served):
    assert "#" not in served.link
    assert answer(served, "/open")[0].status == 404


@pytest.mark.parametrize(
    "more",
    [{"ip": "0.0.0.0"}, {"ip": "192.0.2.7"}, {"sample": True}, {"any_host": True}],  # noqa: S104
)
def test_where_others_could_come_there_is_no_file_home(more):
    with pytest.raises(ServeError, match="--file-home keeps a journal in a file"):
        serve(Settings(file_home=True, **more))


def test_the_command_says_so_in_one_sentence(capsys):
    assert cli.main(["serve", "--no-browser", "--file-home", "--sample"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("workshop-kit: --file-home keeps a journal in a file")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("ip", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_alone_there_may_be_one(ip):
    settings = Settings(ip=ip, file_home=True)
    settings.check()
    assert settings.homes == ("file", "browser", "visit")


def test_the_browser_is_led_to_the_link_by_a_file_that_only_its_owner_can_read(tmp_path):
    link = "http://127.0.0.1:8866/open#a-key"
    address = redirect_to(link, tmp_path)
    assert "a-key" not in address
    page = tmp_path / "open.html"
    assert address == page.as_uri()
    assert page.stat().st_mode & 0o777 == 0o600
    assert link in page.read_text(encoding="utf-8")


def test_the_file_leads_there(server, browser, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(redirect_to(server.link, tmp_path))
    page.wait_for_url(server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where care comes from")
    context.close()
