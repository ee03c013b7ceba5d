"""Serve plotly.js to notebooks in JupyterLab, once and cached, in place of sending it by kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import plotly
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.utils import url_path_join

FOLDER = Path(plotly.__file__).parent / "package_data"
URL = "workshop-kit/plotly.min.js"


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the address to a Jupyter server; it holds no more than that one file."""
    pattern = url_path_join(server.web_app.settings["base_url"], "workshop-kit", "(plotly.min.js)")
    options = {"path": [str(FOLDER)]}
    server.web_app.add_handlers(".*$", [(pattern, FileFindHandler, options)])
