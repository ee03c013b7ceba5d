"""A journal as a table, the same from Python and from the page."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from making import any_contents, vectors

from workshop_kit.entries import fold, read_entries
from workshop_kit.journal_csv import COLUMNS, to_csv
from workshop_kit.sample import sample_entries

CASES = vectors("csv")
DOCS = Path(__file__).parents[1] / "docs" / "journal.md"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_python_writes_a_table_as_the_vectors_have_it(case):
    assert to_csv(read_entries(case["versions"])) == case["csv"]


def test_the_page_writes_every_table_as_the_vectors_have_it(page_code):
    told = page_code.call("toCsv", [(case["versions"],) for case in CASES])
    tables = {case["name"]: answer["value"] for case, answer in zip(CASES, told, strict=True)}
    assert tables == {case["name"]: case["csv"] for case in CASES}


def test_the_page_writes_any_table_as_python_does(page_code):
    asked = []

    @settings(max_examples=60, database=None, derandomize=True)
    @given(any_contents)
    def think_of(contents):
        asked.append(contents.entries)

    think_of()
    told = page_code.call(
        "toCsv", [([one.model_dump(mode="json") for one in versions],) for versions in asked]
    )
    assert [answer["value"] for answer in told] == [to_csv(versions) for versions in asked]


@given(any_contents)
def test_a_table_has_a_row_for_every_answer_and_can_be_read_back(contents):
    rows = list(csv.reader(io.StringIO(to_csv(contents.entries)[1:], newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in rows)
    count = 0
    for moment in fold(contents.entries):
        answers = [
            one
            for answer in moment.answers.values()
            for one in (answer.values() if isinstance(answer, dict) else [answer])
        ]
        count += sum(one is not None for one in answers) + (moment.setting is not None)
        count += sum(bool(text) for text in moment.words.values())
    assert len(rows) - 1 == count


def test_a_table_opens_in_pandas(tmp_path):
    path = tmp_path / "journal.csv"
    path.write_text(to_csv(sample_entries()), encoding="utf-8", newline="")
    table = pd.read_csv(path)
    assert tuple(table.columns) == COLUMNS
    sizes = table[(table["question"] == "systems") & (table["part"] == "threat")]["value"]
    systems = [entry.answers.get("systems") for entry in sample_entries()]
    placed = [one["threat"] for one in systems if isinstance(one, dict) and "threat" in one]
    assert len(placed) > 5
    assert sizes.astype(float).tolist() == placed


def test_every_column_is_documented():
    page = DOCS.read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"| `{column}` |" in page
