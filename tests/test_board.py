from __future__ import annotations

import json
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from places import execute, rows
from rooms import ASKED, Room, expect_nobody_seen, play, sessions

from workshop_kit import board_database, codes
from workshop_kit.board import Board
from workshop_kit.board_database import BoardFault
from workshop_kit.board_state import LASTS, Plan, RefusedError
from workshop_kit.pooling import ContributionError

LEAD = "the facilitator's key"
PLAN = Plan(k=5, steps=("narrow", "wide"), minutes=90)
YES, NO = {"yes": "yes"}, {"yes": "no"}
TABLES = ("pages", "contributions", "spent", "batches", "sessions")


@pytest.fixture(autouse=True, scope="module")
def quick_codes():
    """Codes whose hash takes no time; how slow it is otherwise is looked at with the codes."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(codes, "_N", 2)
        yield


@pytest.fixture
def board(place):
    made = Board(place, ASKED)
    yield made
    made.database.close()


class Led(Room):
    """A session on a board, with its facilitator and whoever has joined."""

    def __init__(self, board, k=5, *, lead=LEAD):
        self.board, self.k, self.lead_key = board, k, lead
        self.code, self.wall = board.begin(lead, Plan(k, tuple(ASKED), 90))
        self.session = board.session_of("lead", lead)

    @property
    def state(self):
        return self.board.state(self.session)

    def join(self):
        return allowed(self.board.join, self.board.slow(self.code))

    def share(self, page, exercise, answers):
        return allowed(self.board.share, page, exercise, answers)

    def take_back(self, page, exercise):
        return allowed(self.board.take_back, page, exercise)

    def leave(self, page):
        return allowed(self.board.leave, page)

    def lead(self, act):
        do = {"lock": self.board.lock, "unlock": self.board.let_in, "recount": self.board.recount}
        done = allowed(do[act], self.lead_key)
        if act != "lock" and done is not None:
            self.code = done
        return done

    def open(self, exercise):
        return allowed(self.board.open, self.lead_key, exercise)

    def let_go(self, exercise):
        return allowed(self.board.let_go, self.lead_key, exercise)

    def joined(self, count):
        return [self.join() for _ in range(count)]


def allowed(do, *arguments):
    """What was done returns, or ``None`` if it was refused."""
    try:
        done = do(*arguments)
    except RefusedError:
        return None
    return True if done is None else done


def reason(do, *arguments, **named):
    with pytest.raises(RefusedError) as caught:
        do(*arguments, **named)
    return caught.value.reason


def filled(board, count=6, exercise="narrow", answers=YES, **named):
    led = Led(board, **named)
    pages = led.joined(count)
    for page in pages:
        board.share(page, exercise, answers)
    return led, pages


# Random sessions


def nobody_is_seen(board, session):
    k, acts = session
    board.forget_all()
    expect_nobody_seen(play(Led(board, k), acts), k)


class Emptied(Board):
    """A board that can be emptied between two sessions."""

    def forget_all(self):
        with self.database.transaction() as connection:
            for table in ("contributions", "pages", "spent", "batches", "sessions"):
                connection.execute(sa.text(f"DELETE FROM workshop_{table}"))  # noqa: S608


@pytest.fixture(scope="module")
def in_memory():
    board = Emptied("sqlite://", ASKED)
    yield board
    board.database.close()


@given(session=sessions())
@settings(max_examples=100)
def test_nobody_is_seen_in_any_session_on_the_board(in_memory, session):
    nobody_is_seen(in_memory, session)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nobody_is_seen_in_thousands_of_sessions_on_the_board(request, kind):
    url = "sqlite://" if kind == "sqlite" else request.getfixturevalue("postgres").empty()
    board = Emptied(url, ASKED)

    @given(session=sessions())
    @settings(max_examples=10_000 if kind == "sqlite" else 1_000)
    def look(session):
        nobody_is_seen(board, session)

    look()
    board.database.close()


# What is asked of the board, and refused


def test_a_session_from_its_beginning_to_its_end(board, place):
    led, pages = filled(board)
    assert led.state.joined == 6
    assert led.state.waiting == {"narrow": 6}
    board.lock(LEAD)
    picture = board.open(LEAD, "narrow")
    assert picture.pages == 6
    assert [(one.ids, one.count) for one in picture.questions[0].bins] == [
        (("no",), 0),
        (("yes",), 6),
    ]
    assert led.state.waiting == {}
    [shown] = led.state.for_all().pictures
    assert (shown.exercise, shown.number, shown.picture) == ("narrow", 1, picture)
    board.show(LEAD, "narrow", 1, shown=False)
    assert led.state.for_all().pictures == ()
    assert len(led.state.pictures) == 1
    board.go(LEAD, 1)
    assert led.state.step == 1
    board.share(pages[0], "wide", {"one": "large", "two": "none"})
    board.close(LEAD)
    assert rows(place, "workshop_contributions") == rows(place, "workshop_pages") == []
    assert led.state.closed
    assert len(led.state.pictures) == 1
    assert reason(board.session_of, "page", pages[0]) == "key"
    assert reason(board.session_of, "wall", led.wall) == "key"
    assert reason(board.open, LEAD, "wide") == "key"
    board.forget(LEAD)
    assert [rows(place, f"workshop_{table}") for table in TABLES] == [[]] * 5


def test_what_waits_is_nobodys_to_see_but_its_own_pages_and_the_number_the_facilitators(board):
    led, pages = filled(board)
    assert led.state.for_all().waiting == {}
    assert board.mine(pages[0]) == {"narrow": YES}
    assert "yes" not in json.dumps(str(led.state.for_all()))
    for role in ("lead", "wall"):
        assert reason(board.session_of, role, pages[0]) == "key"


def test_a_batch_below_k_or_before_the_lock_is_not_opened(board):
    led, pages = filled(board, 5)
    assert reason(board.open, LEAD, "narrow") == "unlocked"
    board.take_back(pages[0], "narrow")
    board.lock(LEAD)
    assert reason(board.open, LEAD, "narrow") == "few"
    board.let_in(LEAD)
    assert reason(board.open, LEAD, "narrow") == "unlocked"
    board.share(pages[0], "narrow", NO)
    board.lock(LEAD)
    assert board.open(LEAD, "narrow").pages == 5
    assert led.state.pictures[0].picture.pages == 5


def test_a_later_batch_needs_as_many_new_pages_so_two_openings_tell_nothing_of_one(board):
    led, pages = filled(board, 5)
    latecomers = led.joined(5)
    board.lock(LEAD)
    board.open(LEAD, "narrow")
    for page in (*pages, *latecomers[:4]):
        allowed(board.share, page, "narrow", NO)
    assert led.state.waiting == {"narrow": 4}
    assert reason(board.open, LEAD, "narrow") == "few"
    board.share(latecomers[4], "narrow", NO)
    assert board.open(LEAD, "narrow").pages == 5
    assert [one.picture.pages for one in led.state.pictures] == [5, 5]


def test_a_page_contributes_once_to_an_exercise_however_often_it_says_it(board):
    led, pages = filled(board, 5)
    for _ in range(3):
        board.share(pages[0], "narrow", NO)
    assert led.state.waiting == {"narrow": 5}
    assert board.mine(pages[0]) == {"narrow": NO}
    board.lock(LEAD)
    picture = board.open(LEAD, "narrow")
    # Four and one: who was alone is not told.
    assert picture.questions[0].bins == ()
    assert reason(board.share, pages[0], "narrow", NO) == "opened"
    assert reason(board.take_back, pages[0], "narrow") == "opened"
    assert board.mine(pages[0]) == {"narrow": None}
    assert led.state.waiting == {}


def test_two_tabs_at_once_leave_one_contribution(board):
    led, pages = filled(board, 5)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda turn: board.share(pages[0], "narrow", (YES, NO)[turn % 2]), range(40)))
    assert led.state.waiting == {"narrow": 5}


def test_contributions_that_come_while_a_batch_is_opened_are_in_it_or_wait(board):
    led = Led(board)
    pages = led.joined(40)
    board.lock(LEAD)
    opened = []

    def open_many():
        for _ in range(30):
            picture = led.open("narrow")
            opened.extend([picture.pages] if picture else [])

    opening = threading.Thread(target=open_many)
    opening.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda page: board.share(page, "narrow", YES), pages))
    opening.join()
    assert sum(opened) + led.state.waiting.get("narrow", 0) == 40
    assert all(count >= 5 for count in opened)


def test_nobody_joins_a_locked_room_and_its_code_is_gone(board, place):
    led = Led(board)
    board.lock(LEAD)
    assert reason(board.join, board.slow(led.code)) == "code"
    new = board.let_in(LEAD)
    assert reason(board.join, board.slow(led.code)) == "code"
    assert board.join(board.slow(new))


def test_leaving_is_silent_in_a_locked_room_and_takes_what_waits_along(board):
    led, pages = filled(board)
    board.leave(pages[0])
    assert led.state.joined == 5
    board.lock(LEAD)
    board.leave(pages[1])
    assert led.state.joined == 5
    assert led.state.waiting == {"narrow": 4}
    assert reason(board.share, pages[1], "narrow", YES) == "key"
    led.lead("unlock")
    assert led.state.joined == 4


def test_counting_anew_is_for_before_anything_was_opened(board):
    led, pages = filled(board, 5)
    led.lead("recount")
    assert (led.state.joined, led.state.waiting) == (0, {})
    assert reason(board.mine, pages[0]) == "key"
    pages = led.joined(5)
    for page in pages:
        board.share(page, "narrow", YES)
    board.lock(LEAD)
    board.open(LEAD, "narrow")
    assert reason(board.recount, LEAD) == "opened"


@pytest.mark.parametrize("key", ["", "a guess", LEAD + " "])
def test_nobody_leads_without_the_key(board, key):
    led, pages = filled(board)
    for stranger in (key, pages[0], led.wall, codes.hashed(LEAD)):
        for do, more in [
            (board.lock, ()),
            (board.let_in, ()),
            (board.recount, ()),
            (board.new_wall, ()),
            (board.go, (1,)),
            (board.open, ("narrow",)),
            (board.let_go, ("narrow",)),
            (board.close, ()),
            (board.forget, ()),
        ]:
            assert reason(do, stranger, *more) == "key"
        assert reason(board.show, stranger, "narrow", 1, shown=True) == "key"
        if stranger != pages[0]:
            assert reason(board.share, stranger, "narrow", YES) == "key"
    assert not led.state.locked
    assert led.state.waiting == {"narrow": 6}


def test_two_groups_on_one_board_know_nothing_of_each_other(board):
    one, pages = filled(board, lead="one")
    other = Led(board, lead="other")
    board.lock("other")
    assert reason(board.open, "other", "narrow") == "few"
    assert other.state.waiting == {}
    board.close("other")
    assert one.state.waiting == {"narrow": 6}
    assert board.mine(pages[0]) == {"narrow": YES}


@pytest.mark.parametrize("exercise", ["other", "", "<script>", "narrow' --"])
def test_what_is_not_of_the_closed_list_changes_nothing(board, exercise):
    led, pages = filled(board)
    assert reason(board.share, pages[0], exercise, YES) == "unknown"
    with pytest.raises(ContributionError):
        board.share(pages[0], "narrow", {"yes": "<script>alert(1)</script>"})
    assert board.mine(pages[0]) == {"narrow": YES}
    assert led.state.waiting == {"narrow": 6}


@pytest.mark.parametrize(
    "plan",
    [
        Plan(2, ("narrow",), 90),
        Plan(21, ("narrow",), 90),
        Plan(5, (), 90),
        Plan(5, ("narrow",), 0),
        Plan(5, ("narrow",), 100_000),
    ],
)
def test_a_plan_that_breaks_the_rules_begins_nothing(board, plan, place):
    with pytest.raises(ValueError, match="not a plan"):
        board.begin(LEAD, plan)


def test_one_session_at_a_time_is_led_with_one_key(board):
    led = Led(board)
    assert reason(board.begin, LEAD, PLAN) == "running"
    board.close(LEAD)
    board.begin(LEAD, PLAN)
    assert reason(board.state, led.session) == "key"


def test_a_session_ends_by_itself_and_its_code_before_anybody_finds_it(place):
    now = [1_000_000.0]
    board = Board(place, ASKED, clock=lambda: now[0])
    led, pages = filled(board)
    now[0] += codes.CODE_LASTS
    assert reason(board.join, board.slow(led.code)) == "code"
    now[0] += LASTS
    assert reason(board.share, pages[0], "narrow", YES) == "key"
    assert reason(board.lock, LEAD) == "key"
    assert reason(board.state, led.session) == "key"
    board.sweep()
    assert [rows(place, f"workshop_{table}") for table in TABLES] == [[]] * 5
    board.database.close()


# What somebody finds who reads the database


def everything(url):
    return str([rows(url, f"workshop_{table}") for table in (*TABLES, "facts")])


def test_no_key_and_no_code_is_in_the_database(board, place):
    led, pages = filled(board)
    kept = everything(place)
    for secret in (LEAD, led.wall, led.code, led.code.replace("-", ""), *pages):
        assert secret not in kept
    assert codes.hashed(LEAD) in kept


def test_nobody_who_reads_the_database_can_tell_whose_a_contribution_is(board, place):
    _, pages = filled(board, 6, "narrow")
    for page in pages:
        board.share(page, "wide", {"one": "large", "two": "small"})
    known = {row[0] for row in rows(place, "workshop_pages")}
    kept = rows(place, "workshop_contributions")
    slips = [row[0] for row in kept]
    # Nothing is the same in two of a page's contributions, and nothing leads from one to its page.
    assert len(set(slips)) == 12
    assert not known & set(slips)
    assert {len(row) for row in kept} == {4}
    assert not re.search(r"\b20\d\d-\d\d\b|\b1[67]\d{8}\b", str(kept))


def test_after_opening_the_file_holds_no_contribution_any_more(tmp_path):
    path = tmp_path / "group.sqlite"
    board = Board(f"sqlite:///{path}", ASKED)
    led = Led(board)
    pages = led.joined(6)
    answers = {"one": "large", "two": "small"}
    for page in pages:
        board.share(page, "wide", answers)
    marker = json.dumps(answers).encode()
    files = [path, Path(f"{path}-wal")]
    assert any(marker in file.read_bytes() for file in files), "it was there before"
    slip = codes.slip(pages[0], led.session, "wide").encode()
    board.take_back(pages[0], "wide")
    assert all(slip not in file.read_bytes() for file in files if file.exists())
    board.lock(LEAD)
    board.open(LEAD, "wide")
    assert all(marker not in file.read_bytes() for file in files if file.exists())
    assert path.stat().st_mode & 0o777 == 0o600
    board.database.close()


def test_rows_of_the_file_do_not_stand_in_the_order_in_which_they_came(tmp_path):
    path = tmp_path / "group.sqlite"
    board = Board(f"sqlite:///{path}", ASKED)
    filled(board, 12)
    board.database.close()
    with closing(sqlite3.connect(path)) as reader:
        for table in ("pages", "contributions", "spent"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                reader.execute(f"SELECT rowid FROM workshop_{table}")  # noqa: S608


# What can go wrong


def test_a_board_is_brought_up_to_date_by_name_and_once(place, monkeypatch):
    Board(place, ASKED).sweep()
    assert rows(place, "workshop_migrations") == [("first tables",)]
    more = {"a colour": ("ALTER TABLE workshop_batches ADD COLUMN colour TEXT",)}
    monkeypatch.setattr(board_database, "MIGRATIONS", {**board_database.MIGRATIONS, **more})
    for _ in range(2):
        board = Board(place, ASKED)
        filled(board)
        board.close(LEAD)
        board.database.close()
    assert sorted(rows(place, "workshop_migrations")) == [("a colour",), ("first tables",)]


def test_a_migration_that_fails_changes_nothing(place, monkeypatch):
    broken = {"broken": ("CREATE TABLE workshop_half (id TEXT)", "NONSENSE")}
    monkeypatch.setattr(board_database, "MIGRATIONS", {**board_database.MIGRATIONS, **broken})
    with pytest.raises(BoardFault):
        Board(place, ASKED).sweep()
    monkeypatch.undo()
    Board(place, ASKED).sweep()
    assert rows(place, "workshop_migrations") == [("first tables",)]


def test_a_newer_board_is_left_alone(place):
    Board(place, ASKED).sweep()
    execute(place, "INSERT INTO workshop_migrations VALUES ('from the future')")
    with pytest.raises(BoardFault, match="made by a newer version"):
        Board(place, ASKED).sweep()


def test_a_file_in_use_is_told_nothing_is_lost_and_it_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(board_database, "WAIT", 0.2)
    board = Board(f"sqlite:///{tmp_path / 'group.sqlite'}", ASKED)
    _, pages = filled(board)
    with closing(sqlite3.connect(tmp_path / "group.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for do in (lambda: board.share(pages[0], "narrow", NO), lambda: board.lock(LEAD)):
            with pytest.raises(BoardFault, match="in use by another program") as caught:
                do()
            assert caught.value.kind == "locked"
    board.share(pages[0], "narrow", NO)
    assert board.mine(pages[0]) == {"narrow": NO}
    board.database.close()


def test_a_lock_on_postgresql_is_told_too(postgres, monkeypatch):
    monkeypatch.setattr(board_database, "WAIT", 1)
    url = postgres.empty()
    board = Board(url, ASKED)
    _, pages = filled(board)
    engine = sa.create_engine(url)
    with engine.begin() as other:
        other.execute(sa.text("LOCK TABLE workshop_sessions"))
        with pytest.raises(BoardFault) as caught:
            board.share(pages[0], "narrow", NO)
    assert caught.value.kind == "locked"
    engine.dispose()
    board.share(pages[0], "narrow", NO)
    board.database.close()


def test_a_full_disk_is_told_and_nothing_is_half_done(place):
    board = Board(place, ASKED)
    led, _ = filled(board, 200)
    board.lock(LEAD)
    room = no_room_on(board, place)
    for do in (
        lambda: board.open(LEAD, "narrow"),
        lambda: [board.begin(str(n), PLAN) for n in range(99)],
    ):
        with pytest.raises(BoardFault) as caught:
            do()
        assert caught.value.kind == "full"
    assert led.state.waiting == {"narrow": 200}
    assert led.state.pictures == ()
    assert rows(place, "workshop_spent") == []
    room()
    assert board.open(LEAD, "narrow").pages == 200
    board.database.close()


def no_room_on(board, place):
    """Have the database say itself, as it does of a disk, that there is no room; return an end."""
    if board.database.is_file:
        engine = board.database._engine

        def few_pages(connection, *_):
            connection.execute("PRAGMA max_page_count = 1")  # no fewer than there are

        sa.event.listen(engine, "checkout", few_pages)

        def room():
            sa.event.remove(engine, "checkout", few_pages)
            engine.dispose()

        return room
    tables = ("workshop_batches", "workshop_sessions")
    execute(
        place,
        "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
        "'no space left' USING ERRCODE = 'disk_full'; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER full_disk BEFORE INSERT ON {table} EXECUTE FUNCTION full_disk()"
            for table in tables
        ),
    )
    return lambda: execute(place, *(f"DROP TRIGGER full_disk ON {table}" for table in tables))


def test_a_postgresql_that_has_gone_is_told_and_found_again(postgres):
    board = Board(postgres.empty(), ASKED)
    led, pages = filled(board)
    with postgres.stopped():
        for do in (lambda: board.share(pages[0], "narrow", NO), lambda: led.state):
            with pytest.raises(BoardFault) as caught:
                do()
            assert caught.value.kind == "unreachable"
    board.share(pages[0], "narrow", NO)
    assert led.state.waiting == {"narrow": 6}
    board.database.close()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "unreachable"),
        ("sqlite:////proc/nowhere/group.sqlite", "unwritable"),
        ("nonsense", "unreachable"),
        ("mysql://here/there", "unreachable"),
    ],
)
def test_a_board_that_cannot_be_is_told(url, kind):
    with pytest.raises(BoardFault) as caught:
        Board(url, ASKED).sweep()
    assert caught.value.kind == kind
    assert "nobody" not in str(caught.value)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "group.sqlite"
    path.write_bytes(b"a letter, and no database at all" * 99)
    with pytest.raises(BoardFault) as caught:
        Board(f"sqlite:///{path}", ASKED).sweep()
    assert caught.value.kind == "damaged"
    assert path.read_bytes().startswith(b"a letter")


# Killed while it opens


OPEN = """
import sys
sys.path.append(sys.argv[3])
from rooms import ASKED
from workshop_kit.board import Board
board = Board(sys.argv[1], ASKED)
board.sweep()
print("ready", flush=True)
sys.stdin.readline()
board.open(sys.argv[2], "narrow")
print("opened", flush=True)
sys.stdin.readline()
"""


def kill_while_opening(place, times):
    """Kill a process that opens a batch, at any moment; return how often it had been opened."""
    board = Board(place, ASKED)
    opened = 0
    took = 0.02
    for turn in range(times):
        lead = f"lead {turn}"
        led, _ = filled(board, 40, lead=lead)
        board.lock(lead)
        command = [sys.executable, "-c", OPEN, place, lead, str(Path(__file__).parent)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        begun = time.monotonic()
        process.stdin.write("\n")
        process.stdin.flush()
        if not turn:
            assert process.stdout.readline() == "opened\n"
            took = time.monotonic() - begun
        else:
            time.sleep(random.uniform(0, took))  # noqa: S311
        process.send_signal(signal.SIGKILL)
        process.communicate()
        state = led.state
        if state.pictures:
            assert [one.picture.pages for one in state.pictures] == [40]
            assert state.waiting == {}
            opened += 1
        else:
            assert state.waiting == {"narrow": 40}
            assert led.open("narrow").pages == 40
    board.database.close()
    return opened


def test_killed_while_it_opens_all_wait_or_none(place):
    kill_while_opening(place, 3)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_killed_at_any_moment_all_wait_or_none(place):
    assert 0 < kill_while_opening(place, 60) < 60
