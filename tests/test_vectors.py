"""One folder of cases, read alike by Python and by the page."""

from __future__ import annotations

import base64
import json

import pytest
from making import vectors

from workshop_kit.entries import JournalError, fold, read_entries
from workshop_kit.journal_file import Contents, join, read_journal, write_journal


def document(*records):
    """A journal of records that are JSON already."""
    return f'{{"format": "workshop-kit/journal", "version": 1, "entries": [{", ".join(records)}]}}'


def with_field(record, field, raw):
    return json.dumps({**record, field: "HERE"}).replace('"HERE"', raw)


FIELDS = vectors("fields")
RECORD = FIELDS["record"]


def of_field(case):
    """A case of one field as a case of a document."""
    told = {name: case[name] for name in ("refused", "schema") if name in case}
    if "reads" in case:
        told["contents"] = {"entries": [{**RECORD, case["field"]: case["reads"]}], "deleted": []}
    source = document(with_field(RECORD, case["field"], case["raw"]))
    return {"name": f"{case['field']}: {case['name']}", "source": source, **told}


def of_document(case):
    return {
        **case,
        "source": base64.b64decode(case["base64"]) if "base64" in case else case["text"],
    }


DOCUMENTS = [
    *map(of_field, FIELDS["cases"]),
    *map(of_document, vectors("documents")),
]


def as_records(contents: Contents) -> dict:
    """Contents as they stand in a document."""
    document = json.loads(write_journal(contents))
    return {name: document[name] for name in ("entries", "deleted")}


def expected(case):
    return {"refused": case["refused"]} if "refused" in case else {"value": case["contents"]}


def python_reads(source):
    try:
        return {"value": as_records(read_journal(source))}
    except JournalError as error:
        return {"refused": error.reason}


def only(answer):
    return {name: answer[name] for name in ("value", "refused") if name in answer}


@pytest.mark.parametrize("case", DOCUMENTS, ids=[case["name"] for case in DOCUMENTS])
def test_python_reads_a_document_as_the_vectors_have_it(case):
    assert python_reads(case["source"]) == expected(case)


def test_the_page_reads_every_document_as_the_vectors_have_it(page_code):
    answers = page_code.read(case["source"] for case in DOCUMENTS)
    told = {case["name"]: only(answer) for case, answer in zip(DOCUMENTS, answers, strict=True)}
    assert told == {case["name"]: expected(case) for case in DOCUMENTS}


def test_there_are_many_cases_of_each_kind_and_no_name_stands_twice():
    assert len({case["name"] for case in DOCUMENTS}) == len(DOCUMENTS)
    assert sum("refused" in case for case in DOCUMENTS) > 150
    assert sum("contents" in case for case in DOCUMENTS) > 80


# Joining and folding


JOINS, FOLDS = vectors("join"), vectors("fold")


def contents(records):
    """Contents as they stand in a document, read."""
    head = {"format": "workshop-kit/journal", "version": 1}
    return read_journal(json.dumps({**head, **records}))


def as_shown(versions):
    """Versions as they stand in a document, without the order of their times."""
    return [one.model_dump(mode="json") for one in versions]


@pytest.mark.parametrize("case", JOINS, ids=[case["name"] for case in JOINS])
def test_python_joins_two_journals_as_the_vectors_have_it(case):
    mine, theirs = contents(case["mine"]), contents(case["theirs"])
    assert as_records(join(mine, theirs)) == case["joined"]
    assert as_records(mine) == case["mine"]


def test_the_page_joins_two_journals_as_the_vectors_have_it(page_code):
    told = page_code.call("join", [(case["mine"], case["theirs"]) for case in JOINS])
    joined = {case["name"]: answer["value"] for case, answer in zip(JOINS, told, strict=True)}
    assert joined == {case["name"]: case["joined"] for case in JOINS}


@pytest.mark.parametrize("case", FOLDS, ids=[case["name"] for case in FOLDS])
def test_python_folds_versions_as_the_vectors_have_it(case):
    assert as_shown(fold(read_entries(case["versions"]))) == case["shown"]


def test_the_page_folds_versions_as_the_vectors_have_it(page_code):
    told = page_code.call("fold", [(case["versions"],) for case in FOLDS])
    shown = {case["name"]: answer["value"] for case, answer in zip(FOLDS, told, strict=True)}
    assert shown == {case["name"]: case["shown"] for case in FOLDS}
