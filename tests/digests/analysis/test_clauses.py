"""The reporter's own words around a quote or an actor."""

import pytest

from digests.analysis.attribution import Found
from digests.analysis.clauses import clause_around, find_clause
from digests.analysis.cues import find_cues
from digests.analysis.people import Person
from digests.analysis.quotes import find_quotes
from digests.analysis.scene import set_scene
from digests.analysis.tokens import Parsed
from digests.model import ActorKind
from tests.make import make_parsed, make_person, make_span

DEEDS = make_parsed(
    "Ruiz is the mayor of Elm. Ruiz will not open the old bridge on Monday, and slept. Vale left.",
    "Ruiz/NNP/nsubj/1 is/VBZ/ROOT/1 the/DT/det/3 mayor/NN/attr/1 of/IN/prep/3 Elm/NNP/pobj/4 ././punct/1",
    "Ruiz/NNP/nsubj/3 will/MD/aux/3 not/RB/neg/3 open/VB/ROOT/3 the/DT/det/6 old/JJ/amod/6 bridge/NN/dobj/3"
    " on/IN/prep/3 Monday/NNP/pobj/7 ,/,/punct/3 and/CC/cc/3 slept/VBD/conj/3 ././punct/3",
    "Vale/NNP/nsubj/1 left/VBD/ROOT/1 ././punct/1",
)


def deed(parsed: Parsed, name: str) -> str | None:
    """Return the clause that tells what somebody did."""
    starts = [token.start for token in parsed.tokens if token.text == name]
    mentions = [(start, start + len(name)) for start in starts]
    clause = find_clause(parsed, Person(name=name, kind=ActorKind.PERSON, mentions=mentions))
    assert clause is None or parsed.text[clause.start : clause.end] == clause.text
    return clause.text if clause else None


def around(parsed: Parsed, speaker: str | None) -> tuple[str, bool] | None:
    """Return the clause around the only quote, and whether it reads on from the name."""
    cues = find_cues(parsed)
    scene = set_scene(parsed, find_quotes(parsed.text), cues)
    head = next((token for token in parsed.tokens if token.text == speaker), None)
    cue = next((cue.token for cue in cues if cue.subject is head), None)
    clause = clause_around(scene, 0, Found(speaker=head, cue=cue, sure=0.9))
    return (clause[0].text, clause[1]) if clause else None


def test_a_deed_is_a_clause_that_reads_on_from_the_name():
    """It starts with its verb, auxiliaries with it; what somebody does beats what somebody is."""
    assert deed(DEEDS, "Ruiz") == "will not open the old bridge on Monday, and slept."


def test_a_clause_too_short_to_tell_anything_is_none():
    """Two words are no line of a digest; nor is somebody a deed who only stands somewhere."""
    assert deed(DEEDS, "Vale") is None
    assert deed(DEEDS, "Elm") is None


def test_words_quoted_inside_a_sentence_come_with_the_speakers_clause():
    """From the verb of the speaker to the sentence's end: it reads on from the name."""
    parsed = make_parsed(
        "Vale has gone and Ruiz said the bridge was “a sad sight” in winter.",
        "Vale/NNP/nsubj/2 has/VBZ/aux/2 gone/VBN/ROOT/2 and/CC/cc/2 Ruiz/NNP/nsubj/5 said/VBD/conj/2"
        " the/DT/det/7"
        " bridge/NN/nsubj/8 was/VBD/ccomp/5 “/``/punct/8 a/DT/det/12 sad/JJ/amod/12 sight/NN/attr/8"
        " ”/''/punct/8"
        " in/IN/prep/8 winter/NN/pobj/14 ././punct/5",
    )
    assert around(parsed, "Ruiz") == ("said the bridge was “a sad sight” in winter.", True)


