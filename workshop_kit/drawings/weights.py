"""Weights as blocks that rest on the ground of whoever they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workshop_kit.drawings.svg import in_lines, node, picture

WIDE, SPACE = 320, 8
HIGH, GAP, ROOM = 20, 3, 180  # of a block; between two; for all that lie on one another
LETTERS = 12  # to a line of a name


def weights(owners: Sequence[tuple[str, int]], label: str) -> Markup:
    """Draw a block for each weight, all of one size: how heavy a weight is, is not known.

    Parameters
    ----------
    owners
        The name of each owner and how many weights were put there, in the order in which they
        stand.
    label
        What the drawing is to somebody who does not see it.
    """
    wide = (WIDE - SPACE * (len(owners) + 1)) / len(owners)
    most = max(count for _, count in owners)
    step = min(HIGH + GAP, ROOM / max(most, 1))
    ground = max(step * most, HIGH) + 6
    drawn, lines = [], 1
    for place, (name, count) in enumerate(owners):
        x = SPACE + (wide + SPACE) * place
        drawn += [
            node(
                "rect",
                x=x,
                y=ground - step * (number + 1),
                width=wide,
                height=max(step - GAP, step / 2),
                rx=min(4, step / 4),
                kind="ws-block",
            )
            for number in range(count)
        ]
        drawn.append(node("line", x1=x, y1=ground, x2=x + wide, y2=ground, kind="ws-ground"))
        said = in_lines(name, LETTERS)
        lines = max(lines, len(said))
        drawn += [
            node("text", line, x=x + wide / 2, y=ground + 17 + 14 * row, kind="ws-small ws-middle")
            for row, line in enumerate(said)
        ]
    return picture(label, (0, 0, WIDE, ground + 10 + 14 * lines), *drawn)
