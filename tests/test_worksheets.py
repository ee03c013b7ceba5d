"""The exercises on paper: everything that is asked is there, and nothing that paper cannot do."""

from __future__ import annotations

import re
from html import unescape

import pytest
from access import expect_no_fault

from workshop_kit import shelf
from workshop_kit.cli import main
from workshop_kit.exercises import journey
from workshop_kit.support import load_support
from workshop_kit.wording import load_wording
from workshop_kit.worksheets import has_sheet, worksheet

PAGES = [page for page in journey("en") if has_sheet(page)]


def said(html):
    """What can be read on a sheet, as one line."""
    body = html.split("<body>")[1]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def asked(part):
    """The texts of a part that somebody answers."""
    match part.kind:
        case "words":
            return [one.label for one in part.prompts]
        case "choice":
            return [part.legend, *(one.label for one in part.choices)]
        case "stems":
            return [
                *part.stems[0].label.split("…"),
                *(one.label for one in part.marks),
                part.second,
            ]
        case "acts":
            return [one.label for one in part.landed]
        case "sort":
            return [one.label for one in (*part.bins, *part.items)]
        case "flows":
            return [*(one.label for one in part.people), part.myself]
        case "tone":
            return [*(one.label for one in part.phrases), part.curious.least, part.tender.most]
        case "day":
            return [part.moment]
        case "sitting":
            return list(part.steps)
        case "pause":
            return [text for one in part.anchors for text in (one.label, one.text)]
        case "letter":
            return [part.prompt.label]
        case "bridge":
            return [load_wording("en").bridge[one] for one in part.asks]
        case "systems":
            return [load_wording("en").systems["drive"].name, load_wording("en").sizes.numb]
        case "setting":
            return [one.label for one in load_wording("en").settings]
    return []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_everything_that_is_asked_stands_on_the_sheet(page):
    read = said(worksheet(page))
    for part in page.parts:
        if part.kind != "home":
            for text in asked(part):
                assert " ".join(text.split()) in read, (part.id, text)
    assert page.title in read
    assert load_support("en").countries[0].contacts[0].how in read


def test_there_is_a_sheet_for_all_but_what_shows_moments_that_were_kept():
    assert [page.id for page in journey("en") if not has_sheet(page)] == ["patterns"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_sheet_has_no_script_and_asks_for_nothing(page):
    html = worksheet(page)
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!data:)|url\((?!"?data:)|https?:', html)


def test_what_is_drawn_on_is_empty_and_has_a_name():
    drawn = {page.id: worksheet(page).split("<body>")[1] for page in PAGES}
    assert drawn["arriving"].count('class="blank"') == 3
    assert drawn["day"].count('class="blank"') == 18
    for name in ("moves", "tone"):
        assert re.search(r'<svg [^>]*aria-label="An empty ', drawn[name])
        assert "ws-point" not in drawn[name]


def test_paper_and_letters_are_those_that_were_asked_for():
    page = PAGES[1]
    assert "@page { size: A4;" in worksheet(page)
    letter = worksheet(page, "letter", large=True)
    assert "@page { size: letter;" in letter
    assert 'class="letter large"' in letter


def test_a_sheet_speaks_its_language():
    [page] = [page for page in journey("de") if page.id == "arriving"]
    html = worksheet(page, language="de")
    assert '<html lang="de"' in html
    assert "Ankommen" in html
    assert "TelefonSeelsorge" in html
    assert "Where to turn" not in html


def test_a_courses_own_exercise_has_a_sheet(tmp_path, monkeypatch):
    path = tmp_path / "content" / "en" / "rain.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "id: rain\nnumber: 20\nversion: 1\ntitle: Rain\nminutes: 5\nsummary: Weather.\n"
        "parts:\n  - {id: note, kind: words, text: Look., prompts: [{id: note, label: A drop}]}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv(shelf.COURSE, str(tmp_path))
    shelf.forget()
    assert main(["worksheets", "-o", str(tmp_path / "out"), "--html", "--exercises", "rain"]) == 0
    assert "A drop" in (tmp_path / "out" / "20_rain-a4.html").read_text(encoding="utf-8")
    monkeypatch.undo()
    shelf.forget()


def test_axe_finds_nothing_in_a_sheet(browser, tmp_path):
    page = browser.new_page()
    for one in PAGES:
        path = tmp_path / f"{one.id}.html"
        path.write_text(worksheet(one), encoding="utf-8")
        page.goto(path.as_uri())
        expect_no_fault(page)
    page.close()


def test_a_chromium_prints_them(tmp_path, chromium_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", chromium_path)
    given = ["worksheets", "-o", str(tmp_path), "--paper", "letter", "--exercises", "diary"]
    assert main(given) == 0
    path = tmp_path / "11_diary-letter.pdf"
    assert capsys.readouterr().out == f"{path}\n"
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    # What is there is left as it is.
    assert main(given) == 1
    assert "is there already" in capsys.readouterr().err
    assert main([*given, "--force"]) == 0


def test_without_a_chromium_they_are_html_and_it_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    assert main(["worksheets", "-o", str(tmp_path / "new"), "--exercises", "diary,tone"]) == 0
    assert "open one in a browser and print it from there" in capsys.readouterr().out
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["07_tone-a4.html", "11_diary-a4.html"]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (["--exercises", "patterns"], "there is no exercise 'patterns' that can be done on paper"),
        (["--language", "xx"], "there is no language 'xx' here; there are: en, de"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(tmp_path, capsys, given, what):
    assert main(["worksheets", "-o", str(tmp_path), *given]) == 1
    assert what in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["worksheets", "-o", str(tmp_path / "file")]) == 1
    assert "cannot be made; choose one that is yours" in capsys.readouterr().err
