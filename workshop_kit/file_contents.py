"""A whole journal at once, out of the file on this computer or one that was kept, locked or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workshop_kit.entries import Entry, JournalError
from workshop_kit.file_store import FileStore, Held
from workshop_kit.journal_file import MOST_BYTES, Contents, read_journal
from workshop_kit.lock import Lock, open_entry, open_locked, read_locked, seal_entry
from workshop_kit.passphrases import Passphrases
from workshop_kit.stored import Sealed, Stored


@dataclass(frozen=True)
class Opened:
    """A journal file and what is in it.

    Attributes
    ----------
    contents
        Everything, unsealed.
    held, state
        The same as it is stored, and the mark of that state.
    key
        The key of a locked journal, or ``None``.
    """

    contents: Contents
    held: Held
    state: str
    key: bytes | None = None

    @property
    def lock(self) -> Lock | None:
        """How the journal is locked."""
        return self.held.lock


def open_file(store: FileStore, passphrases: Passphrases) -> Opened:
    """Open the journal file, and its lock if it has one.

    Raises
    ------
    JournalError
        If it cannot be read, or no passphrase opens it.
    """
    held, state = store.open()
    key = passphrases.open(held.lock, "your journal") if held.lock else None
    entries = tuple(_unsealed(version, key) for version in held.versions)
    return Opened(Contents(entries, held.deleted), held, state, key)


def replace_file(
    store: FileStore,
    opened: Opened,
    contents: Contents,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> None:
    """Put other contents into the file that was opened, under the same lock.

    Raises
    ------
    JournalError
        If it cannot be written, or was changed since; nothing was changed then.
    """
    versions = tuple(_stored(contents, opened, progress))
    store.replace(Held(versions, contents.deleted, opened.lock), opened.state)


def read_kept(path: Path, passphrases: Passphrases) -> Contents:
    """Read a journal that was kept as a file.

    Raises
    ------
    JournalError
        If it is no such file, or no passphrase opens it.
    """
    try:
        with path.open("rb") as file:
            # One more than there may be, to see that it is too large without reading all of it.
            source = file.read(MOST_BYTES + 1)
    except OSError:
        raise JournalError(
            f"{path} cannot be read; check how it is spelt, and that you may open it"
        ) from None
    try:
        return read_journal(source)
    except JournalError as error:
        if error.reason != "locked":
            raise
    locked = read_locked(source)
    return open_locked(passphrases.open(locked.lock, "the file"), locked)


def _unsealed(version: Stored, key: bytes | None) -> Entry:
    return open_entry(key or b"", version) if isinstance(version, Sealed) else version


def _stored(
    contents: Contents, opened: Opened, progress: Callable[[int, int], None]
) -> Iterator[Stored]:
    """Yield each version as it is to be stored; what was sealed already stays as it was."""
    before = {
        entry.version: (entry, version)
        for entry, version in zip(opened.contents.entries, opened.held.versions, strict=True)
    }
    for done, entry in enumerate(contents.entries, 1):
        was, version = before.get(entry.version, (None, None))
        if version is not None and was == entry:
            yield version
        else:
            yield seal_entry(opened.key, entry) if opened.key else entry
        progress(done, len(contents.entries))
