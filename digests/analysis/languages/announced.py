"""Who is announced before a colon, no name beside the verb: "Ruiz no lo ve claro: «…»", "Y añadió: «…»"."""

from digests.analysis.languages.certain import NO_VERB, Certain
from digests.analysis.languages.focus import meant
from digests.analysis.languages.inline import Found, cues_between
from digests.analysis.languages.readers import Form, is_plural, read_name
from digests.analysis.languages.scene import Scene
from digests.analysis.languages.subjects import (
    BLANK,
    Sentence,
    end_of_name,
    first_of,
    is_led,
    mentions,
    rivals,
)
from digests.analysis.languages.words import read_word, read_words, skip_space
from digests.analysis.quotes import QuotedSpan

_MOST_BEFORE = 260


def speaker_announced(scene: Scene, span: QuotedSpan) -> Found | None:
    """Return who a sentence that ends with a colon says will speak, where nobody else may."""
    start, _ = scene.sentence(span.outer_start)
    prefix = scene.bare[max(start, span.outer_start - _MOST_BEFORE) : span.outer_start]
    if not prefix.rstrip(" \u00a0").endswith(":") or len(prefix) == _MOST_BEFORE or BLANK in prefix:
        return None
    one = Sentence(scene.known, scene.bare, start, span.outer_start)
    table = one.known.table
    clause = start + max(prefix.rfind(","), 0)
    denied = set(one.words(clause, one.stop)) & table.negations and cues_between(one, clause, one.stop)
    if denied or set(one.words(start, one.stop)) & table.receives:
        return None
    ways = (_label, _by_subject, _by_last_name, _by_pronoun)
    return next((found for way in ways if (found := way(scene, one)) is not None), None)


def _label(scene: Scene, one: Sentence) -> Found | None:
    """Read "Holt: „…“", "Amareggiato il collega Neri: «…»": a name right before the colon."""
    free = [who for at, who in mentions(one) if not is_led(one, at)]
    who = free[0] if len(free) == 1 else None
    if who is None or one.text[who.end : one.stop].strip(" \u00a0") != ":":
        return None
    speaker = scene.resolve(who) if who.name.split()[-1] in one.known.bearers else None
    return (speaker, Certain(who, NO_VERB)) if speaker else None


def _by_subject(scene: Scene, one: Sentence) -> Found | None:
    """Read "Vereinschef Jan Holt denkt schon weiter:": nobody else is in the sentence."""
    who = first_of(one)
    if who is None or who.form is not Form.NAME:
        return None
    speaker = scene.resolve(who)
    at = end_of_name(one, who)
    others = scene.named(at, one.stop) - {speaker}
    if speaker is None or is_plural(one.text, at, one.known.table) or others:
        return None
    if rivals(one, speaker, scene.named(one.start, one.stop)):
        return None
    return speaker, Certain(who, NO_VERB)


def _by_last_name(scene: Scene, one: Sentence) -> Found | None:
    """Read "Preguntado por el dinero, Quesada se limitó a decir:": the name stands right before the verb."""
    cues = cues_between(one, one.start, one.stop)
    if not cues or one.known.table.suffixed_roles or one.text[cues[-1][1] : one.stop].strip(" \u00a0") != ":":
        return None
    begin = cues[-1][0]
    for at, who in mentions(one):
        free = at == one.start or one.text[:at].rstrip(" \u00a0").endswith(",")
        if (
            free
            and skip_space(one.text, who.end) == begin
            and not is_plural(one.text, begin, one.known.table)
        ):
            speaker = scene.resolve(who)
            return (speaker, Certain(who, cues[-1])) if speaker else None
    return None


def _by_pronoun(scene: Scene, one: Sentence) -> Found | None:
    """Read "Darauf sagte er am Montag:", "Y añadió:": who is in focus says it."""
    table = one.known.table
    cues = cues_between(one, one.start, one.stop)
    if not cues or is_plural(one.text, cues[-1][0], table) or scene.named(one.start, one.stop):
        return None
    begin, end = cues[-1]
    if rivals(one, None, frozenset()) or (len(cues) > 1 and "," not in one.text[cues[-2][1] : begin]):
        return None
    if not table.suffixed_roles and _has_subject(one, begin):
        return None
    word, after = read_word(one.text, skip_space(one.text, end))
    pronoun = word.lower() if word.lower() in table.he | table.she else ""
    rest = one.text[after if pronoun else end : one.stop].strip(" \u00a0:")
    if not pronoun and (table.suffixed_roles or rest):
        return None
    if read_name(one.text, after if pronoun else end, table) is not None:
        return None
    speaker = meant(one.known, scene.at(one.start), pronoun)
    return (speaker, None) if speaker else None


def _has_subject(one: Sentence, at: int) -> bool:
    """Return whether more than "Y", "Poi", "Después" stands between a verb and where its clause begins."""
    table = one.known.table
    begin = max(one.start, one.text.rfind(",", one.start, at) + 1)
    words = read_words(one.text, begin, at)
    small = table.conjunctions | table.fillers | table.clitics | {word.lower() for word in table.never}
    return any(word.lower() not in small - table.articles for word in words)
