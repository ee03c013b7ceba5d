"""What a page may ask of the journal file, and what it is answered."""

from __future__ import annotations

from typing import Any

from workshop_kit.file_store import FileStore, Held
from workshop_kit.stored import read_deleted, read_lock, read_stored


class FileDesk:
    """Hands a page what is in the file, and keeps what the page hands in.

    A page asks, with these fields beside ``ask``:

    - ``open``: it is answered ``versions``, ``deleted``, ``lock``, and the ``state`` they are of;
    - ``keep`` with ``records``: it is answered which moments are ``deleted``; of these nothing
      was kept;
    - ``remove`` with ``id`` and ``at``;
    - ``replace`` with ``versions``, ``deleted`` and ``lock``; and with ``state``, as ``open``
      told it, if the file is to be left as it is where it has changed since;
    - ``erase``.

    The versions of a locked journal are sealed by the page, which alone has the key.

    Parameters
    ----------
    store
        The file.

    Attributes
    ----------
    locked
        Whether the journal was locked when this was last asked.
    """

    def __init__(self, store: FileStore | None = None):
        self.store = store or FileStore()
        self.locked = False

    def answer(self, message: object) -> dict[str, Any] | None:
        """Do what a page asks; ``None`` if it is nothing that can be asked.

        Raises
        ------
        JournalError
            With a sentence for the trainee; nothing was changed then.
        """
        match message:
            case {"ask": "open"}:
                held, state = self.store.open()
                self.locked = held.lock is not None
                return {"state": state, **_plain(held)}
            case {"ask": "keep", "records": records}:
                deleted = self.store.keep(*read_stored(records))
                return {"deleted": [str(moment) for moment in deleted]}
            case {"ask": "remove", "id": moment, "at": at}:
                [gone] = read_deleted([{"id": moment, "at": at}])
                self.store.remove(gone)
                return {}
            case {"ask": "replace", "versions": versions, "deleted": deleted, "lock": lock, **more}:
                held = Held(read_stored(versions), read_deleted(deleted), read_lock(lock))
                since = more.get("state")
                self.store.replace(held, None if since is None else str(since))
                self.locked = held.lock is not None
                return {}
            case {"ask": "erase"}:
                self.store.erase()
                self.locked = False
                return {}
        return None


def _plain(held: Held) -> dict[str, Any]:
    return {
        "versions": [version.model_dump(mode="json") for version in held.versions],
        "deleted": [moment.model_dump(mode="json") for moment in held.deleted],
        "lock": held.lock.model_dump(mode="json") if held.lock else None,
    }
