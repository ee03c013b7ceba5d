"""A moment in plain text, as a terminal shows it."""

from __future__ import annotations

import textwrap
import unicodedata

from workshop_kit import locales
from workshop_kit.entries import Entry
from workshop_kit.exercises import journey
from workshop_kit.slots import spell
from workshop_kit.tellers import Moment, Words, tell
from workshop_kit.wording import load_controls, load_wording

_COMMANDS = ("Cc", "Cs")  # control characters, and half of an emoji, which no terminal takes


def tell_entry(entry: Entry) -> str:
    """Tell a moment: its exercise and when, then each question with its answer.

    Parameters
    ----------
    entry
        The moment, folded.

    Returns
    -------
    str
        Lines, the last one ended; empty for a moment without any answer.

    Examples
    --------
    >>> from workshop_kit.sample import sample_entries
    >>> print(tell_entry(sample_entries()[0]).splitlines()[0])
    Arriving, Wednesday 16 September 2026, 17:52
    """
    exercise = next((page for page in journey() if page.id == entry.exercise), None)
    told = tell(Moment.of(entry), exercise, Words(load_wording(), load_controls()))
    if not told:
        return ""
    local, title = entry.local, exercise.title if exercise else entry.exercise
    lines = [f"{title}, {locales.moment(local, load_wording().language.tag, 'full')}"]
    for question, answer in told:
        lines += ["  " + question, textwrap.indent(_shown(spell(answer, entry.words)), "    ")]
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    """Return a text without what would command a terminal."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter if letter in "\n\t" or unicodedata.category(letter) not in _COMMANDS else "\ufffd"
        for letter in lines
    )
