from __future__ import annotations

import gzip
import json
import re

import pytest

from workshop_kit.serving.assets import STATIC, Asset, Assets
from workshop_kit.widgets.files import module, stems


@pytest.fixture(scope="module")
def assets():
    return Assets()


def every(assets):
    names = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()]
    names += [f"widgets/{stem}.js" for stem in stems()] + ["plotly.min.js", "sample_journal.json"]
    found = {name: assets.get(name) for name in names if not name.endswith(".txt")}
    assert all(found.values())
    return found


@pytest.mark.parametrize(
    "name", ["nothing.js", "../app.py", "fonts/OFL.txt", "widgets/shared.js", ""]
)
def test_what_is_no_asset_is_not_there(assets, name):
    assert assets.get(name) is None


def test_compressed_is_the_same_and_smaller(assets):
    for name, asset in every(assets).items():
        if asset.kind.startswith("font/"):
            assert not asset.zipped, name
        else:
            assert gzip.decompress(asset.zipped) == asset.body, name
    assert len(assets.get("plotly.min.js").zipped) < len(assets.get("plotly.min.js").body) / 2


def test_each_is_sent_as_what_it_is(assets):
    kinds = {
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
    }
    for name, asset in every(assets).items():
        assert (
            asset.kind.partition(";")[0] == kinds[f".{name.rpartition('.')[2]}"].partition(";")[0]
        )


def test_an_address_changes_with_what_it_holds(assets):
    assert Asset(b"a", "text/css").tag != Asset(b"b", "text/css").tag
    tag = assets.get("page.js").tag
    assert assets.url("/base/", "page.js") == f"/base/workshop-kit/page.js?v={tag}"
    with pytest.raises(KeyError):
        assets.url("/", "nothing.js")


def test_each_widget_has_its_module(assets):
    modules = assets.modules("/base/")
    assert list(modules) == stems()
    for stem, url in modules.items():
        assert url.startswith(f"/base/workshop-kit/widgets/{stem}.js?v=")
        assert assets.get(f"widgets/{stem}.js").body.decode() == module(stem)


def test_the_style_sheet_asks_for_fonts_at_the_addresses_of_a_page(assets):
    style = assets.get("page.css").body.decode()
    asked = re.findall(r'url\("([^"?]+)\?v=(\w+)"\)', style)
    assert asked
    assert len(asked) == style.count("url(")
    assert all(assets.get(name).tag == tag for name, tag in asked)


def test_no_asset_of_ours_names_another_host(assets):
    for name, asset in every(assets).items():
        if name != "plotly.min.js" and not asset.kind.startswith("font/"):
            # A licence may say where its author is; nothing is fetched by a comment.
            code = re.sub(r"/\*.*?\*/", "", asset.body.decode(), flags=re.DOTALL)
            hosts = set(re.findall(r"https?://[\w.-]+", code))
            assert hosts <= {"http://www.w3.org"}, name


def test_the_sample_journal_is_whole(assets):
    assert json.loads(assets.get("sample_journal.json").body)["entries"]
