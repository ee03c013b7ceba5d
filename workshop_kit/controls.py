"""The control of each kind of part: the widget, the words it shows and the view behind it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from anywidget import AnyWidget

from workshop_kit import parts
from workshop_kit.entries import JournalError
from workshop_kit.exercises import Exercise, journey
from workshop_kit.journal import allowed_homes
from workshop_kit.labels import labels
from workshop_kit.systems import SYSTEMS
from workshop_kit.view import ALL, Choice, View
from workshop_kit.widgets.base import PartControl
from workshop_kit.widgets.choice import ChoiceField
from workshop_kit.widgets.circles import Circles
from workshop_kit.widgets.day import Day
from workshop_kit.widgets.filters import Filters
from workshop_kit.widgets.flows import Flows
from workshop_kit.widgets.home import HomeField
from workshop_kit.widgets.letter import Letter
from workshop_kit.widgets.moments import MomentsList
from workshop_kit.widgets.pause import Pause
from workshop_kit.widgets.picture import Picture
from workshop_kit.widgets.plane import Plane
from workshop_kit.widgets.sitting import Sitting
from workshop_kit.widgets.sorter import Sorter
from workshop_kit.widgets.stems import Stems
from workshop_kit.widgets.takeaway import Takeaway
from workshop_kit.widgets.triangle import Triangle
from workshop_kit.widgets.words import WordsField
from workshop_kit.wording import load_controls, load_pictures, load_wording


def control(exercise: Exercise, part: Any, view: View) -> AnyWidget:
    """Return the control of a part that has one.

    Parameters
    ----------
    exercise
        The exercise it belongs to.
    part
        One of the exercise's parts, of any kind in `workshop_kit.parts` that has a control.
    view
        What a picture of its page is drawn from.
    """
    return _CONTROLS[part.kind](exercise, part, view)


def _of(widget: type[PartControl]) -> Callable[[Exercise, Any, View], PartControl]:
    """Make controls that ask with the part's own words and keep its answers themselves."""
    stem = widget.__module__.rpartition(".")[2]

    def make(exercise: Exercise, part: Any, _view: View) -> PartControl:
        own = getattr(load_controls(), stem)
        return widget(
            exercise=exercise.id,
            part=part.said(),
            systems=_systems(),
            words={**own, "sizes": load_wording().sizes.model_dump()},
        )

    return make


def _systems() -> dict[str, dict[str, str]]:
    named = load_wording().systems
    return {system: named[system].model_dump() for system in SYSTEMS}


def _circles(exercise: Exercise, part: parts.SystemsQuestion, _view: View) -> Circles:
    return Circles(
        exercise=exercise.id,
        question=part.id,
        legend=part.legend,
        systems=_systems(),
        words=load_wording().sizes.model_dump(),
    )


def _setting(exercise: Exercise, part: parts.SettingQuestion, _view: View) -> ChoiceField:
    return _choices(exercise, part, load_wording().settings, group="setting")


def _choice(exercise: Exercise, part: parts.ChoiceQuestion, _view: View) -> ChoiceField:
    return _choices(exercise, part, part.choices, group="answers")


def _choices(exercise: Exercise, part: Any, choices: tuple, group: str) -> ChoiceField:
    return ChoiceField(
        exercise=exercise.id,
        question=part.id,
        group=group,
        legend=part.legend,
        choices=[choice.model_dump() for choice in choices],
        clear=load_wording().choice["clear"],
    )


def _words(exercise: Exercise, part: parts.WordsQuestion, _view: View) -> WordsField:
    prompts = [prompt.model_dump() for prompt in part.prompts]
    between = load_controls().words["and"] if part.beside else ""
    return WordsField(exercise=exercise.id, prompts=prompts, between=between)


def _bridge(exercise: Exercise, part: parts.Bridge, _view: View) -> WordsField:
    asked = load_wording().bridge
    prompts = [{"id": ask, "label": asked[ask]} for ask in part.asks]
    return WordsField(exercise=exercise.id, prompts=prompts)


def _letter(exercise: Exercise, part: parts.LetterQuestion, view: View) -> Letter:
    """Ask for a letter, and say which answers of the whole journey are its language bank."""
    sources = [
        {"exercise": page.id, **source.said()}
        for page in journey()
        for source in page.parts
        if source.kind == "stems" or (source.kind == "words" and source.bank)
    ]
    letter = _of(Letter)(exercise, part, view)
    letter.part = {**letter.part, "sources": sources}
    return letter


