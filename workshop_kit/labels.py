"""What the ids in the tables are called, in the words of the exercises that asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workshop_kit import locales
from workshop_kit.exercises import Exercise
from workshop_kit.wording import PictureWords, Wording


@dataclass(frozen=True)
class Labels:
    """The words that pictures, sentences and tables are told in.

    Attributes
    ----------
    wording, pictures
        The shared words, and those that stand beside the pictures.
    names
        By exercise, column of a table and id.
    axes
        By exercise, the two ends of each axis of its plane: ``{"curious": (least, most), …}``.
    order
        By column, the ids in the order in which the exercises name them.
    prompts
        By exercise, the questions that ask for free words of the whole moment.
    """

    wording: Wording
    pictures: PictureWords
    names: Mapping[tuple[str, str, str], str]
    axes: Mapping[str, dict[str, tuple[str, str]]]
    order: Mapping[str, tuple[str, ...]]
    prompts: Mapping[str, tuple[str, ...]]

    def of(self, column: str, name: str, exercise: str = "") -> str:
        """Return what an id is called; one that is not known today is shown as it is."""
        return self.names.get((exercise, column, name), self.names.get(("", column, name), name))

    def form(self, words: Mapping[str, str], name: str, count: int) -> str:
        """Return the form of a text that goes with a number in this language."""
        return locales.form(words, name, count, self.wording.language.tag)

    def system(self, system: str) -> str:
        """Return the name of a system in the middle of a sentence."""
        return self.wording.systems[system].within  # type: ignore[index]

    def place(self, setting: object) -> str:
        """Return where something was, in the middle of a sentence: "in client work"."""
        said = self.pictures.in_setting
        return (
            said.get(setting, self.of("setting", setting))
            if isinstance(setting, str)
            else said["unsaid"]
        )

    def setting(self, setting: object) -> str:
        """Return the label of a setting, or what is said where none was chosen."""
        known = isinstance(setting, str)
        return self.of("setting", str(setting)) if known else self.pictures.shared["unsaid"]

    def settings(self, found: Iterable[str]) -> list[str]:
        """Return labels of settings in their order, those that are not known today after them."""
        named = [choice.label for choice in self.wording.settings]
        unsaid = self.pictures.shared["unsaid"]
        others = sorted(set(found) - {*named, unsaid})
        return [*named, *others, unsaid]

    def in_order(self, column: str, ids: Iterable[str]) -> list[str]:
        """Return ids in the order of the exercises, those that are not known today last."""
        given = self.order.get(column, ())
        known = {name: place for place, name in enumerate(given)}
        return sorted(ids, key=lambda name: (known.get(name, len(given)), name))


def labels(exercises: Iterable[Exercise], wording: Wording, pictures: PictureWords) -> Labels:
    """Gather what every id is called.

    Examples
    --------
    >>> from workshop_kit.exercises import journey
    >>> from workshop_kit.wording import load_pictures, load_wording
    >>> labels(journey(), load_wording(), load_pictures()).of("owner", "mine", "weight")
    'Mine to carry for now'
    """
    pages = list(exercises)
    found = [("", "setting", choice.id, choice.label) for choice in wording.settings]
    found += [(page.id, *named) for page in pages for part in page.parts for named in _named(part)]
    names: dict[tuple[str, str, str], str] = {}
    order: dict[str, dict[str, None]] = {}
    for exercise, column, name, label in found:
        names.setdefault((exercise, column, name), label)
        names.setdefault(("", column, name), label)
        order.setdefault(column, {})[name] = None
    axes = {
        page.id: {axis: (ends.least, ends.most) for axis, ends in _axes(part)}
        for page in pages
        for part in page.parts
        if part.kind == "tone"
    }
    prompts = {
        page.id: tuple(
            one.id for part in page.parts if part.kind == "words" for one in part.prompts
        )
        for page in pages
    }
    ordered = {column: tuple(ids) for column, ids in order.items()}
    return Labels(wording, pictures, names, axes, ordered, prompts)


def _axes(part: Any) -> Iterator[tuple[str, Any]]:
    yield "curious", part.curious
    yield "tender", part.tender


def _named(part: Any) -> Iterator[tuple[str, str, str]]:
    """List the ids of a part: the column they stand in, the id, and what it is called."""
    lists = {
        "acts": [("landed", "landed")],
        "tone": [("phrase", "phrases")],
        "day": [("stop", "stops")],
        "flows": [("person", "people")],
        "sort": [("owner", "bins")],
    }
    for column, choices in lists.get(part.kind, []):
        yield from ((column, one.id, one.label) for one in getattr(part, choices))
    if part.kind == "flows":
        yield "person", "myself", part.myself
