"""Many people's answers as counts, under the rules of the group: nobody is seen.

A contribution is one choice of a closed list for each question of one exercise, made by one joined
page. A page sizes and counts its own answers into these few bins before anything is sent. A batch
of contributions becomes a picture: for each question by itself, how many pages chose each bin.
There are no rows, no pairs of answers and nothing of any one page.

Every number of a picture stands on all pages of its batch, so on at least as many as the session
asks for; and since a page contributes once to an exercise, two batches have no page in common. A
bin that one or two pages chose is joined with its neighbour; where that leaves one bin, which
would say nothing, the question is withheld. That bins were joined, or a question withheld, says
itself that somebody was nearly alone, though not who, nor in which of those bins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from workshop_kit.exercises import Exercise
from workshop_kit.systems import SYSTEMS

# How many joined pages a picture stands on at least: the facilitator's choice within bounds.
FEWEST, USUAL, MOST = 3, 5, 20
SMALLEST = 3  # pages in a bin that is shown, unless there are none
NONE = "none"
# The largest size, from 0 to 10, of each bin but the last.
SIZE_BOUNDS = (4, 6)
SIZES = (NONE, "small", "medium", "large")
# Of what a page placed or sorted, how much lies in one place; "most" is half or more.
SHARES = (NONE, "some", "most")
MIXTURE, CANT_TELL = "mixture", "cant_tell"

Refusal = Literal["unlocked", "few"]
Contribution = Mapping[str, str]


class ContributionError(ValueError):
    """A contribution is not from the closed list; the sentence quotes nothing of it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Frozen):
    """One question that is pooled, and its bins in an order in which neighbours are alike.

    Attributes
    ----------
    id
        The part of the exercise, and which of its answers this is.
    about
        That answer alone, such as ``"threat"`` or ``"service"``; empty where there is only one.
    bins
        The ids of the bins.
    """

    id: str
    about: str
    bins: tuple[str, ...]


class Bin(_Frozen):
    """One bin as it is shown, or several that were joined, and how many pages chose it."""

    ids: tuple[str, ...]
    count: int


class Counts(_Frozen):
    """The bins of one question; none where the question is withheld."""

    question: str
    bins: tuple[Bin, ...]


class Picture(_Frozen):
    """A batch as counts: how many pages it stands on, and each question by itself."""

    pages: int
    questions: tuple[Counts, ...]


def questions(exercise: Exercise) -> tuple[Question, ...]:
    """Return what is pooled of an exercise; nothing unless its author says so.

    Examples
    --------
    >>> from workshop_kit.exercises import load_exercise
    >>> questions(load_exercise("arriving"))[0].bins
    ('none', 'small', 'medium', 'large')
    """
    parts = [exercise.part(name) for name in exercise.pools]
    return tuple(question for part in parts for question in _ASKED[part.kind](part))


def checked(given: object, asked: Sequence[Question]) -> dict[str, str]:
    """Return a contribution that answers each question with one of its bins.

    Parameters
    ----------
    given
        Whatever a page sent.
    asked
        The questions of the exercise.

    Raises
    ------
    ContributionError
        If a question is missing, unknown, or answered with anything else.

    Examples
    --------
    >>> checked({"mood": "low"}, [Question(id="mood", about="", bins=("low", "high"))])
    {'mood': 'low'}
    """
    bins = {question.id: question.bins for question in asked}
    if not isinstance(given, dict) or given.keys() != bins.keys():
        raise ContributionError("a contribution answers each question of its exercise, no other")
    # Anything may have been sent, also what cannot be looked up in a set.
    if not all(isinstance(said, str) and said in bins[name] for name, said in given.items()):
        raise ContributionError("a contribution answers with one of the bins of each question")
    return {question.id: given[question.id] for question in asked}


def refusal(waiting: int, k: int, *, locked: bool) -> Refusal | None:
    """Say why a batch may not be opened, if it may not.

    Parameters
    ----------
    waiting
        How many contributions wait.
    k
        How many a picture has to stand on in this session.
    locked
        Whether the room was locked after a headcount.

    Examples
    --------
    >>> refusal(4, 5, locked=True)
    'few'
    """
    if not locked:
        return "unlocked"
    return "few" if waiting < max(k, FEWEST) else None


def pool(batch: Sequence[Contribution], asked: Sequence[Question]) -> Picture:
    """Return the picture of a batch.

    Parameters
    ----------
    batch
        Checked contributions, one for each page, as many as `refusal` lets through.
    asked
        The questions of the exercise, in the order of the picture.

    Returns
    -------
    Picture
        No bin in it was chosen by one or two pages.

    Raises
    ------
    ValueError
        If there are fewer contributions than the fewest that any session allows.

    Examples
    --------
    >>> mood = Question(id="mood", about="", bins=("low", "middling", "high"))
    >>> said = ["low", "middling", "middling", "high", "high", "high"]
    >>> picture = pool([{"mood": one} for one in said], [mood])
    >>> [(one.ids, one.count) for one in picture.questions[0].bins]
    [(('low', 'middling'), 3), (('high',), 3)]
    """
    if len(batch) < FEWEST:
        raise ValueError(f"a picture stands on {FEWEST} pages or more")
    return Picture(pages=len(batch), questions=tuple(_counts(batch, one) for one in asked))


def _counts(batch: Sequence[Contribution], question: Question) -> Counts:
    chosen = Counter(one[question.id] for one in batch)
    bins = _joined([Bin(ids=(name,), count=chosen[name]) for name in question.bins])
    # What all of them share in any case is no answer.
    return Counts(question=question.id, bins=tuple(bins) if len(bins) > 1 else ())


def _joined(bins: list[Bin]) -> list[Bin]:
    """Join each bin that holds too few with the one after it, and the last with those before."""
    done: list[Bin] = []
    for one in bins:
        if done and _too_few(done[-1]):
            one = _together(done.pop(), one)
        done.append(one)
    while len(done) > 1 and _too_few(done[-1]):
        last = done.pop()
        done.append(_together(done.pop(), last))
    return done


def _too_few(one: Bin) -> bool:
    return 0 < one.count < SMALLEST


def _together(one: Bin, other: Bin) -> Bin:
    return Bin(ids=(*one.ids, *other.ids), count=one.count + other.count)


def _sizes(part: Any) -> list[Question]:
    return [_question(part, system, SIZES) for system in SYSTEMS]


def _places(part: Any) -> list[Question]:
    landed = [f"landed_{choice.id}" for choice in part.landed]
    return [_question(part, name, SHARES) for name in (*SYSTEMS, MIXTURE, CANT_TELL, *landed)]


def _owners(part: Any) -> list[Question]:
    return [_question(part, choice.id, SHARES) for choice in part.bins]


def _choice(part: Any) -> list[Question]:
    bins = (*(choice.id for choice in part.choices), NONE)
    return [Question(id=part.id, about="", bins=bins)]


def _question(part: Any, about: str, bins: tuple[str, ...]) -> Question:
    return Question(id=f"{part.id}_{about}", about=about, bins=bins)


# The kinds of part whose answers are numbers and choices of a closed list.
_ASKED: dict[str, Callable[[Any], list[Question]]] = {
    "systems": _sizes,
    "acts": _places,
    "sort": _owners,
    "choice": _choice,
}
