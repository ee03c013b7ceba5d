"""How jupyter-server-proxy starts the workshop on Binder: the same ``serve``, behind a base URL."""

from __future__ import annotations

import sys
from typing import Any


def server() -> dict[str, Any]:
    """Describe the server to jupyter-server-proxy, which puts in the port and the base URL."""
    command = [sys.executable, "-m", "workshop_kit", "serve", "--no-browser", "--sample"]
    return {
        "command": [
            *command,
            "--behind-proxy",
            "--port",
            "{port}",
            "--base-url",
            "{base_url}workshop/",
        ],
        "absolute_url": True,
        "timeout": 60,
        "launcher_entry": {"title": "Workshop", "enabled": True},
    }
