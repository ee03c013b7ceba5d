from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import workshop_kit
from workshop_kit import yaml_files
from workshop_kit.exercises import load_exercise, read_exercise
from workshop_kit.shelf import CONTENT
from workshop_kit.voice import LIST, MARKS, UNREAD, Voice, complaints, faults, load_voice
from workshop_kit.yaml_files import ContentError

PACKAGE = Path(workshop_kit.__file__).parent
CURLY = "\N{RIGHT SINGLE QUOTATION MARK}"
FILES = [path for path in sorted(CONTENT.rglob("*.yaml")) if path.name != LIST]
WORDS = load_voice().words
# Where sentences for trainees stand in Python.
MODULES = [
    "booklet_command.py",
    "worksheets_command.py",
    "entries.py",
    "file_contents.py",
    "file_store.py",
    "journal_commands.py",
    "journal_file.py",
    "lock.py",
    "new_file.py",
    "passphrases.py",
    "patterns_command.py",
    "printing.py",
    "stored.py",
    "widgets/keeper.py",
]
# What a vendored library says is said to developers; no page shows it.
SCRIPTS = sorted(
    path
    for path in [*PACKAGE.glob("widgets/**/*.js"), *PACKAGE.glob("serving/static/**/*.js")]
    if path.parent.name != "vendor"
)
TEMPLATES = sorted([*PACKAGE.rglob("*.j2"), *PACKAGE.rglob("*.html")])


def short(path):
    return path.relative_to(PACKAGE).as_posix()


def told(text):
    return complaints(text, load_voice())


@pytest.fixture
def copied(tmp_path):
    """A course's own copy of one page."""
    path = tmp_path / "arriving.yaml"
    path.write_text((CONTENT / "en" / path.name).read_text(encoding="utf-8"), encoding="utf-8")
    return path


