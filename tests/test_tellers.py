"""What a moment is told as, alike in Python and in the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import make_entry, names, scalars, texts

from workshop_kit.controls import control
from workshop_kit.exercises import journey, load_exercise
from workshop_kit.journal import Journal, PageStore
from workshop_kit.slots import spell
from workshop_kit.tellers import Moment, Words, tell
from workshop_kit.tellers.motives import SHARES, to_shares
from workshop_kit.tellers.tones import tone_of
from workshop_kit.widgets.files import module
from workshop_kit.wording import load_controls, load_wording

VECTORS = Path(__file__).parent / "vectors" / "tellers"
CASES = [case for path in sorted(VECTORS.glob("*.json")) for case in json.loads(path.read_bytes())]
WORDS = Words(load_wording(), load_controls())
PAGES = {exercise.id: exercise for exercise in journey()}
# Shows one moment after another in the page's own list, and reads what the list then says.
READ = """([text, traits, moments]) => {
  const { render } = new Function(text.replace("export default", "return"))();
  const el = document.createElement("div");
  document.body.append(el);
  const stop = render({ model: { get: (name) => traits[name], on: () => {}, off: () => {} }, el });
  const told = moments.map((moment) => {
    document.dispatchEvent(new CustomEvent("workshop:entries",
      { detail: { entries: [moment], versions: [moment], moment: null } }));
    const read = (tag) => Array.from(el.querySelectorAll(`article ${tag}`),
      (one) => one.textContent);
    const answers = read("dd");
    return read("dt").map((question, place) => [question, answers[place]]);
  });
  if (typeof stop === "function") stop();
  el.remove();
  return told;
}"""


def entry_of(case):
    fields = {name: case[name] for name in ("exercise", "setting", "answers", "words")}
    return make_entry(**fields)


def told_in_python(entry):
    told = tell(Moment.of(entry), PAGES.get(entry.exercise), WORDS)
    return [[question, spell(answer, entry.words)] for question, answer in told]


@pytest.fixture(scope="module")
def told_in_the_page(browser):
    """What the list of moments says of each case, in a real browser."""
    patterns = load_exercise("patterns")
    shown = control(patterns, patterns.part("moments"), Journal(PageStore()))
    traits = {name: shown.get_state()[name] for name in shown.keys if not name.startswith("_")}
    moments = [entry_of(case).model_dump(mode="json") for case in CASES]
    page = browser.new_page()
    told = page.evaluate(
        READ, [module("moments"), json.loads(json.dumps(traits, default=str)), moments]
    )
    page.close()
    return told


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['exercise']}: {case['what']}")
def test_python_tells_what_the_case_says(case):
    assert told_in_python(entry_of(case)) == case["told"]


def test_the_page_tells_what_the_cases_say(told_in_the_page):
    assert len(CASES) > 30
    for case, told in zip(CASES, told_in_the_page, strict=True):
        assert told == case["told"], f"{case['exercise']}: {case['what']}"


def test_there_is_a_case_for_every_kind_of_part_that_is_kept():
    kept = {part.kind for page in journey() for part in page.parts if part.keeps}
    told = {
        part.kind
        for case in CASES
        if case["exercise"] in PAGES
        for part in PAGES[case["exercise"]].parts
        if part.keeps
    }
    assert kept == told | {"setting"}


def test_no_word_stands_in_what_python_tells_of_a_moment():
    entry = make_entry(exercise="tone", words={"voice": "quokka", "noticed": "quokka"})
    moment = Moment.of(entry)
    assert "quokka" not in repr((moment, tell(moment, PAGES["tone"], WORDS)))


@given(
    st.sampled_from(sorted(PAGES)),
    st.data(),
)
def test_an_answer_of_any_shape_is_told_without_a_fault(exercise, data):
    page = PAGES[exercise]
    asked = st.sampled_from([part.id for part in page.parts])
    questions = asked | names | st.builds("{}_{}".format, asked, names)
    shapes = scalars | st.dictionaries(
        st.sampled_from(
            [
                "threat",
                "drive",
                "soothing",
                "curious",
                "tender",
                "landed",
                "instead",
                "out",
                "let_in",
                "step_1",
                "step_x",
            ]
        ),
        scalars,
        max_size=4,
    )
    entry = make_entry(
        exercise=exercise,
        answers=data.draw(st.dictionaries(questions, shapes, max_size=6)),
        words=data.draw(st.dictionaries(questions, texts, max_size=4)),
    )
    for question, answer in tell(Moment.of(entry), page, WORDS):
        assert question
        assert answer
        assert spell(answer, entry.words)


@given(st.lists(st.floats(0, 1e6), min_size=3, max_size=3).filter(any))
def test_shares_are_whole_64ths_that_sum_to_one(weights):
    shares = to_shares(dict(zip(("threat", "drive", "soothing"), weights, strict=True)))
    assert sum(shares.values()) == 1
    assert all((share * SHARES).is_integer() for share in shares.values())


def test_a_point_that_is_no_number_is_no_tone():
    assert tone_of({"curious": "very", "tender": 1}) is None
    assert tone_of("middle") is None
