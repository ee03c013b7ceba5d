from __future__ import annotations

import json
import re

import pytest

from workshop_kit import theme
from workshop_kit.systems import SYSTEMS
from workshop_kit.widgets.files import TOKENS


def tokens(scheme):
    light, dark = TOKENS.read_text(encoding="utf-8").split(
        "@media screen and (prefers-color-scheme: dark)"
    )
    found = re.findall(r"(--ws-[a-z-]+): (#[0-9a-f]{6});", dark if scheme == "dark" else light)
    return dict(found)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Contrast as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_a_picture_is_a_token(scheme):
    used = re.findall(r"--ws-[a-z-]+", json.dumps(theme.layout()))
    used += [theme.colour(system) for system in SYSTEMS]
    assert len(used) > len(SYSTEMS)
    assert set(used) <= tokens(scheme).keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["--ws-paper", "--ws-sheet"])
def test_words_and_systems_stand_out_from_the_page(scheme, ground):
    colours = tokens(scheme)
    for token in ("--ws-ink", "--ws-quiet", "--ws-link"):
        assert contrast(colours[token], colours[ground]) >= 4.5, token
    for token in ("--ws-line", "--ws-focus", *map(theme.colour, SYSTEMS)):
        assert contrast(colours[token], colours[ground]) >= 3, token


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_system_is_the_loud_one(scheme):
    colours = [tokens(scheme)[theme.colour(system)] for system in SYSTEMS]
    assert all(contrast(one, other) < 1.5 for one in colours for other in colours)


def test_each_system_has_a_shape_of_its_own():
    assert set(theme.SYMBOLS) == set(SYSTEMS)
    assert len(set(theme.SYMBOLS.values())) == len(SYSTEMS)


def test_what_is_given_goes_on_top_of_the_look():
    plain, layout = theme.layout(), theme.layout(height=200, xaxis={"title": "Day"})
    assert layout["height"] == 200
    assert layout["xaxis"] == {**plain["xaxis"], "title": "Day"}
    assert layout["yaxis"] == plain["yaxis"]
    assert theme.layout() == plain
