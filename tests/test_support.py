from __future__ import annotations

import re

import pytest

from workshop_kit import shelf
from workshop_kit.support import load_support
from workshop_kit.yaml_files import ContentError


@pytest.fixture
def contacts(tmp_path, monkeypatch):
    """A course's own file of contacts, empty yet."""
    monkeypatch.setattr(shelf, "CONTENT", tmp_path)
    (tmp_path / "en").mkdir()
    return tmp_path / "en" / "support.yaml"


def test_in_every_country_the_first_contact_has_a_number_to_ring():
    for country in load_support().countries:
        assert re.search(r"ring .*\d", country.contacts[0].how), country.country


def test_no_country_is_there_twice():
    names = [country.country for country in load_support().countries]
    assert len(names) == len(set(names))


def test_a_course_names_its_own_contacts(contacts):
    contacts.write_text(
        "countries:\n  - country: Here\n    contacts:\n      - name: Us\n        how: knock\n",
        encoding="utf-8",
    )
    [here] = load_support.__wrapped__().countries
    assert (here.contacts[0].name, here.contacts[0].how) == ("Us", "knock")


@pytest.mark.parametrize(
    ("text", "line", "cure"),
    [
        ("countries: []\n", 1, "write at least 1"),
        ("countries:\n  - country: Here\n    contacts: []\n", 3, "write at least 1"),
        (
            "countries:\n  - country: Here\n    contacts:\n      - name: Us\n",
            4,
            "add a line 'how: …'",
        ),
    ],
    ids=["no country", "no contact", "a contact that cannot be reached"],
)
def test_nobody_is_left_without_a_contact(contacts, text, line, cure):
    contacts.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_support.__wrapped__()
    [fault] = caught.value.faults
    assert fault.line == line
    assert cure in fault.what
