"""The three flows of compassion as they were tapped: to others, from others, and to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workshop_kit.slots import join
from workshop_kit.tellers.moment import Moment, Told, Words

FLOWS = ("out", "offered", "let_in", "turned_away")
MYSELF = "myself"


@dataclass(frozen=True)
class Tapped:
    """Someone or somewhere, and the flows that were tapped there."""

    id: str
    label: str
    flows: tuple[str, ...]


def tapped_in(part: Any, answers: Mapping[str, Any]) -> list[Tapped]:
    """Return those of a part for whom anything was tapped, oneself last."""
    everybody = [*((one.id, one.label) for one in part.people), (MYSELF, part.myself)]
    found = []
    for name, label in everybody:
        taps = answers.get(f"{part.id}_{name}")
        flows = tuple(flow for flow in FLOWS if isinstance(taps, dict) and taps.get(flow))
        if flows:
            found.append(Tapped(name, label, flows))
    return found


def tell_flows(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell each flow and whom it went to or came from, and then what went to oneself."""
    said, tapped = words.controls.flows, tapped_in(part, moment.entry.answers)
    told: list[Told] = []
    for flow in FLOWS:
        names = [one.label for one in tapped if one.id != MYSELF and flow in one.flows]
        told.append((said[f"others_{flow}"], join(names, said["between"])))
    for one in tapped:
        if one.id == MYSELF:
            # Nothing is asked of what goes out to oneself.
            own = [said[f"myself_{flow}"] for flow in one.flows if flow != "out"]
            told.append((one.label, join(own, said["between"])))
    return told
