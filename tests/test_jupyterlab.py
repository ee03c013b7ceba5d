"""The notebooks in a real JupyterLab, on a computer of one's own: the journal is a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

import psutil
import pytest
from own_jupyter import OwnJupyter
from pages import expect_note, move, sizes, write
from playwright.sync_api import Browser, Page, Response, expect

from workshop_kit import FileStore, notebooks

MARKER = "Zwetschgenkuchen in the lab"
KEPT = "Kept in a file on this computer"
CIRCLES = ".ws-circles"
NO_NEWS = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


@pytest.fixture(scope="module")
def started_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnJupyter]:
    folder = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKSHOP_KIT_JOURNAL", str(folder / "own-journal" / "journal.sqlite"))
        server = OwnJupyter("lab", folder, folder / "workshop", NO_NEWS)
        server.root.mkdir()
        server.start()
    yield server
    server.stop()


@pytest.fixture
def own_journal(started_lab: OwnJupyter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The journal of the one JupyterLab there is, which begins empty for each test."""
    path = started_lab.folder / "own-journal" / "journal.sqlite"
    monkeypatch.setenv("WORKSHOP_KIT_JOURNAL", str(path))
    yield path
    shutil.rmtree(path.parent, ignore_errors=True)


@pytest.fixture
def lab(started_lab: OwnJupyter, own_journal: Path) -> Iterator[OwnJupyter]:
    """JupyterLab as it comes: fresh notebooks, and afterwards no kernel of theirs."""
    left = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(notebooks.folder(), started_lab.root, ignore=left, dirs_exist_ok=True)
    yield started_lab
    started_lab.end_kernels()
    started_lab.set_lab("themes", {})


@pytest.fixture
def open_notebook(browser: Browser, lab: OwnJupyter, watched) -> Iterator[Callable[..., Page]]:
    """Open a notebook as a new visitor; a request to another host fails the test."""
    contexts = []

    def open_page(name: str, **options: object) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        # Reset, or it opens what the visitor before had open.
        page.goto(lab.url(f"lab/tree/{name}.ipynb") + "&reset")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watched.foreign


def run_all(page: Page, until: str) -> None:
    """Run every cell by the menu and wait until the last has run and a control is there."""
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=30_000)
    for item in ("Run", "Run All Cells"):
        page.get_by_role("menuitem", name=item, exact=True).click()
    page.locator(until).first.wait_for(timeout=30_000)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=30_000)


def fill_in(page: Page) -> None:
    move(page, "Threat", 2)
    move(page, "Drive", -2)
    write(page, MARKER)
    expect(page.locator(".ws-kept")).to_contain_text(KEPT)


def save(page: Page) -> None:
    """Save the notebook and wait until it is written, and after it its checkpoint."""
    written = []

    def checkpoint_is_written_too(answer: Response) -> bool:
        if "/api/contents/" in answer.url and answer.request.method in ("PUT", "POST"):
            written.append(answer.request.method)
        return written[-2:] == ["PUT", "POST"]

    with page.expect_response(checkpoint_is_written_too):
        page.keyboard.press("Control+s")


def test_words_are_in_the_journals_file_in_no_notebook_or_checkpoint_and_there_after_a_reload(
    open_notebook, lab, own_journal
):
    page = open_notebook("01_arriving")
    run_all(page, CIRCLES)
    fill_in(page)
    save(page)
    [checkpoint] = lab.root.rglob("01_arriving-checkpoint.ipynb")
    for saved in (lab.root / "01_arriving.ipynb", checkpoint):
        assert "widget-view" in saved.read_text(), "its outputs are saved"
    elsewhere = [path for path in lab.folder.rglob("*") if path.is_file() and path != own_journal]
    assert not [path for path in elsewhere if MARKER.encode() in path.read_bytes()]
    [version] = FileStore().versions()
    assert version.words == {"note": MARKER}
    assert version.answers == {"systems": {"threat": 6, "drive": 4}}
    page.reload()
    run_all(page, CIRCLES)
    expect_note(page, MARKER)
    assert sizes(page) == [6, 4, None]
    assert [version.words for version in FileStore().versions()] == [{"note": MARKER}]


def test_words_typed_while_python_is_busy_are_there_after_a_reload(open_notebook, lab):
    page = open_notebook("01_arriving")
    run_all(page, CIRCLES)
    [kernel] = [
        process
        for process in psutil.Process(lab.process.pid).children(recursive=True)
        if "ipykernel_launcher" in process.cmdline()
    ]
    kernel.suspend()
    move(page, "Threat", 2)
    write(page, MARKER)
    page.reload()
    kernel.resume()
    run_all(page, CIRCLES)
    expect_note(page, MARKER)
    assert sizes(page) == [6, None, None]


def test_my_patterns_lists_the_words_and_draws_with_the_servers_own_plotly(
    open_notebook, lab, watched
):
    page = open_notebook("01_arriving")
    run_all(page, CIRCLES)
    fill_in(page)
    page.get_by_role("listitem", name="12_patterns.ipynb").dblclick()
    expect(page.locator(".lm-mod-current").get_by_text("12_patterns.ipynb")).to_be_visible()
    # JupyterLab takes away the cells that are out of sight: what is looked for comes as it scrolls.
    run_all(page, "figure[data-drawn='1'] .ws-canvas svg.main-svg")
    expect(page.locator(".ws-moments").get_by_text(MARKER)).to_be_visible()
    own = f"http://127.0.0.1:{lab.port}/workshop-kit/plotly.min.js"
    assert [said for said in watched.sent if said.startswith(own)]


def test_keys_go_to_the_control_that_has_the_focus(open_notebook):
    page = open_notebook("01_arriving")
    run_all(page, CIRCLES)
    cells = page.locator(".jp-Notebook-cell").count()
    move(page, "Threat", 1)
    # Elsewhere in JupyterLab these cut a cell and go to the next one.
    page.keyboard.press("x")
    page.get_by_label("Client work").press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Supervision", exact=True)).to_be_checked()
    assert sizes(page) == [5.5, None, None]
    assert page.locator(".jp-Notebook-cell").count() == cells


@pytest.mark.parametrize(("theme", "device"), [("Dark", "light"), ("Light", "dark")])
def test_controls_follow_jupyterlabs_theme_and_not_the_devices(open_notebook, lab, theme, device):
    lab.set_lab("themes", {"theme": f"JupyterLab {theme}"})
    page = open_notebook("01_arriving", color_scheme=device)
    run_all(page, CIRCLES)
    ink, ground = brightness(page, ".ws-systems legend", "color"), brightness(page, ".jp-Notebook")
    assert (ink > 200 and ground < 60) if theme == "Dark" else (ink < 60 and ground > 200)


def brightness(page: Page, selector: str, name: str = "background-color") -> float:
    """How bright a colour of the page is, from 0 for black to 255 for white."""
    colour = page.locator(selector).first.evaluate(
        "(node, name) => getComputedStyle(node).getPropertyValue(name)", name
    )
    return mean(int(channel) for channel in re.findall(r"\d+", colour)[:3])
