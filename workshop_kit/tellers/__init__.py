"""What was answered in a moment, told in words: each question as it was asked, and its answer.

Twin of ``widgets/moments.js`` and of the parts it needs; both are held to the same examples. Free
words are not here: where one stands in an answer there is a slot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from workshop_kit.exercises import Exercise
from workshop_kit.slots import Slot
from workshop_kit.tellers.days import tell_day
from workshop_kit.tellers.flowing import tell_flows
from workshop_kit.tellers.moment import Moment, Told, Words, label_of
from workshop_kit.tellers.motives import tell_acts
from workshop_kit.tellers.sentences import tell_stems
from workshop_kit.tellers.sizes import tell_systems
from workshop_kit.tellers.sorting import tell_sorting
from workshop_kit.tellers.tones import tell_tones

__all__ = ["Moment", "Told", "Words", "tell"]


def tell(
    moment: Moment, exercise: Exercise | None, words: Words, without: Collection[str] = ()
) -> list[Told]:
    """Tell everything that was answered in a moment.

    What was left open or taken back is not told. What was asked by an earlier version of the words
    is told under its own name.

    Parameters
    ----------
    moment
        The moment.
    exercise
        Its exercise as it is today, or ``None`` if there is no such exercise any more.
    words
        The words it is told in.
    without
        Kinds of part that are left out.

    Returns
    -------
    list of (str, Text)
        Each question and its answer, in the order of the page.

    Examples
    --------
    >>> from workshop_kit.exercises import load_exercise
    >>> from workshop_kit.sample import sample_entries
    >>> from workshop_kit.wording import load_controls, load_wording
    >>> words = Words(load_wording(), load_controls())
    >>> tell(Moment.of(sample_entries()[0]), load_exercise("arriving"), words)[0]
    ('The three systems then', ('Threat: large; Drive: large',))
    """
    asked = [part for part in exercise.parts if part.keeps] if exercise else []
    told = [
        one for part in asked if part.kind not in without for one in _tell_part(part, moment, words)
    ]
    if moment.entry.setting:
        where = label_of(words.shared.settings, moment.entry.setting)
        told.append((words.shared.moments["setting"], (where,)))
    return told + _others(moment, asked)


def _tell_part(part: Any, moment: Moment, words: Words) -> list[Told]:
    teller = _TELLERS.get(part.kind)
    told = teller(part, moment, words) if teller else []
    return [(question, answer) for question, answer in told if answer]


def _choice(part: Any, moment: Moment, _words: Words) -> list[Told]:
    answer = moment.entry.answers.get(part.id)
    return [(part.legend, (label_of(part.choices, answer),))] if isinstance(answer, str) else []


def _words(part: Any, moment: Moment, _words: Words) -> list[Told]:
    return _written([(prompt.id, prompt.label) for prompt in part.prompts], moment)


def _bridge(part: Any, moment: Moment, words: Words) -> list[Told]:
    return _written([(ask, words.shared.bridge[ask]) for ask in part.asks], moment)


def _letter(part: Any, moment: Moment, _words: Words) -> list[Told]:
    return _written([(part.prompt.id, part.prompt.label)], moment)


def _written(prompts: Iterable[tuple[str, str]], moment: Moment) -> list[Told]:
    return [(label, (Slot(name),)) for name, label in prompts if name in moment.written]


def _others(moment: Moment, asked: list[Any]) -> list[Told]:
    """Tell what no part of today's words asks for, under its own name."""
    answered: list[Told] = [
        (name, (value if isinstance(value, str) else f"{value:g}",))
        for name, value in moment.entry.answers.items()
        if isinstance(value, int | float | str)
    ]
    written: list[Told] = [(name, (Slot(name),)) for name in moment.written]
    return [one for one in (*answered, *written) if not any(_asks(part, one[0]) for part in asked)]


def _asks(part: Any, name: str) -> bool:
    """Say whether a part of today's words asks what is kept under ``name``."""
    prompts = [prompt.id for prompt in getattr(part, "prompts", ())]
    prompts += [part.prompt.id] if part.kind == "letter" else getattr(part, "asks", ())
    return name == part.id or name.startswith(f"{part.id}_") or name in prompts


_TELLERS: dict[str, Callable[[Any, Moment, Words], list[Told]]] = {
    "systems": tell_systems,
    "choice": _choice,
    "words": _words,
    "bridge": _bridge,
    "letter": _letter,
    "acts": tell_acts,
    "stems": tell_stems,
    "sort": tell_sorting,
    "tone": tell_tones,
    "flows": tell_flows,
    "day": tell_day,
}
