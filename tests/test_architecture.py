"""The page about the architecture says what the code is."""

from __future__ import annotations

import re
from pathlib import Path

from test_layers import GROUPS, MODULES

DOCS = Path(__file__).parents[1] / "docs"


def test_the_groups_on_the_page_are_those_that_imports_are_held_to():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \|", text, re.MULTILINE)
    told = {group: re.findall(r"`(\w+)`", names) for group, names in rows}
    assert told == {group: list(names) for group, names in GROUPS.items()}


def test_every_module_stands_there_and_every_file_it_names_is_there():
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for parts in MODULES:
        assert f"`{parts[0]}`" in text
    package = DOCS.parent / "workshop_kit"
    for name in re.findall(r"`([\w/]+\.(?:py|js))`", text):
        assert (package / name).exists() or (DOCS.parent / name).exists(), name


def test_the_picture_names_the_groups():
    picture = (DOCS / "architecture.svg").read_text(encoding="utf-8")
    for group in GROUPS:
        assert f">{group}<" in picture
