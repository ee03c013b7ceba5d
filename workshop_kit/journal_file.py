"""The portable journal: one JSON document of versions and deletions, and how two are joined.

The page has a twin of this module, ``widgets/parts/journal_file.js``; both are held to the vectors
in ``tests/vectors``. The format is described in ``docs/journal.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from workshop_kit.entries import Entry, Id, JournalError, Moment, place

HEAD = {"format": "workshop-kit/journal", "version": 1}
MOST_BYTES = 100_000_000
DEEPEST = 64
_BRACKETS = re.compile(r'\\.|["\[\]{}]', re.DOTALL)
_UNCHANGED = "Nothing was changed; please choose a file that this workshop wrote."


class Deleted(BaseModel):
    """What is left of a moment that was deleted: its id, and when; never a word.

    Attributes
    ----------
    id
        The moment's.
    at
        When it was deleted, in UTC.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    id: Id
    at: Moment


@dataclass(frozen=True)
class Contents:
    """All that a journal holds.

    Attributes
    ----------
    entries
        Every version of every moment.
    deleted
        What was deleted, so that no other file brings it back unasked.
    """

    entries: tuple[Entry, ...] = ()
    deleted: tuple[Deleted, ...] = ()


class Document(BaseModel):
    """The plain document as it stands in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    format: Literal["workshop-kit/journal"]
    version: Literal[1]
    entries: tuple[Entry, ...]
    deleted: tuple[Deleted, ...] = ()


def join(mine: Contents, theirs: Contents) -> Contents:
    """Bring another journal into mine.

    Useful for importing a file. Of one version on both sides the one that was changed later stays;
    what was deleted on either side stays deleted. Joining the same journal again changes nothing.

    Parameters
    ----------
    mine, theirs
        Two journals, which are left as they are.

    Returns
    -------
    Contents
        Mine in its own order, then what is new in theirs.
    """
    deleted = {one.id: one for one in mine.deleted}
    for tombstone in theirs.deleted:
        if tombstone.id not in deleted or tombstone.at < deleted[tombstone.id].at:
            deleted[tombstone.id] = tombstone
    versions = {entry.version: entry for entry in mine.entries}
    for entry in theirs.entries:
        if entry.version not in versions or entry.changed > versions[entry.version].changed:
            versions[entry.version] = entry
    kept = tuple(entry for entry in versions.values() if entry.id not in deleted)
    return Contents(kept, tuple(deleted.values()))


def write_journal(contents: Contents) -> str:
    """Write a journal as one portable JSON document.

    Examples
    --------
    >>> read_journal(write_journal(Contents())) == Contents()
    True
    """
    document = {
        **HEAD,
        "entries": [entry.model_dump(mode="json") for entry in contents.entries],
        "deleted": [one.model_dump(mode="json") for one in contents.deleted],
    }
    return as_text(document)


def read_journal(source: str | bytes) -> Contents:
    """Read a portable JSON document; the inverse of `write_journal`.

    Parameters
    ----------
    source
        The document, or the bytes of its file.

    Returns
    -------
    Contents
        Every version, without those whose moment the same document says was deleted.

    Raises
    ------
    JournalError
        For anything that is not such a document, or is a newer or a locked one.

    Examples
    --------
    >>> read_journal('{"format": "workshop-kit/journal", "version": 1, "entries": []}')
    Contents(entries=(), deleted=())
    """
    document = read_json(source)
    if "locked" in document:
        raise JournalError(
            "This journal is locked with a passphrase. Nothing was changed; please open it with "
            "the passphrase it was locked with.",
            "locked",
        )
    try:
        read = Document.model_validate(document)
    except ValidationError as error:
        damaged(_where(error.errors(include_input=False)[0]["loc"]))
    for name, ids in (
        ("entries", [entry.version for entry in read.entries]),
        ("deletions", [one.id for one in read.deleted]),
    ):
        if len(set(ids)) < len(ids):
            damaged(f"two of its {name} have one name")
    return join(Contents(), Contents(read.entries, read.deleted))


def to_journal(versions: Iterable[Entry]) -> str:
    """Write versions as one portable JSON document."""
    return write_journal(Contents(tuple(versions)))


def from_journal(source: str | bytes) -> tuple[Entry, ...]:
    """Read the versions of a portable JSON document, as `read_journal` does.

    Raises
    ------
    JournalError
        For anything that is not such a document, or is a newer or a locked one.

    Examples
    --------
    >>> from_journal('{"format": "workshop-kit/journal", "version": 1, "entries": []}')
    ()
    """
    return read_journal(source).entries


def as_text(document: dict[str, Any]) -> str:
    """Write a document so that it can be read by eye, and in any editor."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    # Half of an emoji, as a browser can leave behind, is no UTF-8; JSON has an escape for it.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read_json(source: str | bytes) -> dict[str, Any]:
    """Read a document as far as its format and version.

    Raises
    ------
    JournalError
        If it is too large, not text, not JSON, not a journal's, or a newer one.
    """
    if len(source) > MOST_BYTES:
        _refuse("This file is larger than any journal of this workshop.", "large")
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
    except UnicodeDecodeError:
        _refuse("This file is not a journal: it is not text in UTF-8.", "text")
    document = parsed(text)
    if not isinstance(document, dict) or document.get("format") != HEAD["format"]:
        _refuse("This file is not a journal of this workshop.", "format")
    version = document.get("version")
    if isinstance(version, float) and version > 1:
        raise JournalError(
            "This journal was written by a newer version of this workshop. Nothing was changed; "
            "please update the workshop and try again.",
            "newer",
        )
    if not isinstance(version, float) or version != 1:
        _refuse("This journal does not say which version of the format it has.", "version")
    return {**document, **HEAD}


def parsed(text: str) -> Any:
    """Read JSON exactly as the page does: every number is one of JavaScript's.

    Raises
    ------
    JournalError
        If it is not whole JSON, or lies deeper than any journal.
    """
    try:
        if _is_deep(text):
            raise ValueError("deeper than any journal")
        return json.loads(text, parse_int=float, parse_constant=_no_number)
    except ValueError:
        _refuse("This file is not a journal: it is not whole JSON, or lies too deep.", "json")


def _is_deep(text: str) -> bool:
    # Asked first: a reader of JSON may fail in ways of its own, far down.
    depth, quoted = 0, False
    for found in _BRACKETS.finditer(text):
        mark = found.group()
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif not quoted and mark in "]}":
            depth -= 1
    return False


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _where(location: tuple[int | str, ...]) -> str:
    """Say where, by our own names only: any other step may be something a trainee wrote."""
    match location:
        case ("entries", *steps):
            return place(tuple(steps))
        case ("deleted", int(number), *_):
            return f"deletion {number + 1}"
        case ("deleted", *_):
            return "its list of deletions"
    return "something it holds besides"


def damaged(where: str) -> NoReturn:
    """Refuse a journal for what is wrong there.

    Raises
    ------
    JournalError
        Always.
    """
    _refuse(f"This is not a journal that can be read ({where}).", "damaged")


def _refuse(what: str, reason: str) -> NoReturn:
    raise JournalError(f"{what} {_UNCHANGED}", reason) from None
