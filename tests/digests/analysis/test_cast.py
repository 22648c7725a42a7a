"""Everybody named, and whom pronouns join to them, from parses alone."""

import pytest

from digests.analysis.cast import Cast
from digests.analysis.pronouns import make_cast
from digests.analysis.tokens import Token
from tests.make import make_parsed, make_person

ROSE = "{0}/NNP/compound/1 {1}/NNP/nsubj/2 rose/VBD/ROOT/2 ././punct/2"
RUIZ, VALE = ROSE.format("Ana", "Ruiz"), ROSE.format("Tom", "Vale")
SHE = "She/PRP/nsubj/1 slept/VBD/ROOT/1 ././punct/1"
HE = "He/PRP/nsubj/1 slept/VBD/ROOT/1 ././punct/1"
HIT = "Rain/NN/nsubj/1 hit/VBD/ROOT/1 Ana/NNP/compound/3 Ruiz/NNP/dobj/1 ././punct/1"
ZORN = "Zorn/NNP/nsubj/1 rose/VBD/ROOT/1 ././punct/1"


def cast_of(text: str, *sentences: str, **genders: int) -> Cast:
    """Return the cast of the text: Ana Ruiz and Tom Vale where they are named."""
    people = [make_person(text, name) for name in ("Ana Ruiz", "Tom Vale") if name in text]
    for person in people:
        person.gender = genders.get(person.name.split()[0].lower(), 0)
    return make_cast(make_parsed(text, *sentences), people)


def followed(cast: Cast) -> tuple[str | None, float]:
    """Return whom the last pronoun means, and how sure that is."""
    taken = cast.pronouns[max(cast.pronouns)]
    return (taken.person.name if taken.person is not None else None), taken.sure


NAMED_LATER = (
    "“/``/punct/5 Rain/NN/ROOT/1 ,/,/punct/5 ”/''/punct/5 {0}/PRP/nsubj/5 recalls/VBZ/ROOT/5 ././punct/5"
)
RAINED = "It/PRP/nsubj/1 rained/VBD/ROOT/1 ././punct/1"


@pytest.mark.parametrize(
    ("text", "sentences", "name"),
    [
        pytest.param(
            "“Rain,” she recalls. Ana Ruiz rose.", (NAMED_LATER.format("she"), RUIZ), "Ana Ruiz", id="next",
        ),
        pytest.param(
            "“Rain,” he recalls. Ana Ruiz rose. Tom Vale rose.", (NAMED_LATER.format("he"), RUIZ, VALE),
            "Tom Vale", id="the first whose gender fits",
        ),
        pytest.param(
            "“Rain,” she recalls. " + "It rained. " * 3 + "Ana Ruiz rose.",
            (NAMED_LATER.format("she"), *[RAINED] * 3, RUIZ), "Ana Ruiz", id="soon",
        ),
        pytest.param(
            "“Rain,” she recalls. " + "It rained. " * 4 + "Ana Ruiz rose.",
            (NAMED_LATER.format("she"), *[RAINED] * 4, RUIZ), None, id="not so soon",
        ),
    ],
)  # fmt: skip
def test_a_pronoun_with_nobody_before_it_is_whoever_is_named_soon(text, sentences, name):
    """An article may open with a quote and tell behind it who speaks."""
    assert followed(cast_of(text, *sentences, ana=-4, tom=4)) == (name, 0.76 if name else 0.3)


@pytest.mark.parametrize(
    ("text", "sentences", "name"),
    [
        pytest.param(
            "Rain hit Ana Ruiz. Zorn rose. He slept.", (HIT, ZORN, HE), "Zorn", id="a capitalised subject",
        ),
        pytest.param(
            "Rain hit Ana Ruiz. Zorn rose, zorn or not. He slept.",
            (HIT, "Zorn/NNP/nsubj/1 rose/VBD/ROOT/1 ,/,/punct/1 zorn/NN/dep/1 or/CC/cc/3 not/RB/neg/3"
             " ././punct/1", HE), "Ana Ruiz", id="not a word that has no capital elsewhere",
        ),
        pytest.param(
            "Rain hit Ana Ruiz. The Zorn rose. He slept.",
            (HIT, "The/DT/det/1 Zorn/NNP/nsubj/2 rose/VBD/ROOT/2 ././punct/2", HE), "Ana Ruiz",
            id="not with an article",
        ),
        pytest.param(
            "Rain hit Ana Ruiz. ZORN rose. He slept.",
            (HIT, "ZORN/NNP/nsubj/1 rose/VBD/ROOT/1 ././punct/1", HE), "Ana Ruiz", id="not in capitals",
        ),
        pytest.param(
            "Rain hit Ana Ruiz. Rain hit Zorn. He slept.",
            (HIT, "Rain/NN/nsubj/1 hit/VBD/ROOT/1 Zorn/NNP/dobj/1 ././punct/1", HE), "Ana Ruiz",
            id="not an object",
        ),
        pytest.param(
            "Rain hit Ana Ruiz. Mayor rose. He slept.",
            (HIT, "Mayor/NNP/nsubj/1 rose/VBD/ROOT/1 ././punct/1", HE), "Ana Ruiz", id="not an office",
        ),
    ],
)  # fmt: skip
def test_a_name_that_was_overlooked_takes_the_pronoun_behind_it(text, sentences, name):
    """Nobody knows Zorn, but who acts under such a word is somebody."""
    assert followed(cast_of(text, *sentences))[0] == name


