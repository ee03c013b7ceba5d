"""The facilitators' guide, served from the same Markdown that a checkout holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from workshop_kit.exercises import Exercise, journey
from workshop_kit.run_sheets import Sheet, Sheets, load_run_sheets
from workshop_kit.shelf import guide_folder

START = "index"
SHEETS = "run_sheets"
_PAGE = re.compile(r"(?P<name>[a-z_]+)\.md(?P<place>#.*)?$")


def read(name: str, url: str, *, inside: bool = False) -> tuple[str, str] | None:
    """Return the title and the HTML of a page of the guide, or ``None`` for a name it has not.

    Parameters
    ----------
    name
        The stem of its file.
    url
        Where the guide is served, without a slash at its end.
    inside
        Whether it is shown beside others inside a page with headings of its own.

    Examples
    --------
    >>> read("welcome", "/guide")[0]
    'Leading Welcome'
    """
    file = {path.stem: path for path in guide_folder().glob("*.md")}.get(name)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    if name == SHEETS:
        text += "\n" + lists(load_run_sheets(), journey())
    html = MarkdownWithMath(renderer=_Guide(url, inside=inside)).render(text)
    return text.partition("\n")[0].lstrip("# "), html


def lists(sheets: Sheets, exercises: Iterable[Exercise]) -> str:
    """Return the sheets as Markdown: a list for each session, linked to the guide's pages.

    Examples
    --------
    >>> from workshop_kit.run_sheets import Session, Step
    >>> step = Step(what="Talk", minutes=5)
    >>> session = Session(title="One session", minutes=5, steps=(step,))
    >>> sheet = Sheet(id="short", title="Short", about="A trial.", sessions=(session,))
    >>> lists(Sheets(sheets=(sheet,)), []).splitlines()[4]
    '- **0:00** Talk (5 minutes)'
    """
    known = {exercise.id: exercise for exercise in exercises}
    return "\n".join(line for sheet in sheets.sheets for line in _sheet(sheet, known))


def _sheet(sheet: Sheet, known: dict[str, Exercise]) -> Iterator[str]:
    yield from (f"## {sheet.title}", "", sheet.about, "")
    several = len(sheet.sessions) > 1
    for session in sheet.sessions:
        if several:
            yield from (f"### {sheet.title}: {session.title}", "")
        begun = 0
        for step in session.steps:
            exercise = known.get(step.exercise or "")
            minutes = exercise.minutes if exercise else step.minutes or 0
            what = _named(exercise) if exercise else step.what
            yield f"- **{_clock(begun)}** {what} ({minutes} minutes)"
            begun += minutes
        yield from (f"- **{_clock(begun)}** The end", "")


def _named(exercise: Exercise) -> str:
    page = f"{exercise.id}.md"
    # An exercise of a course has no page in the guide.
    return f"[{exercise.title}]({page})" if (guide_folder() / page).exists() else exercise.title


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


class _Guide(IPythonRenderer):
    """Markdown as HTML: headings can be linked to, and links lead to served pages."""

    def __init__(self, url: str, *, inside: bool = False):
        super().__init__(escape=True)
        self.url = url
        self.inside = inside

    def heading(self, text: str, level: int, **_: object) -> str:
        if self.inside:
            return f"<h{level + 2}>{text}</h{level + 2}>\n"
        place = re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")
        return f'<h{level} id="{place}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        page = _PAGE.fullmatch(url)
        if page:
            name, place = page["name"], page["place"] or ""
            return f'<a href="{self.url}{"" if name == START else "/" + name}{place}">{text}</a>'
        # What is outside the guide is in a checkout, and not on this server.
        return text if url.startswith("..") else super().link(text, url, title)
