"""The kinds of part that an exercise is made of: what is read, what is asked, what is shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from workshop_kit.wording import Ask, Choice, Id
from workshop_kit.words import Words

GAP = "…"
Choices = Annotated[tuple[Choice, ...], Field(min_length=2)]


class _Part(BaseModel):
    """Something with words of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Id
    text: Words

    @property
    def has_control(self) -> bool:
        """Whether a control belongs to it, and a code cell that shows the control."""
        return True

    @property
    def keeps(self) -> bool:
        """Whether what is answered here goes into the journal."""
        return False

    def said(self) -> dict[str, Any]:
        """Return what a control needs of it: all but the prose, which is on the page already."""
        return self.model_dump(mode="json", exclude={"text"})


class _Question(_Part):
    """A part whose answer is kept."""

    @property
    def keeps(self) -> bool:
        """Its answer goes into the journal."""
        return True


class Prose(_Part):
    """Words to read: plain prose, an invented example, or the two-minute door."""

    kind: Literal["prose", "example", "door"] = "prose"

    @property
    def has_control(self) -> bool:
        """Nothing is asked."""
        return False


class SystemsQuestion(_Question):
    """Three sizes, 0 to 10, or an answer in place of sizes."""

    kind: Literal["systems"]
    legend: Words


class SettingQuestion(_Question):
    """Where the moment happened; the choices are the same on every page."""

    kind: Literal["setting"]
    legend: Words


class ChoiceQuestion(_Question):
    """One answer from a closed list."""

    kind: Literal["choice"]
    legend: Words
    choices: Choices


class WordsQuestion(_Question):
    """Free words, which never leave the page except into a home the trainee chose.

    With ``beside`` two prompts stand side by side; ``bank`` names the prompts whose words are
    gathered for the letter.
    """

    kind: Literal["words"]
    prompts: Annotated[tuple[Choice, ...], Field(min_length=1)]
    beside: bool = False
    bank: tuple[Id, ...] = ()

    @field_validator("bank")
    @classmethod
    def _of_its_own_prompts(cls, bank: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = [prompt.id for prompt in info.data.get("prompts", ())]
        for name in bank:
            if known and name not in known:
                raise ValueError(f"'{name}' is no prompt here; choose from {', '.join(known)}")
        return bank


class Bridge(_Part):
    """The bridge of self-practice/self-reflection; its questions are the same on every page.

    Where nothing is to be kept it is not ``written``: its questions are there to be read.
    """

    kind: Literal["bridge"]
    asks: Annotated[tuple[Ask, ...], Field(min_length=1)]
    written: bool = True

    @property
    def has_control(self) -> bool:
        """Whether there is somewhere to write."""
        return self.written

    @property
    def keeps(self) -> bool:
        """Whether there is something to keep."""
        return self.written


class HomeQuestion(_Part):
    """Who uses the device, and where the journal is to be kept."""

    kind: Literal["home"]
    legend: Words
    choices: Choices
    homes_legend: Words


class ActsQuestion(_Question):
    """Acts of care, each placed between the three systems, and how it landed.

    ``most`` is how many acts there is room for; 0 is as many as come to mind.
    """

    kind: Literal["acts"]
    legend: Words
    landed: Choices
    most: Annotated[int, Field(ge=0)] = 0


class StemsQuestion(_Question):
    """Sentences to finish, each with a gap (…) or two; marks, and a second version beside."""

    kind: Literal["stems"]
    legend: Words
    stems: Annotated[tuple[Choice, ...], Field(min_length=1)]
    marks_legend: Words
    marks: Choices
    second: Words

    @field_validator("stems")
    @classmethod
    def _with_gaps(cls, stems: tuple[Choice, ...]) -> tuple[Choice, ...]:
        for stem in stems:
            if GAP not in stem.label:
                raise ValueError(
                    f"the stem '{stem.id}' has no gap; write '{GAP}' where one goes on"
                )
        return stems


class SittingPart(_Part):
    """Steps to go through at one's own pace; nothing is kept."""

    kind: Literal["sitting"]
    legend: Words
    steps: Annotated[tuple[Words, ...], Field(min_length=2)]


class SortQuestion(_Question):
    """Things to sort by a tap: those of a list, or, with ``own``, those that a trainee writes."""

    kind: Literal["sort"]
    legend: Words
    bins: Choices
    items: tuple[Choice, ...] = ()
    own: Words | None = None


class Anchor(Choice):
    """Something to rest attention on; with ``pacer`` it comes with the breathing pacer."""

    text: Words
    pacer: bool = False


class PausePart(_Part):
    """A pause with a choice of anchors; nothing is kept."""

    kind: Literal["pause"]
    legend: Words
    anchors: Annotated[tuple[Anchor, ...], Field(min_length=2)]


class Axis(BaseModel):
    """What the two ends of an axis are called: -10 and 10."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    least: Words
    most: Words


class ToneQuestion(_Question):
    """Phrases placed on a plane; each is the id of a prompt on the same page, and its label."""

    kind: Literal["tone"]
    legend: Words
    phrases: Annotated[tuple[Choice, ...], Field(min_length=1)]
    curious: Axis
    tender: Axis


class FlowsQuestion(_Question):
    """The three flows of compassion, by taps for a few people and places."""

    kind: Literal["flows"]
    legend: Words
    people: Choices
    myself: Words


class DayQuestion(_Question):
    """Stopping-points of a day: three sizes and a moment for each, and a loop one draws oneself."""

    kind: Literal["day"]
    legend: Words
    stops: Choices
    moment: Words
    loop: Words


class LetterQuestion(_Question):
    """A letter, with the phrases of the language bank that the trainee chooses."""

    kind: Literal["letter"]
    prompt: Choice
    legend: Words


class PicturePart(_Part):
    """A picture of the trainee's own moments."""

    kind: Literal["picture"]
    figure: Literal[
        "activation",
        "by_setting",
        "largest",
        "acts",
        "same_acts",
        "landed",
        "tones",
        "days",
        "flows",
        "weights",
    ]


class FiltersPart(_Part):
    """Which days and which setting the pictures of its page are drawn from."""

    kind: Literal["filters"]


class MomentsPart(_Part):
    """The moments as a list, with the trainee's words put in by the page."""

    kind: Literal["moments"]


class BookletPart(_Part):
    """A booklet to take home, made of the pages that the trainee chooses; nothing is kept."""

    kind: Literal["booklet"]
    legend: Words


Part = Annotated[
    Prose
    | SystemsQuestion
    | SettingQuestion
    | ChoiceQuestion
    | WordsQuestion
    | Bridge
    | HomeQuestion
    | ActsQuestion
    | StemsQuestion
    | SittingPart
    | SortQuestion
    | PausePart
    | ToneQuestion
    | FlowsQuestion
    | DayQuestion
    | LetterQuestion
    | PicturePart
    | FiltersPart
    | MomentsPart
    | BookletPart,
    Field(discriminator="kind"),
]
