"""What a notebook calls: begin an exercise, then ask its questions one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anywidget import AnyWidget
from IPython.display import display

from workshop_kit.controls import control
from workshop_kit.exercises import Exercise, load_exercise
from workshop_kit.journal import Journal, PageStore, allowed_homes, served
from workshop_kit.view import View
from workshop_kit.widgets.companion import Companion
from workshop_kit.widgets.keeper import Keeper, keeper_words
from workshop_kit.wording import load_wording

if TYPE_CHECKING:
    from workshop_kit.file_desk import FileDesk


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
        self._view = View(journal)

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
        if not part.has_control:
            raise LookupError(f"'{part_id}' is there to be read; it asks nothing")
        return control(self.exercise, part, self._view)


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
    # Nothing is drawn from any home before the page has said that it is there.
    journal = Journal(PageStore())
    if not served():
        # Under `serve` the frame of the page holds all this, and holds it without a kernel.
        display(Companion(homes))
    display(
        Keeper(
            journal,
            desk=_desk() if "file" in homes else None,
            exercise=exercise.id if any(part.keeps for part in exercise.parts) else "",
            whole=any(part.kind == "picture" for part in exercise.parts),
            content=exercise.version,
            carry_on=exercise.carry_on,
            homes=list(homes),
            words=keeper_words(wording),
        )
    )
    return Practice(exercise, journal)


def _desk() -> FileDesk:
    # Only where there is a file home: what it needs would make every other page wait.
    from workshop_kit.file_desk import FileDesk

    return FileDesk()
