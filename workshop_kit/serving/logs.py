"""Logs that hold no words, addresses, codes or keys.

What this package logs is written with that in mind and passes. What other libraries log was not:
of it remain the library, the level, the kind of error and the place in the code.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

OURS = "workshop_kit"
# A page that leaves closes its sockets, and what one of them was about to hear has nowhere to go.
EXPECTED = ("Got events for closed stream %s",)


class DiscreetFormatter(logging.Formatter):
    """Write our own messages as they are, and of others only where they come from."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        if record.name.split(".")[0] == OURS:
            return f"{at} {record.levelname.lower()}: {record.getMessage()}"
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "message"
        place = f"{Path(record.pathname).name}:{record.lineno}"
        return f"{at} {record.levelname.lower()}: {record.name.split('.')[0]} {kind} at {place}"


def quieten(level: int = logging.WARNING) -> None:
    """Send every library's log through one discreet handler on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(DiscreetFormatter())
    handler.addFilter(lambda record: record.msg not in EXPECTED)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(capture=True)
    sys.excepthook = _discreet_excepthook
    threading.excepthook = lambda failed: _discreet_excepthook(
        failed.exc_type, failed.exc_value, failed.exc_traceback
    )
    sys.unraisablehook = lambda failed: _discreet_excepthook(
        failed.exc_type, failed.exc_value, failed.exc_traceback
    )


def _discreet_excepthook(
    kind: type[BaseException], _value: BaseException | None, trace: TracebackType | None
) -> None:
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    sys.stderr.write(f"workshop-kit: stopped by {kind.__name__} at {place}\n")
