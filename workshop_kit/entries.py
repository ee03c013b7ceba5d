"""One frozen record for everything a trainee leaves in their journal, and its portable format.

Numbers and closed choices stand in ``answers``, free words in ``words``: two fields, so that
leaving words out is leaving out a field and never a matter of judgement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

FORMAT = "workshop-kit/journal"
FORMAT_VERSION = 1

# Ids of the content files. No sentence fits this pattern, so none can pass as an answer.
ChoiceId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1000, le=1000)]
Scalar = Number | ChoiceId | None
Answer = Scalar | dict[ChoiceId, Scalar]
# A field as ``times`` names it; a pattern, so that no sentence can pass as a name either.
FieldName = Annotated[str, Field(pattern=r"^(setting|(answers|words)\.[a-z][a-z0-9_]{0,63})$")]


def _in_utc(at: datetime) -> datetime:
    # Far from the years that a clock can say, a time cannot be turned into every zone's own.
    if not 1900 <= at.year <= 9000:
        raise ValueError("not a time that a clock can say")
    return at.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class JournalError(Exception):
    """A journal cannot be read or written; the message is one sentence with the cure."""


class Entry(BaseModel):
    """One version of one moment.

    Two tabs or devices that change the same moment leave two versions with the same ``id``;
    `fold` shows the later of each field and loses neither.

    Attributes
    ----------
    id, version, parent
        Random ids of the moment, of this version of it, and of the version it came from.
    exercise, content
        The exercise, and the version of its words.
    begun, changed
        Moments in UTC.
    offset
        Minutes east of UTC on the trainee's clock when the moment was begun.
    setting
        Where it happened, as an id of the settings, or ``None``.
    answers
        Numbers and closed choices by question.
    words
        Free words by question.
    times
        When each field was last changed, by field.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    id: UUID
    version: UUID
    parent: UUID | None = None
    exercise: ChoiceId
    content: Annotated[int, Field(ge=1)]
    begun: Moment
    offset: Annotated[int, Field(gt=-1440, lt=1440)] = 0
    changed: Moment
    setting: ChoiceId | None = None
    answers: dict[ChoiceId, Answer] = {}
    words: dict[ChoiceId, str] = {}
    times: dict[FieldName, Moment] = {}

    @property
    def local(self) -> datetime:
        """When the moment was begun, on the trainee's own clock."""
        return self.begun.astimezone(timezone(timedelta(minutes=self.offset)))

    def without_words(self) -> Entry:
        """Return the same entry with its numbers and choices only."""
        times = {name: at for name, at in self.times.items() if not name.startswith("words.")}
        return self.model_copy(update={"words": {}, "times": times})


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def fold(versions: Iterable[Entry]) -> tuple[Entry, ...]:
    """Show each moment once: of every field the version that changed it last.

    Parameters
    ----------
    versions
        Versions in any order.

    Returns
    -------
    tuple of Entry
        One entry a moment, by the time it was begun.
    """
    moments: dict[UUID, list[Entry]] = {}
    for version in versions:
        moments.setdefault(version.id, []).append(version)
    entries = (_latest_of_each_field(group) for group in moments.values())
    return tuple(sorted(entries, key=lambda entry: (entry.begun, str(entry.id))))


def _latest_of_each_field(versions: list[Entry]) -> Entry:
    # Ties are settled by the version's id, so that every reader settles them alike.
    ordered = sorted(versions, key=lambda entry: (entry.changed, str(entry.version)))
    first = datetime.min.replace(tzinfo=UTC)
    answers: dict[str, Any] = {}
    words: dict[str, str] = {}
    setting = None
    times: dict[str, datetime] = {}
    for entry in ordered:
        for name, value in _fields(entry):
            at = entry.times.get(name, entry.changed)
            if at < times.get(name, first):
                continue
            times[name] = at
            group, _, question = name.partition(".")
            if group == "setting":
                setting = value
            else:
                (answers if group == "answers" else words)[question] = value
    changed = {"answers": answers, "words": words, "setting": setting, "times": times}
    return ordered[-1].model_copy(update=changed)


def _fields(entry: Entry) -> Iterable[tuple[str, Any]]:
    """Name every field that an entry has touched, as ``times`` names them."""
    if entry.setting is not None or "setting" in entry.times:
        yield "setting", entry.setting
    for question, answer in entry.answers.items():
        yield f"answers.{question}", answer
    for question, text in entry.words.items():
        yield f"words.{question}", text


def read_entries(records: object) -> tuple[Entry, ...]:
    """Check records that come from a page, a file or a store.

    Raises
    ------
    JournalError
        With one sentence that holds nothing of what the records say.
    """
    try:
        return _ENTRIES.validate_python(records)
    except ValidationError as error:
        where = _place(error.errors(include_input=False)[0]["loc"])
        raise JournalError(
            f"This is not a journal that can be read ({where}). Nothing was changed; "
            "please choose a file that this workshop wrote."
        ) from None


def readable_entries(records: object) -> tuple[tuple[Entry, ...], int]:
    """Check records one by one: those that can be read, and how many cannot.

    Useful where one damaged record is not to hide the others.

    Raises
    ------
    JournalError
        If ``records`` is no list at all.
    """
    if not isinstance(records, list):
        return read_entries(records), 0
    entries = []
    unreadable = 0
    for record in records:
        try:
            entries.append(Entry.model_validate(record))
        except ValidationError:
            unreadable += 1
    return tuple(entries), unreadable


def _place(location: tuple[int | str, ...]) -> str:
    """Say where, by our own names only: any other step may be something a trainee wrote."""
    match location:
        case (int(place), str(field), *_) if field in Entry.model_fields:
            return f"entry {place + 1}, {field}"
        case (int(place), *_):
            return f"entry {place + 1}"
    return "its list of entries"


def to_journal(versions: Iterable[Entry]) -> str:
    """Write versions as one portable JSON document."""
    entries = [version.model_dump(mode="json") for version in versions]
    document = {"format": FORMAT, "version": FORMAT_VERSION, "entries": entries}
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    # Half of an emoji, as a browser can leave behind, is no UTF-8; JSON has an escape for it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def from_journal(text: str) -> tuple[Entry, ...]:
    """Read a portable JSON document; the inverse of `to_journal`.

    Raises
    ------
    JournalError
        For anything that is not such a document, or is a newer one.

    Examples
    --------
    >>> from_journal('{"format": "workshop-kit/journal", "version": 1, "entries": []}')
    ()
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise JournalError(
            "This file is not a journal: it is not whole JSON. Nothing was changed; "
            "please choose a file that this workshop wrote."
        ) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise JournalError(
            "This file is not a journal of this workshop. Nothing was changed; "
            "please choose a file that this workshop wrote."
        )
    version = document.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise JournalError(
            "This journal was written by a newer version of this workshop. Nothing was changed; "
            "please update the workshop and try again."
        )
    if version != FORMAT_VERSION:
        raise JournalError(
            "This journal does not say which version of the format it has. Nothing was changed; "
            "please choose a file that this workshop wrote."
        )
    return read_entries(document.get("entries"))
