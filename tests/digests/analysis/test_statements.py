"""Reported speech, through the real model: what was said, by whom, and what was never said."""

from datetime import UTC, datetime

import pytest

from digests.analysis.engine import Engine
from digests.bullets import PRINTED_FROM
from digests.model import QuoteKind

pytestmark = pytest.mark.model


def told(engine: Engine, text: str) -> list[tuple[str, str | None]]:
    """Return what is told in ``text``, and who tells it in full."""
    return [(one.text, one.speaker_resolved) for one in engine.analyse(text).statements]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "Mayor Jane Doe said that taxes would fall next year.",
            "that taxes would fall next year",
            id="said that",
        ),
        pytest.param(
            "Mayor Jane Doe said taxes would fall next year.",
            "taxes would fall next year",
            id="said",
        ),
        pytest.param(
            "Jane Doe told reporters on Monday that taxes would fall next year.",
            "that taxes would fall next year",
            id="told somebody",
        ),
        pytest.param(
            "Jane Doe asked whether the bridge was safe for buses.",
            "whether the bridge was safe for buses",
            id="asked whether",
        ),
        pytest.param(
            "Mayor Jane Doe denied taking any money from the fund.",
            "taking any money from the fund",
            id="denied doing",
        ),
        pytest.param(
            "Jane Doe urged the council to close the bridge at night.",
            "to close the bridge at night",
            id="urged somebody to do",
        ),
        pytest.param(
            "Mayor Jane Doe asked Gov. Tom Roe to keep the state out of the dispute.",
            "to keep the state out of the dispute",
            id="asked somebody to do",
        ),
        pytest.param(
            "Mayor Jane Doe called for an inquiry into the ferry.",
            "an inquiry into the ferry",
            id="called for",
        ),
        pytest.param(
            "Mayor Jane Doe warned of higher prices in the spring.",
            "higher prices in the spring",
            id="warned of",
        ),
        pytest.param(
            "Taxes will fall next year, Mayor Jane Doe said.",
            "Taxes will fall next year",
            id="attribution behind",
        ),
        pytest.param(
            "Taxes will fall next year, said Jane Doe, the mayor of Elm.",
            "Taxes will fall next year",
            id="inverted",
        ),
        pytest.param(
            "According to Jane Doe, the new bridge will open in the spring.",
            "the new bridge will open in the spring",
            id="according to, before",
        ),
        pytest.param(
            "The new bridge will open in the spring, according to Jane Doe.",
            "The new bridge will open in the spring",
            id="according to, behind",
        ),
        pytest.param(
            "Jane Doe left the hall, saying that she would not come back.",
            "that she would not come back",
            id="saying",
        ),
        pytest.param(
            "Jane Doe said that the pier was unsafe and that it would be closed on Friday.",
            "that the pier was unsafe and that it would be closed on Friday",
            id="two clauses, whole",
        ),
        pytest.param(
            "Jane Doe said on Monday she would not stand for mayor again.",
            "she would not stand for mayor again",
            id="the day of speech is no part of it",
        ),
        pytest.param(
            "Jane Doe went on to say that the bridge would be closed on Friday.",
            "that the bridge would be closed on Friday",
            id="went on to say",
        ),
    ],
)
def test_what_somebody_says_in_other_words_is_found_whole(engine: Engine, text: str, content: str) -> None:
    """Each form of reported speech gives its content from first word to last, and its speaker."""
    assert told(engine, text) == [(content, "Jane Doe")]


def test_a_content_that_its_attribution_breaks_is_told_in_pieces(engine: Engine) -> None:
    """The words before and behind "Jane Doe said" are two records, as labelled news has them."""
    found = told(engine, "The new bridge, Jane Doe said, will open to buses in the spring.")
    assert found == [("The new bridge", "Jane Doe"), ("will open to buses in the spring", "Jane Doe")]


