"""A group by what its server answers: what is promised, and what an attacker could try."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from conftest import Server, run_apart
from people import PLAN, Facilitator, Participant, Person, answers
from places import rows
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from workshop_kit.codes import Guesses, new_code
from workshop_kit.serving.app import serve
from workshop_kit.serving.settings import ServeError, Settings

ROLES = ("lead", "page", "wall")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """One server, with its board in an SQLite file, for all the tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("group")
    started = Server(folder / "log.txt", ("--board", str(folder / "group.sqlite")))
    started.start()
    yield started
    started.stop()


@pytest.fixture
def lead(server) -> Iterator[Facilitator]:
    begun = Facilitator(server).begin()
    yield begun
    begun.end()


def reason(told: tuple[int, dict]) -> str:
    status, said = told
    assert status >= 400
    return said["reason"]


# A session


def test_a_whole_session_by_its_answers(lead):
    people = lead.room(6)
    assert [one.share() for one in people] == [204] * 6
    assert people[0].mine() == {"arriving": answers("arriving")}
    assert lead.state()["waiting"] == {"arriving": 6}
    assert lead.act("lock")[0] == 200
    assert lead.act("open", exercise="arriving")[0] == 200
    state = people[0].ask("group/state/page")[1]
    [picture] = state["pictures"]
    assert (picture["pages"], picture["exercise"], picture["number"]) == (6, "arriving", 1)
    assert state["joined"] == 6
    assert people[0].mine() == {"arriving": None}
    assert lead.act("go", step=1)[0] == 200
    assert people[0].ask("group/state/page")[1]["step"] == 1
    table = lead.ask("group/counts.csv")[1]
    assert table.splitlines()[1] == "Arriving,Threat,without a size,0,6"
    lead.act("close")
    assert people[0].ask("group/state/page") == (200, {"ended": True})
    assert lead.state()["closed"]
    assert lead.ask("group/counts.csv")[1] == table
    lead.act("forget")
    assert lead.ask("group/counts.csv")[0] == 401
    assert lead.state() == {"ended": True}


def test_what_is_down_is_seen_by_the_facilitator_alone(lead):
    wall = Person(lead.server)
    assert wall.ask("wall", "POST", lead.wall)[0] == 204
    people = lead.room(5)
    for one in people:
        one.share()
    lead.act("lock")
    lead.act("open", exercise="arriving")
    assert len(wall.ask("group/state/wall")[1]["pictures"]) == 1
    lead.act("show", exercise="arriving", number=1, up=False)
    assert wall.ask("group/state/wall")[1]["pictures"] == []
    assert people[0].ask("group/state/page")[1]["pictures"] == []
    assert len(lead.state()["pictures"]) == 1


def test_a_session_and_its_facilitator_outlive_the_server(own_server, place):
    server = own_server("--board", place)
    lead = Facilitator(server).begin()
    people = lead.room(5)
    for one in people:
        one.share()
    server.kill()
    server.start()
    assert lead.state()["waiting"] == {"arriving": 5}
    assert people[0].mine() == {"arriving": answers("arriving")}
    lead.act("lock")
    assert lead.act("open", exercise="arriving")[0] == 200
    # The link of the new start leaves a facilitator with the session that they lead.
    assert lead.enter().state()["pictures"][0]["pages"] == 5
    lead.end()
    assert lead.ask("group/session", "POST", PLAN)[0] == 200


def test_what_joins_at_once_joins_once(lead):
    lead.room(1)
    with ThreadPoolExecutor(8) as pool:
        people = list(pool.map(lambda _: Participant(lead.server).join(lead.code), range(16)))
    assert lead.state()["joined"] == 17
    # From the same browser again: two tabs are one page.
    for one in people:
        one.join(lead.code)
    assert lead.state()["joined"] == 17


# Attacks


