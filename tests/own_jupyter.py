"""A real Jupyter server with a home of its own, which knows nothing of this machine's settings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from conftest import free_port, wait_for

TOKEN = "a-token-for-a-test"  # noqa: S105
_MACHINES = ("JUPYTER", "IPYTHON", "XDG_", "BINDER_", "VOILA_", "WORKSHOP_KIT_HOMES")


@dataclass
class OwnJupyter:
    """A server over one folder; ``application`` is ``server`` or ``lab``."""

    application: str
    folder: Path
    root: Path
    options: tuple[str, ...] = ()
    base_url: str = "/"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{self.base_url}{path}?token={TOKEN}"

    def start(self) -> None:
        self._ask_nobody_for_news()
        command = [sys.executable, "-m", "jupyter", self.application, "--no-browser"]
        settings = {
            "IdentityProvider.token": TOKEN,
            "ServerApp.port": self.port,
            "ServerApp.port_retries": 0,
            "ServerApp.base_url": self.base_url,
            "ServerApp.root_dir": self.root,
            "ServerApp.allow_root": True,
        }
        command += [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, *self.options],
                stdout=log,
                stderr=log,
                cwd=self.root,
                env=self._environment(),
                start_new_session=True,
            )
        wait_for(self.url("api"), self.process, self.log)

    def _environment(self) -> dict[str, str]:
        theirs = {name: value for name, value in os.environ.items() if name[:1] != "_"}
        kept = {name: value for name, value in theirs.items() if not name.startswith(_MACHINES)}
        return {**kept, "HOME": str(self.folder)}

    def _ask_nobody_for_news(self) -> None:
        self.set_lab("notification", {"fetchNews": "false", "checkForUpdates": False})

    def set_lab(self, plugin: str, settings: dict) -> None:
        """Settle what JupyterLab would otherwise ask of the one who uses it."""
        plugins = self.folder / ".jupyter/lab/user-settings/@jupyterlab/apputils-extension"
        plugins.mkdir(parents=True, exist_ok=True)
        (plugins / f"{plugin}.jupyterlab-settings").write_text(json.dumps(settings))

    def end_kernels(self) -> None:
        """End every kernel, as from JupyterLab's own list of them."""
        with urllib.request.urlopen(self.url("api/kernels")) as answer:  # noqa: S310
            kernels = json.load(answer)
        for kernel in kernels:
            address = self.url(f"api/kernels/{kernel['id']}")
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE")).close()  # noqa: S310

    def stop(self) -> None:
        """End it and what it started; what it said is shown when the test failed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        print(self.log.read_text())