def test_a_headline_with_a_name_and_a_colon_is_speech(engine: Engine) -> None:
    """ "Jane Doe: Taxes will fall" is hers where the article names her elsewhere."""
    text = "Mayor Jane Doe opened the hall on Monday.\nJane Doe: Taxes will fall next year\nThe hall is new."
    assert told(engine, text) == [("Taxes will fall next year", "Jane Doe")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("CURRENCIES: The crown fell to a new low on Monday", id="a topic"),
        pytest.param("WATCH: The mayor opens the new bridge in Elm", id="an order to the reader"),
    ],
)
def test_a_label_that_is_nobody_says_nothing(engine: Engine, text: str) -> None:
    """What stands before a colon must be somebody."""
    assert told(engine, text) == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        pytest.param(
            "A poll found that most voters want a new bridge.",
            "that most voters want a new bridge",
            "A poll",
            id="poll",
        ),
        pytest.param(
            "Researchers found that the pier was older than the town.",
            "that the pier was older than the town",
            "Researchers",
            id="researchers",
        ),
        pytest.param(
            "A report published on Monday said that the pier was about to collapse.",
            "that the pier was about to collapse",
            "A report",
            id="report",
        ),
        pytest.param(
            "Poll: Most voters want a new bridge", "Most voters want a new bridge", "Poll", id="headline"
        ),
    ],
)
def test_polls_studies_and_reports_speak(engine: Engine, text: str, content: str, speaker: str) -> None:
    """What they found is told as theirs."""
    assert told(engine, text) == [(content, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe believes that taxes will fall next year.", id="believes"),
        pytest.param("Jane Doe thinks that taxes will fall next year.", id="thinks"),
        pytest.param("Jane Doe hopes that taxes will fall next year.", id="hopes"),
        pytest.param("Jane Doe knows that taxes will fall next year.", id="knows"),
        pytest.param("Jane Doe realised that taxes would fall next year.", id="realised"),
        pytest.param("Jane Doe fears that taxes will rise next year.", id="fears"),
        pytest.param("The poll had 400 respondents in three towns.", id="a fact about a poll"),
        pytest.param("Jane Doe found that the pier was older than the town.", id="a person finds"),
    ],
)
def test_thoughts_feelings_and_facts_are_not_told_as_speech(engine: Engine, text: str) -> None:
    """Nobody can be held to what a reporter says that they think."""
    assert told(engine, text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe did not say that taxes would fall next year.", id="did not say"),
        pytest.param("Jane Doe never said that taxes would fall next year.", id="never"),
        pytest.param("Jane Doe might say that taxes will fall next year.", id="might"),
        pytest.param("Jane Doe could have said that taxes would fall next year.", id="could have"),
        pytest.param("The council will cheer if Jane Doe says that taxes will fall next year.", id="if"),
        pytest.param("The council waits until Jane Doe says that taxes will fall next year.", id="until"),
        pytest.param("Jane Doe declined to say whether taxes would fall next year.", id="declined to say"),
        pytest.param("Jane Doe is expected to say that taxes will fall next year.", id="is expected to"),
        pytest.param("Jane Doe left without saying that taxes would fall next year.", id="without"),
        pytest.param("Jane Doe stopped short of saying that taxes would fall.", id="stopped short of"),
        pytest.param("Jane Doe has yet to say that taxes will fall next year.", id="yet to say"),
        pytest.param("Jane Doe hardly ever said that taxes would fall.", id="hardly ever"),
        pytest.param("Jane Doe neither said nor hinted that taxes would fall.", id="neither nor"),
        pytest.param("Jane Doe allegedly said that taxes would fall next year.", id="allegedly"),
        pytest.param("When Jane Doe says that taxes will fall, the council will laugh.", id="when she says"),
        pytest.param("There is no evidence that Jane Doe said that taxes would fall.", id="no evidence"),
        pytest.param("Did Jane Doe say that taxes would fall next year?", id="a question"),
        pytest.param("Nobody said that taxes would fall next year.", id="nobody"),
        pytest.param("No councillor said that taxes would fall next year.", id="no councillor"),
        pytest.param("Jane Doe was told that taxes would fall next year.", id="she heard it"),
        pytest.param("Told that taxes would fall next year, Jane Doe laughed.", id="she heard it first"),
        pytest.param("Asked whether taxes would fall, Jane Doe said nothing.", id="she was asked"),
    ],
)
def test_what_was_not_said_is_not_told(engine: Engine, text: str) -> None:
    """A negation, a condition or a doubt is never cut off."""
    assert told(engine, text) == []


def test_what_somebody_did_not_do_says_nothing_of_what_they_said(engine: Engine) -> None:
    """ "Could not come and said …" said it: a finite verb has its own say."""
    found = told(engine, "Tom Roe could not come and said that the pier was unsafe.")
    assert found == [("that the pier was unsafe", "Tom Roe")]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        pytest.param(
            "Jane Doe said the tower was unsafe and told the council that the pier would be closed.",
            "that the pier would be closed",
            "Jane Doe",
            id="a tower tells nobody",
        ),
        pytest.param(
            "The union says Tom Roe was hurt in the mine and alleges that the owners did nothing.",
            "that the owners did nothing",
            "The union",
            id="the tense goes on",
        ),
        pytest.param(
            "Jane Doe said the mill would close and that Tom Roe told the men that nobody would be paid.",
            "that nobody would be paid",
            "Tom Roe",
            id="a subject of its own",
        ),
    ],
)
def test_a_verb_behind_a_reported_clause_can_be_the_speakers(
    engine: Engine, text: str, content: str, speaker: str
) -> None:
    """It is the reported subject's only where that can speak, and does so in its own tense."""
    assert (content, speaker) in told(engine, text)


