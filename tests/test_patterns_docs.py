"""docs/patterns.md describes every table and every column there is, and no other."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from making import with_systems

from workshop_kit.cli import main
from workshop_kit.counts import counts
from workshop_kit.exercises import journey
from workshop_kit.patterns_file import HEAD
from workshop_kit.sample import SAMPLE
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


# What JSON makes of each type, and between which numbers each unit lies.
IN_JSON = {
    "text": (str,),
    "number": (int, float),
    "whole number": (int,),
    "time": (str,),
    "yes or no": (bool,),
    "list": (list,),
}
RANGES = {
    "size, 0 to 10": (0, 10),
    "share, 0 to 1": (0, 1),
    "-10 to 10": (-10, 10),
    "from 1": (1, float("inf")),
    "minutes": (-1439, 1439),
    "places": (0, float("inf")),
    **dict.fromkeys(["answers", "times", "weights"], (0, float("inf"))),
}


def columns():
    """Every section's columns: {heading: {column: (type, unit)}}."""
    sections = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    row = re.compile(r"^\| `(\w+)` \| ([\w ]+?) \| (?:([^|]+?) )?\|", flags=re.MULTILINE)
    return {
        section.partition("\n")[0].strip("`"): {
            column: (said, unit) for column, said, unit in row.findall(section)
        }
        for section in sections
    }


def described():
    """Every section's columns with their types: {heading: {column: type}}."""
    return {
        name: {column: said for column, (said, _unit) in found.items()}
        for name, found in columns().items()
    }


@pytest.fixture(scope="module")
def sample():
    """What the command prints of the sample journal."""
    with pytest.MonkeyPatch.context() as patched, io.StringIO() as out:
        patched.setattr(sys, "stdout", out)
        assert main(["patterns", str(SAMPLE), "--json"]) == 0
        return json.loads(out.getvalue())


def test_the_tables_it_describes_are_those_there_are():
    assert [name for name in described() if name in TABLES] == list(TABLES)
    assert tuple(described()["In every table of moments"]) == COMMON


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_and_types_it_describes_are_those_of_the_table(name):
    found = described()
    common = found["In every table of moments"] if name in MADE.named() else {}
    types = {column: TYPES[said] for column, said in {**common, **found[name]}.items()}
    assert types == {column: str(dtype) for column, dtype in TABLES[name].dtypes.items()}


def test_every_number_has_a_unit_and_every_unit_a_range():
    units = [unit for found in columns().values() for said, unit in found.values() if "num" in said]
    assert set(units) == set(RANGES)


def test_the_keys_it_describes_are_those_that_the_command_prints(sample):
    assert list(described()["For a script"]) == list(HEAD)
    assert list(sample) == [*HEAD, *(name for name in described() if name in TABLES)]


@pytest.mark.parametrize("name", TABLES)
def test_every_value_that_the_command_prints_is_of_its_type_and_within_its_unit(name, sample):
    found = columns()
    common = found["In every table of moments"] if name in MADE.named() else {}
    told = {**common, **found[name]}
    assert sample[name]
    for row in sample[name]:
        assert list(row) == list(told)
        for column, (said, unit) in told.items():
            kind, _, or_missing = said.partition(" or m")
            if row[column] is None:
                assert or_missing, column
            else:
                assert type(row[column]) in IN_JSON[kind], column
                if "number" in kind:
                    least, most = RANGES[unit]
                    assert least <= row[column] <= most, column
