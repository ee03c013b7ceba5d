"""A booklet to take home: drawn by Python, filled with words by the page."""

from __future__ import annotations

from typing import Annotated

import traitlets as t
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workshop_kit.entries import ChoiceId, Entry
from workshop_kit.tellers import Moment
from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import module, styles

MOST_WRITTEN = 1000  # questions of one moment that have words


class _Asked(BaseModel):
    """One moment as the page hands it over: without words, and where there are some."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
    entry: Entry
    written: Annotated[tuple[ChoiceId, ...], Field(max_length=MOST_WRITTEN)]


class Takeaway(WorkshopWidget):
    """Lets a trainee choose what goes in, and offers the booklet as a file.

    The page sends moments without their words, and the names of the questions that have some. It
    gets the booklet back with a place for each, puts the words there and keeps them to itself.
    Nothing is kept.

    Attributes
    ----------
    exercises
        The ``id`` and ``title`` of each page that keeps anything, in order.
    legend, words
        What is asked, and what the control itself says.

    Examples
    --------
    >>> Takeaway(legend="What goes in?").says()
    'What goes in?'
    """

    _esm = module("takeaway")
    _css = styles("takeaway")
    exercises = t.List(t.Dict()).tag(sync=True)
    legend = t.Unicode().tag(sync=True)
    words = t.Dict().tag(sync=True)

    def __init__(self, **traits: object):
        super().__init__(**traits)
        self.on_msg(self._answer)

    def says(self) -> str:
        """Return what is asked."""
        return self.legend

    def _answer(self, _widget: object, message: object, _buffers: object) -> None:
        """Answer with a booklet without words, and how many moments could not be read."""
        if not isinstance(message, dict) or not isinstance(message.get("moments"), list):
            return
        # Only a page that asks for a booklet loads what draws one.
        from workshop_kit.booklet import booklet

        moments, left_out = _read(message["moments"])
        self.send({"to": message.get("ticket"), "html": booklet(moments), "left_out": left_out})


def _read(records: list) -> tuple[list[Moment], int]:
    moments = []
    for record in records:
        try:
            asked = _Asked.model_validate(record)
        except ValidationError:
            continue
        # Whatever a page sends, no word of it is drawn.
        moments.append(Moment(asked.entry.without_words(), asked.written))
    return moments, len(records) - len(moments)
