"""Random sessions of a group, and what has to hold of whatever they publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from hypothesis import strategies as st

from workshop_kit.pooling import FEWEST, Contribution, Picture, Question

# Two exercises, one with much to choose and one with little: most bins of it are nearly empty.
ASKED = {
    "wide": tuple(
        Question(id=name, about=name, bins=("none", "small", "medium", "large"))
        for name in ("one", "two")
    ),
    "narrow": (Question(id="yes", about="yes", bins=("no", "yes")),),
}
exercises = st.sampled_from(sorted(ASKED))
# Half of what people choose is the same, so that some bins are large and others hold one or two.
choices = st.lists(st.sampled_from([0, 0, 0, 1, 2, 3]), min_size=2, max_size=7)
# Some who sit together.
neighbours = st.builds(
    lambda first, count: list(range(first, first + count)), st.integers(0, 12), st.integers(1, 9)
)
shares = st.tuples(st.just("share"), exercises, neighbours, choices)
opens = st.tuples(st.just("open"), exercises)
acts = st.one_of(
    shares,
    opens,
    st.tuples(st.just("join"), st.integers(1, 8)),
    st.tuples(st.just("back"), exercises, neighbours),
    st.tuples(st.just("leave"), st.integers(0, 15)),
    st.tuples(st.sampled_from(["lock", "unlock", "recount"])),
    st.tuples(st.just("let_go"), exercises),
)


@st.composite
def rounds(draw: st.DrawFn) -> list[tuple]:
    """An exercise: people share, a few things happen, and the facilitator opens the picture."""
    _, exercise, who, chosen = draw(shares)
    between = draw(st.lists(acts, max_size=3))
    return [("share", exercise, who, chosen), *between, ("lock",), ("open", exercise)]


@st.composite
def sessions(draw: st.DrawFn) -> tuple[int, list[tuple]]:
    """How many a picture has to stand on, and what people do, in this order."""
    begun = [("join", draw(st.integers(6, 20)))]
    done = draw(st.lists(rounds(), min_size=1, max_size=6))
    return draw(st.integers(FEWEST, 7)), begun + [act for one in done for act in one]


class Room(Protocol):
    """A group that somebody leads; what it refuses, it answers with ``None``."""

    k: int

    def join(self) -> object | None:
        """Return a page that has joined."""

    def share(self, page: object, exercise: str, answers: Contribution) -> object | None: ...

    def take_back(self, page: object, exercise: str) -> object | None: ...

    def leave(self, page: object) -> object | None: ...

    def lead(self, act: str) -> object | None:
        """Lock, unlock or count anew."""

    def open(self, exercise: str) -> Picture | None: ...

    def let_go(self, exercise: str) -> object | None: ...


@dataclass
class Published:
    """A picture, and what nobody else knows: from whom it is."""

    exercise: str
    picture: Picture
    batch: Mapping[object, Contribution]


@dataclass
class Told:
    """What the people of a session know between them, kept apart from what the room keeps."""

    joined: list = field(default_factory=list)
    waiting: dict[str, dict] = field(default_factory=lambda: {name: {} for name in ASKED})
    published: list[Published] = field(default_factory=list)
    locked: bool = False


def play(room: Room, acts: list[tuple]) -> list[Published]:
    """Let people do what they do, and return what was published."""
    told = Told()
    for act, *more in acts:
        _ACTS[act](room, told, *more)
    return told.published


def _join(room: Room, told: Told, count: int) -> None:
    for _ in range(count):
        page = room.join()
        assert (page is None) == told.locked, "a locked room lets nobody in"
        if page is not None:
            told.joined.append(page)


def _share(room: Room, told: Told, exercise: str, who: list[int], chosen: list[int]) -> None:
    for number in who:
        if number < len(told.joined):
            page, asked = told.joined[number], ASKED[exercise]
            answers = {
                one.id: one.bins[chosen[(number + at) % len(chosen)] % len(one.bins)]
                for at, one in enumerate(asked)
            }
            if room.share(page, exercise, answers) is not None:
                told.waiting[exercise][page] = answers


def _back(room: Room, told: Told, exercise: str, who: list[int]) -> None:
    for number in who:
        if number < len(told.joined):
            room.take_back(told.joined[number], exercise)
            told.waiting[exercise].pop(told.joined[number], None)


def _leave(room: Room, told: Told, number: int) -> None:
    if number < len(told.joined):
        page = told.joined.pop(number)
        room.leave(page)
        for waiting in told.waiting.values():
            waiting.pop(page, None)


def _lead(act: str, *, locked: bool):
    def lead(room: Room, told: Told) -> None:
        if room.lead(act) is None:
            return
        told.locked = locked
        if act == "recount":
            told.joined.clear()
            for waiting in told.waiting.values():
                waiting.clear()

    return lead


def _open(room: Room, told: Told, exercise: str) -> None:
    batch = dict(told.waiting[exercise])
    picture = room.open(exercise)
    assert (picture is not None) == (told.locked and len(batch) >= room.k)
    if picture is not None:
        told.published.append(Published(exercise, picture, batch))
        told.waiting[exercise].clear()


def _let_go(room: Room, told: Told, exercise: str) -> None:
    room.let_go(exercise)
    told.waiting[exercise].clear()


_ACTS = {
    "join": _join,
    "share": _share,
    "back": _back,
    "leave": _leave,
    "lock": _lead("lock", locked=True),
    "unlock": _lead("unlock", locked=False),
    "recount": _lead("recount", locked=False),
    "open": _open,
    "let_go": _let_go,
}


def expect_nobody_seen(published: list[Published], k: int) -> None:
    """Hold all that was published to the rules of the group, for somebody who kept it all."""
    for one in published:
        _expect_true_and_coarse(one)
        assert len(one.batch) >= k
    for exercise in ASKED:
        # Whatever is added up or taken away, what differs are whole batches.
        batches = [set(one.batch) for one in published if one.exercise == exercise]
        sums = [
            set().union(*some)
            for size in range(len(batches) + 1)
            for some in combinations(batches, size)
        ]
        for one, other in combinations(sums, 2):
            assert len(one ^ other) >= k


def _expect_true_and_coarse(one: Published) -> None:
    asked = ASKED[one.exercise]
    assert one.picture.pages == len(one.batch)
    assert [counts.question for counts in one.picture.questions] == [each.id for each in asked]
    for question, counts in zip(asked, one.picture.questions, strict=True):
        chosen = Counter(answers[question.id] for answers in one.batch.values())
        assert all(each.count == 0 or each.count >= 3 for each in counts.bins)
        for each in counts.bins:
            assert each.count == sum(chosen[name] for name in each.ids)
        if counts.bins:
            assert tuple(name for each in counts.bins for name in each.ids) == question.bins
            assert len(counts.bins) > 1
        else:
            assert any(0 < chosen[name] < 3 for name in question.bins), "withheld for a reason"
