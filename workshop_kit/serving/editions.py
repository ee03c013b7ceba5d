"""The words of the pages as they are now, or as they were last without a fault."""

from __future__ import annotations

import sys

from workshop_kit import notebooks, shelf
from workshop_kit.exercises import journey
from workshop_kit.run_sheets import load_run_sheets
from workshop_kit.serving import provisioner, spares
from workshop_kit.serving.pages import Pages
from workshop_kit.support import load_support
from workshop_kit.wording import (
    load_booklet,
    load_controls,
    load_group_words,
    load_pictures,
    load_wording,
)
from workshop_kit.worksheets.wording import load_worksheets
from workshop_kit.yaml_files import ContentError, Fault

_LOADS = (
    *(load_wording, load_controls, load_pictures, load_group_words),
    *(load_booklet, load_support, load_worksheets, load_run_sheets),
)


def load_everything() -> None:
    """Read every content file there is; raises ``ContentError`` with the faults of all of them."""
    faults: list[Fault] = []
    for language in shelf.languages():
        for load in (journey, *_LOADS):
            try:
                load(language)
            except ContentError as error:
                faults += error.faults
    if faults:
        raise ContentError(list(dict.fromkeys(faults)))
    if shelf.course():
        notebooks.build()


class Editions:
    """Follows the content files while the server runs.

    Parameters
    ----------
    pages
        What is rendered from them.
    """

    def __init__(self, pages: Pages):
        self._pages = pages
        self._stamp = shelf.stamp()

    def look(self) -> None:
        """Read the files anew if one has changed; with a fault all stays, and it is told once."""
        now = shelf.stamp()
        if now == self._stamp:
            return
        self._stamp = now
        try:
            with shelf.trial():
                load_everything()
        except ContentError as error:
            sys.stderr.write(f"{error}\nThe pages stay as they were until this is mended.\n")
            return
        self._pages.forget()
        # What has read the old words goes on with the pages that are open, and begins no others.
        provisioner.WARM.retire()
        spares.SPARES.renew()
