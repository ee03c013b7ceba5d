from __future__ import annotations

from workshop_kit.slots import Slot, fill, join, spell, trimmed

NOTE = (Slot("note"),)


def test_texts_are_filled_in_where_a_sentence_names_them():
    assert fill("{act}: {told}.", act=NOTE, told="all drive") == (Slot("note"), ": all drive.")
    assert fill("nothing here") == ("nothing here",)


def test_texts_are_joined_with_something_between_them():
    assert join(["a", NOTE, "b"], "; ") == ("a; ", Slot("note"), "; b")
    assert join([], "; ") == ()


def test_words_stand_in_their_places_when_a_text_is_written_out():
    assert spell(("so that ", *NOTE), {"note": " tea\n"}) == "so that tea"
    assert spell(NOTE, {}) == ""


def test_braces_that_were_typed_are_only_braces():
    assert spell(fill("{act}!", act=NOTE), {"note": "{act}"}) == "{act}!"


def test_a_slot_before_a_comma_leaves_the_typed_one_out():
    assert Slot("a", joined=True).said(" ring back,; ") == "ring back"
    assert Slot("a").said(" ring back,; ") == "ring back,;"


def test_space_is_what_a_browser_takes_for_it(browser):
    candidates = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    page = browser.new_page()
    said = page.evaluate("(all) => all.map((one) => one.trim() === '')", candidates)
    page.close()
    assert [trimmed(one) == "" for one in candidates] == said
