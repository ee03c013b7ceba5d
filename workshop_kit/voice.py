"""Hold the words to one reviewed list: what the workshop does not say, and what it says instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from workshop_kit import yaml_files
from workshop_kit.shelf import CONTENT
from workshop_kit.yaml_files import ContentError, Fault

LIST = "voice.yaml"
# What stands in a content file for the software only.
UNREAD = frozenset({"id", "kind", "figure", "shelf", "asks", "tel", "sms", "tick_time", "tick_day"})
# A quoted inner voice may say what the workshop does not, and so may advice in an emergency.
MARKS = ("inner", "urgent")

_MARK = re.compile(r"<\s*/?\s*[A-Za-z]\w*(?:\s[^<>]*)?/?>")
_KNOWN = re.compile(rf"<(/?)({'|'.join(MARKS)})>")
# Not in the middle of a word; a sign such as "!" has no middle.
_EDGE = r"(?:(?<!\w)|(?!\w))"
# As a pattern is written: with a straight apostrophe, and without emphasis.
_PLAIN = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "*": None, "_": " "})

Text = Annotated[str, Field(min_length=1)]


class KeptOut(BaseModel):
    """A word that the workshop does not say.

    Attributes
    ----------
    pattern
        The word, or a small regular expression; a space in it stands for any white space.
    reason
        Why it is kept out; then, after a semicolon, what to write in its place.
    example
        What the pattern catches.
    unless
        Whole phrases in which the word may stand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    pattern: Text
    reason: Text
    example: Text
    unless: tuple[Text, ...] = ()

    @field_validator("pattern")
    @classmethod
    def _can_be_read(cls, pattern: str) -> str:
        try:
            _whole(pattern)
        except re.error as error:
            raise ValueError(
                f"'{pattern}' is no regular expression ({error}); write the plain word"
            ) from None
        return pattern

    def found(self, text: str) -> Iterator[re.Match[str]]:
        """Find the word wherever it stands outside a phrase that is allowed."""
        allowed = [
            match.span()
            for phrase in self.unless
            for match in _whole(re.escape(phrase).replace(r"\ ", " ")).finditer(text)
        ]
        for match in _whole(self.pattern).finditer(text):
            if not any(start <= match.start() and match.end() <= end for start, end in allowed):
                yield match


class Voice(BaseModel):
    """Everything in ``voice.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: Annotated[tuple[KeptOut, ...], Field(min_length=1)]


@cache
def load_voice(path: Path = CONTENT / "en" / LIST) -> Voice:
    """Load the list of a language; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_voice().words[0].example
    'Your score today is 7'
    """
    return yaml_files.read(path, Voice)


def faults(path: Path) -> list[Fault]:
    """Find what a content file says in another voice.

    Parameters
    ----------
    path
        A content file. It is held to the list in its own folder, or to the English one.

    Returns
    -------
    list of Fault
        In the order of the file, each with the line of the word itself.

    Examples
    --------
    >>> faults(CONTENT / "en" / "support.yaml")
    []
    """
    beside = path.with_name(LIST)
    try:
        voice = load_voice(beside) if beside.is_file() else load_voice()
        found = {
            (first + line, what)
            for first, text in yaml_files.texts(path, UNREAD)
            for line, what in complaints(text, voice)
        }
    except ContentError as error:
        return error.faults
    return [Fault(path, line, what) for line, what in sorted(found)]


def complaints(text: str, voice: Voice) -> list[tuple[int, str]]:
    r"""Say what a text has that the list keeps out, and on which of its lines, counted from 0.

    Examples
    --------
    >>> complaints("A cup of tea.\n<inner>You must do more.</inner>", load_voice())
    []
    """
    said, told = _unmarked(text)
    said = said.translate(_PLAIN)
    for word in voice.words:
        for match in word.found(said):
            what = f"'{' '.join(match[0].split())}' is not said here: {word.reason}"
            told.append((said.count("\n", 0, match.start()), what))
    return sorted(told)


def _whole(pattern: str) -> re.Pattern[str]:
    anywhere = pattern.replace(" ", r"\s+")
    return re.compile(f"{_EDGE}(?:{anywhere}){_EDGE}", re.IGNORECASE)


def _unmarked(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Leave out what is marked, line for line, and say what is wrong with the marks."""
    said, told, done = "", [], 0
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if wrong := _misplaced(mark[0], opened):
            told.append((text.count("\n", 0, mark.start()), wrong))
        elif opened is None:
            opened = mark
        else:
            said += text[done : opened.start()] + "…"
            said += "\n" * text.count("\n", opened.start(), mark.end())
            opened, done = None, mark.end()
    if opened:
        end = opened[0].replace("<", "</")
        what = f"{opened[0]} is not closed; write {end} where it ends"
        told.append((text.count("\n", 0, opened.start()), what))
    return said + text[done:], told


def _misplaced(mark: str, opened: re.Match[str] | None) -> str | None:
    """Say what is wrong with a mark, if anything is."""
    known = _KNOWN.fullmatch(mark)
    if not known:
        names = " or ".join(f"<{name}>…</{name}>" for name in MARKS)
        return f"the mark {mark} is not known here; write {names}, or leave it out"
    if not known[1] and opened:
        return f"{mark} stands inside {opened[0]}; close that one first"
    if known[1] and (not opened or opened[0] != f"<{known[2]}>"):
        return f"{mark} closes nothing; write <{known[2]}> where it begins, or leave it out"
    return None
