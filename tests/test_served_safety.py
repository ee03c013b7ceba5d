"""What a server gives away, and to whom: headers, hosts, origins, and a console in wrong hands."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import uuid

import pytest
from conftest import READY, run_apart
from pages import wait_for, wait_until_kept, write
from playwright.sync_api import expect
from tornado.httpclient import HTTPClientError
from tornado.websocket import websocket_connect


def ask(served, path: str, method: str = "GET", body: str | None = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=sent)
    answer = connection.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")
    return answer


@pytest.mark.parametrize("path", ["/", "/leave", "/voila/render/00_welcome.ipynb", "/nowhere"])
def test_every_page_forbids_code_and_things_from_elsewhere(served, path):
    answer = ask(served, path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert scripts == "'self'"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_inline_styles_are_allowed_where_plotly_writes_them_and_nowhere_else(served):
    for path, allowed in (
        ("/", False),
        ("/leave", False),
        ("/voila/render/12_patterns.ipynb", True),
    ):
        policy = ask(served, path).headers["Content-Security-Policy"]
        assert ("'unsafe-inline'" in policy) is allowed


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.7", ""])
def test_another_name_is_not_answered(served, host):
    answer = ask(served, "/", Host=host)
    assert answer.status in (400, 421)
    assert "compassion" not in answer.text.lower()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "LOCALHOST", "[::1]"])
def test_its_own_names_are_answered(served, host):
    assert ask(served, "/", Host=host).status == 200


def test_another_site_can_change_nothing(served):
    body = json.dumps({"notebook": "01_arriving"})
    for origin in ("http://evil.example", "null", ""):
        headers = {"Origin": origin} if origin else {}
        assert ask(served, "/workshop/visits", "POST", body, **headers).status == 403
        path = f"/workshop/visits/{uuid.uuid4()}/end"
        assert ask(served, path, "POST", "", **headers).status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"notebook": 7}', 404),
        ('{"notebook": "../../etc/passwd"}', 404),
        ('{"notebook": "nothing"}', 404),
        ("\udcff".encode("utf-8", "surrogateescape").decode("latin-1"), 400),
    ],
)
def test_a_request_for_a_kernel_that_makes_no_sense_is_refused(served, body, status):
    origin = f"http://127.0.0.1:{served.port}"
    assert ask(served, "/workshop/visits", "POST", body, Origin=origin).status == status


@pytest.mark.parametrize(
    "path",
    [
        "/api/kernels",
        "/api/contents",
        "/api/sessions",
        "/lab",
        "/login",
        "/voila/files/pyproject.toml",
        "/voila/tree",
        "/voila/static/voila.js",
        "/voila/render/..%2f..%2fetc%2fpasswd.ipynb",
        "/voila/render/../../pyproject.toml",
        "/workshop-kit/../app.py",
        "/workshop-kit/%2e%2e/app.py",
    ],
)
def test_nothing_else_is_served(served, path):
    assert ask(served, path).status == 404


def test_a_404_says_nothing_of_what_was_asked(served):
    assert "secretname" not in ask(served, "/voila/render/secretname.ipynb").text


def kernel_of(page) -> str:
    return page.evaluate(
        "JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"
    )


def message(kind: str, content: dict, channel: str = "shell") -> str:
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "session": "s",
        "username": "",
        "version": "5.3",
        "date": "2026-01-01T00:00:00Z",
    }
    return json.dumps(
        {
            "channel": channel,
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "buffers": [],
        }
    )


async def replies(url: str, *messages: str, seconds: float = 1.5) -> list[dict]:
    socket = await websocket_connect(url)
    for one in messages:
        await socket.write_message(one)
    heard = []
    try:
        while True:
            heard.append(json.loads(await asyncio.wait_for(socket.read_message(), seconds)))
    except TimeoutError:
        socket.close()
    return heard


def test_a_console_can_execute_nothing(served, visit, tmp_path):
    page = visit(served.page("01_arriving"))
    proof = tmp_path / "proof"
    code = {"code": f"open({str(proof)!r}, 'w')", "silent": False, "user_expressions": {}}
    url = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel_of(page)}/channels?session_id=x"
    kinds = ("execute_request", "complete_request", "inspect_request", "shutdown_request")
    messages = [message(kind, code, channel) for kind in kinds for channel in ("shell", "control")]
    heard = run_apart(replies(url, *messages, message("kernel_info_request", {})))
    answered = {one["header"]["msg_type"] for one in heard}
    assert "kernel_info_reply" in answered, "the kernel is there, and answers what it may"
    assert not answered & {kind.replace("request", "reply") for kind in kinds}
    assert not proof.exists()


def test_a_console_can_build_no_widget(served, visit):
    page = visit(served.page("01_arriving"))
    url = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel_of(page)}/channels?session_id=x"
    state = {"_model_name": "FileUploadModel", "_model_module": "@jupyter-widgets/controls"}
    built = message("comm_open", {"comm_id": "1", "target_name": "jupyter.widget", "data": state})
    control = {"comm_id": "2", "target_name": "jupyter.widget.control", "data": {}}
    heard = run_apart(replies(url, built, "no JSON", "[]", message("comm_open", control)))
    parents = {one["parent_header"].get("msg_type") for one in heard}
    assert "comm_open" in parents, "the control channel is there"
    busy = [one for one in heard if one["content"].get("execution_state") == "busy"]
    opened = [one for one in busy if one["parent_header"].get("msg_type") == "comm_open"]
    assert len(opened) == 1


def test_a_socket_from_another_origin_is_refused(served, visit):
    page = visit(served.page("01_arriving"))
    answer = ask(
        served,
        f"/api/kernels/{kernel_of(page)}/channels?session_id=x",
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="AQIDBAUGBwgJCgsMDQ4PEA==",
        Origin="http://evil.example",
    )
    assert answer.status == 403


def test_a_kernel_that_nobody_began_has_no_socket(served):
    url = f"ws://127.0.0.1:{served.port}/api/kernels/{uuid.uuid4()}/channels"
    with pytest.raises(HTTPClientError, match="404"):
        run_apart(replies(url))


def test_a_forged_home_brings_no_words_to_python(served, visit, watched):
    page = visit(served.page("01_arriving"))
    write(page, "only here")
    page.get_by_label("Client work").check()
    wait_for(page, lambda: [frame for frame in watched.sent if '"ask":"numbers"' in frame])
    [opened] = {
        json.loads(frame)["content"]["comm_id"]
        for frame in watched.sent
        if '"ask":"numbers"' in frame
    }
    url = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel_of(page)}/channels?session_id=x"
    homes = {"method": "update", "state": {"homes": ["file"]}, "buffer_paths": []}
    ask_open = {"method": "custom", "content": {"ask": "open", "ticket": "1"}}
    ask_keep = {"method": "custom", "content": {"ask": "keep", "ticket": "2", "records": []}}
    forged = [
        message("comm_msg", {"comm_id": opened, "data": data})
        for data in (homes, ask_open, ask_keep)
    ]
    heard = run_apart(replies(url, *forged))
    answers = [
        one["content"]["data"]["content"]
        for one in heard
        if one["content"].get("data", {}).get("method") == "custom"
    ]
    assert [answer["to"] for answer in answers] == ["1", "2"]
    assert all("refused" in answer and "versions" not in answer for answer in answers)


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'>",
        "</script></textarea>{{ 7 * 7 }} ${7 * 7} %(name)s",
        "مرحبا بالعالم, שלום, 👩🏽‍⚕️🫖, zero\u200bwidth, \u202eright to left\u202c",
        "a line\nanother\n\n\ttabbed    spaces  ",
    ],
)
def test_words_are_shown_as_they_were_typed_and_never_run(served, visit, text):
    page = visit(served.page("01_arriving"))
    write(page, text)
    wait_until_kept(page, text)
    page.goto(served.page("12_patterns"))
    page.wait_for_selector(READY, state="attached")
    own = page.locator(".ws-own", has_text=text.split("\n")[0].strip()[:12]).last
    expect(own).to_be_visible()
    assert own.evaluate("node => node.textContent") == text
    assert page.evaluate("window.hacked") is None


def test_behind_a_proxy_every_name_is_answered_under_the_base_url(own_server):
    server = own_server("--behind-proxy", base_url="/user/me/workshop/")
    assert ask(server, "/user/me/workshop/", Host="hub.example").status == 200
    assert ask(server, "/", Host="hub.example").status == 404


def test_a_page_works_under_a_base_url(own_server, visit):
    server = own_server(base_url="/user/me/workshop/")
    page = visit(server.page("01_arriving"))
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("link", name="Go back").click()
    expect(page).to_have_url(server.page("01_arriving"))


def test_another_site_cannot_have_kernels_started_by_pointing_at_a_page(own_server):
    server = own_server()
    for kind in ("iframe", "image", "script", "empty"):
        assert ask(server, "/voila/render/01_arriving.ipynb", Sec_Fetch_Dest=kind).status == 403
    assert json.loads(ask(server, "/healthz").text)["open_pages"] == 0


def test_counts_are_for_the_host_and_not_for_a_proxys_visitors(own_server):
    server = own_server("--behind-proxy")
    assert ask(server, "/healthz").status == 404
