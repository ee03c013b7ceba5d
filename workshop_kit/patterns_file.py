"""The tables of a journal as text for a script: one JSON document, or a CSV file for each.

``docs/patterns.md`` describes both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

HEAD = {"format": "workshop-kit/patterns", "version": 1}


def to_json(tables: Mapping[str, pd.DataFrame]) -> str:
    """Write tables as one JSON document, each a list of rows.

    Parameters
    ----------
    tables
        By name, such as `workshop_kit.tables.Tables.named` and `workshop_kit.counts.counts` give
        them.

    Returns
    -------
    str
        What is missing is ``null``, a time is local and without a zone.

    Examples
    --------
    >>> to_json({"owners": pd.DataFrame({"owner": ["mine"], "count": [2]})})
    '{"format":"workshop-kit/patterns","version":1,"owners":[{"owner":"mine","count":2}]}'
    """
    named = [f"{json.dumps(name)}:{_rows(table)}" for name, table in tables.items()]
    return "{" + ",".join([json.dumps(HEAD, separators=(",", ":"))[1:-1], *named]) + "}"


def _rows(table: pd.DataFrame) -> str:
    return table.to_json(orient="records", date_format="iso", date_unit="ms", double_precision=15)


def to_csv(table: pd.DataFrame) -> str:
    r"""Write one table as comma-separated values with a header (RFC 4180).

    Parameters
    ----------
    table
        One of those tables.

    Returns
    -------
    str
        What is missing is empty, a time is local and without a zone.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"owner": ["mine", None], "count": [2, 1]}))
    'owner,count\r\nmine,2\r\n,1\r\n'
    """
    written = table.copy()
    if "time" in written:
        written["time"] = np.datetime_as_string(table["time"].to_numpy(), unit="ms")
    return written.to_csv(index=False, lineterminator="\r\n")
