"""The three flows of compassion: to others on the left, from others on the right, to me below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt
from xml.etree.ElementTree import Element

from markupsafe import Markup

from workshop_kit.drawings.svg import in_lines, node, number, picture

WIDE, LEFT, RIGHT = 320, 136, 184
MIDDLE = WIDE / 2
LINE, APART = 17, 15  # between lines of a name; between two arrows of one name
LETTERS = 17  # to a line of a name
FLOWS = ("out", "offered", "let_in", "turned_away")
ENDS = {
    "out": "M0 0L-11 -6V6Z",
    "let_in": "M0 0L-11 -6V6Z",
    "offered": "M-9 -6L0 0L-9 6",
    "turned_away": "M0 -9V9",
}
REACH = {"let_in": RIGHT + 3, "offered": RIGHT + 22, "turned_away": RIGHT + 52}
ROUND = {"let_in": 0, "offered": 32, "turned_away": 70}  # degrees that the loop stays open


COUNTED = 18  # the room that a number takes of its arrow


@dataclass(frozen=True)
class Side:
    """Somebody or somewhere, and how often each flow was tapped there."""

    name: str
    taps: Mapping[str, int]

    def coming(self) -> list[str]:
        """Return the flows that came from there."""
        return [flow for flow in FLOWS[1:] if self.taps.get(flow)]


def flows(others: Sequence[Side], myself: Side, label: str, words: Mapping[str, str]) -> Markup:
    """Draw an arrow for each flow that was tapped, with how often where any was more than once.

    Parameters
    ----------
    others
        People and places with a tap, in the order in which they are drawn.
    myself
        What went from me to me.
    label
        What the drawing is to somebody who does not see it.
    words
        What the control of the flows says.
    """
    counted = any(count > 1 for one in (*others, myself) for count in one.taps.values())
    drawn: list[Element] = [
        *_name(words["to_others"], 4, 18, "ws-strong"),
        *_name(words["from_others"], WIDE - 4, 18, "ws-strong ws-end"),
    ]
    down = 40.0
    for one in others:
        first = down + len(in_lines(one.name, LETTERS)) * LINE + 7
        coming = one.coming()
        if one.taps.get("out"):
            drawn += _name(one.name, 4, down + 12, None)
            drawn += _straight("out", first, one.taps["out"], counted)
        if coming:
            drawn += _name(one.name, WIDE - 4, down + 12, "ws-end")
        for place, flow in enumerate(coming):
            drawn += _straight(flow, first + place * APART, one.taps[flow], counted)
        down = first + max(len(coming), 1) * APART + 6
    bottom = max(down, 76)
    loops = myself.coming()
    for place, flow in enumerate(loops):
        drawn += _loop(flow, bottom + 1, place, myself.taps[flow], counted)
    under = bottom + (20, 68, 94, 122)[len(loops)]
    drawn += _name(myself.name, MIDDLE, under, "ws-strong ws-middle")
    low = under + LINE * (len(in_lines(myself.name, LETTERS)) - 1) + 24
    shown = [flow for flow in FLOWS if any(one.taps.get(flow) for one in (*others, myself))]
    key = [
        part
        for place, flow in enumerate(shown)
        for part in _key(flow, words[flow], low + 22 * place)
    ]
    me = [
        node("rect", x=LEFT, y=2, width=RIGHT - LEFT, height=bottom - 2, rx=14, kind="ws-me"),
        node("text", words["me"], x=MIDDLE, y=24, kind="ws-strong ws-middle"),
    ]
    return picture(label, (0, 0, WIDE, low + 22 * len(shown)), *me, *drawn, *key)


def _name(name: str, x: float, y: float, kind: str | None) -> list[Element]:
    return [
        node("text", line, x=x, y=y + place * LINE, kind=kind)
        for place, line in enumerate(in_lines(name, LETTERS))
    ]


def _flow(flow: str, line: str, x: float, y: float, turn: float) -> Element:
    place = f"translate({number(x)} {number(y)}) rotate({number(turn)})"
    return node(
        "g",
        node("path", d=line, kind="ws-line"),
        node("path", d=ENDS[flow], kind="ws-head", transform=place),
        kind=f"ws-flow ws-{flow}",
    )


def _straight(flow: str, y: float, count: int, counted: bool) -> list[Element]:
    room = COUNTED if counted else 0
    start, end = (LEFT - 3, 6 + room) if flow == "out" else (WIDE - 4 - room, REACH[flow])
    # The head covers the end of its line.
    stop = end if flow == "turned_away" else end + 6
    arrow = _flow(flow, f"M{start} {number(y)}H{stop}", end, y, 180)
    x, kind = (4, "ws-count") if flow == "out" else (WIDE - 4, "ws-count ws-end")
    return [arrow, *([node("text", str(count), x=x, y=y + 4.5, kind=kind)] if counted else [])]


def _loop(flow: str, bottom: float, place: int, count: int, counted: bool) -> list[Element]:
    """Return a loop that leaves at the bottom on the left and comes round on the right."""
    radius, half = 24 + 14 * place, 9 + 7 * place
    centre, open_at = bottom + sqrt(radius**2 - half**2), asin(half / radius)

    def at(angle: float) -> tuple[float, float]:
        return MIDDLE + radius * cos(angle), centre + radius * sin(angle)

    last = open_at - pi / 2 + radians(ROUND[flow])
    (x, y), (start_x, start_y) = at(last), at(-pi / 2 - open_at)
    stop_x, stop_y = at(last + (6 / radius if flow == "let_in" else 0))
    size = number(radius)
    line = (
        f"M{number(start_x)} {number(start_y)}"
        f"A{size} {size} 0 1 0 {number(stop_x)} {number(stop_y)}"
    )
    arrow = _flow(flow, line, x, y, degrees(atan2(-cos(last), sin(last))))
    # On the left, where the loops lie apart and no head is.
    left = MIDDLE - radius
    said = node("text", str(count), x=left, y=centre + 4.5, kind="ws-count ws-middle ws-haloed")
    return [arrow, *([said] if counted else [])]


def _key(flow: str, word: str, y: float) -> list[Element]:
    end = 14 if flow == "turned_away" else 4
    line = f"M44 {number(y)}H{end if flow == 'turned_away' else 10}"
    return [_flow(flow, line, end, y, 180), node("text", word, x=54, y=y + 4.5)]
