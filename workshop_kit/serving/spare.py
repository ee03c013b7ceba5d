"""A spare: a process that has imported what the exercises need, and waits to become a kernel.

Run as ``python -m workshop_kit.serving.spare``. It says one line when it is warm, reads one line of
JSON that tells it whose kernel it is, and ends when its standard input does: the server has gone.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading

from workshop_kit.serving import forked

_said: queue.Queue[str] = queue.Queue()


def main() -> None:
    """Wait, warm, for a page; then be its kernel."""
    threading.Thread(target=_listen, daemon=True).start()
    forked.prepare()
    sys.stdout.write("warm\n")
    sys.stdout.flush()
    forked.begin(json.loads(_said.get())).start()


def _listen() -> None:
    """Hear whose kernel this is, and end it as soon as its server has gone, however busy it is."""
    for line in sys.stdin:
        _said.put(line)
    os._exit(0)


if __name__ == "__main__":
    main()
