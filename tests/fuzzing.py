"""Damage for journals: whole documents in, documents with a fault or two out."""

from __future__ import annotations

import json
from random import Random

# What a journal holds in one place may stand in another; so may what no journal holds.
VALUES = (
    *(None, True, False, 0, 1, 2, -1, 0.5, 1e300, 10**30, "", "a", "numb", "\ud83d", "__proto__"),
    *([], [[]], {}, {"__proto__": 1}, {"a": {"b": 1}}, [1, "a"], "2026-02-30T00:00:00Z"),
    *("2026-11-20T17:42:10.120999+05:45", "5B6C1F0E-6A53-4F0A-9C39-0D0F3A1F7B11", "words.a"),
)
RAW = (
    *(b"1e400", b"-0", b"NaN", b"Infinity", b"1.0", b"01", b"\\ud83d", b"\\u0000", b'"', b"\\"),
    *(
        b"[" * 100,
        b"{" * 10,
        b"]",
        b"}",
        b",",
        b":",
        b"null",
        b"true",
        b"\x00",
        b"\xff",
        b"\xc1\x81",
    ),
    *(
        b"\xed\xa0\xbd",
        b"\xef\xbb\xbf",
        "🫖".encode(),
        b"\xf0\x9f",
        b"\n",
        b'"__proto__":{}',
        b"e5",
    ),
)


def damaged(seeds: list[bytes], random: Random) -> bytes:
    """Return one of the documents with a fault, or with a few on top of each other."""
    document = random.choice(seeds)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        document = random.choice(FAULTS)(document, seeds, random)
    return document


def _cut_short(document, _seeds, random):
    return document[: random.randint(0, len(document))]


def _turn_bits(document, _seeds, random):
    turned = bytearray(document)
    for _ in range(random.choice((1, 1, 2, 8)) if turned else 0):
        turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
    return bytes(turned)


def _put_in(document, _seeds, random):
    place, end = sorted(random.randint(0, len(document)) for _ in range(2))
    end = random.choice((place, place, min(end, place + 8)))
    return document[:place] + random.choice(RAW) + document[end:]


def _repeat(document, _seeds, random):
    start, end = sorted(random.randint(0, len(document)) for _ in range(2))
    return document[:end] + document[start:]


def _leave_out(document, _seeds, random):
    start = random.randint(0, len(document))
    return document[:start] + document[start + random.randint(0, 40) :]


def _graft(document, seeds, random):
    other = random.choice(seeds)
    return document[: random.randint(0, len(document))] + other[random.randint(0, len(other)) :]


def _change_a_value(document, _seeds, random):
    """Put another value, or one of the document's own, in the place of any of its values."""
    try:
        tree = json.loads(document)
    except (ValueError, RecursionError):
        return document
    places = list(_places(tree))
    if not places:
        return document
    holder, name = random.choice(places)
    donor, other = random.choice(places)
    value = random.choice((random.choice(VALUES), donor[other]))
    match random.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[name]
        case 1 if isinstance(holder, dict):
            holder[random.choice(("a", "__proto__", "deleted", "locked", "constructor"))] = value
        case 1:
            holder.append(value)
        case _:
            holder[name] = value
    try:
        return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return document  # a value was put into itself


def _places(node):
    """Name every place of a tree, as what holds it and its name or number there."""
    if not isinstance(node, dict | list):
        return
    for name, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, name
        yield from _places(value)


def _grow_newer(document, _seeds, random):
    version = random.choice((b"2", b"1.5", b"99999999999999999999", b"1e400", b'"1"', b"true"))
    return document.replace(b'"version": 1', b'"version": ' + version, 1)


def _nest(document, _seeds, random):
    depth = random.choice((10, 60, 70, 2000))
    return document.replace(b"[", b"[" * depth, 1).replace(b"]", b"]" * depth, 1)


FAULTS = (
    *(_cut_short, _turn_bits, _put_in, _repeat, _leave_out, _graft, _grow_newer, _nest),
    *(_change_a_value,) * 6,
)
