"""A day in three systems: its sizes, its moments and the loop that was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop_kit.slots import Slot, join
from workshop_kit.systems import SYSTEMS, System
from workshop_kit.tellers.moment import Moment, Told, Words
from workshop_kit.tellers.sizes import placed, word_for
from workshop_kit.wording import Choice

Step = tuple[Choice, System]


def loop_of(part: Any, answers: Mapping[str, Any]) -> list[Step]:
    """Return the loop as it was drawn: a stopping-point and a system for each step.

    What is no circle of this day is left out.
    """
    circles = {f"{stop.id}_{system}": (stop, system) for stop in part.stops for system in SYSTEMS}
    held = answers.get(f"{part.id}_loop")
    steps = held.items() if isinstance(held, dict) else ()
    numbered = [
        (int(number), circle)
        for number, circle in ((name.removeprefix("step_"), circle) for name, circle in steps)
        if number.isdecimal() and circle in circles
    ]
    return [circles[circle] for _, circle in sorted(numbered)]


def tell_day(part: Any, moment: Moment, words: Words) -> list[Told]:
    """Tell every stop that has sizes or a moment, then the loop."""
    said, answers = words.controls.day, moment.entry.answers
    told: list[Told] = []
    for stop in part.stops:
        name = f"{part.id}_{stop.id}"
        sizes = (
            f"{words.shared.systems[system].name} {word_for(size, words)}"
            for system, size in placed(answers.get(name)).items()
        )
        written = (Slot(name),) if name in moment.written else ()
        told += [
            (stop.label, join(sizes, ", ")),
            (said["moment_at"].format(stop=stop.label), written),
        ]
    steps = (
        said["step"].format(stop=stop.label, system=words.shared.systems[system].within)
        for stop, system in loop_of(part, answers)
    )
    return [*told, (said["loop"], join(steps, said["then"]))]
