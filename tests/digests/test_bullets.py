"""The few bullets a reader gets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.bullets import MOST_BULLETS, PRINTED_FROM, make_bullets
from digests.model import Actor, Analysis, Bullet, Quote, QuoteKind, Span
from tests.make import make_actor, make_article, make_quote, make_span

NAMES = ["Ana Ruiz", "Tom Vale", "Ida Lund", "Kim Ash", "Bo Hart", "Lea Moss", "Max Orr"]
WORDS = "We will mend the {0} bridge before the summer comes"
TEXT = "\n".join(
    [f"“{WORDS.format(name)},” {name} said. “It is {name}’s duty to do so.”" for name in NAMES]
    + [f"{name} left the council for the harbour board of Elm." for name in NAMES]
    + ["Ruiz called it “a sad day for us all.”", "“One two three four five six seven.”"]
)


def bullets(*quotes: Quote, actors: Sequence[Actor] = (), text: str = TEXT) -> tuple[Bullet, ...]:
    """Return the bullets of an article with these quotes and actors."""
    analysis = Analysis(engine="test", language="en", actors=tuple(actors), quotes=quotes)
    return make_bullets(make_article(text=text), analysis)


def told(bullet: Bullet) -> str:
    """Return the printed words of a bullet."""
    return " / ".join(piece.text for piece in bullet.pieces)


def sentence(name: str, **changes: object) -> Quote:
    """Return the first sentence somebody says."""
    return make_quote(TEXT, WORDS.format(name) + ",", name, **changes)


def second(name: str) -> Quote:
    """Return the second sentence somebody says, by another mention, so that it is not joined."""
    return make_quote(TEXT, f"It is {name}’s duty to do so.", name, speaker="they")


def deed(name: str) -> Actor:
    """Return an actor with what they did."""
    return make_actor(name, clause=make_span(TEXT, "left the council for the harbour board of Elm"))


def test_five_bullets_at_most():
    """However many speak, a phone shows five."""
    assert len(bullets(*(sentence(name) for name in NAMES))) == MOST_BULLETS == 5


def test_everyone_once_before_anyone_twice():
    """First each speaker's best words, then what others did, only then second quotes."""
    quotes = [quote for name in NAMES[:4] for quote in (sentence(name), second(name))]
    found = bullets(*quotes, actors=[*map(make_actor, NAMES[:4]), deed("Bo Hart")])
    assert [bullet.speaker for bullet in found] == NAMES[:5]


def test_what_one_speaker_says_stands_together():
    """In the article's order, whichever was worth more: an answer is read behind what it answers."""
    quotes = [quote for name in NAMES[:2] for quote in (sentence(name), second(name))]
    found = bullets(*quotes, actors=[make_actor("Ana Ruiz"), make_actor("Tom Vale"), deed("Ida Lund")])
    assert [bullet.speaker for bullet in found] == [
        "Ana Ruiz",
        "Ana Ruiz",
        "Tom Vale",
        "Tom Vale",
        "Ida Lund",
    ]
    assert [bullet.pieces[0].start for bullet in found[:4]] == sorted(b.pieces[0].start for b in found[:4])


def test_speakers_come_by_importance():
    """The analysis orders the actors; who is no actor comes last."""
    quotes = [sentence(name) for name in NAMES[:3]]
    found = bullets(*quotes, actors=[make_actor("Ida Lund"), make_actor("Tom Vale")])
    assert [bullet.speaker for bullet in found] == ["Ida Lund", "Tom Vale", "Ana Ruiz"]


def test_a_speaker_of_whole_sentences_comes_before_a_neighbour_in_fragments():
    """Of two who are about as important; a far more important one stays in front."""
    clause = make_span(TEXT, "called it “a sad day for us all.”")
    fragment = make_quote(TEXT, "a sad day for us all.", "Tom Vale", kind=QuoteKind.MIXED, clause=clause)
    quotes = (sentence("Ana Ruiz"), sentence("Kim Ash"), sentence("Lea Moss"), fragment)
    actors = [make_actor(name) for name in ("Tom Vale", "Ana Ruiz", "Kim Ash", "Lea Moss")]
    assert [bullet.speaker for bullet in bullets(*quotes, actors=actors)] == [
        "Ana Ruiz",
        "Kim Ash",
        "Tom Vale",
        "Lea Moss",
    ]