def test_nobody_reads_what_another_shared(lead):
    people = lead.room(6)
    people[0].share(choice=3)
    wall = Person(lead.server)
    wall.ask("wall", "POST", lead.wall)
    for who, role in ((people[1], "page"), (wall, "wall"), (lead, "lead")):
        seen = [who.ask(path) for path in ("group/mine", *(f"group/state/{one}" for one in ROLES))]
        seen.append(heard(who, role))
        assert "large" not in json.dumps(seen)
    assert people[1].mine() == {}
    # Another's key is what it takes, and nothing that can be read holds it.
    for told in (people[0].cookie("page")[:-1], "", "*", "' OR 1=1 --"):
        stranger = Participant(lead.server)
        stranger.cookies = {f"workshop-page-{lead.server.port}": told}
        assert stranger.ask("group/mine") == (200, {"mine": None})
        assert stranger.ask("group/state/page") == (200, {"ended": True})


def heard(who: Person, role: str) -> str:
    """What a socket says first."""

    async def listen() -> str:
        connection = await websocket_connect(socket_request(who, role))
        return await connection.read_message()

    return run_apart(listen())


def socket_request(who: Person, role: str, **headers: str) -> HTTPRequest:
    kept = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
    url = f"{who.server.url.replace('http', 'ws')}group/changes/{role}"
    sent = {"Cookie": kept, "Origin": who.server.url.rstrip("/"), **headers}
    return HTTPRequest(url, headers=sent)


def test_nothing_is_opened_below_k_or_before_the_lock(lead):
    people = lead.room(6)
    for one in people[:5]:
        one.share()
    assert reason(lead.act("open", exercise="arriving")) == "unlocked"
    people[0].ask("group/mine/arriving", "DELETE")
    lead.act("lock")
    assert reason(lead.act("open", exercise="arriving")) == "few"
    lead.act("let_in")
    people[0].share()
    assert reason(lead.act("open", exercise="arriving")) == "unlocked"
    assert lead.state()["pictures"] == []


def test_no_plan_asks_for_fewer_than_three(server):
    lead = Facilitator(server).enter()
    wrong = [{"k": 2}, {"k": -5}, {"k": True}, {"k": "5"}, {"k": 5.5}, {"k": 10**30}]
    wrong += [{"steps": []}, {"steps": ["nothing"]}, {"steps": ["arriving"] * 2}, {"steps": [1]}]
    wrong += [{"minutes": 0}, {"minutes": None}]
    for plan in wrong:
        assert reason(lead.ask("group/session", "POST", {**PLAN, **plan})) == "unknown", plan
    assert lead.ask("group/host") == (200, {"host": True, "leads": False})


def test_two_openings_cannot_be_told_apart_by_one_page(lead):
    people = lead.room(9)
    for one in people[:5]:
        one.share(choice=1)
    lead.act("lock")
    lead.act("open", exercise="arriving")
    for one in people:
        one.share(choice=2)
    assert lead.state()["waiting"] == {"arriving": 4}
    assert reason(lead.act("open", exercise="arriving")) == "few"
    assert len(lead.state()["pictures"]) == 1


def test_one_page_contributes_once_after_a_reload_in_two_tabs_and_by_replaying(lead):
    people = lead.room(5)
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda turn: people[0].share(choice=turn), range(24)))
    assert set(done) == {204}
    assert lead.state()["waiting"] == {"arriving": 1}
    for one in people:
        one.share()
    lead.act("lock")
    lead.act("open", exercise="arriving")
    body = {"answers": answers("arriving")}
    for _ in range(3):
        assert reason(people[0].ask("group/mine/arriving", "PUT", body)) == "opened"
        assert reason(people[0].ask("group/mine/arriving", "DELETE")) == "opened"
    people[0].join(lead.code)
    assert (lead.state()["joined"], lead.state()["waiting"]) == (5, {})


def test_guessing_codes_is_slowed_by_source_and_says_nothing(lead):
    stranger = Participant(lead.server, "127.0.0.9")
    for _ in range(Guesses.FREE):
        assert reason(stranger.ask("group/join", "POST", {"code": new_code()})) == "code"
    status, told = stranger.ask("group/join", "POST", {"code": new_code()})
    assert (status, told["reason"]) == (429, "wait")
    assert 0 < told["seconds"] <= 11
    # Nor is it told whether this one would have been right.
    assert reason(stranger.ask("group/join", "POST", {"code": lead.code})) == "wait"
    assert lead.state()["joined"] == 0
    lead.room(1)


