"""The invented trainee's journal."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from journals import PICTURES

from workshop_kit import fold, from_journal
from workshop_kit.exercises import GATHERED, journey
from workshop_kit.sample import SAMPLE, sample_entries, write_sample
from workshop_kit.sentences import FLOOR, stands_on
from workshop_kit.systems import INSTEAD, SYSTEMS
from workshop_kit.tables import tables
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
    told = [[list(entry.words.values()) for entry in entries] for entries in (one, other)]
    assert told[0] == told[1]
    assert not {entry.id for entry in one} & {entry.id for entry in other}


def test_there_are_about_twenty_five_moments_with_a_few_words_each():
    entries = sample_entries()
    assert 22 <= len(entries) <= 28
    assert fold(entries) == entries
    assert all(len(" ".join(entry.words.values()).split()) < 40 for entry in entries)


def test_every_picture_has_something_to_say_of_it():
    made = tables(sample_entries(), journey())
    for picture in PICTURES:
        assert stands_on(picture, made) >= FLOOR, picture


def test_every_answer_is_one_that_can_be_given():
    pages = {page.id: page for page in journey()}
    settings = {None, *(choice.id for choice in load_wording().settings)}
    for entry in sample_entries():
        page = pages[entry.exercise]
        assert entry.content == page.version
        assert entry.setting in settings
        asks_where = any(part.kind == "setting" for part in page.parts)
        assert entry.setting is None or asks_where
        known = [part for part in page.parts if part.keeps]
        for name, answer in entry.answers.items():
            [part] = [part for part in known if name == part.id or name.startswith(f"{part.id}_")]
            assert can_be_given(part, name.removeprefix(part.id).strip("_"), answer), name
        for name in entry.words:
            assert any(asks(part, name) for part in known), name


def asks(part, name):
    """Whether a part asks for the words that are kept under a name."""
    prompts = [prompt.id for prompt in getattr(part, "prompts", ())]
    prompts += list(getattr(part, "asks", ()))
    prompts += [part.prompt.id] if part.kind == "letter" else []
    return name in prompts or (part.kind in GATHERED and name.startswith(f"{part.id}_"))


def can_be_given(part, rest, answer):
    """Whether a trainee could have left this answer on the page of today."""
    ids = {
        choice.id
        for field in ("choices", "stems", "marks", "bins", "items", "stops", "people", "landed")
        for choice in getattr(part, field, ())
    }
    match part.kind, answer:
        case "systems", str():
            return answer in INSTEAD
        case (("systems" | "day"), dict()) if rest != "loop":
            in_halves = all(0 <= size <= 10 and size % 0.5 == 0 for size in answer.values())
            return answer.keys() <= set(SYSTEMS) and in_halves and (not rest or rest in ids)
        case "day", dict():
            circles = {f"{stop}_{system}" for stop in ids for system in SYSTEMS}
            return set(answer.values()) <= circles
        case "acts", dict():
            shares = [answer[system] for system in SYSTEMS if system in answer]
            placed = not shares or (sum(shares) == 1 and all(64 * one % 1 == 0 for one in shares))
            return placed and answer.get("landed", "hardly") in ids
        case "tone", dict():
            return answer.keys() == {"curious", "tender"} and max(map(abs, answer.values())) <= 10
        case "flows", dict():
            return rest in {*ids, "myself"} and set(answer.values()) == {1.0}
        case (("choice" | "stems" | "sort"), str()):
            return answer in ids
    return False


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
    assert len({later - earlier for earlier, later in pairwise(days)}) > 4
    table = tables(sample_entries(), journey()).activation
    first, last = table.iloc[0], table.iloc[-1]
    assert abs(first["threat"] - last["threat"]) <= 1
    assert table["threat"].min() < last["threat"]
    assert table["soothing"].max() > last["soothing"]


def test_the_story_beside_it_is_told_in_the_order_in_which_it_went():
    story = SAMPLE.with_suffix(".md").read_text(encoding="utf-8")
    assert "invented" in story
    told = [story.index(text) for text in ("soup", "sea", "stew", "Sunday")]
    assert told == sorted(told)
