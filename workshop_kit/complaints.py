"""What a person is told when something they asked for cannot be done."""

from __future__ import annotations


class Complaint(Exception):  # noqa: N818
    """Something cannot be done; the message is one sentence that says why, with the cure."""
