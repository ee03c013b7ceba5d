"""The group: sessions, who has joined them, what waits to be pooled, and the pictures.

Only the server opens the board. Every call bears the key of whoever asks, and looks it up in the
same transaction as it does what is asked. What is kept of a joined page is a hash of its key; what
it contributed is kept under a *slip*, a hash of that key and the exercise, so that nobody who
reads the database can tell whose a contribution is, or that two are of one page. Opening a batch
pools it and deletes it in one transaction; of each contribution the slip remains, so that there is
no second.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import sqlalchemy as sa

from workshop_kit import codes
from workshop_kit.board_database import (
    BoardDatabase,
    batches,
    contributions,
    facts,
    pages,
    sessions,
    spent,
)
from workshop_kit.board_state import LASTS, Plan, RefusedError, Shown, State
from workshop_kit.pooling import Contribution, Picture, Question, checked, pool, refusal

Role = Literal["lead", "page", "wall"]
_KEYS = {"lead": sessions.c.lead, "wall": sessions.c.wall}


class Board:
    """Everything that is kept of groups.

    Parameters
    ----------
    url
        The database; see `BoardDatabase`.
    asked
        The questions of each exercise that is pooled, as `workshop_kit.pooling.questions` has them.
    clock
        Seconds since 1970.
    """

    def __init__(
        self,
        url: str,
        asked: Mapping[str, Sequence[Question]],
        clock: Callable[[], float] = time.time,
    ):
        self.database = BoardDatabase(url)
        self._asked = asked
        self._clock = clock
        self._salt: str | None = None

    # What the facilitator does

    def begin(self, lead: str, plan: Plan) -> tuple[str, str]:
        """Begin a session led by the holder of ``lead``; return its code and its wall's key."""
        plan.check()
        code, wall = codes.new_code(), codes.new_key()
        slow = self.slow(code)
        with self.database.transaction() as connection:
            self._sweep(connection)
            mine = sa.select(sessions).where(sessions.c.lead == codes.hashed(lead))
            for row in connection.execute(mine).all():
                if not row.closed:
                    raise RefusedError("running")
                _forget(connection, row.id)
            now = int(self._clock())
            connection.execute(
                sessions.insert().values(
                    id=secrets.token_hex(16),
                    lead=codes.hashed(lead),
                    wall=codes.hashed(wall),
                    code=slow,
                    code_until=now + codes.CODE_LASTS,
                    k=plan.k,
                    minutes=plan.minutes,
                    steps=json.dumps(plan.steps),
                    step=0,
                    step_began=now,
                    until=now + LASTS,
                    locked=False,
                    closed=False,
                )
            )
        return code, wall

    def let_in(self, lead: str) -> str:
        """Unlock the room for a new code, which is returned; the one before ends."""
        code = codes.new_code()
        slow = self.slow(code)
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            # Who left while the room was locked is no longer counted.
            gone = pages.delete().where(pages.c.session == session.id, pages.c.gone)
            connection.execute(gone)
            self._unlock(connection, session, slow)
        return code

    def new_wall(self, lead: str) -> str:
        """Return a new key of the wall; the one before ends."""
        wall = codes.new_key()
        with self.database.transaction() as connection:
            _change(connection, self._led(connection, lead), wall=codes.hashed(wall))
        return wall

    def lock(self, lead: str) -> None:
        """Lock the room: nobody joins any more, and pictures may be opened. The code ends."""
        with self.database.transaction() as connection:
            _change(connection, self._led(connection, lead), locked=True, code=None)

    def recount(self, lead: str) -> str:
        """Have everybody join anew with a new code; not once a picture was opened."""
        code = codes.new_code()
        slow = self.slow(code)
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            if connection.scalar(sa.select(spent.c.slip).where(spent.c.session == session.id)):
                raise RefusedError("opened")
            for table in (contributions, pages):
                connection.execute(table.delete().where(table.c.session == session.id))
            self._unlock(connection, session, slow)
        self.database.wipe()
        return code

    def go(self, lead: str, step: int) -> None:
        """Turn to a step of the plan, by its place in it."""
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            if not 0 <= step < len(json.loads(session.steps)):
                raise RefusedError("unknown")
            _change(connection, session, step=step, step_began=int(self._clock()))

    def open(self, lead: str, exercise: str) -> Picture:
        """Pool what waits into a picture and delete it, both or neither."""
        asked = self._asked_of(exercise)
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            those = (contributions.c.session == session.id, contributions.c.exercise == exercise)
            rows = connection.execute(sa.select(contributions).where(*those)).all()
            reason = refusal(len(rows), session.k, locked=session.locked)
            if reason:
                raise RefusedError(reason)
            picture = pool([json.loads(row.answers) for row in rows], asked)
            slips = [{"slip": row.slip, "session": session.id} for row in rows]
            connection.execute(spent.insert(), slips)
            connection.execute(contributions.delete().where(*those))
            of_these = (batches.c.session == session.id, batches.c.exercise == exercise)
            before = connection.scalar(
                sa.select(sa.func.count()).select_from(batches).where(*of_these)
            )
            connection.execute(
                batches.insert().values(
                    session=session.id,
                    exercise=exercise,
                    number=(before or 0) + 1,
                    picture=picture.model_dump_json(),
                    shown=True,
                )
            )
        self.database.wipe()
        return picture

    def let_go(self, lead: str, exercise: str) -> None:
        """Delete what waits, unseen."""
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            connection.execute(
                contributions.delete().where(
                    contributions.c.session == session.id, contributions.c.exercise == exercise
                )
            )
        self.database.wipe()

    def show(self, lead: str, exercise: str, number: int, *, shown: bool) -> None:
        """Put an opened picture up, or take it down."""
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            connection.execute(
                batches.update()
                .where(
                    batches.c.session == session.id,
                    batches.c.exercise == exercise,
                    batches.c.number == number,
                )
                .values(shown=shown)
            )

    def close(self, lead: str) -> None:
        """End the session: what waits is deleted, and every key but the facilitator's ends."""
        with self.database.transaction() as connection:
            session = self._led(connection, lead)
            for table in (contributions, pages, spent):
                connection.execute(table.delete().where(table.c.session == session.id))
            _change(connection, session, closed=True, locked=True, code=None, wall=None)
        self.database.wipe()

    def forget(self, lead: str) -> None:
        """Delete the pictures of a session that was closed, and the session."""
        with self.database.transaction() as connection:
            session = self._led(connection, lead, closed=True)
            _forget(connection, session.id)
        self.database.wipe()

    # What a joined page does

    def slow(self, code: str) -> str:
        """Return what is kept of a code; takes some 50 ms, in which nobody else has to wait."""
        if self._salt is None:
            with self.database.transaction() as connection:
                salt = sa.select(facts.c.value).where(facts.c.name == "salt")
                self._salt = str(connection.scalar(salt))
        return codes.slowly_hashed(code, self._salt)

    def join(self, slow: str) -> str:
        """Join the session whose code `slow` was given; return the page's key."""
        key = codes.new_key()
        with self.database.transaction() as connection:
            session = self._found(connection, sessions.c.code == slow)
            if session is None or session.code_until <= self._clock():
                raise RefusedError("code")
            new = {"page": codes.hashed(key), "session": session.id, "gone": False}
            connection.execute(pages.insert().values(new))
        return key

    def share(self, page: str, exercise: str, answers: object) -> str:
        """Let a contribution wait, in place of the one that waits already.

        Returns
        -------
        str
            The id of the session.

        Raises
        ------
        RefusedError
            If one of this page's was opened: there is no second.
        ContributionError
            If it is not of the closed list.
        """
        given = json.dumps(checked(answers, self._asked_of(exercise)))
        with self.database.transaction() as connection:
            session = self._joined(connection, page)
            if exercise not in json.loads(session.steps):
                raise RefusedError("unknown")
            slip = codes.slip(page, session.id, exercise)
            if connection.scalar(sa.select(spent.c.slip).where(spent.c.slip == slip)):
                raise RefusedError("opened")
            connection.execute(contributions.delete().where(contributions.c.slip == slip))
            new = {"slip": slip, "session": session.id, "exercise": exercise, "answers": given}
            connection.execute(contributions.insert().values(new))
        return session.id

    def take_back(self, page: str, exercise: str) -> str:
        """Delete what waits of a page; return the session. What was opened cannot be taken back."""
        with self.database.transaction() as connection:
            session = self._joined(connection, page)
            slip = codes.slip(page, session.id, exercise)
            if connection.scalar(sa.select(spent.c.slip).where(spent.c.slip == slip)):
                raise RefusedError("opened")
            connection.execute(contributions.delete().where(contributions.c.slip == slip))
        self.database.wipe()
        return session.id

    def mine(self, page: str) -> dict[str, Contribution | None]:
        """Return what waits of a page, by exercise; ``None`` for what was opened."""
        with self.database.transaction() as connection:
            session = self._joined(connection, page)
            slips = {
                codes.slip(page, session.id, exercise): exercise
                for exercise in json.loads(session.steps)
            }
            waiting = connection.execute(
                sa.select(contributions).where(contributions.c.slip.in_(slips))
            ).all()
            opened = connection.scalars(sa.select(spent.c.slip).where(spent.c.slip.in_(slips)))
            return {
                **{slips[slip]: None for slip in opened},
                **{row.exercise: json.loads(row.answers) for row in waiting},
            }

    def leave(self, page: str) -> str:
        """Leave without anybody's noticing; return the session.

        What waits goes too. A locked room counts as before.
        """
        with self.database.transaction() as connection:
            session = self._joined(connection, page)
            slips = [codes.slip(page, session.id, one) for one in json.loads(session.steps)]
            connection.execute(contributions.delete().where(contributions.c.slip.in_(slips)))
            this = pages.c.page == codes.hashed(page)
            leaving = pages.update().values(gone=True) if session.locked else pages.delete()
            connection.execute(leaving.where(this))
        self.database.wipe()
        return session.id

    # What everybody may know

    def session_of(self, role: Role, key: str) -> str:
        """Return the id of the session that a key is for; raises `RefusedError`."""
        with self.database.transaction() as connection:
            if role == "page":
                return self._joined(connection, key).id
            found = self._found(connection, _KEYS[role] == codes.hashed(key))
        if found is None:
            raise RefusedError("key")
        return found.id

    def state(self, session: str) -> State:
        """Return a session as it is; raises `RefusedError` once it is gone."""
        with self.database.transaction() as connection:
            row = self._found(connection, sessions.c.id == session)
            if row is None:
                raise RefusedError("key")
            count = sa.func.count()
            joined = connection.scalar(sa.select(count).where(pages.c.session == session))
            waiting = connection.execute(
                sa.select(contributions.c.exercise, count)
                .where(contributions.c.session == session)
                .group_by(contributions.c.exercise)
            ).all()
            opened = connection.execute(
                sa.select(batches)
                .where(batches.c.session == session)
                .order_by(batches.c.exercise, batches.c.number)
            ).all()
        return State(
            id=row.id,
            plan=Plan(row.k, tuple(json.loads(row.steps)), row.minutes),
            step=row.step,
            step_began=row.step_began,
            until=row.until,
            locked=row.locked,
            closed=row.closed,
            joined=joined or 0,
            waiting={name: number for name, number in waiting},  # noqa: C416
            pictures=tuple(
                Shown(one.exercise, one.number, Picture.model_validate_json(one.picture), one.shown)
                for one in opened
            ),
        )

    def sweep(self) -> None:
        """Delete what is left of sessions whose time is over."""
        with self.database.transaction() as connection:
            self._sweep(connection)
        self.database.wipe()

    def _sweep(self, connection: sa.Connection) -> None:
        over = sa.select(sessions.c.id).where(sessions.c.until <= self._clock())
        for session in connection.scalars(over).all():
            _forget(connection, session)

    def _unlock(self, connection: sa.Connection, session: sa.Row, slow: str) -> None:
        until = int(self._clock()) + codes.CODE_LASTS
        _change(connection, session, locked=False, code=slow, code_until=until)

    def _asked_of(self, exercise: str) -> Sequence[Question]:
        if not self._asked.get(exercise):
            raise RefusedError("unknown")
        return self._asked[exercise]

    def _found(self, connection: sa.Connection, which: Any) -> sa.Row | None:
        # Held until the transaction ends, so that what is done to one session is done in turn.
        now = self._clock()
        asked = sa.select(sessions).where(which, sessions.c.until > now).with_for_update()
        return connection.execute(asked).one_or_none()

    def _led(self, connection: sa.Connection, lead: str, *, closed: bool = False) -> sa.Row:
        session = self._found(connection, sessions.c.lead == codes.hashed(lead))
        if session is None or session.closed != closed:
            raise RefusedError("key")
        return session

    def _joined(self, connection: sa.Connection, page: str) -> sa.Row:
        this = sa.select(pages.c.session).where(
            pages.c.page == codes.hashed(page), sa.not_(pages.c.gone)
        )
        session = self._found(connection, sessions.c.id == this.scalar_subquery())
        if session is None or session.closed:
            raise RefusedError("key")
        return session


def _change(connection: sa.Connection, session: sa.Row, **values: Any) -> None:
    connection.execute(sessions.update().where(sessions.c.id == session.id).values(**values))


def _forget(connection: sa.Connection, session: str) -> None:
    for table in (contributions, pages, spent, batches):
        connection.execute(table.delete().where(table.c.session == session))
    connection.execute(sessions.delete().where(sessions.c.id == session))
