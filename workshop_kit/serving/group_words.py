"""What the pages of a group are told of the exercises, and the opened pictures as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from workshop_kit.board_state import Shown
from workshop_kit.exercises import Exercise, journey
from workshop_kit.pooling import (
    CANT_TELL,
    MIXTURE,
    NONE,
    SHARES,
    SIZE_BOUNDS,
    SIZES,
    Question,
    questions,
)
from workshop_kit.wording import load_group_words, load_wording


def told(language: str = "en") -> dict[str, Any]:
    """Return every exercise as the pages of a group know it.

    Returns
    -------
    dict
        By its id: ``title``, ``name`` (of its notebook), ``minutes``, and ``parts``, those that are
        pooled, each with its ``kind``, its ``legend`` and its ``questions`` in words.

    Examples
    --------
    >>> told()["arriving"]["parts"][0]["questions"][0]["label"]
    'Threat'
    """
    return {
        exercise.id: {
            "title": exercise.title,
            "name": exercise.name,
            "minutes": exercise.minutes,
            "parts": [
                {
                    "id": name,
                    "kind": exercise.part(name).kind,
                    "legend": getattr(exercise.part(name), "legend", exercise.title),
                    "questions": [
                        {"id": one.id, "about": one.about, **labels(exercise, one, language)}
                        for one in _of_part(exercise, name)
                    ],
                }
                for name in exercise.pools
            ],
        }
        for exercise in journey(language)
    }


def labels(exercise: Exercise, question: Question, language: str = "en") -> dict[str, Any]:
    """Return what a question and its bins are called: ``label``, and ``bins`` by id."""
    part: Any = next(
        exercise.part(name) for name in exercise.pools if question in _of_part(exercise, name)
    )
    named = load_group_words(language).bins
    bins = {SIZES: named.sizes, SHARES: named.shares}.get(question.bins)
    if bins is None:
        bins = {choice.id: choice.label for choice in part.choices} | {NONE: named.no_answer}
    return {"label": _label(part, question.about, language), "bins": bins}


def table(shown: Iterable[Shown], language: str = "en") -> str:
    """Return opened pictures as CSV, one row a bin: only what was on the wall."""
    words = load_group_words(language)
    known = {exercise.id: exercise for exercise in journey(language)}
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    heads = ("exercise", "question", "answer", "pages")
    writer.writerow(
        [
            words.lead["exercise"],
            *(words.picture[one] for one in heads[1:]),
            words.lead["stands_on"],
        ]
    )
    for one in shown:
        asked = {question.id: question for question in questions(known[one.exercise])}
        for counts in one.picture.questions:
            called = labels(known[one.exercise], asked[counts.question], language)
            title = known[one.exercise].title
            for each in counts.bins:
                *others, last = [called["bins"][name] for name in each.ids]
                answer = words.picture["or"].join([", ".join(others), last] if others else [last])
                writer.writerow([title, called["label"], answer, each.count, one.picture.pages])
            if not counts.bins:
                withheld = words.picture["withheld"]
                writer.writerow([title, called["label"], withheld, "", one.picture.pages])
    return written.getvalue()


def settings(language: str = "en") -> dict[str, Any]:
    """Return what every page of a group needs: the exercises, the words, and where sizes part."""
    words = load_group_words(language)
    return {
        "exercises": told(language),
        "bounds": dict(zip(SIZES[1:], (*SIZE_BOUNDS, None), strict=True)),
        "words": {"picture": words.picture, "refused": words.refused},
    }


def _of_part(exercise: Exercise, name: str) -> tuple[Question, ...]:
    return questions(exercise.model_copy(update={"pools": (name,)}))


def _label(part: Any, about: str, language: str) -> str:
    named = load_group_words(language).bins
    systems: Any = load_wording(language).systems
    if part.kind == "systems":
        return systems[about].name
    if part.kind == "sort":
        return next(choice.label for choice in part.bins if choice.id == about)
    if part.kind == "choice":
        return part.legend
    if about in systems:
        return named.mostly.format(system=systems[about].within)
    if about in (MIXTURE, CANT_TELL):
        return {MIXTURE: named.mixture, CANT_TELL: named.cant_tell}[about]
    landed = next(choice.label for choice in part.landed if f"landed_{choice.id}" == about)
    answer = landed[:1].lower() + landed[1:] if landed[1:2].islower() else landed
    return named.landed.format(answer=answer)
