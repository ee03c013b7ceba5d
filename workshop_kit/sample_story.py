"""The moments of the invented trainee: Adaeze's autumn, in the order in which it went.

`workshop_kit.sample` makes a journal of them, and ``sample_journal.md`` tells them as a story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from workshop_kit.entries import Answer


@dataclass(frozen=True)
class Told:
    """A moment without its ids.

    In questions ``{a}``, ``{b}`` … stand for the ids of things that the trainee added.
    """

    exercise: str
    begun: datetime
    setting: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def _on(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def _sizes(threat: float, drive: float, soothing: float | None = None) -> dict[str, Answer]:
    known = {} if soothing is None else {"soothing": soothing}
    return {"systems": {"threat": threat, "drive": drive, **known}}


def _from(threat: int, drive: int, soothing: int, landed: str | None = None) -> Answer:
    """Place an act, in 64ths."""
    said = {} if landed is None else {"landed": landed}
    return {"threat": threat / 64, "drive": drive / 64, "soothing": soothing / 64, **said}


def _stop(threat: float, drive: float, soothing: float) -> Answer:
    return {"threat": threat, "drive": drive, "soothing": soothing}


def _taps(*flows: str) -> Answer:
    return dict.fromkeys(flows, 1.0)


def _loop(*circles: str) -> Answer:
    return {f"step_{number}": circle for number, circle in enumerate(circles, 1)}


STORY = (
    Told(
        "arriving",
        _on(9, 16, 16, 52),
        "in_between",
        {**_sizes(7.5, 7.5), "opened_from": "threat"},
        {
            "note": "I had thought I was just busy.",
            "noticed": "How long I sat in the car before I got out.",
        },
    ),
    Told(
        "moves",
        _on(9, 17, 19, 10),
        None,
        {
            "acts_{a}_1": _from(44, 16, 4, "hardly"),
            "acts_{a}_2": _from(6, 8, 50, "met_me"),
            "acts_{b}_1": _from(8, 52, 4, "partly"),
            "acts_{c}_1": {"instead": "cant_tell", "landed": "cant_say"},
        },
        {
            "acts_{a}": "Swimming",
            "acts_{b}": "Meal plan for the week",
            "acts_{c}": "A night with the phone in the kitchen drawer",
            "noticed": "The same pool. On Tuesday I counted lengths.",
        },
    ),
    Told(
        "arriving",
        _on(9, 20, 20, 15),
        "home",
        {**_sizes(4, 6.5, 3), "opened_from": "drive"},
        {"note": "Made soup. Read the induction pack again while it cooked."},
    ),
    Told(
        "diary",
        _on(9, 24, 12, 35),
        "client_work",
        {**_sizes(6.5, 5, 2), "acts_{a}_1": _from(20, 30, 14, "partly")},
        {"acts_{a}": "Ate outside, standing up"},
    ),
    Told(
        "weight",
        _on(9, 29, 17, 40),
        None,
        {
            "weights_{a}": "mine",
            "weights_{b}": "service",
            "weights_{c}": "service",
            "weights_{d}": "shared",
            "weights_{e}": "not_sure",
        },
        {
            "weights_{a}": "The essay on formulation",
            "weights_{b}": "Four months of waiting list",
            "weights_{c}": "No desk on Thursdays",
            "weights_{d}": "Being new",
            "weights_{e}": "Whether I talk too much in meetings",
            "whom": "My cousin, on the phone",
        },
    ),
    Told(
        "arriving",
        _on(10, 1, 11, 40),
        "supervision",
        {**_sizes(8, 3, 2), "opened_from": "threat"},
        {
            "note": "I was told it was fine, and heard only the pause before the word.",
            "remember": "I could ask what the pause was.",
            "work": "Perhaps I leave pauses too.",
        },
    ),
    Told(
        "arriving",
        _on(10, 2, 22, 31),
        "home",
        {"systems": "numb", "opened_from": "cant_tell"},
        {"note": "Nothing much. Left the lamp on."},
    ),
    Told(
        "tone",
        _on(10, 6, 18, 5),
        None,
        {
            "plane_voice": {"curious": -7.5, "tender": -6.5},
            "plane_colleague": {"curious": 4.0, "tender": 6.5},
        },
        {
            "voice": "You lost your thread and everybody saw.",
            "fears": "That they will think I got in by mistake.",
            "colleague": "You stopped to think. That is allowed.",
        },
    ),
    Told(
        "day",
        _on(10, 8, 19, 50),
        None,
        {
            "stops_waking": _stop(6, 4, 1),
            "stops_before": _stop(7, 6, 1),
            "stops_early": _stop(5, 8.5, 2),
            "stops_halfway": _stop(3, 7, 4.5),
            "stops_late": _stop(7.5, 6, 1.5),
            "stops_after": _stop(5, 2, 3),
            "stops_loop": _loop("before_threat", "early_drive", "late_threat"),
        },
        {"stops_halfway": "Somebody had made tea for all of us."},
    ),
    Told(
        "diary",
        _on(10, 9, 8, 20),
        "in_between",
        _sizes(5.5, 5.5, 2),
    ),
    Told(
        "catch",
        _on(10, 13, 20, 25),
        None,
        {"stems_rest": "drive", "stems_without": "threat"},
        {
            "stems_rest": "I am some use tomorrow",
            "stems_without": "answer at once",
            "stems_without_2": "they will think I have forgotten them",
            "stems_rest_second": "I am tired and it is evening",
        },
    ),
    Told(
        "arriving",
        _on(10, 17, 9, 5),
        "elsewhere",
        {**_sizes(2.5, 2, 6.5), "opened_from": "soothing"},
        {
            "note": "Cold sea, then tea out of the flask lid.",
            "noticed": "It was gone by the car park. It was still nice.",
        },
    ),
    Told(
        "flows",
        _on(10, 18, 19, 30),
        None,
        {
            "week_clients": _taps("out"),
            "week_colleagues": _taps("out", "offered"),
            "week_supervisor": _taps("offered", "turned_away"),
            "week_family": _taps("out", "offered", "let_in"),
            "week_place": _taps("offered", "let_in"),
            "week_myself": _taps("offered", "turned_away"),
        },
        {"note": "Auntie’s stew came in three tubs. I let that in."},
    ),
    Told(
        "diary",
        _on(10, 21, 12, 50),
        "client_work",
        {**_sizes(3.5, 6.5, 4.5), "acts_{a}_1": _from(4, 20, 40, "met_me")},
        {"acts_{a}": "Sat in the garden behind the clinic"},
    ),
    Told(
        "staying",
        _on(10, 26, 21, 15),
        None,
        {},
        {
            "one_truth": "I am behind with everything.",
            "other_truth": "The clocks went back and I slept.",
        },
    ),
    Told(
        "arriving",
        _on(10, 30, 16, 20),
        "admin",
        _sizes(6, 8.5, 1),
        {"note": "Shoulders up by my ears. Three more to write."},
    ),
    Told(
        "diary",
        _on(11, 2, 13, 5),
        "client_work",
        _sizes(7.5, 4, 1.5),
    ),
    Told(
        "moves",
        _on(11, 3, 20, 40),
        None,
        {
            "acts_{a}_1": _from(50, 10, 4, "hardly"),
            "acts_{a}_2": _from(10, 14, 40, "met_me"),
            "acts_{b}_1": _from(30, 30, 4, "hardly"),
            "acts_{c}_1": _from(26, 14, 24, "partly"),
            "acts_{c}_2": _from(4, 50, 10, "partly"),
            "acts_{c}_3": _from(4, 6, 54, "hardly"),
        },
        {
            "acts_{a}": "Leaving on time",
            "acts_{b}": "The breathing app",
            "acts_{c}": "Ringing my sister",
            "noticed": "Ringing her out of love did not land either. She was in a shop.",
        },
    ),
    Told(
        "tone",
        _on(11, 5, 18, 45),
        None,
        {
            "plane_voice": {"curious": -5.0, "tender": -8.0},
            "plane_colleague": {"curious": -1.5, "tender": 7.0},
        },
        {"voice": "Everyone else had read it.", "colleague": "So ask them what it said."},
    ),
    Told(
        "arriving",
        _on(11, 9, 7, 45),
        None,
        {"opened_from": "cant_tell"},
        {"note": "No sizes today. The heating on the bus worked."},
    ),
    Told(
        "arriving",
        _on(11, 11, 18, 35),
        "client_work",
        {**_sizes(7, 6, 2.5), "opened_from": "threat"},
        {
            "note": "The same knot, on the same stairs. I had my scarf with me.",
            "remember": "Eat something before four.",
        },
    ),
    Told(
        "day",
        _on(11, 12, 21, 5),
        None,
        {
            "stops_early": _stop(8, 6, 1),
            "stops_late": _stop(8, 7, 1),
            "stops_after": {"threat": 6.0},
            "stops_loop": _loop("early_threat", "late_drive", "late_threat", "late_drive"),
        },
        {"stops_late": "I said yes before I had heard the end of the question."},
    ),
    Told(
        "day",
        _on(11, 15, 20, 10),
        None,
        {
            "stops_waking": _stop(2, 1, 6),
            "stops_halfway": _stop(2, 3, 7),
            "stops_after": _stop(6.5, 4, 2),
        },
        {"stops_after": "Sunday, six o’clock."},
    ),
    Told(
        "diary",
        _on(11, 17, 17, 30),
        "client_work",
        {**_sizes(8, 8, 1), "acts_{a}_1": _from(34, 26, 4, "hardly")},
        {"acts_{a}": "Swimming, because it was Tuesday"},
    ),
    Told(
        "coming_home",
        _on(11, 20, 19, 0),
        None,
        {"taking_place": "take", "taking_company": "leave", "taking_whose": "take"},
        {"dear_me": "Dear Adaeze, it has been a long autumn and it goes on. There was the sea."},
    ),
    Told(
        "diary",
        _on(11, 23, 8, 10),
        "in_between",
        {**_sizes(7.5, 7, 1.5)},
    ),
)
