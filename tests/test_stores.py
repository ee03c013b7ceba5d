"""The homes of a journal in the browser, as their own code has them: all of a change or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from making import make_entry
from playwright.sync_api import Browser

from workshop_kit.widgets.files import script

# Plain http at a name is no secure context, as in a room.
ROOM = "http://room.test/"
CODE = script(
    "noble", "shared", "entries", "history", "journal_file", "lock", "stores", "journal", "moving"
)
HOMES = ("browserStore", "visitStore")
EMPTY = {"versions": [], "deleted": [], "lock": None}
GONE = {"id": "00000000-0000-4000-8000-000000000001", "at": "2026-03-02T10:00:00.000Z"}


def record(**fields: object) -> dict:
    return make_entry(**fields).model_dump(mode="json")


def by_version(versions: list[dict]) -> list[dict]:
    return sorted(versions, key=lambda one: one["version"])


@pytest.fixture
def run(browser: Browser) -> Iterator[Callable[..., object]]:
    """Run JavaScript beside the parts, in an empty page; a refusal is its reason."""
    context = browser.new_context()
    page = context.new_page()
    page.route(ROOM, lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(ROOM)
    page.evaluate(
        """(code) => { globalThis.run = (body, given) => new Function("given",
          `${code}; return (async () => { ${body} })();`)(given)
          .catch((error) => ({ refused: error.reason ?? error.name })); }""",
        CODE,
    )
    yield lambda body, given=None: page.evaluate(
        "([body, given]) => run(body, given)", [body, given]
    )
    context.close()


@pytest.mark.parametrize("home", HOMES)
def test_a_home_holds_what_was_put_and_one_moment_can_go(run, home):
    stay, go, again = record(), record(), record()
    again["id"] = go["id"]
    held = run(
        f"""const store = {home}();
        for (const one of given.put) await store.put(one);
        await store.put({{ ...given.put[0], setting: "home" }});
        await store.remove(given.put[1].id, given.at);
        return await {home}().open();""",
        {"put": [stay, go, again], "at": GONE["at"]},
    )
    assert held == {
        **EMPTY,
        "versions": [{**stay, "setting": "home"}],
        "deleted": [{"id": go["id"], "at": GONE["at"]}],
    }


@pytest.mark.parametrize("home", HOMES)
def test_a_deleted_moment_takes_no_more_versions(run, home):
    one = record()
    told = run(
        f"""const store = {home}();
        await store.put(given.one);
        await store.remove(given.one.id, given.at);
        const refused = await store.put(given.one).catch(({{ reason }}) => reason);
        return [refused, (await store.open()).versions];""",
        {"one": one, "at": GONE["at"]},
    )
    assert told == ["deleted", []]


@pytest.mark.parametrize("home", HOMES)
def test_all_is_replaced_at_once_unless_somebody_wrote_meanwhile(run, home):
    old, new, late = record(), record(), record()
    told = run(
        f"""const store = {home}(), other = {home}();
        await store.put(given.old);
        await store.open();
        await other.put(given.late);
        const refused = await store.replace(given.next).catch(({{ reason }}) => reason);
        const between = (await store.open()).versions;
        await store.replace(given.next);
        return [refused, between, await other.open()];""",
        {"old": old, "late": late, "next": {**EMPTY, "versions": [new], "deleted": [GONE]}},
    )
    refused, between, after = told
    assert refused == "outdated"
    assert by_version(between) == by_version([old, late])
    assert after == {**EMPTY, "versions": [new], "deleted": [GONE]}


def test_a_replacement_that_fails_half_way_changes_nothing(run):
    old, new = record(), record()
    told = run(
        """const store = browserStore();
        await store.put(given.old);
        const before = await store.open();
        const versions = [given.new, { ...given.new, version: "x", words: () => {} }];
        const refused = await store.replace({ versions, deleted: [], lock: { a: 1 } })
          .catch(({ name }) => name);
        return [refused, before, await browserStore().open()];""",
        {"old": old, "new": new},
    )
    refused, before, after = told
    assert refused == "DataCloneError"
    assert before == after == {**EMPTY, "versions": [old]}


def test_who_opened_a_journal_that_is_gone_writes_nothing_into_the_next(run):
    one, next_one = record(), record()
    told = run(
        """const store = browserStore(), other = browserStore();
        await store.put(given.one);
        await other.open();
        await other.clear();
        await other.put(given.next);
        const refused = await store.put(given.one).catch(({ reason }) => reason);
        const removed = await store.remove(given.one.id, given.at).catch(({ reason }) => reason);
        return [refused, removed, (await store.open()).versions];""",
        {"one": one, "next": next_one, "at": GONE["at"]},
    )
    assert told == ["outdated", "outdated", [next_one]]


def test_who_only_looks_leaves_no_database(run):
    told = run(
        """const held = await browserStore().open();
        return [held, await indexedDB.databases()];"""
    )
    assert told == [EMPTY, []]


def test_a_database_of_version_1_keeps_all_its_moments(run):
    moments = [record(words={"note": f"moment {number}"}) for number in range(20)]
    told = run(
        """const opened = indexedDB.open("workshop-kit", 1);
        opened.onupgradeneeded = () =>
          opened.result.createObjectStore("versions", { keyPath: "version" });
        const database = await promised(opened);
        const writing = database.transaction("versions", "readwrite");
        for (const one of given) writing.objectStore("versions").put(one);
        await new Promise((done) => { writing.oncomplete = done; });
        database.close();
        const store = browserStore(), held = await store.open();
        await store.remove(given[0].id, "2026-03-02T10:00:00.000Z");
        const [{ version }] = await indexedDB.databases();
        return [held, (await store.open()).versions.length, version];""",
        moments,
    )
    held, left, version = told
    assert held == {**EMPTY, "versions": by_version(moments)}
    assert (left, version) == (19, 2)


def test_a_visit_that_was_kept_as_a_list_is_read(run):
    one = record()
    told = run(
        """sessionStorage.setItem("workshop-kit:visit", JSON.stringify([given]));
        await visitStore().remove("another", "2026-03-02T10:00:00.000Z");
        return visitStore().open();""",
        one,
    )
    assert told["versions"] == [one]


# From one home to another


MOVE = """const from = journalOver(browserStore(), "browser");
const to = journalOver(visitStore(), "visit");
for (const one of given.here) await from.put(one);
for (const one of given.there) await to.put(one);
await from.remove(given.gone.id, given.gone.at);
%s
const refused = await moveJournal(from, to, given.how ?? {})
  .catch((error) => error.reason ?? error.name);
