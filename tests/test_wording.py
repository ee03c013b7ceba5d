from __future__ import annotations

import shutil
import string
from typing import get_args

import pytest

from workshop_kit import shelf
from workshop_kit.shelf import CONTENT
from workshop_kit.wording import Ask, Home, SizeWords, load_wording
from workshop_kit.yaml_files import ContentError

# What Python and the widgets put into a sentence.
FILLED = {
    *("size", "sizes", "answer", "time", "minutes"),
    *("count", "ranges", "system", "least", "most"),
    *("came", "here", "gone", "away", "there", "home", "done", "all"),
}


def sentences(words):
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for word in words.values():
            yield from sentences(word)
    elif isinstance(words, list | tuple):
        for word in words:
            yield from sentences(word)


def test_every_home_of_the_journal_and_every_question_of_the_bridge_has_words():
    assert set(load_wording().homes) == set(get_args(Home))
    assert set(load_wording().bridge) == set(get_args(Ask))


def test_every_place_in_a_sentence_is_one_that_is_filled():
    places = {
        name
        for sentence in sentences(load_wording().model_dump())
        for _, name, _, _ in string.Formatter().parse(sentence)
        if name is not None
    }
    assert places
    assert places <= FILLED


def test_every_setting_is_there_once():
    ids = [setting.id for setting in load_wording().settings]
    assert len(ids) == len(set(ids))


def test_each_home_says_who_could_read_the_words():
    homes = load_wording().homes
    assert all(home.short != home.who for home in homes.values())
    assert len({home.who for home in homes.values()}) == len(homes)


def test_a_fault_in_the_shared_words_is_told_with_its_line(tmp_path, monkeypatch):
    shutil.copytree(CONTENT, tmp_path / "content")
    path = tmp_path / "content" / "en" / "shared.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = lines.index("pause:") + 1
    path.write_text("\n".join([*lines[: line - 1], "paws:", *lines[line:]]), encoding="utf-8")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path / "content")
    with pytest.raises(ContentError) as caught:
        load_wording.__wrapped__()
    assert f"{path}:{line}: 'paws' is not known here; check its spelling" in str(caught.value)


def test_every_size_has_a_word():
    sizes = load_wording().sizes
    assert [sizes.word(half / 2) for half in range(21)] == [
        "nothing at all",
        *["very small"] * 4,
        *["small"] * 4,
        *["medium"] * 4,
        *["large"] * 4,
        *["very large"] * 3,
        "as large as it gets",
    ]


@pytest.mark.parametrize("steps", [[5, 10, 7], [2, 4], [5, 5, 10]])
def test_words_for_sizes_that_leave_one_without_a_word_are_refused(steps):
    words = load_wording().sizes.model_dump()
    words["steps"] = [{"up_to": step, "word": "so"} for step in steps]
    with pytest.raises(ValueError, match="from small to large, the last up to 10"):
        SizeWords.model_validate(words)