def test_many_guesses_at_once_are_no_way_around(lead):
    def guess(_turn):
        stranger = Participant(lead.server, "127.0.0.10")
        return stranger.ask("group/join", "POST", {"code": new_code()})[0]

    with ThreadPoolExecutor(24) as pool:
        found = list(pool.map(guess, range(Guesses.FREE + 40)))
    assert found.count(403) <= Guesses.FREE + 2
    assert found.count(429) >= 38


ACTS = [
    {"act": "lock"},
    {"act": "let_in"},
    {"act": "recount"},
    {"act": "wall"},
    {"act": "go", "step": 1},
    {"act": "open", "exercise": "arriving"},
    {"act": "let_go", "exercise": "arriving"},
    {"act": "show", "exercise": "arriving", "number": 1, "up": True},
    {"act": "close"},
    {"act": "forget"},
]


def test_nobody_acts_as_facilitator_without_the_cookie(lead):
    person = lead.room(1)[0]
    person.share()
    wall = Person(lead.server)
    wall.ask("wall", "POST", lead.wall)
    before = lead.state() | {"since": 0}
    port = lead.server.port
    thieves = [Person(lead.server), person, wall]
    # A key of one role in the place of another's.
    for key in (person.cookie("page"), wall.cookie("wall"), lead.cookie("lead")[::-1], "x" * 43):
        thieves.append(Person(lead.server, cookies={f"workshop-lead-{port}": key}))
    for who in thieves:
        for act in ACTS:
            assert who.ask("group/lead", "POST", act) == (401, {"reason": "key"})
        assert who.ask("group/session", "POST", PLAN) == (401, {"reason": "key"})
        assert who.ask("group/counts.csv") == (401, {"reason": "key"})
        assert who.ask("group/state/lead") == (200, {"ended": True})
        assert who.ask("group/host") == (200, {"host": False, "leads": False})
        with pytest.raises(HTTPClientError, match="401"):
            heard(who, "lead")
    assert lead.state() | {"since": 0} == before


@pytest.mark.parametrize(
    "key", ["", "a guess", "\udc80".encode("utf-8", "surrogatepass"), "x" * 99_999]
)
def test_only_the_links_key_is_changed_for_a_cookie(server, key):
    stranger = Person(server)
    for path in ("lead", "wall"):
        assert stranger.ask(path, "POST", key)[0] == 401
    assert stranger.cookies == {}


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(server, lead):
    said, _ = Person(server).send("group/join", "POST", {"code": lead.code})
    cookie = said.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/" in cookie


CHANGES = [
    ("lead", "POST"),
    ("wall", "POST"),
    ("group/session", "POST"),
    ("group/lead", "POST"),
    ("group/join", "POST"),
    ("group/leave", "POST"),
    ("group/mine/arriving", "PUT"),
    ("group/mine/arriving", "DELETE"),
]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_another_sites_page_changes_nothing(lead, origin):
    person = lead.room(1)[0]
    person.share()
    person.cookies |= lead.cookies
    for path, method in CHANGES:
        assert person.ask(path, method, {"act": "close"}, Origin=origin)[0] == 403, path
    for role in ("page", "lead"):

        async def connect(role=role):
            await websocket_connect(socket_request(person, role, Origin=origin))

        with pytest.raises(HTTPClientError, match="403"):
            run_apart(connect())
    assert lead.state()["waiting"] == {"arriving": 1}


def test_a_name_that_is_not_ours_is_answered_by_nothing(lead):
    lead.cookies |= lead.room(1)[0].cookies
    for path, method in [*CHANGES, ("group", "GET"), ("lead", "GET"), ("group/state/lead", "GET")]:
        forged = {"Host": "evil.example", "Origin": "http://evil.example"}
        assert lead.ask(path, method, {"act": "close"}, **forged)[0] == 421, path
    assert lead.state()["joined"] == 1


