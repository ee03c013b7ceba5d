"""Find a Chromium for the tests, or install one; never go without and never say nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

# The first is Debian's browser without a window of its own, which takes a third of the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# No call home by the browser itself: the tests count every request that leaves this machine.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
CURE = (
    "The browser tests need a Chromium. Install it with 'apt-get install chromium-headless-shell' "
    "(Debian), 'playwright install chromium' or from your system's shop, or set CHROMIUM to it."
)


class NoChromiumError(RuntimeError):
    """There is no Chromium, and none could be installed."""


def find(playwright: Playwright) -> str:
    return _on_this_machine(playwright) or _installed(playwright)


def _on_this_machine(playwright: Playwright) -> str | None:
    said = os.environ.get("CHROMIUM")
    named = [shutil.which(name) for name in NAMES]
    candidates = [said, *named, str(MAC), playwright.chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


def _installed(playwright: Playwright) -> str:
    debian = Path("/etc/debian_version").exists() and hasattr(os, "geteuid")
    if debian and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", NAMES[0]], check=False)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = _on_this_machine(playwright)
    if not found:
        raise NoChromiumError(CURE)
    return found
