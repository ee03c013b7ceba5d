"""What the pictures of a page are drawn from: a journal's tables, and the choice made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workshop_kit.exercises import journey
from workshop_kit.journal import Journal

if TYPE_CHECKING:
    from workshop_kit.tables import Tables


@dataclass(frozen=True)
class Choice:
    """Which moments are drawn: those of some days, and of one setting; all unless it says."""

    since: date | None = None
    until: date | None = None
    setting: str | None = None

    @classmethod
    def of(cls, since: str, until: str, setting: str) -> Choice:
        """Read a choice as a page states it: what is empty, or no day at all, leaves nothing out.

        Examples
        --------
        >>> Choice.of("2026-11-01", "", "home")
        Choice(since=datetime.date(2026, 11, 1), until=None, setting='home')
        """
        return cls(_day(since), _day(until), setting or None)


ALL = Choice()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class View:
    """A journal as the pictures of one page see it.

    The tables are made once for all of the pictures, when the first of them asks.

    Parameters
    ----------
    journal
        Where the moments are.

    Attributes
    ----------
    heard
        Whether anything has been said of the journal yet, if only that it is empty.
    """

    def __init__(self, journal: Journal):
        self.journal = journal
        self.choice = ALL
        self.heard = False
        self._whole: Tables | None = None
        self._shown: Tables | None = None
        self._listeners: list[Callable[[], None]] = []
        self._first: list[Callable[[], None]] = []
        journal.on_change(self._journal_changed)

    def tables(self) -> Tables:
        """Return the tables of the moments that are chosen.

        Raises
        ------
        JournalError
            If the store cannot be read.
        """
        if self._shown is None:
            chosen = self.choice
            self._shown = self.whole().only(chosen.since, chosen.until, chosen.setting)
        return self._shown

    def whole(self) -> Tables:
        """Return the tables of all the moments, whatever is chosen.

        Raises
        ------
        JournalError
            If the store cannot be read.
        """
        # Only a page with a picture loads pandas.
        from workshop_kit.tables import tables

        if self._whole is None:
            self._whole = tables(self.journal.entries(), journey())
        return self._whole

    def choose(self, choice: Choice) -> None:
        """Choose which moments are drawn, and tell those who asked to be told."""
        if choice != self.choice:
            self.choice = choice
            self._changed()

    def on_change(self, listener: Callable[[], None], *, first: bool = False) -> None:
        """Call ``listener`` after every change of the journal or of the choice.

        Those that come ``first`` are called before all others: what is quickly said waits for
        nothing that takes long to draw.
        """
        (self._first if first else self._listeners).append(listener)

    def _journal_changed(self) -> None:
        self.heard = True
        self._whole = None
        self._changed()

    def _changed(self) -> None:
        self._shown = None
        for listener in (*self._first, *self._listeners):
            listener()
