from __future__ import annotations

import subprocess
import sys

import pytest

import workshop_kit

QUIET = """
import sys
seen = []
WATCHED = ("socket.", "subprocess.", "os.fork", "os.posix_spawn")
sys.addaudithook(lambda event, _arguments: event.startswith(WATCHED) and seen.append(event))
import threading
threading.Thread.start = lambda thread: seen.append("a thread")
{imports}
assert not seen, seen
heavy = {{"pandas", "plotly", "voila", "tornado", "ipykernel"}} & set(sys.modules)
print(sorted(heavy))
"""
CORE = "entries, exercises, file_store, journal, support, systems, theme, wording, yaml_files"


def run(imports):
    command = [sys.executable, "-c", QUIET.format(imports=imports)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("imports", ["import workshop_kit", f"from workshop_kit import {CORE}"])
def test_importing_starts_no_thread_socket_or_process_and_loads_nothing_heavy(imports):
    done = run(imports)
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_what_is_watched_for_would_be_seen():
    assert "socket" in run("import socket; socket.socket()").stderr
    assert "a thread" in run("threading.Thread(target=print).start()").stderr
    assert "subprocess" in run("import subprocess; subprocess.run(['true'])").stderr
    assert run("import pandas").stdout == "['pandas']\n"


def test_there_are_about_ten_public_names_and_all_of_them_resolve():
    assert 5 <= len(workshop_kit.__all__) <= 12
    for name in workshop_kit.__all__:
        assert getattr(workshop_kit, name).__name__ == name
    assert set(workshop_kit.__all__) <= set(dir(workshop_kit))


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'workshop_kit' has no attribute 'score'"):
        workshop_kit.score  # noqa: B018
