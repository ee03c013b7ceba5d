"""The keeper: the one widget that writes a trainee's moments into their journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets as t

from workshop_kit.entries import JournalError, readable_entries
from workshop_kit.journal import Journal, PageStore
from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles
from workshop_kit.wording import Wording


def keeper_words(wording: Wording) -> dict[str, Any]:
    """Return what the keeper of a page says."""
    return {
        **wording.kept,
        **wording.moment,
        "refused": wording.refused,
        "erased": wording.journal["erased"],
        "keep_a_file": wording.journal["keep_a_file"],
        "file_name": wording.privacy["file_name"],
    }


if TYPE_CHECKING:
    from workshop_kit.file_desk import FileDesk


class Keeper(WorkshopWidget):
    """Listens to the fields of its page and keeps every change, without a button.

    In a browser home its JavaScript writes the browser's own storage. In the file home it asks the
    `FileDesk`. Whether there is one comes from the kernel's environment and not from a trait: a
    page that forges ``homes`` changes only where its own JavaScript looks.

    A page asks, each time with a ``ticket`` that the answer bears as ``to``. It tells ``numbers``,
    its ``records`` without their words, of a journal that Python cannot read, in a browser or
    sealed; it is answered how many were ``unreadable``. At ``forget`` Python forgets them. What is
    refused is answered with a sentence for the trainee, ``refused``, and its ``reason``.

    Parameters
    ----------
    journal
        What the pictures of the page are drawn from; it turns to wherever the page is.
    desk
        The file home, where this kernel may have one; without it Python keeps no word.
    """

    _esm = module("keeper")
    _css = styles("keeper")
    exercise = t.Unicode().tag(sync=True)
    content = t.Int(1).tag(sync=True)
    carry_on = t.Int(720).tag(sync=True)
    whole = t.Bool(False).tag(sync=True)
    homes = t.List(t.Unicode()).tag(sync=True)
    words = t.Dict().tag(sync=True)

    def __init__(self, journal: Journal, *, desk: FileDesk | None = None, **traits: Any):
        super().__init__(**traits)
        self._journal = journal
        self._desk = desk
        self._told = PageStore()
        self.on_msg(self._answer)

    def _answer(self, _widget: object, message: object, _buffers: object) -> None:
        """Answer the page; a refusal is a sentence for the trainee, never a traceback."""
        try:
            reply = self._handle(message)
        except JournalError as error:
            reply = {"refused": str(error), "reason": error.reason}
        ticket = message.get("ticket") if isinstance(message, dict) else None
        self.send({"to": ticket, **reply})

    def _handle(self, message: object) -> dict:
        match message:
            case {"ask": "numbers", "records": records}:
                entries, unreadable = readable_entries(records)
                self._told.keep(*entries)
                self._journal.turn_to(self._told)
                return {"unreadable": unreadable}
            case {"ask": "forget"}:
                self._told.erase()
                self._journal.changed()
                return {}
            case {"ask": what} if self._desk:
                reply = self._desk.answer(message)
                if reply is not None:
                    self._turn_to_file(self._desk, anew=what in ("open", "replace", "erase"))
                    return reply
        return {"refused": "This page may not do that."}

    def _turn_to_file(self, desk: FileDesk, *, anew: bool) -> None:
        """Draw from the file; of a sealed one, from what the page tells once it has opened it."""
        if anew:
            self._told.erase()
        self._journal.turn_to(self._told if desk.locked else desk.store)
