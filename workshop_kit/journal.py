"""My own entries, over a store that is handed in: one way to read them, wherever they live."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol, get_args

from workshop_kit.entries import Entry, fold
from workshop_kit.wording import Home

HOMES_VARIABLE = "WORKSHOP_KIT_HOMES"


class Store(Protocol):
    """What a home has to be able to do."""

    def versions(self) -> tuple[Entry, ...]:
        """Return every version that is kept."""

    def keep(self, entry: Entry) -> None:
        """Keep one version."""


class PageStore:
    """What the page has told Python of a journal that lives in the browser: never a word of it.

    Useful where the trainee's words stay in their page. It is a copy for drawing and lasts as
    long as the kernel; the journal itself is in the browser.
    """

    def __init__(self) -> None:
        self._versions: dict[object, Entry] = {}

    def versions(self) -> tuple[Entry, ...]:
        """Return the versions the page has told of, without words."""
        return tuple(self._versions.values())

    def keep(self, entry: Entry) -> None:
        """Remember one version, without its words."""
        self._versions[entry.version] = entry.without_words()


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

    def keep(self, *entries: Entry) -> None:
        """Keep versions of moments, then tell those who asked to be told.

        Raises
        ------
        JournalError
            If the store cannot be written; nothing that was kept before is changed.
        """
        for entry in entries:
            self.store.keep(entry)
        for listener in self._listeners:
            listener()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every change."""
        self._listeners.append(listener)


def served() -> bool:
    """Whether a server shows this notebook as a page, rather than JupyterLab as a notebook."""
    return HOMES_VARIABLE in os.environ


def allowed_homes() -> tuple[Home, ...]:
    """Say where a journal may live, the default first.

    A server fixes this in the kernel's environment, where no page can reach it. Without a server
    the notebook runs in JupyterLab: on one's own computer the home is a file; on a hub or Binder
    the computer is somebody else's, so the words stay in the browser.
    """
    said = os.environ.get(HOMES_VARIABLE)
    if said is not None:
        chosen = said.split(",")
        known: tuple[Home, ...] = get_args(Home)
        # Whatever a server says, a page can always keep words for the visit.
        return tuple(home for name in chosen for home in known if home == name) or ("visit",)
    if "JUPYTERHUB_USER" in os.environ or "BINDER_SERVICE_HOST" in os.environ:
        return ("visit",)
    return ("file",)
