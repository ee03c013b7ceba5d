from __future__ import annotations

import logging
import re
import subprocess
import sys

import pytest

from workshop_kit.serving.logs import DiscreetFormatter

PRIVATE = "quokka"
# Everything that a library or a fault could say, said after the logs were made discreet.
TALKATIVE = """
import asyncio, gc, logging, sys, threading, warnings

loud = logging.getLogger("loud.library")
loud.addHandler(logging.StreamHandler())
loud.propagate = False
from workshop_kit.serving import logs
logs.quieten()
"""
TELLS = {
    "a logger of a library": "loud.warning('{private}')",
    "a logger made later": "logging.getLogger('late').error('{private}')",
    "the root logger": "logging.warning('%s', '{private}')",
    "an error and its traceback": (
        "try: fail()\nexcept ValueError: logging.exception('{private}')"
    ),
    "a warning": "warnings.warn('{private}')",
    "a task": (
        "async def task(): fail()\n"
        "async def main(): asyncio.create_task(task())\n"
        "asyncio.run(main()); gc.collect()"
    ),
    "a thread": "thread = threading.Thread(target=fail)\nthread.start()\nthread.join()",
    "a finalizer": "class Fails:\n    def __del__(self): fail()\ndel_me = Fails()\ndel del_me",
    "the end of the process": "fail()",
}


def record(name, message, *arguments, error=None):
    exc_info = (type(error), error, None) if error else None
    return logging.LogRecord(
        name, logging.ERROR, "/somewhere/private/handlers.py", 42, message, arguments, exc_info
    )


def test_our_own_messages_pass():
    line = DiscreetFormatter().format(record("workshop_kit.serving.visits", "a kernel %s", "died"))
    assert re.fullmatch(r"\d\d:\d\d:\d\d error: a kernel died", line)


def test_of_our_own_errors_the_traceback_does_not():
    line = DiscreetFormatter().format(record("workshop_kit", "no", error=ValueError(PRIVATE)))
    assert line.endswith("error: no")


@pytest.mark.parametrize("name", ["tornado.access", "root", "workshop_kits", "py.warnings"])
def test_of_a_librarys_message_only_its_place_is_left(name):
    line = DiscreetFormatter().format(record(name, f"GET /{PRIVATE} %s", PRIVATE))
    assert line.endswith(f"error: {name.split('.')[0]} message at handlers.py:42")
    assert PRIVATE not in line


def test_of_a_librarys_error_only_its_kind_and_place_are_left():
    line = DiscreetFormatter().format(record("tornado", PRIVATE, error=KeyError(PRIVATE)))
    assert line.endswith("error: tornado KeyError at handlers.py:42")


def test_a_message_that_does_not_fit_its_arguments_is_no_fault():
    assert DiscreetFormatter().format(record("tornado", "%d %d", PRIVATE)).endswith(":42")


def test_a_socket_that_closed_before_its_turn_is_nothing_to_tell():
    tell = "logging.getLogger('tornado.general').warning('Got events for {} stream %s', 'one')\n"
    script = TALKATIVE + tell.format("closed") + tell.format("another")
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=True
    )
    assert done.stderr.count("warning: tornado message at") == 1


@pytest.mark.parametrize("tell", TELLS.values(), ids=TELLS)
def test_nothing_private_reaches_standard_error(tell):
    fail = f"def fail(): raise ValueError('{PRIVATE}')\n"
    script = TALKATIVE + fail + tell.replace("{private}", PRIVATE)
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert PRIVATE not in said
    assert re.search(
        r"^(\d\d:\d\d:\d\d (warning|error): |workshop-kit: stopped by )", said, re.MULTILINE
    )
