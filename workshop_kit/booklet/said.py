"""A trainee's words in a booklet: the places where they stand, and how those are filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup, escape

from workshop_kit.entries import Entry
from workshop_kit.slots import Slot, Text

# A place as `Said` writes it, and nothing that anybody could have typed: what was typed is not
# there yet, and every other text is escaped.
_PLACE = re.compile(
    r'data-words="(?P<moment>[0-9a-f-]{36}) (?P<question>[a-z0-9_]+)"(?P<joined> data-joined="")?>'
)
# What is no character of a document: controls, halves of an emoji.
_UNSAID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Said:
    """A text with slots, and the moment whose words stand in them."""

    moment: UUID
    text: Text

    def __html__(self) -> Markup:
        """Return it as HTML, with an empty place for each slot."""
        alone = len(self.text) == 1
        pieces = (
            self._place(piece, alone) if isinstance(piece, Slot) else piece for piece in self.text
        )
        return Markup("").join(pieces)

    def _place(self, slot: Slot, alone: bool) -> Markup:
        # A direction of its own, so that Arabic or Hebrew does not turn the line around it.
        kind = "own alone" if alone else "own"
        joined = Markup(' data-joined=""') if slot.joined else ""
        start = Markup('<span class="{}" dir="auto" data-words="{} {}"{}>').format(
            kind, self.moment, slot.question, joined
        )
        return start + Markup("</span>")


def fill_in(html: str, entries: Iterable[Entry]) -> str:
    """Put the words of entries into the places of a booklet.

    The page does the same where the words stay in the page.

    Parameters
    ----------
    html
        A booklet whose places are empty.
    entries
        The moments with their words.

    Returns
    -------
    str
        The booklet, without a trace of the places.

    Examples
    --------
    >>> from workshop_kit.sample import sample_entries
    >>> entry = sample_entries()[0]
    >>> fill_in(f'<p>{Said(entry.id, (Slot("note"),)).__html__()}</p>', [entry])
    '<p><span class="own alone" dir="auto">I had thought I was just busy.</span></p>'
    """
    words = {str(entry.id): entry.words for entry in entries}

    def filled(place: re.Match[str]) -> str:
        slot = Slot(place["question"], joined=bool(place["joined"]))
        return f">{escape(_said(words.get(place['moment'], {}), slot))}"

    return re.sub(rf" {_PLACE.pattern}", filled, html)


def _said(words: Mapping[str, str], slot: Slot) -> str:
    text = slot.said(words.get(slot.question, ""))
    return _UNSAID.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
