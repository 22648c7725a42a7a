"""Reported speech in a digest: who is not quoted is told of in the article's own clause."""

from dataclasses import replace
from datetime import date

import pytest

from digests.bullets import PRINTED_FROM, make_bullets
from digests.model import Actor, Analysis, Bullet, Quote, QuoteKind, Span
from tests.make import make_actor, make_article, make_quote, make_span

TITLE = "Bridge over the Elm to close for the whole summer"
TEXT = "\n".join(
    [
        "“We will mend the old bridge before the summer comes,” Ana Ruiz said.",
        "Ruiz said that repairs to the bridge would cost the town nine million crowns this year.",
        "Tom Vale told the council on Monday that the bridge would be closed to buses for the whole summer.",
        "The bridge will be closed to buses for the whole summer, Ida Lund said.",
        "Kim Ash said she was very happy with the way that the meeting went.",
        "Bo Hart said he would not comment on the letter before the court has read it.",
        "Lea Moss left the council for the harbour board of Elm.",
        "Moss said that the harbour board had asked.",
        "Vale said he heard the crowd at the harbour shout, “Mend that bridge!” as Ruiz left the hall.",
        "“That’s why,” Max Orr said. Orr warned that the ferry could not carry buses if the bridge closed.",
    ]
)
ACTORS = [make_actor(name) for name in ("Ana Ruiz", "Tom Vale", "Ida Lund", "Kim Ash", "Bo Hart", "Max Orr")]
RUIZ = make_quote(TEXT, "We will mend the old bridge before the summer comes,")


def statement(who: str, words: str, clause: str | None = None, **changes: object) -> Quote:
    """Return what ``who`` is told to have said; ``clause`` is what can be printed of it."""
    span: Span | None = make_span(TEXT, clause) if clause else None
    given = {"kind": QuoteKind.INDIRECT, "clause": span, "predicate": True} | changes
    return make_quote(TEXT, words, who, **given)


VALE = statement(
    "Tom Vale",
    "that the bridge would be closed to buses for the whole summer",
    "told the council on Monday that the bridge would be closed to buses for the whole summer.",
    role="mayor",
    venue="told the council",
    said_on="Monday",
    said_date=date(2026, 3, 2),
)
COST = statement(
    "Ana Ruiz",
    "that repairs to the bridge would cost the town nine million crowns this year",
    "said that repairs to the bridge would cost the town nine million crowns this year.",
)


def bullets(*quotes: Quote, told: tuple[Quote, ...] = (), actors: list[Actor] = ACTORS) -> tuple[Bullet, ...]:
    """Return the bullets of an article with these quotes and statements."""
    analysis = Analysis(engine="test", language="en", actors=tuple(actors), quotes=quotes, statements=told)
    return make_bullets(make_article(title=TITLE, text=TEXT), analysis)


def test_who_is_not_quoted_is_told_of_in_the_articles_own_clause():
    """The clause reads on from the name, never between marks, and links to what was said."""
    (bullet,) = bullets(told=(VALE,))
    assert VALE.clause is not None
    assert (bullet.speaker, bullet.role, bullet.pieces) == ("Tom Vale", "mayor", (VALE.clause,))
    assert (bullet.quoted, bullet.predicate) == (False, True)
    assert bullet.anchor == Span(start=VALE.start, end=VALE.end, text=VALE.text)


def test_where_and_when_stand_behind_a_clause_that_does_not_say_so():
    """What the clause says itself is not said twice; the rest is told as of a quote."""
    (says_so,) = bullets(told=(VALE,))
    assert (says_so.venue, says_so.said_on, says_so.said_date) == (None, None, None)
    sentence = statement(
        "Ida Lund",
        "The bridge will be closed to buses for the whole summer",
        "The bridge will be closed to buses for the whole summer, Ida Lund said.",
        predicate=False, venue="at a meeting", said_on="Tuesday", said_date=date(2026, 3, 3),
    )  # fmt: skip
    (bullet,) = bullets(told=(sentence,))
    assert (bullet.venue, bullet.said_on, bullet.said_date) == ("at a meeting", "Tuesday", date(2026, 3, 3))