def test_who_speaks_early_comes_before_a_neighbour_who_speaks_late():
    """Of two who are about as important: news tells first what matters."""
    first, last = WORDS.format("Ana Ruiz"), WORDS.format("Max Orr")
    text = f"“{first},” Ruiz said.\n{'The council met. ' * 60}\n“{last},” Orr said."
    quotes = (make_quote(text, f"{first},", "Ana Ruiz"), make_quote(text, f"{last},", "Max Orr"))
    found = bullets(*quotes, actors=[make_actor("Max Orr"), make_actor("Ana Ruiz")], text=text)
    assert [bullet.speaker for bullet in found] == ["Ana Ruiz", "Max Orr"]


def test_a_whole_sentence_comes_before_a_fragment():
    """Of what one speaker says the sentence is told first, wherever it stands."""
    text = "Ruiz called it “a sad day for us all.”\n“We will mend the bridge,” she said."
    fragment = make_quote(text, "a sad day for us all.", kind=QuoteKind.MIXED, speaker="Ruiz")
    whole = make_quote(text, "We will mend the bridge,", speaker="she")
    assert [told(bullet) for bullet in bullets(fragment, whole, text=text)] == [
        "We will mend the bridge",
        "a sad day for us all.",
    ]


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        pytest.param("Bridge to be rebuilt", "We will mend", id="of two sentences the longer"),
        pytest.param(f"“{WORDS.format('Ana Ruiz')}”", "It is Ana", id="but not the headline again"),
    ],
)
def test_what_the_headline_prints_is_no_first_choice(title, chosen):
    """The reader has it above; whatever else somebody says tells more."""
    quotes = (second("Ana Ruiz"), *(sentence(name) for name in NAMES[:5]))
    analysis = Analysis(engine="test", language="en", quotes=quotes)
    found = make_bullets(make_article(text=TEXT, title=title), analysis)
    assert [bullet.pieces[0].text[: len(chosen)] for bullet in found if bullet.speaker == "Ana Ruiz"] == [
        chosen
    ]


def test_words_inside_a_sentence_are_told_in_the_reporters_clause():
    """The clause makes sense of them; the link leads to the quoted words."""
    clause = make_span(TEXT, "called it “a sad day for us all.”")
    (bullet,) = bullets(
        make_quote(TEXT, "a sad day for us all.", kind=QuoteKind.MIXED, clause=clause, predicate=True)
    )
    assert (bullet.pieces, bullet.quoted, bullet.predicate) == ((clause,), False, True)
    assert bullet.anchor == make_span(TEXT, "a sad day for us all.")


def test_a_word_or_three_without_a_clause_are_no_bullet():
    """A fragment alone says nothing."""
    assert bullets(make_quote(TEXT, "a sad day", kind=QuoteKind.FRAGMENT)) == ()


def test_the_halves_of_a_split_quote_are_joined():
    """“…,” Doe said. “…” is one bullet with an elision; other speakers and far quotes are not joined."""
    first = sentence("Ana Ruiz", speaker="Ruiz")
    rest = make_quote(TEXT, "It is Ana Ruiz’s duty to do so.", speaker="Ruiz")
    assert [told(b) for b in bullets(first, rest)] == [
        "We will mend the Ana Ruiz bridge before the summer comes / It is Ana Ruiz’s duty to do so."
    ]
    assert len(bullets(first, replace(rest, speaker_resolved="Tom Vale"))) == 2
    far = make_quote(TEXT, "One two three four five six seven.", speaker="Ruiz")
    assert len(bullets(first, far)) == 2


