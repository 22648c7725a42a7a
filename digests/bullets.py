"""Quotes and actors -> the few bullets a reader gets: whole sentences first, nothing twice."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from digests.analysis.verify import verify_bullets
from digests.exchanges import in_turn
from digests.model import Actor, ActorKind, Analysis, Article, Bullet, Quote, QuoteKind, Span
from digests.phrases import PHRASES
from digests.scripts import estimate_words, fitting, is_unspaced, room, whole_character
from digests.sentences import sentence_ends
from digests.told import TELLS_MUCH, Told, retells, tell_statements
from digests.worth import is_headless, topic, worth

MOST_BULLETS = 5
PRINTED_FROM = 0.75
"""Confidence from which a speaker's name is printed; below it a digest says "speaker not stated"."""

_ENOUGH_ROOM = 230
_SHORT_WORDS = 7
_FEW_WORDS = 6
_LONGEST_ATTRIBUTION = 120
_MOST_PER_ACTOR = 2
_FRAGMENT_STEPS = 1.5
"""How many places fragments stand behind whole sentences; twice as many without a clause around them."""

_LATE_STEPS = 1.5
"""How many places somebody who speaks at the article's end stands behind one who speaks at its start."""

_LEAD_CHARS = 600
_ENOUGH_VOICES = 3
"""With so many bullets a story needs none whose speaker is not certain."""

_SHORTEST_DEED = 6
_SHORTEST_CLAUSE = 60
_STANDS_ABOVE = 1.5
"""How much less a quote is worth that the headline prints already."""

_CLAUSE_END = re.compile(r"[,;:—–،؛](?=\s)|\s[—–-](?=\s)|[、，；：](?=.)")


def make_bullets(article: Article, analysis: Analysis) -> tuple[Bullet, ...]:
    """Return at most five bullets, the most newsworthy first, every printed word in the article."""
    chosen: list[Bullet] = []
    told = tell_statements(article, analysis, PRINTED_FROM)
    reported = {bullet for rows in told.values() for _, bullet in rows}
    for bullet in _ranked(article, analysis, told):
        if len(chosen) == MOST_BULLETS or (bullet.speaker is None and len(chosen) >= _ENOUGH_VOICES):
            break
        again = any(
            _repeats(bullet, one) or (bullet in reported and retells(bullet, one, analysis.language))
            for one in chosen
        )
        if not again and verify_bullets(article.text, (bullet,)):
            chosen.append(bullet)
    ordered = _together(chosen, in_turn(chosen, article.text, analysis))
    return tuple(_with_article(article.text, analysis, bullet) for bullet in ordered)


def _with_article(text: str, analysis: Analysis, bullet: Bullet) -> Bullet:
    """Return a clause about an institution with the article that the news prints before its name."""
    phrases = PHRASES.get(analysis.language)
    actor = next((one for one in analysis.actors if one.name == bullet.speaker), None)
    if phrases is None or actor is None or actor.kind is ActorKind.PERSON or not bullet.predicate:
        return bullet
    before = {start: phrases.article.search(text[max(0, start - 5) : start]) for start, _ in actor.mentions}
    found = [match[0] for match in before.values() if match is not None]
    # The subject of the clause itself, where it is named there: "agence de santé (ARS) … L'ARS assure".
    own = next((match for start, match in reversed(before.items()) if start < bullet.pieces[0].start), None)
    if own is None and 2 * len(found) <= len(before):
        return bullet
    return replace(bullet, article=own[0] if own is not None else found[0])


def _together(bullets: Sequence[Bullet], names: Sequence[str | None]) -> list[Bullet]:
    """Return the bullets by speakers in the order of ``names``: sentences in the article's order first."""

    def place(bullet: Bullet) -> tuple[int, bool, int]:
        return names.index(bullet.speaker), not _is_whole(bullet), bullet.pieces[0].start

    return sorted(bullets, key=place)


def _is_whole(bullet: Bullet) -> bool:
    """Return whether somebody's own words stand as a sentence; scripts without capitals do not say."""
    first = bullet.pieces[0].text[:1]
    return bullet.quoted and (first.isupper() or (first.isalpha() and first.lower() == first.upper()))


