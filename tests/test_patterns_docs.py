"""docs/patterns.md describes every table and every column there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from making import with_systems

from workshop_kit.counts import counts
from workshop_kit.exercises import journey
from workshop_kit.tables import COMMON, tables

PAGE = Path(__file__).parent.parent / "docs" / "patterns.md"
MADE = tables([with_systems({"threat": 1})], journey())
TABLES = {**MADE.named(), **counts(MADE)}
TYPES = {
    "text": "str",
    "text or missing": "str",
    "number": "float64",
    "number or missing": "float64",
    "whole number": "int64",
    "time": "datetime64[us]",
    "yes or no": "bool",
}


def described():
    """Every section's columns with their types: {heading: {column: type}}."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0].strip("`"): dict(
            re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", section, flags=re.MULTILINE)
        )
        for section in sections
    }


def test_the_tables_it_describes_are_those_there_are():
    assert [name for name in described() if name in TABLES] == list(TABLES)
    assert tuple(described()["In every table of moments"]) == COMMON


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_and_types_it_describes_are_those_of_the_table(name):
    found = described()
    common = found["In every table of moments"] if name in MADE.named() else {}
    types = {column: TYPES[said] for column, said in {**common, **found[name]}.items()}
    assert types == {column: str(dtype) for column, dtype in TABLES[name].dtypes.items()}


def test_every_number_has_a_unit():
    rows = re.findall(r"^\| `\w+` \| .*?(number).*? \| (.*?) \|", PAGE.read_text("utf-8"), re.M)
    assert rows
    assert all(unit for _number, unit in rows)
