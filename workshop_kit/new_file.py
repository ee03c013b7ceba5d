"""A file that a command writes: only its owner can read it, and it replaces none unasked."""

from __future__ import annotations

import os
from pathlib import Path

from workshop_kit.complaints import Complaint


def check_new(path: Path, *, force: bool = False) -> None:
    """Raise a `Complaint` for a file that is there already, before anything else is asked."""
    if path.exists() and not force:
        raise _there(path)


def write_new(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write a file that only this account can read.

    Parameters
    ----------
    path
        Where.
    content
        What it is to hold; a text is written as UTF-8.
    force
        Whether to put it in the place of a file that is there, once it is whole.

    Raises
    ------
    Complaint
        If there is such a file already, or it cannot be written; nothing was changed then.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    # Over another only as a whole, so that a disk that fills up leaves what was there before.
    target = path.with_name(f".{path.name}.{os.getpid()}") if force else path
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            if force:
                target.replace(path)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    except FileExistsError:
        raise _there(path) from None
    except OSError:
        raise Complaint(
            f"{path} cannot be written; choose a folder that is there, is yours and has room"
        ) from None


def _there(path: Path) -> Complaint:
    return Complaint(
        f"{path} is there already and has been left as it is; "
        "choose another name, or give --force to write over it"
    )
