"""What a moment was like before, and how to bring that back without losing anything.

The page has a twin of this module, ``widgets/parts/history.js``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from workshop_kit.entries import Entry, fold


def as_of(versions: Iterable[Entry], version: UUID) -> Entry:
    """Show a moment as it stood when one of its versions was last changed.

    Of each field it is the last value until then, of all that are kept still: a version is
    rewritten in place while its page is open, so a field has one value a version.

    Parameters
    ----------
    versions
        Versions in any order, of this moment and of others.
    version
        The id of one of them.

    Raises
    ------
    KeyError
        If there is no such version.
    """
    moment = _moment_of(versions, version)
    then = next(one.changed for one in moment if one.version == version)
    [shown] = fold(one for entry in moment for one in _until(entry, then))
    return shown


def taken_back(versions: Iterable[Entry], version: UUID, now: datetime, fresh: UUID) -> Entry:
    """Make a new version that brings a moment back to how it stood then.

    Useful for taking a change back: what is shown now stays in the history. A field that was not
    answered then becomes ``None`` or an empty text, which is *taken back*.

    Parameters
    ----------
    versions, version
        As of `as_of`.
    now
        The time; the new version is later than all that there are, even on a clock that was put
        back.
    fresh
        The id of the new version.

    Raises
    ------
    KeyError
        If there is no such version.
    """
    moment = _moment_of(versions, version)
    before, [shown] = as_of(moment, version), fold(moment)
    answers = {
        question: before.answers.get(question)
        for question, answer in shown.answers.items()
        if answer != before.answers.get(question)
    }
    words = {
        question: before.words.get(question, "")
        for question, text in shown.words.items()
        if text != before.words.get(question, "")
    }
    names = [f"answers.{question}" for question in answers]
    names += [f"words.{question}" for question in words]
    names += ["setting"] if before.setting != shown.setting else []
    last = max(at for one in moment for at in (one.changed, *one.times.values()))
    at = max(now, last + timedelta(milliseconds=1))
    return Entry(
        **before.model_dump(include={"id", "exercise", "content", "begun", "offset"}),
        version=fresh,
        parent=shown.version,
        changed=at,
        setting=before.setting if "setting" in names else None,
        answers=answers,
        words=words,
        times=dict.fromkeys(names, at),
    )


def _moment_of(versions: Iterable[Entry], version: UUID) -> list[Entry]:
    every = list(versions)
    moment = {one.version: one.id for one in every}[version]
    return [one for one in every if one.id == moment]


def _until(entry: Entry, then: datetime) -> list[Entry]:
    """Return a version as it stood then, of what is left of that; nothing if it had not begun."""

    def had(name: str) -> bool:
        return entry.times.get(name, entry.changed) <= then

    answers = {name: one for name, one in entry.answers.items() if had(f"answers.{name}")}
    words = {name: one for name, one in entry.words.items() if had(f"words.{name}")}
    setting = entry.setting if had("setting") else None
    times = {name: at for name, at in entry.times.items() if at <= then}
    if entry.changed > then and not times:
        return []
    changed = min(entry.changed, then)
    fields = {"answers": answers, "words": words, "setting": setting, "times": times}
    return [entry.model_copy(update={**fields, "changed": changed})]
