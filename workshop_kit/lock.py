"""The passphrase: a random key seals the journal, and the passphrase seals that key.

So another passphrase is another lock, and the journal stays as it is. The page has a twin of this
module, ``widgets/parts/lock.js``. The cryptography is that of the package ``cryptography``.
"""

from __future__ import annotations

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from typing import Annotated, Any, Literal, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from workshop_kit.entries import A_NUMBER, Entry, Id, JournalError
from workshop_kit.journal_file import (
    HEAD,
    Contents,
    as_text,
    damaged,
    parsed,
    read_journal,
    read_json,
    write_journal,
)

KEY_BYTES, NONCE_BYTES, TAG_BYTES, SALT_BYTES = 32, 12, 16, 16
_FROZEN = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _holding(least: int, most: int | None = None) -> AfterValidator:
    """Take text that holds so many bytes, in the one way to write them."""

    def check(text: str) -> str:
        data = b64decode(text, validate=True)
        if b64encode(data).decode() != text or not least <= len(data) <= (most or len(data)):
            raise ValueError("not such bytes in base64")
        return text

    return AfterValidator(check)


def _spelt(pattern: str) -> Any:
    return Field(json_schema_extra={"pattern": pattern})


_SEALED_KEY = NONCE_BYTES + KEY_BYTES + TAG_BYTES
_LETTER = "[A-Za-z0-9+/]"
Salt = Annotated[str, _holding(SALT_BYTES, SALT_BYTES), _spelt(f"^{_LETTER}{{21}}[AQgw]==$")]
SealedKey = Annotated[str, _holding(_SEALED_KEY, _SEALED_KEY), _spelt(f"^{_LETTER}{{80}}$")]
SealedData = Annotated[
    str, _holding(NONCE_BYTES + TAG_BYTES), _spelt(f"^{_LETTER}{{38,}}={{0,2}}$")
]
POWERS = (2**14, 2**15, 2**16, 2**17)


def _one_of_these(n: int) -> int:
    if n not in POWERS:
        raise ValueError("not a power of two within bounds")
    return n


class Kdf(BaseModel):
    """How a passphrase becomes a key: scrypt (Percival and Josefsson 2016, RFC 7914).

    Bounded, so that a file that was made to hurt costs no more than another.
    """

    model_config = _FROZEN
    name: Literal["scrypt"]
    n: Annotated[
        int, AfterValidator(_one_of_these), Field(json_schema_extra={"enum": [*POWERS]}), A_NUMBER
    ]
    r: Annotated[int, Field(ge=8, le=8), A_NUMBER]
    p: Annotated[int, Field(ge=1, le=4), A_NUMBER]
    salt: Salt


class Lock(BaseModel):
    """The key of a journal, sealed by a passphrase."""

    model_config = _FROZEN
    kdf: Kdf
    cipher: Literal["chacha20-poly1305"]
    key: SealedKey


class Locked(Lock):
    """A whole journal, sealed, with its lock."""

    data: SealedData

    @property
    def lock(self) -> Lock:
        """The lock alone."""
        return Lock(kdf=self.kdf, cipher=self.cipher, key=self.key)


class LockedDocument(BaseModel):
    """The locked document as it stands in a file."""

    model_config = _FROZEN
    format: Literal["workshop-kit/journal"]
    version: Literal[1]
    locked: Locked


class Sealed(BaseModel):
    """One version as a locked journal stores it: its ids, and the rest sealed."""

    model_config = _FROZEN
    version: Id
    id: Id
    sealed: SealedData


def make_lock(passphrase: str) -> tuple[Lock, bytes]:
    """Make a key, and a lock that the passphrase opens.

    Raises
    ------
    JournalError
        If the passphrase is empty.
    """
    key = os.urandom(KEY_BYTES)
    return relock(key, passphrase), key


def relock(key: bytes, passphrase: str) -> Lock:
    """Seal a journal's key with another passphrase; what the key sealed stays as it is.

    Raises
    ------
    JournalError
        If the passphrase is empty.
    """
    if not passphrase:
        raise JournalError("A passphrase cannot be empty; please write one.", "empty")
    salt = b64encode(os.urandom(SALT_BYTES)).decode()
    kdf = Kdf(name="scrypt", n=2**15, r=8, p=3, salt=salt)
    sealed = _seal(_derive(passphrase, kdf), key, "workshop-kit/key")
    return Lock(kdf=kdf, cipher="chacha20-poly1305", key=sealed)


