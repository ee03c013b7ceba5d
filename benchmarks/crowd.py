"""Many visitors at once, and what they cost the server."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence

from tornado.httpclient import AsyncHTTPClient

from benchmarks.frameworks import Framework, Served
from benchmarks.processes import cpu_seconds, memory_mb
from benchmarks.visitors import WITHIN, Visit

MOVES = 4  # each visitor moves a control so often while the page is open
THINKS = (0.5, 2.5)  # seconds between two moves
SETTLES = 1.0  # seconds until a server has done what follows from a join

Measures = dict[str, float]


async def join(
    framework: Framework, served: Served, count: int, *, think: bool = False
) -> Measures:
    """Let ``count`` visitors open the page in the same moment, and leave when all have it.

    Parameters
    ----------
    framework, served
        What is visited, and where.
    count
        How many visitors.
    think
        Whether they stay for a while and move a control now and then.

    Returns
    -------
    dict
        Seconds until the controls were there (``ready …``) and until the first move was answered
        (``answered …``), for the first, the median, the 95th of a hundred and the last visitor;
        ``lost`` visitors; ``cpu per join`` in seconds and ``memory per page`` in MB; with ``think``
        also ``move …``, seconds from a later move to its answer.
    """
    AsyncHTTPClient.configure(None, max_clients=4 * count)
    memory, cpu = memory_mb(served.pid), cpu_seconds(served.pid)
    visiting = (asyncio.wait_for(framework.visit(served.address), WITHIN) for _ in range(count))
    came = await asyncio.gather(*visiting, return_exceptions=True)
    await asyncio.sleep(SETTLES)
    there = [visit for visit in came if isinstance(visit, Visit)]
    measured = {
        "lost": count - len(there),
        "cpu per join": (cpu_seconds(served.pid) - cpu) / count,
        "memory per page": (memory_mb(served.pid) - memory) / max(1, len(there)),
    }
    for name in ("ready", "answered"):
        measured |= spread(name, [getattr(visit, name) for visit in there])
    if think:
        measured |= await _stay(there)
    for visit in there:
        visit.socket.close()
    return measured


def spread(name: str, seconds: Sequence[float]) -> Measures:
    """Return the first, the median, the 95th of a hundred and the last.

    Examples
    --------
    >>> spread("ready", [3.0, 1.0, 2.0])
    {'ready first': 1.0, 'ready median': 2.0, 'ready p95': 3.0, 'ready last': 3.0}
    """
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        f"{name} first": ordered[0],
        f"{name} median": statistics.median(ordered),
        f"{name} p95": ordered[round(0.95 * (len(ordered) - 1))],
        f"{name} last": ordered[-1],
    }


async def _stay(visits: Sequence[Visit]) -> Measures:
    async def think_and_move(visit: Visit) -> list[float]:
        taken = []
        for _ in range(MOVES):
            await asyncio.sleep(random.uniform(*THINKS))  # noqa: S311
            began = time.monotonic()
            await visit.again()
            taken.append(time.monotonic() - began)
        return taken

    stayed = await asyncio.gather(*map(think_and_move, visits), return_exceptions=True)
    taken = [one for moves in stayed if isinstance(moves, list) for one in moves]
    dropped = sum(isinstance(moves, BaseException) for moves in stayed)
    return {"dropped": dropped, **spread("move", taken)}
