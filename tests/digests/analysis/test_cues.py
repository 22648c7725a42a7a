"""The words that introduce speech, and whose they are."""

import pytest

from digests.analysis.cues import find_cues, noun_phrase
from digests.analysis.tokens import Parsed
from tests.make import make_parsed

SAID = make_parsed(
    "“We go now,” Ana Ruiz said.",
    "“/``/punct/7 ^It/PRP/nsubj/2 ^is/VBZ/ccomp/7 ^,/,/punct/7 ”/''/punct/7"
    " Ana/NNP/compound/6 Ruiz/NNP/nsubj/7 said/VBD/ROOT/7 ././punct/7",
    entities=[("Ana Ruiz", "PERSON")],
)
INVERTED = make_parsed(
    "“We go now,” said Coun. Ana Ruiz.",
    "“/``/punct/5 ^It/PRP/nsubj/2 ^is/VBZ/ccomp/5 ^,/,/punct/5 ”/''/punct/5"
    " said/VBD/ROOT/5 Coun./NNP/nsubj/5 Ana/NNP/compound/8 Ruiz/NNP/appos/6 ././punct/5",
)
ACCORDING = make_parsed(
    "It leaked, according to Ana Ruiz.",
    "It/PRP/nsubj/1 leaked/VBD/ROOT/1 ,/,/punct/1 according/VBG/prep/1 to/IN/prep/3"
    " Ana/NNP/compound/6 Ruiz/NNP/pobj/4 ././punct/1",
)
SCRIPT = make_parsed(
    "Ana Ruiz: “We go now.”",
    "Ana/NNP/compound/1 Ruiz/NNP/ROOT/1 :/:/punct/1 “/``/punct/5 ^It/PRP/nsubj/5 ^is/VBZ/acl/1 ^././punct/1"
    " ”/''/punct/1",
)
LIST = make_parsed(
    "Bring these: “tea and milk”",
    "Bring/VB/ROOT/0 these/DT/dobj/0 :/:/punct/0 “/``/punct/0 tea/NN/dobj/0 and/CC/cc/4 milk/NN/conj/4"
    " ”/''/punct/0",
)
PARTICIPLE = make_parsed(
    "Ruiz left, saying “it is late.”",
    "Ruiz/NNP/nsubj/1 left/VBD/ROOT/1 ,/,/punct/1 saying/VBG/advcl/1 “/``/punct/6 it/PRP/nsubj/6"
    " is/VBZ/ccomp/3 late/JJ/acomp/6 ././punct/1 ”/''/punct/1",
)
LETTER = make_parsed(
    "She sent a letter saying “it is late.”",
    "She/PRP/nsubj/1 sent/VBD/ROOT/1 a/DT/det/3 letter/NN/dobj/1 saying/VBG/acl/3 “/``/punct/7"
    " it/PRP/nsubj/7 is/VBZ/ccomp/4 late/JJ/acomp/7 ././punct/1 ”/''/punct/1",
)
RELATIVE = make_parsed(
    "Ruiz, who said “no way,” left.",
    "Ruiz/NNP/nsubj/9 ,/,/punct/0 who/WP/nsubj/3 said/VBD/relcl/0 “/``/punct/3 no/DT/det/6 way/NN/dobj/3"
    " ,/,/punct/3 ”/''/punct/3 left/VBD/ROOT/9 ././punct/9",
)
PASSIVE = make_parsed(
    "It was called “a sad day” by Ruiz.",
    "It/PRP/nsubjpass/2 was/VBD/auxpass/2 called/VBN/ROOT/2 “/``/punct/2 a/DT/det/6 sad/JJ/amod/6"
    " day/NN/oprd/2 ”/''/punct/2 by/IN/agent/2 Ruiz/NNP/pobj/8 ././punct/2",
)
MISTAGGED = make_parsed(
    "“We go now,” quips Ruiz.",
    "“/``/punct/5 ^It/PRP/nsubj/2 ^is/VBZ/ccomp/5 ^,/,/punct/5 ”/''/punct/5 quips/NNS/ROOT/5"
    " Ruiz/NNP/dobj/5 ././punct/5",
)
INSIDE = make_parsed(
    "The sign “she said no” hung there.",
    "The/DT/det/1 sign/NN/nsubj/7 “/``/punct/1 she/PRP/nsubj/4 said/VBD/acl/1 no/UH/intj/4 ”/''/punct/1"
    " hung/VBD/ROOT/7 there/RB/advmod/7 ././punct/7",
)


@pytest.mark.parametrize(
    ("parsed", "cues"),
    [
        pytest.param(SAID, [("said", "say", "Ruiz", True)], id="name, verb"),
        pytest.param(INVERTED, [("said", "say", "Ruiz", True)], id="verb, title, name"),
        pytest.param(ACCORDING, [("according", "according to", "Ruiz", True)], id="according to"),
        pytest.param(SCRIPT, [(":", ":", "Ruiz", True)], id="a script's colon"),
        pytest.param(LIST, [], id="a colon behind no name"),
        pytest.param(
            PARTICIPLE, [("saying", "say", "Ruiz", False)], id="a participle takes the subject above"
        ),
        pytest.param(LETTER, [("saying", "say", "letter", True)], id="a letter saying"),
        pytest.param(RELATIVE, [("said", "say", "Ruiz", True)], id="who said"),
        pytest.param(PASSIVE, [("called", "call", "Ruiz", True)], id="called so by"),
        pytest.param(MISTAGGED, [("quips", "quip", "Ruiz", True)], id="taken for a noun, beside a mark"),
        pytest.param(INSIDE, [], id="said inside the quote"),
    ],
)
def test_a_cue_tells_its_verb_and_who_does_it(parsed, cues):
    """Each cue: as printed, its base form, the head of its subject, whether the subject is its own."""
    assert [
        (cue.token.text, cue.verb, cue.subject and cue.subject.text, cue.direct) for cue in find_cues(parsed)
    ] == cues


PHRASE = make_parsed(
    "The new mayor of Port Elm, who left, said no.",
    "The/DT/det/2 new/JJ/amod/2 mayor/NN/nsubj/10 of/IN/prep/2 Port/NNP/compound/5 Elm/NNP/pobj/3 ,/,/punct/2"
    " who/WP/nsubj/8 left/VBD/relcl/2 ,/,/punct/2 said/VBD/ROOT/10 no/UH/intj/10 ././punct/10",
)
AGE = make_parsed(
    "The 34-year-old said no.",
    "The/DT/det/5 34/CD/nummod/3 -/HYPH/punct/3 year/NN/npadvmod/5 -/HYPH/punct/5 old/JJ/nsubj/6"
    " said/VBD/ROOT/6 no/UH/intj/6 ././punct/6",
)


def mention(parsed: Parsed, head: int) -> str:
    """Return the words of the mention around a token."""
    entities = {i: e for e in parsed.entities for i in range(e.first, e.last + 1)}
    start, end = noun_phrase(parsed, parsed.tokens[head], entities)
    return parsed.text[start:end]


@pytest.mark.parametrize(
    ("parsed", "head", "words"),
    [
        pytest.param(SAID, 6, "Ana Ruiz", id="a name is its entity"),
        pytest.param(PHRASE, 2, "The new mayor of Port Elm", id="the relative clause is left out"),
        pytest.param(AGE, 5, "The 34-year-old", id="an age"),
        pytest.param(LETTER, 3, "a letter", id="a document"),
    ],
)
def test_a_mention_is_the_whole_noun_phrase(parsed, head, words):
    """The name, or the noun with its article, adjectives and "of" phrase; no clause behind it."""
    assert mention(parsed, head) == words
