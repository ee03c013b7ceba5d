"""Kernels forked from a warm process: each its own, watched over, and gone when it is over."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from conftest import run_apart
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from workshop_kit.serving import provisioner

ANSWERS = 60  # seconds, on a machine that does other things as well


@contextlib.asynccontextmanager
async def warm_kernels(folder: Path) -> AsyncIterator:
    """Start kernels as a server does; what is still there in the end is ended."""
    specs = KernelSpecManager(kernel_dirs=[str(provisioner.write_kernelspec(folder))])
    managers = []

    async def start(**environment: str) -> AsyncKernelManager:
        manager = AsyncKernelManager(
            kernel_name=provisioner.KERNEL,
            kernel_spec_manager=specs,
            transport="ipc",
            connection_file=str(folder / f"kernel-{len(managers)}.json"),
        )
        managers.append(manager)
        await manager.start_kernel(env={**os.environ, **environment}, cwd=str(folder))
        return manager

    try:
        yield start
    finally:
        for manager in managers:
            await manager.shutdown_kernel(now=True)
        provisioner.WARM.close()


async def ask(manager: AsyncKernelManager, expression: str) -> object:
    """Ask a kernel for the value of an expression."""
    client = manager.client()
    client.start_channels(iopub=False, stdin=False, hb=False, control=False)
    try:
        asked = {"value": f"__import__('json').dumps({expression})"}
        reply = await client.execute(
            "", silent=True, user_expressions=asked, reply=True, timeout=ANSWERS
        )
    finally:
        client.stop_channels()
    return json.loads(reply["content"]["user_expressions"]["value"]["data"]["text/plain"][1:-1])


async def until(test, seconds: float = 10.0) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not test():
        assert asyncio.get_running_loop().time() < deadline, f"not so after {seconds} s"
        await asyncio.sleep(0.02)


def the_warm_one() -> psutil.Process:
    [warm] = [
        child
        for child in psutil.Process().children()
        if "workshop_kit.serving.warm" in child.cmdline()
    ]
    return warm


def gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_each_kernel_is_a_process_of_its_own_with_its_own_chance_and_environment(tmp_path):
    async def run():
        async with warm_kernels(tmp_path) as start:
            kernels = [await start(MINE="one"), await start(MINE="two")]
            warm = the_warm_one()
            assert warm.num_threads() == 1, "a fork copies only one thread"
            assert {child.pid for child in warm.children()} == {
                kernel.provisioner.pid for kernel in kernels
            }
            about = (
                "[__import__('os').getpid(), __import__('os').getsid(0), __import__('os').getcwd(),"
                " __import__('os').environ['MINE'], __import__('random').random(),"
                " float(__import__('numpy').random.random())]"
            )
            one, two = [await ask(kernel, about) for kernel in kernels]
            assert [one[0], two[0]] == [kernel.provisioner.pid for kernel in kernels]
            assert (one[1], two[1]) == (one[0], two[0]), "a session of its own"
            assert one[2] == two[2] == str(tmp_path)
            assert (one[3], two[3]) == ("one", "two")
            assert one[4] != two[4]
            assert one[5] != two[5]

    run_apart(run())


@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, -9), (signal.SIGTERM, -15)])
def test_the_end_of_a_kernel_is_known_with_its_status_and_leaves_no_zombie(
    tmp_path, number, status
):
    async def run():
        async with warm_kernels(tmp_path) as start:
            kernel = await start()
            process = psutil.Process(kernel.provisioner.pid)
            assert await kernel.provisioner.poll() is None
            assert await kernel.is_alive()
            await kernel.provisioner.send_signal(number)
            assert await asyncio.wait_for(kernel.provisioner.wait(), 10) == status
            assert not await kernel.is_alive()
            await until(lambda: not process.is_running())
            # To what is over, a signal is nothing.
            await kernel.provisioner.send_signal(number)

    run_apart(run())


def test_a_kernel_can_be_asked_to_end_and_be_started_anew(tmp_path):
    async def run():
        async with warm_kernels(tmp_path) as start:
            kernel = await start(MINE="one")
            before = kernel.provisioner.pid
            await kernel.restart_kernel(now=True)
            assert (
                await ask(kernel, "__import__('os').getpid()") == kernel.provisioner.pid != before
            )
            await asyncio.wait_for(kernel.shutdown_kernel(), 15)
            assert not kernel.has_kernel

    run_apart(run())


def test_a_kernel_outlives_the_warm_process_and_the_next_begins_another(tmp_path, caplog):
    async def run():
        async with warm_kernels(tmp_path) as start:
            kernel = await start()
            first = the_warm_one()
            first.kill()
            await until(lambda: gone(first))
            assert await ask(kernel, "1 + 1") == 2
            another = await start()
            assert the_warm_one().pid != first.pid
            assert await ask(another, "2 + 2") == 4
            orphan = psutil.Process(kernel.provisioner.pid)
            await kernel.provisioner.kill()
            assert await kernel.provisioner.wait() == -9
            await until(lambda: gone(orphan))

    with caplog.at_level(logging.WARNING):
        run_apart(run())
    assert "the warm process has ended; another is begun" in caplog.messages


def test_kernels_end_with_the_server_even_while_they_are_busy(tmp_path):
    server = tmp_path / "server.py"
    server.write_text(
        """
