"""The facilitators' guide, served from the same Markdown that a checkout holds."""

from __future__ import annotations

import re
from pathlib import Path

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from workshop_kit import run_sheets
from workshop_kit.exercises import journey

START = "index"
SHEETS = "run_sheets"
_PACKAGE = Path(__file__).parent.parent
_PAGE = re.compile(r"(?P<name>[a-z_]+)\.md(?P<place>#.*)?$")


def folder() -> Path:
    """Return the folder of the guide: in the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "facilitator_guide"
    return inside if inside.is_dir() else _PACKAGE.parent / "facilitator_guide"


def sheets() -> run_sheets.Sheets:
    """Return the run sheets; raises ``ContentError`` for a file with a fault."""
    return run_sheets.read(folder() / run_sheets.FILE, journey())


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
    file = {path.stem: path for path in folder().glob("*.md")}.get(name)
    if file is None:
        return None
    text = file.read_text(encoding="utf-8")
    if name == SHEETS:
        text += "\n" + run_sheets.lists(sheets(), journey())
    html = MarkdownWithMath(renderer=_Guide(url, inside=inside)).render(text)
    return text.partition("\n")[0].lstrip("# "), html


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
