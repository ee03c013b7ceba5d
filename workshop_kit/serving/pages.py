"""The pages: a notebook's words as HTML, rendered once, with a place for each control."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import nbformat
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from workshop_kit.board_state import Shown
from workshop_kit.exercises import Exercise, journey
from workshop_kit.journal import Home
from workshop_kit.notebooks import KEY, TITLE, prose
from workshop_kit.pooling import FEWEST, MOST, USUAL
from workshop_kit.run_sheets import load_run_sheets, outlines
from workshop_kit.serving import group_words, guide
from workshop_kit.serving.assets import Assets
from workshop_kit.shelf import ENGLISH, languages
from workshop_kit.widgets.companion import companion_html
from workshop_kit.widgets.keeper import keeper_words
from workshop_kit.wording import load_group_words, load_wording

TEMPLATES = Path(__file__).parent / "templates"
# Whether an answer is not the page that was asked for, and why, by its status.
APOLOGIES = {403: "refused", 404: "gone", 503: "full"}


class Pages:
    """Renders every page of a server.

    Parameters
    ----------
    base_url
        Where the server lives, with a slash at both ends.
    assets
        The files that the pages ask for.
    homes
        Where a journal may live here, the default first.
    notebooks
        The folder of the notebooks.
    sample
        Whether the pages open on the invented trainee's journal.
    idle_after
        Seconds without a sign of the visitor until a page lets go of its kernel.
    group
        Whether a group can be led here.
    """

    def __init__(
        self,
        base_url: str,
        assets: Assets,
        homes: tuple[Home, ...],
        notebooks: Path,
        *,
        sample: bool = False,
        idle_after: float = 1800.0,
        group: bool = False,
    ):
        self.base_url = base_url
        self.assets = assets
        self.homes = homes
        self.notebooks = notebooks
        self.sample = sample
        self.idle_after = idle_after
        self.has_group = group
        self.exercise_ids = frozenset(exercise.id for exercise in journey())
        loader = jinja2.FileSystemLoader(TEMPLATES)
        self._templates = jinja2.Environment(loader=loader, autoescape=True)
        self._cells = lru_cache(maxsize=64)(_cells)

    def forget(self) -> None:
        """Render everything anew when next it is asked for, since the words have changed."""
        self._cells.cache_clear()
        self.exercise_ids = frozenset(exercise.id for exercise in journey())

    def home(self, language: str = "en") -> str:
        """Return the home page."""
        return self._render("home.html.j2", language, title=None)

    def notebook(
        self, path: Path, kernel_id: str, language: str = "en", *, joined: bool = False
    ) -> str:
        """Return the page of a notebook, which will ask for the kernel ``kernel_id``.

        With ``joined`` it offers to share with the group, and says where the group is.
        """
        exercise, cells = self._cells(path, path.stat().st_mtime_ns, language)
        return self._render(
            "index.html.j2",
            language,
            title=exercise.title if exercise else path.stem,
            cells=cells,
            current=exercise,
            joined=joined,
            config={
                "kernelId": kernel_id,
                "notebook": path.stem,
                "language": language,
                "idleAfter": 1000 * self.idle_after,
                **(self._share(exercise, language) if joined else {}),
            },
        )

    def group(self, language: str = "en") -> str:
        """Return a participant's page of a group."""
        words = load_group_words(language)
        return self._of_group("group.html.j2", language, title=words.page["title"], own=words.page)

    def lead(self, language: str = "en") -> str:
        """Return the facilitator's page."""
        words = load_group_words(language)
        sheets = [*outlines(load_run_sheets())]
        notes = {
            exercise.id: Markup(page[1])  # noqa: S704
            for exercise in journey(language)
            if (page := guide.read(exercise.id, f"{self.base_url}guide", inside=True))
        }
        return self._of_group(
            "lead.html.j2",
            language,
            title=words.lead["title"],
            own=words.lead,
            more={
                "outlines": [one.model_dump() for one in sheets],
                "usual": USUAL,
            },
            outlines=sheets,
            notes=notes,
            fewest=FEWEST,
            most=MOST,
        )

    def wall(self, language: str = "en") -> str:
        """Return the projector's page."""
        words = load_group_words(language)
        return self._of_group("wall.html.j2", language, title=words.wall["title"], own=words.wall)

    def counts(self, shown: Sequence[Shown], language: str = "en") -> str:
        """Return opened pictures as a table (CSV)."""
        return group_words.table(shown, language)

    def _of_group(
        self, template: str, language: str, *, own: dict, more: dict | None = None, **values: Any
    ) -> str:
        known = group_words.settings(language)
        known["words"]["own"] = own
        return self._render(
            template,
            language,
            words=load_group_words(language),
            config={"group": {**known, **(more or {})}},
            **values,
        )

    def _share(self, exercise: Exercise | None, language: str) -> dict[str, Any]:
        known = group_words.settings(language)
        known["words"]["own"] = load_group_words(language).share
        return {"group": {**known, "exercise": exercise.id if exercise else ""}}

    def guide(self, name: str, language: str = "en") -> str | None:
        """Return a page of the facilitators' guide, or ``None``."""
        page = guide.read(name, f"{self.base_url}guide")
        if page is None:
            return None
        title, html = page
        return self._render(
            "guide.html.j2",
            language,
            title=title,
            html=Markup(html),  # noqa: S704
            at_start=name == guide.START,
        )

    def find(self, name: str) -> Path | None:
        """Return the notebook of that name, or ``None``; no name leads out of the folder."""
        known = {path.stem: path for path in self.notebooks.glob("*.ipynb")}
        return known.get(name)

    def apology(self, status: int, language: str = "en") -> str:
        """Return the page that is sent in place of one that cannot be."""
        words, key = load_wording(language).apology, APOLOGIES.get(status, "failed")
        return self.message(words[f"{key}_title"], words[key], language, waits=key == "full")

    def leave(self, back: str, language: str = "en") -> str:
        """Return the neutral page, with a way back to the address ``back``."""
        return self._render("leave.html.j2", language, title=None, back=back)

    def door(self, language: str = "en", *, key_page: bool) -> str:
        """Return what stands before a server with a key: the page of its link, or any other."""
        return self._render("door.html.j2", language, title=None, key_page=key_page)

    def message(self, title: str, text: str, language: str = "en", *, waits: bool = False) -> str:
        """Return a page that says one thing, such as that there is no such page.

        One that ``waits`` opens again by itself when there is room.
        """
        config = {"waits": waits}
        return self._render("message.html.j2", language, title=title, text=text, config=config)

    def _render(
        self, template: str, language: str, *, config: dict | None = None, **values: Any
    ) -> str:
        settings = {
            "baseUrl": self.base_url,
            "modules": self.assets.modules(self.base_url),
            "plotly": self.assets.url(self.base_url, "plotly.min.js"),
            "keeper": alone(self.homes, language),
            **(config or {}),
        }
        # "<" is escaped, so that nothing in the settings can end the element they stand in.
        settings_json = json.dumps(settings).replace("<", "\\u003c")
        known = languages()
        chosen = f"?language={language}" if language != known[0] else ""

        def to(address: str) -> str:
            return f"{self.base_url}{address}{chosen}"

        return self._templates.get_template(template).render(
            wording=load_wording(language),
            languages={code: load_wording(code).language for code in known},
            to=to,
            at=lambda page: to(f"voila/render/{page.name}.ipynb"),
            asset=lambda name: self.assets.url(self.base_url, name),
            settings=Markup(settings_json),  # noqa: S704
            companion=Markup(  # noqa: S704
                companion_html(
                    self.homes, f"{self.base_url}leave", sample=self.sample, language=language
                )
            ),
            sample=f"{self.base_url}workshop-kit/sample_journal.json" if self.sample else None,
            journey=journey(language),
            has_group=self.has_group,
            **values,
        )


