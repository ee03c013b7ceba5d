"""What there is to say of a group's session, and why something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workshop_kit.pooling import FEWEST, MOST, Picture

LASTS = 12 * 3600  # seconds that a session lasts at most


class RefusedError(Exception):
    """The rules of the group do not allow it.

    Attributes
    ----------
    reason
        ``"key"`` (nobody's, or of a session that has ended), ``"code"``, ``"locked"``,
        ``"unlocked"``, ``"few"``, ``"opened"``, ``"running"`` or ``"unknown"``.
    """

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Plan:
    """What a facilitator decides before a session.

    Attributes
    ----------
    k
        How many joined pages a picture stands on at least.
    steps
        The ids of the exercises, in their order.
    minutes
        How long the session is meant to last.
    """

    k: int
    steps: tuple[str, ...]
    minutes: int

    def check(self) -> None:
        """Raise ``ValueError`` for what no session can be."""
        if not FEWEST <= self.k <= MOST or not self.steps or not 1 <= self.minutes <= LASTS // 60:
            raise ValueError("not a plan for a session")


@dataclass(frozen=True)
class Shown:
    """A picture that was opened, and whether it is up just now."""

    exercise: str
    number: int
    picture: Picture
    shown: bool


@dataclass(frozen=True)
class State:
    """A session at one moment, as far as it is anybody's to know.

    Attributes
    ----------
    joined
        How many pages have joined; in a locked room, how many there were at the headcount.
    waiting
        How many contributions wait, by exercise; for the facilitator alone.
    """

    id: str
    plan: Plan
    step: int
    step_began: int
    until: int
    locked: bool
    closed: bool
    joined: int
    waiting: Mapping[str, int]
    pictures: tuple[Shown, ...] = field(default=())

    def for_all(self) -> State:
        """Return what everybody may see: nothing that waits, and no picture that is down."""
        up = tuple(one for one in self.pictures if one.shown)
        return replace(self, waiting={}, pictures=up)
