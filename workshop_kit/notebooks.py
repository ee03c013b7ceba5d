"""Write the notebooks' prose cells from the content files, and find the notebooks.

A notebook is an exercise's parts in order: each part is a prose cell, marked in its metadata with
the part it shows, and a part that asks something is followed by the code cell that asks it. Prose
belongs to the content file and code to the notebook: building replaces the one and keeps the other.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from workshop_kit import shelf
from workshop_kit.exercises import Exercise, journey
from workshop_kit.wording import Wording, load_wording
from workshop_kit.yaml_files import ContentError, Fault

KEY = "workshop"
TITLE = "title"
_PACKAGE = Path(__file__).parent


def folder() -> Path:
    """Return the folder of the notebooks: a course's, the wheel's, or that beside the package."""
    course = shelf.course()
    if course:
        return course / "notebooks"
    inside = _PACKAGE / "notebooks"
    return inside if inside.is_dir() else _PACKAGE.parent / "notebooks"


def build(into: Path | None = None) -> list[Path]:
    """Write every notebook.

    Parameters
    ----------
    into
        The folder of the notebooks.

    Returns
    -------
    list of Path
        The notebooks that changed.

    Raises
    ------
    ContentError
        If a notebook that is there cannot be read; it is left as it is.
    """
    into = into or folder()
    into.mkdir(parents=True, exist_ok=True)
    changed = []
    for exercise in journey():
        path = into / f"{exercise.name}.ipynb"
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        old = _read(path, before) if before else None
        after = nbformat.writes(compose(exercise, old)) + "\n"
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed.append(path)
    return changed


def _read(path: Path, text: str) -> NotebookNode:
    try:
        return nbformat.reads(text, as_version=4)
    except (ValueError, nbformat.ValidationError):
        what = "this is no longer a notebook; restore it, or remove it and build it anew"
        raise ContentError([Fault(path, 1, what)]) from None


def compose(exercise: Exercise, old: NotebookNode | None = None) -> NotebookNode:
    """Return the notebook of an exercise; code and added cells of ``old`` are kept in place."""
    code, added = _kept(old) if old else ({}, {})
    begin = f'from workshop_kit import begin\n\n{exercise.id} = begin("{exercise.id}")'
    cells = [_prose(exercise, TITLE), code.get(TITLE) or _code(TITLE, begin)]
    cells += added.pop(TITLE, [])
    for part in exercise.parts:
        cells.append(_prose(exercise, part.id))
        if part.has_control:
            ask = f'{exercise.id}.ask("{part.id}")'
            cells.append(code.get(part.id) or _code(part.id, ask))
        cells += added.pop(part.id, [])
    for left_over in added.values():
        cells += left_over
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
            KEY: {"exercise": exercise.id, "version": exercise.version},
        },
    )


def _kept(old: NotebookNode) -> tuple[dict[str, NotebookNode], dict[str, list[NotebookNode]]]:
    """Return the code cells by their part, and what an author added by the part it follows."""
    code: dict[str, NotebookNode] = {}
    added: dict[str, list[NotebookNode]] = {}
    here = TITLE
    for cell in old.cells:
        part = _part_of(cell)
        if part is None:
            added.setdefault(here, []).append(cell)
            continue
        here = part
        if cell.cell_type == "code":
            code[part] = cell
    return code, added


def _part_of(cell: NotebookNode) -> str | None:
    return cell.metadata.get(KEY, {}).get("part")


def prose(exercise: Exercise, part_id: str, language: str | None = None) -> str | None:
    """Return the words of one prose cell as Markdown, or ``None`` where there is no such part.

    Parameters
    ----------
    exercise
        The words of the exercise, in the language that is asked for.
    part_id
        A part's id, or `TITLE` for the cell before all of them.
    language
        What the shared words are in.

    Examples
    --------
    >>> from workshop_kit.exercises import load_exercise
    >>> prose(load_exercise("arriving"), TITLE).splitlines()[0]
    '# Arriving'
    """
    if part_id == TITLE:
        return _title(exercise, load_wording(language))
    parts = {part.id: part for part in exercise.parts}
    return _words(parts[part_id], load_wording(language)) if part_id in parts else None


def _title(exercise: Exercise, wording: Wording) -> str:
    words = wording.page
    has_door = any(part.kind == "door" for part in exercise.parts)
    said = words["minutes_or_two" if has_door else "minutes"]
    minutes = words["minute"] if exercise.minutes == 1 else said.format(minutes=exercise.minutes)
    return f"# {exercise.title}\n\n*{minutes}*"


def _words(part: Any, wording: Wording) -> str:
    text = part.text.strip()
    if part.kind == "bridge" and not part.written:
        asked = wording.bridge
        return "\n".join([text, "", *(f"- {asked[ask]}" for ask in part.asks)])
    if part.kind == "bridge" and "work" in part.asks:
        return f"{text}\n\n{wording.privacy['no_identity']}"
    if part.kind not in ("example", "door"):
        return text
    said = f"*{wording.page[part.kind]}*\n\n{text}"
    return "\n".join(f"> {line}".rstrip() for line in said.splitlines())


def _prose(exercise: Exercise, part: str) -> NotebookNode:
    # A cell's id is its part's, so that rebuilding changes no more than the words.
    source = prose(exercise, part) or ""
    cell = nbformat.v4.new_markdown_cell(source, metadata={KEY: {"part": part}})
    cell.id = f"words-{part.replace('_', '-')}"
    return cell


def _code(part: str, source: str) -> NotebookNode:
    cell = nbformat.v4.new_code_cell(source, metadata={KEY: {"part": part}})
    cell.id = f"code-{part.replace('_', '-')}"
    return cell
