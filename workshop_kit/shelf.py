"""Where the words are: files in layers, the workshop's own below and a course's above them.

A course is a folder of its own. What it says in ``content/LANGUAGE/NAME.yaml`` lies over the
workshop's file of that name, text by text, and a language lies over English in the same way: what
one does not say, the one below it does, so that no text is ever missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TypeVar

CONTENT = Path(__file__).parent / "content"
# Where a course is, for every process that shows its pages.
COURSE = "WORKSHOP_KIT_COURSE"
# What a process speaks; each kernel is told the language of its page.
LANGUAGE = "WORKSHOP_KIT_LANGUAGE"
ENGLISH = "en"
FOLDER = "content"

_GUIDE = "facilitator_guide"

Load = TypeVar("Load", bound=Callable)
_caches: list[dict[tuple, object]] = []


def course() -> Path | None:
    """Return the folder of the course that is served, if there is one."""
    named = os.environ.get(COURSE)
    return Path(named) if named else None


def languages() -> tuple[str, ...]:
    """Name the languages that the words are there in, English first.

    Examples
    --------
    >>> "en" in languages()
    True
    """
    found = {file.parent.name for root in _roots() for file in root.glob("*/shared.yaml")}
    return tuple(sorted(found, key=lambda code: (code != ENGLISH, code)))


def spoken() -> str:
    """Return the language of this process: English, unless its environment names another."""
    return os.environ.get(LANGUAGE) or ENGLISH


def layers(name: str, language: str | None = None) -> list[Path]:
    """Return the files of that name which say something in a language, the lowest first.

    The language is that of this process unless it is said.

    Examples
    --------
    >>> [file.parent.name for file in layers("shared.yaml")]
    ['en']
    """
    below = CONTENT / ENGLISH / name
    return [file for file in _files(_roots(), name, language or spoken()) if file.exists()] or [
        below
    ]


def layers_of(file: Path) -> list[Path]:
    """Return the layers that a file is read with: those below it, and itself.

    A file that is in no folder called ``content`` is read alone.
    """
    root, language = file.resolve().parent.parent, file.resolve().parent.name
    if root.name != FOLDER:
        return [file]
    roots = [CONTENT] if root == CONTENT.resolve() else [CONTENT, root]
    below = [one for one in _files(roots, file.name, language) if one.exists()]
    return [*(one for one in below if one.resolve() != file.resolve()), file]


def guide_folder() -> Path:
    """Return the folder of the facilitators' guide: in the wheel, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / _GUIDE
    return inside if inside.is_dir() else package.parent / _GUIDE


def guide_layers(name: str) -> list[Path]:
    """Return the guide's file of that name, and under it the course's own, if there is one.

    Examples
    --------
    >>> [file.parent.name for file in guide_layers("run_sheets.yaml")]
    ['facilitator_guide']
    """
    own = course()
    over = [own / name] if own and (own / name).is_file() else []
    return [guide_folder() / name, *over]


def names(language: str | None = None) -> tuple[str, ...]:
    """Name every content file there is in a language or below it, in the order of the alphabet."""
    folders = _files(_roots(), "", language or spoken())
    return tuple(sorted({file.name for folder in folders for file in folder.glob("*.yaml")}))


def kept(load: Load) -> Load:
    """Let a function that loads words load them once for a language, until `forget` is called.

    The language is its last argument, and that of this process unless it is said.
    """
    found: dict[tuple, object] = {}
    _caches.append(found)
    before = load.__code__.co_argcount - 1

    @wraps(load)
    def loaded(*given: str | None) -> object:
        said = given[before] if len(given) > before else None
        asked = (*given[:before], said or spoken())
        if asked not in found:
            found[asked] = load(*asked)
        return found[asked]

    return loaded  # type: ignore[return-value]


def forget() -> None:
    """Have everything loaded anew when next it is asked for."""
    for found in _caches:
        found.clear()


@contextmanager
def trial() -> Iterator[None]:
    """Load everything anew in what follows; if that raises, what was loaded before is as it was."""
    before = [dict(found) for found in _caches]
    forget()
    try:
        yield
    except Exception:
        for found, old in zip(_caches, before, strict=True):
            found.clear()
            found.update(old)
        raise


def stamp() -> tuple[tuple[str, int], ...]:
    """Return what tells whether any content file has been changed, added or removed."""
    own = course()
    files = sorted(file for root in _roots() for file in root.glob("*/*.yaml"))
    files += sorted(own.glob("*.yaml")) if own else []
    return tuple((str(file), file.stat().st_mtime_ns) for file in files)


def _roots() -> list[Path]:
    own = course()
    return [CONTENT, *([own / FOLDER] if own else [])]


def _files(roots: list[Path], name: str, language: str) -> list[Path]:
    codes = dict.fromkeys((ENGLISH, language))
    return [root / code / name for root in roots for code in codes]
