"""Who is answered at all: whoever asks by a name of ours, and has the key where there is one."""

from __future__ import annotations

from typing import Any

from tornado.routing import AnyMatches, HostMatches, Rule, RuleRouter
from tornado.web import Application, RequestHandler

from workshop_kit.serving import handlers, hosts
from workshop_kit.serving.keys import Admitted, Keys


def only_with_a_key(app: Application, keys: Keys, open_to_all: list) -> Any:
    """Answer whoever has a key; everybody else finds what is open to all, and a closed door.

    Whatever is served one day, it is served to nobody else unless it is said to be open.
    """
    settings = {**app.settings, "default_handler_class": handlers.Closed}
    closed = Application(open_to_all, **settings)
    return RuleRouter([Rule(Admitted(keys), app), Rule(AnyMatches(), closed)])


def only_our_hosts(app: Any, ip: str) -> Any:
    """Answer who asks for a name of this machine; another site's name is not ours."""
    refused = Application([(r".*", _NotThisHost)], log_function=lambda _handler: None)
    names = hosts.host_pattern(hosts.answered_hosts(ip))
    return RuleRouter([Rule(HostMatches(names), app), Rule(AnyMatches(), refused)])


class _NotThisHost(RequestHandler):
    """A name that is not ours."""

    def prepare(self) -> None:
        """Say so, and nothing else."""
        self.set_status(421)
        self.set_header("Server", "workshop")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("This server does not answer to that name.\n")
