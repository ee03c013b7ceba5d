"""Read a YAML file into a checked model, or say which line is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from workshop_kit.yaml_nodes import (
    Location,
    as_read,
    laid_over,
    named_scalars,
    place_of,
    repeated_ids,
    repeated_keys,
    scalars,
)

Model = TypeVar("Model", bound=BaseModel)
Check = Callable[[object], Iterable[tuple[Location, str]]]


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one file: where, what, and how to mend it."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        """Return ``file:line: what, and how to mend it``."""
        return f"{self.file}:{self.line}: {self.what}"


class ContentError(ValueError):
    """A content file cannot be used; ``faults`` says where and why, all at once."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def read(
    paths: Path | Sequence[Path], model: type[Model], check: Check = lambda _content: ()
) -> Model:
    """Read a file as ``model``, or several that lie one over the other.

    Parameters
    ----------
    paths
        A UTF-8 YAML file, or several, the lowest first (`yaml_nodes.laid_over`).
    model
        The pydantic model that it is checked against.
    check
        Looks for what no model can see, such as an id that stands in two parts. It is given the
        content as it was written, right or wrong, and says where and what each fault is.

    Returns
    -------
    Model
        The checked content.

    Raises
    ------
    ContentError
        With one fault, its line and its cure, for everything that is wrong.

    Examples
    --------
    >>> from workshop_kit.support import Support
    >>> from workshop_kit.shelf import CONTENT
    >>> read(CONTENT / "en" / "support.yaml", Support).countries[0].country
    'United Kingdom'
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    nodes = [(file, _parse(file)) for file in files]
    faults = [Fault(file, line, what) for file, node in nodes for line, what in repeated_keys(node)]
    # In the lowest file, or one that stands alone, the check of what it says finds them.
    faults += [
        Fault(file, line, what) for file, node in nodes[1:] for line, what in repeated_ids(node)
    ]
    whole = reduce(laid_over, [node for _, node in nodes])
    content = yaml.BaseLoader("").construct_document(whole) if whole else None

    def fault(where: Location, what: str) -> Fault:
        name, line = place_of(whole, where)
        return Fault(Path(name) if name else files[-1], line, what)

    faults += [fault(where, what) for where, what in check(content)]
    try:
        checked = model.model_validate(content)
    except ValidationError as error:
        for detail in _own(error.errors(include_url=False, include_input=False)):
            faults.append(fault(_place(detail), _sentence(detail)))
    if faults:
        raise ContentError(sorted(set(faults), key=lambda one: (str(one.file), one.line, one.what)))
    return checked


def texts(path: Path, unread: Collection[str] = ()) -> Iterator[tuple[int, str]]:
    """Say what people read in a file, as it stands there, and on which line each text begins.

    Parameters
    ----------
    path
        A UTF-8 YAML file.
    unread
        The names whose values are for the software only, such as ``id``.

    Returns
    -------
    iterator of (int, str)
        The line and the text of every value. Where a text breaks, the file breaks, so that lines
        can be counted on.

    Raises
    ------
    ContentError
        If the file is no YAML.

    Examples
    --------
    >>> from workshop_kit.shelf import CONTENT
    >>> next(texts(CONTENT / "en" / "arriving.yaml", {"id", "number", "version"}))[1]
    'Arriving'
    """
    return map(as_read, scalars(_parse(path), unread))


def leaves(paths: Sequence[Path]) -> dict[str, str]:
    """Return every text of files that lie one over the other, by where it stands.

    Examples
    --------
    >>> from workshop_kit.shelf import layers
    >>> leaves(layers("shared.yaml"))["pause/button"]
    'Pause'
    """
    whole = reduce(laid_over, map(_parse, paths))
    return {where: node.value for where, node in named_scalars(whole)}


def lines(path: Path) -> dict[str, int]:
    """Return the line on which each text of one file begins, by where it stands."""
    return {where: node.start_mark.line + 1 for where, node in named_scalars(_parse(path))}


def _parse(path: Path) -> yaml.Node | None:
    """Read a file's structure, with its lines, in which every value is text.

    Plain text, so that a title may be ``yes`` or a date without being anything else to YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = "this is not UTF-8 text; save the file with the encoding UTF-8"
        raise ContentError([Fault(path, line, what)]) from None
    except OSError:
        what = "the file cannot be read; check that it is there and that you may open it"
        raise ContentError([Fault(path, 1, what)]) from None
    try:
        loader = yaml.BaseLoader(text)
        loader.name = str(path)
        node = loader.get_single_node()
        if node:
            loader.construct_document(node)  # which finds what cannot be meant, such as odd keys
        return node
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        what = "there is a character here that YAML does not allow; remove it"
    except yaml.MarkedYAMLError as error:
        # What the scanner could not finish is to be mended where it began.
        begun = error.context_mark if isinstance(error, yaml.scanner.ScannerError) else None
        mark = begun or error.problem_mark
        line = mark.line + 1 if mark else 1
        what = f"this is not YAML: {error.problem}; check the indentation, colons and quotes here"
    except RecursionError:
        line, what = 1, "this is nested too deeply; check the brackets"
    raise ContentError([Fault(path, line, what)])


def _own(details: list[Any]) -> list[Any]:
    """Leave out what only follows: pydantic counts no faulty item, and calls its list too short."""
    above = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [
        detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in above
    ]


def _place(detail: Any) -> Location:
    """Say where to look for what pydantic found."""
    if detail["type"] == "union_tag_invalid":
        return (*detail["loc"], detail["ctx"]["discriminator"].strip("'"))
    return detail["loc"]


def _sentence(detail: Any) -> str:
    """Say in plain words what pydantic found, and how to mend it."""
    location, context = detail["loc"], detail.get("ctx", {})
    name = _name(location)
    match detail["type"]:
        case "missing":
            return f"{name} is missing; add a line '{location[-1]}: …'"
        case "extra_forbidden":
            return f"{name} is not known here; check its spelling, or remove it"
        case "union_tag_invalid":
            tags = context["expected_tags"].replace("'", "")
            return f"the kind '{context['tag']}' is not known; choose one of {tags}"
        case "literal_error":
            return f"{name} has a value that is not known; choose one of {context['expected']}"
        case "string_too_short":
            return f"{name} is empty; write something there, or remove the part"
        case "string_type":
            return f"{name} should be words; write them after a colon, in quotes if need be"
        case "string_pattern_mismatch":
            return (
                f"{name} should be small letters, digits and '_', beginning with a letter, "
                "and no more than 64 of them; write it like 'two_chairs'"
            )
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{name} should be a whole number; write it like 5"
        case "too_short":
            return f"{name} has too few items; write at least {context['min_length']}"
        case "tuple_type" | "list_type":
            return f"{name} should be a list; begin each item with '- '"
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"{name} should hold lines of the form 'name: words'; write them there"
        case _:
            return f"{name}: {detail['msg'].lower()}"


def _name(location: Location) -> str:
    match location:
        case ():
            return "the file"
        case (*_, str(above), int(place)):
            return f"item {place + 1} of '{above}'"
        case (*_, last):
            return f"'{last}'"
    raise AssertionError(location)
