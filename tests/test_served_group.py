"""A whole session of a group in real browsers: one who leads, one wall, eight who take part."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from access import expect_no_fault, expect_room
from conftest import DESK, PHONE, READY, Server
from pages import ask, move, panel, sizes, wait_until_kept
from people import Facilitator, Participant
from playwright.sync_api import Page, expect

WALL = {"width": 1920, "height": 1080}
MARKER = "Zwetschgenkuchen for the group"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("group")
    started = Server(folder / "log.txt", ("--board", str(folder / "group.sqlite")))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def lead(server) -> Iterator[Facilitator]:
    """A facilitator without a browser, for what happens on a participant's page."""
    begun = Facilitator(server).begin()
    yield begun
    begun.end()


def lead_link(server: Server) -> str:
    return re.findall(r"To lead a group, open (\S+)", server.log.read_text())[-1]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go_to(page: Page, server: Server, name: str) -> None:
    page.goto(server.page(name))
    page.wait_for_selector(READY, state="attached")


def join(page: Page, code: str) -> None:
    page.get_by_label("The code").fill(code.lower())
    press(page, "Join the group")
    expect(page.get_by_role("heading", name="The group is here")).to_be_visible()


def cookies_of(page: Page, who: Participant) -> None:
    """Let a browser be somebody who joined without one."""
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": who.server.url, "sameSite": "Strict"}
            for name, value in who.cookies.items()
        ]
    )


