"""One picture with all that comes with it: its figure, its sentence, its count and its table."""

from __future__ import annotations

from dataclasses import dataclass

from workshop_kit.day_figures import DAYS_DRAWN
from workshop_kit.figures import figure
from workshop_kit.labels import Labels
from workshop_kit.readings import THINGS, Reading, read
from workshop_kit.sentences import FLOOR, sentence, stands_on
from workshop_kit.tables import Tables
from workshop_kit.theme import Figure


@dataclass(frozen=True)
class Picture:
    """A picture as it is shown.

    Attributes
    ----------
    figure
        A plotly figure, or ``{}`` where there is nothing to draw or too little to count.
    sentence
        What can be said of it.
    count
        How many things it stands on.
    reading
        The same as a table.
    """

    figure: Figure
    sentence: str
    count: int
    reading: Reading


def picture(name: str, tables: Tables, labels: Labels, *, filtered: bool = False) -> Picture:
    """Make one picture of a journal's tables.

    Parameters
    ----------
    name
        Such as ``"activation"``; `workshop_kit.parts.PicturePart` lists them all.
    tables
        What is drawn.
    labels
        The words.
    filtered
        Whether something may have been left out of the tables on purpose.

    Examples
    --------
    >>> from workshop_kit.exercises import journey
    >>> from workshop_kit.labels import labels
    >>> from workshop_kit.tables import tables
    >>> from workshop_kit.wording import load_pictures, load_wording
    >>> words = labels(journey(), load_wording(), load_pictures())
    >>> picture("days", tables([], journey()), words).count
    0
    """
    return Picture(
        figure=figure(name, tables, labels),
        sentence=said_of(name, tables, labels, filtered=filtered),
        count=stands_on(name, tables),
        reading=read(name, tables, labels),
    )


def said_of(name: str, tables: Tables, labels: Labels, *, filtered: bool = False) -> str:
    """Return the sentence of a picture alone, which is there long before the picture is."""
    said = sentence(name, tables, labels, filtered=filtered)
    if name == "days" and stands_on(name, tables) > DAYS_DRAWN:
        said += " " + labels.pictures.shared["some_drawn"].format(count=DAYS_DRAWN)
    return said


def shows(name: str, tables: Tables) -> bool:
    """Say whether a picture has anything of its own to show.

    Counts of what another picture shows one by one, such as the sizes by setting, have so from the
    floor on; below it they would only say the same few moments once more.

    Examples
    --------
    >>> from workshop_kit.tables import tables
    >>> shows("activation", tables([], []))
    False
    """
    return stands_on(name, tables) >= (FLOOR if name in THINGS else 1)
