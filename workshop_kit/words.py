"""What every text in a content file is."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

# Marks for whoever checks the voice: a quoted inner voice, and what to do when there is danger.
# They are never shown.
_MARKS = re.compile(r"</?(?:inner|urgent)>")


def _without_marks(text: str) -> str:
    return _MARKS.sub("", text)


Words = Annotated[str, Field(min_length=1), AfterValidator(_without_marks)]
