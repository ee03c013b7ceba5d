"""The booklet: what it holds, and what it never does."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MORNING, SAYINGS, any_entries, make_entry

from workshop_kit.booklet import booklet, booklet_of, fill_in
from workshop_kit.booklet.bank import letters, phrases
from workshop_kit.booklet.said import Said
from workshop_kit.entries import fold
from workshop_kit.exercises import journey
from workshop_kit.sample import sample_entries
from workshop_kit.slots import Slot, trimmed
from workshop_kit.support import load_support
from workshop_kit.tellers import Moment, Words
from workshop_kit.wording import load_booklet, load_controls, load_wording

WORDS = Words(load_wording(), load_controls())
VOID = {"meta", "br", "hr", "img", "input", "link"}
# All that a booklet is made of.
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section"),
    *("article", "div", "span", "h1", "h2", "h3", "h4", "p", "ul", "li", "dl", "dt", "dd", "a"),
    *("figure", "figcaption", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("svg", "g", "circle", "rect", "line", "path", "polygon", "polyline", "text"),
}


class Read(HTMLParser):
    """A document as somebody reads it: its elements, its attributes, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.open, self.texts = set(), [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)


def read(*entries, exercises=None):
    return Read(booklet_of(entries, exercises))


def headings(html, level=2):
    return re.findall(rf"<h{level}[^>]*>([^<]*)</h{level}>", html)


# What it holds


def test_every_word_of_the_journal_stands_in_it():
    text = read(*sample_entries()).text
    words = [said for entry in sample_entries() for said in entry.words.values()]
    assert len(words) > 10
    assert [said for said in words if said.strip() and said.strip().rstrip(",.") not in text] == []


def test_questions_stand_beside_their_answers_as_they_were_asked():
    html = booklet_of([make_entry(words={"note": "Soup."}, answers={"opened_from": "numb"})])
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(?:<span[^>]*>)?(.*?)(?:</span>)?</dd>", html)
    assert pairs == [
        ("Which of the three brought you here?", "None that I can feel"),
        ("A note to myself", "Soup."),
    ]


def test_chapters_stand_in_the_order_of_the_journey_and_what_is_gone_comes_last():
    entries = [
        make_entry(exercise=name, words={"noticed": "tea"})
        for name in ("a_lost_page", "tone", "arriving")
    ]
    assert headings(booklet_of(entries))[1:4] == [
        "Arriving",
        "The tone of the inner voice",
        "a_lost_page",
    ]


def test_only_the_chosen_exercises_are_in_it():
    entries = sample_entries()
    html = booklet_of(entries, {"tone"})
    assert headings(html)[1:3] == ["The tone of the inner voice", load_booklet().bank]
    others = [
        said for entry in entries if entry.exercise != "tone" for said in entry.words.values()
    ]
    assert not [said for said in others if said in html]


def test_it_says_from_when_to_when_on_the_trainees_own_clock():
    late = MORNING.replace(hour=23, minute=30)
    one = make_entry(begun=late, offset=60, words={"note": "a"})
    two = make_entry(begun=late + timedelta(days=30), words={"note": "b"})
    assert "3 March 2026 to 1 April 2026" in read(one, two).text
    assert "Tuesday 3 March 2026, 00:30" in read(one).text
    assert " to " not in re.search(r"3 March 2026(.*)", read(one).text)[1]


def test_a_moment_of_which_everything_was_taken_back_is_not_in_it():
    back = make_entry(
        begun=MORNING - timedelta(days=9), answers={"systems": None}, words={"note": " "}
    )
    one = make_entry(words={"note": "a"})
    assert booklet_of([back, one]) == booklet_of([one])


def test_each_picture_has_its_sentence_and_its_table():
    html = booklet_of(sample_entries())
    pictured = html.split('<div class="pictured"')[1:]
    assert len(pictured) > 5
    for one in pictured:
        assert "<svg" in one
        assert re.search("<figcaption>[^<]{10,}</figcaption>", one)
        assert one.count("<tr>") > 1
    assert len(re.findall("<svg", html)) > len(pictured)


def test_words_stand_beside_the_rows_they_belong_to():
    html = booklet_of(
        [
            make_entry(
                exercise="moves",
                answers={"acts_a_1": {"threat": 0.0, "drive": 1.0, "soothing": 0.0}},
                words={"acts_a": "a swim"},
            )
        ]
    )
    row = re.search(r"<tbody>\s*(<tr>.*?</tr>)", html)[1]
    assert re.sub("<[^>]*>", "|", row).strip("|").split("|")[-1] == "a swim"


def test_the_bank_holds_whole_sentences_second_versions_and_kind_words():
    moments = [
        Moment.of(
            make_entry(
                exercise="catch",
                words={
                    "stems_rest": "I can go on",
                    "stems_rest_second": "I am tired",
                    "stems_without": "ring",
                },
            )
        ),
        Moment.of(
            make_entry(exercise="tone", words={"voice": "Slow.", "colleague": "It was a lot."})
        ),
    ]
    assert [one.question for one in phrases(moments, journey(), WORDS)] == [
        "stems_rest",
        "stems_rest_second",
        "colleague",
    ]


def test_a_letter_has_a_page_and_beside_it_the_phrases_that_were_chosen():
    kind = make_entry(exercise="tone", words={"colleague": "It was a lot."})
    other = make_entry(exercise="tone", words={"colleague": "Go home."})
    letter = make_entry(
        exercise="coming_home",
        answers={f"letter_{str(kind.id)[:8]}_colleague": 1.0},
        words={"dear_me": "Dear me,\n\nsit down."},
    )
    moments = [Moment.of(entry) for entry in (kind, other, letter)]
    [found] = letters(moments, journey(), phrases(moments, journey(), WORDS), "en-GB")
    assert [one.said.moment for one in found.beside] == [kind.id]
    html = booklet_of([kind, other, letter])
    page = html.split('<section class="letter"')[1].split("</section>")[0]
    assert "Dear me,\n\nsit down." in page
    assert "It was a lot." in page
    assert "Go home." not in page
    assert html.count("sit down.") == 1


