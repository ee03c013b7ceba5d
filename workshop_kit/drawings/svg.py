"""The elements of a drawing: made by name, written out as a page would write them."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

from markupsafe import Markup

Point = tuple[float, float]


def node(tag: str, *children: Element | str, **attributes: str | float | None) -> Element:
    """Return an element with its children; attributes by name, ``kind`` for its class.

    Examples
    --------
    >>> write(node("circle", cx=20, r=3.25, kind="ws-disc"))
    Markup('<circle cx="20" r="3.25" class="ws-disc"></circle>')
    """
    element = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set("class" if name == "kind" else name.replace("_", "-"), _written(value))
    for child in children:
        if isinstance(child, str):
            element.text = (element.text or "") + child
        else:
            element.append(child)
    return element


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """Write a number as short as a drawing needs it.

    Examples
    --------
    >>> number(20.0), number(-3.456), number(-0.001)
    ('20', '-3.46', '0')
    """
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def pairs(points: Iterable[Point]) -> str:
    """Write points as a polygon has them."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def picture(label: str, box: tuple[float, float, float, float], *children: Element) -> Markup:
    """Return a whole drawing.

    Parameters
    ----------
    label
        What it is to somebody who does not see it.
    box
        Its left and upper edge, width and height.
    children
        What is drawn, from the back to the front.
    """
    edges = " ".join(map(number, box))
    return write(node("svg", *children, viewBox=edges, role="img", aria_label=label))


def write(element: Element) -> Markup:
    """Write an element out; what it holds stands in it as text."""
    return Markup(tostring(element, encoding="unicode", short_empty_elements=False))  # noqa: S704


def in_lines(text: str, letters: int) -> list[str]:
    """Break a name into lines of so many letters; a longer word has a line to itself.

    Examples
    --------
    >>> in_lines("Towards the end", 14)
    ['Towards the', 'end']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and len(longer) <= letters:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