def _ranked(article: Article, analysis: Analysis, told: Told) -> Iterator[Bullet]:
    """Yield bullets in the order in which they are wanted.

    First everyone's best words, by importance, with room for what the article's first lines tell of
    somebody who is not quoted; then what else the important said or did; then second quotes; last the words
    whose speaker is not certain.
    """
    spoken = _by_speaker(article, analysis, told)
    deeds = list(_of_silent(analysis, spoken, told))
    names = list(spoken)
    for name in names[: MOST_BULLETS - 1]:
        yield from spoken[name][:1]
    yield from (deed for deed in deeds if deed.pieces[0].start < _LEAD_CHARS)
    for name in names[MOST_BULLETS - 1 :]:
        yield from spoken[name][:1]
    yield from deeds
    for name in spoken:
        yield from spoken[name][1:_MOST_PER_ACTOR]
    for name in spoken:
        yield from (said for points, said in told.get(name, ())[:1] if points >= TELLS_MUCH)
    yield from _unattributed(analysis)


def _of_silent(analysis: Analysis, spoken: Collection[str], told: Told) -> Iterator[Bullet]:
    """Yield what is told of those who are not quoted: what they said in other words, or what they did."""
    for place, actor in enumerate(analysis.actors):
        if actor.name in spoken:
            continue
        points, said = told[actor.name][0] if actor.name in told else (0.0, None)
        important = place <= MOST_BULLETS
        deed = important and actor.clause is not None and _is_news(actor, actor.clause)
        deed = deed and not any(bullet.pieces[0] == actor.clause for _, bullet in told.get(actor.name, ()))
        if said is not None and (points >= TELLS_MUCH or (important and not deed)):
            yield said
        elif deed and actor.clause is not None:
            yield _deed(actor, actor.clause)


def _is_news(actor: Actor, clause: Span) -> bool:
    """Return whether a deed is worth telling: long enough, and a person's, or told at the very start."""
    early = clause.start < _LEAD_CHARS
    return estimate_words(clause.text) >= _SHORTEST_DEED and (actor.kind is ActorKind.PERSON or early)


def _by_speaker(article: Article, analysis: Analysis, told: Told) -> dict[str, list[Bullet]]:
    """Return each certain speaker's bullets, best first; speakers by importance, unnamed ones last.

    Words that say less make way for what the speaker is told to have said.
    """
    order = {actor.name: place for place, actor in enumerate(analysis.actors)}
    quotes: dict[str, list[int]] = {}
    points = _points(article, analysis)
    for index in sorted(range(len(points)), key=points.__getitem__, reverse=True):
        quote = analysis.quotes[index]
        name = quote.speaker_resolved
        if not name or quote.confidence < PRINTED_FROM:
            continue
        if quote.clause is not None or points[index] >= _best_told(told, name):
            quotes.setdefault(name, []).append(index)
    spoken = {
        name: [bullet for index in indices if (bullet := _speech(article.text, analysis, index)) is not None]
        for name, indices in quotes.items()
    }

    def place(name: str) -> float:
        best = spoken[name][0]
        late = _LATE_STEPS * best.pieces[0].start / max(len(article.text), 1)
        steps = 0 if _is_whole(best) else _FRAGMENT_STEPS * (2 if best.quoted else 1)
        return order.get(name, len(order)) + late + steps

    return {name: spoken[name] for name in sorted((n for n in spoken if spoken[n]), key=place)}


def _points(article: Article, analysis: Analysis) -> list[float]:
    """Return how much each quote is worth a bullet; the rest of a split one is less."""
    quotes, language = analysis.quotes, analysis.language
    about, length = topic(article, language), len(article.text)
    rests = [i > 0 and _goes_on(article.text, quotes[i - 1], quote) for i, quote in enumerate(quotes)]
    headline = article.title.casefold()
    return [
        worth(quote, about, length, language)
        - 0.8 * rest
        - _STANDS_ABOVE * (_core_of(quote.text) in headline)
        for quote, rest in zip(quotes, rests, strict=True)
    ]


def _best_told(told: Told, name: str) -> float:
    """Return the points of what somebody is told to have said where it tells much, else none."""
    return max((points for points, _ in told.get(name, ()) if points >= TELLS_MUCH), default=0.0)


def _speech(text: str, analysis: Analysis, index: int) -> Bullet | None:
    """Return the bullet of a quote: its own words, or the reporter's clause around them."""
    quote = analysis.quotes[index]
    anchor = Span(start=quote.start, end=quote.end, text=quote.text)
    if quote.kind is not QuoteKind.DIRECT and quote.clause is not None:
        return Bullet(
            speaker=quote.speaker_resolved, role=quote.role, pieces=(quote.clause,), quoted=False,
            predicate=quote.predicate, anchor=anchor,
        )  # fmt: skip
    begun = quote.text[:1].islower()
    retold = _is_retold(analysis, quote)
    if begun and retold:
        return None
    part = quote.kind is not QuoteKind.DIRECT or begun or retold
    if part and (estimate_words(quote.text) < _FEW_WORDS or is_headless(quote.text, analysis.language)):
        return None
    pieces, cut = _pieces(text, analysis.quotes, index, analysis.language)
    return Bullet(
        speaker=quote.speaker_resolved, role=quote.role, pieces=pieces, quoted=True, anchor=pieces[0],
        venue=quote.venue, said_on=quote.said_on, said_date=quote.said_date, cut=cut,
    )  # fmt: skip


