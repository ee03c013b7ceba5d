"""How many pages have room on this machine: by its memory, and by what one process may open."""

from __future__ import annotations

import contextlib
from pathlib import Path

import psutil

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

# Measured by `benchmarks`: what a page more takes of the memory (PSS), and of the server's files.
PAGE_BYTES = 25 * 2**20
PAGE_FILES = 9
# What the server and its warm process take themselves, and what is left to everything else.
SERVER_BYTES = 200 * 2**20
SERVER_FILES = 100
SHARE = 0.8
FEWEST = 4

_CONTAINERS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def most_pages(memory: int | None = None, files: int | None = None) -> int:
    """Return how many pages may be open at once.

    Parameters
    ----------
    memory
        Bytes that are free; those of this machine, or of the container it runs in, by default.
    files
        How many files a process may have open; as many as the system allows by default.

    Examples
    --------
    >>> most_pages(memory=8 * 2**30, files=20_000)
    254
    >>> most_pages(memory=8 * 2**30, files=1024)
    102
    """
    memory = free_memory() if memory is None else memory
    files = raise_file_limit() if files is None else files
    by_memory = int((SHARE * memory - SERVER_BYTES) // PAGE_BYTES)
    by_files = (files - SERVER_FILES) // PAGE_FILES
    return max(FEWEST, min(by_memory, by_files))


def free_memory() -> int:
    """Return how many bytes can still be had, in this machine or in the container it runs in."""
    free = psutil.virtual_memory().available
    for limit, used in _CONTAINERS:
        # Without a limit there is no such file, or it holds a word.
        with contextlib.suppress(OSError, ValueError):
            free = min(free, _number(limit) - _number(used))
    return max(0, free)


def raise_file_limit() -> int:
    """Let this process open as many files as it may, and return how many."""
    if resource is None:
        return 8192
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS calls a limit endless and still refuses more than this.
    wanted = 10_240 if hard == resource.RLIM_INFINITY else hard
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return wanted if soft == resource.RLIM_INFINITY else soft


def _number(path: str) -> int:
    return int(Path(path).read_text(encoding="ascii"))