@pytest.mark.parametrize(
    ("text", "rows", "clause"),
    [
        pytest.param(
            "While Ruiz said it was “a sad day,” she will pay for it.",
            "While/IN/mark/2 Ruiz/NNP/nsubj/2 said/VBD/advcl/13 it/PRP/nsubj/4 was/VBD/ccomp/2 “/``/punct/4"
            " a/DT/det/8 sad/JJ/amod/8 day/NN/attr/4 ,/,/punct/13 ”/''/punct/13 she/PRP/nsubj/13"
            " will/MD/aux/13 pay/VB/ROOT/13 for/IN/prep/13 it/PRP/pobj/14 ././punct/13",
            "said it was “a sad day,”", id="before another clause, and its comma",
        ),
        pytest.param(
            "While Ruiz said it was “a sad day” she will pay for it.",
            "While/IN/mark/2 Ruiz/NNP/nsubj/2 said/VBD/advcl/12 it/PRP/nsubj/4 was/VBD/ccomp/2 “/``/punct/4"
            " a/DT/det/8 sad/JJ/amod/8 day/NN/attr/4 ”/''/punct/12 she/PRP/nsubj/12"
            " will/MD/aux/12 pay/VB/ROOT/12 for/IN/prep/12 it/PRP/pobj/13 ././punct/12",
            "said it was “a sad day”", id="before another clause",
        ),
        pytest.param(
            "She will pay, while Ruiz said it was “a sad day” for all.",
            "She/PRP/nsubj/2 will/MD/aux/2 pay/VB/ROOT/2 ,/,/punct/2 while/IN/mark/6 Ruiz/NNP/nsubj/6"
            " said/VBD/advcl/2 it/PRP/nsubj/8 was/VBD/ccomp/6 “/``/punct/8 a/DT/det/12 sad/JJ/amod/12"
            " day/NN/attr/8 ”/''/punct/2 for/IN/prep/2 all/DT/pobj/14 ././punct/2",
            "said it was “a sad day” for all.", id="behind it",
        ),
    ],
)  # fmt: skip
def test_a_clause_that_only_leads_up_to_another_ends_with_its_quote(text, rows, clause):
    """What follows would read as if something were missing: "Ruiz said it was “a sad day,” she will …"."""
    assert around(make_parsed(text, rows), "Ruiz") == (clause, True)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "They saw a blast that Ruiz described as “a sad day” for all.",
            "They/PRP/nsubj/1 saw/VBD/ROOT/1 a/DT/det/3 blast/NN/dobj/1 that/WDT/dobj/6 Ruiz/NNP/nsubj/6"
            " described/VBD/relcl/3 as/IN/prep/6 “/``/punct/11 a/DT/det/11 sad/JJ/amod/11 day/NN/pobj/7"
            " ”/''/punct/6 for/IN/prep/6 all/DT/pobj/13 ././punct/1",
            id="what was described stands before it",
        ),
        pytest.param(
            "It rained, Ruiz said, adding that it was “a sad day” for all.",
            "It/PRP/nsubj/1 rained/VBD/ccomp/4 ,/,/punct/4 Ruiz/NNP/nsubj/4 said/VBD/ROOT/4 ,/,/punct/4"
            " adding/VBG/advcl/4 that/IN/mark/9 it/PRP/nsubj/9 was/VBD/ccomp/6 “/``/punct/13 a/DT/det/13"
            " sad/JJ/amod/13 day/NN/attr/9 ”/''/punct/9 for/IN/prep/9 all/DT/pobj/15 ././punct/4",
            id="what was said stands before it",
        ),
        pytest.param(
            "The men, Ruiz explained today, were “well fed” for all.",
            "The/DT/det/1 men/NNS/npadvmod/4 ,/,/punct/4 Ruiz/NNP/nsubj/4 explained/VBD/ROOT/4"
            " today/NN/npadvmod/4 ,/,/punct/4 were/VBD/conj/4 “/``/punct/7 well/RB/advmod/10 fed/VBN/acomp/7"
            " ”/''/punct/7 for/IN/prep/7 all/DT/pobj/12 ././punct/4",
            id="who is told of stands before it",
        ),
    ],
)
def test_a_clause_that_lost_its_object_is_none(text, rows):
    """Ruiz “described as …” or “said, adding …” is no sentence."""
    assert around(make_parsed(text, rows), "Ruiz") is None


def test_words_before_their_attribution_come_with_the_whole_sentence():
    """The name goes before it with a colon, and "Ruiz said" shows that the reporter tells it."""
    parsed = make_parsed(
        "The bridge is “a sad sight” in winter, Ruiz said.",
        "The/DT/det/1 bridge/NN/nsubj/2 is/VBZ/ccomp/12 “/``/punct/2 a/DT/det/6 sad/JJ/amod/6 sight/NN/attr/2"
        " ”/''/punct/2 in/IN/prep/2 winter/NN/pobj/8 ,/,/punct/12 Ruiz/NNP/nsubj/12 said/VBD/ROOT/12"
        " ././punct/12",
    )
    assert around(parsed, "Ruiz") == ("The bridge is “a sad sight” in winter, Ruiz said.", False)


