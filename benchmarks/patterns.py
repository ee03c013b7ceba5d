"""How long the tables and pictures of a long journal take, and whether that grows with its length.

``python benchmarks/patterns.py`` makes a journal of 10,000 moments (ten years, several a day) and
one of 100,000, the same ones every time. What is aimed for at 10,000, on two cores: all tables in
under 0.2 s, all figures in under 0.5 s more; and ten times the moments take about ten times as
long. ``--against DIR`` measures another checkout in turn with this one.

Seconds are those of the processor, which other work on the machine does not stretch; what stands
under *by the clock* is what a person would have waited.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

HERE = Path(__file__).resolve().parent.parent
SEED = 7
ROUNDS = 5
LENGTHS = (10_000, 100_000)
AIMED = {"tables": 0.2, "figures": 0.5}  # seconds, at the first of the lengths
BEGINNING = datetime(2017, 1, 2, 7, tzinfo=UTC)
MINUTES_APART = 10 * 365 * 24 * 60 // LENGTHS[0]
SYSTEMS = ("threat", "drive", "soothing")
SETTINGS = ("client_work", "supervision", "admin", "study", "home", "in_between", None)
# How often each exercise is done: mostly the diary.
EXERCISES = {"diary": 60, "arriving": 12, "moves": 10, "day": 6, "tone": 4, "flows": 4, "weight": 4}


def journal(length: int) -> list:
    """Make the moments of an invented journal, the same ones for the same length."""
    from workshop_kit.entries import Entry

    chance = random.Random(SEED)  # noqa: S311
    names, weights = list(EXERCISES), list(EXERCISES.values())
    made = []
    for place in range(length):
        begun = BEGINNING + timedelta(minutes=place * MINUTES_APART + chance.randrange(60))
        exercise = chance.choices(names, weights)[0]
        made.append(
            Entry(
                id=UUID(int=chance.getrandbits(128)),
                version=UUID(int=chance.getrandbits(128)),
                exercise=exercise,
                content=1,
                begun=begun,
                changed=begun,
                offset=chance.choice((0, 60)),
                setting=chance.choice(SETTINGS),
                answers=_ANSWERS[exercise](chance),
            )
        )
    return made


def _sizes(chance: random.Random) -> dict[str, float]:
    return {system: chance.randrange(21) / 2 for system in SYSTEMS}


def _systems(chance: random.Random) -> dict:
    cannot = chance.random() < 0.1
    return {"systems": "cant_tell" if cannot else _sizes(chance)}


def _motive(chance: random.Random) -> dict:
    if chance.random() < 0.1:
        return {"instead": "cant_tell"}
    threat, drive = chance.randrange(33), chance.randrange(33)
    shares = (threat / 64, drive / 64, (64 - threat - drive) / 64)
    landed = chance.choice(("hardly", "partly", "met_me", "cant_say"))
    return {**dict(zip(SYSTEMS, shares, strict=True)), "landed": landed}


def _diary(chance: random.Random) -> dict:
    return {**_systems(chance), "acts_a_1": _motive(chance)}


def _moves(chance: random.Random) -> dict:
    return {f"acts_{act}_{turn}": _motive(chance) for act in "ab" for turn in (1, 2)}


def _day(chance: random.Random) -> dict:
    stops = ("waking", "before", "early", "halfway", "late", "after")
    circles = [f"{chance.choice(stops)}_{chance.choice(SYSTEMS)}" for _ in range(3)]
    loop = {f"step_{number}": circle for number, circle in enumerate(circles, 1)}
    return {**{f"stops_{stop}": _sizes(chance) for stop in stops}, "stops_loop": loop}


def _tone(chance: random.Random) -> dict:
    def point() -> dict[str, float]:
        return {axis: chance.randrange(-20, 21) / 2 for axis in ("curious", "tender")}

    return {"plane_voice": point(), "plane_colleague": point()}


def _flows(chance: random.Random) -> dict:
    people = ("clients", "family", "friends", "myself")
    taps = ("out", "offered", "let_in", "turned_away")
    return {f"week_{one}": {chance.choice(taps): 1.0} for one in people}


def _weight(chance: random.Random) -> dict:
    owners = ("mine", "shared", "service", "not_sure")
    return {f"weights_{one}": chance.choice(owners) for one in "abc"}


_ANSWERS: dict[str, Callable[[random.Random], dict]] = {
    "diary": _diary,
    "arriving": _systems,
    "moves": _moves,
    "day": _day,
    "tone": _tone,
    "flows": _flows,
    "weight": _weight,
}


def measure(length: int) -> dict[str, float]:
    """Return the seconds that the tables, every figure, and all sentences and readings take."""
    from workshop_kit.exercises import journey
    from workshop_kit.figures import figure
    from workshop_kit.labels import labels
    from workshop_kit.pictures import picture
    from workshop_kit.tables import tables
    from workshop_kit.wording import load_pictures, load_wording

    pages, moments = journey(), journal(length)
    words = labels(pages, load_wording(), load_pictures())
    names = [part.figure for page in pages for part in page.parts if part.kind == "picture"]
    picture(names[0], tables(moments[:10], pages), words)  # what is loaded once is not measured
    gc.collect()
    clock, begun = time.perf_counter(), time.process_time()
    made = tables(moments, pages)
    taken = {"tables": time.process_time() - begun}
    tabled = time.perf_counter() - clock
    clock = time.perf_counter()
    for name in names:
        begun = time.process_time()
        figure(name, made, words)
        taken[f"figure {name}"] = time.process_time() - begun
    drawn = time.perf_counter() - clock
    taken["figures"] = sum(taken[f"figure {name}"] for name in names)
    begun = time.process_time()
    for name in names:
        picture(name, made, words)
    taken["figures, sentences, tables as text"] = time.process_time() - begun
    return {**taken, "tables by the clock": tabled, "figures by the clock": drawn}


def _apart(checkout: Path, length: int) -> dict[str, float]:
    """Measure a checkout in a process of its own."""
    told = subprocess.run(
        [sys.executable, __file__, "--once", str(length)],
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout)


def main(given: list[str] | None = None) -> int:
    """Measure, print, and say whether what is aimed for is reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lengths", type=int, nargs="+", default=LENGTHS, help="moments")
    parser.add_argument(
        "--rounds",
        type=int,
        default=ROUNDS,
        help="how often; the least is told, since other work can only add",
    )
    parser.add_argument("--against", type=Path, help="another checkout, measured in turn")
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(given)
    if asked.once:
        json.dump(measure(asked.once), sys.stdout)
        return 0
    checkouts = [HERE, *([asked.against.resolve()] if asked.against else [])]
    found: dict[tuple[Path, int], list[dict[str, float]]] = {}
    for _ in range(asked.rounds):
        for checkout in checkouts:
            for length in asked.lengths:
                found.setdefault((checkout, length), []).append(_apart(checkout, length))
    reached = [_tell(checkout, asked.lengths, found) for checkout in checkouts]
    return 0 if all(reached) else 1


def _tell(
    checkout: Path, lengths: list[int], found: dict[tuple[Path, int], list[dict[str, float]]]
) -> bool:
    print(f"{checkout}: the least of {len(found[checkout, lengths[0]])}, in seconds")
    titles = [f"{length:,}" for length in lengths]
    print(f"{'':44}" + "".join(f"{title:>12}" for title in titles) + "   for each at the first, x")
    reached = True
    for name in found[checkout, lengths[0]][0]:
        taken = [min(one[name] for one in found[checkout, length]) for length in lengths]
        growth = [
            seconds / length / (taken[0] / lengths[0])
            for seconds, length in zip(taken, lengths, strict=True)
        ]
        ratios = ", ".join(f"{ratio:.2f}" for ratio in growth[1:])
        aim = AIMED.get(name)
        aimed = ""
        if aim and lengths[0] == LENGTHS[0]:
            aimed = f"   aimed for: under {aim} s" + ("" if taken[0] < aim else ": NOT REACHED")
            reached &= taken[0] < aim
        print(f"{name:44}" + "".join(f"{one:12.4f}" for one in taken) + f"   {ratios:8}{aimed}")
    return reached


if __name__ == "__main__":
    sys.exit(main())
