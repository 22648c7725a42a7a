"""Quotes and actors -> the few bullets a reader gets: whole sentences first, nothing twice."""

import re
from collections.abc import Iterator, Sequence

from digests.analysis.verify import verify_bullets
from digests.model import Actor, ActorKind, Analysis, Article, Bullet, Quote, QuoteKind, Span
from digests.sentences import sentence_ends, words_in
from digests.worth import topic, worth

MOST_BULLETS = 5
PRINTED_FROM = 0.75
"""Confidence from which a speaker's name is printed; below it a digest says "speaker not stated"."""

_ENOUGH_CHARS = 230
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
_CLAUSE_END = re.compile(r"[,;:—–](?=\s)|\s[—–-](?=\s)")


def make_bullets(article: Article, analysis: Analysis) -> tuple[Bullet, ...]:
    """Return at most five bullets, the most newsworthy first, every printed word in the article."""
    chosen: list[Bullet] = []
    for bullet in _ranked(article, analysis):
        if len(chosen) == MOST_BULLETS or (bullet.speaker is None and len(chosen) >= _ENOUGH_VOICES):
            break
        if verify_bullets(article.text, (bullet,)) and not any(_repeats(bullet, other) for other in chosen):
            chosen.append(bullet)
    return tuple(_together(chosen))


def _together(bullets: Sequence[Bullet]) -> list[Bullet]:
    """Return the bullets with those of one speaker side by side: sentences in the article's order first."""
    names = [bullet.speaker for bullet in bullets]

    def place(bullet: Bullet) -> tuple[int, bool, int]:
        return names.index(bullet.speaker), not _is_whole(bullet), bullet.pieces[0].start

    return sorted(bullets, key=place)


def _is_whole(bullet: Bullet) -> bool:
    """Return whether somebody's own words stand as a sentence."""
    return bullet.quoted and bullet.pieces[0].text[:1].isupper()


def _ranked(article: Article, analysis: Analysis) -> Iterator[Bullet]:
    """Yield bullets in the order in which they are wanted.

    First everyone's best words, by importance, with room for what the article's first lines tell of
    somebody who is not quoted; then what else the important did; then second quotes; last the words
    whose speaker is not certain.
    """
    spoken = _by_speaker(article, analysis)
    silent = [actor for actor in analysis.actors[: MOST_BULLETS + 1] if actor.name not in spoken]
    deeds = [_deed(actor, actor.clause) for actor in silent if actor.clause and _is_news(actor, actor.clause)]
    names = list(spoken)
    for name in names[: MOST_BULLETS - 1]:
        yield from spoken[name][:1]
    yield from (deed for deed in deeds if deed.pieces[0].start < _LEAD_CHARS)
    for name in names[MOST_BULLETS - 1 :]:
        yield from spoken[name][:1]
    yield from deeds
    for name in spoken:
        yield from spoken[name][1:_MOST_PER_ACTOR]
    yield from _unattributed(analysis.quotes)


def _is_news(actor: Actor, clause: Span) -> bool:
    """Return whether a deed is worth telling: long enough, and a person's, or told at the very start."""
    early = clause.start < _LEAD_CHARS
    return len(clause.text.split()) >= _SHORTEST_DEED and (actor.kind is ActorKind.PERSON or early)


def _by_speaker(article: Article, analysis: Analysis) -> dict[str, list[Bullet]]:
    """Return each certain speaker's bullets, best first; speakers by importance, unnamed ones last."""
    order = {actor.name: place for place, actor in enumerate(analysis.actors)}
    quotes: dict[str, list[int]] = {}
    for index in _best_first(article, analysis.quotes):
        quote = analysis.quotes[index]
        if quote.speaker_resolved and quote.confidence >= PRINTED_FROM:
            quotes.setdefault(quote.speaker_resolved, []).append(index)
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


def _best_first(article: Article, quotes: Sequence[Quote]) -> list[int]:
    """Return the places of the quotes, those most worth a bullet first; the rest of a split one is less."""
    about, length = topic(article), len(article.text)

    def points(index: int) -> float:
        rest = index > 0 and _goes_on(article.text, quotes[index - 1], quotes[index])
        return worth(quotes[index], about, length) - (0.8 if rest else 0.0)

    return sorted(range(len(quotes)), key=points, reverse=True)


