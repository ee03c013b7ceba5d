"""Threat, drive and soothing: their ids and the order in which they are always named.

Paul Gilbert's three emotion-regulation systems (Gilbert, 2009, *The Compassionate Mind*), which
this workshop calls motivational systems. What they are called on a page is in
``content/<language>/shared.yaml``.
"""

from __future__ import annotations

from typing import Literal, get_args

System = Literal["threat", "drive", "soothing"]
SYSTEMS: tuple[System, ...] = get_args(System)

# Answers that stand in place of sizes. None of them means "zero".
Instead = Literal["numb", "something_else", "cant_tell"]
INSTEAD: tuple[Instead, ...] = get_args(Instead)

LEAST, MOST = 0, 10
