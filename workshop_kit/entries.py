"""One frozen record for everything a trainee leaves in their journal, and how it is shown.

Numbers and closed choices stand in ``answers``, free words in ``words``: two fields, so that
leaving words out is leaving out a field and never a matter of judgement. The page has a twin of
this module, ``widgets/parts/entries.js``; both read exactly the same records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
)

from workshop_kit.complaints import Complaint

ID = r"^[a-z][a-z0-9_]{0,63}$"
FIELD = r"^(setting|(answers|words)\.[a-z][a-z0-9_]{0,63})$"
# Exactly what the page reads too, where pydantic alone would take much else for a time or an id.
_DAY, _CLOCK = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}:[0-9]{2}"
TIME = rf"^{_DAY}T{_CLOCK}(\.[0-9]{{1,6}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})$"
UUID_TEXT = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def _written_as(kind: type, pattern: str) -> BeforeValidator:
    """Take one spelling in text, and values of ``kind`` as they are."""
    spelling = re.compile(pattern)

    def check(value: object) -> object:
        if isinstance(value, kind) or (isinstance(value, str) and spelling.fullmatch(value)):
            return value
        raise ValueError("not written as the format has it")

    return BeforeValidator(check)


def _to_the_millisecond(at: datetime) -> datetime:
    # Far from the years that a clock can say, a time cannot be turned into every zone's own.
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise ValueError("not a time that a clock can say") from None
    if not 1900 <= at.year <= 9000:
        raise ValueError("not a time that a clock can say")
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def written_time(at: datetime) -> str:
    """Write a moment in UTC as the format has it, to the millisecond.

    Examples
    --------
    >>> written_time(datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    '2026-03-02T09:30:00.000Z'
    """
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def _no_flag(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("not a number")
    return value


# With it ``True`` is no 1 and ``"1"`` none either; 1.0 is, since JSON tells them not apart.
A_NUMBER = BeforeValidator(_no_flag)


# Ids of the content files. No sentence fits this pattern, so none can pass as an answer.
ChoiceId = Annotated[str, Field(pattern=ID)]
# A field as ``times`` names it; a pattern, so that no sentence can pass as a name either.
FieldName = Annotated[str, Field(pattern=FIELD)]
# Adding 0 makes -0 the 0 that it is.
Number = Annotated[
    float,
    Field(strict=True, allow_inf_nan=False, ge=-1000, le=1000),
    AfterValidator(lambda value: value + 0.0),
]
Scalar = Number | ChoiceId | None
Answer = Scalar | dict[ChoiceId, Scalar]
Id = Annotated[UUID, _written_as(UUID, UUID_TEXT), Field(json_schema_extra={"pattern": UUID_TEXT})]
Moment = Annotated[
    AwareDatetime,
    _written_as(datetime, TIME),
    AfterValidator(_to_the_millisecond),
    PlainSerializer(written_time, when_used="json"),
    Field(json_schema_extra={"pattern": TIME}),
]


class JournalError(Complaint):
    """A journal cannot be read or written; the message is one sentence with the cure.

    Attributes
    ----------
    reason
        The same in one word, as the page's JavaScript has it too; empty where it has none.
    """

    def __init__(self, sentence: str, reason: str = ""):
        super().__init__(sentence)
        self.reason = reason


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
    id: Id
    version: Id
    parent: Id | None = None
    exercise: ChoiceId
    content: Annotated[int, Field(ge=1, le=1_000_000), A_NUMBER]
    begun: Moment
    offset: Annotated[int, Field(gt=-1440, lt=1440), A_NUMBER] = 0
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
        where = place(error.errors(include_input=False)[0]["loc"])
        raise JournalError(
            f"This is not a journal that can be read ({where}). Nothing was changed; "
            "please choose a file that this workshop wrote.",
            "damaged",
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


def place(location: tuple[int | str, ...]) -> str:
    """Say where, by our own names only: any other step may be something a trainee wrote."""
    match location:
        case (int(place), str(field), *_) if field in Entry.model_fields:
            return f"entry {place + 1}, {field}"
        case (int(place), *_):
            return f"entry {place + 1}"
    return "its list of entries"
