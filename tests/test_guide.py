from __future__ import annotations

import re

import pytest

from workshop_kit.serving import guide

NAMES = sorted(path.stem for path in guide.folder().glob("*.md"))


def test_the_guide_begins_somewhere():
    assert guide.START in NAMES


@pytest.mark.parametrize("name", ["", "nothing", "../README", "index.md", "Index"])
def test_what_is_no_page_of_the_guide_is_not_there(name):
    assert guide.read(name, "/guide") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_title_and_every_link_leads_somewhere(name):
    title, html = guide.read(name, "/base/guide")
    [heading] = re.findall("<h1.*?>(.*?)</h1>", html)
    assert re.sub("<.*?>", "", heading) == title
    for url in re.findall('<a href="(.*?)"', html):
        page, _, place = url.partition("#")
        other = guide.read(
            page.removeprefix("/base/guide").strip("/") or guide.START, "/base/guide"
        )
        assert other, url
        assert not place or f'id="{place}"' in other[1], url
    assert '.md"' not in html


def test_html_in_the_guide_is_shown_as_text(tmp_path, monkeypatch):
    (tmp_path / "index.md").write_text("# One\n\n<script>no()</script>\n", encoding="utf-8")
    monkeypatch.setattr(guide, "folder", lambda: tmp_path)
    assert "<script>" not in guide.read("index", "/guide")[1]
