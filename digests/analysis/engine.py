"""An article's text -> who said what in it. Calls the analysis rooms in order."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from digests.analysis.actors import find_actors
from digests.analysis.attribution import Found, Ranker, attribute
from digests.analysis.cast import Cast
from digests.analysis.clauses import clause_around
from digests.analysis.cues import Cue, find_cues, is_denied, noun_phrase
from digests.analysis.days import resolve_day
from digests.analysis.importance import Voices, make_actors
from digests.analysis.language import detect_language
from digests.analysis.lexicon import SAY_VERBS
from digests.analysis.mask import is_sentence_like
from digests.analysis.parse import Parser
from digests.analysis.people import Person
from digests.analysis.pronouns import make_cast
from digests.analysis.quotes import QuotedSpan, count_words, find_quotes
from digests.analysis.resolve import Resolved, resolve
from digests.analysis.scene import Scene, set_scene
from digests.analysis.speech import SpeechJudge
from digests.analysis.tokens import Token
from digests.analysis.venue import find_day, find_venue
from digests.analysis.verify import verify_analysis
from digests.model import Analysis, Quote, QuoteKind

ENGINE_VERSION = "onrecord-2"
_FRAGMENT_WORDS = 3
_MOST_CHARS = 250_000
"""An article is analysed up to here, about 40,000 words; no news article is longer."""


class Engine:
    """The analyser with its model loaded; one per process."""

    def __init__(self) -> None:
        self._parser = Parser()
        self._ranker = Ranker()
        self._judge = SpeechJudge()
        self.version = f"{ENGINE_VERSION} {self._parser.model_name}"

    def analyse(self, text: str, *, byline: str = "", published: datetime | None = None) -> Analysis:
        """Return who said what in ``text``; whoever is named in the byline alone is no actor.

        Days are told as dates where ``published`` says which "Monday" is meant.
        """
        started = time.process_time()
        text = text[:_MOST_CHARS]
        spans = find_quotes(text)
        parsed = self._parser.parse(text, spans)
        cues = find_cues(parsed)
        scene = set_scene(parsed, spans, cues)
        found = self._speakers(scene)
        people = find_actors(parsed, scene.credits, _speaking(found, cues))
        cast = make_cast(parsed, people, _said(scene, found))
        quotes, spoken = _make_quotes(scene, cast, found, published.date() if published else None)
        analysis = Analysis(
            engine=self.version,
            language=detect_language(text),
            quotes=quotes,
            actors=make_actors(
                cast, Voices(quoted=spoken, reported=_reported(cast, cues)), byline, scene.credits
            ),
            seconds=time.process_time() - started,
        )
        return verify_analysis(text, analysis)

    def _speakers(self, scene: Scene) -> list[Found | None]:
        """Return what was found for each quote; ``None`` where the marks hold no speech."""
        found = attribute(scene, self._ranker)
        speech = self._judge.are_speech(scene, found)
        return [row if said else None for row, said in zip(found, speech, strict=True)]


def _speaking(found: Sequence[Found | None], cues: Sequence[Cue]) -> list[Token]:
    """Return the heads of the mentions that speak, quoted or not."""
    rows = [row.speaker for row in found if row is not None and row.speaker is not None and row.sure > 0.5]
    return [*rows, *(cue.subject for cue in cues if cue.subject is not None and cue.verb in SAY_VERBS)]


def _reported(cast: Cast, cues: Sequence[Cue]) -> Counter[int]:
    """Return how often each person (by ``id``) is the subject of a verb of saying, quoted or not."""
    told: Counter[int] = Counter()
    for cue in cues:
        if cue.subject is not None and cue.verb in SAY_VERBS:
            taken = cast.pronouns.get(cue.subject.i)
            person = taken.person if taken is not None else cast.named_by(cue.subject)
            if person is not None:
                told[id(person)] += 1
    return told


def _said(scene: Scene, found: Sequence[Found | None]) -> dict[int, str]:
    """Return what was quoted of each mention that speaks, by its head token."""
    said: dict[int, str] = {}
    for span, row in zip(scene.quotes, found, strict=True):
        if row is not None and row.speaker is not None:
            words = scene.parsed.text[span.start : span.end]
            said[row.speaker.i] = f"{said.get(row.speaker.i, '')} {words}"
    return said


def _make_quotes(
    scene: Scene, cast: Cast, found: Sequence[Found | None], published: date | None
) -> tuple[tuple[Quote, ...], Counter[int]]:
    """Return the quotes that are speech, and how many each person (by ``id``) spoke."""
    decided = _resolve_all(cast, found)
    quotes: list[Quote] = []
    spoken: Counter[int] = Counter()
    for index, row in enumerate(decided):
        if row is None or _is_denied(scene, index, row[0]):
            continue
        quote = _made_with(_make_quote(scene, cast, index, *row), quotes[-1:])
        quotes.append(_dated(quote, published))
        person = row[1].person
        if person is not None:
            spoken[id(person)] += 1
    return tuple(quotes), spoken


def _is_denied(scene: Scene, index: int, row: Found) -> bool:
    """Return whether a quote that stands for itself was never said; a clause tells so by its own words."""
    alone = is_sentence_like(scene.parsed.text, scene.quotes[index])
    return alone and row.cue is not None and is_denied(scene.parsed, row.cue)


_NOBODY = Resolved(name="", person=None, sure=0.0)


def _resolve_all(cast: Cast, found: Sequence[Found | None]) -> list[tuple[Found, Resolved] | None]:
    """Return who speaks each quote; a continuing quote takes over from the one it continues."""
    decided: list[tuple[Found, Resolved] | None] = [None] * len(found)
    speaking: Person | None = None
    for index, row in enumerate(found):
        if row is None:
            continue
        one = row, _NOBODY
        before = decided[row.same_as] if row.same_as is not None and row.same_as < index else None
        if before is not None:
            one = row, before[1]
        elif row.speaker is not None:
            one = _decide(cast, row, speaking)
        decided[index] = one
        speaking = one[1].person or speaking
    return decided


def _decide(cast: Cast, row: Found, speaking: Person | None) -> tuple[Found, Resolved]:
    """Return the person whose mentions together have the largest share, by the likeliest of them."""
    shares: dict[str, float] = {}
    first: dict[str, tuple[Token, Resolved]] = {}
    for token, share in row.rivals:
        who = resolve(cast, token, speaking)
        shares[who.name] = shares.get(who.name, 0.0) + share
        first.setdefault(who.name, (token, who))
    best = max(shares, key=lambda name: shares[name])
    token, who = first[best]
    if token is row.speaker:
        return replace(row, sure=shares[best]), who
    return replace(row, speaker=token, sure=shares[best], cue=None), who


def _make_quote(scene: Scene, cast: Cast, index: int, row: Found, who: Resolved) -> Quote:
    text, span = scene.parsed.text, scene.quotes[index]
    kind = _kind(text, span)
    around = clause_around(scene, index, row) if kind is not QuoteKind.DIRECT else None
    mention = None
    if row.speaker is not None and row.same_as is None:
        mention = _mention(cast, row.speaker, who)
    cue = row.cue
    return Quote(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind=kind,
        speaker=text[mention[0] : mention[1]] if mention else None,
        speaker_start=mention[0] if mention else None,
        speaker_end=mention[1] if mention else None,
        speaker_resolved=who.name or None,
        role=who.person.role if who.person is not None else None,
        cue=cue.text if cue is not None else None,
        venue=find_venue(scene.parsed, cue) if cue is not None else None,
        said_on=find_day(scene.parsed, cue) if cue is not None else None,
        confidence=round(row.sure * who.sure, 3),
        clause=around[0] if around else None,
        predicate=around[1] if around else False,
    )


def _mention(cast: Cast, speaker: Token, who: Resolved) -> tuple[int, int]:
    """Return where the speaker is printed: the name of "the mayor's agent, Jane Doe," where one stands so."""
    start, end = noun_phrase(cast.parsed, speaker, cast.entities)
    if who.person is not None and who.person not in cast.mentioned_at(start, end):
        behind = [
            m for m in who.person.mentions if end < m[0] <= end + 2 and " " in cast.parsed.text[slice(*m)]
        ]
        return behind[0] if behind else (start, end)
    return start, end


def _made_with(quote: Quote, before: Sequence[Quote]) -> Quote:
    """Return the rest of a split quote with the place and the day of its first part: “…,” Doe said, “…”."""
    whole = before and before[-1].speaker_start == quote.speaker_start is not None
    if not whole or quote.venue or quote.said_on:
        return quote
    return replace(quote, venue=before[-1].venue, said_on=before[-1].said_on)


def _dated(quote: Quote, published: date | None) -> Quote:
    if quote.said_on is None or published is None:
        return quote
    return replace(quote, said_date=resolve_day(quote.said_on, published))


def _kind(text: str, span: QuotedSpan) -> QuoteKind:
    if is_sentence_like(text, span):
        return QuoteKind.DIRECT
    words = count_words(text[span.start : span.end])
    return QuoteKind.FRAGMENT if words <= _FRAGMENT_WORDS else QuoteKind.MIXED
