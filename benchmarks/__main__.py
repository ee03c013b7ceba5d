"""``python -m benchmarks``: measure everything in one run and write it down."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import os
import platform
import sys
from pathlib import Path

import psutil
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks import tables
from benchmarks.browser import chromium, look
from benchmarks.crowd import join
from benchmarks.frameworks import ALL, WORKSHOP, Framework, Served, serving, versions
from benchmarks.picture import draw, write_svg
from benchmarks.tables import Row

RESULTS = Path(__file__).parent / "results"
CROWD = 30
LOADS = (10, 50, 100, 150, 200)
JOINS = 3


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS, help="where they are written")
    parser.add_argument("--visitors", type=int, default=CROWD, help="how many come at once")
    parser.add_argument("--joins", type=int, default=JOINS, help="browser joins; median is told")
    parser.add_argument("--loads", type=int, nargs="*", default=LOADS, help="crowds of ours alone")
    parser.add_argument("--only", nargs="*", default=[f.name for f in ALL], help="frameworks")
    given = parser.parse_args()
    given.results.mkdir(parents=True, exist_ok=True)
    chosen = [framework for framework in ALL if framework.name in given.only]
    noise = [_noise()]
    rows: list[Row] = []
    for framework in chosen:
        with serving(framework) as served:
            # The first visit of all imports things, and is not what a visitor meets.
            _crowd(framework, served, 1)
            seen = _seen(framework, served, given.joins)
            rows += [Row(framework.name, 1, name, one) for name, one in seen.items()]
            rows += _crowd(framework, served, given.visitors)
        noise.append(_noise())
        tables.write_csv(rows, given.results / "results.csv")
        _say(tables.figures(rows, given.visitors))
    for count in given.loads:
        with serving(WORKSHOP) as served:
            _crowd(WORKSHOP, served, 1)
            loaded = _crowd(WORKSHOP, served, count, think=True)
        _say(f"{count} at once: { {row.measure: round(row.value, 2) for row in loaded} }")
        rows += loaded
    tables.write_csv(rows, given.results / "results.csv")
    with chromium() as browser:
        write_svg(draw(rows, given.visitors), browser, given.results / "results.svg")
    told = _report(rows, given.visitors, noise)
    (given.results / "results.md").write_text(told, encoding="utf-8")
    _say(told)


def _seen(framework: Framework, served: Served, joins: int) -> dict[str, float]:
    try:
        with chromium() as browser:
            return look(browser, framework, served, joins)
    except PlaywrightTimeout:
        # The others are still worth their figures, and a gap in the table says enough.
        _say(f"{framework.name} did not come alive in the browser in time")
        return {}


def _crowd(framework: Framework, served: Served, count: int, *, think: bool = False) -> list[Row]:
    measured = asyncio.run(join(framework, served, count, think=think))
    return [Row(framework.name, count, name, one) for name, one in measured.items()]


def _noise() -> str:
    return f"{psutil.cpu_percent(2):.0f} %"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _report(rows: list[Row], crowd: int, noise: list[str]) -> str:
    now = datetime.datetime.now(datetime.UTC)
    memory = psutil.virtual_memory().total / 2**30
    installed = ", ".join(f"{name} {number}" for name, number in versions().items())
    return f"""# Measured

{now:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}
{platform.release()}, Python {platform.python_version()}. {installed}. How busy other programs kept
the machine between two frameworks: {", ".join(noise)} of all cores.

![The figures below as bars, and larger crowds as lines.](results.svg)

{crowd} visitors at once; join, bytes and picture by one visitor in Chromium.

{tables.figures(rows, crowd)}
How many times workshop-kit's figure; more than 1 is slower or larger.

{tables.ratios(rows, crowd)}"""


if __name__ == "__main__":
    main()
