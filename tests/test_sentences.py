"""Sentences say what the entries hold: their numbers are read back and counted anew, by hand."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from journals import PICTURES, journals, many, words, worst_cases
from making import make_entry, with_systems

from workshop_kit.exercises import journey
from workshop_kit.sentences import FLOOR, sentence, stands_on
from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import tables

FEW = "Here they are, as you left them."
EMPTY = "What you place will be drawn here."
# A cause, a trend, a preference, a verdict: what no sentence may say.
NEVER = re.compile(
    r"\b(because|since|therefore|causes?|leads?|so that|due|more and more|less and less|increas\w*|"
    r"decreas\w*|rising|falling|trend\w*|improv\w*|worse\w*|better|usually|often|always|tend(?:s|ed|ing)?|"
    r"typical\w*|prefer\w*|average|mean|median|correlat\w*|good|bad|balanced?|should|too|only)\b",
    re.IGNORECASE,
)


def said(picture, entries, **more):
    return sentence(picture, tables(entries, journey()), words(), **more)


def all_said(entries):
    made = tables(entries, journey())
    return {picture: sentence(picture, made, words()) for picture in PICTURES}


# Worked by hand


def client_work():
    in_work = [
        {"threat": 8.0, "drive": 3.0},
        {"threat": 6.0, "drive": 2.5},
        {"threat": 9.0, "soothing": 1.0},
        {"threat": 7.5, "drive": 7.0},
        {"drive": 4.0, "soothing": 2.0},
        {"threat": 5.0, "drive": 5.0},
        {"threat": 9.5},
    ]
    entries = [with_systems(one, hours, setting="client_work") for hours, one in enumerate(in_work)]
    return [*entries, with_systems({"drive": 1.0, "soothing": 6.0}, 8, setting="home")]


def test_the_largest_circle_in_client_work():
    assert said("largest", client_work()) == (
        "This picture stands on 7 moments with more than one circle. "
        "In client work, threat was the largest circle in 4 of 6 moments, drive in 1, "
        "more than one in 1."
    )


def test_where_no_setting_has_enough_the_moments_are_counted_and_no_more():
    entries = [
        with_systems({"threat": 8.0, "drive": 3.0}, hours, setting=setting)
        for hours, setting in enumerate(("home", "study", None))
    ]
    assert said("largest", entries) == (
        "This picture stands on 3 moments with more than one circle."
    )


def test_the_settings_of_the_sizes():
    assert said("by_setting", [*client_work(), with_systems({"drive": 1.0}, 9)]) == (
        "This picture stands on 9 moments with a size: "
        "7 in client work, 1 at home, 1 where no setting was chosen."
    )


def test_the_ranges_of_the_three_systems():
    assert said("activation", [*client_work(), with_systems("numb", 9)]) == (
        "This picture stands on 9 moments with something chosen for the three systems. "
        "Threat was placed in 6, from medium to very large; drive was placed in 6, "
        "from very small to large; soothing was placed in 3, from very small to medium."
    )


def test_sizes_that_are_all_equal_are_one_word_and_no_range():
    entries = [with_systems({"threat": 5.0}, hours) for hours in range(3)]
    assert said("activation", entries).endswith("Threat was placed in 3, each time medium.")


def test_moments_that_are_all_without_sizes_say_so():
    entries = [with_systems("cant_tell", hours) for hours in range(3)]
    assert said("activation", entries) == (
        "This picture stands on 3 moments, all of them without sizes."
    )


def moved():
    places = [(1, 0, 0), (0, 0, 1), (0.5, 0.5, 0), (0.25, 0.5, 0.25)]
    answers = {
        f"acts_{item}_1": {**dict(zip(SYSTEMS, place, strict=True)), "landed": landed}
        for item, place, landed in zip(
            "abcd", places, ("hardly", "met_me", "hardly", "hardly"), strict=True
        )
    }
    answers["acts_a_2"] = {"threat": 0.0, "drive": 1.0, "soothing": 0.0}
    return make_entry(exercise="moves", answers={**answers, "acts_e_1": {"instead": "cant_tell"}})


def test_acts_are_counted_by_their_largest_share():
    assert said("acts", [moved()]) == (
        "This picture stands on 5 points. Threat had the largest share in 1 of 5, drive in 2, "
        "soothing in 1, more than one in 1."
    )


def test_the_words_for_how_care_landed_are_counted():
    assert said("landed", [moved()]) == (
        "This picture stands on 4 answers: “Hardly” 3 times, “It met me” once."
    )


def test_acts_from_more_than_one_place_are_counted():
    assert said("same_acts", [moved()]) == FEW
    assert said("same_acts", [moved(), moved(), moved()]).startswith(
        "3 acts of care were put in more than one place."
    )


def test_tones_are_counted_by_their_sides():
    answers = {"plane_voice": {"curious": -5.0, "tender": 0.0}}
    other = {"plane_colleague": {"curious": 5.0, "tender": 5.0}}
    entries = [make_entry(exercise="tone", answers=one) for one in (answers, answers, other)]
    assert said("tones", sorted(entries, key=lambda one: "plane_voice" not in one.answers)) in {
        "This picture stands on 3 points. " + one
        for one in (f"{VOICE}. {COLLEAGUE}.", f"{COLLEAGUE}. {VOICE}.")
    }


VOICE = (
    "“What the inner voice said” was put on the critical side in 2 of 2, "
    "between transactional and tender in 2"
)
COLLEAGUE = (
    "“What you would say to a colleague” was put on the curious side in 1 of 1, "
    "on the tender side in 1"
)


def test_days_and_the_loops_in_them_are_counted():
    plain = many(2, "day", {"stops_waking": {"threat": 1.0}})
    loop = make_entry(exercise="day", answers={"stops_loop": {"step_1": "early_threat"}})
    assert said("days", [*plain, plain[0].model_copy(update={"id": loop.version})]) == (
        "This picture stands on 3 days."
    )
    assert said("days", [*plain, loop]) == (
        "This picture stands on 3 days. A loop was drawn in 1 of them."
    )


def test_taps_are_counted_by_flow():
    answers = {
        "week_clients": {"out": 1.0},
        "week_family": {"out": 1.0, "offered": 1.0},
        "week_myself": {"turned_away": 1.0},
    }
    assert said("flows", [make_entry(exercise="flows", answers=answers)]) == (
        "This picture stands on taps for 3 people and places: "
        "“Went out” 2 times, “Was offered” once, “Turned away” once."
    )


def test_weights_are_counted_by_whose_they_are():
    answers = {"weights_a": "service", "weights_b": "mine", "weights_c": "service"}
    assert said("weights", [make_entry(exercise="weight", answers=answers)]) == (
        "This picture stands on 3 weights: “Mine to carry for now” once, "
        "“Belongs to my workplace or to society” 2 times."
    )


# At the floor


@pytest.mark.parametrize("picture", PICTURES)
def test_of_nothing_it_is_said_what_will_be_here(picture):
    assert said(picture, []) == EMPTY
    assert said(picture, [], filtered=True) == (
        "Nothing is drawn here for these days and this setting."
    )


# Whatever was placed: each number is read out of its sentence and counted anew from the entries


@settings(max_examples=40)
@given(journals)
def test_no_sentence_contradicts_the_entries(entries):
    made = tables(entries, journey())
    for picture, told in all_said(entries).items():
        count = stands_on(picture, made)
        if count < FLOOR:
            assert told == (FEW if count else EMPTY)
        elif told != FEW:
            RECOUNTS[picture](told, entries)
        # What is named is not what is said.
        assert not NEVER.search(re.sub("“.*?”", "", told))


def numbers(pattern, told):
    """Every match of a pattern in a sentence, its numbers as numbers."""
    return [
        tuple(int(group) if group.isdecimal() else group for group in match)
        for match in re.findall(pattern, told)
    ]


def systems_of(entries):
    for entry in entries:
        answer = entry.answers.get("systems")
        if answer:
            yield entry.setting, answer


def sizes_of(entries):
    return [(where, answer) for where, answer in systems_of(entries) if isinstance(answer, dict)]


def largest_of(numbers):
    """The largest of {system: number}, or "more than one"."""
    largest = [name for name, number in numbers.items() if number == max(numbers.values())]
    return largest[0] if len(largest) == 1 else "more than one"


def recount_activation(told, entries):
    assert int(re.search(r"\d+", told)[0]) == len(list(systems_of(entries)))
    for name in SYSTEMS:
        placed = [answer[name] for _, answer in sizes_of(entries) if name in answer]
        found = numbers(
            rf"(?i:{name}) was placed in (\d+), (?:from (.*?) to|each time) (.*?)[;.]", told
        )
        assert bool(found) is bool(placed)
        for count, least, most in found:
            assert count == len(placed)
            assert (least or most, most) == (word(min(placed)), word(max(placed)))


def word(size):
    bounds = {0: "nothing at all", 2: "very small", 4: "small", 6: "medium", 8: "large"}
    bounds |= {9.5: "very large", 10: "as large as it gets"}
    return next(text for bound, text in bounds.items() if size <= bound)


PLACES = {
    "in client work": "client_work",
    "at home": "home",
    "unknown_here": "unknown_here",
    "where no setting was chosen": None,
}


def recount_by_setting(told, entries):
    found = Counter(where for where, _ in sizes_of(entries))
    total, settings_told = re.fullmatch(r".* on (\d+) moments with a size: (.*)\.", told).groups()
    said_of = {
        PLACES[place]: int(number)
        for number, _, place in (one.partition(" ") for one in settings_told.split(", "))
    }
    assert (int(total), said_of) == (sum(found.values()), dict(found))


def recount_largest(told, entries):
    found = {}
    for where, answer in sizes_of(entries):
        if len(answer) > 1 and max(answer.values()) > 0:
            found.setdefault(where, Counter())[largest_of(answer)] += 1
    assert int(re.search(r"\d+", told)[0]) == sum(map(Counter.total, found.values()))
    sentences = told.split(". ")[1:]
    enough = {where: one for where, one in found.items() if one.total() >= FLOOR}
    assert len(sentences) == len(enough)
    for one in sentences:
        place, of = re.match(r"(.*?), .* (?:of (\d+) moments)", one).groups()
        where = PLACES[place[0].lower() + place[1:]]
        assert int(of) == enough[where].total()
        assert shares_told(one) == dict(enough[where])


def shares_told(told):
    """Read {system: number} out of "threat … in 4 of 6 …, drive in 1, more than one in 1"."""
    name = "(threat|drive|soothing|more than one)(?: circle)?"
    found = re.findall(rf"(?i)\b{name}(?: {VERBS})? in (\d+)", told)
    return {name.lower(): int(number) for name, number in found}


VERBS = "(?:was the largest(?: circle)?|had the largest share)"


def acts_of(entries):
    """Every time of every act: (moment, act, answer)."""
    for entry in entries:
        for name, answer in entry.answers.items():
            if name.startswith("acts_"):
                yield entry.id, name.rpartition("_")[0], answer


def recount_acts(told, entries):
    placed = [
        {name: one[name] for name in SYSTEMS} for *_, one in acts_of(entries) if "threat" in one
    ]
    found = Counter(map(largest_of, placed))
    assert int(re.search(r"\d+", told)[0]) == (
        len(placed) or sum("instead" in one for *_, one in acts_of(entries))
    )
    assert shares_told(told) == dict(found)


def recount_same_acts(told, entries):
    where = {}
    for moment, act, one in acts_of(entries):
        if "threat" in one:
            where.setdefault((moment, act), set()).add(tuple(one[name] for name in SYSTEMS))
    assert int(re.search(r"\d+", told)[0]) == sum(len(places) > 1 for places in where.values())


LABELS = {
    **{"Hardly": "hardly", "Partly": "partly", "It met me": "met_me", "I can’t say": "cant_say"},
    **{"Mine to carry for now": "mine", "Shared with others": "shared", "Not sure": "not_sure"},
    "Belongs to my workplace or to society": "service",
    "unknown_here": "unknown_here",
    **{"Went out": "out", "Was offered": "offered", "Let in": "let_in"},
    "Turned away": "turned_away",
}


def times_told(told):
    found = re.findall(r"“(.*?)” (?:(\d+) times|once)", told)
    return {LABELS[label]: int(number or 1) for label, number in found}


def recount_landed(told, entries):
    found = Counter(one["landed"] for *_, one in acts_of(entries) if "landed" in one)
    assert int(re.search(r"\d+", told)[0]) == found.total()
    assert times_told(told) == dict(found)


def recount_weights(told, entries):
    found = Counter(
        answer
        for entry in entries
        for name, answer in entry.answers.items()
        if name.startswith("weights_")
    )
    assert int(re.search(r"\d+", told)[0]) == found.total()
    assert times_told(told) == dict(found)


def recount_flows(told, entries):
    taps = [
        answer
        for entry in entries
        for name, answer in entry.answers.items()
        if name.startswith("week_")
    ]
    assert int(re.search(r"\d+", told)[0]) == len(taps)
    assert times_told(told) == dict(Counter(flow for one in taps for flow in one))


def recount_days(told, entries):
    days = [entry for entry in entries if entry.exercise == "day" and entry.answers]
    found = [int(number) for number in re.findall(r"\d+", told)]
    drawn = sum("stops_loop" in entry.answers for entry in days)
    assert found == ([len(days), drawn] if drawn else [len(days)])


def recount_tones(told, entries):
    phrases = {
        "What the inner voice said": "voice",
        "What you would say to a colleague": "colleague",
    }
    total, told = re.fullmatch(r".* on (\d+) points\. (.*)\.", told).groups()
    placed = [
        (name.removeprefix("plane_"), answer)
        for entry in entries
        for name, answer in entry.answers.items()
        if name.startswith("plane_")
    ]
    assert int(total) == len(placed)
    assert {phrases[re.search("“(.*?)”", one)[1]] for one in told.split(". ")} == {
        phrase for phrase, _ in placed
    }
    for one in told.split(". "):
        phrase = phrases[re.search("“(.*?)”", one)[1]]
        points = [point for name, point in placed if name == phrase]
        assert int(re.search(r"of (\d+)", one)[1]) == len(points)
        sides = dict(re.findall(r"(on the \w+ side|between \w+ and \w+) in (\d+)", one))
        assert {side: int(number) for side, number in sides.items()} == dict(
            Counter(side for point in points for side in sides_of(point))
        )


def sides_of(point):
    for axis, (least, most) in {
        "curious": ("critical", "curious"),
        "tender": ("transactional", "tender"),
    }.items():
        at = point[axis]
        between = f"between {least} and {most}"
        yield between if at == 0 else f"on the {least if at < 0 else most} side"


RECOUNTS = {
    "activation": recount_activation,
    "by_setting": recount_by_setting,
    "largest": recount_largest,
    "acts": recount_acts,
    "same_acts": recount_same_acts,
    "landed": recount_landed,
    "tones": recount_tones,
    "days": recount_days,
    "flows": recount_flows,
    "weights": recount_weights,
}


# What is never said


def test_no_template_names_a_cause_a_trend_or_a_preference():
    groups = [getattr(words().pictures, picture) for picture in PICTURES]
    assert not [text for group in groups for text in group.values() if NEVER.search(text)]


@pytest.mark.parametrize("case", worst_cases())
def test_of_any_journal_there_is_a_whole_sentence(case):
    for told in all_said(worst_cases()[case]).values():
        assert told.endswith(".")
        assert not UNREADABLE.search(told)


UNREADABLE = re.compile(r"(?i)\b(nan|nat|none|null|inf)\b|[{}]|\b1 (moments|points|days)")
