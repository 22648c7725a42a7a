"""An article's text -> who said what in it. Calls the analysis rooms in order."""

import time
from collections.abc import Sequence
from dataclasses import replace

from digests.analysis.actors import find_actors
from digests.analysis.attribution import Found, Scene, attribute, set_scene
from digests.analysis.clauses import clause_around, find_clause
from digests.analysis.cues import find_cues, is_denied, noun_phrase
from digests.analysis.language import detect_language
from digests.analysis.mask import is_sentence_like
from digests.analysis.parse import Parser
from digests.analysis.people import Person
from digests.analysis.quotes import QuotedSpan, count_words, find_paragraphs, find_quotes
from digests.analysis.resolve import Cast, Resolved, make_cast, resolve
from digests.analysis.speech import is_speech
from digests.analysis.venue import find_day, find_venue
from digests.analysis.verify import verify_analysis
from digests.model import Actor, ActorKind, Analysis, Quote, QuoteKind

ENGINE_VERSION = "onrecord-1"
_FRAGMENT_WORDS = 3
_MOST_CHARS = 250_000
"""An article is analysed up to here, about 40,000 words; no news article is longer."""


class Engine:
    """The analyser with its model loaded; one per process."""

    def __init__(self) -> None:
        self._parser = Parser()
        self.version = f"{ENGINE_VERSION} {self._parser.model_name}"

    def analyse(self, text: str, *, byline: str = "") -> Analysis:
        """Return who said what in ``text``; whoever is named in the byline alone is no actor."""
        started = time.process_time()
        text = text[:_MOST_CHARS]
        spans = find_quotes(text)
        parsed = self._parser.parse(text, spans)
        cues = find_cues(parsed)
        people = find_actors(
            parsed, find_paragraphs(text), [cue.subject for cue in cues if cue.subject is not None]
        )
        cast = make_cast(parsed, people)
        scene = set_scene(parsed, spans, cues)
        quotes, speakers = _make_quotes(scene, cast)
        analysis = Analysis(
            engine=self.version,
            language=detect_language(text),
            quotes=quotes,
            actors=_make_actors(cast, speakers, byline),
            seconds=time.process_time() - started,
        )
        return verify_analysis(text, analysis)


def _make_quotes(scene: Scene, cast: Cast) -> tuple[tuple[Quote, ...], dict[int, int]]:
    """Return the quotes that are speech, and how many each person (by ``id``) spoke."""
    found = attribute(scene)
    resolved = _resolve_all(cast, found)
    quotes = []
    spoken: dict[int, int] = {}
    for index in range(len(scene.quotes)):
        if not is_speech(scene, index, found[index]) or _is_denied(scene, index, found[index]):
            continue
        quotes.append(_make_quote(scene, cast, index, found[index], resolved[index]))
        person = resolved[index].person
        if person is not None:
            spoken[id(person)] = spoken.get(id(person), 0) + 1
    return tuple(quotes), spoken


def _is_denied(scene: Scene, index: int, row: Found) -> bool:
    """Return whether a quote that stands for itself was never said; a clause tells so by its own words."""
    alone = is_sentence_like(scene.parsed.text, scene.quotes[index])
    return alone and row.cue is not None and is_denied(scene.parsed, row.cue)


_NOBODY = Resolved(name="", person=None, sure=0.0)


def _resolve_all(cast: Cast, found: Sequence[Found]) -> list[Resolved]:
    """Return who speaks each quote; a continuing quote takes over from the one it continues."""
    resolved: list[Resolved] = [_NOBODY] * len(found)
    speaking: Person | None = None
    for index, row in enumerate(found):
        if row.same_as is not None and row.same_as < index:
            resolved[index] = resolved[row.same_as]
        elif row.speaker is not None:
            resolved[index] = resolve(cast, row.speaker, speaking)
        speaking = resolved[index].person or speaking
    for index in range(len(found) - 1, -1, -1):
        later = found[index].same_as
        if later is not None and later > index:
            resolved[index] = resolved[later]
    return resolved


def _make_quote(scene: Scene, cast: Cast, index: int, row: Found, who: Resolved) -> Quote:
    text, span = scene.parsed.text, scene.quotes[index]
    kind = _kind(text, span)
    around = clause_around(scene, index, row) if kind is not QuoteKind.DIRECT else None
    mention = noun_phrase(scene.parsed, row.speaker, cast.entities) if row.speaker is not None else None
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


def _kind(text: str, span: QuotedSpan) -> QuoteKind:
    if is_sentence_like(text, span):
        return QuoteKind.DIRECT
    words = count_words(text[span.start : span.end])
    return QuoteKind.FRAGMENT if words <= _FRAGMENT_WORDS else QuoteKind.MIXED


def _make_actors(cast: Cast, spoken: dict[int, int], byline: str) -> tuple[Actor, ...]:
    """Return the actors by importance: who speaks, who is named often, who is named early."""
    length = max(len(cast.parsed.text), 1)
    people = [p for p in cast.people if _is_actor(p, spoken, byline)]

    def importance(person: Person) -> float:
        said = min(spoken.get(id(person), 0), 4)
        early = 1.0 - person.mentions[0][0] / length
        kind = 0.6 if person.kind is ActorKind.PERSON else 0.0
        return 2.0 * said + (2.0 if said else 0.0) + 0.4 * min(len(person.mentions), 10) + 1.5 * early + kind

    ranked = sorted(people, key=importance, reverse=True)
    return tuple(_make_actor(cast, person) for person in ranked)


def _is_actor(person: Person, spoken: dict[int, int], byline: str) -> bool:
    if person.name.lower() in byline.lower() and len(person.mentions) == 1:
        return False
    if person.kind is ActorKind.PERSON and len(person.name.split()) == 1:
        return id(person) in spoken or bool(person.roles)
    return True


def _make_actor(cast: Cast, person: Person) -> Actor:
    actor = Actor(
        name=person.name,
        kind=person.kind,
        role=person.role,
        aliases=tuple(sorted(person.aliases - {person.name})),
        mentions=tuple(person.mentions),
    )
    return replace(actor, clause=find_clause(cast.parsed, person))
