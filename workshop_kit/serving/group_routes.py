"""The addresses of a group's pages, and what answers at each."""

from __future__ import annotations

from workshop_kit.serving import group_handlers, lead_handlers, member_handlers

ROLES = "(lead|page|wall)"


def routes(at: str) -> list[tuple[str, type]]:
    """Return what answers where, for a server whose addresses begin with ``at``."""
    return [
        (rf"{at}lead", lead_handlers.LeadPage),
        (rf"{at}group", member_handlers.GroupPage),
        (rf"{at}wall", member_handlers.WallPage),
        (rf"{at}group/host", lead_handlers.Host),
        (rf"{at}group/session", lead_handlers.LeadSession),
        (rf"{at}group/lead", lead_handlers.LeadAct),
        (rf"{at}group/counts\.csv", lead_handlers.LeadCounts),
        (rf"{at}group/join", member_handlers.Join),
        (rf"{at}group/mine", member_handlers.Mine),
        (rf"{at}group/mine/([a-z0-9_]+)", member_handlers.Contribution),
        (rf"{at}group/leave", member_handlers.Depart),
        (rf"{at}group/state/{ROLES}", group_handlers.StateNow),
        (rf"{at}group/changes/{ROLES}", group_handlers.Changes),
    ]
