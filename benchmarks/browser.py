"""One visitor with a real Chromium: a page's start, what is sent, and how its picture follows."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.frameworks import Framework, Served
from benchmarks.processes import cpu_seconds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No name is looked up: a page that asks another host for something goes without at once.
QUIET = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
WITHIN = 120_000  # ms for a page to come alive
FOLLOWS_WITHIN = 20_000  # ms
MOVES = 5

# A component may keep what it shows in a tree of its own, which a selector does not look into.
_EVERYTHING = """const all = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
    [node, ...(node.shadowRoot ? all(node.shadowRoot) : [])]);"""
_SHAPES = f"""([selector, attribute]) => {{
  {_EVERYTHING}
  const find = () => all(document).filter((node) => node.matches(selector))
    .map((node) => node.getAttribute(attribute)).join("|");
  let before = find(), began = null;
  window.followed = [];
  addEventListener("keydown", () => {{ before = find(); began = performance.now(); }}, true);
  const look = () => {{
    if (began !== null && find() !== before) {{
      window.followed.push(performance.now() - began);
      began = null;
    }}
    requestAnimationFrame(look);
  }};
  requestAnimationFrame(look);
}}"""
# Words that can be read: not behind a spinner, nor still to be faded in.
_WORDS = f"""{_EVERYTHING}
const look = () => {{
  const seen = all(document).some((node) => node.matches("h1") && node.textContent.trim()
    && node.checkVisibility({{ opacityProperty: true, visibilityProperty: true }}));
  if (seen) document.documentElement.dataset.words = performance.now();
  else requestAnimationFrame(look);
}};
requestAnimationFrame(look);"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the Chromium of this machine, or Playwright's own."""
    with sync_playwright() as playwright:
        named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
        path = next((found for found in named if found), None)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class _Sent:
    """Counts what a page is sent, as it was on the wire."""

    def __init__(self, page: Page):
        self.http = self.socket = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)

    def _finished(self, event: dict) -> None:
        self.http += event["encodedDataLength"]

    def _framed(self, event: dict) -> None:
        frame = event["response"]
        # What is not text is told in base64.
        share = 1 if frame["opcode"] == 1 else 0.75
        self.socket += round(share * len(frame["payloadData"]))


def look(browser: Browser, framework: Framework, served: Served, joins: int) -> dict[str, float]:
    """Open the page so often in a browser that has nothing of it, and once in one that has.

    Returns
    -------
    dict
        Medians: ``join``, ``words`` and ``cpu per browser join`` in seconds, ``cold bytes`` and
        ``warm bytes`` on the wire with the socket's, and ``picture follows`` in ms.
    """
    cold = [_join(browser, framework, served) for _ in range(joins)]
    measured = {name: statistics.median(one[name] for one in cold) for name in cold[0]}
    measured["words"] = statistics.median(_words(browser, framework, served) for _ in cold)
    context = browser.new_context()
    _open(context, framework, served)[0].close()
    page, sent, _ = _open(context, framework, served)
    page.wait_for_timeout(500)
    measured["warm bytes"] = sent.http + sent.socket
    # Where no picture follows in time there is no figure to tell.
    with suppress(PlaywrightTimeout):
        measured["picture follows"] = _follow(page, framework)
    context.close()
    return measured


def _join(browser: Browser, framework: Framework, served: Served) -> dict[str, float]:
    cpu = cpu_seconds(served.pid)
    context = browser.new_context()
    page, sent, seconds = _open(context, framework, served)
    page.wait_for_timeout(1000)
    used = cpu_seconds(served.pid) - cpu
    context.close()
    return {
        "join": seconds,
        "cpu per browser join": used,
        "cold bytes": sent.http + sent.socket,
        "cold bytes by socket": sent.socket,
    }


def _words(browser: Browser, framework: Framework, served: Served) -> float:
    """Return how long after the click a new visitor can read the page's heading, in seconds."""
    context = browser.new_context()
    context.add_init_script(_WORDS)
    page = context.new_page()
    page.goto(served.address + framework.path, wait_until="commit", timeout=WITHIN)
    seen = page.wait_for_selector("html[data-words]", state="attached", timeout=WITHIN)
    seconds = float(seen.get_attribute("data-words")) / 1000
    context.close()
    return seconds


def _open(
    context: BrowserContext, framework: Framework, served: Served
) -> tuple[Page, _Sent, float]:
    page = context.new_page()
    sent = _Sent(page)
    page.goto(served.address + framework.path, wait_until="commit", timeout=WITHIN)
    for selector in (framework.ready, framework.slider):
        page.wait_for_selector(selector, state="attached", timeout=WITHIN)
    return page, sent, page.evaluate("performance.now()") / 1000


def _follow(page: Page, framework: Framework) -> float:
    """Return how long after a key the picture has another shape, in ms; to within one frame."""
    slider = page.locator(framework.slider).first
    slider.focus()
    page.evaluate(_SHAPES, [framework.picture, framework.shape])
    for move in range(MOVES):
        slider.press("ArrowRight")
        page.wait_for_function(
            "(count) => window.followed.length > count", arg=move, timeout=FOLLOWS_WITHIN
        )
    return statistics.median(page.evaluate("window.followed"))
