"""The passphrase, in Python and in the page: one format, one folder of cases."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, any_contents, any_entries, make_entry, vectors

from workshop_kit import lock as locks
from workshop_kit.entries import JournalError
from workshop_kit.journal_file import Contents, read_journal, write_journal
from workshop_kit.lock import (
    Lock,
    Sealed,
    make_lock,
    open_entry,
    open_journal,
    open_lock,
    open_locked,
    read_locked,
    relock,
    seal_entry,
    seal_journal,
)
from workshop_kit.widgets.files import PARTS

ROOT = Path(__file__).parents[1]
CASES = vectors("lock")
PASSPHRASE = "two herons, one pond"  # noqa: S105
PRIVATE = "quokka"  # in no sentence of ours


@pytest.fixture(scope="module")
def locked():
    """A lock, which takes a moment to make, and its key."""
    return make_lock(PASSPHRASE)


def names(cases):
    return [case["name"] for case in cases]


def in_base64(data):
    return base64.b64encode(data).decode()


def of_base64(text):
    return base64.b64decode(text)


def as_records(contents):
    document = json.loads(write_journal(contents))
    return {name: document[name] for name in ("entries", "deleted")}


def outcome(case, result):
    return {"refused": case["refused"]} if "refused" in case else {"value": case[result]}


def told(function):
    """What a function gives, or why it refuses, as the page says it."""
    try:
        return {"value": function()}
    except JournalError as error:
        return {"refused": error.reason}


def only(answer):
    return {name: answer[name] for name in ("value", "refused") if name in answer}


# The vectors, in Python and in the page


def read_lock(value):
    """A lock as a stored or locked journal has it; one that is none is met by its reader."""
    document = {"format": "workshop-kit/journal", "version": 1}
    data = in_base64(bytes(28))
    value = {**value, "data": data} if isinstance(value, dict) else value
    return read_locked(json.dumps({**document, "locked": value})).lock


@pytest.mark.parametrize("case", CASES["locks"], ids=names(CASES["locks"]))
def test_python_opens_a_lock_as_the_vectors_have_it(case):
    answer = told(lambda: in_base64(open_lock(read_lock(case["lock"]), case["passphrase"])))
    assert answer == outcome(case, "key")


def test_the_page_opens_every_lock_as_the_vectors_have_it(page_code):
    answers = page_code.call(
        "async (lock, passphrase) => toBase64(await openLock(lock, passphrase))",
        [(case["lock"], case["passphrase"]) for case in CASES["locks"]],
    )
    assert dict(zip(names(CASES["locks"]), map(only, answers), strict=True)) == {
        case["name"]: outcome(case, "key") for case in CASES["locks"]
    }


@pytest.mark.parametrize("case", CASES["records"], ids=names(CASES["records"]))
def test_python_opens_a_stored_version_as_the_vectors_have_it(case):
    try:
        stored = Sealed.model_validate(case["stored"])
    except ValueError:
        assert case["refused"] == "damaged"
        return
    key = of_base64(case["key"])
    answer = told(lambda: open_entry(key, stored).model_dump(mode="json"))
    assert answer == outcome(case, "record")


def test_the_page_opens_every_stored_version_as_the_vectors_have_it(page_code):
    answers = page_code.call(
        "(key, stored) => openRecord(fromBase64(key), stored)",
        [(case["key"], case["stored"]) for case in CASES["records"]],
    )
    assert dict(zip(names(CASES["records"]), map(only, answers), strict=True)) == {
        case["name"]: outcome(case, "record") for case in CASES["records"]
    }


@pytest.mark.parametrize("case", CASES["documents"], ids=names(CASES["documents"]))
def test_python_opens_a_locked_document_as_the_vectors_have_it(case):
    answer = told(lambda: as_records(open_journal(case["text"], case["passphrase"])))
    assert answer == outcome(case, "contents")


def test_the_page_opens_every_locked_document_as_the_vectors_have_it(page_code):
    answers = page_code.call(
        "openDocument", [(case["text"], case["passphrase"]) for case in CASES["documents"]]
    )
    assert dict(zip(names(CASES["documents"]), map(only, answers), strict=True)) == {
        case["name"]: outcome(case, "contents") for case in CASES["documents"]
    }


def test_hostile_parameters_cost_nothing(page_code):
    hostile = [case for case in CASES["locks"] if case.get("refused") == "damaged"]
    assert len(hostile) > 30
    begun = time.monotonic()
    for case in hostile:
        with pytest.raises(JournalError, match="can be read"):
            open_lock(read_lock(case["lock"]), case["passphrase"])
    page_code.call("openLock", [(case["lock"], case["passphrase"]) for case in hostile])
    assert time.monotonic() - begun < 2


# From one to the other


def test_what_python_locks_the_page_opens_and_the_other_way_round(page_code, locked):
    lock, key = locked
    entry = make_entry(words={"note": "half \ud83d and 🫖"})
    document = seal_journal(lock, key, Contents((entry,)))
    [there] = page_code.call(
        """async (document, passphrase) => {
          const contents = await openDocument(document, passphrase);
          const { lock, key } = await makeLock(passphrase);
          const again = await relock(key, "another one");
          const stored = contents.entries.map((one) => sealRecord(key, one));
          return { contents, stored, key: toBase64(key), lock, again,
            document: sealDocument(again, key, contents) };
        }""",
        [(document, PASSPHRASE)],
    )
    page = there["value"]
    assert page["contents"] == as_records(Contents((entry,)))
    assert open_journal(page["document"], "another one") == Contents((entry,))
    key = of_base64(page["key"])
    assert open_lock(Lock.model_validate(page["lock"]), PASSPHRASE) == key
    assert open_lock(Lock.model_validate(page["again"]), "another one") == key
    assert [open_entry(key, Sealed.model_validate(one)) for one in page["stored"]] == [entry]
    for one in (page["lock"], page["again"]):
        assert one["kdf"] | {"salt": ""} == {
            **{"name": "scrypt", "n": 32768, "r": 8, "p": 3},
            "salt": "",
        }


def test_a_page_goes_on_while_a_passphrase_becomes_a_key(page_code):
    page_code.call(
        """() => {
          const begun = performance.now();
          let keys = 0;
          addEventListener("keydown", () => { keys += 1; });
          window.made = makeLock("two herons, one pond")
            .then(() => [keys, (performance.now() - begun) / 1000]);
        }""",
        [[]],
    )
    for _ in range(10):
        page_code.page.keyboard.press("a")
    keys, seconds = page_code.page.evaluate("window.made")
    print(f"a passphrase took {seconds:.2f} s in the page, which took {keys} keys meanwhile")
    assert keys > 3


def test_a_large_journal_is_locked_and_opened_in_the_page(page_code):
    [answer] = page_code.call(
        """(record) => {
          const key = randomBytes(32), words = { note: "Zwetschge 🫐 ".repeat(100000) };
          const contents = { entries: [{ ...record, words }], deleted: [] };
          const lock = JSON.parse(JSON.stringify(LOCKS));
          const { data } = readLocked(sealDocument(lock, key, contents));
          return openLocked(key, { data }).entries[0].words.note === words.note;
        }""".replace("LOCKS", json.dumps(CASES["locks"][0]["lock"])),
        [(json.loads(make_entry().model_dump_json()),)],
    )
    assert answer["value"] is True


# In Python


def test_a_passphrase_is_asked_for(page_code):
    with pytest.raises(JournalError, match="A passphrase cannot be empty; please write one"):
        make_lock("")
    assert only(*page_code.call("makeLock", [[""]])) == {"refused": "empty"}


def test_another_passphrase_is_another_lock_of_the_same_key(locked):
    lock, key = locked
    other = relock(key, "one heron, two ponds")
    assert open_lock(other, "one heron, two ponds") == key
    assert other.key != lock.key
    assert other.kdf.salt != lock.kdf.salt
    with pytest.raises(JournalError, match="does not open the journal"):
        open_lock(other, PASSPHRASE)


def test_an_unlock_that_fails_changes_nothing_however_often(locked):
    lock, key = locked
    before = lock.model_dump_json()
    for _ in range(3):
        with pytest.raises(JournalError, match="Nothing was changed; please try again"):
            open_lock(lock, "a guess")
    assert (lock.model_dump_json(), open_lock(lock, PASSPHRASE)) == (before, key)


@settings(max_examples=30)
@given(any_contents)
def test_a_locked_journal_comes_back_as_it_was(locked, contents):
    lock, key = locked
    document = read_locked(seal_journal(lock, key, contents))
    assert document.lock == lock
    assert open_locked(key, document) == contents


@settings(max_examples=30)
@given(any_entries)
def test_a_sealed_version_comes_back_as_it_was_and_shows_only_its_ids(locked, entry):
    _, key = locked
    stored = seal_entry(key, entry)
    assert open_entry(key, stored) == entry
    assert (stored.id, stored.version) == (entry.id, entry.version)
    assert set(stored.model_dump()) == {"version", "id", "sealed"}


def test_sealing_twice_never_looks_the_same(locked):
    lock, key = locked
    entry = make_entry(words={"note": PRIVATE})
    assert seal_entry(key, entry).sealed != seal_entry(key, entry).sealed
    assert seal_journal(lock, key, Contents()) != seal_journal(lock, key, Contents())


def test_a_locked_journal_says_nothing_of_what_it_holds(locked):
    lock, key = locked
    entry = make_entry(words={"note": PRIVATE}, setting="home", changed=MORNING)
    text = seal_journal(lock, key, Contents((entry,)))
    for said in (PRIVATE, "arriving", "home", "2026-03", str(entry.id), PASSPHRASE):
        assert said not in text
    with pytest.raises(JournalError, match="is locked with a passphrase"):
        read_journal(text)


@given(st.data())
@settings(max_examples=30)
def test_a_turned_bit_anywhere_in_a_seal_is_noticed(locked, data):
    _, key = locked
    stored = seal_entry(key, make_entry(words={"note": PRIVATE}))
    sealed = bytearray(of_base64(stored.sealed))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(JournalError, match=r"can be read \(its seal is broken\)") as caught:
        open_entry(key, stored.model_copy(update={"sealed": in_base64(bytes(sealed))}))
    assert caught.value.__cause__ is None


def test_keys_salts_and_nonces_come_from_the_system(monkeypatch):
    asked = []
    real = locks.os.urandom
    monkeypatch.setattr(locks.os, "urandom", lambda count: asked.append(count) or real(count))
    make_lock(PASSPHRASE)
    assert sorted(asked) == [12, 16, 32]


# What others wrote


def test_the_vendored_file_is_the_one_that_was_bundled():
    bundled = (PARTS / "vendor" / "noble.js").read_bytes()
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert hashlib.sha256(bundled).hexdigest() in page
    header = (PARTS / "vendor" / "noble.txt").read_bytes()
    assert bundled.startswith(header.rstrip())
    for version in ("@noble/hashes 2.4.0", "@noble/ciphers 2.4.0", "esbuild 0.28.2"):
        assert version in page
        assert version.encode() in header.replace(b"\n", b" ")
        assert version.replace(" ", "@", 1) in (ROOT / "Makefile").read_text("utf-8")
