"""Journals of numbers and choices to draw pictures of, whatever a trainee may have placed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st
from making import MORNING, make_entry

from workshop_kit.exercises import journey
from workshop_kit.labels import Labels, labels
from workshop_kit.systems import SYSTEMS
from workshop_kit.wording import load_pictures, load_wording

PICTURES = (
    *("activation", "by_setting", "largest", "acts", "same_acts"),
    *("landed", "tones", "days", "flows", "weights"),
)


@cache
def words() -> Labels:
    return labels(journey(), load_wording(), load_pictures())


halves = st.integers(0, 20).map(lambda half: half / 2)
sizes = st.dictionaries(st.sampled_from(SYSTEMS), halves, min_size=1)
instead = st.sampled_from(["numb", "something_else", "cant_tell", "unknown_here"])
corners = st.integers(0, 64).flatmap(lambda a: st.tuples(st.just(a), st.integers(0, 64 - a)))
shares = corners.map(
    lambda two: dict(zip(SYSTEMS, (two[0] / 64, two[1] / 64, (64 - sum(two)) / 64), strict=True))
)
landed = st.sampled_from(["hardly", "partly", "met_me", "cant_say", "unknown_here"])
motives = st.one_of(
    shares,
    st.just({"instead": "cant_tell"}),
    landed.map(lambda one: {"landed": one}),
    st.builds(lambda place, word: {**place, "landed": word}, shares, landed),
)
tones = st.fixed_dictionaries(
    dict.fromkeys(("curious", "tender"), st.integers(-20, 20).map(lambda half: half / 2))
)
taps = st.dictionaries(
    st.sampled_from(["out", "offered", "let_in", "turned_away"]), st.just(1.0), min_size=1
)
circles = st.sampled_from(
    [f"{stop}_{system}" for stop in ("waking", "late", "unknown_here") for system in SYSTEMS]
)
loops = st.lists(circles, min_size=1, max_size=5).map(
    lambda path: {f"step_{place}": circle for place, circle in enumerate(path, 1)}
)


def _answers(exercise, **questions):
    answers = st.fixed_dictionaries({}, optional=questions)
    return st.tuples(st.just(exercise), answers)


some_answers = st.one_of(
    _answers("arriving", systems=sizes | instead),
    _answers("diary", systems=sizes | instead, acts_x_1=motives),
    _answers("moves", acts_a_1=motives, acts_a_2=motives, acts_b_1=motives),
    _answers("tone", plane_voice=tones, plane_colleague=tones),
    _answers("day", stops_waking=sizes, stops_late=sizes, stops_loop=loops),
    _answers("flows", week_clients=taps, week_family=taps, week_myself=taps, week_unknown=taps),
    _answers(
        "weight",
        **dict.fromkeys(
            ("weights_a", "weights_b"),
            st.sampled_from(["mine", "shared", "service", "not_sure", "unknown_here"]),
        ),
    ),
)
moments = st.builds(
    lambda begun, offset, setting, asked: make_entry(
        begun=begun, offset=offset, setting=setting, exercise=asked[0], answers=asked[1]
    ),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.integers(-1439, 1439),
    st.none() | st.sampled_from(["home", "client_work", "unknown_here"]),
    some_answers,
)
# Long enough that most pictures are above their floor.
journals = st.lists(moments, max_size=30)


def many(count: int, exercise: str, answers: dict, **fields: object) -> list:
    """The same moment again and again, an hour apart."""
    return [
        make_entry(
            begun=MORNING + timedelta(hours=hours), exercise=exercise, answers=answers, **fields
        )
        for hours in range(count)
    ]


def worst_cases() -> dict[str, list]:
    """Journals that are all alike, empty of what is asked for, or from everywhere."""
    alike = dict.fromkeys(SYSTEMS, 5.0)
    nothing = dict.fromkeys(SYSTEMS, 0.0)
    middle = {"threat": 0.25, "drive": 0.25, "soothing": 0.5}
    zones = (840, 345, 0, -210, -720)
    before = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)  # the hour that Britain lives twice
    return {
        "empty": [],
        "one entry": many(1, "diary", {"systems": alike, "acts_a_1": middle}),
        "all equal": many(4, "diary", {"systems": alike, "acts_a_1": middle}),
        "all zero": [
            *many(4, "arriving", {"systems": nothing}, setting="home"),
            *many(4, "day", {"stops_waking": nothing}),
            *many(4, "tone", {"plane_voice": {"curious": 0.0, "tender": 0.0}}),
        ],
        "all can't tell": [
            *many(4, "arriving", {"systems": "cant_tell"}),
            *many(4, "moves", {"acts_a_1": {"instead": "cant_tell"}}),
        ],
        "one system never named": many(4, "arriving", {"systems": {"threat": 1.0, "drive": 2.0}}),
        "five time zones": [
            *(many(1, "arriving", {"systems": alike}, offset=zone)[0] for zone in zones),
            make_entry(begun=before, offset=60, answers={"systems": alike}),
            make_entry(begun=before + timedelta(minutes=30), answers={"systems": alike}),
        ],
        "an older version of the words": [
            *many(4, "arriving", {"systems": "cannot_say", "mood": 3.0}, setting="garden"),
            *many(4, "moves", {"acts_a_1": {"landed": "a_bit"}, "deeds_a_1": middle}),
            *many(4, "flows", {"week_landlord": {"out": 1.0}}),
            *many(4, "weight", {"weights_a": "the_rota"}),
            *many(4, "day", {"stops_lunch": alike, "stops_loop": {"step_1": "lunch_threat"}}),
            *many(4, "tone", {"plane_mother": {"curious": 1.0, "tender": 1.0}}),
            *many(4, "an_exercise_that_went", {"systems": alike}),
        ],
    }