def alone(homes: Sequence[Home], language: str) -> dict[str, Any]:
    """Return the state of the keeper of a page that has no kernel."""
    words = keeper_words(load_wording(language))
    return {"alone": True, "exercise": "", "content": 1, "homes": list(homes), "words": words}


def _cells(
    path: Path, _changed: int, language: str
) -> tuple[Exercise | None, list[dict[str, Any]]]:
    """Return a notebook's exercise, and its cells: prose as HTML, code as a place to fill.

    Words that a content file has are taken from there, in the language of the page.
    """
    notebook = nbformat.read(path, as_version=4)
    known = {exercise.id: exercise for exercise in journey(language)}
    exercise = known.get(notebook.metadata.get(KEY, {}).get("exercise"))
    kinds = {part.id: part.kind for part in exercise.parts} if exercise else {}
    cells: list[dict[str, Any]] = []
    for cell in notebook.cells:
        part = cell.metadata.get(KEY, {}).get("part")
        if cell.cell_type == "markdown":
            said = prose(exercise, part, language) if exercise and part else None
            html = Markup(_html(said or cell.source, language))  # noqa: S704
            cells.append({"id": cell.id, "html": html, "kind": kinds.get(part, "")})
        elif cell.cell_type == "code":
            cells.append({"id": cell.id, "html": None, "asks": part != TITLE})
    return exercise, cells


class _Prose(IPythonRenderer):
    """Markdown as HTML, whose links to other pages keep the language of this one.

    HTML in a cell is shown as text: words come from content files, and those hold Markdown.
    """

    def __init__(self, language: str):
        super().__init__(escape=True, exclude_anchor_links=True)
        self.language = language

    def link(self, text: str, url: str, title: str | None = None) -> str:
        chosen = url.endswith(".ipynb") and self.language != ENGLISH
        return super().link(text, f"{url}?language={self.language}" if chosen else url, title)


def _html(markdown: str, language: str) -> str:
    return MarkdownWithMath(renderer=_Prose(language)).render(markdown)