def test_a_denied_saying_is_a_denial(engine: Engine) -> None:
    """What she denies having said is told as denied, and not as said."""
    (one,) = engine.analyse("Jane Doe denied saying that taxes would rise next year.").statements
    assert (one.cue, one.text) == ("denied", "saying that taxes would rise next year")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe explained the old plan for the harbour.", id="explained a thing"),
        pytest.param("Jane Doe concluded the meeting at noon.", id="concluded a thing"),
    ],
)
def test_what_is_hardly_speech_is_not_told(engine: Engine, text: str) -> None:
    """A verb of saying with a thing behind it tells nobody's words."""
    assert told(engine, text) == []


def test_a_denial_keeps_its_cue(engine: Engine) -> None:
    """A reader sees that it was denied: in the record and in the clause."""
    (one,) = engine.analyse("Jane Doe denied that taxes would rise next year.").statements
    assert one.cue == "denied"
    assert one.clause is not None
    assert one.clause.text == "denied that taxes would rise next year."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe said that “taxes will fall next year.”", id="behind that"),
        pytest.param("Jane Doe called the bridge “a disgrace to the town.”", id="an object"),
        pytest.param("“Taxes will fall next year,” Jane Doe said.", id="a sentence"),
    ],
)
def test_what_is_quoted_as_a_whole_is_a_quote_alone(engine: Engine, text: str) -> None:
    """The words between marks are told once, as a quote."""
    analysis = engine.analyse(text)
    assert len(analysis.quotes) == 1
    assert analysis.statements == ()


def test_a_clause_with_quoted_words_is_told_whole(engine: Engine) -> None:
    """The fragment is a quote, the clause around it a statement with its marks."""
    analysis = engine.analyse("Jane Doe said the bridge was “a disgrace” and would be closed on Friday.")
    assert [quote.text for quote in analysis.quotes] == ["a disgrace"]
    assert [one.text for one in analysis.statements] == [
        "the bridge was “a disgrace” and would be closed on Friday"
    ]


def test_a_sentence_that_the_parser_cut_is_not_told(engine: Engine) -> None:
    """Half of what was said is not what was said: a stop within a sentence ends nothing."""
    assert told(engine, "Jane Doe said the pier weighed 16 lbs. since it was small and light.") == []


def test_a_statement_has_the_shape_of_a_quote(engine: Engine) -> None:
    """Speaker with its place, full name, role, cue, venue, day as a date, confidence."""
    text = "The engineer, Jane Doe, came. Doe said in an interview on Monday that the bridge would be closed."
    (one,) = engine.analyse(text, published=datetime(2026, 3, 11, tzinfo=UTC)).statements
    assert one.kind is QuoteKind.INDIRECT
    assert text[one.start : one.end] == one.text == "that the bridge would be closed"
    assert one.speaker is not None
    assert text[one.speaker_start : one.speaker_end] == one.speaker == "Doe"
    assert (one.speaker_resolved, one.role, one.cue) == ("Jane Doe", "engineer", "said")
    assert one.venue == "in an interview on Monday"
    assert str(one.said_date) == "2026-03-09"
    assert PRINTED_FROM <= one.confidence <= 1


def test_the_same_text_gives_the_same_statements(engine: Engine) -> None:
    """Nothing depends on what was read before."""
    text = "Taxes will fall next year, Mayor Jane Doe said. Tom Roe told the council that they would not."
    assert engine.analyse(text).statements == engine.analyse(text).statements != ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jane Doe said that", id="that"),
        pytest.param("Jane Doe:", id="a colon"),
        pytest.param("According to", id="according to"),
        pytest.param("said", id="a verb alone"),
        pytest.param("“Yes,” Jane Doe said, “", id="a mark"),
    ],
)
def test_a_text_may_end_anywhere(engine: Engine, text: str) -> None:
    """An article that was cut off is read as far as it goes."""
    for one in engine.analyse(text).statements:
        assert text[one.start : one.end] == one.text
