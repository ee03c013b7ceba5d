"""The journal of an invented trainee, on which the workshop opens on Binder.

It is Adaeze, whom `content/en/arriving.yaml` invents too. Her autumn stands in
`workshop_kit.sample_story`; here it is given ids, and the seconds between two answers.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from string import ascii_lowercase, digits
from uuid import UUID

from workshop_kit.entries import Entry
from workshop_kit.journal_file import to_journal
from workshop_kit.sample_story import STORY, Told

SAMPLE = Path(__file__).with_name("sample_journal.json")
SEED = 2026
_DIGITS = digits + ascii_lowercase
# On this day in 2026 the clocks in the United Kingdom went from an hour east of UTC to UTC.
CLOCKS_WENT_BACK = datetime(2026, 10, 25, 1, tzinfo=UTC)


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
    return tuple(_entry(told, random) for told in STORY)


def _entry(told: Told, random: Random) -> Entry:
    items = {letter: _item(told.begun, place, random) for place, letter in enumerate("abcde")}
    answers = {name.format(**items): answer for name, answer in told.answers.items()}
    words = {name.format(**items): text for name, text in told.words.items()}
    answered = [f"answers.{question}" for question in answers]
    if told.setting:
        answered.insert(1, "setting")
    answered += [f"words.{question}" for question in words]
    times, at = {}, told.begun
    for name in answered:
        at += timedelta(seconds=random.randint(20, 90))
        times[name] = at
    return Entry(
        id=_uuid(random),
        version=_uuid(random),
        exercise=told.exercise,
        content=1,
        begun=told.begun,
        offset=60 if told.begun < CLOCKS_WENT_BACK else 0,
        changed=at,
        setting=told.setting,
        answers=answers,
        words=words,
        times=times,
    )


def _item(begun: datetime, place: int, random: Random) -> str:
    """Name something that was added as a page names it: by its time, so that names sort."""
    number = int(begun.timestamp() * 1000) + 60_000 * (place + 1)
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text + "".join(random.choices(_DIGITS, k=3))


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def write_sample(path: Path = SAMPLE) -> bool:
    """Write the journal where the pages fetch it from; say whether that changed the file."""
    after = to_journal(sample_entries())
    if path.exists() and path.read_text(encoding="utf-8") == after:
        return False
    path.write_text(after, encoding="utf-8")
    return True
