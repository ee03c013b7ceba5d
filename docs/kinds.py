"""Take the pictures of ``authoring.md``: ``python docs/kinds.py``, with a Chromium at hand."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.browser import chromium
from benchmarks.frameworks import WORKSHOP, serving
from workshop_kit.exercises import journey

KINDS = (
    *("systems", "setting", "choice", "words", "bridge", "acts", "stems", "sort"),
    *("tone", "flows", "day", "letter", "sitting", "pause"),
)
READY = "html[data-workshop-ready=true]"
INTO = Path(__file__).parent / "kinds"


def main() -> None:
    """Open the first page that has a part of each kind, and take a picture of its control."""
    INTO.mkdir(exist_ok=True)
    with serving(WORKSHOP) as served, chromium() as browser:
        page = browser.new_page(viewport={"width": 560, "height": 3000})
        for kind in KINDS:
            exercise, part = next(
                (one, part)
                for one in journey("en")
                for part in one.parts
                if part.kind == kind and part.has_control
            )
            page.goto(f"{served.address}/voila/render/{exercise.name}.ipynb")
            page.wait_for_selector(READY, state="attached")
            cell = page.locator(f'[data-cell="code-{part.id.replace("_", "-")}"]')
            cell.screenshot(path=INTO / f"{kind}.png", animations="disabled")


if __name__ == "__main__":
    main()
