"""Load and check the words of the exercises, one content file a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop_kit import yaml_files
from workshop_kit.support import CONTENT
from workshop_kit.wording import Ask, Choice, Id, Words
from workshop_kit.yaml_files import ContentError, Location

SHARED_FILES = {"shared.yaml", "support.yaml"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    text: Words


class Prose(_Part):
    """Words to read: plain prose, an invented example, or the two-minute door."""

    KINDS: ClassVar = ("prose", "example", "door")
    kind: Literal["prose", "example", "door"] = "prose"


class SystemsQuestion(_Part):
    """Three sizes, 0 to 10, or an answer in place of sizes."""

    kind: Literal["systems"]
    legend: Words


class SettingQuestion(_Part):
    """Where the moment happened; the choices are the same on every page."""

    kind: Literal["setting"]
    legend: Words


class ChoiceQuestion(_Part):
    """One answer from a closed list."""

    kind: Literal["choice"]
    legend: Words
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]


class WordsQuestion(_Part):
    """Free words, which never leave the page except into a home the trainee chose."""

    kind: Literal["words"]
    prompts: Annotated[tuple[Choice, ...], Field(min_length=1)]


class Bridge(_Part):
    """The bridge of self-practice/self-reflection; its questions are the same on every page."""

    kind: Literal["bridge"]
    asks: Annotated[tuple[Ask, ...], Field(min_length=1)]


class HomeQuestion(_Part):
    """Who uses the device, and where the journal is to be kept."""

    kind: Literal["home"]
    legend: Words
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]
    homes_legend: Words


class PicturePart(_Part):
    """A picture of the trainee's own moments."""

    kind: Literal["picture"]
    figure: Literal["activation"]


class MomentsPart(_Part):
    """The moments as a list, with the trainee's words put in by the page."""

    kind: Literal["moments"]


Question = (
    SystemsQuestion
    | SettingQuestion
    | ChoiceQuestion
    | WordsQuestion
    | Bridge
    | HomeQuestion
    | PicturePart
    | MomentsPart
)
Part = Annotated[Prose | Question, Field(discriminator="kind")]


class Exercise(BaseModel):
    """One page of the workshop, in the order in which it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    number: Annotated[int, Field(ge=0, le=99)]
    version: Annotated[int, Field(ge=1)]
    title: Words
    minutes: Annotated[int, Field(ge=1)]
    summary: Words
    parts: Annotated[tuple[Part, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """The stem of its notebook, such as ``01_arriving``."""
        return f"{self.number:02d}_{self.id}"

    def part(self, part_id: str) -> Prose | Question:
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


@cache
def load_exercise(exercise_id: str, language: str = "en") -> Exercise:
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
    path = CONTENT / language / f"{exercise_id}.yaml"
    if path not in content_files(language):
        known = ", ".join(file.stem for file in content_files(language))
        raise LookupError(f"there is no exercise '{exercise_id}'; there are: {known}")
    return yaml_files.read(path, Exercise, lambda content: _wrong_ids(content, path))


def content_files(language: str = "en") -> list[Path]:
    """List the content files that hold an exercise."""
    files = sorted((CONTENT / language).glob("*.yaml"))
    return [file for file in files if file.name not in SHARED_FILES]


@cache
def journey(language: str = "en") -> tuple[Exercise, ...]:
    """Return all pages by their number; every fault in every file is raised at once."""
    exercises, faults = [], []
    for path in content_files(language):
        try:
            exercises.append(load_exercise(path.stem, language))
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
    parts, prompts = _listed(content, "parts"), []
    for where, part in parts:
        prompts += _listed(part, "prompts", where)
        if isinstance(part, dict) and part.get("kind") == "bridge":
            prompts += [(at, {"id": ask}) for at, ask in _listed(part, "asks", where)]
        yield from _twice(_listed(part, "choices", where), "choice")
    yield from _twice(parts, "part")
    yield from _twice(prompts, "prompt")


def _listed(content: Any, key: str, where: Location = ()) -> list[tuple[Location, Any]]:
    items = content.get(key) if isinstance(content, dict) else None
    if not isinstance(items, list):
        return []
    return [((*where, key, place), item) for place, item in enumerate(items)]


def _twice(items: list[tuple[Location, Any]], kind: str) -> Iterator[tuple[Location, str]]:
    seen: list[object] = []
    for where, item in items:
        name = item.get("id") if isinstance(item, dict) else None
        if name and name in seen:
            yield (*where, "id"), f"the {kind} '{name}' stands here twice; give each its own id"
        seen.append(name)