def test_a_whole_session_with_a_facilitator_a_wall_and_eight_who_take_part(
    own_server, visit, watched, tmp_path
):
    server = own_server("--board", str(tmp_path / "group.sqlite"))
    lead = visit(lead_link(server), complaints=True)
    assert "#" not in lead.url
    lead.get_by_label("A run sheet to begin with").select_option("Six weekly hours: Third week")
    expect(lead.get_by_label("How long you have")).to_have_value("60")
    lead.get_by_label("Care with a catch", exact=True).uncheck()
    lead.get_by_label("Arriving", exact=True).check()
    press(lead, "Whose weight is this: earlier")
    expect(lead.get_by_role("button", name="Whose weight is this: earlier")).to_be_focused()
    press(lead, "Begin the session")
    expect(lead.get_by_role("heading", name="Step 1 of 2: Whose weight is this")).to_be_visible()
    expect(lead.get_by_text("Only this computer can open this address.")).to_be_visible()
    code = lead.locator("[data-code]").first.inner_text()
    press(lead, "Large, for the projector")
    expect(lead.get_by_role("dialog")).to_contain_text(f"{server.url}group")
    assert lead.locator("dialog[open] img").evaluate("(one) => one.naturalWidth") > 100
    press(lead, "Close")

    wall = visit(lead.locator("#wall-link").get_attribute("href"), size=WALL, complaints=True)
    expect(wall.get_by_text("Waiting", exact=True)).to_be_visible()

    people = []
    for number in range(8):
        # By the pattern that a camera reads, by the address and the code, or at a desk.
        url = f"{server.url}group" + (f"#{code}" if number % 2 else "")
        page = visit(url, size=(PHONE, DESK)[number % 2], complaints=True)
        if number % 2:
            press(page, "Join the group")
        else:
            join(page, code)
        people.append(page)
    for page in (lead, wall, people[0]):
        expect(page.get_by_text("8 pages have joined.")).to_be_visible()
    # The code went to the server in the body of a request, and into no address.
    assert not [sent for sent in watched.sent if code in sent.split()[0]]

    for number, page in enumerate(people):
        page.get_by_role("link", name="Open Whose weight is this").click()
        page.wait_for_selector(READY, state="attached")
        for place in ("Mine to carry for now", "Not sure")[: 1 + number % 2]:
            field = page.get_by_label("Something that weighs").last
            field.fill(f"{MARKER} {place}")
            page.get_by_role("radio", name=place, exact=True).last.check()
            field.press("Enter")
    first = people[0]
    share = first.get_by_role("region", name="Share this with the group")
    expect(share).to_contain_text("This is all that would be sent")
    expect(share.locator("dl.gr-sent:visible")).to_have_text(
        re.compile(r"Mine to carry for now\s*half or more.*Not sure\s*none of it")
    )
    expect(share).to_contain_text("If everybody chooses alike, the picture shows")
    expect(share).to_contain_text("8 pages have joined this group.")
    for page in people:
        press(page, "Share these")
        expect(page.get_by_text("This is what waits:")).to_be_visible()
    expect(lead.get_by_text("8 wait.")).to_be_visible()
    expect(lead.get_by_role("button", name="Open the picture")).to_be_disabled()
    press(first, "Take it back")
    expect(lead.get_by_text("7 wait.")).to_be_visible()
    first.reload()
    expect(share).to_contain_text("This is all that would be sent")
    press(first, "Share these")

    # The server goes away in the middle and comes back; nobody has to do anything.
    server.kill()
    server.start()
    lead.reload()
    expect(lead.get_by_text("8 wait.")).to_be_visible()
    press(lead, "Lock the room")
    expect(wall.get_by_text("Waiting", exact=True)).to_be_visible()
    press(lead, "Open the picture")
    expect(wall.get_by_text("This picture stands on 8 pages.")).to_be_visible()
    mine = wall.get_by_role("table", name="Mine to carry for now")
    expect(mine.get_by_role("row", name="half or more")).to_contain_text("8")
    unsure = wall.get_by_role("table", name="Not sure")
    expect(unsure.get_by_role("row", name="none of it")).to_contain_text("4")
    expect(unsure.get_by_role("row", name="half or more")).to_contain_text("4")
    expect(first.get_by_text("What you shared is part of the group")).to_be_visible()
    first.get_by_role("link", name="Back to the group").click()
    expect(first.get_by_text("This picture stands on 8 pages.")).to_be_visible()
    press(lead, "Take it down")
    expect(wall.get_by_text("Waiting", exact=True)).to_be_visible()
    expect(first.get_by_text("A picture shows here once")).to_be_visible()
    press(lead, "Put it up")
    expect(wall.get_by_text("This picture stands on 8 pages.")).to_be_visible()

    press(lead, "The next step")
    expect(first.get_by_role("link", name="Open Arriving")).to_be_visible()
    expect(people[1].get_by_role("link", name="The group is at: Arriving")).to_be_visible()
    press(first, "Leave the group")
    expect(first.get_by_text("You have left the group.")).to_be_visible()
    expect(lead.get_by_text("8 pages have joined.")).to_be_visible()

    lead.locator(".gr-close summary").click()
    press(lead, "Close it now")
    expect(wall.get_by_text("The session is closed.")).to_be_visible()
    expect(people[1].get_by_role("region", name="Share this with the group")).to_have_count(0)
    with lead.expect_download() as download:
        lead.get_by_role("link", name="Keep the counts as a table").click()
    table = download.value.path().read_text("utf-8")
    assert "Whose weight is this,Mine to carry for now,half or more,8,8" in table
    press(lead, "Delete the counts")
    expect(lead.get_by_text("Everything of that session is deleted.")).to_be_visible()
    # No word of anybody went to the server, in whatever way.
    assert not [sent for sent in watched.sent if "Zwetschgen" in sent]
    assert "Zwetschgen" not in server.log.read_text()
    for beside in ("", "-wal"):
        file = tmp_path / f"group.sqlite{beside}"
        assert not file.exists() or b"Zwetschgen" not in file.read_bytes()


def test_what_would_be_sent_follows_what_is_changed_and_what_waits_stays(server, lead, visit):
    page = visit(f"{server.url}group")
    join(page, lead.code)
    go_to(page, server, "01_arriving")
    share = page.get_by_role("region", name="Share this with the group")
    expect(share.locator("dl:visible")).to_have_text(re.compile("Threat\\s*without a size"))
    move(page, "Threat", 6)
    expect(share.locator("dl:visible")).to_have_text(re.compile("Threat\\s*large"))
    press(page, "Share these")
    expect(share).to_contain_text("This is what waits:")
    waits = page.evaluate("fetch('/group/mine').then((answer) => answer.json())")
    assert waits["mine"]["arriving"]["systems_threat"] == "large"
    move(page, "Threat", -10)
    expect(share).to_contain_text("This would be sent instead:")
    expect(share.locator("dl:visible").first).to_have_text(re.compile("Threat\\s*large"))
    expect(share.locator("dl:visible").last).to_have_text(re.compile("Threat\\s*small"))
    press(page, "Share these instead")
    expect(share.locator("dl:visible")).to_have_count(1)
    expect(share.locator("dl:visible")).to_have_text(re.compile("Threat\\s*small"))
    # In another tab of the same browser it is the same page that has joined.
    second = page.context.new_page()
    go_to(second, server, "01_arriving")
    expect(second.get_by_role("button", name="Take it back")).to_be_visible()
    assert lead.state()["joined"] == 1


