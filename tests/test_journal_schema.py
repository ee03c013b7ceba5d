"""The published schema says what Python and the page read."""

from __future__ import annotations

import json

import jsonschema
import pytest
from making import vectors
from test_vectors import DOCUMENTS

from workshop_kit.journal_schema import SCHEMA, journal_schema, write_schema
from workshop_kit.sample import SAMPLE

PUBLISHED = json.loads(SCHEMA.read_text(encoding="utf-8"))
# In a schema `$` is the end of the text; to Python it would be the end of its last line.
VALIDATOR = jsonschema.Draft202012Validator(
    json.loads(json.dumps(PUBLISHED).replace('$"', '\\\\Z"'))
)
LOCKED = vectors("lock")


def accepts(text):
    return VALIDATOR.is_valid(json.loads(text))


def test_the_published_schema_is_the_one_that_the_models_make(tmp_path):
    assert journal_schema() == PUBLISHED, "please run 'workshop-kit build'"
    path = tmp_path / "docs" / "schema.json"
    assert not write_schema(path)
    path.parent.mkdir()
    assert write_schema(path)
    assert not write_schema(path)
    assert path.read_bytes() == SCHEMA.read_bytes()


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(PUBLISHED)
    assert "\\n" not in json.dumps(PUBLISHED)


def test_the_sample_journal_fits_it():
    VALIDATOR.validate(json.loads(SAMPLE.read_text(encoding="utf-8")))


WHOLE = [case for case in DOCUMENTS if "contents" in case and isinstance(case["source"], str)]
BROKEN = [case for case in DOCUMENTS if case.get("refused") in ("damaged", "newer", "version")]


@pytest.mark.parametrize("case", WHOLE, ids=[case["name"] for case in WHOLE])
def test_what_is_read_fits_the_schema(case):
    assert accepts(case["source"])


@pytest.mark.parametrize("case", BROKEN, ids=[case["name"] for case in BROKEN])
def test_what_is_refused_does_not_fit_unless_no_schema_can_see_it(case):
    assert accepts(case["source"]) == (case.get("schema") is False)


def test_locked_journals_fit_it_and_hostile_ones_do_not():
    for case in LOCKED["documents"]:
        if "contents" in case:
            assert accepts(case["text"]), case["name"]
    data = json.loads(LOCKED["documents"][0]["text"])["locked"]["data"]
    head = {"format": "workshop-kit/journal", "version": 1}
    for case in LOCKED["locks"]:
        lock = case["lock"]
        whole = {**lock, "data": data} if isinstance(lock, dict) else lock
        fits = VALIDATOR.is_valid({**head, "locked": whole})
        assert fits == (case.get("refused") != "damaged"), case["name"]