def test_script_and_other_values_in_any_field_are_refused_and_never_come_back(lead):
    person = lead.room(1)[0]
    person.share()
    good = answers("arriving")
    wrong = [None, [], SCRIPT, {}, good | {"note": SCRIPT}, dict.fromkeys(good, SCRIPT)]
    wrong += [dict.fromkeys(good, None), {name: {} for name in good}, {SCRIPT: "small"}]
    wrong += [good | {"systems_threat": one} for one in (6.5, "LARGE", "most", ["small"], True)]
    for one in wrong:
        told = person.ask("group/mine/arriving", "PUT", {"answers": one})
        assert told == (400, {"reason": "unknown"})
    for path in ("group/mine/welcome", "group/mine/staying", "group/mine/nothing"):
        assert person.ask(path, "PUT", {"answers": good})[0] == 400
    for body in (b"{", b"[]", b"\xff", b"[" * 5000, b'"' + b"x" * 20_000):
        said, text = person.send("group/mine/arriving", "PUT", body)
        assert said.status in (400, 413)
        assert said.headers["Content-Type"].startswith("application/json")
    for field in ("code", "act", "exercise", "step", "k"):
        for path in ("group/join", "group/lead", "group/session"):
            said, text = lead.send(path, "POST", {field: SCRIPT, "act": SCRIPT})
            assert said.status in (204, 400, 403)
            assert "script" not in text
    assert person.mine() == {"arriving": good}
    assert lead.state()["waiting"] == {"arriving": 1}
    assert SCRIPT not in lead.server.log.read_text()


def test_a_page_cannot_speak_on_the_socket_of_changes(lead):
    person = lead.room(1)[0]

    async def speak() -> object:
        connection = await websocket_connect(socket_request(person, "page"))
        await connection.read_message()
        await connection.write_message(json.dumps({"act": "close"}))
        while await connection.read_message() is not None:
            pass
        return connection.close_code

    assert run_apart(speak()) == 1008
    assert not lead.state()["closed"]


def test_no_kernel_knows_where_the_board_is(lead):
    person = lead.room(1)[0]
    assert person.ask("voila/render/01_arriving.ipynb")[0] == 200
    [warm] = psutil.Process(lead.server.process.pid).children()
    deadline = time.monotonic() + 20
    while not warm.children():
        assert time.monotonic() < deadline
    for process in (warm, *warm.children()):
        environment = json.dumps(process.environ())
        assert "group.sqlite" not in environment
        assert not any(key in environment for key in (*lead.cookies.values(), lead.code))
        assert not [file for file in process.open_files() if "group.sqlite" in file.path]


def test_a_code_or_a_key_is_in_no_log_and_no_address(lead):
    people = lead.room(2)
    for one in people:
        one.share()
    lead.act("lock")
    lead.act("open", exercise="arriving")
    log = lead.server.log.read_text()
    secrets = [lead.code, lead.wall, *lead.cookies.values(), *people[0].cookies.values()]
    assert not [secret for secret in secrets if secret in log]
    # The link is printed for the host, once.
    assert log.count("lead#") == 1


# Who is let in where


@pytest.mark.parametrize("flag", ["--sample", "--file-home"])
def test_where_one_person_is_alone_there_is_no_group(own_server, flag, own_journal):
    server = own_server(flag)
    assert "lead" not in server.log.read_text()
    if flag == "--sample":
        assert Person(server).ask("group")[0] == Person(server).ask("lead")[0] == 404


@pytest.mark.parametrize("more", [{"sample": True}, {"file_home": True}])
def test_a_board_where_there_is_no_group_is_said_to_be_of_no_use(more):
    with pytest.raises(ServeError, match="--board is for groups"):
        serve(Settings(board="group.sqlite", **more))


@pytest.mark.parametrize(
    ("board", "sentence"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/no", "cannot be reached; look whether it runs"),
        ("/proc/nowhere/group.sqlite", "cannot be written; allow this account"),
    ],
)
def test_a_board_that_cannot_be_is_told_in_one_sentence_before_anybody_comes(board, sentence):
    with pytest.raises(ServeError, match=sentence) as caught:
        serve(Settings(board=board, port=0, browser=False))
    assert "secret" not in str(caught.value)


