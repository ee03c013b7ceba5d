"""The words that several pages share: systems, settings, the bridge, and the frame of a page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop_kit import shelf, yaml_files
from workshop_kit.systems import LEAST, MOST, System
from workshop_kit.words import Words

# What a journal keeps answers under, so never longer than a journal allows.
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Home = Literal["browser", "file", "visit"]
Ask = Literal["noticed", "remember", "work"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Language(_Part):
    """The language of the words: its tag, its own name for itself, and what a choice is called."""

    tag: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)*$")]
    name: Words
    choose: Words


class SystemWords(_Part):
    """What one of the three systems is called."""

    name: Words
    meaning: Words
    inside: Words | None = None

    @property
    def within(self) -> str:
        """Its name in the middle of a sentence: in small letters, unless the language says."""
        return self.inside or self.name.lower()


class SizeWord(_Part):
    """The word for sizes up to a certain one, so that a size is no mark out of ten."""

    up_to: Annotated[float, Field(ge=LEAST, le=MOST)]
    word: Words


class SizeWords(_Part):
    """What is said of sizes, and of answers in place of them."""

    unplaced: Words
    least: Words
    most: Words
    steps: Annotated[tuple[SizeWord, ...], Field(min_length=1)]
    instead: Words
    numb: Words
    something_else: Words
    cant_tell: Words
    clear: Words
    appear: Words
    picture_none: Words
    picture_instead: Words
    picture: Words

    @model_validator(mode="after")
    def _every_size_has_a_word(self) -> SizeWords:
        bounds = [step.up_to for step in self.steps]
        if bounds != sorted(set(bounds)) or bounds[-1] != MOST:
            raise ValueError(
                f"the steps of the sizes go from small to large, the last up to {MOST}; "
                "put them in order and end with that one"
            )
        return self

    def word(self, size: float) -> str:
        """Return the word for a size from 0 to 10.

        Examples
        --------
        >>> load_wording().sizes.word(5)
        'medium'
        """
        return next(step.word for step in self.steps if size <= step.up_to)


class Choice(_Part):
    """One answer of a closed list: an id that is kept, and the words that are shown."""

    id: Id
    label: Words


class HomeWords(_Part):
    """What a home of the journal is called, what it means, and who could read it."""

    label: Words
    short: Words
    who: Words
    who_locked: Words | None = None


class Pause(_Part):
    """The grounding minute."""

    button: Words
    title: Words
    text: tuple[Words, ...]
    back: Words


class Turn(_Part):
    """What *where to turn* says before the contacts."""

    button: Words
    title: Words
    text: tuple[Words, ...]
    close: Words


class HomePageWords(_Part):
    """The home page."""

    title: Words
    subtitle: Words
    opening: tuple[Words, ...]
    begin: Words
    first: Words
    journey: Words
    between: Words
    yours: Words
    group: Words
    group_text: tuple[Words, ...]
    group_join: Words
    leading: Words
    leading_text: Words
    about: Words
    about_text: tuple[Words, ...]


class Wording(_Part):
    """Everything in ``shared.yaml``."""

    language: Language
    systems: dict[System, SystemWords]
    sizes: SizeWords
    settings: tuple[Choice, ...]
    bridge: dict[Ask, Words]
    choice: dict[str, Words]
    moment: dict[str, Words]
    kept: dict[str, Words]
    homes: dict[Home, HomeWords]
    privacy: dict[str, Words]
    journal: dict[str, Words]
    refused: dict[str, Words]
    pause: Pause
    leave: dict[str, Words]
    turn: Turn
    banner: dict[str, Words]
    page: dict[str, Words]
    picture: dict[str, Words]
    moments: dict[str, Words]
    apology: dict[str, Words]
    door: dict[str, Words]
    home: HomePageWords


class Bins(_Part):
    """What the answers of a group's pictures are called."""

    sizes: dict[str, Words]
    shares: dict[str, Words]
    no_answer: Words
    mostly: Words
    mixture: Words
    cant_tell: Words
    landed: Words


class GroupWords(_Part):
    """Everything in ``group.yaml``."""

    bins: Bins
    picture: dict[str, Words]
    before: tuple[Words, ...]
    page: dict[str, Words]
    share: dict[str, Words]
    refused: dict[str, Words]
    lead: dict[str, Words]
    wall: dict[str, Words]


class ControlWords(_Part):
    """Everything in ``controls.yaml``: what each control says, by the stem of its widget."""

    day: dict[str, Words]
    flows: dict[str, Words]
    letter: dict[str, Words]
    pause: dict[str, Words]
    plane: dict[str, Words]
    sitting: dict[str, Words]
    sorter: dict[str, Words]
    stems: dict[str, Words]
    takeaway: dict[str, Words]
    triangle: dict[str, Words]
    words: dict[str, Words]


class PictureWords(_Part):
    """Everything in ``pictures.yaml``: what stands beside the pictures of My patterns."""

    shared: dict[str, Words]
    filters: dict[str, Words]
    columns: dict[str, Words]
    notes: dict[str, Words]
    in_setting: dict[Id, Words]
    activation: dict[str, Words]
    by_setting: dict[str, Words]
    largest: dict[str, Words]
    acts: dict[str, Words]
    same_acts: dict[str, Words]
    landed: dict[str, Words]
    tones: dict[str, Words]
    days: dict[str, Words]
    flows: dict[str, Words]
    weights: dict[str, Words]


@shelf.kept
def load_pictures(language: str | None = None) -> PictureWords:
    """Load what stands beside the pictures; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_pictures().in_setting["home"]
    'at home'
    """
    return yaml_files.read(shelf.layers("pictures.yaml", language), PictureWords)


class BookletWords(_Part):
    """Everything in ``booklet.yaml``: what stands round a trainee's own words."""

    subtitle: Words
    dates: Words
    whose: Words
    keep: Words
    contents: Words
    empty: Words
    bank: Words
    bank_text: Words
    letter: Words
    beside: Words
    not_title: Words
    not_text: tuple[Words, ...]
    credit: Words
    number: Words


@shelf.kept
def load_booklet(language: str | None = None) -> BookletWords:
    """Load what the booklet says; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_booklet().subtitle
    'A booklet to take home'
    """
    return yaml_files.read(shelf.layers("booklet.yaml", language), BookletWords)


@shelf.kept
def load_controls(language: str | None = None) -> ControlWords:
    """Load what the controls say; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_controls().words["and"]
    'and'
    """
    return yaml_files.read(shelf.layers("controls.yaml", language), ControlWords)


@shelf.kept
def load_group_words(language: str | None = None) -> GroupWords:
    """Load what the pages of a group say; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_group_words().wall["waiting"]
    'Waiting'
    """
    return yaml_files.read(shelf.layers("group.yaml", language), GroupWords)


@shelf.kept
def load_wording(language: str | None = None) -> Wording:
    """Load the shared words of ``language``; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_wording().systems["drive"].name
    'Drive'
    """
    return yaml_files.read(shelf.layers("shared.yaml", language), Wording)
