"""What the server answers, address by address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import HTTPError, RequestHandler

from workshop_kit.serving import guide, hosts
from workshop_kit.serving.assets import FOREVER, Assets
from workshop_kit.serving.editions import Editions
from workshop_kit.serving.keys import Keys
from workshop_kit.serving.pages import Pages
from workshop_kit.serving.visits import RoomFull, Visits
from workshop_kit.shelf import languages


class WorkshopHandler(RequestHandler):
    """What every answer shares: headers, and errors as a page in the workshop's voice."""

    inline_styles = False

    def set_default_headers(self) -> None:
        """Set the headers of `hosts.headers`; no page is stored by a browser or a proxy."""
        for name, value in hosts.headers(
            self.request.host, inline_styles=self.inline_styles
        ).items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "no-store")

    @property
    def pages(self) -> Pages:
        """The pages of this server."""
        return self.settings["workshop_pages"]

    @property
    def editions(self) -> Editions:
        """What follows the content files."""
        return self.settings["workshop_editions"]

    @property
    def visits(self) -> Visits:
        """The visits to this server."""
        return self.settings["workshop_visits"]

    @property
    def language(self) -> str:
        """The language that was chosen, or else the first that the browser asks for."""
        wished = self.request.headers.get("Accept-Language", "").split(",")
        asked = [self.get_query_argument("language", ""), *(one[:2].lower() for one in wished)]
        known = languages()
        return next((code for code in asked if code in known), known[0])

    def begin(self, notebook: Path, language: str) -> str:
        """Begin a visit and return its kernel's id; where the room is full, say so."""
        try:
            return self.visits.begin(notebook, language)
        except RoomFull:
            raise HTTPError(503) from None

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say what happened in plain words, without a traceback."""
        self.finish(self.pages.apology(status_code, self.language))

    def check_xsrf_cookie(self) -> None:
        """Do nothing: `prepare` checks the origin instead, and cookies are SameSite=Strict."""

    def prepare(self) -> None:
        """Refuse a change that another site's page asks for."""
        if self.request.method not in ("GET", "HEAD") and not hosts.same_origin(self.request):
            raise HTTPError(403)


class HomePage(WorkshopHandler):
    """``/``."""

    def get(self) -> None:
        """Send the home page."""
        self.editions.look()
        self.finish(self.pages.home(self.language))


class LeavePage(WorkshopHandler):
    """``/leave``: a page with nothing on it."""

    def get(self) -> None:
        """Send the neutral page, with a way back to the page that was left."""
        left = urlsplit(self.request.headers.get("Referer", ""))
        ours = left.netloc == self.request.host and left.path.startswith(self.pages.base_url)
        back = left.path if ours else self.pages.base_url
        self.finish(self.pages.leave(back, self.language))


class Door(WorkshopHandler):
    """``/open``: the page of the link that bears the key, and where it is changed for a cookie."""

    def get(self) -> None:
        """Send the page, which finds the key in its own address."""
        self.finish(self.pages.door(key_page=True))

    def post(self) -> None:
        """Give a cookie for the key."""
        keys: Keys = self.settings["workshop_keys"]
        given = keys.exchange(self.request.body.decode("utf-8", "replace"))
        if given is None:
            raise HTTPError(403)
        path = self.pages.base_url
        self.set_cookie(keys.cookie, given, path=path, httponly=True, samesite="Strict")
        self.set_status(204)


class Closed(WorkshopHandler):
    """Any address of a server with a key, for whoever has not opened it."""

    def prepare(self) -> None:
        """Say how to open it, and whether or not there is such an address."""
        self.set_status(403)
        self.finish(self.pages.door(key_page=False))


class NotebookPage(WorkshopHandler):
    """``/voila/render/NN_name.ipynb``."""

    # A notebook may hold a plotly picture.
    inline_styles = True

    def get(self, name: str) -> None:
        """Send the words at once and start the page's kernel beside them."""
        self.editions.look()
        path = self.pages.find(name)
        if path is None:
            raise HTTPError(404)
        if self.request.headers.get("Sec-Fetch-Dest", "document") != "document":
            # Another site could have kernels started by an <img> or <iframe> that points here.
            raise HTTPError(403)
        # Whether the cookie is still good for anything is found out when it is used.
        joined = bool(self.get_cookie(f"workshop-page-{self.settings['workshop_port']}"))
        kernel = self.begin(path, self.language)
        self.finish(self.pages.notebook(path, kernel, self.language, joined=joined))

    def head(self, name: str) -> None:
        """Answer without starting a kernel."""
        if self.pages.find(name) is None:
            raise HTTPError(404)


class GuidePage(WorkshopHandler):
    """``/guide`` and ``/guide/NAME``."""

    def get(self, name: str | None) -> None:
        """Send a page of the facilitators' guide."""
        page = self.pages.guide(name or guide.START, self.language)
        if page is None:
            raise HTTPError(404)
        self.finish(page)


class NoPage(WorkshopHandler):
    """Any other address."""

    def prepare(self) -> None:
        """Say that there is no such page."""
        raise HTTPError(404)


class Health(WorkshopHandler):
    """``/healthz``: counts for whoever runs the server, on its own machine only."""

    def get(self) -> None:
        """Send counts, and nothing of any visitor."""
        # Behind a proxy everybody seems to come from this machine.
        local = self.request.remote_ip in ("127.0.0.1", "::1")
        if not local or self.settings["workshop_behind_proxy"]:
            raise HTTPError(404)
        self.finish(
            {
                "open_pages": len(self.visits),
                "most_pages": self.visits.most,
                "starts": self.visits.started,
                "failures": self.visits.failed,
                "memory_bytes": _memory(),
            }
        )


class AssetFile(WorkshopHandler):
    """``/workshop-kit/NAME``: the files of the pages."""

    def get(self, name: str) -> None:
        """Send one file, compressed where the browser takes it."""
        assets: Assets = self.settings["workshop_assets"]
        asset = assets.get(name)
        if asset is None:
            raise HTTPError(404)
        self.set_header("Content-Type", asset.kind)
        self.set_header("Vary", "Accept-Encoding")
        # Without the hash of what is there now, an address may yet change what it holds.
        hashed = self.get_query_argument("v", "") == asset.tag
        self.set_header("Cache-Control", FOREVER if hashed else "no-cache")
        if asset.zipped and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(asset.zipped)
        else:
            self.finish(asset.body)


class Nobody(IdentityProvider):
    """Everybody is the same anonymous visitor: no login, no cookie, no name."""

    def get_user(self, _handler: RequestHandler) -> User:
        """Return the one visitor there is."""
        return User(username="visitor")


def _memory() -> int:
    """Add up the resident memory of the server and its kernels, in bytes."""
    server = psutil.Process()
    total = 0
    for process in (server, *server.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
