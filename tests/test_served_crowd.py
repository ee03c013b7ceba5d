"""Many who come and go: nobody is left out, and nothing is left behind."""

from __future__ import annotations

import http.client
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import psutil
import pytest
from conftest import Server
from test_served_kernels import health, kernels_of, wait_for_open_pages

PAGE = "/voila/render/01_arriving.ipynb"
ANSWERS = 120  # seconds, on a machine that does other things as well


def ask(server: Server, path: str, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=ANSWERS)
    connection.request(method, path, headers={"Origin": server.url.rstrip("/")})
    answer = connection.getresponse()
    said = answer.status, answer.read().decode("utf-8")
    connection.close()
    return said


def come(server: Server) -> tuple[int, str]:
    """Open a page and wait until its cells have run; return the status and the kernel's id."""
    status, page = ask(server, PAGE)
    if status != 200:
        return status, ""
    kernel = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)[1]
    status, told = ask(server, f"/workshop/visits/{kernel}")
    if status == 200:
        assert json.loads(told)["cells"]
    return status, kernel


def come_and_go(server: Server, _number: int) -> None:
    status, kernel = come(server)
    assert status == 200
    assert ask(server, f"/workshop/visits/{kernel}/end", "POST")[0] == 204


def left(server: Server) -> tuple[int, int, float]:
    """Return the descriptors and processes there are, and the memory (USS) in MB."""
    process = psutil.Process(server.process.pid)
    all_of_them = [process, *process.children(recursive=True)]
    memory = sum(one.memory_full_info().uss for one in all_of_them) / 1e6
    return sum(one.num_fds() for one in all_of_them), len(all_of_them), memory


@pytest.mark.parametrize(
    "joins",
    [24, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])],
)
def test_who_has_left_leaves_no_process_descriptor_or_memory(own_server, joins):
    server = own_server()
    counted = []
    with ThreadPoolExecutor(4) as crowd:
        numbers = iter(range(joins))
        while batch := list(islice(numbers, joins // 4)):
            list(crowd.map(come_and_go, [server] * len(batch), batch))
            wait_for_open_pages(server, 0, within=20)
            time.sleep(0.5)
            counted.append(left(server))
    print(f"after each quarter of {joins}: (descriptors, processes, MB) {counted}")
    descriptors, processes, memory = zip(*counted, strict=True)
    # What is kept for all is there after the first of them.
    assert max(descriptors) <= descriptors[0] + 2
    assert set(processes) == {2}, "the server and its warm process"
    assert memory[-1] < 1.1 * memory[0] + 5
    assert health(server)["failures"] == 0


@pytest.mark.parametrize(
    "people",
    [12, pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(900)])],
)
def test_whoever_finds_a_place_gets_a_page_however_many_come_at_once(own_server, people):
    places = people * 3 // 4
    server = own_server("--most-pages", str(places))
    with ThreadPoolExecutor(people) as crowd:
        told = [status for status, _ in crowd.map(come, [server] * people)]
    assert (told.count(200), told.count(503)) == (places, people - places)
    assert len(kernels_of(server)) == places


def test_where_few_files_may_be_open_the_room_is_smaller_and_nobody_inside_is_lost(own_server):
    """A hard limit, which `serve` can only live with."""
    server = own_server(before=("prlimit", "--nofile=145:145"))
    places = health(server)["most_pages"]
    assert places == 5
    told = [come(server) for _ in range(places + 1)]
    assert [status for status, _ in told] == [200] * places + [503]
    # Who leaves makes room for the next.
    assert ask(server, f"/workshop/visits/{told[0][1]}/end", "POST")[0] == 204
    assert come(server)[0] == 200
    assert health(server)["failures"] == 0
