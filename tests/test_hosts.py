from __future__ import annotations

import socket

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from workshop_kit.serving.hosts import (
    LOOPBACK,
    answered_hosts,
    bracketed,
    headers,
    host_pattern,
    room_addresses,
    same_origin,
)


def request(host, **sent):
    class Connection:
        context = None

    return HTTPServerRequest(
        start_line=RequestStartLine("POST", "/", "HTTP/1.1"),
        headers=HTTPHeaders({"Host": host, **sent}),
        connection=Connection(),
    )


def policy(**options):
    given = headers("127.0.0.1:8866", **options)["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in given.split("; ")}


def test_on_loopback_only_its_own_names_are_answered():
    assert answered_hosts("127.0.0.1") == set(LOOPBACK)


def test_at_one_address_that_address_is_answered_too():
    assert answered_hosts("192.0.2.7") == {*LOOPBACK, "192.0.2.7"}
    assert answered_hosts("2001:db8::7") == {*LOOPBACK, "[2001:db8::7]"}


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::", ""])  # noqa: S104
def test_everywhere_all_names_of_this_machine_are_answered(everywhere):
    names = answered_hosts(everywhere)
    assert {*LOOPBACK, socket.gethostname().lower()} <= names
    assert {bracketed(address) for address in room_addresses()} <= names
    assert everywhere not in names


def test_the_addresses_of_a_room_are_none_that_only_this_machine_knows():
    assert not {"127.0.0.1", "::1"} & set(room_addresses())


def test_names_can_be_added():
    assert "workshop.example" in answered_hosts("127.0.0.1", ["workshop.example"])


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "127.0.0.1", "[::1]"])
def test_a_name_that_was_meant_is_answered(host):
    assert host_pattern(LOOPBACK).match(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil-localhost",
        "127a0b0c1",
        "127.0.0.10",
        "::1",
        "",
    ],
)
def test_a_name_that_was_not_meant_is_not(host):
    assert not host_pattern(LOOPBACK).match(host)


@pytest.mark.parametrize(
    ("ip", "written"),
    [("::1", "[::1]"), ("127.0.0.1", "127.0.0.1"), ("LocalHost", "localhost")],
)
def test_an_address_is_written_as_in_a_url(ip, written):
    assert bracketed(ip) == written


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8866", "https://127.0.0.1:8866"])
def test_our_own_pages_may_change_something(origin):
    assert same_origin(request("127.0.0.1:8866", Origin=origin))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8867"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://localhost:8866"},
        {"Origin": "http://127.0.0.1:8866.evil.example"},
        {"Origin": "127.0.0.1:8866"},
    ],
)
def test_another_sites_pages_may_not(sent):
    assert not same_origin(request("127.0.0.1:8866", **sent))


def test_what_is_not_allowed_is_forbidden():
    assert policy()["default-src"] == ["'none'"]
    assert policy()["script-src"] == ["'self'"]
    assert policy()["style-src"] == ["'self'"]
    assert policy()["form-action"] == policy()["base-uri"] == ["'none'"]


def test_no_other_host_is_named():
    known = {"'none'", "'self'", "data:", "ws://127.0.0.1:8866", "wss://127.0.0.1:8866"}
    assert {source for sources in policy().values() for source in sources} == known


def test_inline_styles_are_allowed_where_they_are_asked_for_and_inline_scripts_nowhere():
    allowed = policy(inline_styles=True)
    assert allowed.pop("style-src") == ["'self'", "'unsafe-inline'"]
    assert "unsafe" not in str(allowed)


def test_addresses_are_told_to_no_other_site_and_nothing_is_guessed():
    given = headers("localhost")
    assert given["Referrer-Policy"] == "same-origin"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Server"] == "workshop"
