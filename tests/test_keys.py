from __future__ import annotations

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from workshop_kit.serving.keys import Admitted, Keys


@pytest.fixture
def keys():
    return Keys("workshop-8866")


def request(**sent):
    class Connection:
        context = None

    return HTTPServerRequest(
        start_line=RequestStartLine("GET", "/", "HTTP/1.1"),
        headers=HTTPHeaders({"Host": "127.0.0.1:8866", **sent}),
        connection=Connection(),
    )


def test_whoever_has_the_key_gets_a_cookie_that_is_known(keys):
    key = keys.issue()
    first, second = keys.exchange(key), keys.exchange(key)
    assert first != second
    assert keys.knows(first)
    assert keys.knows(second)
    assert keys.admits(request(Cookie=f"other=1; workshop-8866={first}"))
    assert Admitted(keys).match(request(Cookie=f"workshop-8866={first}")) == {}


@pytest.mark.parametrize("guess", ["", "a guess", "\ud83d", "x" * 100_000])
def test_whoever_has_it_not_gets_none(keys, guess):
    assert keys.exchange(guess) is None, "no key was issued yet"
    key = keys.issue()
    assert keys.exchange(guess) is None
    assert keys.exchange(key[:-1]) is None
    assert keys.exchange(f"{key} ") is None


@pytest.mark.parametrize("said", [None, "", "a guess", "x" * 100_000])
def test_a_cookie_that_was_not_given_is_not_known(keys, said):
    keys.exchange(keys.issue())
    assert not keys.knows(said)
    assert not keys.admits(request(Cookie=f"workshop-8866={said}"))
    assert Admitted(keys).match(request()) is None


def test_the_key_is_no_cookie_and_a_cookie_no_key(keys):
    key = keys.issue()
    given = keys.exchange(key)
    assert not keys.knows(key)
    assert keys.exchange(given) is None
    assert not keys.admits(request(Cookie=f"workshop-8867={given}"))


def test_a_new_key_ends_the_old_one_and_its_cookies(keys):
    key = keys.issue()
    given = keys.exchange(key)
    keys.issue()
    assert keys.exchange(key) is None
    assert not keys.knows(given)


def test_nothing_that_opens_anything_is_held(keys):
    key = keys.issue()
    given = keys.exchange(key)
    held = repr(vars(keys))
    assert key not in held
    assert given not in held
