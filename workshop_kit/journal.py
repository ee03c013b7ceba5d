"""My own entries, over a store that is handed in: one way to read them, wherever they live."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol, get_args
from uuid import UUID

from workshop_kit.entries import Entry, fold
from workshop_kit.journal_file import Deleted
from workshop_kit.wording import Home

HOMES_VARIABLE = "WORKSHOP_KIT_HOMES"


class Store(Protocol):
    """What Python has to be able to do with a home."""

    def versions(self) -> tuple[Entry, ...]:
        """Return every version that can be read."""

    def keep(self, *entries: Entry) -> tuple[UUID, ...]:
        """Keep versions; return the moments among them that are deleted."""

    def remove(self, moment: Deleted) -> None:
        """Delete a moment with all its versions."""

    def erase(self) -> None:
        """Erase everything."""


class PageStore:
    """What the page has told Python of a journal that lives elsewhere: never a word of it.

    Useful where the trainee's words stay in their page. It is a copy for drawing and lasts as
    long as the kernel; the journal itself is in the browser, or sealed.
    """

    def __init__(self) -> None:
        self._versions: dict[UUID, Entry] = {}

    def versions(self) -> tuple[Entry, ...]:
        """Return the versions the page has told of, without words."""
        return tuple(self._versions.values())

    def keep(self, *entries: Entry) -> tuple[UUID, ...]:
        """Remember versions, without their words."""
        self._versions |= {entry.version: entry.without_words() for entry in entries}
        return ()

    def remove(self, moment: Deleted) -> None:
        """Forget a moment."""
        kept = self._versions.items()
        self._versions = {name: entry for name, entry in kept if entry.id != moment.id}

    def erase(self) -> None:
        """Forget everything."""
        self._versions.clear()


class Journal:
    """The numbers and choices of a trainee's own moments.

    Parameters
    ----------
    store
        Where the moments are: a `FileStore` or a `PageStore`.

    Examples
    --------
    >>> Journal(PageStore()).entries()
    ()
    """

    def __init__(self, store: Store):
        self.store = store
        self._listeners: list[Callable[[], None]] = []

    def entries(self) -> tuple[Entry, ...]:
        """Return each moment once, without words, by the time it was begun.

        Raises
        ------
        JournalError
            If the store cannot be read.
        """
        return tuple(entry.without_words() for entry in fold(self.store.versions()))

    def keep(self, *entries: Entry) -> tuple[UUID, ...]:
        """Keep versions of moments, then tell those who asked to be told.

        Returns
        -------
        tuple of UUID
            The moments among them that are deleted; of these nothing is kept.

        Raises
        ------
        JournalError
            If the store cannot be written; nothing that was kept before is changed.
        """
        deleted = self.store.keep(*entries)
        self.changed()
        return deleted

    def turn_to(self, store: Store) -> None:
        """Show what is in another store from now on."""
        self.store = store
        self.changed()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every change."""
        self._listeners.append(listener)

    def changed(self) -> None:
        """Tell those who asked to be told."""
        for listener in self._listeners:
            listener()


def served() -> bool:
    """Whether a server shows this notebook as a page, rather than JupyterLab as a notebook."""
    return HOMES_VARIABLE in os.environ


def allowed_homes() -> tuple[Home, ...]:
    """Say where a journal may live, the default first.

    A server fixes this in the kernel's environment, where no page can reach it. Without a server
    the notebook runs in JupyterLab: on one's own computer the home is a file, or the visit only;
    on a hub or Binder the computer is somebody else's, so the words end with the visit.
    """
    said = os.environ.get(HOMES_VARIABLE)
    if said is not None:
        chosen = said.split(",")
        known: tuple[Home, ...] = get_args(Home)
        # Whatever a server says, a page can always keep words for the visit.
        return tuple(home for name in chosen for home in known if home == name) or ("visit",)
    if "JUPYTERHUB_USER" in os.environ or "BINDER_SERVICE_HOST" in os.environ:
        return ("visit",)
    return ("file", "visit")
