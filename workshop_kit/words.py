"""What every text in a content file is, and where the content files are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

CONTENT = Path(__file__).parent / "content"

# Marks for whoever checks the voice: a quoted inner voice, and what to do when there is danger.
# They are never shown.
_MARKS = re.compile(r"</?(?:inner|urgent)>")


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text)


def languages() -> tuple[str, ...]:
    """Name the languages that the words are there in, English first.

    Examples
    --------
    >>> "en" in languages()
    True
    """
    found = {file.parent.name for file in CONTENT.glob("*/shared.yaml")}
    return tuple(sorted(found, key=lambda code: (code != "en", code)))


Words = Annotated[str, Field(min_length=1), AfterValidator(_without_marks)]
