"""People of a group who speak to a real server without a browser, honest or not."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass, field
from typing import Any

from conftest import Server

from workshop_kit.exercises import load_exercise
from workshop_kit.pooling import questions

PLAN = {"k": 5, "minutes": 90, "steps": ["arriving", "moves", "weight", "staying"]}


def answers(exercise: str, choice: int = 1) -> dict[str, str]:
    """A contribution that chooses the same bin everywhere, counted from the first."""
    asked = questions(load_exercise(exercise))
    return {one.id: one.bins[choice % len(one.bins)] for one in asked}


@dataclass
class Person:
    """Somebody with a browser's cookies, at an address of their own."""

    server: Server
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[int, Any]:
        """Ask for something; return the status and what was said."""
        said, text = self.send(path, method, body, **headers)
        try:
            return said.status, json.loads(text)
        except ValueError:
            return said.status, text

    def send(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.server.port, timeout=60, source_address=(self.source, 0)
        )
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Origin": self.server.url.rstrip("/"), "Cookie": kept, **headers}
        raw = body if isinstance(body, str | bytes | None) else json.dumps(body)
        connection.request(method, f"{self.server.base_url}{path}", raw, sent)
        said = connection.getresponse()
        text = said.read().decode()
        connection.close()
        for cookie in said.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return said, text

    def cookie(self, role: str) -> str:
        return self.cookies[f"workshop-{role}-{self.server.port}"]


class Participant(Person):
    """Somebody who joins."""

    def join(self, code: str) -> Participant:
        assert self.ask("group/join", "POST", {"code": code})[0] == 204
        return self

    def share(self, exercise: str = "arriving", choice: int = 1) -> int:
        body = {"answers": answers(exercise, choice)}
        return self.ask(f"group/mine/{exercise}", "PUT", body)[0]

    def mine(self) -> dict | None:
        return self.ask("group/mine")[1]["mine"]


class Facilitator(Person):
    """Somebody who holds the host's link."""

    code = wall = ""

    def enter(self) -> Facilitator:
        key = re.findall(r"lead#(\S+)", self.server.log.read_text())[-1]
        assert self.ask("lead", "POST", key)[0] == 204
        return self

    def begin(self, **plan: object) -> Facilitator:
        status, told = self.enter().ask("group/session", "POST", {**PLAN, **plan})
        assert status == 200, told
        self.code, self.wall = told["code"], told["wall"].partition("#")[2]
        return self

    def act(self, act: str, **more: object) -> tuple[int, Any]:
        status, told = self.ask("group/lead", "POST", {"act": act, **more})
        if status == 200 and "code" in told:
            self.code = told["code"]
        return status, told

    def state(self) -> dict:
        return self.ask("group/state/lead")[1]

    def room(self, count: int) -> list[Participant]:
        """Let some people join."""
        return [Participant(self.server).join(self.code) for _ in range(count)]

    def end(self) -> None:
        """Leave nothing behind for the next test on the same server."""
        self.act("close")
        self.act("forget")
