from __future__ import annotations

import re
import shutil

import pytest

from workshop_kit import notebooks, shelf
from workshop_kit.serving.assets import Assets
from workshop_kit.serving.pages import APOLOGIES, Pages


@pytest.fixture(scope="module")
def assets():
    return Assets()


@pytest.fixture
def pages(assets):
    return Pages("/base/", assets, ("browser", "visit"), notebooks.folder())


@pytest.fixture
def second_language(tmp_path, monkeypatch):
    """The words of the workshop in one more language, which is much like English."""
    shutil.copytree(shelf.CONTENT / "en", tmp_path / "en")
    shutil.copytree(shelf.CONTENT / "en", tmp_path / "cy")
    shared = tmp_path / "cy" / "shared.yaml"
    text = shared.read_text(encoding="utf-8").replace("tag: en-GB", "tag: cy")
    text = text.replace("name: English", "name: Cymraeg").replace("begin: Where to", "begin: Ble i")
    shared.write_text(text, encoding="utf-8")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path)
    shelf.forget()
    yield "cy"
    shelf.forget()


def test_one_language_is_nothing_to_choose(pages, tmp_path, monkeypatch):
    shutil.copytree(shelf.CONTENT / "en", tmp_path / "en")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path)
    assert shelf.languages() == ("en",)
    assert "hreflang" not in pages.home()
    assert '<html lang="en-GB">' in pages.home()
    assert "?language" not in pages.home()


def test_a_second_language_can_be_chosen_on_every_page_and_stays_chosen(pages, second_language):
    first, second = pages.home(), pages.home(second_language)
    offered = re.findall(r'<a href="(\?language=\w+)" lang="([\w-]+)".*?>(\w+)</a>', first)
    assert offered == [("?language=en", "en-GB", "English"), ("?language=cy", "cy", "Cymraeg")]
    assert "Where to begin" in first
    assert "Ble i begin" in second
    assert '<html lang="cy">' in second
    inside = re.findall(r'href="(/base/(?:voila|guide).*?)"', second)
    assert inside
    assert all(url.endswith("?language=cy") for url in inside)
    assert "hreflang" in pages.apology(404, second_language)
    assert "hreflang" not in pages.leave("/base/", second_language)


def test_every_apology_has_its_words_and_a_way_home(pages):
    titles = {
        re.search("<h1>(.*?)</h1>", pages.apology(status))[1] for status in (*APOLOGIES, 400, 500)
    }
    assert len(titles) == len(APOLOGIES) + 1
    for status in (*APOLOGIES, 500):
        assert 'href="/base/"' in pages.apology(status)


def test_a_page_says_where_it_is_and_leads_on_and_back(pages):
    page = pages.notebook(notebooks.folder() / "05_weight.ipynb", "7")
    assert "<title>Whose weight is this · Where care comes from</title>" in page
    onward = page[page.index('<nav class="onward"') :]
    assert re.findall(r"(\w+)\.ipynb", onward) == ["06_staying", "04_small_thing"]
    first = pages.notebook(notebooks.folder() / "00_welcome.ipynb", "7")
    assert re.findall(r"(\w+)\.ipynb", first[first.index('<nav class="onward"') :]) == [
        "01_arriving"
    ]


def test_each_kind_of_words_can_be_told_apart_on_the_page(pages):
    page = pages.notebook(notebooks.folder() / "01_arriving.ipynb", "7")
    for kind in ("door", "example"):
        assert f'<section class="words {kind}"' in page