def test_who_never_leads_a_group_gets_no_board(own_server, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    server = own_server()
    assert Person(server).ask("group")[0] == 200
    assert Person(server).ask("group/mine") == (200, {"mine": None})
    assert not (tmp_path / "data").exists()
    Facilitator(server).begin()
    file = tmp_path / "data" / "workshop-kit" / "group.sqlite"
    assert file.stat().st_mode & 0o777 == 0o600


# Load and faults


def test_changes_reach_every_page_within_a_second(lead):
    people = lead.room(12)
    waits = run_apart(follow(lead, people, turns=15))
    assert len(waits) == 12 * 15
    assert statistics.quantiles(waits, n=20)[-1] < 1, max(waits)


async def follow(lead: Facilitator, people: list[Participant], turns: int) -> list[float]:
    """Turn to a step again and again; return how long each page took to learn of each."""
    told: dict[int, float] = {}
    waits: list[float] = []

    async def listen(who: Participant) -> None:
        connection = await websocket_connect(socket_request(who, "page"))
        ready.release()
        step = 0
        while step < turns:
            state = json.loads(await connection.read_message())
            if state["step"] == (step + 1) % 2 and step + 1 in told:
                step += 1
                waits.append(time.monotonic() - told[step])
        connection.close()

    ready = asyncio.Semaphore(0)
    listening = [asyncio.create_task(listen(who)) for who in people]
    for _ in people:
        await ready.acquire()
    await asyncio.sleep(0.5)
    for turn in range(1, turns + 1):
        told[turn] = time.monotonic()
        await asyncio.to_thread(lead.act, "go", step=turn % 2)
        while len(waits) < turn * len(people):
            await asyncio.sleep(0.01)
    await asyncio.gather(*listening)
    return waits


def crowd(server: Server, count: int, seconds: float) -> tuple[Facilitator, list[float]]:
    """Let many contribute within some seconds, some of them twice; return how long each took."""
    lead = Facilitator(server).begin()
    with ThreadPoolExecutor(16) as pool:
        people = list(pool.map(lambda _: Participant(server).join(lead.code), range(count)))
    begun = time.monotonic()
    took: list[float] = []

    def contribute(turn: int) -> None:
        time.sleep(max(0, begun + seconds * turn / count - time.monotonic()))
        at = time.monotonic()
        assert people[turn].share(choice=turn) == 204
        took.append(time.monotonic() - at)
        if turn % 10 == 0:
            people[turn].share(choice=turn)

    with ThreadPoolExecutor(32) as pool:
        list(pool.map(contribute, range(count)))
    return lead, took


def test_sixty_contribute_within_two_seconds_and_nothing_is_lost(own_server, place):
    expect_all_of(own_server, place, 60, 2.0)


@pytest.mark.long
def test_three_hundred_contribute_within_ten_seconds_and_nothing_is_lost(own_server, place):
    expect_all_of(own_server, place, 300, 8.0)


def expect_all_of(own_server, place, count, seconds):
    lead, took = crowd(own_server("--board", place), count, seconds)
    assert statistics.quantiles(took, n=20)[-1] < 2
    assert lead.state()["waiting"] == {"arriving": count}
    assert len(rows(place, "workshop_contributions")) == count
    lead.act("lock")
    assert lead.act("open", exercise="arriving")[0] == 200
    [picture] = lead.state()["pictures"]
    assert picture["pages"] == count
    for counts in picture["questions"]:
        assert [one["count"] for one in counts["bins"]] == [count // 4] * 4
    assert rows(place, "workshop_contributions") == []
    print(f"p50 {statistics.median(took):.3f} s, p95 {statistics.quantiles(took, n=20)[-1]:.3f} s")


def killed_while_opening(own_server, place, times: int) -> int:
    server = own_server("--board", place)
    opened = 0
    for _ in range(times):
        lead = Facilitator(server).begin(steps=["arriving"])
        for choice, one in enumerate(lead.room(20)):
            one.share(choice=choice)
        lead.act("lock")
        asking = threading.Thread(target=ask_to_open, args=(lead,))
        asking.start()
        time.sleep(random.uniform(0, 0.03))  # noqa: S311
        server.kill()
        asking.join()
        server.start()
        state = lead.state()
        if state["pictures"]:
            assert state["waiting"] == {}
            assert state["pictures"][0]["pages"] == 20
            opened += 1
        else:
            assert state["waiting"] == {"arriving": 20}
        lead.enter().end()
    return opened


def ask_to_open(lead: Facilitator) -> None:
    try:
        lead.act("open", exercise="arriving")
    except OSError:
        return


def test_a_server_killed_while_it_opens_has_opened_all_or_nothing(own_server, place):
    killed_while_opening(own_server, place, 1)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_server_killed_at_any_moment_has_opened_all_or_nothing(own_server, place):
    assert 0 < killed_while_opening(own_server, place, 30) < 30