@pytest.mark.parametrize(
    ("end", "rows", "whole"),
    [
        pytest.param(
            "and “full of holes.”",
            "and/CC/cc/5 “/``/punct/21 full/JJ/conj/5 of/IN/prep/21 holes/NNS/pobj/22 ././punct/11"
            " ”/''/punct/11",
            True, id="more of it",
        ),
        pytest.param(
            "and nobody else heard it then.",
            "and/CC/cc/11 nobody/NN/nsubj/22 else/RB/advmod/20 heard/VBD/conj/11 it/PRP/dobj/22"
            " then/RB/advmod/22 ././punct/11",
            False, id="something else",
        ),
    ],
)  # fmt: skip
def test_a_sentence_is_whole_where_more_of_it_stands_behind_its_attribution(end: str, rows: str, whole: bool):
    """Half of what was said can tell the opposite; whatever else stands there is left out."""
    text = f"The bridge is “really smart for us,” Ruiz wrote to all of the people today, {end}"
    parsed = make_parsed(
        text,
        "The/DT/det/1 bridge/NN/nsubj/2 is/VBZ/ccomp/11 “/``/punct/5 really/RB/advmod/5 smart/JJ/acomp/2"
        " for/IN/prep/5 us/PRP/pobj/6 ,/,/punct/11 ”/''/punct/11 Ruiz/NNP/nsubj/11 wrote/VBD/ROOT/11"
        " to/IN/prep/11 all/DT/pobj/12 of/IN/prep/13 the/DT/det/16 people/NNS/pobj/14"
        f" today/NN/npadvmod/11 ,/,/punct/11 {rows}",
    )
    clause = text if whole else "The bridge is “really smart for us,”"
    assert around(parsed, "Ruiz") == (clause, False)


def test_a_clause_joined_by_and_is_the_speakers():
    """Nothing stands before it that it lost."""
    parsed = make_parsed(
        "Ruiz explained it, and was “well fed” for all.",
        "Ruiz/NNP/nsubj/1 explained/VBD/ROOT/1 it/PRP/dobj/1 ,/,/punct/1 and/CC/cc/1 was/VBD/conj/1"
        " “/``/punct/5 well/RB/advmod/8 fed/VBN/acomp/5 ”/''/punct/5 for/IN/prep/5 all/DT/pobj/10"
        " ././punct/1",
    )
    assert around(parsed, "Ruiz") == ("explained it, and was “well fed” for all.", True)


def test_a_mark_that_opens_the_next_sentence_is_no_part_of_a_clause():
    """The parser takes it for the end of the sentence before."""
    text = 'Ana Ruiz closed the old bridge. "'
    parsed = make_parsed(
        text,
        "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 closed/VBD/ROOT/2 the/DT/det/5 old/JJ/amod/5 bridge/NN/dobj/2"
        ' ././punct/2 "/``/punct/2',
    )
    found = find_clause(parsed, make_person(text, "Ana Ruiz"))
    assert found is not None
    assert found.text == "closed the old bridge."


def test_words_of_nobody_have_no_clause():
    """Without a speaker nothing reads on from a name."""
    parsed = make_parsed(
        "It was “a sad sight” again.",
        "It/PRP/nsubj/1 was/VBD/ROOT/1 “/``/punct/1 a/DT/det/5 sad/JJ/amod/5 sight/NN/attr/1 ”/''/punct/1"
        " again/RB/advmod/1 ././punct/1",
    )
    assert around(parsed, None) is None


