"""A second language, whole: every text that a participant can read, with the same places in it."""

from __future__ import annotations

import re
import string
from datetime import datetime

import pytest
import yaml

from workshop_kit import checks, locales, shelf
from workshop_kit.booklet import booklet_of
from workshop_kit.exercises import journey, load_exercise
from workshop_kit.sample import sample_entries
from workshop_kit.telling import tell_entry
from workshop_kit.voice import LIST
from workshop_kit.wording import load_controls, load_wording

OTHERS = [code for code in shelf.languages() if code != shelf.ENGLISH]
FILES = [name for name in shelf.names() if name != LIST]
# What is for the software, and the same in every language.
SAME, IDS = {"id", "kind", "shelf", "figure"}, {"asks", "pools", "bank"}


def tree(language, name):
    path = shelf.CONTENT / language / name
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def texts(node, where=()):
    """Walk through every text that people read: where it stands, and what it says."""
    if isinstance(node, dict):
        for key, value in node.items():
            # Lists of ids stand for what they name; other lists are read.
            if key not in SAME and not (key in IDS and isinstance(value, list)):
                yield from texts(value, (*where, key))
    elif isinstance(node, list):
        for place, item in enumerate(node):
            name = item.get("id", place) if isinstance(item, dict) else place
            yield from texts(item, (*where, name))
    elif not re.fullmatch(r"[\d.]+|true|false", node):
        yield where, node


def holes(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("name", [name for name in FILES if name != "support.yaml"])
@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing_and_each_has_the_same_places(language, name):
    english, other = dict(texts(tree("en", name))), dict(texts(tree(language, name)))
    assert not [where for where in english if not other.get(where, "").strip()]
    extra = {where for where in other if where not in english}
    assert extra <= {("systems", system, "inside") for system in ("threat", "drive", "soothing")}
    for where, text in english.items():
        if "{" in text and where[-1] not in ("tick_time", "tick_day"):
            assert holes(other[where]) == holes(text), where


@pytest.mark.parametrize("language", OTHERS)
def test_links_lead_where_the_english_ones_do(language):
    for page in journey("en"):
        for part in page.parts:
            other = load_exercise(page.id, language).part(part.id)
            assert re.findall(r"\]\((\S+?)\)", other.text) == re.findall(r"\]\((\S+?)\)", part.text)


@pytest.mark.parametrize("language", OTHERS)
def test_every_file_can_be_read_and_keeps_to_the_voice(language):
    assert checks.check([shelf.CONTENT / language]).faults == ()


@pytest.mark.parametrize("language", OTHERS)
def test_ids_and_kinds_are_those_of_english(language):
    for one, other in zip(journey("en"), journey(language), strict=True):
        assert [(part.id, part.kind) for part in one.parts] == [
            (part.id, part.kind) for part in other.parts
        ]
        assert (one.name, one.version, one.minutes) == (other.name, other.version, other.minutes)


def test_each_language_is_called_by_its_own_name():
    names = {code: load_wording(code).language for code in shelf.languages()}
    assert names["de"].name == "Deutsch"
    assert len({one.tag for one in names.values()}) == len(names)


def test_days_are_written_as_each_language_does():
    when = datetime(2026, 3, 5, 7, 9)
    assert locales.moment(when, "en-GB", "full") == "Thursday 5 March 2026, 07:09"
    assert locales.moment(when, "de", "full") == "Donnerstag, 5. März 2026, 07:09"
    assert locales.day(when.date(), "de", "medium") == "05.03.2026"
    # A language without locale data still has its dates.
    assert locales.day(when.date(), "qqq") == "5 March 2026"


def test_a_number_has_the_form_that_its_language_gives_it():
    welsh = {"told": "{count} tudalen", "told_two": "{count} dudalen", "told_zero": "dim"}
    forms = [locales.form(welsh, "told", count, "cy") for count in (0, 2, 4)]
    assert forms == ["dim", "{count} dudalen", "{count} tudalen"]


def test_a_moment_and_a_booklet_speak_the_language_of_their_process(monkeypatch):
    monkeypatch.setenv(shelf.LANGUAGE, "de")
    assert tell_entry(sample_entries()[0]).startswith("Ankommen, Mittwoch, 16. September 2026")
    html = booklet_of(sample_entries())
    assert '<html lang="de">' in html
    assert "Ein Heft zum Mitnehmen" in html
    assert load_controls().words["and"] == "und"
    assert not re.search(r"\b(?:Where to turn|September 16|moments|The three systems)\b", html)