return [refused ?? null, await browserStore().open(), await visitStore().open()];"""


def test_a_journal_moves_whole_and_joins_what_is_there(run):
    here, there = [record(), record()], record()
    told = run(MOVE % "", {"here": here, "there": [there], "gone": GONE})
    refused, source, target = told
    assert refused is None
    assert source == EMPTY
    assert by_version(target["versions"]) == by_version([*here, there])
    assert target["deleted"] == [GONE]


@pytest.mark.parametrize(
    "fault",
    [
        """sessionStorage.setItem("filling", "x".repeat(5 * 1024 * 1024 - 400));""",
        """Storage.prototype.setItem = () => { throw new DOMException("no", "SecurityError"); };""",
        # A home that says it has kept what it has not.
        """sessionStorage.setItem("workshop-kit:visit", "[]");
        Storage.prototype.setItem = () => {};""",
        """IDBObjectStore.prototype.clear = () => {
          throw new DOMException("full", "QuotaExceededError"); };""",
    ],
)
def test_a_move_that_fails_leaves_the_journal_where_it_was(run, fault):
    here = [record(words={"note": "x" * 500}) for _ in range(4)]
    told = run(MOVE % fault, {"here": here, "there": [], "gone": GONE})
    refused, source, _target = told
    assert refused in ("QuotaExceededError", "SecurityError", "lost")
    assert by_version(source["versions"]) == by_version(here)
    assert source["deleted"] == [GONE]


def test_only_what_is_wanted_moves_and_nothing_else_is_shown(run):
    mine, theirs = record(), record()
    how = """given.how = { bare: true, wanted: new Set([given.here[0].version]) };"""
    told = run(MOVE % how, {"here": [mine, theirs], "there": [], "gone": GONE})
    refused, source, target = told
    assert refused is None
    assert (source["versions"], source["deleted"]) == ([theirs], [GONE])
    assert (target["versions"], target["deleted"]) == ([mine], [])


def test_what_is_written_while_a_journal_moves_goes_along(run):
    here, late = record(), record()
    during = """const rewrite = to.rewrite;
    let once = true;
    to.rewrite = async (...all) => {
      await rewrite(...all);
      if (once) await browserStore().put(given.late);
      once = false;
    };"""
    told = run(MOVE % during, {"here": [here], "there": [], "gone": GONE, "late": late})
    refused, source, target = told
    assert refused is None
    assert source["versions"] == []
    assert by_version(target["versions"]) == by_version([here, late])