def _speech(text: str, analysis: Analysis, index: int) -> Bullet | None:
    """Return the bullet of a quote: its own words, or the reporter's clause around them."""
    quote = analysis.quotes[index]
    anchor = Span(start=quote.start, end=quote.end, text=quote.text)
    if quote.kind is not QuoteKind.DIRECT and quote.clause is not None:
        return Bullet(
            speaker=quote.speaker_resolved, role=quote.role, pieces=(quote.clause,), quoted=False,
            predicate=quote.predicate, anchor=anchor,
        )  # fmt: skip
    part = quote.kind is not QuoteKind.DIRECT or quote.text[:1].islower()
    if part and words_in(quote.text) < _FEW_WORDS:
        return None
    pieces, cut = _pieces(text, analysis.quotes, index)
    return Bullet(
        speaker=quote.speaker_resolved, role=quote.role, pieces=pieces, quoted=True, anchor=pieces[0],
        venue=quote.venue, said_on=quote.said_on, said_date=quote.said_date, cut=cut,
    )  # fmt: skip


def _pieces(text: str, quotes: Sequence[Quote], index: int) -> tuple[tuple[Span, ...], bool]:
    """Return what is shown of a quote: whole sentences up to a readable length, a short one with the next."""
    quote = quotes[index]
    first, cut = _shorten(quote.text, quote.start)
    following = quotes[index + 1] if index + 1 < len(quotes) else None
    if cut or following is None or not _goes_on(text, quote, following):
        return (first,), cut
    second, cut = _shorten(following.text, following.start)
    if len(first.text.split()) >= _SHORT_WORDS and len(first.text) + len(second.text) > _ENOUGH_CHARS:
        return (first,), False
    return (first, second), cut


def _goes_on(text: str, quote: Quote, following: Quote) -> bool:
    """Return whether the next quote is the rest of a split one: “…,” Doe said. “…”."""
    between = text[quote.end : following.start]
    return (
        following.kind is QuoteKind.DIRECT
        and following.speaker_resolved == quote.speaker_resolved
        and len(between) < _LONGEST_ATTRIBUTION
        and len(sentence_ends(between)) <= 2
        and (following.speaker, following.speaker_start) == (quote.speaker, quote.speaker_start)
    )


def _shorten(text: str, start: int) -> tuple[Span, bool]:
    """Return ``(the span to show, whether it stops early)``; cut between sentences, else at a comma."""
    ends = sentence_ends(text)
    fitting = [end for end in ends if end <= _ENOUGH_CHARS]
    if fitting:
        return _trimmed(text, start, fitting[-1]), fitting[-1] < len(text)
    if ends[0] <= _ENOUGH_CHARS * 1.4:
        return _trimmed(text, start, ends[0]), ends[0] < len(text)
    clauses = [match.start() for match in _CLAUSE_END.finditer(text) if 60 < match.start() <= _ENOUGH_CHARS]
    at = clauses[-1] if clauses else text.rfind(" ", 0, _ENOUGH_CHARS)
    return _trimmed(text, start, at if at > 0 else len(text)), at > 0


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > 1 and text[end - 1] in " ,;:—–\n":
        end -= 1
    return Span(start=start, end=start + end, text=text[:end])


def _deed(actor: Actor, clause: Span) -> Bullet:
    return Bullet(speaker=actor.name, role=actor.role, pieces=(clause,), quoted=False, predicate=True)


def _unattributed(quotes: Sequence[Quote]) -> Iterator[Bullet]:
    """Yield whole sentences whose speaker is not certain; the reader is told so."""
    for index, quote in enumerate(quotes):
        if quote.kind is QuoteKind.DIRECT and quote.confidence < PRINTED_FROM and words_in(quote.text) > 5:
            pieces, cut = _pieces("", quotes[: index + 1], index)
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
    return piece.text.strip(" .,;:!?…").casefold()
