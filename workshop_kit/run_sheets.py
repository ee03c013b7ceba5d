"""The run sheets of a session: what comes when, with titles and minutes from the content files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from workshop_kit import shelf, yaml_files
from workshop_kit.exercises import Exercise, journey
from workshop_kit.wording import Id
from workshop_kit.words import Words
from workshop_kit.yaml_nodes import Location

Minutes = Annotated[int, Field(ge=1)]
FILE = "run_sheets.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Part):
    """An exercise by its id, or something else with minutes of its own."""

    exercise: Id | None = None
    what: Words | None = None
    minutes: Minutes | None = None


class Session(_Part):
    """What is done at one sitting."""

    title: Words
    minutes: Minutes
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Sheet(_Part):
    """One way to lead the workshop, in one sitting or several."""

    id: Id
    title: Words
    about: Words
    sessions: Annotated[tuple[Session, ...], Field(min_length=1)]


class Sheets(_Part):
    """All run sheets, in the order in which they are shown."""

    sheets: Annotated[tuple[Sheet, ...], Field(min_length=1)]


class Outline(_Part):
    """A session as the facilitator's page begins it: minutes, and exercises in their order."""

    id: str
    title: Words
    minutes: Minutes
    steps: tuple[Id, ...]


@shelf.kept
def load_run_sheets(language: str | None = None) -> Sheets:
    """Return the run sheets, with those of the course that is served over them.

    Examples
    --------
    >>> load_run_sheets().sheets[0].title
    'Ninety minutes'
    """
    return read(shelf.guide_layers(FILE), journey(language))


def read(paths: Path | Sequence[Path], exercises: Iterable[Exercise]) -> Sheets:
    """Read run sheets, and hold them to the exercises.

    Parameters
    ----------
    paths
        A UTF-8 YAML file, or several, the lowest first.
    exercises
        All that a sheet may name.

    Returns
    -------
    Sheets

    Raises
    ------
    ContentError
        With one fault for every exercise that is not there, step that says too much or too little,
        and session that does not add up.

    Examples
    --------
    >>> read(shelf.guide_layers(FILE), journey()).sheets[0].sessions[0].minutes
    90
    """
    known = {exercise.id: exercise for exercise in exercises}
    return yaml_files.read(paths, Sheets, lambda content: _faults(content, known))


def outlines(sheets: Sheets) -> Iterator[Outline]:
    """Yield every session that has an exercise, named after its sheet where that has several.

    Examples
    --------
    >>> steps = (Step(exercise="arriving"), Step(what="Talk", minutes=5))
    >>> session = Session(title="Morning", minutes=15, steps=steps)
    >>> sheet = Sheet(id="day", title="A day", about="A trial.", sessions=(session, session))
    >>> next(outlines(Sheets(sheets=(sheet,))))
    Outline(id='day_1', title='A day: Morning', minutes=15, steps=('arriving',))
    """
    for sheet in sheets.sheets:
        several = len(sheet.sessions) > 1
        for number, session in enumerate(sheet.sessions, 1):
            steps = tuple(step.exercise for step in session.steps if step.exercise)
            title = f"{sheet.title}: {session.title}" if several else sheet.title
            if steps:
                place = f"{sheet.id}_{number}"
                yield Outline(id=place, title=title, minutes=session.minutes, steps=steps)


def _faults(content: Any, known: dict[str, Exercise]) -> Iterator[tuple[Location, str]]:
    """Find what no model can see, in a file that may be wrong in any other way."""
    for at, session in _sessions(content):
        total: int | None = 0
        for place, step in _items(session, "steps"):
            minutes, what = _minutes(step, known)
            if what:
                yield (*at, "steps", place), what
            total = None if total is None or minutes is None else total + minutes
        said = _whole(session.get("minutes"))
        if total is not None and said is not None and total != said:
            yield (
                (*at, "minutes"),
                f"this session says {said} minutes and its steps add up to {total}; change either",
            )


def _minutes(step: Any, known: dict[str, Exercise]) -> tuple[int | None, str]:
    """Return how long a step takes, if that can be told, and what is wrong with it."""
    if not isinstance(step, dict):
        return None, ""  # The model says so.
    name = step.get("exercise")
    if name is None:
        if "what" in step and "minutes" in step:
            return _whole(step["minutes"]), ""
        return None, "a step is an 'exercise', or a 'what' with its 'minutes'; write one of them"
    if name not in known:
        return None, f"there is no exercise '{name}'; there are: {', '.join(known)}"
    if "what" in step or "minutes" in step:
        return None, f"'{name}' has its title and minutes from its content file; remove them here"
    return known[name].minutes, ""


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _sessions(content: Any) -> Iterator[tuple[Location, dict[str, Any]]]:
    for number, sheet in _items(content, "sheets"):
        for place, session in _items(sheet, "sessions"):
            if isinstance(session, dict):
                yield ("sheets", number, "sessions", place), session


def _items(held: Any, key: str) -> Iterator[tuple[int, Any]]:
    found = held.get(key) if isinstance(held, dict) else None
    return enumerate(found if isinstance(found, list) else [])
