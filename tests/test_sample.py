"""The invented trainee's journal."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from workshop_kit import fold, from_journal, load_exercise
from workshop_kit.patterns import activation
from workshop_kit.sample import SAMPLE, sample_entries, write_sample
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import load_wording


def test_the_file_holds_what_the_generator_makes(tmp_path):
    assert from_journal(SAMPLE.read_text(encoding="utf-8")) == sample_entries()
    made = tmp_path / "made.json"
    write_sample(made)
    assert SAMPLE.read_bytes() == made.read_bytes()


def test_writing_again_changes_nothing(tmp_path):
    path = tmp_path / "made.json"
    assert write_sample(path)
    assert not write_sample(path)


def test_another_seed_tells_the_same_moments_under_other_ids():
    one, other = sample_entries(), sample_entries(7)
    assert [entry.words for entry in one] == [entry.words for entry in other]
    assert not {entry.id for entry in one} & {entry.id for entry in other}


def test_there_are_eight_moments_with_a_few_words_each():
    entries = sample_entries()
    assert len(entries) == 8
    assert fold(entries) == entries
    assert all(0 < len(" ".join(entry.words.values()).split()) < 40 for entry in entries)


def test_every_answer_is_one_that_can_be_given():
    arriving, wording = load_exercise("arriving"), load_wording()
    opened_from = {choice.id for choice in arriving.part("opened_from").choices}
    prompts = {prompt.id for prompt in arriving.part("note").prompts}
    for entry in sample_entries():
        assert (entry.exercise, entry.content) == (arriving.id, arriving.version)
        assert entry.setting in {None, *(choice.id for choice in wording.settings)}
        assert entry.answers.keys() <= {"systems", "opened_from"}
        assert entry.answers.get("opened_from", "threat") in opened_from
        assert entry.words.keys() <= prompts | set(arriving.part("bridge").asks)
        sizes = entry.answers.get("systems", {})
        if isinstance(sizes, str):
            assert sizes in ("numb", "something_else", "cant_tell")
        else:
            assert sizes.keys() <= set(SYSTEMS)
            assert all(0 <= size <= 10 and size % 0.5 == 0 for size in sizes.values())


def test_every_field_says_when_it_was_changed():
    for entry in sample_entries():
        fields = [f"answers.{question}" for question in entry.answers]
        fields += [f"words.{question}" for question in entry.words]
        fields += ["setting"] if entry.setting else []
        assert sorted(entry.times) == sorted(fields)
        assert entry.begun < min(entry.times.values())
        assert max(entry.times.values()) == entry.changed


def test_the_clock_is_the_one_in_london():
    for entry in sample_entries():
        london = entry.begun.astimezone(ZoneInfo("Europe/London"))
        assert entry.local.utcoffset() == london.utcoffset()
    assert {entry.offset for entry in sample_entries()} == {60, 0}


def test_moments_come_when_they_come_and_the_last_is_no_calmer_than_the_first():
    days = [entry.begun.date() for entry in sample_entries()]
    assert days == sorted(days)
    assert len({later - earlier for earlier, later in pairwise(days)}) == len(days) - 1
    table = activation(sample_entries())
    first, last = table.iloc[0], table.iloc[-1]
    assert abs(first["threat"] - last["threat"]) <= 1
    assert table["threat"].min() < last["threat"]
    assert table["soothing"].max() > last["soothing"]
