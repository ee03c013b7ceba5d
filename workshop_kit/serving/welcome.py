"""What whoever starts the server is told: the addresses, and the browser that opens on one."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import segno

from workshop_kit.serving.settings import Settings


def welcome(settings: Settings, folder: Path, *, key: str | None, lead_key: str | None) -> None:
    """Say where the workshop is open, and open a browser there.

    Parameters
    ----------
    settings
        What the host decided.
    folder
        Where a file that only this account can read may lie.
    key
        What opens a journal in a file, if there is one.
    lead_key
        What lets a facilitator in, if a group can be led here.
    """
    address = settings.address
    if settings.in_a_room:
        segno.make(address, micro=False).terminal(compact=True)
    opens = address
    if key:
        address = f"{address}open#{key}"
        opens = redirect_to(address, folder)
        _say("This link opens the journal in your file; please keep it to you.")
    _say(f"The workshop is open at {address}")
    if lead_key:
        lead = f"{address}lead#{lead_key}"
        _say(f"To lead a group, open {lead}")
        if settings.in_a_room:
            opens = redirect_to(lead, folder)
    _say("To close it, press Ctrl+C.")
    if settings.browser and not _open_browser(opens):
        _say("No browser could be opened here; please open the address yourself.")


def redirect_to(address: str, folder: Path) -> str:
    """Return the address of a file that leads to ``address``.

    The address itself would stand in the command that opens the browser, where every account of
    this machine can read it; this file only its owner can.
    """
    page = folder / "open.html"
    page.touch(mode=0o600)
    page.write_text(f'<meta http-equiv="refresh" content="0;url={address}">', encoding="utf-8")
    return page.as_uri()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _open_browser(address: str, find: Callable[[], Any] = webbrowser.get) -> bool:
    """Open the home page; without a display or a browser that is not a fault."""
    try:
        return bool(find().open(address))
    except (webbrowser.Error, OSError):
        return False