def with_text(path, text):
    """Put a text in place of the opening of a page, and say on which line it begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines.index("  - id: opening") + 2
    indented = [f"      {line}" for line in text.splitlines()]
    path.write_text("\n".join([*lines[:at], *indented, "", *lines[at:]]), encoding="utf-8")
    return at + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_read_is_in_the_voice(path):
    assert "\n".join(map(str, faults(path))) == ""


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.example)
def test_every_word_of_the_list_has_a_reason_a_cure_and_an_example_that_it_catches(word):
    assert re.fullmatch(r"[^;]{10,}; [^;]{10,}", word.reason)
    assert list(word.found(word.example))


@pytest.mark.parametrize(
    "word", [one for one in WORDS if one.unless], ids=lambda word: word.example
)
def test_every_phrase_that_is_allowed_would_be_caught_otherwise(word):
    strict = word.model_copy(update={"unless": ()})
    for phrase in word.unless:
        assert list(strict.found(phrase)), phrase
        assert not list(word.found(f"So, {phrase}, and so on.")), phrase
        assert list(word.found(f"{phrase}. {word.example}")), phrase


@pytest.mark.parametrize(
    "text",
    [
        "Your streak: 4 days",
        "You earned ten points",
        "You are 80 % done",
        "WELL DONE",
        "That is well\n      done, now",
        "You *must* answer",
        "You _must_ answer",
        "That is well *done*",
        f"Please don{CURLY}t forget",
        f"You shouldn{CURLY}t",
        "You'll need to choose",
        "Shown in amber",
        "Enough!",
        "An unhealthy week",
        "Only {count} minutes left",
        "It is 3 minutes remaining",
        "You missed two days",
        "Colors and behaviors, organized and analyzed",
    ],
)
def test_what_the_house_does_not_say_is_caught(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "You need not answer. You do not have to make anything of it.",
        "Nothing here adds up to\n      a score, and nothing is compared or marked.",
        "If you need to stop, that is enough. What do you have to carry?",
        "The sizes of the three circles; a sized, resized prize to seize on the horizon.",
        "At this point you could place one of six stopping-points in the triangle.",
        "A great deal went on at the centre, as the programme of the day was organised.",
        "She had lowered her mustard spoon in the greenhouse, and was completely tired.",
        f"She said “not now”, and analysed the colour of her neighbour{CURLY}s honorary grey door.",
        "![A mug](mug.svg)",
        "Everyone has levels of noise around them, and humorous or laborious days.",
    ],
)
def test_plain_words_are_left_alone(text):
    assert told(text) == []


def test_a_complaint_names_the_word_the_reason_and_the_cure():
    [word] = [word for word in WORDS if word.example == "You should relax"]
    assert told("One.\nYou should\nrelax.") == [(1, f"'should' is not said here: {word.reason}")]


def test_you_should_relax_goes_red_in_a_copy_of_a_page(copied):
    before = len(faults(copied))
    line = with_text(copied, "You should relax!")
    found = faults(copied)
    assert len(found) == before + 2
    assert {fault.file for fault in found} == {copied}
    said = [fault.what.split(" is ")[0] for fault in found if fault.line == line]
    assert said == ["'!'", "'should'"]


def test_the_line_is_that_of_the_word_itself_in_every_style_of_yaml(tmp_path):
    path = tmp_path / "page.yaml"
    path.write_text(
        "# You must not mind a comment.\n"
        "must:\n"
        "  - id: must\n"
        "    kind: should\n"
        "    text: |  # must\n"
        "      One line.\n"
        "\n"
        "        You must, two lines on.\n"
        "    folded: >-\n"
        "      One line, then well\n"
        "      done.\n"
        "    plain: goes on, and\n"
        "      then it must\n"
        "    single: 'please don''t\n"
        "      forget, or you must'\n"
        '    double: "It\\n\n'
        '      must \\x21"\n'
        "    tagged: !!str &here\n"
        "      must\n"
        "    list: [one, must, {two: must}]\n"
        '    continued: "It is \\\n'
        '      well done"\n',
        encoding="utf-8",
    )
    found = [(fault.line, fault.what.split("'")[1]) for fault in faults(path)]
    expected = [(8, "must"), (10, "well done"), (13, "must"), (14, "don"), (15, "must")]
    expected += [(17, "!"), (17, "must"), (19, "must"), (20, "must")]
    expected += [(22, "well done")]
    assert found == expected


# Old line breaks, which YAML counts and an editor does not, are left out.
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"))


@given(
    st.recursive(
        any_text,
        lambda one: st.lists(one, max_size=3) | st.dictionaries(any_text, one, max_size=3),
        max_leaves=8,
    )
)
def test_whatever_yaml_writes_is_read_word_for_word_on_its_lines(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    text = yaml.safe_dump(content, allow_unicode=True, width=20)
    path.write_text(text, encoding="utf-8", newline="")
    lines = text.count("\n") + 1
    for (line, read), value in zip(yaml_files.texts(path), values(content), strict=True):
        assert "".join(read.split()) == "".join(value.split())
        assert 1 <= line <= line + read.count("\n") <= lines


def values(content):
    if isinstance(content, str):
        yield content
    else:
        for _, inner in (
            sorted(content.items()) if isinstance(content, dict) else enumerate(content)
        ):
            yield from values(inner)


def test_ids_and_numbers_to_dial_are_not_read():
    assert {"id", "kind", "tel"} <= UNREAD
    path = CONTENT / "en" / "support.yaml"
    texts = {text for _, text in yaml_files.texts(path, UNREAD)}
    assert "ring 999" in texts
    assert "999" not in texts


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_marked_may_be_said_and_what_is_around_it_may_not(mark):
    marked = f"One.\nIt said: <{mark}>“You must\ndo more!”</{mark}> And so\nyou should."
    assert told(f"<{mark}>You must.</{mark}>") == []
    assert [line for line, _ in told(marked)] == [3]
    assert told(f"well <{mark}>You must.</{mark}> done") == []


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_that_exempts_is_never_shown(copied, mark):
    with_text(copied, f"It said: <{mark}>You must.</{mark}>")
    shown = read_exercise(copied).part("opening").text
    assert shown.startswith("It said: You must.\n")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("One\n<inner>two", 1, "<inner> is not closed; write </inner> where it ends"),
        ("One\n\ntwo</urgent>", 2, "</urgent> closes nothing; write <urgent> where it begins"),
        ("<inner>one</urgent>two</inner>", 0, "</urgent> closes nothing"),
        ("<inner>one<urgent>two</inner>", 0, "<urgent> stands inside <inner>; close that one"),
        ("<Inner>one</inner>", 0, "the mark <Inner> is not known here; write <inner>…</inner> or"),
        ("< inner >one", 0, "the mark < inner > is not known here"),
        ("A <b class='x'>bold</b> word", 0, "the mark </b> is not known here"),
        ("One<br/>two", 0, "the mark <br/> is not known here"),
    ],
)
def test_a_mark_that_is_amiss_is_told_with_its_line(text, line, sentence):
    assert any(at == line and what.startswith(sentence) for at, what in told(text)), told(text)


def test_a_mark_that_is_not_closed_hides_nothing():
    assert [what.split(" ")[0] for _, what in told("You must <inner>should")] == [
        "'must'",
        "'should'",
        "<inner>",
    ]


def test_fewer_than_three_and_an_address_are_no_marks():
    assert told("Fewer <3, a < b, or <https://example.org>") == []


def test_a_page_beside_a_list_of_its_own_is_held_to_that(copied):
    line = with_text(copied, "Du musst, you must.")
    own = copied.with_name(LIST)
    own.write_text(
        "words:\n- {pattern: musst, reason: es befiehlt; lade ein, example: Du musst}\n",
        encoding="utf-8",
    )
    assert [(fault.line, fault.what) for fault in faults(copied)] == [
        (line, "'musst' is not said here: es befiehlt; lade ein")
    ]


def test_a_page_that_cannot_be_read_is_told_as_such(copied):
    copied.write_text("title: 'open\n", encoding="utf-8")
    [fault] = faults(copied)
    assert fault.line == 1
    assert "this is not YAML" in fault.what


def test_a_pattern_that_cannot_be_read_is_told_with_its_line(tmp_path):
    path = tmp_path / LIST
    path.write_text("words:\n- reason: a; b\n  example: c\n  pattern: '(must'\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        yaml_files.read(path, Voice)
    [fault] = caught.value.faults
    assert fault.line == 4
    assert "'(must' is no regular expression" in fault.what
    assert "write the plain word" in fault.what


def constants(source):
    """Every text in a module but its docstrings."""
    nodes = list(ast.walk(ast.parse(source)))
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


@pytest.mark.parametrize("name", MODULES)
def test_the_sentences_that_stand_in_python_are_in_the_voice(name):
    sentences = list(constants((PACKAGE / name).read_text(encoding="utf-8")))
    assert any(is_said(text) for _, text in sentences)
    wrong = [(line, what) for line, text in sentences if is_said(text) for _, what in told(text)]
    assert wrong == []


def is_said(text):
    """Whether a text is for people: no name, no pattern, and nothing for a database."""
    return bool(re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)) and not re.search(
        r"\b(?:SELECT|INSERT|CREATE|PRAGMA)\b", text
    )


def test_a_sentence_in_python_would_be_held_to_the_list():
    source = '"""You must."""\nx = f"Please {y} hurry: you must update it!"\n'
    said = [text for _, text in constants(source) if is_said(text)]
    assert said == [" hurry: you must update it!"]
    assert len(told(said[0])) == 3


def test_every_error_of_a_journal_is_in_a_module_that_is_looked_at():
    raising = {
        short(path)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "JournalError"
    }
    assert raising <= set(MODULES)
    assert len(raising) > 1


# Comments first, so that an apostrophe in one begins no text.
SCRIPT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`""", re.DOTALL
)
SENTENCE = re.compile(r"(?<![\w#.-])[A-Za-z][a-z\u2019']*,? [a-z\u2019']+,? [a-z\u2019']+(?![\w-])")