def test_nothing_is_offered_to_share_before_the_page_has_read_its_journal(server, lead, visit):
    page = visit(f"{server.url}group")
    join(page, lead.code)
    go_to(page, server, "01_arriving")
    move(page, "Threat", 6)
    expect(page.locator("dl:visible")).to_have_text(re.compile("Threat\\s*large"))
    wait_until_kept(page, sizes(page)[0])
    # The page hears from the group at once, and of its own moment only when this is let through.
    held = []
    page.route("**/workshop/visits/*", lambda route: held.append(route), times=1)
    with page.expect_response("**/group/mine"):
        page.reload()
    share = page.get_by_role("region", name="Share this with the group")
    page.wait_for_timeout(500)
    expect(share).to_be_hidden()
    held[0].continue_()
    expect(share.locator("dl:visible")).to_have_text(re.compile("Threat\\s*large"))
    # Of a journal that is closed nothing is known either.
    ask(page, "Lock it with a passphrase", "Lock my journal", "tea in the rain", "tea in the rain")
    panel(page).get_by_role("button", name="Close my journal").click()
    expect(share).to_be_hidden()
    page.get_by_label("Your passphrase").fill("tea in the rain")
    page.get_by_label("Your passphrase").press("Enter")
    expect(share.locator("dl:visible")).to_have_text(re.compile("Threat\\s*large"))


