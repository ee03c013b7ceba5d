"""Binder: what repo2docker makes of this repository, and the workshop behind its proxy."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from own_jupyter import OwnJupyter
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from pages import write
from playwright.sync_api import Page, expect

from workshop_kit.exercises import journey
from workshop_kit.sample import sample_entries
from workshop_kit.tables import tables
from workshop_kit.wording import load_wording

ROOT = Path(__file__).parents[1]
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MARKER = "Zwetschgenkuchen on Binder"


def lines(path: Path) -> list[str]:
    """The lines of a requirements file that are not comments."""
    written = path.read_text(encoding="utf-8").splitlines()
    return [line for line in written if line and not line.startswith("#")]


def pins() -> list[Requirement]:
    return [Requirement(line) for line in lines(ROOT / "requirements.lock")]


def test_repo2docker_reads_the_binder_folder_and_takes_python_3_12():
    made = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = made.stdout + made.stderr
    assert made.returncode == 0, said
    assert "conda environment for python=3.12\n" in said
    copied, installed = said.index("src/ ${REPO_DIR}/"), said.index('-r "binder/requirements.txt"')
    assert copied < installed, "the project and its pins are there when they are installed"


def test_binder_installs_this_project_with_the_pins_that_everybody_has():
    constraint, project, *others = lines(BINDER / "requirements.txt")
    # pip reads "-c" from the file's own folder, and "." from where it is called.
    flag, path = constraint.split()
    assert flag == "-c"
    assert (BINDER / path).resolve() == ROOT / "requirements.lock"
    assert project == ".[binder]"
    assert not others
    [python] = lines(BINDER / "runtime.txt")
    assert python.removeprefix("python-") in SpecifierSet(PROJECT["requires-python"])


def test_every_direct_dependency_is_pinned_within_its_range():
    asked = PROJECT["dependencies"] + [
        requirement
        for requirements in PROJECT["optional-dependencies"].values()
        for requirement in requirements
    ]
    for requirement in map(Requirement, asked):
        name = canonicalize_name(requirement.name)
        versions = [
            next(iter(pin.specifier)).version
            for pin in pins()
            if canonicalize_name(pin.name) == name
        ]
        assert versions, f"{name} is not pinned; run 'make lock'"
        assert all(version in requirement.specifier for version in versions), name


def test_the_lock_file_can_be_used_as_constraints_anywhere():
    for pin in pins():
        assert [specifier.operator for specifier in pin.specifier] == ["=="], pin
        assert not pin.extras, f"pip takes no extras in constraints: {pin}"
        assert pin.url is None, f"an address of one machine: {pin}"
    header = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()[:2]
    assert "make lock" in " ".join(header)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnJupyter]:
    """A Jupyter server as Binder starts one, under the address of one user."""
    folder = tmp_path_factory.mktemp("hub")
    root = folder / "root"
    root.mkdir()
    server = OwnJupyter("server", folder, root, base_url="/user/somebody/")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def binder(hub: OwnJupyter) -> Iterator[OwnJupyter]:
    yield hub
    print(hub.log.read_text())


def notebook(name: str) -> str:
    return f"workshop/voila/render/{name}.ipynb"


def everything_stored(page: Page) -> dict:
    return page.evaluate(
        """async () => ({
          visit: Object.values(sessionStorage).join(),
          browser: Object.values(localStorage).join(),
          databases: await indexedDB.databases(),
          cookies: document.cookie,
        })"""
    )


def test_the_workshop_opens_and_says_whose_journal_it_shows(binder, visit):
    page = visit(binder.url("workshop/"))
    expect(page).to_have_title("Where care comes from")
    expect(page.locator("p.sample")).to_have_text(load_wording().privacy["sample"])
    page.get_by_role("link", name="Arriving", exact=True).click()
    page.wait_for_selector('html[data-workshop-ready="true"]', state="attached")
    expect(page.get_by_role("heading", name="Arriving")).to_be_visible()
    expect(page.locator("p.sample")).to_have_text(load_wording().privacy["sample"])
    expect(page.get_by_role("slider", name="Threat", exact=True)).to_be_visible()


def test_my_patterns_shows_the_invented_trainees_moments(binder, visit):
    page = visit(binder.url(notebook("12_patterns")))
    articles = page.locator(".ws-moments article")
    expect(articles).to_have_count(len(sample_entries()))
    for entry in sample_entries():
        for words in entry.words.values():
            expect(articles.get_by_text(words).first).to_be_visible()
    made = tables(sample_entries(), journey())
    figure = page.locator("figure[data-drawn]").first
    expect(figure).to_have_attribute("data-drawn", str(len(made.activation)), timeout=20_000)
    expect(page.locator(".ws-canvas svg.main-svg").first).to_be_visible()


def test_what_is_typed_is_in_this_tab_and_nowhere_else(binder, visit, watched):
    page = visit(binder.url(notebook("01_arriving")))
    write(page, MARKER)
    expect(page.locator(".ws-kept")).to_contain_text("Kept until you close this tab")
    stored = everything_stored(page)
    assert MARKER in stored["visit"]
    assert MARKER not in stored["browser"] + stored["cookies"]
    assert stored["databases"] == []
    page.goto(binder.url(notebook("12_patterns")))
    expect(page.locator(".ws-moments").get_by_text(MARKER)).to_be_visible()
    assert not [said for said in [*watched.sent, *watched.received] if MARKER in said]
    assert MARKER not in binder.log.read_text()
    other = page.context.new_page()
    other.goto(binder.url(notebook("12_patterns")))
    expect(other.locator(".ws-moments article")).to_have_count(len(sample_entries()))
    expect(other.get_by_text(MARKER)).to_have_count(0)


def test_a_page_that_is_left_ends_its_kernel_through_the_proxy_too(binder, visit):
    page = visit(binder.url(notebook("01_arriving")))
    config = json.loads(page.locator("#jupyter-config-data").text_content())
    visit_to_it = f"{config['baseUrl']}workshop/visits/{config['kernelId']}"
    asked = page.context.new_page()
    asked.goto(binder.url("workshop/"))
    assert status_seen_from(asked, visit_to_it) == 200
    page.close()
    deadline = time.monotonic() + 10
    while status_seen_from(asked, visit_to_it) != 404:
        assert time.monotonic() < deadline
        asked.wait_for_timeout(100)


def status_seen_from(page, path: str) -> int:
    return page.evaluate("async (path) => (await fetch(path)).status", path)