def script_sentences(source):
    """Guess at sentences: texts in which three plain words follow one another."""
    texts = [text[1:-1] for text in SCRIPT.findall(source) if not text.startswith("/")]
    outside = [re.sub(r"\$\{[^}]*\}", " … ", text) for text in texts]
    return [text for text in outside if SENTENCE.search(text)]


@pytest.mark.parametrize("path", SCRIPTS, ids=short)
def test_no_script_holds_a_sentence(path):
    assert script_sentences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("You could rest now.")', ["You could rest now."]),
        ("say('and so on, if you like')", ["and so on, if you like"]),
        ("say(`${name} was placed in ${count}`)", [" …  was placed in  … "]),
        ("// It's a comment that is long\nsay('no')", []),
        ("/* don't\n mind me at all */ say('no')", []),
        ("make('a', {class: 'ws-plain ws-quiet ws-field'})", []),
        ('el.querySelector("input, button.one > .two")', []),
    ],
)
def test_a_sentence_in_a_script_would_be_found(source, found):
    assert script_sentences(source) == found


class Shown(HTMLParser):
    """Gathers what a reader would see or hear of a page."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def handle_starttag(self, tag, attributes):
        heard = {"alt", "title", "placeholder", "label", "aria-label", "aria-description"}
        self.texts += [value for name, value in attributes if name in heard and value]

    def handle_data(self, data):
        self.texts.append(data)


def template_words(source):
    parser = Shown()
    parser.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL))
    parser.close()
    return [text.strip() for text in parser.texts if re.search(r"\w", text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_no_template_holds_words_of_its_own(path):
    assert template_words(path.read_text(encoding="utf-8")) == []


def test_a_word_in_a_template_would_be_found():
    source = '{# a note #}<p title="Rest {{ now }}">{% if x %}Go{% endif %} {{ on }} · </p>'
    assert template_words(source) == ["Rest", "Go  ·"]


def test_there_is_something_to_look_at():
    assert {"shared", "support", "controls", load_exercise("arriving").id} <= {
        path.stem for path in FILES
    }
    assert {"keeper.js", "page.js"} <= {path.name for path in SCRIPTS}
    assert {"frame.html.j2", "companion.html"} <= {path.name for path in TEMPLATES}