def _is_retold(analysis: Analysis, quote: Quote) -> bool:
    """Return whether a quote stands inside reported speech of its speaker: "she heard them shout, “Go!”"."""
    return any(
        one.start < quote.start and quote.end <= one.end and one.speaker_resolved == quote.speaker_resolved
        for one in analysis.statements
    )


def _pieces(text: str, quotes: Sequence[Quote], index: int, language: str) -> tuple[tuple[Span, ...], bool]:
    """Return what is shown of a quote: whole sentences up to a readable length, a short one with the next."""
    quote = quotes[index]
    first, cut = _shorten(quote.text, quote.start, language)
    following = quotes[index + 1] if index + 1 < len(quotes) else None
    if cut or following is None or not _goes_on(text, quote, following):
        return (first,), cut
    second, cut = _shorten(following.text, following.start, language)
    phrases = PHRASES.get(language)
    taken_back = phrases is not None and phrases.takes_back.match(following.text) is not None
    long = estimate_words(first.text) >= _SHORT_WORDS and room(first.text) + room(second.text) > _ENOUGH_ROOM
    if long and not taken_back:
        return (first,), following.text[:1].islower()
    return (first, second), cut


def _goes_on(text: str, quote: Quote, following: Quote) -> bool:
    """Return whether the next quote is the rest of a split one: “…,” Doe said. “…”.

    Not where a question stands between them, which both of them answer.
    """
    between = text[quote.end : following.start]
    return (
        following.kind is QuoteKind.DIRECT
        and following.speaker_resolved == quote.speaker_resolved
        and len(between) < _LONGEST_ATTRIBUTION
        and "?" not in between
        and len(sentence_ends(between)) <= 2
        and (following.speaker, following.speaker_start) == (quote.speaker, quote.speaker_start)
    )


def _shorten(text: str, start: int, language: str) -> tuple[Span, bool]:
    """Return ``(the span to show, whether it stops early)``; cut between sentences, else at a comma."""
    most, ends = fitting(text, _ENOUGH_ROOM), sentence_ends(text, language)
    whole = [end for end in ends if end <= most]
    if whole:
        return _trimmed(text, start, whole[-1]), whole[-1] < len(text)
    if ends[0] <= fitting(text, int(_ENOUGH_ROOM * 1.4)):
        return _trimmed(text, start, ends[0]), ends[0] < len(text)
    shortest = fitting(text, _SHORTEST_CLAUSE)
    clauses = [found.start() for found in _CLAUSE_END.finditer(text) if shortest < found.start() <= most]
    at = clauses[-1] if clauses else text.rfind(" ", 0, most)
    if at <= 0 and is_unspaced(text):
        at = whole_character(text, most)
    return _trimmed(text, start, at if at > 0 else len(text)), at > 0


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > 1 and text[end - 1] in " ,;:—–\n、，；：،؛":
        end -= 1
    return Span(start=start, end=start + end, text=text[:end])


def _deed(actor: Actor, clause: Span) -> Bullet:
    return Bullet(speaker=actor.name, role=actor.role, pieces=(clause,), quoted=False, predicate=True)


def _unattributed(analysis: Analysis) -> Iterator[Bullet]:
    """Yield whole sentences whose speaker is not certain; the reader is told so."""
    for index, quote in enumerate(analysis.quotes):
        unsure = quote.kind is QuoteKind.DIRECT and quote.confidence < PRINTED_FROM
        if unsure and estimate_words(quote.text) >= _FEW_WORDS:
            pieces, cut = _pieces("", analysis.quotes[: index + 1], index, analysis.language)
            yield Bullet(speaker=None, role=None, pieces=pieces, quoted=True, anchor=pieces[0], cut=cut)


def _repeats(bullet: Bullet, other: Bullet) -> bool:
    """Return whether two bullets print some of the same words, or words that the article prints twice."""
    return any(
        (a.start < b.end and b.start < a.end) or _core(a) == _core(b)
        for a in bullet.pieces
        for b in other.pieces
    )


def _core(piece: Span) -> str:
    """Return the words of a piece as a pull quote would repeat them: in any case, without its last mark."""
    return _core_of(piece.text)


def _core_of(text: str) -> str:
    return text.strip(" .,;:!?…。、！？؟،").casefold()
