"""A journal as a table for a spreadsheet: one row an answer.

Useful beside the portable document, which alone holds everything. The page has a twin of this
module, ``widgets/parts/journal_csv.js``. The columns are described in ``docs/journal.md``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from workshop_kit.entries import Answer, Entry, fold, written_time

COLUMNS = (
    *("moment", "exercise", "content", "begun", "setting"),
    *("question", "part", "kind", "value", "changed"),
)
# What a spreadsheet would take for a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_HALF_AN_EMOJI = re.compile("[\ud800-\udfff]")


def to_csv(versions: Iterable[Entry]) -> str:
    """Write the moments of a journal, as they are shown, as a table.

    Parameters
    ----------
    versions
        Versions in any order.

    Returns
    -------
    str
        Comma-separated values with a header (RFC 4180), after a byte order mark, by which
        spreadsheets know UTF-8.

    Examples
    --------
    >>> to_csv([]).strip()[1:]
    'moment,exercise,content,begun,setting,question,part,kind,value,changed'
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for entry in fold(versions):
        begun = entry.local.isoformat(timespec="milliseconds")
        moment = (entry.id, entry.exercise, entry.content, begun, entry.setting or "")
        for field, row in _rows(entry):
            table.writerow((*moment, *row, written_time(entry.times[field])))
    return "\ufeff" + text.getvalue()


def _rows(entry: Entry) -> Iterator[tuple[str, tuple[str, str, str, str]]]:
    """Yield every answer of a moment: its field; question, part, kind and value."""
    if entry.setting is not None:
        yield "setting", ("setting", "", "choice", entry.setting)
    for question, answer in entry.answers.items():
        parts = answer if isinstance(answer, dict) else {"": answer}
        for part, value in parts.items():
            if value is not None:
                yield f"answers.{question}", (question, part, *_kind_and_value(value))
    for question, text in entry.words.items():
        if text:
            yield f"words.{question}", (question, "", "words", _plain(text))


def _kind_and_value(value: Answer) -> tuple[str, str]:
    return ("number", _digits(value)) if isinstance(value, float) else ("choice", str(value))


def _digits(number: float) -> str:
    """Write a number as the page's JavaScript does."""
    if number.is_integer():
        return str(int(number))
    if abs(number) >= 1e-6:
        return format(Decimal(repr(number)), "f")
    return repr(number).replace("e-0", "e-")


def _plain(text: str) -> str:
    whole = _HALF_AN_EMOJI.sub("\ufffd", text)
    return f"'{whole}" if _FORMULA.match(whole) else whole
