from __future__ import annotations

import shutil
import socket
import subprocess
import sys

import pytest

from workshop_kit import __version__, shelf
from workshop_kit.cli import main
from workshop_kit.notebooks import folder
from workshop_kit.shelf import CONTENT


@pytest.fixture
def busy_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course's own copy of the English content, which a test may change."""
    shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path / "content")
    shelf.forget()
    yield tmp_path / "content" / "en"
    shelf.forget()


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "workshop_kit", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_says_its_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"workshop-kit {__version__}\n")


def test_help_names_every_command():
    done = run("--help")
    assert done.returncode == 0
    assert {"serve", "build", "check", "booklet"} <= set(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: COMMAND; see 'workshop-kit --help'"),
        (["srve"], "invalid choice: 'srve'"),
        (["serve", "--prot=1"], "unrecognized arguments: --prot=1"),
        (["serve", "--port", "0"], "a port is a number from 1 to 65535, not '0'"),
        (["serve", "--port", "65536"], "a port is a number from 1 to 65535, not '65536'"),
        (["serve", "--port", "http"], "a port is a number from 1 to 65535, not 'http'"),
        (["serve", "--base-url", "x"], "a base URL starts with '/', unlike 'x'"),
        (["serve", "--gone-after", "soon"], "seconds are a number above 0, not 'soon'"),
        (["serve", "--gone-after", "nan"], "seconds are a number above 0, not 'nan'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_sentence(capsys, arguments, sentence):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("workshop-kit: ")
    assert said.err.count("\n") == 1
    assert sentence in said.err


def test_a_port_in_use_is_said_in_one_sentence_with_another_port(busy_port):
    done = run("serve", "--no-browser", "--port", str(busy_port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"workshop-kit: port {busy_port} is in use by another program; "
        f"choose another with --port, such as --port {busy_port + 1}\n"
    )


@pytest.mark.parametrize(
    ("ip", "sentence"),
    [
        ("203.0.113.7", "this machine has no address 203.0.113.7; give --ip one of its own"),
        ("no address", "the server cannot listen on no address port"),
    ],
)
def test_an_address_that_is_not_ours_is_said_in_one_sentence(ip, sentence):
    done = run("serve", "--no-browser", "--ip", ip)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"workshop-kit: {sentence}")
    assert done.stderr.count("\n") == 1


@pytest.mark.timeout(30)
@pytest.mark.parametrize("command", [["build"], ["serve", "--no-browser"]])
def test_a_fault_in_the_words_is_said_with_its_line_and_its_cure(course, capsys, command):
    path = course / "arriving.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = lines.index("minutes: 10") + 1
    lines[line - 1] = "minutes: ten"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert main(command) == 1
    assert capsys.readouterr().err == (
        f"workshop-kit: {path}:{line}: 'minutes' should be a whole number; write it like 5\n"
    )


def test_build_says_where_it_looked_when_nothing_changed(capsys):
    assert main(["build"]) == 0
    assert capsys.readouterr().out == f"nothing to change in {folder()}\n"
