from __future__ import annotations

import re

import pytest

from workshop_kit.exercises import journey
from workshop_kit.serving import guide
from workshop_kit.shelf import guide_folder

NAMES = sorted(path.stem for path in guide_folder().glob("*.md"))


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
    # A table does not fit a phone with large letters, and a list does.
    assert "<table" not in html


@pytest.mark.parametrize("exercise", journey(), ids=lambda exercise: exercise.id)
def test_every_exercise_has_a_page_with_all_a_facilitator_needs(exercise):
    text = (guide_folder() / f"{exercise.id}.md").read_text(encoding="utf-8")
    title = text.partition("\n")[0]
    assert title.startswith("# Leading ")
    assert title.endswith(exercise.title)
    [minutes] = re.findall(r"\*\*Minutes\.\*\* (\d+)", text)
    assert int(minutes) == exercise.minutes
    parts = re.findall("^## (.*)$", text, re.MULTILINE)
    assert parts == [
        *("To say, in your own words", "What tends to come up", "Questions for afterwards"),
        *("Variations", "When it stirs something"),
    ]
    assert "**Aim.**" in text


def test_the_beginning_leads_to_every_page():
    _, html = guide.read(guide.START, "/guide")
    led_to = set(re.findall('href="/guide/([a-z_]+)', html))
    assert led_to >= set(NAMES) - {guide.START}


def test_whoever_is_named_with_a_year_is_among_the_sources():
    sources = (guide_folder() / "sources.md").read_text(encoding="utf-8")
    for name in NAMES:
        text = (guide_folder() / f"{name}.md").read_text(encoding="utf-8")
        for names, year in re.findall(
            r"([A-Z][\w, -]+?(?: and \w+)?),? \(?((?:19|20)\d\d)\)", text
        ):
            first = re.findall(r"[A-Z][\w-]+", names)[0]
            assert re.search(rf"^- {first}, .*\({year}\)", sources, re.MULTILINE), (name, names)


def test_the_run_sheets_are_shown_with_links_to_their_exercises():
    _, html = guide.read(guide.SHEETS, "/guide")
    assert html.count("The end</li>") == 11
    assert '<a href="/guide/small_thing">One small thing, with me</a>' in html


def test_html_in_the_guide_is_shown_as_text(tmp_path, monkeypatch):
    (tmp_path / "index.md").write_text("# One\n\n<script>no()</script>\n", encoding="utf-8")
    monkeypatch.setattr(guide, "guide_folder", lambda: tmp_path)
    assert "<script>" not in guide.read("index", "/guide")[1]
