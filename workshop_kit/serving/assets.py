"""The files of a page, read and compressed once and cached by the browser for good.

An asset's address carries a hash of its bytes, so a new version has a new address and an old one
need never be asked for again.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from workshop_kit.sample import SAMPLE
from workshop_kit.serving import plotly_js
from workshop_kit.widgets import files

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    kind: str

    @cached_property
    def zipped(self) -> bytes | None:
        """The body compressed, or ``None`` where that gains nothing (fonts)."""
        return None if self.kind.startswith("font/") else gzip.compress(self.body, 6, mtime=0)

    @cached_property
    def tag(self) -> str:
        """A hash of the body."""
        return hashlib.sha256(self.body).hexdigest()[:12]


class Assets:
    """Every asset by its name, such as ``page.js`` or ``widgets/circles.js``."""

    def __init__(self) -> None:
        script = "text/javascript; charset=utf-8"
        style = "text/css; charset=utf-8"
        self._assets = {
            path.relative_to(STATIC).as_posix(): Asset(_body(path), _kind(path))
            for path in STATIC.rglob("*")
            if path.is_file() and path.suffix != ".txt"
        }
        for stem in files.stems():
            self._assets[f"widgets/{stem}.js"] = Asset(files.module(stem).encode(), script)
        page_style = files.styles(*files.stems()).encode()
        frame_style = self._with_tags(self._assets["page.css"].body)
        self._assets["page.css"] = Asset(page_style + frame_style, style)
        plotly = (plotly_js.FOLDER / "plotly.min.js").read_bytes()
        self._assets["plotly.min.js"] = Asset(plotly, script)
        for asset in self._assets.values():
            # Now, and not while somebody waits for a page.
            _ = asset.zipped, asset.tag
        self._assets[SAMPLE.name] = Asset(SAMPLE.read_bytes(), "application/json")

    def _with_tags(self, style: bytes) -> bytes:
        """Give the fonts a style sheet names the addresses that a page gives them."""
        for name, asset in self._assets.items():
            style = style.replace(
                f'url("{name}")'.encode(), f'url("{name}?v={asset.tag}")'.encode()
            )
        return style

    def get(self, name: str) -> Asset | None:
        """Return an asset, or ``None``."""
        return self._assets.get(name)

    def url(self, base_url: str, name: str) -> str:
        """Return the address of an asset; raises ``KeyError`` for a name that is not there."""
        return f"{base_url}workshop-kit/{name}?v={self._assets[name].tag}"

    def modules(self, base_url: str) -> dict[str, str]:
        """Return the address of each widget's module, by the widget's stem."""
        return {stem: self.url(base_url, f"widgets/{stem}.js") for stem in files.stems()}


def _body(path: Path) -> bytes:
    """Read a file; a script that says what it needs is sent with that, as a widget's module is."""
    return files.whole(path).encode() if path.suffix == ".js" else path.read_bytes()


def _kind(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return "font/woff2" if path.suffix == ".woff2" else kind
