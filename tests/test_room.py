"""How many pages have room: what is left of memory and files decides, whichever is less."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from workshop_kit.serving import room

GIB = 2**30


@pytest.mark.parametrize(
    ("memory", "files", "pages"),
    [
        (4 * GIB, 10**6, 123),  # (0.8 * 4096 - 200) / 25
        (4 * GIB, 1000, 100),  # (1000 - 100) / 9
        (0, 10**6, room.FEWEST),
        (4 * GIB, 64, room.FEWEST),
    ],
)
def test_the_scarcer_of_memory_and_files_decides(memory, files, pages):
    assert room.most_pages(memory, files) == pages


def test_the_limit_of_a_container_counts(tmp_path, monkeypatch):
    limit, used = tmp_path / "memory.max", tmp_path / "memory.current"
    monkeypatch.setattr(room, "_CONTAINERS", ((str(limit), str(used)),))
    machine = room.free_memory()
    limit.write_text("max\n")
    used.write_text("1\n")
    assert room.free_memory() == pytest.approx(machine, rel=0.5)
    limit.write_text(f"{100 * 2**20}\n")
    used.write_text(f"{40 * 2**20}\n")
    assert room.free_memory() == 60 * 2**20
    used.write_text(f"{140 * 2**20}\n")
    assert room.free_memory() == 0


def test_as_many_files_as_the_system_allows_may_be_open():
    code = "from workshop_kit.serving import room; print(room.raise_file_limit())"
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))

    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, preexec_fn=few
    )
    assert int(ran.stdout) == hard
