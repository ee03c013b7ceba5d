"""What stands on a worksheet beside the words of its exercise."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from workshop_kit import shelf, yaml_files
from workshop_kit.words import Words


class WorksheetWords(BaseModel):
    """Everything in ``worksheets.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    subtitle: Words
    yours: Words
    leave: Words
    turn: Words
    tick: Words
    circles: Words
    circles_label: Words
    acts: Words
    triangle_label: Words
    plane: Words
    plane_label: Words
    day: Words
    day_label: Words
    loop: Words
    sort: Words
    flows: Words
    source: Words


@shelf.kept
def load_worksheets(language: str | None = None) -> WorksheetWords:
    """Load what worksheets say; raises ``ContentError`` for a file with a fault.

    Examples
    --------
    >>> load_worksheets().subtitle
    'A worksheet'
    """
    return yaml_files.read(shelf.layers("worksheets.yaml", language), WorksheetWords)
