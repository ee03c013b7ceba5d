"""What is in reach on every page: pause, leave, where to turn, and where the words are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import jinja2
import traitlets as t

from workshop_kit.support import load_support
from workshop_kit.widgets.base import WorkshopWidget
from workshop_kit.widgets.files import FOLDER, module, styles
from workshop_kit.wording import Home, load_wording


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(FOLDER)
    return jinja2.Environment(loader=loader, autoescape=True).get_template("companion.html")


def companion_html(
    homes: Sequence[Home],
    leave_url: str = "",
    *,
    sample: bool = False,
    language: str | None = None,
) -> str:
    """Return the companion's HTML.

    Parameters
    ----------
    homes
        Where a journal may live here, the default first.
    leave_url
        The neutral page; without one, *leave* covers the screen instead.
    sample
        Whether the journal on the page is an invented trainee's.
    language
        What it speaks; what this process speaks unless it is said.
    """
    wording = load_wording(language)
    return _template().render(
        wording=wording,
        custody={**wording.journal, "homes": {home: wording.homes[home].label for home in homes}},
        support=load_support(language),
        homes=homes,
        leave_url=leave_url,
        sample=sample,
    )


class Companion(WorkshopWidget):
    """The companion as a widget, for a notebook that no frame surrounds."""

    _esm = module("companion")
    _css = styles("companion")
    html = t.Unicode().tag(sync=True)

    def __init__(self, homes: Sequence[Home], **traits: Any):
        super().__init__(html=companion_html(homes), **traits)
