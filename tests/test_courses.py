"""A course of one's own, as somebody who writes no Python makes it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import READY
from pages import move, wait_until_kept
from playwright.sync_api import expect

from workshop_kit import content_schema, courses, notebooks, shelf
from workshop_kit.cli import main
from workshop_kit.exercises import journey, load_exercise


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A new course, entered."""
    monkeypatch.setenv(shelf.COURSE, "")
    folder = tmp_path / "course"
    assert main(["new", "course", str(folder)]) == 0
    yield folder
    monkeypatch.undo()
    shelf.forget()


def write(folder, name, text):
    path = folder / "content" / "en" / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (0, path.stat().st_mtime + 2))
    shelf.forget()
    return path


def test_a_new_course_is_the_workshop_as_it_is(course, capsys):
    assert len(list((course / "notebooks").glob("*.ipynb"))) == len(journey())
    assert notebooks.folder() == course / "notebooks"
    capsys.readouterr()
    assert main(["check", str(course)]) == 0
    assert capsys.readouterr().out.endswith("nothing to mend\n")


def test_a_new_exercise_can_be_done_as_it_is_written(course, capsys):
    assert main(["new", "exercise", "two_chairs", "--in", str(course)]) == 0
    exercise = load_exercise("two_chairs")
    assert exercise.number == max(one.number for one in journey()) == 13
    assert [part.kind for part in exercise.parts if part.keeps] == [
        *("systems", "choice", "words", "bridge"),
    ]
    assert (course / "notebooks" / "13_two_chairs.ipynb").exists()
    assert main(["check", str(course)]) == 0
    assert main(["worksheets", "-o", str(course / "out"), "--html", "--course", str(course)]) == 0
    assert (course / "out" / "13_two_chairs-a4.html").exists()


def test_words_of_the_workshop_that_changed_are_told_until_they_are_seen(
    course, monkeypatch, capsys, tmp_path
):
    own = write(course, "arriving.yaml", "parts:\n  - id: door\n    text: Our own door.\n")
    assert main(["build", str(course)]) == 0
    assert main(["check", str(course)]) == 0
    # As if the workshop had been upgraded.
    upgraded = tmp_path / "content"
    upgraded.mkdir()
    (upgraded / "en").mkdir()
    for file in (shelf.CONTENT / "en").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("Name one thing you can hear", "Name one")
        (upgraded / "en" / file.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(shelf, "CONTENT", upgraded)
    shelf.forget()
    capsys.readouterr()
    for _ in range(2):
        assert [fault.line for fault in courses.differences(course)] == [3]
    [fault] = courses.differences(course)
    assert fault.file == own
    assert "the workshop's own words of 'parts/door/text' have changed" in fault.what
    assert courses.differences(course, seen=True) == []
    assert courses.differences(course) == []


def test_an_id_that_is_gone_from_the_workshop_is_told(course, monkeypatch, tmp_path):
    write(course, "shared.yaml", "settings:\n  - {id: study, label: The library}\n")
    assert courses.differences(course) == []
    upgraded = tmp_path / "content" / "en"
    upgraded.mkdir(parents=True)
    for file in (shelf.CONTENT / "en").glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("- id: study\n", "- id: studying\n")
        (upgraded / file.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(shelf, "CONTENT", upgraded.parent)
    shelf.forget()
    [fault] = courses.differences(course)
    assert "the workshop no longer has 'settings/study/label'" in fault.what


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (["new", "exercise", "Two Chairs"], "'Two Chairs' cannot be an exercise's id"),
        (["new", "exercise", "arriving"], "there is a 'arriving' already"),
        (["new", "exercise", "shared"], "there is a 'shared' already"),
    ],
)
def test_what_cannot_be_an_exercise_is_said_in_one_sentence(course, capsys, given, what):
    capsys.readouterr()
    assert main([*given, "--in", str(course)]) == 1
    told = capsys.readouterr().err
    assert what in told
    assert told.count("\n") == 1


def test_a_folder_that_is_no_course_is_said(tmp_path, capsys):
    for command in (["serve", "--no-browser"], ["build"]):
        assert main([*command, str(tmp_path)]) == 1
        assert f"{tmp_path} is no course" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert main(["new", "course", str(tmp_path)]) == 1
    assert "is there already and is not empty" in capsys.readouterr().err


def test_all_mistakes_of_all_files_are_told_at_once(course, capsys):
    write(course, "rain.yaml", "id: rain\n number: 20\n")
    write(course, "wind.yaml", "id: wind\nnumber: 21\nparts: []\n")
    write(course, "arriving.yaml", "parts:\n  - {id: door, kind: window, text: So}\n")
    write(course, "moves.yaml", "parts:\n  - {id: door, text: One}\n  - {id: door, text: Two}\n")
    capsys.readouterr()
    assert main(["check", str(course)]) == 1
    told = capsys.readouterr().out
    for name, what in (
        ("rain.yaml:2", "this is not YAML"),
        ("wind.yaml", "'title' is missing"),
        ("wind.yaml", "'parts' has too few items"),
        ("arriving.yaml:2", "the kind 'window' is not known"),
        ("moves.yaml:3", "the id 'door' stands here twice"),
    ):
        assert any(name in line and what in line for line in told.splitlines()), (name, told)
    assert "Traceback" not in told


def test_the_published_schema_is_the_one_that_the_models_make():
    published = json.loads(content_schema.SCHEMA.read_text(encoding="utf-8"))
    assert published == content_schema.content_schema()
    kinds = {kind for one in published["$defs"].values() for kind in _kinds(one)}
    text = (Path(content_schema.SCHEMA).parent / "authoring.md").read_text(encoding="utf-8")
    assert kinds == set(re.findall(r"^### `(\w+)`", text, re.MULTILINE))


def _kinds(model):
    kind = model.get("properties", {}).get("kind", {})
    return [kind["const"]] if "const" in kind else kind.get("enum", [])


def test_a_course_in_a_browser_follows_what_is_written(course, own_server, visit):
    assert main(["new", "exercise", "two_chairs", "--in", str(course)]) == 0
    server = own_server(str(course))
    page = visit(server.url)
    page.get_by_role("link", name="Two chairs").first.click()
    page.wait_for_selector(READY, state="attached")
    move(page, "Threat", 2)
    wait_until_kept(page, 6)
    page.get_by_role("radio", name="A window").check()
    expect(page.locator(".ws-kept[role=status]")).to_contain_text("Kept in this browser")
    # What is written while it is open is there after a reload, in prose and in controls.
    file = course / "content" / "en" / "two_chairs.yaml"
    text = file.read_text(encoding="utf-8")
    write(course, file.name, text.replace("title: Two chairs", "title: Three chairs"))
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("heading", level=1)).to_have_text("Three chairs")
    write(course, file.name, text.replace("label: A window", "label: A skylight"))
    page.reload()
    page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("radio", name="A skylight")).to_be_checked()
    # With a mistake, what was there last stays, and the mistake is told once.
    write(course, file.name, text.replace("minutes: 10", "minutes: ten"))
    for _ in range(2):
        page.reload()
        page.wait_for_selector(READY, state="attached")
    expect(page.get_by_role("radio", name="A skylight")).to_be_checked()
    told = server.log.read_text(encoding="utf-8")
    assert told.count("'minutes' should be a whole number") == 1
    assert "The pages stay as they were until this is mended." in told
    write(course, file.name, text)
    page.goto(server.page("12_patterns"))
    page.wait_for_selector("figure[data-drawn]", state="attached")
    expect(page.get_by_role("article")).to_contain_text("Two chairs")
    expect(page.get_by_role("article")).to_contain_text("A window")
