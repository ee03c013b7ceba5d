"""The keeper: the one widget that writes a trainee's moments into their journal."""

from __future__ import annotations

from typing import Any

import traitlets as t

from workshop_kit.entries import JournalError, read_entries, readable_entries
from workshop_kit.journal import Journal
from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles


class Keeper(WorkshopWidget):
    """Listens to the fields of its page and keeps every change, without a button.

    In a browser home its JavaScript writes the browser's own storage and tells Python numbers
    and choices. In the file home it hands whole entries to Python, which writes the file. Which
    homes there are comes from `Journal`'s place in the kernel and not from a trait: a page that
    forges ``homes`` changes only where its own JavaScript looks.

    Parameters
    ----------
    journal
        Where Python reads and writes.
    file_home
        Whether words may come to Python at all.
    """

    _esm = module("keeper")
    _css = styles("keeper")
    exercise = t.Unicode().tag(sync=True)
    content = t.Int(1).tag(sync=True)
    carry_on = t.Int(720).tag(sync=True)
    whole = t.Bool(False).tag(sync=True)
    homes = t.List(t.Unicode()).tag(sync=True)
    words = t.Dict().tag(sync=True)

    def __init__(self, journal: Journal, *, file_home: bool, **traits: Any):
        super().__init__(**traits)
        self._journal = journal
        self._file_home = file_home
        self.on_msg(self._answer)

    def _answer(self, _widget: object, message: object, _buffers: object) -> None:
        """Answer the page; a refusal is a sentence for the trainee, never a traceback."""
        try:
            reply = self._handle(message)
        except JournalError as error:
            reply = {"refused": str(error)}
        ticket = message.get("ticket") if isinstance(message, dict) else None
        self.send({"to": ticket, **reply})

    def _handle(self, message: object) -> dict:
        if not isinstance(message, dict):
            return {"refused": "This page may not do that."}
        match message.get("ask"):
            case "open" if self._file_home:
                versions = self._journal.store.versions()
                return {"versions": [entry.model_dump(mode="json") for entry in versions]}
            case "keep" if self._file_home:
                self._journal.keep(*read_entries(message.get("records")))
                return {"kept": True}
            case "numbers" if not self._file_home:
                entries, unreadable = readable_entries(message.get("records"))
                self._journal.keep(*(entry.without_words() for entry in entries))
                return {"unreadable": unreadable}
            case _:
                return {"refused": "This page may not do that."}
