"""``workshop-kit journal``: show, export, import and erase the file on this computer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workshop_kit.entries import JournalError

if TYPE_CHECKING:
    from workshop_kit.file_store import FileStore
    from workshop_kit.journal_database import FileFault
    from workshop_kit.journal_file import Contents
    from workshop_kit.passphrases import Passphrases

Options = argparse.Namespace

_TRIES = 3  # to bring a file in while pages write
_WORD = "erase"
_SQLITE = b"SQLite format 3\0"
_FAULTS = {
    "locked": "another program is writing to {path}; nothing was changed; try again in a moment",
    "full": "the disk of {path} is full; nothing was changed; make some room and try again",
    "damaged": (
        "{path} is damaged and could not be read; it has been left as it is; "
        "move it aside, then import a file that you kept"
    ),
    "unwritable": (
        "{path} cannot be used; nothing was changed; "
        "see that it is a file, and that this account may write to its folder"
    ),
}


def add_to(commands: argparse._SubParsersAction) -> None:
    """Add the commands to those of the command line."""
    journal = commands.add_parser("journal", help="the journal in the file on this computer")
    verbs = journal.add_subparsers(required=True, metavar="VERB", title="verbs")

    show = verbs.add_parser("show", help="print what was kept, moment by moment")
    export = verbs.add_parser("export", help="write the journal to a file")
    export.add_argument("file", type=Path, metavar="FILE")
    kind = export.add_mutually_exclusive_group()
    kind.add_argument("--csv", action="store_true", help="as a table, which cannot be brought in")
    kind.add_argument("--locked", action="store_true", help="locked with a passphrase")
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    bring = verbs.add_parser("import", help="bring in a file that was kept; what is here stays")
    bring.add_argument("file", type=Path, metavar="FILE")
    erase = verbs.add_parser("erase", help="erase everything in the journal, and its file")
    erase.add_argument("--yes", action="store_true", help="do not ask once more")

    for verb, run in ((show, _show), (export, _export), (bring, _import), (erase, _erase)):
        verb.set_defaults(run=_in_a_sentence(run))
    for verb in (show, export, bring):
        verb.add_argument(
            "--passphrase-file",
            metavar="FILE",
            help="read passphrases from here, one a line; - for standard input",
        )


def _in_a_sentence(run: Callable[[Options, FileStore], int]) -> Callable[[Options], int]:
    """Let a command speak of the file in its own sentences, not in those of a page."""

    def guarded(options: Options) -> int:
        from workshop_kit.file_store import FileStore
        from workshop_kit.journal_database import FileFault

        store = FileStore()
        try:
            return run(options, store)
        except FileFault as fault:
            raise for_a_terminal(fault, store.path) from None
        except KeyboardInterrupt:
            sys.stderr.write("\nworkshop-kit: stopped\n")
            return 130

    return guarded


def for_a_terminal(fault: FileFault, path: Path) -> JournalError:
    """Say what is wrong with a journal file to somebody who has no page before them."""
    return JournalError(_FAULTS.get(fault.kind, str(fault)).format(path=path))


def contents_of(journal: Path | None, passphrases: Passphrases) -> Contents:
    """Read a file that was kept, or the journal on this computer.

    Parameters
    ----------
    journal
        The file, of either kind; ``None`` for the journal on this computer.
    passphrases
        What opens it if it is locked.

    Raises
    ------
    JournalError
        If it cannot be read, is no journal, or no passphrase opens it.
    """
    from workshop_kit.file_contents import open_file, read_kept
    from workshop_kit.file_store import FileStore
    from workshop_kit.journal_database import FileFault

    if journal is not None and not _is_database(journal):
        return read_kept(journal, passphrases)
    store = FileStore(journal)
    try:
        return open_file(store, passphrases).contents
    except FileFault as fault:
        raise for_a_terminal(fault, store.path) from None


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _show(options: Options, store: FileStore) -> int:
    from workshop_kit.entries import fold
    from workshop_kit.file_contents import open_file
    from workshop_kit.telling import tell_entry

    opened = open_file(store, _passphrases(options))
    told = [text for entry in fold(opened.contents.entries) if (text := tell_entry(entry))]
    _say("\n".join(told) or f"no moments are kept in {store.path}\n")
    return 0


def _export(options: Options, store: FileStore) -> int:
    from workshop_kit.file_contents import open_file
    from workshop_kit.journal_csv import to_csv
    from workshop_kit.journal_file import write_journal
    from workshop_kit.lock import make_lock, seal_journal
    from workshop_kit.new_file import check_new, write_new

    check_new(options.file, force=options.force)
    passphrases = _passphrases(options)
    opened = open_file(store, passphrases)
    if options.csv:
        text = to_csv(opened.contents.entries)
    elif options.locked:
        held = (opened.lock, opened.key) if opened.lock and opened.key else None
        lock, key = held or make_lock(passphrases.new())
        text = seal_journal(lock, key, opened.contents)
    else:
        text = write_journal(opened.contents)
    write_new(options.file, text, force=options.force)
    plain = "" if options.locked else "; it is plain text, so keep it where you would keep a diary"
    _say(f"{_count(_moments(opened.contents))} in {options.file}{plain}\n")
    return 0


def _import(options: Options, store: FileStore) -> int:
    from workshop_kit.file_contents import open_file, read_kept, replace_file
    from workshop_kit.journal_file import join
    from workshop_kit.progress import Progress

    passphrases = _passphrases(options)
    theirs = read_kept(options.file, passphrases)
    for left in reversed(range(_TRIES)):
        opened = open_file(store, passphrases)
        joined = join(opened.contents, theirs)
        progress = Progress("bringing in")
        try:
            if joined != opened.contents:
                replace_file(store, opened, joined, progress)
            break
        except JournalError as error:
            # A page wrote meanwhile.
            if error.reason != "outdated" or not left:
                raise
        finally:
            progress.end()
    _say(_what_came(opened.contents, theirs, joined))
    return 0


def _erase(options: Options, store: FileStore) -> int:
    _say(f"this erases everything in {store.path}, for good\n")
    if not options.yes:
        _say(f"to go on, type {_WORD}: ")
        if sys.stdin.readline().strip() != _WORD:
            raise JournalError("nothing was erased")
    store.erase()
    _say(
        "everything is erased; files that you exported and pages that are open still hold what "
        "they hold, and disks may keep deleted blocks for a while\n"
    )
    return 0


def _passphrases(options: Options) -> Passphrases:
    from workshop_kit.passphrases import Passphrases

    return Passphrases(options.passphrase_file)


def _what_came(mine: Contents, theirs: Contents, joined: Contents) -> str:
    here, in_file, after = map(_moments, (mine, theirs, joined))
    told = [f"{_count((in_file & after) - here)} new, {_count(in_file & here & after)} here before"]
    if in_file - after:
        told.append(f"{_count(in_file - after)} deleted here before, and so left out")
    if here - after:
        told.append(f"{_count(here - after)} deleted in the file, and so deleted here too")
    return "; ".join(told) + "\n"


def _moments(contents: Contents) -> set[object]:
    return {entry.id for entry in contents.entries}


def _count(moments: set[object]) -> str:
    return "1 moment" if len(moments) == 1 else f"{len(moments)} moments"


def _say(text: str) -> None:
    # What a terminal of today cannot show is no reason to say nothing.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()