@pytest.mark.parametrize(
    ("rest", "pieces", "cut"),
    [
        pytest.param(
            "but the other one will have to wait for two years and more.", 2, False, id="taken back"
        ),
        pytest.param("and the other one will have to wait for two years and more.", 1, True, id="gone on"),
        pytest.param(
            "The other one will have to wait for two years and more.", 1, False, id="another sentence"
        ),
        pytest.param(
            "But the other one will have to wait for two years and more.", 1, False, id="another But"
        ),
    ],
)
def test_a_sentence_that_an_attribution_splits_keeps_what_takes_it_back(rest: str, pieces: int, cut: bool):
    """Where there is no room for both halves the reader sees at least that it goes on."""
    first = f"We will mend the bridge before the summer comes {'and a half of the long road ' * 5}this year,"
    text = f"“{first}” Ruiz said, “{rest}”"
    (bullet, *_) = bullets(
        make_quote(text, first, speaker="Ruiz"), make_quote(text, rest, speaker="Ruiz"), text=text
    )
    assert (len(bullet.pieces), bullet.cut) == (pieces, cut)


def test_nothing_is_told_twice():
    """Neither the same place of the article, nor the same words printed again as a pull quote."""
    text = (
        "“We will mend the bridge,” Ruiz said. Vale left the room in great anger.\nWe will mend the bridge!"
    )
    quote = make_quote(text, "We will mend the bridge,", speaker="Ruiz")
    pulled = Quote(
        start=text.rindex("We"), end=len(text), text=text[text.rindex("We") :], kind=QuoteKind.DIRECT,
        speaker_resolved="Ana Ruiz", confidence=0.9,
    )  # fmt: skip
    clause = make_span(text, "left the room in great anger.")
    actors = [make_actor("Tom Vale", clause=clause), make_actor("Vale", clause=replace(clause))]
    found = bullets(quote, pulled, actors=actors, text=text)
    assert [told(bullet) for bullet in found] == ["We will mend the bridge", "left the room in great anger."]


@pytest.mark.parametrize(
    ("confidence", "speaker"),
    [(PRINTED_FROM, "Ana Ruiz"), (PRINTED_FROM - 0.01, None)],
    ids=["sure", "doubtful"],
)
def test_a_doubtful_speaker_is_not_named(confidence, speaker):
    """Below the mark the words are told and nobody is credited, by name, role or place."""
    (bullet,) = bullets(sentence("Ana Ruiz", confidence=confidence, role="mayor", venue="at a rally"))
    assert bullet.speaker == speaker
    assert (bullet.role, bullet.venue) == (("mayor", "at a rally") if speaker else (None, None))


def test_a_bullet_tells_the_day_as_printed_and_as_a_date():
    """The renderer shows the date where there is one."""
    (bullet,) = bullets(sentence("Ana Ruiz", said_on="Monday", said_date=date(2026, 3, 2)))
    assert (bullet.said_on, bullet.said_date) == ("Monday", date(2026, 3, 2))


def test_words_of_nobody_come_last():
    """Who said it is the point of the digest."""
    found = bullets(sentence("Ana Ruiz", confidence=0.1), sentence("Tom Vale"), sentence("Ida Lund"))
    assert [bullet.speaker for bullet in found] == ["Tom Vale", "Ida Lund", None]


LONG = " ".join(f"Sentence number {n} has seven words here." for n in range(9))
CLAUSES = ", ".join(f"and so on with the clause of number {n}" for n in range(12))
TITLES = "We wrote to Mr. " + "Vale and to Sen. " * 20 + "Ruiz."


@pytest.mark.parametrize(
    ("text", "ending", "cut"),
    [
        pytest.param("We go now.", "We go now.", False, id="short"),
        pytest.param("We go now,", "We go now", False, id="a comma before the attribution goes"),
        pytest.param(LONG, "words here.", True, id="at a sentence's end"),
        pytest.param(CLAUSES, "clause of number 4", True, id="one endless sentence, at a comma"),
        pytest.param("A" + "a" * 399, "aaa", False, id="one endless word is not cut at all"),
        pytest.param("One word and " * 30, "One word", True, id="no comma, between words"),
    ],
)
def test_long_words_are_cut_where_a_reader_would_pause(text, ending, cut):
    """Between sentences, else at a comma, else between words; ``cut`` says that more was said."""
    article = f"“{text}” Ruiz said."
    (bullet,) = bullets(make_quote(article, text.strip()), text=article)
    assert told(bullet).endswith(ending)
    assert bullet.cut is cut
    assert len(told(bullet)) <= 330 or "aaa" in text


