"""What a notebook calls: begin an exercise, then ask its questions one by one.

Each kind of question has one function here, which puts its control, its words and the journal
together.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from anywidget import AnyWidget
from IPython.display import display

from workshop_kit import exercises as content
from workshop_kit.entries import JournalError
from workshop_kit.exercises import Exercise, load_exercise
from workshop_kit.file_store import FileStore
from workshop_kit.journal import HOMES_VARIABLE, Journal, PageStore, allowed_homes
from workshop_kit.systems import SYSTEMS
from workshop_kit.widgets.choice import ChoiceField
from workshop_kit.widgets.circles import Circles
from workshop_kit.widgets.companion import Companion
from workshop_kit.widgets.home import HomeField
from workshop_kit.widgets.keeper import Keeper
from workshop_kit.widgets.moments import MomentsList
from workshop_kit.widgets.picture import Picture
from workshop_kit.widgets.words import WordsField
from workshop_kit.wording import load_wording


class Practice:
    """One sitting with one exercise: its words, its controls and the journal they are kept in.

    Attributes
    ----------
    exercise
        The words.
    journal
        The numbers and choices of all the trainee's moments.
    """

    def __init__(self, exercise: Exercise, journal: Journal):
        self.exercise = exercise
        self.journal = journal

    def ask(self, part_id: str) -> AnyWidget:
        """Show the control of one part of the exercise.

        Parameters
        ----------
        part_id
            The id of a question in the exercise's content file.

        Returns
        -------
        AnyWidget
            Shown when it is the last line of a cell.

        Raises
        ------
        LookupError
            If the exercise has no such part, or the part asks nothing.
        """
        part = self.exercise.part(part_id)
        if part.kind not in _ACTIVITIES:
            raise LookupError(f"'{part_id}' is there to be read; it asks nothing")
        return _ACTIVITIES[part.kind](self, part)


def begin(exercise_id: str) -> Practice:
    """Begin an exercise: open the journal and show the line that says where it is kept.

    Parameters
    ----------
    exercise_id
        Such as ``"arriving"``.

    Returns
    -------
    Practice

    Raises
    ------
    LookupError
        If there is no such exercise; the sentence names those there are.

    Examples
    --------
    >>> arriving = begin("arriving")  # doctest: +SKIP
    >>> arriving.ask("systems")  # doctest: +SKIP
    """
    exercise = load_exercise(exercise_id)
    wording = load_wording()
    homes = allowed_homes()
    journal = Journal(FileStore() if "file" in homes else PageStore())
    asks = any(part.kind in _KEPT for part in exercise.parts)
    if HOMES_VARIABLE not in os.environ:
        # Under `serve` the frame of the page holds all this, and holds it without a kernel.
        display(Companion(homes))
    display(
        Keeper(
            journal,
            file_home="file" in homes,
            exercise=exercise.id if asks else "",
            whole=any(part.kind == "picture" for part in exercise.parts),
            content=exercise.version,
            homes=list(homes),
            words={
                **wording.kept,
                **wording.moment,
                "file_name": wording.privacy["file_name"],
            },
        )
    )
    return Practice(exercise, journal)


def systems(practice: Practice, part: content.SystemsQuestion) -> Circles:
    """Ask for the three sizes, or for an answer in place of them."""
    wording = load_wording()
    return Circles(
        exercise=practice.exercise.id,
        question=part.id,
        legend=part.legend,
        systems={system: wording.systems[system].model_dump() for system in SYSTEMS},
        words=wording.sizes.model_dump(),
    )


def setting(practice: Practice, part: content.SettingQuestion) -> ChoiceField:
    """Ask where the moment happens."""
    wording = load_wording()
    return _choice(practice, part.id, part.legend, wording.settings, group="setting")


def choice(practice: Practice, part: content.ChoiceQuestion) -> ChoiceField:
    """Ask for one answer from a closed list."""
    return _choice(practice, part.id, part.legend, part.choices, group="answers")


def _choice(
    practice: Practice, question: str, legend: str, choices: tuple, group: str
) -> ChoiceField:
    return ChoiceField(
        exercise=practice.exercise.id,
        question=question,
        group=group,
        legend=legend,
        choices=[choice.model_dump() for choice in choices],
        clear=load_wording().choice["clear"],
    )


def words(practice: Practice, part: content.WordsQuestion) -> WordsField:
    """Ask for free words."""
    prompts = [prompt.model_dump() for prompt in part.prompts]
    return WordsField(exercise=practice.exercise.id, prompts=prompts)


def bridge(practice: Practice, part: content.Bridge) -> WordsField:
    """Ask the questions of the bridge."""
    asked = load_wording().bridge
    prompts = [{"id": ask, "label": asked[ask]} for ask in part.asks]
    return WordsField(exercise=practice.exercise.id, prompts=prompts)


def home(_practice: Practice, part: content.HomeQuestion) -> HomeField:
    """Ask who uses the device, and where the journal is to be kept."""
    named = load_wording().homes
    return HomeField(
        homes=[{"id": home, **named[home].model_dump()} for home in allowed_homes()],
        legend=part.legend,
        choices=[choice.model_dump() for choice in part.choices],
        homes_legend=part.homes_legend,
    )


def picture(practice: Practice, part: content.PicturePart) -> Picture:
    """Draw the trainee's own moments, and again whenever the journal changes."""
    # Only a page with a picture loads pandas.
    from workshop_kit import figures, patterns

    wording = load_wording()
    title = part.text.splitlines()[0].lstrip("# ")
    shown = Picture(title=title, words=wording.picture)

    def draw() -> None:
        try:
            table = patterns.activation(practice.journal.entries())
        except JournalError as error:
            shown.show(figure={}, sentence=str(error), columns=[], rows=[])
            return
        columns, rows = patterns.rows_to_read(table, wording)
        shown.show(
            figure=figures.activation(table, wording),
            sentence=patterns.activation_sentence(table, wording),
            columns=columns,
            rows=rows,
        )

    draw()
    practice.journal.on_change(draw)
    return shown


def moments(_practice: Practice, _part: content.MomentsPart) -> MomentsList:
    """List the moments; the page itself puts in the words."""
    wording = load_wording()
    return MomentsList(
        exercises={
            exercise.id: {"title": exercise.title, "labels": _labels(exercise)}
            for exercise in content.journey()
        },
        systems={system: wording.systems[system].model_dump() for system in SYSTEMS},
        settings={choice.id: choice.label for choice in wording.settings},
        words={**wording.sizes.model_dump(), **wording.moments},
    )


def _labels(exercise: Exercise) -> dict[str, str]:
    """Name every question and every closed answer of an exercise."""
    labels: dict[str, str] = {}
    for part in exercise.parts:
        match part:
            case content.ChoiceQuestion():
                labels[part.id] = part.legend
                labels |= {f"{part.id}.{choice.id}": choice.label for choice in part.choices}
            case content.WordsQuestion():
                labels |= {prompt.id: prompt.label for prompt in part.prompts}
            case content.Bridge():
                labels |= {ask: load_wording().bridge[ask] for ask in part.asks}
            case content.SystemsQuestion():
                labels[part.id] = part.legend
    return labels


_ACTIVITIES: dict[str, Callable[[Practice, Any], AnyWidget]] = {
    "systems": systems,
    "setting": setting,
    "choice": choice,
    "words": words,
    "bridge": bridge,
    "home": home,
    "picture": picture,
    "moments": moments,
}
_KEPT = {"systems", "setting", "choice", "words", "bridge"}
