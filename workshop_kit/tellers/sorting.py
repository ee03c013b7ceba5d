"""Where each thing of a list was put."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workshop_kit.slots import Slot, Text, join
from workshop_kit.tellers.moment import Moment, Told, Words


@dataclass(frozen=True)
class Place:
    """A place with what was put there; one without an id holds what was put nowhere."""

    id: str | None
    label: str
    things: tuple[Text, ...]


def places_of(part: Any, moment: Moment, words: Words) -> list[Place]:
    """Return each place of a part that sorts, and last what was put nowhere."""
    held: dict[str | None, list[Text]] = {place.id: [] for place in part.bins}
    held[None] = []
    for question, name in _things(part, moment, words.controls.sorter["unnamed"]):
        place = moment.entry.answers.get(question)
        held[place if isinstance(place, str) and place in held else None].append(name)
    labels = {place.id: place.label for place in part.bins}
    labels[None] = words.controls.sorter["unsorted"]
    return [Place(place, labels[place], tuple(things)) for place, things in held.items()]


def _things(part: Any, moment: Moment, unnamed: str) -> list[tuple[str, Text]]:
    """Say what there is to sort, in the order in which it stands."""
    if not part.own:
        return [(f"{part.id}_{item.id}", (item.label,)) for item in part.items]
    sorted_ones = [name for name, place in moment.entry.answers.items() if place]
    return [
        (name, (Slot(name),) if name in moment.written else (unnamed,))
        for name in sorted({*sorted_ones, *moment.written})
        if name.startswith(f"{part.id}_")
    ]


def tell_sorting(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell each place and what was put there."""
    # What is on a given list and put nowhere was not answered; what a trainee wrote was.
    return [
        (place.label, join(place.things, words.controls.sorter["between"]))
        for place in places_of(part, moment, words)
        if place.id or part.own
    ]