def test_a_subject_whom_the_cast_knows_is_not_overlooked():
    """One word may be a whole name; the pronoun takes up the person who bears it."""
    text = "Zorn met Tom Vale. He slept."
    met = "Zorn/NNP/nsubj/1 met/VBD/ROOT/1 Tom/NNP/compound/3 Vale/NNP/dobj/1 ././punct/1"
    zorn = make_person(text, "Zorn")
    cast = make_cast(make_parsed(text, met, HE), [zorn, make_person(text, "Tom Vale")])
    assert next(iter(cast.pronouns.values())).person is zorn


MET = "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 met/VBD/ROOT/2 Tom/NNP/compound/4 Vale/NNP/dobj/2 ././punct/2"
HIT_VALE = "Rain/NN/nsubj/1 hit/VBD/ROOT/1 Tom/NNP/compound/3 Vale/NNP/dobj/1 ././punct/1"


def test_doubt_is_passed_on_along_a_chain():
    """Who "he" is can hardly be surer than the "he" before it that leads there."""
    cast = cast_of("Ana Ruiz met Tom Vale. " + "He slept. " * 4, MET, *[HE] * 4)
    third, last = (cast.pronouns[index] for index in sorted(cast.pronouns)[-2:])
    assert third.person is last.person is not None
    assert third.sure < last.sure <= third.sure + 0.05 < 0.9


def test_a_doubtful_mention_counts_for_less():
    """It might have been somebody else, so that the one named before stays in the running."""
    cast = cast_of("Ana Ruiz rose. Rain hit Tom Vale. He slept. He slept.", RUIZ, HIT_VALE, HE, HE)
    first, last = (cast.pronouns[index] for index in sorted(cast.pronouns))
    assert (first.sure, last.sure) == (0.6, 0.6)


MAYOR = "The/DT/det/1 mayor/NN/nsubj/2 slept/VBD/ROOT/2 ././punct/2"


@pytest.mark.parametrize(
    ("text", "sentences", "mayors", "name"),
    [
        pytest.param(
            "Ana Ruiz rose. Tom Vale rose. It rained. It rained. The mayor slept. He slept.",
            (RUIZ, VALE, RAINED, RAINED, MAYOR, HE), ("Ana Ruiz",), "Ana Ruiz", id="whose office was told",
        ),
        pytest.param(
            "Ana Ruiz rose. Rain hit Tom Vale. It rained. The mayor slept. He slept.",
            (RUIZ, HIT_VALE, RAINED, MAYOR, HE), ("Ana Ruiz", "Tom Vale"), "Ana Ruiz", id="not of two mayors",
        ),
        pytest.param(
            "Ana Ruiz rose. “Tom Vale rose.” He slept.",
            (RUIZ, "“/``/punct/3 Tom/NNP/compound/2 Vale/NNP/nsubj/3 rose/VBD/ROOT/3 ././punct/3"
            " ”/''/punct/3", HE),
            (), "Ana Ruiz", id="not whom a quote names",
        ),
    ],
)  # fmt: skip
def test_a_pronoun_takes_up_who_was_told_of_last(text, sentences, mayors, name):
    """By an office that is one person's alone as well as by a name; quotes tell of others."""
    people = [
        make_person(text, who, roles=["mayor"] if who in mayors else []) for who in ("Ana Ruiz", "Tom Vale")
    ]
    assert followed(make_cast(make_parsed(text, *sentences), people))[0] == name


def place_of(text: str, name: str, *sentences: str) -> Token:
    """Return the token that heads the only mention of a name."""
    parsed = make_parsed(text, *sentences)
    (place,) = (p for p in make_cast(parsed, [make_person(text, name)]).places if p.by_name)
    return parsed.tokens[place.token]


@pytest.mark.parametrize(
    ("text", "name", "sentence", "head"),
    [
        pytest.param("Ana Ruiz rose.", "Ana Ruiz", RUIZ, "Ruiz", id="a name"),
        pytest.param(
            "Ana Ruiz-Vale rose.", "Ana Ruiz-Vale",
            "Ana/NNP/compound/3 Ruiz/NNP/compound/3 -/HYPH/punct/3 Vale/NNP/nsubj/4 rose/VBD/ROOT/4"
            " ././punct/4",
            "Vale", id="with a hyphen",
        ),
        pytest.param(
            "Mid-Ruiz rose.", "Ruiz", "Mid-Ruiz/NNP/nsubj/1 rose/VBD/ROOT/1 ././punct/1", "Mid-Ruiz",
            id="within a word",
        ),
        pytest.param(
            "“We all like Ana Ruiz a lot here.”", "Ana Ruiz",
            "“/``/punct/2 ^It/PRP/nsubj/2 ^is/VBZ/ROOT/2 ”/''/punct/2",
            "is", id="in a quote whose words have no tokens",
        ),
    ],
)  # fmt: skip
def test_a_name_is_headed_by_the_token_that_links_it_to_its_sentence(text, name, sentence, head):
    """Words of a quote have no tokens of their own; the quote's stand for them."""
    assert place_of(text, name, sentence).text == head


def test_a_name_in_a_quote_stays_in_its_quote():
    """It is never taken for the subject of the sentence behind the marks."""
    text = "“We all like Ana Ruiz a lot here,” Vale said."
    sentence = (
        "“/``/punct/7 ^It/PRP/nsubj/2 ^is/VBZ/ccomp/6 ^,/,/punct/6 ”/''/punct/6 Vale/NNP/nsubj/6"
        " said/VBD/ROOT/6 ././punct/6"
    )
    assert place_of(text, "Ana Ruiz", sentence).quote == 0
