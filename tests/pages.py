"""What a test does on a page, in the words of somebody who uses it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from psutil import Process

from workshop_kit.entries import fold, read_entries

SYSTEMS = ("Threat", "Drive", "Soothing")
NOTE = "A note to myself"

_RECORDS = """async () => {
  const opened = indexedDB.open("workshop-kit");
  // Who only looks makes no database.
  opened.onupgradeneeded = () => opened.transaction.abort();
  const database = await new Promise((resolve) => {
    opened.onsuccess = () => resolve(opened.result);
    opened.onerror = () => resolve(null);
  });
  if (!database) return [];
  const records = database.transaction("versions").objectStore("versions").getAll();
  await new Promise((resolve) => { records.onsuccess = resolve; });
  database.close();
  return records.result;
}"""


def move(page: Page, name: str, steps: int) -> None:
    """Move a slider by keyboard, from where it stands, in its own steps of a half."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def write(page: Page, text: str, label: str = NOTE) -> None:
    page.get_by_label(label).fill(text)


def sizes(page: Page) -> list[float | None]:
    """Where each slider has been placed."""
    sliders = [page.get_by_role("slider", name=name, exact=True) for name in SYSTEMS]
    return [
        None
        if slider.get_attribute("aria-valuetext") == "not placed"
        else float(slider.input_value())
        for slider in sliders
    ]


def panel(page: Page) -> Locator:
    """The privacy panel, with everything in it unfolded."""
    # A browser draws a page behind another only now and then.
    page.bring_to_front()
    region = page.get_by_role("region", name="Where your words are")
    for summary in region.locator("summary").all():
        if not summary.evaluate("(node) => node.parentElement.open"):
            summary.click()
    return region


# A page may be without its kernel for less time than passes between two looks from outside.
_MARK_LOSS = """() => { const root = document.documentElement; new MutationObserver(() => {
  root.toggleAttribute("data-was-gone", root.dataset.workshopReady !== "true"
    || root.hasAttribute("data-was-gone"));
}).observe(root, { attributeFilter: ["data-workshop-ready"] }); }"""


def kill_kernel(page: Page, kernel: Process) -> None:
    """Kill the kernel of a page, and wait until the page has noticed."""
    page.evaluate(_MARK_LOSS)
    kernel.kill()
    page.wait_for_selector("html[data-was-gone]", state="attached", timeout=5000)


def fill(page: Page, *said: str) -> None:
    """Fill in what a dialog asks, field by field."""
    for field, text in zip(page.get_by_role("dialog").locator(".ws-pass").all(), said, strict=True):
        field.fill(text)


def ask(page: Page, button: str, submit: str, *said: str) -> None:
    """Press a button of the panel, fill in what it asks, and go on."""
    panel(page).get_by_role("button", name=button).click()
    fill(page, *said)
    page.get_by_role("dialog").get_by_role("button", name=submit, exact=True).click()


def keep_a_file(page: Page, button: str = "Keep a file") -> Path:
    """Have the journal handed out as a file."""
    with page.expect_download() as download:
        panel(page).get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path())


def open_file(page: Page, *, name: str = "my-journal.json", body: str | bytes) -> None:
    """Choose a file for *Open my file*."""
    raw = body.encode() if isinstance(body, str) else body
    chosen = {"name": name, "mimeType": "application/json", "buffer": raw}
    panel(page).get_by_label("Open my file").set_input_files(chosen)


def records(page: Page) -> list[dict]:
    """The versions in the browser's own storage."""
    return page.evaluate(_RECORDS)


def finger(page: Page) -> Callable[..., None]:
    """Touch the screen as a finger does, with what it does on the way."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    return send


def scroll_past(page: Page, x: float, y: float) -> None:
    """Scroll the page with a finger that comes down at a point."""
    before = page.evaluate("scrollY")
    touch = finger(page)
    touch("touchStart", (x, y))
    for step in range(1, 16):
        touch("touchMove", (x, y - 12 * step))
    touch("touchEnd")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") != before, "the page scrolled"


def latest(versions: list[dict]) -> list[dict]:
    """Each moment once, as a page shows it."""
    entries = fold(read_entries(versions))
    return [entry.model_dump(mode="json") for entry in entries]


def wait_until_kept(page: Page, value: str | float, *, within: float = 5.0) -> None:
    """Wait until a text or a size is in the browser's storage; seconds."""
    wait_for(page, lambda: any(value in values(one) for one in records(page)), within=within)


def until(test: Callable[[], bool], within: float = 15) -> None:
    """Wait for what no page tells, such as the state of a file."""
    deadline = time.monotonic() + within
    while not test():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def wait_for(page: Page, test: Callable[[], object], *, within: float = 10.0) -> None:
    """Wait for what a page has done or sent; its messages are heard only while one waits on it."""
    deadline = time.monotonic() + within
    while not test():
        assert time.monotonic() < deadline, f"not so within {within} s"
        page.wait_for_timeout(20)


def wait_until(page: Page, test: str, *, within: float = 10.0) -> None:
    """Wait until a version in the browser's storage passes ``test``, a function of JavaScript."""
    asked = f"async () => (await ({_RECORDS})()).some({test})"
    wait_for(page, lambda: page.evaluate(asked), within=within)


def values(record: dict) -> list[str | float]:
    sizes = record["answers"].get("systems") or {}
    placed = list(sizes.values()) if isinstance(sizes, dict) else [sizes]
    return [*record["words"].values(), *placed]


def expect_note(page: Page, text: str, label: str = NOTE) -> None:
    expect(page.get_by_label(label)).to_have_value(text)