def open_lock(lock: Lock, passphrase: str) -> bytes:
    """Return the key of a journal.

    Raises
    ------
    JournalError
        If the passphrase is another, or the lock was damaged.
    """
    key = _unseal(_derive(passphrase, lock.kdf), lock.key, "workshop-kit/key")
    if key is None:
        raise JournalError(
            "This passphrase does not open the journal. Nothing was changed; please try again.",
            "passphrase",
        )
    return key


def seal_entry(key: bytes, entry: Entry) -> Sealed:
    """Seal one version for a locked journal to store."""
    record = json.dumps(entry.model_dump(mode="json")).encode()
    return Sealed(version=entry.version, id=entry.id, sealed=_seal(key, record, _about(entry)))


def open_entry(key: bytes, stored: Sealed) -> Entry:
    """Open one version of a locked journal.

    Raises
    ------
    JournalError
        If it was sealed by another key or for another version, or was damaged.
    """
    record = _unseal(key, stored.sealed, _about(stored))
    try:
        entry = Entry.model_validate(parsed((record or b"").decode()))
    except (ValueError, JournalError):
        _damaged_seal()
    if (entry.version, entry.id) != (stored.version, stored.id):
        _damaged_seal()
    return entry


def seal_journal(lock: Lock, key: bytes, contents: Contents) -> str:
    """Write a journal as one locked JSON document."""
    data = _seal(key, write_journal(contents).encode(), "workshop-kit/journal")
    return as_text({**HEAD, "locked": {**lock.model_dump(), "data": data}})


def read_locked(source: str | bytes) -> Locked:
    """Read a locked JSON document as far as that goes without its passphrase.

    Useful where the key may be at hand already, since the lock is the journal's own.

    Raises
    ------
    JournalError
        For anything that is not such a document, or is a newer one.
    """
    try:
        return LockedDocument.model_validate(read_json(source)).locked
    except ValidationError:
        damaged("its lock")


def open_locked(key: bytes, locked: Locked) -> Contents:
    """Open a locked journal with its key.

    Raises
    ------
    JournalError
        If it was sealed by another key, or was damaged.
    """
    document = _unseal(key, locked.data, "workshop-kit/journal")
    try:
        return read_journal(document or b"")
    except JournalError:
        _damaged_seal()


def open_journal(source: str | bytes, passphrase: str) -> Contents:
    """Read a locked JSON document; the inverse of `seal_journal`.

    Raises
    ------
    JournalError
        For anything that is not such a document, or if the passphrase is another.

    Examples
    --------
    >>> lock, key = make_lock("two herons, one pond")
    >>> open_journal(seal_journal(lock, key, Contents()), "two herons, one pond")
    Contents(entries=(), deleted=())
    """
    locked = read_locked(source)
    return open_locked(open_lock(locked, passphrase), locked)


def _derive(passphrase: str, kdf: Kdf) -> bytes:
    # Half of an emoji is no UTF-8; the page's encoder puts a mark in its place, and so do we.
    whole = passphrase.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    scrypt = Scrypt(salt=b64decode(kdf.salt), length=KEY_BYTES, n=kdf.n, r=kdf.r, p=kdf.p)
    return scrypt.derive(unicodedata.normalize("NFKC", whole).encode())


def _seal(key: bytes, data: bytes, about: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = ChaCha20Poly1305(key).encrypt(nonce, data, about.encode())
    return b64encode(nonce + sealed).decode()


def _about(version: Entry | Sealed) -> str:
    """Say which version it is, so that its seal fits no other."""
    return f"workshop-kit/version:{version.id}:{version.version}"


def _unseal(key: bytes, text: str, about: str) -> bytes | None:
    """Return what was sealed, or ``None`` where any of the three is another."""
    data = b64decode(text)
    try:
        return ChaCha20Poly1305(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], about.encode())
    except InvalidTag:
        return None


def _damaged_seal() -> NoReturn:
    damaged("its seal is broken")