def test_the_end_of_a_sentence_is_no_bullet():
    """“was a real eye-opener” has lost whatever was one."""
    text = "A tour “was a real eye-opener,” Ruiz said."
    assert bullets(make_quote(text, "was a real eye-opener,"), text=text) == ()


def test_quotes_with_a_sentence_between_them_are_not_joined():
    """An elision joins what was split by an attribution, and nothing else."""
    text = "“We go now,” Ruiz said. She liked the view. “We come back.”"
    parts = [
        make_quote(text, part, speaker="Ruiz", speaker_start=14) for part in ("We go now,", "We come back.")
    ]
    assert [told(bullet) for bullet in bullets(*parts, text=text)] == ["We go now", "We come back."]
    text = text.replace(" She liked the view.", "")
    parts = [
        make_quote(text, part, speaker="Ruiz", speaker_start=14) for part in ("We go now,", "We come back.")
    ]
    assert [told(bullet) for bullet in bullets(*parts, text=text)] == ["We go now / We come back."]


def test_a_quote_is_not_cut_behind_a_title():
    """The stop of an abbreviation ends no sentence."""
    article = f"“{TITLES}” Ruiz said."
    (bullet,) = bullets(make_quote(article, TITLES), text=article)
    assert not told(bullet).endswith((".", "Mr", "Sen"))


# --- whatever the analysis claims ------------------------------------------------------------------

OFFSETS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 120))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A piece of the text, and sometimes a lie about it."""
    start, length = draw(OFFSETS)
    end = min(start + length, len(TEXT))
    text = TEXT[start:end]
    if draw(st.booleans()):
        text = draw(st.text(alphabet="ab .“”\n", min_size=end - start, max_size=end - start))
    return Span(start=start, end=end, text=text)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """A quote that may not stand in the text, of somebody, with or without a clause."""
    span = draw(spans().filter(lambda span: bool(span.text.strip())))
    return Quote(
        start=span.start, end=span.end, text=span.text, kind=draw(st.sampled_from(QuoteKind)),
        speaker=draw(st.sampled_from([None, "she"])), speaker_resolved=draw(st.sampled_from([None, *NAMES])),
        confidence=draw(st.floats(0, 1)), clause=draw(st.none() | spans()),
    )  # fmt: skip


ACTORS = st.builds(make_actor, st.sampled_from(NAMES), clause=st.none() | spans())


@settings(deadline=None)
@given(st.lists(quotes(), max_size=8), st.lists(ACTORS, max_size=4))
def test_nothing_untrue_survives(claimed, actors):
    """Each printed or linked piece stands in the article, whatever an analysis claims; none comes twice."""
    found = bullets(*claimed, actors=actors)
    assert len(found) <= MOST_BULLETS
    printed = [piece for bullet in found for piece in bullet.pieces]
    for piece in (*printed, *(bullet.anchor for bullet in found if bullet.anchor)):
        assert TEXT[piece.start : piece.end] == piece.text
    for one, other in pairwise(found):
        assert not any(a.start < b.end and b.start < a.end for a in one.pieces for b in other.pieces)


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12), st.data())
def test_nobody_is_told_twice_before_everybody_once(names, data):
    """True for any mix of speakers, however often each speaks."""
    claimed = [data.draw(st.sampled_from([sentence(name), second(name)])) for name in names]
    speakers = [bullet.speaker for bullet in bullets(*claimed)]
    everyone = len(set(names))
    assert len(set(speakers)) == min(everyone, MOST_BULLETS)


def test_a_sentence_in_a_script_without_blanks_is_a_bullet():
    """Its letters tell how long it is; the reader is told that the speaker is not stated."""
    text = "市長は：「橋を来年までに必ず再建する。」と述べた。"
    quote = replace(make_quote(text, "橋を来年までに必ず再建する。", None), confidence=0.0)
    (bullet,) = bullets(quote, text=text)
    assert (told(bullet), bullet.speaker) == ("橋を来年までに必ず再建する。", None)