def test_quotes_come_before_what_is_only_told():
    """Her own words are worth more than anybody's reported ones."""
    assert [b.quoted for b in bullets(RUIZ, told=(VALE, COST))] == [True, False, False]


def test_a_second_bullet_may_be_told_after_the_quote():
    """With room left, what somebody also said in other words stands beside the quote."""
    assert [b.speaker for b in bullets(RUIZ, told=(COST,))] == ["Ana Ruiz", "Ana Ruiz"]


def test_whoever_is_only_mentioned_must_tell_much():
    """Of the important a fair statement is told, of the others only one that is worth as much as a deed."""
    fair = statement(
        "Lea Moss",
        "that the harbour board had asked",
        "said that the harbour board had asked.",
    )
    crowd = [make_actor(f"Witness {letter}") for letter in "ABCDEF"]
    assert len(bullets(told=(fair,), actors=[make_actor("Lea Moss"), *crowd])) == 1
    assert bullets(told=(fair,), actors=[*crowd, make_actor("Lea Moss")]) == ()
    assert len(bullets(told=(VALE,), actors=[*crowd, make_actor("Tom Vale")])) == 1


def test_words_that_are_not_worth_printing_make_way_for_what_is_told():
    """Words that lean on the text before them are replaced by what the speaker is told to have said."""
    poor = make_quote(TEXT, "That’s why,", "Max Orr")
    warned = statement(
        "Max Orr",
        "that the ferry could not carry buses if the bridge closed",
        "warned that the ferry could not carry buses if the bridge closed.",
    )
    assert [(b.quoted, b.speaker) for b in bullets(poor, told=(warned,))] == [(False, "Max Orr")]


def test_a_bullet_is_not_told_twice():
    """What another bullet says already in other words is no bullet, whoever says it."""
    other = statement(
        "Ida Lund",
        "The bridge will be closed to buses for the whole summer",
        "The bridge will be closed to buses for the whole summer, Ida Lund said.",
        predicate=False,
    )
    assert len(bullets(told=(VALE, other))) == 1


@pytest.mark.parametrize(
    "dull",
    [
        pytest.param(
            statement(
                "Kim Ash",
                "she was very happy with the way that the meeting went",
                "said she was very happy with the way that the meeting went.",
            ),
            id="a feeling",
        ),
        pytest.param(
            statement(
                "Bo Hart",
                "he would not comment on the letter before the court has read it",
                "said he would not comment on the letter before the court has read it.",
            ),
            id="no answer",
        ),
    ],
)
def test_a_dull_statement_is_not_told(dull: Quote):
    """That somebody is happy, or says nothing, is no news."""
    assert bullets(told=(dull,)) == ()


def test_a_dull_statement_loses_against_a_deed():
    """What the actor did is told instead; a statement that tells much is told instead of the deed."""
    deed = make_span(TEXT, "left the council for the harbour board of Elm")
    happy = statement("Kim Ash", "she was very happy with the way", "said she was very happy with the way")
    (bullet,) = bullets(told=(happy,), actors=[make_actor("Kim Ash", clause=deed)])
    assert bullet.pieces == (deed,)
    (bullet,) = bullets(told=(VALE,), actors=[make_actor("Tom Vale", clause=deed)])
    assert bullet.pieces == (VALE.clause,)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"clause": None}, id="no clause that stands alone"),
        pytest.param({"confidence": PRINTED_FROM - 0.01}, id="an uncertain speaker"),
        pytest.param({"speaker_resolved": "the council"}, id="nobody on the list of actors"),
    ],
)
def test_a_statement_is_told_only_where_a_reader_can_use_it(changes: dict[str, object]):
    """It needs a clause, a certain speaker, and an actor by that name."""
    given = {"kind": QuoteKind.INDIRECT, "clause": VALE.clause, "predicate": True, **changes}
    assert bullets(told=(make_quote(TEXT, VALE.text, **{"who": "Tom Vale", **given}),)) == ()


