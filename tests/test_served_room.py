"""A room that is full lets people in as others leave; a page where nobody stirs makes room."""

from __future__ import annotations

import http.client

import pytest
from access import expect_no_fault, expect_room
from conftest import PHONE, READY
from pages import expect_note, wait_until_kept, write
from playwright.sync_api import expect
from test_served_kernels import health, kernels_of, wait_for_open_pages

FULL = "The room is full just now"
RESTS = 5.0  # seconds


def test_a_full_room_says_so_and_opens_by_itself_when_somebody_leaves(own_server, visit):
    server = own_server("--most-pages", "2")
    first, second = (visit(server.page(name)) for name in ("01_arriving", "07_tone"))
    waiting = visit(server.page("02_moves"), size=PHONE, complaints=True)
    expect(waiting.get_by_role("heading", level=1)).to_have_text(FULL)
    expect_no_fault(waiting)
    expect_room(waiting)
    assert len(kernels_of(server)) == health(server)["most_pages"] == 2
    # Who is inside notices nothing.
    write(first, "still here")
    wait_until_kept(first, "still here")
    second.goto(server.url)
    expect(waiting.get_by_role("heading", level=1)).to_have_text("What moves my care")
    waiting.wait_for_selector(READY, state="attached")
    assert len(kernels_of(server)) == 2


def test_a_full_room_answers_with_a_status_of_its_own(own_server):
    server = own_server("--most-pages", "1")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    told = []
    for method, path in (
        ("GET", "/workshop/room"),
        ("GET", "/voila/render/01_arriving.ipynb"),
        ("GET", "/workshop/room"),
        ("GET", "/voila/render/01_arriving.ipynb"),
    ):
        connection.request(method, path)
        answer = connection.getresponse()
        answer.read()
        told.append(answer.status)
    assert told == [204, 200, 503, 503]


@pytest.mark.parametrize("sign", ["button", "key"])
def test_a_page_where_nobody_stirs_lets_go_and_one_sign_brings_it_back(own_server, visit, sign):
    server = own_server("--idle-after", str(RESTS))
    page = visit(server.page("01_arriving"))
    write(page, "before the rest")
    wait_until_kept(page, "before the rest")
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("This page has been resting.")
    wait_for_open_pages(server, 0, within=5)
    if sign == "button":
        carry_on = banner.get_by_role("button", name="Carry on")
        assert carry_on.bounding_box()["height"] >= 44
        carry_on.click()
    else:
        page.get_by_label("A note to myself").press("End")
        page.keyboard.type(", and after")
        wait_until_kept(page, "before the rest, and after")
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("#banner")).to_be_hidden()
    expect_note(page, "before the rest" + (", and after" if sign == "key" else ""))
    assert len(kernels_of(server)) == 1