def test_a_busy_database_is_told_and_what_was_shared_goes_when_it_is_free(server, lead, visit):
    page = visit(f"{server.url}group", complaints=True)
    join(page, lead.code)
    go_to(page, server, "01_arriving")
    with closing(
        sqlite3.connect(server.log.parent / "group.sqlite", isolation_level=None)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        press(page, "Share these")
        share = page.get_by_role("region", name="Share this with the group")
        expect(share.get_by_role("status")).to_contain_text("busy just now")
    expect(share).to_contain_text("This is what waits:")
    expect(share.get_by_role("status")).to_be_empty()
    assert lead.state()["waiting"] == {"arriving": 1}


def test_a_page_with_a_console_is_still_one_page_of_the_group(server, lead, visit):
    page = visit(f"{server.url}group", complaints=True)
    join(page, lead.code)
    go_to(page, server, "01_arriving")
    press(page, "Share these")
    expect(page.get_by_text("This is what waits:")).to_be_visible()
    before = lead.state() | {"since": 0}
    tried = page.evaluate(ATTACK)
    assert tried == {"opened": True, "executed": [], "led": 401, "seen": "", "own": ["arriving"]}
    assert lead.state() | {"since": 0} == before
    assert page.evaluate("window.attacked") is None


# From the page's own console: run code, build widgets and forge every trait over the page's
# connection, lead, and read the cookie.
ATTACK = """async () => {
  const settings = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const base = location.href.replace("http", "ws").split("/voila")[0];
  const socket = new WebSocket(`${base}/api/kernels/${settings.kernelId}/channels?session_id=a`);
  const heard = [];
  socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
  await new Promise((done) => { socket.onopen = done; });
  const opened = socket.readyState === WebSocket.OPEN;
  const say = (type, content) => socket.send(JSON.stringify({
    channel: "shell", content, metadata: { version: "1.0.0" }, parent_header: {}, buffers: [],
    header: { msg_id: type, msg_type: type, session: "a", username: "", version: "5.3",
      date: new Date().toISOString() } }));
  say("execute_request", { code: "1 + 1", silent: false });
  say("comm_open", { comm_id: "x", target_name: "jupyter.widget", data: { state: {
    _model_name: "AnyModel", _esm: "window.attacked = true" } } });
  say("comm_open", { comm_id: "c", target_name: "jupyter.widget.control", data: {} });
  say("comm_msg", { comm_id: "c", data: { method: "request_states" } });
  const told = () => heard.map(({ content }) => content.data).filter((data) => data?.states);
  while (told().length < 1) await new Promise((done) => setTimeout(done, 20));
  const [{ states }] = told();
  for (const [id, { state }] of Object.entries(states)) {
    const forged = Object.fromEntries(Object.keys(state).filter((name) => !name.startsWith("_"))
      .map((name) => [name, typeof state[name] === "string" ? "lead" : state[name]]));
    say("comm_msg", { comm_id: id, data: { method: "update", state: forged, buffer_paths: [] } });
    const content = { act: "open", ask: "close" };
    say("comm_msg", { comm_id: id, data: { method: "custom", content } });
  }
  // What a kernel is told, it takes in turn: once this is answered, all of the above was.
  say("comm_msg", { comm_id: "c", data: { method: "request_states" } });
  while (told().length < 2) await new Promise((done) => setTimeout(done, 20));
  const executed = heard.map(({ header }) => header.msg_type)
    .filter((type) => /execute|stream|error/.test(type));
  const led = (await fetch(`${settings.baseUrl}group/lead`, { method: "POST",
    body: JSON.stringify({ act: "lock" }) })).status;
  const { mine } = await (await fetch(`${settings.baseUrl}group/mine`)).json();
  return { opened, executed, led, seen: document.cookie, own: Object.keys(mine) };
}"""


def test_a_code_with_script_in_it_is_text_and_a_wrong_one_is_told(server, visit):
    page = visit(f"{server.url}group#<img src=x onerror=alert(1)>", complaints=True)
    press(page, "Join the group")
    expect(page.get_by_text("No group can be joined with this code")).to_be_visible()
    expect(page.get_by_label("The code")).to_be_focused()
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("name", ["lead", "wall"])
def test_without_the_link_a_page_says_how_it_opens(server, visit, name):
    page = visit(f"{server.url}{name}")
    expect(page.get_by_text("This page opens with a link")).to_be_visible()
    wrong = visit(f"{server.url}{name}#a-guess", complaints=True)
    expect(wrong.get_by_text("This page opens with a link")).to_be_visible()


def test_a_second_start_of_the_link_leads_the_session_that_is_there(server, visit):
    page = visit(lead_link(server), complaints=True)
    press(page, "Begin the session")
    expect(page.get_by_role("heading", name="Step 1 of 5: Welcome")).to_be_visible()
    code = page.locator("[data-code]").first.inner_text()
    page.goto(lead_link(server))
    expect(page.locator("[data-code]").first).to_have_text(code)
    press(page, "Lock the room")
    press(page, "Let somebody in")
    expect(page.locator("[data-code]").first).not_to_have_text(code)
    page.locator(".gr-close summary").click()
    press(page, "Close it now")
    press(page, "Delete the counts")
    expect(page.get_by_role("heading", name="Prepare a session")).to_be_visible()


def test_everybody_can_use_every_page_of_a_group(server, visit):
    page = visit(lead_link(server))
    expect_usable(page)
    press(page, "Begin the session")
    press(page, "The next step")
    expect(page.get_by_role("heading", name="Step 2 of 5: Arriving")).to_be_visible()
    code = page.locator("[data-code]").first.inner_text()
    wall = visit(page.locator("#wall-link").get_attribute("href"), size=WALL)
    expect(wall.get_by_text("Waiting", exact=True)).to_be_visible()
    guest = visit(f"{server.url}group#{code}", size=PHONE)
    expect_usable(guest)
    press(guest, "Join the group")
    others = [Participant(server).join(code) for _ in range(6)]
    for choice, one in enumerate(others):
        one.share(choice=choice % 2 + choice // 5)
    expect(page.get_by_text("6 wait.")).to_be_visible()
    expect_usable(page)
    go_to(guest, server, "01_arriving")
    press(guest, "Share these")
    expect(guest.get_by_text("This is what waits:")).to_be_visible()
    expect_no_fault(guest)
    expect_room(guest)
    guest.goto(f"{server.url}group")
    press(page, "Lock the room")
    press(page, "Open the picture")
    for one in (page, wall, guest):
        expect(one.get_by_text("This picture stands on 7 pages.")).to_be_visible()
        expect_no_fault(one)
        expect_room(one)
    page.set_viewport_size(DESK)
    page.locator(".gr-close summary").click()
    press(page, "Close it now")
    expect_no_fault(page)
    expect_room(page)
    press(page, "Delete the counts")


def expect_usable(page: Page) -> None:
    expect_no_fault(page)
    expect_room(page)
    page.set_viewport_size(DESK)
