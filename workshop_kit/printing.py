"""Print a page to PDF with a Chromium, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from workshop_kit.complaints import Complaint

BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge", "brave-browser"),
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WITHIN = 120  # seconds for a long page on a slow machine
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
)


class PrintingError(Complaint):
    """A page could not be printed; the message is one sentence with the cure."""


def find_chromium() -> str | None:
    """Return the path of a Chromium of any make, or ``None``; ``CHROMIUM`` may say which."""
    said = os.environ.get("CHROMIUM")
    if said:
        return shutil.which(said)
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def print_to_pdf(html: str) -> bytes:
    """Return a page as the bytes of a PDF.

    Parameters
    ----------
    html
        A document that needs nothing else.

    Returns
    -------
    bytes
        What it passes through on the way is removed again.

    Raises
    ------
    PrintingError
        If there is no Chromium, or it does not print.
    """
    chromium = find_chromium()
    if chromium is None:
        raise PrintingError(
            "there is no Chromium here to make a PDF with; choose a name that ends in .html, open "
            "that file in a browser and print it from there"
        )
    # Its folder is open to this account only.
    with TemporaryDirectory(prefix="workshop-kit-", ignore_cleanup_errors=True) as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(html, encoding="utf-8", newline="\n")
        command = [chromium, *_QUIET, *_unboxed(), f"--user-data-dir={folder}/profile"]
        command += [f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            subprocess.run(command, capture_output=True, timeout=WITHIN, check=True)  # noqa: S603
            return pdf.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise PrintingError(
                "the Chromium that is here did not make a PDF; choose a name that ends in .html, "
                "open that file in a browser and print it from there"
            ) from None


def _unboxed() -> list[str]:
    """Return what Chromium asks for where it cannot shut itself in, which is so for root."""
    return ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
