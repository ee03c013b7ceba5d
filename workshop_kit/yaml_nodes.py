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


def laid_over(base: yaml.Node | None, over: yaml.Node | None) -> yaml.Node | None:
    """Lay what one file says over what another does, text by text.

    Items of lists that have an ``id`` are found by it; one that is only above comes after the one
    that it follows there. Any other list is taken as it stands above. An empty text says nothing.
    """
    if base is None or over is None:
        return over or base
    if isinstance(base, yaml.MappingNode) and isinstance(over, yaml.MappingNode):
        return _pairs_over(base, over)
    if isinstance(base, yaml.SequenceNode) and isinstance(over, yaml.SequenceNode):
        return _items_over(base, over)
    return base if isinstance(over, yaml.ScalarNode) and not over.value else over


def _pairs_over(base: yaml.MappingNode, over: yaml.MappingNode) -> yaml.MappingNode:
    above = {key.value: (key, value) for key, value in over.value}
    pairs = []
    for key, value in base.value:
        own_key, own = above.pop(key.value, (key, None))
        pairs.append((own_key, laid_over(value, own)))
    pairs += above.values()
    return yaml.MappingNode(over.tag, pairs, over.start_mark, over.end_mark)


def _items_over(base: yaml.SequenceNode, over: yaml.SequenceNode) -> yaml.SequenceNode:
    items = {_said(item, "id"): item for item in base.value}
    if None in items or None in map(_id_of, over.value):
        return over
    order = list(items)
    for place, item in enumerate(over.value):
        name = _id_of(item)
        if name not in items:
            before = _id_of(over.value[place - 1]) if place else order[-1]
            order.insert(order.index(before) + 1, name)
        same = _said(item, "kind") in (None, _said(items.get(name), "kind"))
        items[name] = laid_over(items.get(name), item) if same else item
    return yaml.SequenceNode(
        over.tag, [items[name] for name in order], over.start_mark, over.end_mark
    )


def _id_of(item: yaml.Node) -> str | None:
    return _said(item, "id")


def _said(item: yaml.Node | None, name: str) -> str | None:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    return next((value.value for key, value in pairs if key.value == name), None)


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


def repeated_ids(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Find items of one list with the same id, of which the last would lie over the others."""
    if isinstance(node, yaml.SequenceNode):
        seen: set[str] = set()
        for item in node.value:
            name = _id_of(item)
            if name in seen:
                what = f"the id '{name}' stands here twice; give each its own"
                yield item.start_mark.line + 1, what
            seen |= {name} if name else set()
            yield from repeated_ids(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from repeated_ids(value)


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


def named_scalars(
    node: yaml.Node | None, where: tuple[str, ...] = ()
) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Walk through every value with where it stands, such as ``parts/door/text``.

    An item of a list is named by its ``id``, or else by its place; ids themselves are left out.
    """
    if isinstance(node, yaml.ScalarNode):
        yield "/".join(where), node
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value, 1):
            yield from named_scalars(item, (*where, _id_of(item) or str(place)))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value != "id":
                yield from named_scalars(value, (*where, key.value))


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
    """Return the line of the deepest part of the file that ``location`` names, from 1."""
    return place_of(node, location)[1]


def place_of(node: yaml.Node | None, location: Location) -> tuple[str, int]:
    """Walk to the deepest part that ``location`` names; return its file and line, from 1."""
    mark = node.start_mark if node else None
    for step in location:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        elif isinstance(node, yaml.MappingNode):
            match = [(key, value) for key, value in node.value if key.value == step]
            # Steps that name no key are pydantic's own, such as the tag of a union.
            if match:
                mark, node = match[0][0].start_mark, match[0][1]
    return (mark.name, mark.line + 1) if mark else ("", 1)
