"""How Sphinx makes a site of the documents: ``make site``, without a network."""

from __future__ import annotations

from workshop_kit import __version__
from workshop_kit.run_sheets import load_run_sheets
from workshop_kit.serving import guide

project = "The workshop"
author = "the makers of the workshop"
project_copyright = "the makers of the workshop, CC BY 4.0"
release = __version__
language = "en"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    *("docs/*.md", "facilitator_guide/*.md", "*.md", "benchmarks/README.md"),
    *("benchmarks/results/results.md", "tests/vectors/README.md"),
]
# The same headings can be linked to as where the files are read by themselves.
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"fixed_sidebar": True, "show_powered_by": False}
html_show_sourcelink = False
html_copy_source = False
nitpicky = True


def add_run_sheets(_app: object, name: str, source: list[str]) -> None:
    """Let the page of the run sheets hold them, as the page that is served does."""
    if name == "facilitator_guide/run_sheets":
        from workshop_kit.exercises import journey

        source[0] += "\n" + guide.lists(load_run_sheets(), journey())


def setup(app: object) -> None:
    """Ask Sphinx to be told of each source that is read."""
    app.connect("source-read", add_run_sheets)  # type: ignore[attr-defined]
