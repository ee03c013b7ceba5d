"""The documents as a site: every link and reference leads somewhere, and nothing is fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from workshop_kit.exercises import journey

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build it as `make site` does: a warning is an error."""
    into = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    done = subprocess.run(
        [*command, "-c", "docs", ".", str(into)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return into


def test_every_document_is_a_page_of_it(site):
    for folder in ("facilitator_guide", "docs"):
        for file in (ROOT / folder).glob("*.md"):
            assert (site / folder / f"{file.stem}.html").exists(), file


def test_the_run_sheets_stand_on_their_page(site):
    html = (site / "facilitator_guide" / "run_sheets.html").read_text(encoding="utf-8")
    assert html.count("The end") == 11
    assert f'href="{journey("en")[1].id}.html"' in html


def test_no_page_of_it_fetches_anything_from_elsewhere(site):
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        fetched = re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(https?:[^"]*)"', html)
        assert fetched == [], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?https?:|@import", sheet.read_text(encoding="utf-8"))
