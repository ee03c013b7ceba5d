"""Where to turn: people who can help, by country. A course edits one file for its own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from workshop_kit import shelf, yaml_files
from workshop_kit.words import Words


class Contact(BaseModel):
    """Who can be reached, and how."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Words
    how: Words
    tel: Annotated[str, Field(pattern=r"^\+?[0-9]+$")] | None = None
    sms: Annotated[str, Field(pattern=r"^\+?[0-9]+$")] | None = None

    @property
    def link(self) -> str | None:
        """The address that a phone opens to dial or to write, if there is one."""
        return f"tel:{self.tel}" if self.tel else f"sms:{self.sms}" if self.sms else None


class Country(BaseModel):
    """The contacts of one country."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    country: Words
    contacts: Annotated[tuple[Contact, ...], Field(min_length=1)]


class Support(BaseModel):
    """All the contacts, in the order in which they are shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]


@shelf.kept
def load_support(language: str | None = None) -> Support:
    """Load the contacts of ``language``; raises ``ContentError`` for a file with a fault."""
    return yaml_files.read(shelf.layers("support.yaml", language), Support)
