"""What each page looks like, held to pictures that somebody has looked at.

A picture is that of one browser and one way of drawing letters, so these are compared only where
`.ci/run` has built the environment (``WORKSHOP_KIT_PINNED``). After a change that is meant,
`make review` takes the pictures anew; look at what changed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from conftest import DESK, PHONE
from PIL import Image, ImageChops
from playwright.sync_api import Page
from test_served_trees import PAGES, settle

SCREENS = Path(__file__).with_name("screens")
REVIEW = "WORKSHOP_KIT_REVIEW" in os.environ
SIZES = {"phone": PHONE, "desk": DESK}
HALF = 2  # pictures are kept at half their size, which is enough to see what moved
FAINT = 40  # of 255; a letter drawn a hair's breadth aside differs by less, once halved
FEW = 0.004  # the share of points that may differ by more


def screen(page: Page) -> Image.Image:
    """The whole page in grey, at half its size."""
    page.evaluate("document.fonts.ready")
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    return taken.convert("L").reduce(HALF)


def differing(one: Image.Image, other: Image.Image) -> float:
    """Return the share of points that differ by more than a little."""
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[FAINT:]) / sum(counts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_it_did(served, visit, name, size):
    page = visit(f"{served.url}{PAGES[name]}", size=SIZES[size], complaints=name == "nowhere")
    settle(page, name)
    found, file = screen(page), SCREENS / f"{name}-{size}.png"
    if REVIEW:
        found.quantize(16).save(file, optimize=True)
    kept = Image.open(file).convert("L")
    assert found.size == kept.size
    assert differing(found, kept) < FEW


def test_every_picture_is_of_a_page():
    assert {file.stem for file in SCREENS.glob("*.png")} == {
        f"{name}-{size}" for name in PAGES for size in SIZES
    }


def test_a_line_that_moved_is_a_difference_and_a_fainter_letter_is_none():
    page = Image.new("L", (180, 400), 250)
    letter, moved = page.copy(), page.copy()
    letter.paste(230, (20, 20, 160, 30))
    moved.paste(60, (20, 20, 160, 24))
    assert differing(page, letter) < FEW < differing(page, moved)