def _home(_exercise: Exercise, part: parts.HomeQuestion, _view: View) -> HomeField:
    named = load_wording().homes
    return HomeField(
        homes=[{"id": home, **named[home].model_dump()} for home in allowed_homes()],
        legend=part.legend,
        choices=[choice.model_dump() for choice in part.choices],
        homes_legend=part.homes_legend,
    )


def _picture(_exercise: Exercise, part: parts.PicturePart, view: View) -> Picture:
    """Draw the trainee's own moments, and again whenever what is chosen of them changes."""
    # Only a page with a picture loads pandas.
    from workshop_kit.pictures import picture, said_of, shows

    wording, pictures = load_wording(), load_pictures()
    words = labels(journey(), wording, pictures)
    title = part.text.splitlines()[0].lstrip("# ")
    said = {**pictures.shared, **wording.picture, "written": pictures.columns["written"]}
    shown = Picture(title=title, words=said)

    def say() -> None:
        # What cannot be read is told with the picture.
        with suppress(JournalError):
            filtered = view.choice != ALL
            shown.sentence = said_of(part.figure, view.tables(), words, filtered=filtered)

    def draw() -> None:
        try:
            drawn = picture(part.figure, view.tables(), words, filtered=view.choice != ALL)
        except JournalError as error:
            shown.show(
                figure={},
                sentence=str(error),
                columns=[],
                rows=[],
                beside=[],
                note="",
                absent=False,
            )
            return
        reading = drawn.reading
        shown.show(
            figure=drawn.figure,
            sentence=drawn.sentence,
            columns=reading.columns,
            rows=reading.rows,
            beside=reading.beside,
            note=reading.note,
            absent=view.heard and not shows(part.figure, view.whole()),
        )

    draw()
    view.on_change(say, first=True)
    view.on_change(draw)
    return shown


def _filters(exercise: Exercise, _part: parts.FiltersPart, view: View) -> Filters:
    """Ask which moments are drawn, and tell the pictures of the page."""
    # Only a page with a picture loads pandas.
    from workshop_kit.pictures import shows

    drawn = [part.figure for part in exercise.parts if part.kind == "picture"]
    asked = Filters(
        settings=[choice.model_dump() for choice in load_wording().settings],
        words=load_pictures().filters,
    )

    def choose(_change: object) -> None:
        view.choose(Choice.of(asked.since, asked.until, asked.setting))

    def look() -> None:
        try:
            asked.nothing = view.heard and not any(shows(one, view.whole()) for one in drawn)
        except JournalError:
            asked.nothing = False

    asked.observe(choose, ["since", "until", "setting"])
    look()
    view.on_change(look)
    return asked


def _moments(_exercise: Exercise, _part: parts.MomentsPart, _view: View) -> MomentsList:
    """List the moments; the page itself puts in the words."""
    wording, controls = load_wording(), load_controls()
    return MomentsList(
        exercises={
            page.id: {
                "title": page.title,
                "parts": [_kept(part) for part in page.parts if part.keeps],
            }
            for page in journey()
        },
        systems=_systems(),
        settings={choice.id: choice.label for choice in wording.settings},
        words={
            **wording.moments,
            "sizes": wording.sizes.model_dump(),
            "acts": controls.triangle,
            "day": controls.day,
            "flows": controls.flows,
            "sort": controls.sorter,
            "stems": controls.stems,
            "tone": controls.plane,
        },
    )


def _booklet(_exercise: Exercise, part: parts.BookletPart, _view: View) -> Takeaway:
    """Make a booklet of the pages that keep anything."""
    kept = [page for page in journey() if any(part.keeps for part in page.parts)]
    return Takeaway(
        exercises=[{"id": page.id, "title": page.title} for page in kept],
        legend=part.legend,
        words=load_controls().takeaway,
    )


def _kept(part: Any) -> dict[str, Any]:
    """Return what a page needs of a part to read its answers out."""
    if part.kind != "bridge":
        return part.said()
    asked = load_wording().bridge
    return {
        "id": part.id,
        "kind": "words",
        "prompts": [{"id": ask, "label": asked[ask]} for ask in part.asks],
    }


_CONTROLS: dict[str, Callable[[Exercise, Any, View], AnyWidget]] = {
    "systems": _circles,
    "setting": _setting,
    "choice": _choice,
    "words": _words,
    "bridge": _bridge,
    "acts": _of(Triangle),
    "stems": _of(Stems),
    "sitting": _of(Sitting),
    "sort": _of(Sorter),
    "pause": _of(Pause),
    "tone": _of(Plane),
    "flows": _of(Flows),
    "day": _of(Day),
    "letter": _letter,
    "home": _home,
    "picture": _picture,
    "filters": _filters,
    "moments": _moments,
    "booklet": _booklet,
}
