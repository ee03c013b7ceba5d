"""Read a YAML file into a checked model, or say which line is wrong and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


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


def read(path: Path, model: type[Model]) -> Model:
    """Read ``path`` as ``model``.

    Parameters
    ----------
    path
        A UTF-8 YAML file.
    model
        The pydantic model that it is checked against.

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
    >>> from pathlib import Path
    >>> from workshop_kit.support import Support
    >>> read(Path("workshop_kit/content/en/support.yaml"), Support).countries[0].country
    'United Kingdom'
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1
        what = f"this is not YAML: {error.problem}; check the indentation, colons and quotes here"
        raise ContentError([Fault(path, line, what)]) from None
    except (OSError, UnicodeDecodeError) as error:
        what = f"the file cannot be read ({error.__class__.__name__}); save it as UTF-8 text"
        raise ContentError([Fault(path, 1, what)]) from None
    repeated = [Fault(path, line, what) for line, what in _repeated_keys(node)]
    if repeated:
        raise ContentError(repeated)
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        faults = [
            Fault(path, _line_of(node, detail["loc"]), _sentence(dict(detail)))
            for detail in error.errors(include_url=False, include_input=False)
        ]
        raise ContentError(sorted(set(faults), key=lambda fault: fault.line)) from None


def _repeated_keys(node: yaml.Node | None) -> list[tuple[int, str]]:
    """Find keys written twice, of which YAML would silently keep the last."""
    found: list[tuple[int, str]] = []
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                what = f"'{key.value}' stands here twice; keep one of them"
                found.append((key.start_mark.line + 1, what))
            seen.add(key.value)
            found += _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            found += _repeated_keys(item)
    return found


def _line_of(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
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


def _sentence(detail: dict) -> str:
    """Say in plain words what pydantic found."""
    names = [str(step) for step in detail["loc"]]
    name = names[-1] if names else "the file"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"'{name}' is missing; add a line '{name}: …'"
        case "extra_forbidden":
            return f"'{name}' is not known here; check its spelling, or remove it"
        case "union_tag_invalid":
            tags = context["expected_tags"].replace("'", "")
            return f"the kind '{context['tag']}' is not known; choose one of {tags}"
        case "literal_error":
            return f"'{name}' has a value that is not known; choose one of {context['expected']}"
        case "string_too_short":
            return f"'{name}' is empty; write something there, or remove the part"
        case "value_error":
            return str(context["error"])
        case _:
            return f"'{name}': {detail['msg'].lower()}"
