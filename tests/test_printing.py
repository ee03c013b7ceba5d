from __future__ import annotations

import re
from pathlib import Path
from tempfile import gettempdir

import pytest

from workshop_kit.printing import PrintingError, find_chromium, print_to_pdf

PAGE = (
    "<!DOCTYPE html><title>Tea</title><style>@page { size: A4 }</style>"
    '<p>Two</p><p style="break-before: page">pages'
)


def left_behind():
    return {
        path for path in Path(gettempdir()).glob("workshop-kit-*") if (path / "page.html").exists()
    }


@pytest.fixture
def no_chromium(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")


def test_a_page_is_printed_and_nothing_of_it_is_left_behind(chromium_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", chromium_path)
    before = left_behind()
    pdf = print_to_pdf(PAGE)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2
    # A4 in points.
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", pdf)
    assert left_behind() == before


def test_without_a_chromium_it_says_what_to_do(no_chromium):
    assert find_chromium() is None
    with pytest.raises(PrintingError, match=r"choose a name that ends in \.html"):
        print_to_pdf(PAGE)


def test_a_chromium_that_does_not_print_is_said_in_one_sentence(monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o700)
    monkeypatch.setenv("CHROMIUM", str(broken))
    before = left_behind()
    with pytest.raises(PrintingError, match="did not make a PDF"):
        print_to_pdf(PAGE)
    assert left_behind() == before


def test_a_chromium_on_the_path_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "google-chrome").touch(0o700)
    assert find_chromium() == str(tmp_path / "google-chrome")
