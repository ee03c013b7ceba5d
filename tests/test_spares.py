"""Kernels from spare processes, for where none can be forked; here they are asked for by hand."""

from __future__ import annotations

import asyncio
import signal
import time

import psutil
import pytest
from conftest import READY, run_apart
from pages import expect_note, wait_until_kept, write
from test_provisioner import ask, gone, until, warm_kernels
from test_served_kernels import wait_for_open_pages

from workshop_kit.serving import provisioner
from workshop_kit.serving.spares import SPARES, Spares


@pytest.fixture(autouse=True)
def no_fork(monkeypatch):
    monkeypatch.setenv(provisioner.NO_FORK, "1")


def spares_of(process: psutil.Process) -> list[psutil.Process]:
    alive = [child for child in process.children() if not gone(child)]
    return [child for child in alive if "workshop_kit.serving.spare" in child.cmdline()]


def test_each_kernel_is_a_spare_of_its_own_with_its_own_chance_and_environment(tmp_path):
    about = (
        "[__import__('os').getpid(), __import__('os').getcwd(), __import__('os').environ['MINE'],"
        " __import__('random').random(), float(__import__('numpy').random.random())]"
    )

    async def run():
        await SPARES.fill()
        [waiting] = spares_of(psutil.Process())
        async with warm_kernels(tmp_path) as start:
            kernels = [await start(MINE="one"), await start(MINE="two")]
            one, two = [await ask(kernel, about) for kernel in kernels]
            assert waiting.pid == one[0] == kernels[0].provisioner.pid
            assert two[0] == kernels[1].provisioner.pid != one[0]
            assert one[1] == two[1] == str(tmp_path)
            assert (one[2], two[2]) == ("one", "two")
            assert one[3] != two[3]
            assert one[4] != two[4]
            await kernels[0].provisioner.send_signal(signal.SIGKILL)
            assert await asyncio.wait_for(kernels[0].provisioner.wait(), 10) == -9
            assert not await kernels[0].is_alive()
            before = kernels[1].provisioner.pid
            await kernels[1].restart_kernel(now=True)
            assert await ask(kernels[1], "__import__('os').getpid()") != before
        SPARES.close()
        left = spares_of(psutil.Process())
        await until(lambda: all(gone(one) for one in left))

    run_apart(run())


def test_as_many_wait_as_are_still_expected_and_one_that_died_is_passed_over():
    async def run():
        spares = Spares(expected=3)
        await spares.fill()
        assert len(spares) == 3
        first, *others = spares_of(psutil.Process())
        first.kill()
        first.wait(10)
        taken = spares.take()
        assert taken.pid in {other.pid for other in others}
        await spares.fill()
        assert len(spares) == 2
        assert len(spares_of(psutil.Process())) == 3
        for _ in range(2):
            begun = spares.take()
            begun.kill()
            begun.communicate()
        await spares.fill()
        assert len(spares) == 1, "one is kept for whoever was not expected"
        spares.close()
        taken.kill()
        taken.communicate()
        assert not spares_of(psutil.Process())

    run_apart(run())


def test_a_server_that_cannot_fork_opens_pages_as_quickly_as_it_was_made_ready_for(
    own_server, visit
):
    server = own_server("--expect", "2")
    process = psutil.Process(server.process.pid)
    deadline = time.monotonic() + 60
    while len(spares_of(process)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    pages = [visit(server.page("01_arriving"), complaints=True) for _ in range(2)]
    write(pages[0], "by a spare")
    wait_until_kept(pages[0], "by a spare")
    pages[0].reload()
    pages[0].wait_for_selector(READY, state="attached")
    expect_note(pages[0], "by a spare")
    for page in pages:
        page.goto(server.url)
    wait_for_open_pages(server, 0, within=10)
    children = process.children(recursive=True)
    server.kill()
    _gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive, "spares and kernels end with the server, however it ends"