def test_a_clause_that_the_article_does_not_hold_is_not_told():
    """The last gate is the same as for quotes."""
    false = Span(start=0, end=9, text="said that")
    assert bullets(told=(replace(VALE, clause=false),)) == ()


def test_a_role_that_the_clause_prints_itself_is_not_printed_twice():
    """ "Ida Lund, mayor: …, said Ida Lund, the mayor" says it once."""
    other = statement(
        "Ida Lund",
        "The bridge will be closed to buses for the whole summer",
        "The bridge will be closed to buses for the whole summer, Ida Lund said.",
        predicate=False, role="Lund",
    )  # fmt: skip
    assert [b.role for b in bullets(told=(other,))] == [None]
    assert [b.role for b in bullets(told=(replace(other, role="mayor"),))] == ["mayor"]


def test_a_clause_that_reads_on_is_preferred_to_a_sentence_that_names_the_speaker_again():
    """Of two that tell about as much; one that tells much more is told all the same."""
    words = "The bridge will be closed to buses for the whole summer"
    line = "The bridge will be closed to buses for the whole summer, Ida Lund said."
    reads_on = statement("Ida Lund", words, line)
    for more, first in ((0.05, True), (0.9, False)):
        sentence = statement("Ida Lund", words, line, predicate=False, confidence=reads_on.confidence + more)
        assert [b.predicate for b in bullets(told=(sentence, reads_on))] == [first]


def test_a_deed_that_is_reported_speech_is_told_as_such():
    """It then links to what was said, and the best of what was said is told."""
    fair = statement("Lea Moss", "that the harbour board had asked", "said that the harbour board had asked.")
    for deed in ("said that the harbour board had asked.", "left the council for the harbour board of Elm"):
        (bullet,) = bullets(told=(fair,), actors=[make_actor("Lea Moss", clause=make_span(TEXT, deed))])
        assert (bullet.anchor is None) is deed.startswith("left")


@pytest.mark.parametrize(
    ("speaker", "quoted"),
    [
        pytest.param("Tom Vale", False, id="what he is told to have said holds them"),
        pytest.param("Max Orr", True, id="somebody else's words hold them"),
    ],
)
def test_a_few_words_inside_reported_speech_come_with_what_is_around_them(speaker: str, quoted: bool):
    """Vale heard them; alone between marks they would be his own."""
    words = "he heard the crowd at the harbour shout, “Mend that bridge!” as Ruiz left the hall"
    around = statement(speaker, words, f"said {words}.")
    found = bullets(make_quote(TEXT, "Mend that bridge!", "Tom Vale"), told=(around,))
    assert [b.quoted for b in found if b.speaker == "Tom Vale"] == [quoted]


def test_the_end_of_somebody_elses_sentence_inside_reported_speech_is_told_with_it():
    """Orr's words inside what Vale is told to have said; alone they would be Vale's."""
    text = "Vale said Orr was right when he told them that “the old bridge was left to fall into the river.”"
    words = text.removeprefix("Vale said ").removesuffix(".”") + ".”"
    told = make_quote(
        text, words, "Tom Vale", kind=QuoteKind.INDIRECT, clause=make_span(text, f"said {words}")
    )
    inner = make_quote(text, "the old bridge was left to fall into the river.", "Tom Vale")
    for statements, quoted in (((replace(told, predicate=True),), False), ((), True)):
        analysis = Analysis(
            engine="test",
            language="en",
            actors=(make_actor("Tom Vale"),),
            quotes=(inner,),
            statements=statements,
        )
        (bullet,) = make_bullets(make_article(text=text), analysis)
        assert bullet.quoted is quoted
