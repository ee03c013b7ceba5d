"""Entries to test with: one made by hand, or any that Hypothesis can think of."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from workshop_kit.entries import Entry
from workshop_kit.journal_file import Contents, Deleted, join

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SAYINGS = (
    "👩🏽‍⚕️ tea 🫖 later",
    "مرحبا \u200f שלום \u202e",
    "<script>alert(1)</script> &amp; </textarea>",
    "\x00 \x1b[31m \x7f \u2028 \ufeff",
    "half of an emoji: \ud83d",
    'a "quote", a back\\slash,\nand a tab\t',
    "",
)


def vectors(name: str) -> Any:
    """The cases of one file of vectors."""
    return json.loads((Path(__file__).parent / "vectors" / f"{name}.json").read_text("utf-8"))


def make_entry(**fields: object) -> Entry:
    """An entry of Arriving; whatever is not given is made up."""
    made = {"id": uuid4(), "version": uuid4(), "exercise": "arriving", "content": 1}
    begun = fields.get("begun", MORNING)
    return Entry(**{**made, "begun": begun, "changed": begun, **fields})


def with_systems(answer: object, hours: float = 0, **fields: object) -> Entry:
    """A moment that answers the question of the three systems, some hours after the first."""
    begun = MORNING + timedelta(hours=hours)
    return make_entry(**{"begun": begun, "answers": {"systems": answer}, **fields})


def a_lock(**kdf: object) -> dict:
    """The lock of a journal as a page sends it, which nothing opens."""
    bounds = {"name": "scrypt", "n": 32768, "r": 8, "p": 3, "salt": "c2FsdHNhbHRzYWx0c2FsdA=="}
    return {"kdf": {**bounds, **kdf}, "cipher": "chacha20-poly1305", "key": "a2V5" * 20}


def sealed(record: dict) -> dict:
    """A version as a locked journal has it, which nothing opens."""
    return {"version": record["version"], "id": record["id"], "sealed": "c2VhbGVk" * 9}


def _whole(text: str) -> bool:
    # Two halves side by side are one emoji to JSON, and two characters to Python only.
    return not re.search("[\ud800-\udbff][\udc00-\udfff]", text)


names = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
texts = st.sampled_from(SAYINGS) | st.text(st.characters(), max_size=30).filter(_whole)
numbers = st.floats(-1000, 1000)
scalars = st.none() | numbers | names
answers = st.dictionaries(names, scalars | st.dictionaries(names, scalars, max_size=3), max_size=3)
zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1), timezones=zones)
field_names = st.just("setting") | st.builds(
    "{}.{}".format, st.sampled_from(["answers", "words"]), names
)

any_entries = st.builds(
    Entry,
    id=st.uuids(),
    version=st.uuids(),
    parent=st.none() | st.uuids(),
    exercise=names,
    content=st.integers(1, 99),
    begun=moments,
    offset=st.integers(-1439, 1439),
    changed=moments,
    setting=st.none() | names,
    answers=answers,
    words=st.dictionaries(names, texts, max_size=3),
    times=st.dictionaries(field_names, moments, max_size=4),
)


@st.composite
def _close_versions(draw: st.DrawFn) -> Entry:
    """A version of one of two moments, so close to others in time that they often collide."""
    minute = st.integers(0, 3).map(lambda minutes: MORNING + timedelta(minutes=minutes))
    questions = st.sampled_from(["one", "two"])
    fields = st.sampled_from(["setting", "answers.one", "answers.two", "words.one", "words.two"])
    return make_entry(
        id=draw(st.sampled_from([UUID(int=1), UUID(int=2)])),
        version=draw(st.uuids()),
        changed=draw(minute),
        setting=draw(st.none() | st.sampled_from(["home", "study"])),
        answers=draw(st.dictionaries(questions, st.none() | st.integers(0, 3).map(float))),
        words=draw(st.dictionaries(questions, st.sampled_from(["a", "b", "c", ""]))),
        times=draw(st.dictionaries(fields, minute)),
    )


colliding_versions = st.lists(_close_versions(), max_size=6, unique_by=lambda one: one.version)
any_deletions = st.lists(
    st.builds(Deleted, id=st.uuids(), at=moments), max_size=2, unique_by=lambda one: one.id
).map(tuple)
any_contents = st.builds(
    Contents,
    st.lists(any_entries, max_size=3, unique_by=lambda one: one.version).map(tuple),
    any_deletions,
).filter(lambda made: made == join(Contents(), made))


@st.composite
def _close_contents(draw: st.DrawFn) -> Contents:
    """A journal of a few versions that others of its kind have too, in other states."""
    minutes = st.integers(0, 3)
    few = st.integers(1, 4)
    states = draw(st.dictionaries(few, minutes, max_size=4))
    deleted = draw(st.dictionaries(few, minutes, max_size=1))
    entries = tuple(
        make_entry(
            id=UUID(int=number // 2),
            version=UUID(int=number),
            changed=MORNING + timedelta(minutes=minute),
            words={"note": f"{number}, {minute}"},
        )
        for number, minute in states.items()
    )
    gone = tuple(
        Deleted(id=UUID(int=number), at=MORNING + timedelta(minutes=minute))
        for number, minute in deleted.items()
    )
    return join(Contents(), Contents(entries, gone))


colliding_contents = _close_contents()
