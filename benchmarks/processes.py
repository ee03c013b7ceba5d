"""What a server's processes have used: processor time, and memory that is theirs alone."""

from __future__ import annotations

import re
from pathlib import Path

import psutil


def tree(pid: int) -> list[psutil.Process]:
    """Return a process and all that it and they have begun."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu_seconds(pid: int) -> float:
    """Add up a tree's processor time, with that of children which have ended, in seconds."""
    total = 0.0
    for process in tree(pid):
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return total


def memory_mb(pid: int) -> float:
    """Add up a tree's memory in MB; what processes share counts once (PSS).

    Only Linux tells that; elsewhere it is the memory that each process alone would free (USS).
    """
    return sum(_of_one(process) for process in tree(pid)) / 1e6


def _of_one(process: psutil.Process) -> int:
    try:
        told = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
        return 1024 * int(re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)[0])
    except (ProcessLookupError, IndexError):
        return 0
    except FileNotFoundError:
        try:
            return process.memory_full_info().uss
        except psutil.NoSuchProcess:
            return 0
