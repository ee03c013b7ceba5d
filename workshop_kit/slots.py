"""Text with places for a trainee's words, so that a sentence can be made where no words are.

Under ``serve`` the words stay in the page: Python says where each of them stands, and the page puts
them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What a browser's `trim` takes off the ends of a text.
_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_JOINING = ",.;:"


def trimmed(text: str) -> str:
    """Return a text without the space around it, as a browser would.

    Examples
    --------
    >>> trimmed(" a bath\N{NO-BREAK SPACE}")
    'a bath'
    """
    return text.strip(_SPACE)


@dataclass(frozen=True)
class Slot:
    """The place of what was written under ``question``.

    With ``joined`` the sentence goes on with a comma, so one that was typed is not said twice.
    """

    question: str
    joined: bool = False

    def said(self, text: str) -> str:
        """Return a text as it stands in this place."""
        return trimmed(text).rstrip(_JOINING) if self.joined else trimmed(text)


Text = tuple[str | Slot, ...]


def fill(sentence: str, /, **values: str | Text) -> Text:
    """Put texts into the places that a sentence names in braces.

    Examples
    --------
    >>> fill("{act}: {told}", act=(Slot("acts_1"),), told="all drive")
    (Slot(question='acts_1', joined=False), ': all drive')
    """
    pieces = re.split(r"\{(\w+)\}", sentence)
    texts: list[str | Text] = [pieces[0]]
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        texts += [values[name], piece]
    return _whole(texts)


def join(texts: Iterable[str | Text], between: str) -> Text:
    """Put texts one after another, with ``between`` between them.

    Examples
    --------
    >>> join(["tea", (Slot("sort_1"),)], "; ")
    ('tea; ', Slot(question='sort_1', joined=False))
    """
    joined: list[str | Text] = []
    for text in texts:
        joined += [between, text] if joined else [text]
    return _whole(joined)


def spell(text: Text, words: Mapping[str, str]) -> str:
    """Write out a text with the words in their places.

    Examples
    --------
    >>> spell((Slot("note"), "."), {"note": "Soup "})
    'Soup.'
    """
    return "".join(
        piece.said(words.get(piece.question, "")) if isinstance(piece, Slot) else piece
        for piece in text
    )


def _whole(texts: Iterable[str | Text]) -> Text:
    """Put pieces in a row, and those that are only letters together."""
    whole: list[str | Slot] = []
    for text in texts:
        for piece in (text,) if isinstance(text, str) else text:
            if isinstance(piece, str) and whole and isinstance(whole[-1], str):
                whole[-1] += piece
            elif piece:
                whole.append(piece)
    return tuple(whole)
