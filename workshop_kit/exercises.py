"""Load and check the words of the exercises, one content file a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop_kit import shelf, yaml_files
from workshop_kit.parts import Part
from workshop_kit.wording import Id
from workshop_kit.words import Words
from workshop_kit.yaml_files import ContentError
from workshop_kit.yaml_nodes import Location

SHARED_FILES = {
    *("shared.yaml", "controls.yaml", "pictures.yaml", "support.yaml", "booklet.yaml"),
    *("group.yaml", "voice.yaml", "worksheets.yaml"),
}
# Kinds of several answers, which a journal keeps under names that begin with the part's id and "_".
GATHERED = ("acts", "stems", "sort", "tone", "flows", "day", "letter")
# Kinds whose answers are numbers and choices of a closed list, which a group can pool.
POOLED = ("systems", "acts", "sort", "choice")

Shelf = Literal["journey", "between", "own"]


class Exercise(BaseModel):
    """One page of the workshop, in the order in which it is read.

    ``shelf`` is where the home page offers it: on the journey, between sessions, or with what is
    the trainee's own. ``pools`` names the parts that a group may pool, as counts of joined pages.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    number: Annotated[int, Field(ge=0, le=99)]
    version: Annotated[int, Field(ge=1)]
    title: Words
    minutes: Annotated[int, Field(ge=1)]
    summary: Words
    shelf: Shelf = "journey"
    carry_on: Annotated[int, Field(ge=1)] = 720
    pools: tuple[Id, ...] = ()
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """The stem of its notebook, such as ``01_arriving``."""
        return f"{self.number:02d}_{self.id}"

    def part(self, part_id: str) -> Part:
        """Return one part; ``LookupError`` names the parts there are."""
        for part in self.parts:
            if part.id == part_id:
                return part
        known = ", ".join(part.id for part in self.parts)
        raise LookupError(f"'{self.id}' has no part '{part_id}'; its parts are: {known}")

    @model_validator(mode="before")
    @classmethod
    def _text_unless_said(cls, data: object) -> object:
        """Let the commonest kind go without saying: a part without a kind is prose."""
        if not isinstance(data, dict) or not isinstance(data.get("parts"), list):
            return data
        parts = [
            {"kind": "prose", **part} if isinstance(part, dict) else part for part in data["parts"]
        ]
        return {**data, "parts": parts}


def load_exercise(exercise_id: str, language: str | None = None) -> Exercise:
    """Load one exercise.

    Parameters
    ----------
    exercise_id
        The stem of its content file, such as ``"arriving"``.
    language
        The folder it is read from.

    Returns
    -------
    Exercise

    Raises
    ------
    ContentError
        If the file has a fault; each names its line and its cure.
    LookupError
        If there is no such exercise; the sentence names those there are.

    Examples
    --------
    >>> load_exercise("arriving").title
    'Arriving'
    """
    return _loaded(exercise_id, language)


@shelf.kept
def _loaded(exercise_id: str, language: str | None) -> Exercise:
    known = exercise_ids(language)
    if exercise_id not in known:
        raise LookupError(f"there is no exercise '{exercise_id}'; there are: {', '.join(known)}")
    return _read(shelf.layers(f"{exercise_id}.yaml", language))


def read_exercise(path: Path) -> Exercise:
    """Read one content file, wherever it is; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> read_exercise(shelf.CONTENT / "en" / "arriving.yaml").number
    1
    """
    return _read(shelf.layers_of(path))


def _read(layers: list[Path]) -> Exercise:
    return yaml_files.read(layers, Exercise, lambda content: _wrong_ids(content, layers[-1]))


def exercise_ids(language: str | None = None) -> list[str]:
    """Name the exercises there are, in the order of the alphabet.

    Examples
    --------
    >>> exercise_ids()[0]
    'arriving'
    """
    return [Path(name).stem for name in shelf.names(language) if name not in SHARED_FILES]


@shelf.kept
def journey(language: str | None = None) -> tuple[Exercise, ...]:
    """Return all pages by their number; every fault in every file is raised at once."""
    exercises, faults = [], []
    for exercise_id in exercise_ids(language):
        try:
            exercises.append(load_exercise(exercise_id, language))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return tuple(sorted(exercises, key=lambda exercise: exercise.number))


def _wrong_ids(content: Any, path: Path) -> Iterator[tuple[Location, str]]:
    """Find an id unlike its file's name, and ids that would keep two answers in one place."""
    said = content.get("id") if isinstance(content, dict) else None
    if said and said != path.stem:
        yield ("id",), f"the id is '{said}' but the file is '{path.name}'; make them the same"
    parts = _listed(content, "parts")
    prompts = [prompt for where, part in parts for prompt in _prompts(where, part)]
    for where, part in parts:
        yield from _twice(_listed(part, "choices", where), "choice")
    yield from _twice(parts, "part")
    yield from _twice(prompts, "prompt")
    yield from _gathered_by_another([*parts, *prompts], parts)
    yield from _never_pooled(content, [part for _, part in parts])


def _prompts(where: Location, part: Any) -> list[tuple[Location, Any]]:
    """Find what a part keeps under ids of its own."""
    found = _listed(part, "prompts", where)
    if _kind(part) == "bridge":
        found += [(at, {"id": ask}) for at, ask in _listed(part, "asks", where)]
    if _kind(part) == "letter" and "prompt" in part:
        found.append(((*where, "prompt"), part["prompt"]))
    return found


def _gathered_by_another(
    named: list[tuple[Location, Any]], parts: list[tuple[Location, Any]]
) -> Iterator[tuple[Location, str]]:
    """Find ids that a part of several answers would take for answers of its own."""
    gathering = [(at, _id(part)) for at, part in parts if _kind(part) in GATHERED and _id(part)]
    for where, item in named:
        for at, part in gathering:
            # A letter's own prompt stands inside the letter, and may begin as the letter does.
            if where[: len(at)] != at and str(_id(item)).startswith(f"{part}_"):
                what = (
                    f"'{_id(item)}' begins with '{part}_', under which the part '{part}' keeps its "
                    "answers; give it an id that begins otherwise"
                )
                yield (*where, "id"), what


def _never_pooled(content: Any, parts: list[Any]) -> Iterator[tuple[Location, str]]:
    """Find what is to be pooled and has no answers that can be."""
    said = content.get("pools") if isinstance(content, dict) else None
    named = said if isinstance(said, list) else []
    can = [_id(part) for part in parts if _kind(part) in POOLED]
    for place, name in enumerate(named):
        if name not in can:
            known = ", ".join(map(str, can)) or "none"
            yield ("pools", place), f"'{name}' cannot be pooled; those here that can: {known}"
        elif name in named[:place]:
            yield ("pools", place), f"'{name}' stands here twice; once is enough"


def _id(item: Any) -> Any:
    return item.get("id") if isinstance(item, dict) else None


def _kind(part: Any) -> Any:
    return part.get("kind") if isinstance(part, dict) else None


def _listed(content: Any, key: str, where: Location = ()) -> list[tuple[Location, Any]]:
    items = content.get(key) if isinstance(content, dict) else None
    if not isinstance(items, list):
        return []
    return [((*where, key, place), item) for place, item in enumerate(items)]


def _twice(items: list[tuple[Location, Any]], kind: str) -> Iterator[tuple[Location, str]]:
    seen: list[object] = []
    for where, item in items:
        name = _id(item)
        if name and name in seen:
            yield (*where, "id"), f"the {kind} '{name}' stands here twice; give each its own id"
        seen.append(name)