import asyncio, sys, pathlib
sys.path.insert(0, sys.argv[1])
import test_provisioner as t

async def main():
    async with t.warm_kernels(pathlib.Path(sys.argv[2])) as start:
        idle, busy = await start(), await start()
        asyncio.create_task(t.ask(busy, "[0 for _ in iter(int, 1)]"))
        await asyncio.sleep(0.3)
        print(idle.provisioner.pid, busy.provisioner.pid, t.the_warm_one().pid, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
""",
        encoding="utf-8",
    )

    async def run():
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(server),
            str(Path(__file__).parent),
            str(tmp_path),
            stdout=asyncio.subprocess.PIPE,
        )
        line = await asyncio.wait_for(process.stdout.readline(), ANSWERS)
        left = [psutil.Process(int(pid)) for pid in line.split()]
        assert len(left) == 3
        process.kill()
        await process.wait()
        await until(lambda: all(gone(one) for one in left))

    run_apart(run())


def test_without_a_warm_process_kernels_start_in_the_ordinary_way_and_the_log_says_so(
    tmp_path, monkeypatch, caplog
):
    async def run():
        async with warm_kernels(tmp_path) as start:
            monkeypatch.setattr(provisioner.sys, "executable", "/bin/false")
            kernel = await start()
            assert await ask(kernel, "1 + 1") == 2
            assert await kernel.provisioner.poll() is None

    with caplog.at_level(logging.WARNING):
        run_apart(run())
    assert "a kernel was started in the ordinary way (WarmProcessError)" in caplog.messages


def warm_ones() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if not gone(child) and "workshop_kit.serving.warm" in child.cmdline()
    ]


def test_a_warm_process_that_is_replaced_goes_with_the_last_of_its_kernels(tmp_path):
    async def run():
        async with warm_kernels(tmp_path) as start:
            old = await start()
            before = the_warm_one()
            provisioner.WARM.retire()
            new = await start()
            assert await ask(old, "1") == await ask(new, "1") == 1
            assert psutil.Process(old.provisioner.pid).ppid() == before.pid
            assert psutil.Process(new.provisioner.pid).ppid() != before.pid
            await old.provisioner.kill()
            assert await asyncio.wait_for(old.provisioner.wait(), 10) == -9
            await until(lambda: gone(before))
            assert await ask(new, "1") == 1
            await start()
            assert not before.is_running(), "and no zombie is left of it"

    run_apart(run())


def test_a_warm_process_that_is_replaced_while_it_begins_leaves_nobody_waiting(tmp_path):
    async def run():
        async with warm_kernels(tmp_path) as start:
            first = asyncio.create_task(start())
            await until(lambda: warm_ones())
            provisioner.WARM.retire()
            kernels = await asyncio.wait_for(asyncio.gather(first, start()), ANSWERS)
            assert [await ask(kernel, "1") for kernel in kernels] == [1, 1]
            await until(lambda: len(warm_ones()) == 1)

    run_apart(run())


def comings_and_goings(folder: Path, times: int) -> list[tuple[int, int]]:
    """Start and end kernels; how many descriptors and processes there are after each."""

    async def run():
        counted = []
        me = psutil.Process()
        async with warm_kernels(folder) as start:
            for _ in range(times):
                kernel = await start()
                await kernel.provisioner.kill()
                await asyncio.wait_for(kernel.provisioner.wait(), 10)
                await kernel.cleanup_resources()
                warm = the_warm_one()
                await until(lambda warm=warm: not warm.children())
                counted.append((me.num_fds() + warm.num_fds(), len(me.children(recursive=True))))
        return counted

    return run_apart(run())


def test_kernels_that_are_over_leave_neither_process_nor_descriptor(tmp_path):
    counted = comings_and_goings(tmp_path, 6)
    assert counted[-1] == counted[1]


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_thousand_kernels_leave_neither_process_nor_descriptor(tmp_path):
    counted = comings_and_goings(tmp_path, 1000)
    assert counted[-1] == counted[1]
