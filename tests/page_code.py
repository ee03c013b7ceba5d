"""The page's own JavaScript, run in a blank page of a real browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence

from playwright.sync_api import Page

from workshop_kit.widgets.files import script

# Plain http at a name is no secure context: no crypto.subtle, as in a room.
ROOM = "http://room.test/"
PARTS = ("noble", "entries", "history", "journal_file", "journal_csv", "lock")
# Bytes and lone halves of emoji pass the browser's driver only as ASCII.
SETUP = """() => {
  %s
  const ofBytes = (bytes) => Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
  globalThis.call = async (code, cases) => {
    const run = eval(code), told = [];
    for (const given of JSON.parse(cases)) {
      try {
        told.push({ value: await run(...given) });
      } catch (error) {
        if (!error.reason) throw error;
        told.push({ refused: error.reason, field: error.field, place: error.place });
      }
    }
    return JSON.stringify(told);
  };
}"""


class PageCode:
    """Calls functions of the page, many at once."""

    def __init__(self, page: Page):
        self.page = page
        page.route(ROOM, lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(ROOM)
        assert page.evaluate("!isSecureContext && !crypto.subtle")
        page.evaluate(SETUP % script(*PARTS))

    def call(self, code: str, cases: Iterable[Sequence[object]]) -> list[dict]:
        """Say for each case what ``code``, a function, returned or why it refused."""
        told = self.page.evaluate(
            "([code, cases]) => call(code, cases)", [code, json.dumps(list(cases))]
        )
        return json.loads(told)

    def read(self, documents: Iterable[str | bytes]) -> list[dict]:
        """Say for each document what it holds or why it is refused."""
        cases = [
            (None, base64.b64encode(one).decode()) if isinstance(one, bytes) else (one, None)
            for one in documents
        ]
        return self.call(
            "(text, bytes) => readJournal(bytes === null ? text : textOf(ofBytes(bytes)))", cases
        )

    def open_locked(self, key: str, documents: Iterable[bytes]) -> list[dict]:
        """Say for each locked document what the key opens or why it is refused."""
        return self.call(
            """(key, bytes) => openLocked(fromBase64(key), readLocked(textOf(ofBytes(bytes))))""",
            [(key, base64.b64encode(one).decode()) for one in documents],
        )