def test_it_says_where_to_turn_and_what_it_is_not():
    text = read().text
    for country in load_support().countries:
        for contact in country.contacts:
            assert contact.name in text
            assert contact.how in text
    assert load_booklet().not_text[0] in text


def test_an_empty_journal_makes_a_quiet_booklet():
    html = booklet_of([])
    assert load_booklet().empty in Read(html).text
    assert headings(html) == ["In this booklet", "Where to turn", "What this is not"]
    assert headings(booklet_of([make_entry(words={"note": " "})])) == headings(html)


def test_nothing_is_said_of_how_many_moments_there_are():
    entries = [make_entry(begun=MORNING + timedelta(days=n), words={"note": "x"}) for n in range(7)]
    assert not re.search(r"\b(7|seven)\b", read(*entries).text.split("Where to turn")[0])


# What it never does


def expect_whole(html):
    """A document that needs nothing else and runs nothing."""
    document = Read(html)
    assert document.tags <= TAGS
    for name, value in document.attributes:
        assert not name.startswith("on"), name
        assert name not in ("src", "srcset", "style", "action", "formaction", "data-words")
        if name == "href":
            assert re.match(r"#|tel:|sms:", value), value
    assert re.findall(r"url\((.{16})", html) == ['"data:font/woff2']
    assert "@import" not in html
    policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    assert ("content", policy) in document.attributes


def test_it_holds_no_script_and_asks_for_nothing():
    expect_whole(booklet_of(sample_entries()))
    assert len(booklet_of(sample_entries()).encode()) < 300_000


@pytest.mark.parametrize(
    "said",
    [
        *[saying for saying in SAYINGS if saying],
        "{{ 7 * 7 }} {% raw %} ${x}",
        '<span class="own" dir="auto" data-words="0 note"></span>',
        "<img src=x onerror=alert(1)><svg onload=alert(1)>",
        "</style></textarea></title><!--",
        "&lt;b&gt; &amp;amp;",
    ],
)
def test_words_stand_in_it_as_they_were_typed_and_as_nothing_else(said):
    entry = make_entry(
        exercise="moves",
        words={"acts_a": said, "noticed": said},
        answers={"acts_a_1": {"instead": "cant_tell"}},
    )
    html = booklet_of([entry])
    expect_whole(html)
    html.encode("utf-8")
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "\ufffd", trimmed(said))
    assert Read(html).text.count(shown) >= 2


def test_a_place_has_a_direction_of_its_own():
    html = booklet_of([make_entry(words={"note": "مرحبا"})])
    assert '<span class="own alone" dir="auto">مرحبا</span>' in html


def test_no_word_passes_through_what_draws_it():
    entries = [
        entry.model_copy(update={"words": dict.fromkeys(entry.words, "quokka")})
        for entry in sample_entries()
    ]
    html = booklet([Moment.of(entry) for entry in entries])
    assert "quokka" not in html
    assert html.count("data-words=") == fill_in(html, entries).count("quokka")


def test_words_of_one_moment_are_not_put_into_another():
    one, two = (make_entry(words={"note": text}) for text in ("first", "second"))
    place = Said(two.id, (Slot("note"),)).__html__()
    assert "second" in fill_in(place, [one, two])
    assert "first" not in fill_in(place, [one, two])
    assert "first" not in fill_in(place, [one])


@settings(max_examples=10)
@given(st.lists(any_entries, max_size=5))
def test_a_journal_of_any_shape_makes_a_whole_booklet(versions):
    expect_whole(booklet_of(fold(versions)))


@settings(max_examples=25)
@given(st.sampled_from([page.id for page in journey()]), st.data())
def test_answers_of_any_shape_to_todays_questions_make_a_whole_booklet(exercise, data):
    page = next(one for one in journey() if one.id == exercise)
    asked = [part.id for part in page.parts if part.keeps] or ["note"]
    names = st.sampled_from(asked) | st.builds(
        "{}_{}".format,
        st.sampled_from(asked),
        st.sampled_from(["a", "a_1", "loop", "early", "voice", "myself", "rest"]),
    )
    scalars = st.none() | st.floats(-20, 20) | st.sampled_from(["mine", "numb", "early_threat"])
    keys = st.sampled_from(
        [
            "threat",
            "drive",
            "soothing",
            "curious",
            "tender",
            "instead",
            "landed",
            "out",
            "let_in",
            "step_1",
            "step_2",
        ]
    )
    answers = st.dictionaries(
        names, scalars | st.dictionaries(keys, scalars, max_size=4), max_size=5
    )
    words = st.dictionaries(names, st.sampled_from(SAYINGS), max_size=3)
    entries = [
        make_entry(exercise=exercise, answers=data.draw(answers), words=data.draw(words))
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    expect_whole(booklet_of(entries))


def test_a_thousand_moments_and_a_long_text_are_all_in_it():
    sample = sample_entries()
    many = [
        sample[number % len(sample)].model_copy(
            update={"id": make_entry().id, "begun": MORNING + timedelta(hours=5 * number)}
        )
        for number in range(1000)
    ]
    long = make_entry(words={"note": "a word and another\n" * 20_000})
    html = booklet_of([*many, long])
    assert html.count("<article>") > 900
    assert html.count("a word and another") == 20_000
