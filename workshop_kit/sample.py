"""The journal of an invented trainee, on which the workshop opens on Binder.

It is Adaeze, whom `content/en/arriving.yaml` invents too. Her autumn goes as it goes: moments come
when they come, some are without sizes or without much to say, and the last is no calmer than the
first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from workshop_kit.entries import Answer, Entry
from workshop_kit.journal_file import to_journal

SAMPLE = Path(__file__).with_name("sample_journal.json")
SEED = 2026
# On this day in 2026 the clocks in the United Kingdom went from an hour east of UTC to UTC.
CLOCKS_WENT_BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Moment:
    begun: datetime
    setting: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def _utc(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


_MOMENTS = (
    _Moment(
        _utc(9, 16, 16, 52),
        "in_between",
        {"systems": {"threat": 7.5, "drive": 7.5}, "opened_from": "threat"},
        {
            "note": "I had thought I was just busy.",
            "noticed": "How long I sat in the car before I got out.",
        },
    ),
    _Moment(
        _utc(9, 20, 20, 15),
        "home",
        {"systems": {"threat": 4, "drive": 6.5, "soothing": 3}, "opened_from": "drive"},
        {"note": "Made soup. Read the induction pack again while it cooked."},
    ),
    _Moment(
        _utc(10, 1, 11, 40),
        "supervision",
        {"systems": {"threat": 8, "drive": 3, "soothing": 2}, "opened_from": "threat"},
        {
            "note": "I was told it was fine, and heard only the pause before the word.",
            "remember": "I could ask what the pause was.",
            "work": "Perhaps I leave pauses too.",
        },
    ),
    _Moment(
        _utc(10, 2, 22, 31),
        "home",
        {"systems": "numb", "opened_from": "cant_tell"},
        {"note": "Nothing much. Left the lamp on."},
    ),
    _Moment(
        _utc(10, 17, 9, 5),
        "elsewhere",
        {"systems": {"threat": 2.5, "drive": 2, "soothing": 6.5}, "opened_from": "soothing"},
        {
            "note": "Cold sea, then tea out of the flask lid.",
            "noticed": "It was gone by the car park. It was still nice.",
        },
    ),
    _Moment(
        _utc(10, 30, 16, 20),
        "admin",
        {"systems": {"threat": 6, "drive": 8.5, "soothing": 1}},
        {"note": "Shoulders up by my ears. Three more to write."},
    ),
    _Moment(
        _utc(11, 9, 7, 45),
        None,
        {"opened_from": "cant_tell"},
        {"note": "No sizes today. The heating on the bus worked."},
    ),
    _Moment(
        _utc(11, 11, 18, 35),
        "client_work",
        {"systems": {"threat": 7, "drive": 6, "soothing": 2.5}, "opened_from": "threat"},
        {
            "note": "The same knot, on the same stairs. I had my scarf with me.",
            "remember": "Eat something before four.",
        },
    ),
)


def sample_entries(seed: int = SEED) -> tuple[Entry, ...]:
    """Return the invented moments, by time.

    Parameters
    ----------
    seed
        What the ids, and the seconds between two answers, are drawn from; the same seed gives the
        same journal.

    Examples
    --------
    >>> sample_entries()[0].words["note"]
    'I had thought I was just busy.'
    """
    random = Random(seed)  # noqa: S311
    return tuple(_entry(moment, random) for moment in _MOMENTS)


def _entry(moment: _Moment, random: Random) -> Entry:
    answered = [f"answers.{question}" for question in moment.answers]
    if moment.setting:
        answered.insert(1, "setting")
    answered += [f"words.{question}" for question in moment.words]
    times, at = {}, moment.begun
    for name in answered:
        at += timedelta(seconds=random.randint(20, 90))
        times[name] = at
    return Entry(
        id=_uuid(random),
        version=_uuid(random),
        exercise="arriving",
        content=1,
        begun=moment.begun,
        offset=60 if moment.begun < CLOCKS_WENT_BACK else 0,
        changed=at,
        setting=moment.setting,
        answers=moment.answers,
        words=moment.words,
        times=times,
    )


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def write_sample(path: Path = SAMPLE) -> bool:
    """Write the journal where the pages fetch it from; say whether that changed the file."""
    after = to_journal(sample_entries())
    if path.exists() and path.read_text(encoding="utf-8") == after:
        return False
    path.write_text(after, encoding="utf-8")
    return True
