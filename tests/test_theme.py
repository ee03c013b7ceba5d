from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from workshop_kit import theme
from workshop_kit.serving.assets import STATIC
from workshop_kit.systems import SYSTEMS
from workshop_kit.widgets.files import TOKENS

SCHEMES = ("light", "dark")
# How linear red, green and blue arrive in eyes that lack one kind of cone altogether (Machado,
# Oliveira and Fernandes, 2009, A physiologically-based model for simulation of color vision
# deficiency, IEEE Transactions on Visualization and Computer Graphics, 15(6), severity 1.0).
EYES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# From linear sRGB to CIE XYZ (IEC 61966-2-1), as shares of its white.
XYZ = (
    (0.433953, 0.376219, 0.189828),
    (0.212671, 0.715160, 0.072169),
    (0.017758, 0.109477, 0.872765),
)


def tokens(scheme):
    found = re.findall(
        r"(--ws-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);",
        TOKENS.read_text(encoding="utf-8"),
    )
    return {name: colours[SCHEMES.index(scheme)] for name, *colours in found}


def linear(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def through(matrix, channels):
    sums = [sum(a * b for a, b in zip(row, channels, strict=True)) for row in matrix]
    return [min(max(one, 0), 1) for one in sums]


def lab(channels):
    """CIE L*a*b* of linear red, green and blue, in which 2 is about what an eye can tell apart."""
    x, y, z = (
        share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
        for share in through(XYZ, channels)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def luminance(colour):
    return through(XYZ, linear(colour))[1]


def contrast(one, other):
    """Contrast as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def far(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5


def the_three(scheme, ending=""):
    return [tokens(scheme)[theme.colour(system) + ending] for system in SYSTEMS]


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_red_and_green_are_one_to_eyes_without_the_cone_and_white_stays_white():
    red, green = "#a86b00", "#6b8000"
    assert far(lab(linear(red)), lab(linear(green))) > 40
    seen = [lab(through(EYES["deuteranopia"], linear(colour))) for colour in (red, green)]
    assert far(*seen) < 10
    for matrix in EYES.values():
        assert far(lab(through(matrix, linear("#ffffff"))), (100, 0, 0)) < 0.1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_colour_of_a_picture_is_a_token(scheme):
    used = re.findall(r"--ws-[a-z-]+", json.dumps(theme.layout()))
    used += [theme.colour(system) for system in SYSTEMS]
    assert len(used) > len(SYSTEMS)
    assert set(used) <= tokens(scheme).keys()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["--ws-paper", "--ws-sheet", "--ws-tint", "--ws-alert"])
def test_words_and_systems_stand_out_from_the_page(scheme, ground):
    colours = tokens(scheme)
    words = ("--ws-ink", "--ws-quiet", "--ws-link")
    for token in words if ground != "--ws-alert" else words[:1]:
        assert contrast(colours[token], colours[ground]) >= 4.5, token
    for token in ("--ws-line", "--ws-focus", *map(theme.colour, SYSTEMS)):
        assert contrast(colours[token], colours[ground]) >= 3, token


@pytest.mark.parametrize("scheme", SCHEMES)
def test_letters_on_a_colour_can_be_read(scheme):
    colours = tokens(scheme)
    for fill in the_three(scheme, "-fill"):
        assert contrast(colours["--ws-ink"], fill) >= 4.5, fill
    # The one button of a page that leads on.
    assert contrast(colours["--ws-paper"], colours["--ws-link"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ending", ["", "-fill"])
def test_the_three_systems_differ_in_grey_and_to_colour_blind_eyes(scheme, ending):
    colours = [linear(colour) for colour in the_three(scheme, ending)]
    for one, other in combinations(colours, 2):
        assert abs(lab(one)[0] - lab(other)[0]) > 6
        for name, matrix in EYES.items():
            assert far(lab(through(matrix, one)), lab(through(matrix, other))) > 12, name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_system_is_the_loud_one(scheme):
    assert all(contrast(one, other) < 2 for one, other in combinations(the_three(scheme), 2))


def test_the_mark_has_the_colours_of_the_systems():
    drawn = set(re.findall(r"#[0-9a-f]{6}", (STATIC / "icon.svg").read_text(encoding="utf-8")))
    assert drawn == {*the_three("light"), *the_three("light", "-fill")}


def test_each_system_has_a_shape_of_its_own():
    assert set(theme.SYMBOLS) == set(SYSTEMS)
    assert len(set(theme.SYMBOLS.values())) == len(SYSTEMS)


def test_what_is_given_goes_on_top_of_the_look():
    plain, layout = theme.layout(), theme.layout(height=200, xaxis={"title": "Day"})
    assert layout["height"] == 200
    assert layout["xaxis"] == {**plain["xaxis"], "title": "Day"}
    assert layout["yaxis"] == plain["yaxis"]
    assert theme.layout() == plain