@pytest.mark.parametrize(
    ("text", "rows", "clause"),
    [
        pytest.param(
            "Ana Ruiz closed the old bridge.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 closed/VBD/ROOT/2 the/DT/det/5 old/JJ/amod/5"
            " bridge/NN/dobj/2"
            " ././punct/2",
            "closed the old bridge.", id="a main clause",
        ),
        pytest.param(
            "Ana Ruiz would close the old bridge.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/3 would/MD/aux/3 close/VB/ROOT/3 the/DT/det/6 old/JJ/amod/6"
            " bridge/NN/dobj/3 ././punct/3",
            "would close the old bridge.", id="a finite auxiliary",
        ),
        pytest.param(
            "Ana Ruiz close the old bridge.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 close/VB/ROOT/2 the/DT/det/5 old/JJ/amod/5 bridge/NN/dobj/2"
            " ././punct/2",
            None, id="a bare verb",
        ),
        pytest.param(
            "When Ana Ruiz closed the old bridge, Vale left.",
            "When/WRB/advmod/3 Ana/NNP/compound/2 Ruiz/NNP/nsubj/3 closed/VBD/advcl/9 the/DT/det/6"
            " old/JJ/amod/6 bridge/NN/dobj/3 ,/,/punct/9 Vale/NNP/nsubj/9 left/VBD/ROOT/9 ././punct/9",
            None, id="a subordinate clause",
        ),
        pytest.param(
            "Ana Ruiz and Vale closed the old bridge.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/4 and/CC/cc/1 Vale/NNP/conj/1 closed/VBD/ROOT/4 the/DT/det/7"
            " old/JJ/amod/7 bridge/NN/dobj/4 ././punct/4",
            None, id="with somebody else",
        ),
        pytest.param(
            "Vale’s aide Ana Ruiz closed the old bridge.",
            "Vale/NNP/poss/2 ’s/POS/case/0 aide/NN/compound/4 Ana/NNP/compound/4 Ruiz/NNP/nsubj/5"
            " closed/VBD/ROOT/5 the/DT/det/8 old/JJ/amod/8 bridge/NN/dobj/5 ././punct/5",
            None, id="of somebody else",
        ),
        pytest.param(
            "Ana Ruiz mended the old bridge with her aide.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 mended/VBD/ROOT/2 the/DT/det/5 old/JJ/amod/5"
            " bridge/NN/dobj/2"
            " with/IN/prep/2 her/PRP$/poss/8 aide/NN/pobj/6 ././punct/2",
            "mended the old bridge with her aide.", id="her own",
        ),
        pytest.param(
            "Ana Ruiz closed it for the winter.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 closed/VBD/ROOT/2 it/PRP/dobj/2 for/IN/prep/2 the/DT/det/6"
            " winter/NN/pobj/4 ././punct/2",
            None, id="something told before",
        ),
        pytest.param(
            "Ana Ruiz gave her the old bridge.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 gave/VBD/ROOT/2 her/PRP/dative/2 the/DT/det/6 old/JJ/amod/6"
            " bridge/NN/dobj/2 ././punct/2",
            None, id="somebody told before",
        ),
        pytest.param(
            "Ana Ruiz is the old bridge board.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 is/VBZ/ROOT/2 the/DT/det/6 old/JJ/amod/6"
            " bridge/NN/compound/6"
            " board/NN/attr/2 ././punct/2",
            None, id="what somebody is",
        ),
        pytest.param(
            "“It is done,” Ana Ruiz said in the old town on Monday.",
            "“/``/punct/8 It/PRP/nsubj/2 is/VBZ/auxpass/3 done/VBN/ccomp/8 ,/,/punct/8 ”/''/punct/8"
            " Ana/NNP/compound/7 Ruiz/NNP/nsubj/8 said/VBD/ROOT/8 in/IN/prep/8 the/DT/det/12 old/JJ/amod/12"
            " town/NN/pobj/9 on/IN/prep/8 Monday/NNP/pobj/13 ././punct/8",
            None, id="a quote whose verb stands behind it",
        ),
        pytest.param(
            "Ana Ruiz asked the board for money.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 asked/VBD/ROOT/2 the/DT/det/4 board/NN/dobj/2 for/IN/prep/2"
            " money/NN/pobj/5 ././punct/2",
            "asked the board for money.", id="a verb of saying without a quote",
        ),
        pytest.param(
            "Ana Ruiz called the deal “the best of all bridges” on Monday.",
            "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 called/VBD/ROOT/2 the/DT/det/4 deal/NN/dobj/2 “/``/punct/2"
            " the/DT/det/7 best/JJS/oprd/2 of/IN/prep/7 all/DT/det/10 bridges/NNS/pobj/8 ”/''/punct/2"
            " on/IN/prep/2 Monday/NNP/pobj/12 ././punct/2",
            "called the deal “the best of all bridges” on Monday.", id="a quote whose verb stands before it",
        ),
    ],
)  # fmt: skip
def test_a_deed_is_what_somebody_did_alone_and_says_so_by_itself(text, rows, clause):
    """A finite main clause that needs nothing told before it."""
    found = find_clause(make_parsed(text, rows), make_person(text, "Ana Ruiz"))
    assert (found.text if found is not None else None) == clause


def test_what_a_caption_says_is_no_deed():
    """It tells what the picture shows; the article's own clause is told, though it comes later."""
    text = "Ana Ruiz waves to the crowd. Ana Ruiz closed the old bridge."
    parsed = make_parsed(
        text,
        "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 waves/VBZ/ROOT/2 to/IN/prep/2 the/DT/det/5 crowd/NN/pobj/3"
        " ././punct/2",
        "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 closed/VBD/ROOT/2 the/DT/det/5 old/JJ/amod/5 bridge/NN/dobj/2"
        " ././punct/2",
    )
    caption = make_span(text, "Ana Ruiz waves to the crowd.")
    found = [
        find_clause(parsed, make_person(text, "Ana Ruiz"), credits)
        for credits in ((), [(caption.start, caption.end)])
    ]
    assert [clause.text for clause in found if clause is not None] == [
        "waves to the crowd.",
        "closed the old bridge.",
    ]
