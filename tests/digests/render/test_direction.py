"""Words from the right among words from the left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.document import Run, Style
from digests.render.direction import isolate, isolated, isolated_whole, parts
from digests.render.plain import clean

NAMES = {"\u2067": "<R", "\u2068": "<", "\u2069": ">"}
TEXT = st.text(alphabet=st.sampled_from("ab1 .,:ש\u05b0لא٣é東\u0301«»"), max_size=20)
LINES = st.lists(st.builds(Run, text=TEXT), max_size=6).map(tuple)


def shown(text: str) -> str:
    """Return ``text`` with the invisible characters as angle brackets."""
    return "".join(NAMES.get(char, char) for char in text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("city-desk: 3 stories", "city-desk: 3 stories", id="nothing to isolate"),
        pytest.param("أخبار: 3 stories", "<أخبار>: 3 stories", id="the figure belongs to the sentence"),
        pytest.param("BBC عربي · Tue 10 Mar", "BBC <عربي> · Tue 10 Mar", id="the name alone"),
        pytest.param("הארץ, תל אביב · Tue", "<הארץ, תל אביב> · Tue", id="with what stands between"),
        pytest.param("a שָׁ b", "a <שָׁ> b", id="with its vowel points"),
    ],
)
def test_foreign_names_in_the_digests_own_words_are_isolated(text, told):
    """So that figures and marks beside them stay on their side."""
    assert shown(isolated(text)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Bridge closed", "Bridge closed", id="Latin"),
        pytest.param("أُغلق الجسر.", "<أُغلق الجسر.>", id="its full stop on its left"),
        pytest.param("BBC تقول إن الجسر مغلق", "<RBBC تقول إن الجسر مغلق>", id="by most of its letters"),
        pytest.param("שלום is the word of the day", "<שלום> is the word of the day", id="the other way"),
    ],
)
def test_somebodys_words_are_isolated_whole(text, told):
    """A headline is one sentence, whatever foreign words are in it."""
    assert shown(isolated_whole(text)) == told


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        pytest.param(["Ana Ruiz", ": ", "“We go.”"], "Ana Ruiz: “We go.”", id="Latin"),
        pytest.param(["נועה", ": ", "”נלך.”"], "<נועה: ”נלך.”>", id="a whole line"),
        pytest.param(["נועה", ": ", "”נלך.”", " (in Haifa)"], "<נועה: ”נלך.”> (in Haifa)", id="up to Latin"),
        pytest.param(
            ["Ana", " ", "قالت ", "«الجسر»", " مغلق", " (Mon)"],
            "Ana <قالت «الجسر» مغلق> (Mon)",
            id="a sentence with a link in it",
        ),
        pytest.param(["ليلى", ", mayor: ", "«نبني»"], "<ليلى>, mayor: <«نبني»>", id="parted by Latin"),
        pytest.param(["Ana: ", "“It means שלום”"], "Ana: “It means <שלום>”", id="a word in a quote"),
    ],
)
def test_runs_that_belong_together_are_isolated_together(runs, told):
    """A sentence from the right may be several runs; in one isolate they follow each other from the right."""
    assert shown("".join(run.text for run in isolate(tuple(Run(text=text) for text in runs)))) == told


def test_words_styles_and_links_stay_as_they_are():
    """What isolates stands in runs of its own: no link or quote gets a character more."""
    line = (
        Run(text="ليلى", style=Style.STRONG),
        Run(text=": "),
        Run(text="«نبني»", href="https://a.example/"),
    )
    assert isolate(line)[1:-1] == line


@given(LINES)
def test_every_isolate_is_closed_and_no_word_changes(line):
    """Whatever the line: its words in order, each stretch opened once and closed once."""
    text = "".join(run.text for run in isolate(line))
    depth = 0
    for char in text:
        depth += (char in "\u2067\u2068") - (char == "\u2069")
        assert depth in (0, 1)
    assert depth == 0
    assert "".join(char for char in text if char not in NAMES) == "".join(run.text for run in line)
    assert "".join(words for words, _ in parts(line)) == "".join(run.text for run in line)
    assert clean(text) == clean("".join(run.text for run in line))


@given(TEXT)
def test_a_sentence_loses_nothing_either(text):
    """The same for the digest's own words."""
    assert "".join(char for char in isolated(text) if char not in NAMES) == text
    assert isolated(text).count("\u2069") == sum(isolated(text).count(char) for char in "\u2067\u2068")


def test_a_language_says_the_direction_where_letters_do_not():
    """Our own words with a long name in them are read from the left, an Arabic sentence never is."""
    name = "الجريدة الرسمية للمدينة"
    own = Run(text=f" ({name} · Mon)", language="fr")
    assert shown("".join(run.text for run in isolate((Run(text="خبر"), own)))) == f"<خبر> (<{name}> · Mon)"
    theirs = Run(text="وقالت Northgate Wire Service", language="ar")
    assert shown("".join(run.text for run in isolate((theirs,)))) == f"<{theirs.text}>"
