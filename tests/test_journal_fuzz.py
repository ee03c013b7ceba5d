"""Files damaged on the way: read alike by Python and the page, or refused in a sentence."""

from __future__ import annotations

import base64
import json
from collections import Counter

import pytest
from fuzzing import damaged
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from making import any_contents, vectors
from test_vectors import DOCUMENTS, as_records

from workshop_kit.entries import JournalError
from workshop_kit.journal_file import MOST_BYTES, read_journal, write_journal
from workshop_kit.lock import open_locked, read_locked
from workshop_kit.sample import SAMPLE

PRIVATE = "quokka"  # in no sentence of ours
REASONS = {"text", "json", "format", "version", "newer", "locked", "damaged"}
LOCKED = vectors("lock")
KEY = LOCKED["locks"][0]["key"]
BATCH = 100


def as_bytes(source):
    return source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")


# The largest faults are in the vectors already; here the seeds are to be small.
PLAIN = [
    as_bytes(case["source"]).replace(b"Still", PRIVATE.encode())
    for case in DOCUMENTS
    if "contents" in case and len(case["source"]) < 4000
] + [SAMPLE.read_bytes()]
SEALED = [case["text"].encode() for case in LOCKED["documents"] if "contents" in case]


def python_says(source):
    try:
        return {"value": as_records(read_journal(source))}
    except JournalError as error:
        return refused(error)


def python_says_of_locked(source):
    try:
        return {"value": as_records(open_locked(base64.b64decode(KEY), read_locked(source)))}
    except JournalError as error:
        return refused(error)


def refused(error):
    sentence = str(error)
    assert error.reason in REASONS
    assert error.__cause__ is None
    assert PRIVATE not in sentence
    assert sentence.isprintable()
    assert "Nothing was changed; please" in sentence
    return {"refused": error.reason}


def compare(page_code, sources, locked=False):
    """Hold Python and the page to one answer; say how often there was which."""
    ours = [(python_says_of_locked if locked else python_says)(source) for source in sources]
    theirs = page_code.open_locked(KEY, sources) if locked else page_code.read(sources)
    for source, mine, page in zip(sources, ours, theirs, strict=True):
        page = {name: page[name] for name in ("value", "refused") if name in page}
        assert mine == page, source
        if "value" in mine:
            read = read_journal(json.dumps({**HEAD, **mine["value"]}))
            assert as_records(read) == mine["value"], source
    return Counter(answer.get("refused", "read") for answer in ours)


HEAD = {"format": "workshop-kit/journal", "version": 1}


def fuzz(page_code, batches, seeds, *, locked=False):
    """Damage so many batches of files; say how often which answer came."""
    answers = Counter()

    @settings(
        max_examples=batches,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.randoms(use_true_random=True))
    def try_a_batch(random):
        sources = [damaged(seeds, random) for _ in range(BATCH)]
        answers.update(compare(page_code, sources, locked))

    try_a_batch()
    return answers


def test_a_damaged_file_is_read_alike_or_refused_in_a_sentence(page_code):
    answers = fuzz(page_code, 5, PLAIN)
    assert answers.total() >= 400
    assert answers.keys() >= {"read", "text", "json", "damaged"}


def test_a_damaged_locked_file_is_read_alike_or_refused_in_a_sentence(page_code):
    answers = fuzz(page_code, 2, SEALED, locked=True)
    assert answers.total() >= 150
    assert answers.keys() >= {"read", "json", "damaged"}


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_damaged_files_are_read_alike_or_refused(page_code):
    plain = fuzz(page_code, 1010, PLAIN)
    sealed = fuzz(page_code, 110, SEALED, locked=True)
    print(f"\nplain: {plain.total()} {dict(plain)}\nlocked: {sealed.total()} {dict(sealed)}")
    assert plain.total() >= 100_000
    assert sealed.total() >= 10_000
    assert plain.keys() == REASONS | {"read"}


def test_a_journal_goes_to_the_page_and_back_and_is_the_same(page_code):
    journals = []

    @settings(max_examples=60, database=None)
    @given(any_contents)
    def think_of(contents):
        journals.append(contents)

    think_of()
    answers = page_code.call(
        "(text) => writeJournal(readJournal(text))", [(write_journal(one),) for one in journals]
    )
    assert [read_journal(answer["value"]) for answer in answers] == journals


def test_a_huge_file_is_refused_before_it_is_looked_into(page_code):
    with pytest.raises(JournalError, match="larger than any journal"):
        read_journal(bytes(MOST_BYTES + 1))
    [answer] = page_code.call("() => textOf(new Uint8Array(200000000))", [[]])
    assert answer["refused"] == "large"
