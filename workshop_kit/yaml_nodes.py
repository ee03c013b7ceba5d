"""The nodes of a YAML file: which line each stands on, and what it says there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial

import yaml

Location = tuple[int | str, ...]
# What may stand before a value: a tag or an anchor. No plain text begins with either sign.
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
_ESCAPE = re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|.|\n)")


def line_finder(text: str) -> Callable[[Location], int]:
    r"""Return what tells the line of a place in YAML or JSON, or 1 if YAML cannot read the text.

    Examples
    --------
    >>> line_finder('{"cells": [\n {},\n {"id": "b"}\n]}')(("cells", 1, "id"))
    3
    """
    try:
        return partial(line_of, yaml.compose(text, Loader=yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError):
        return partial(line_of, None)


def repeated_keys(node: yaml.Node | None) -> list[tuple[int, str]]:
    """Find keys written twice, of which YAML would silently keep the last."""
    found: list[tuple[int, str]] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                what = f"'{key.value}' stands here twice; keep one of them"
                found.append((key.start_mark.line + 1, what))
            seen.add(key.value)
            found += repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found += repeated_keys(item)
    return found


def scalars(node: yaml.Node | None, unread: Collection[str]) -> Iterator[yaml.ScalarNode]:
    """Walk through every value, in the order of the file."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, unread)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in unread:
                yield from scalars(value, unread)


def as_read(node: yaml.ScalarNode) -> tuple[int, str]:
    """Take a text from the file itself, since YAML's own value no longer knows where it broke."""
    start, end = node.start_mark, node.end_mark
    raw = (start.buffer or "")[start.pointer : end.pointer]
    text = _PROPERTIES.sub("", raw, count=1)
    line = start.line + 1 + raw.count("\n") - text.count("\n")
    if node.style == "'":
        return line, text[1:-1].replace("''", "'")
    if node.style == '"':
        return line, _ESCAPE.sub(_unescaped, text[1:-1])
    if node.style in ("|", ">"):
        return line + 1, text.partition("\n")[2]
    return line, text


def _unescaped(escape: re.Match[str]) -> str:
    # A break that YAML would skip stays, and one that it would add is left out: lines are counted.
    if escape[0] == "\\\n":
        return "\n"
    return str(yaml.safe_load(f'"{escape[0]}"')).replace("\n", " ")


def line_of(node: yaml.Node | None, location: Location) -> int:
    """Walk to the deepest part of the file that ``location`` names; lines count from 1."""
    line = node.start_mark.line if node else 0
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            match = [(key, value) for key, value in node.value if key.value == step]
            # Steps that name no key are pydantic's own, such as the tag of a union.
            if match:
                line, node = match[0][0].start_mark.line, match[0][1]
    return line + 1
