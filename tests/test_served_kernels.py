"""A page and its kernel: words first, silent recovery, a banner if that fails, nothing left."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from conftest import READY, Server
from pages import expect_note, kill_kernel, move, sizes, wait_until_kept, write
from playwright.sync_api import expect


def health(server) -> dict:
    with urllib.request.urlopen(f"{server.url}healthz") as answer:  # noqa: S310
        return json.load(answer)


def wait_for_open_pages(server, count: int, within: float) -> None:
    deadline = time.monotonic() + within
    while health(server)["open_pages"] != count:
        assert time.monotonic() < deadline, f"{health(server)} after {within} s"
        time.sleep(0.1)


def kernels_of(server) -> list[psutil.Process]:
    """The kernels of open pages: forked by the warm process, which is the server's only child."""
    [warm] = psutil.Process(server.process.pid).children()
    return warm.children()


def test_the_words_are_there_without_any_kernel(served, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.page("01_arriving"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Arriving")
    expect(page.get_by_text("You have probably come from something.")).to_be_visible()
    assert "need JavaScript" in page.locator("noscript").inner_html()
    context.close()


def test_the_words_are_readable_before_the_controls_are_live(served, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/workshop/visits/*", lambda _route: None)
    page.goto(served.page("01_arriving"))
    expect(page.get_by_text("You have probably come from something.")).to_be_visible()
    assert page.locator(READY).count() == 0
    context.close()


def test_the_circles_follow_the_finger_without_a_round_trip(served, visit):
    page = visit(served.page("01_arriving"))
    radius = page.evaluate(
        """() => {
          const slider = document.querySelector("input[type=range]");
          slider.value = 10;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          return document.querySelector(".ws-circles .ws-threat").getAttribute("r");
        }"""
    )
    half = page.evaluate(
        """() => {
          const slider = document.querySelector("input[type=range]");
          slider.value = 5;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          return document.querySelector(".ws-circles .ws-threat").getAttribute("r");
        }"""
    )
    assert float(radius) ** 2 == pytest.approx(2 * float(half) ** 2)


def test_closing_the_page_ends_its_kernel(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"))
    kernels = kernels_of(server)
    assert len(kernels) == 1
    page.goto(server.url)
    wait_for_open_pages(server, 0, within=5)
    _gone, alive = psutil.wait_procs(kernels, timeout=5)
    assert not alive


def test_a_page_that_stays_away_loses_its_kernel_and_nothing_else(own_server, browser):
    server = own_server("--gone-after", "1")
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.page("01_arriving"))
    page.wait_for_selector(READY, state="attached")
    write(page, "kept meanwhile")
    wait_until_kept(page, "kept meanwhile")
    context.set_offline(True)
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    expect(page.get_by_role("alert")).to_be_visible(timeout=5000)
    wait_for_open_pages(server, 0, within=8)
    context.set_offline(False)
    page.wait_for_selector(READY, state="attached")
    expect_note(page, "kept meanwhile")
    context.close()


def test_a_killed_kernel_is_replaced_in_silence_and_learns_the_numbers(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    page.evaluate(
        """() => new MutationObserver(() => { window.bannerSeen ||=
          !document.getElementById("banner").hidden; }).observe(
          document.getElementById("banner"), { attributes: true })"""
    )
    move(page, "Threat", 2)
    [kernel] = kernels_of(server)
    kill_kernel(page, kernel)
    write(page, "typed while it was gone")
    move(page, "Drive", 1)
    page.wait_for_selector(READY, state="attached")
    assert not page.evaluate("window.bannerSeen")
    expect_note(page, "typed while it was gone")
    assert sizes(page) == [6, 5.5, None]
    [new] = kernels_of(server)
    assert new.pid != kernel.pid


def test_a_banner_comes_within_five_seconds_and_goes_when_all_is_well(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    server.kill()
    expect(page.get_by_role("alert")).to_contain_text("carry on writing", timeout=5000)
    write(page, "still writing")
    wait_until_kept(page, "still writing")
    server.start()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("#banner")).to_be_hidden()
    expect_note(page, "still writing")


def test_a_server_that_hangs_is_noticed_too(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    psutil.Process(server.process.pid).suspend()
    expect(page.get_by_role("alert")).to_be_visible(timeout=5000)
    psutil.Process(server.process.pid).resume()
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("#banner")).to_be_hidden()


def test_going_back_to_a_page_brings_it_to_life_again(served, visit):
    page = visit(served.page("01_arriving"))
    write(page, "before leaving")
    wait_until_kept(page, "before leaving")
    page.get_by_role("link", name="Leave").click()
    expect(page).to_have_title("A quiet page")
    page.go_back()
    page.wait_for_selector(READY, state="attached")
    expect_note(page, "before leaving")


def test_a_killed_server_leaves_no_kernel_and_the_next_one_sweeps_up(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    kernels = kernels_of(server)
    [folder] = Path("/tmp").glob(f"workshop-{server.process.pid}-*")  # noqa: S108
    assert folder.stat().st_mode & 0o077 == 0
    server.kill()
    _gone, alive = psutil.wait_procs(kernels, timeout=10)
    assert not alive
    assert folder.exists()
    server.start()
    assert not folder.exists()
    page.close()


def test_stopping_the_server_leaves_no_kernel_behind(own_server, visit):
    server = own_server()
    page = visit(server.page("01_arriving"), complaints=True)
    kernels = kernels_of(server)
    assert kernels
    server.stop()
    _gone, alive = psutil.wait_procs(kernels, timeout=5)
    assert not alive
    page.close()


def test_a_visit_that_is_over_leaves_no_socket_behind(own_server, browser):
    server = own_server()
    process = psutil.Process(server.process.pid)
    held = []
    for _ in range(6):
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.page("04_small_thing"))
        page.wait_for_selector(READY, state="attached")
        # A browser that is closed says nothing to its pages; a page that is left says so itself.
        page.goto("about:blank")
        context.close()
        wait_for_open_pages(server, 0, 10)
        time.sleep(0.3)
        held.append(process.num_fds())
    # The first visit fills what is kept for all; after it, visits come and go.
    assert held[-1] <= held[1] + 1, held


@pytest.fixture
def full() -> Iterator[Callable[[Server], ExitStack]]:
    """Let the folder in which a server's kernels have their sockets hold nothing more."""
    with ExitStack() as stack:

        def fill(server: Server) -> ExitStack:
            [folder] = Path("/tmp").glob(f"workshop-{server.process.pid}-*")  # noqa: S108
            mount = ["mount", "-t", "tmpfs", "-o", "nr_inodes=1", "tmpfs", folder]
            if subprocess.run(mount, capture_output=True, check=False).returncode == 0:
                stack.callback(subprocess.run, ["umount", "-l", folder], check=True)
            else:
                folder.chmod(0o500)
                stack.callback(folder.chmod, 0o700)
            return stack

        yield fill


def test_where_the_temporary_folder_is_full_words_stay_and_the_page_comes_back(
    own_server, visit, browser, full
):
    server = own_server()
    open_already = visit(server.page("01_arriving"))
    write(open_already, "Zwetschgenkuchen before")
    wait_until_kept(open_already, "Zwetschgenkuchen before")
    until_there_is_room = full(server)
    newcomer = browser.new_context().new_page()
    newcomer.goto(server.page("01_arriving"))
    expect(newcomer.get_by_text("You have probably come from something.")).to_be_visible()
    expect(newcomer.get_by_role("alert")).to_contain_text("You can carry on writing")
    # Whoever is inside notices nothing.
    write(open_already, "Zwetschgenkuchen after")
    wait_until_kept(open_already, "Zwetschgenkuchen after")
    move(open_already, "Threat", 2)
    assert health(server)["failures"] > 0
    until_there_is_room.close()
    newcomer.wait_for_selector(READY, state="attached")
    expect(newcomer.get_by_role("alert")).to_be_hidden()
    write(newcomer, "Zwetschgenkuchen at last")
    wait_until_kept(newcomer, "Zwetschgenkuchen at last")
    told = server.log.read_text()
    assert "a kernel did not start" in told
    assert "Traceback" not in told
    newcomer.context.close()
