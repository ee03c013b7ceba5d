"""A server with the file home: only its link opens it, and words go into the file."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import uuid

import pytest
from conftest import READY
from pages import expect_note, move, write
from playwright.sync_api import expect

from workshop_kit import FileStore
from workshop_kit.serving.app import ServeError, Settings, _redirect_to

MARKER = "Zwetschgenkuchen on disk"
KEPT = "Kept in a file on this computer"
CLOSED = "This page opens with a link"


@pytest.fixture
def home(own_server):
    return own_server("--file-home")


def answer(server, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    headers = {"Origin": f"http://127.0.0.1:{server.port}", **headers}
    connection.request(method, path, body, headers)
    said = connection.getresponse()
    return said, said.read().decode()


def enter(page, server):
    page.goto(server.link)
    page.wait_for_url(server.url)
    page.wait_for_selector(READY, state="attached")


def test_the_link_opens_the_workshop_and_its_key_is_sent_once_and_left_nowhere(
    home, browser, watched
):
    context = browser.new_context()
    page = context.new_page()
    watched.watch(page)
    enter(page, home)
    key = home.link.partition("#")[2]
    assert len(key) > 40
    assert [said.split()[0] for said in watched.sent if key in said] == [f"{home.url}open"]
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
    home, browser, own_journal
):
    context = browser.new_context()
    page = context.new_page()
    enter(page, home)
    page.goto(home.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_text("Your words are kept in one file on this computer.")).to_be_visible()
    move(page, "Threat", 2)
    write(page, MARKER)
    expect(page.locator(".ws-kept")).to_contain_text(KEPT)
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, MARKER)
    assert own_journal.exists()
    assert MARKER in [entry.words.get("note") for entry in FileStore().versions()]
    page.goto(home.page("12_patterns"))
    expect(page.locator("figure")).to_be_visible()
    context.close()
    home.stop()
    assert "Zwetschgen" not in home.log.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/leave",
        "/healthz",
        "/voila/render/01_arriving.ipynb",
        "/workshop/pulse",
        f"/workshop/visits/{uuid.uuid4()}",
        "/nowhere",
        "/open/",
        "/OPEN",
        "//",
    ],
)
def test_nobody_else_gets_anything_but_the_way_in(closed_server, path):
    for cookie in ("", f"workshop-{closed_server.port}=a-guess"):
        said, text = answer(closed_server, path, Cookie=cookie)
        assert said.status == 403
        assert CLOSED in text
        assert "Where care comes from" not in text


@pytest.fixture(scope="module")
def closed_server(tmp_path_factory):
    """A server whose link nobody has opened."""
    from conftest import Server

    server = Server(tmp_path_factory.mktemp("closed") / "log.txt", ("--file-home",))
    server.start()
    yield server
    server.stop()


def test_nobody_else_begins_a_visit_or_reaches_a_kernel(closed_server):
    body = '{"notebook": "01_arriving"}'
    assert answer(closed_server, "/workshop/visits", "POST", body)[0].status == 403
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    path = f"/api/kernels/{uuid.uuid4()}/channels"
    assert answer(closed_server, path, **upgrade)[0].status == 403


def test_only_the_key_is_changed_for_a_cookie_and_only_by_the_links_own_page(closed_server):
    key = closed_server.link.partition("#")[2]
    for body in ("", "a guess", key[:-1], f"{key}{key}"):
        said, _ = answer(closed_server, "/open", "POST", body)
        assert (said.status, said.headers["Set-Cookie"]) == (403, None)
    said, _ = answer(closed_server, "/open", "POST", key, Origin="http://evil.example")
    assert (said.status, said.headers["Set-Cookie"]) == (403, None)
    said, _ = answer(closed_server, "/open", "POST", key)
    assert said.status == 204
    cookie = said.headers["Set-Cookie"].partition(";")[0]
    assert answer(closed_server, "/", Cookie=cookie)[0].status == 200
    assert answer(closed_server, "/")[0].status == 403
    said, _ = answer(closed_server, "/", Cookie=cookie, Host="evil.example")
    assert said.status == 421


def test_the_files_of_the_pages_are_open_to_all(closed_server):
    assert answer(closed_server, "/workshop-kit/page.css")[0].status == 200


def test_a_link_of_an_earlier_start_says_so(home, browser):
    old = home.link
    page = browser.new_context().new_page()
    enter(page, home)
    home.stop()
    home.start()
    page.goto(home.url)
    expect(page.get_by_role("heading")).to_have_text(CLOSED)
    page.goto(old)
    expect(page.get_by_role("alert")).to_contain_text("This link does not open the workshop.")
    enter(page, home)
    page.context.close()


def test_without_the_flag_there_is_no_key_and_no_such_address(served):
    assert "#" not in served.link
    assert answer(served, "/open")[0].status == 404


@pytest.mark.parametrize(
    "more",
    [["--ip", "0.0.0.0"], ["--ip", "192.0.2.7"], ["--sample"], ["--behind-proxy"]],  # noqa: S104
)
def test_where_others_could_come_there_is_no_file_home(more):
    command = [sys.executable, "-m", "workshop_kit", "serve", "--no-browser", "--file-home", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("workshop-kit: --file-home keeps a journal in a file")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("ip", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_alone_there_may_be_one(ip):
    settings = Settings(ip=ip, file_home=True)
    settings.check()
    assert settings.homes == ("file", "browser", "visit")
    with pytest.raises(ServeError):
        Settings(ip="0.0.0.0", file_home=True).check()  # noqa: S104


def test_the_browser_is_led_to_the_link_by_a_file_that_only_its_owner_can_read(tmp_path):
    os.umask(os.umask(0))
    link = "http://127.0.0.1:8866/open#a-key"
    address = _redirect_to(link, tmp_path)
    assert "a-key" not in address
    page = tmp_path / "open.html"
    assert address == page.as_uri()
    assert page.stat().st_mode & 0o777 == 0o600
    assert link in page.read_text(encoding="utf-8")


def test_the_file_leads_there(closed_server, browser, tmp_path):
    page = browser.new_context().new_page()
    page.goto(_redirect_to(closed_server.link, tmp_path))
    page.wait_for_url(closed_server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where care comes from")
    page.context.close()
