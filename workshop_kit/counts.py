"""Counts and ranges of what stands in the tables; nothing is averaged, fitted or compared.

Each function takes one of the tables of `workshop_kit.tables` and returns a smaller one.
"""

from __future__ import annotations

import pandas as pd

from workshop_kit.systems import SYSTEMS
from workshop_kit.tables import FLOWS, SEVERAL, Tables

LARGEST = (*SYSTEMS, SEVERAL)


def counts(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return every count by name.

    Examples
    --------
    >>> from workshop_kit.tables import tables
    >>> list(counts(tables([], [])))
    ['sizes_by_setting', 'largest_by_setting', 'landed', 'people', 'owners']
    """
    return {
        "sizes_by_setting": sizes_by_setting(tables.activation),
        "largest_by_setting": largest_by_setting(tables.activation),
        "landed": landed(tables.acts),
        "people": people(tables.flows),
        "owners": owners(tables.weights),
    }


def sizes_by_setting(activation: pd.DataFrame) -> pd.DataFrame:
    """Say how often each system was placed in each setting, and from where to where.

    Returns
    -------
    pandas.DataFrame
        One row a setting and system that have a size: ``setting`` (id, or missing), ``system``,
        ``count``, ``least`` and ``most`` (0 to 10). Settings by id, those without one last.
    """
    sizes = activation.melt(["setting"], list(SYSTEMS), "system", "size").dropna(subset=["size"])
    sizes["system"] = pd.Categorical(sizes["system"], SYSTEMS, ordered=True)
    grouped = sizes.groupby(["setting", "system"], dropna=False, observed=True)["size"]
    table = grouped.agg(count="count", least="min", most="max").reset_index()
    return table.astype({"system": "str", "count": "int64"})


def largest_by_setting(activation: pd.DataFrame) -> pd.DataFrame:
    """Count in how many moments of each setting each system was the largest circle.

    Returns
    -------
    pandas.DataFrame
        One row a setting: ``setting`` (id, or missing), ``threat``, ``drive``, ``soothing``,
        ``several`` (two or three shared the largest) and ``count``, the sum of these. Settings by
        id, those without one last.
    """
    known = activation.dropna(subset=["largest"])
    found = pd.DataFrame({name: known["largest"] == name for name in LARGEST}, dtype="int64")
    table = found.groupby(known["setting"], dropna=False).sum().reset_index()
    return table.assign(count=table[list(LARGEST)].sum(axis=1))


def landed(acts: pd.DataFrame) -> pd.DataFrame:
    """Count how often each word was chosen for how care landed.

    Returns
    -------
    pandas.DataFrame
        One row a word that was chosen: ``landed`` (id) and ``count``.
    """
    return _counted(acts, ["landed"])


def same_acts(acts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of acts that were put in two or more different places."""
    return acts[(acts["places"] > 1) & acts[SYSTEMS[0]].notna()].reset_index(drop=True)


def people(flows: pd.DataFrame) -> pd.DataFrame:
    """Count the taps for each person or place.

    Returns
    -------
    pandas.DataFrame
        One row a person or place: ``person`` (id), ``out``, ``offered``, ``let_in``,
        ``turned_away``, and ``count``, the moments in which any of these was tapped.
    """
    taps = flows[["person", *FLOWS]].assign(count=1).astype(dict.fromkeys(FLOWS, "int64"))
    return taps.groupby("person").sum().reset_index()


def owners(weights: pd.DataFrame) -> pd.DataFrame:
    """Count the weights by whose they are.

    Returns
    -------
    pandas.DataFrame
        One row an owner: ``exercise``, ``owner`` (id) and ``count``.
    """
    return _counted(weights, ["exercise", "owner"])


def _counted(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.groupby(columns).size().rename("count").reset_index()
