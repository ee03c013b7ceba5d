"""A moment without its words, and everything that is said when it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop_kit.entries import Entry
from workshop_kit.slots import Text, trimmed
from workshop_kit.wording import Choice, ControlWords, Wording

Told = tuple[str, Text]


@dataclass(frozen=True)
class Moment:
    """A moment without its words, and the questions that have some.

    Examples
    --------
    >>> from workshop_kit.sample import sample_entries
    >>> Moment.of(sample_entries()[0]).written
    ('note', 'noticed')
    """

    entry: Entry
    written: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> Moment:
        """Return the moment of an entry with words."""
        written = tuple(name for name, text in entry.words.items() if trimmed(text))
        return cls(entry.without_words(), written)

    @property
    def is_answered(self) -> bool:
        """Whether anything was answered in it, and not taken back."""
        answers = (self.entry.setting, *self.entry.answers.values())
        return bool(self.written) or any(one not in (None, "") for one in answers)


@dataclass(frozen=True)
class Words:
    """What is said when a moment is told: the shared words, and those of the controls."""

    shared: Wording
    controls: ControlWords


def label_of(choices: Iterable[Choice], chosen: str) -> str:
    """Return the label of what was chosen; a choice that is no longer offered is its own label."""
    return next((choice.label for choice in choices if choice.id == chosen), chosen)
