"""Find the words that introduce speech, and who is their subject: "Doe said", "according to Doe"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from digests.analysis.lexicon import CUE_FORMS, DOCUMENTS, PEOPLE_NOUNS, TITLES
from digests.analysis.tokens import Entity, Parsed, Token

_MIGHT = frozenset("could might may should will".split())
_PLANNED = frozenset("expected set due likely planned scheduled supposed".split())
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue and the head token of its subject, or ``None`` where it has none.

    ``direct`` says that the subject is the verb's own and not taken from a verb above it.
    """

    token: Token
    verb: str
    subject: Token | None
    direct: bool


def find_cues(parsed: Parsed) -> tuple[Cue, ...]:
    """Return every cue outside quotation marks, in the order of the text."""
    return tuple(_cues(parsed))


def _cues(parsed: Parsed) -> Iterator[Cue]:
    for token in parsed.tokens:
        if token.quote >= 0:
            continue
        if token.lower == "according":
            yield Cue(token=token, verb="according to", subject=_according_to(parsed, token), direct=True)
        elif token.lower == "per" and token.dep == "prep":
            yield Cue(token=token, verb="per", subject=_object(parsed, token), direct=True)
        elif token.lower == ":" and (speaker := _script_speaker(parsed, token)) is not None:
            yield Cue(token=token, verb=":", subject=speaker, direct=True)
        elif (token.lower in CUE_FORMS and token.tag.startswith("VB")) or _mistagged(parsed, token):
            subject, direct = find_subject(parsed, token)
            yield Cue(token=token, verb=CUE_FORMS[token.lower], subject=subject, direct=direct)


def _mistagged(parsed: Parsed, token: Token) -> bool:
    """Return whether a word beside a quotation mark is a cue that the tagger took for a noun."""
    if token.lower not in CUE_FORMS or token.tag[:2] not in ("NN", "JJ", "IN"):
        return False
    before = parsed.tokens[token.i - 1] if token.i else None
    after = parsed.tokens[token.i + 1] if token.i + 1 < len(parsed.tokens) else None
    near = {t.text for t in (before, after) if t is not None}
    return bool(near & {"”", '"', "“", ":", "’", "‘"}) and token.text.islower()


def _script_speaker(parsed: Parsed, colon: Token) -> Token | None:
    """Return the name in ``Jane Doe: “…”`` at a paragraph's start, as interviews and scripts print it."""
    first = colon
    while first.i > 0 and parsed.tokens[first.i - 1].paragraph == colon.paragraph:
        first = parsed.tokens[first.i - 1]
    words = [word for word in parsed.tokens[first.i : colon.i] if word.text not in ("“", '"')]
    following = parsed.tokens[colon.i + 1 : colon.i + 3]
    if not any(word.quote >= 0 for word in following) or any(word.tag == "POS" for word in words):
        return None
    if 1 <= len(words) <= 5 and all(word.text[:1].isupper() or word.text == "." for word in words):
        return words[-1]
    return None


def _according_to(parsed: Parsed, token: Token) -> Token | None:
    for child in parsed.kids(token):
        if child.lower == "to":
            return _object(parsed, child)
    after = parsed.tokens[token.i + 1 : token.i + 2]
    return _object(parsed, after[0]) if after and after[0].lower == "to" else None


def _object(parsed: Parsed, preposition: Token) -> Token | None:
    return next((kid for kid in parsed.kids(preposition) if kid.dep in ("pobj", "dobj")), None)


def is_denied(parsed: Parsed, cue: Token) -> bool:
    """Return whether the cue says that it was not, or not yet, said: "never said", "could say"."""
    for verb in (cue, *_heads_of_plans(parsed, cue)):
        for kid in parsed.kids(verb):
            if kid.dep == "neg" or kid.lower == "never" or (kid.dep == "aux" and kid.lower in _MIGHT):
                return True
    return any(verb.lower in _PLANNED for verb in _heads_of_plans(parsed, cue))


def _heads_of_plans(parsed: Parsed, cue: Token) -> tuple[Token, ...]:
    head = parsed.head(cue)
    return (head,) if cue.dep == "xcomp" and head.i != cue.i else ()


def find_subject(parsed: Parsed, verb: Token) -> tuple[Token | None, bool]:
    """Return ``(head token of who does it, whether it is the verb's own subject)``.

    A participle takes the subject of the verb it hangs from ("Doe left, saying …"), a relative
    clause its antecedent, and a participle under a noun takes the noun ("a letter saying …").
    """
    if verb.lower == "asked" and verb.dep in ("advcl", "acl") and _asks_whether(parsed, verb):
        return None, True  # "Asked whether …, Doe laughed": the question is not Doe's
    token, direct = verb, True
    for _ in range(6):
        own = _own_subject(parsed, token)
        if own is not None:
            return _antecedent(parsed, own, token), direct
        head = parsed.head(token)
        if token.dep in ("acl", "relcl") and head.tag.startswith("NN"):
            if head.lower in DOCUMENTS or head.lower in PEOPLE_NOUNS or head.tag.startswith("NNP"):
                return head, direct
            token = head
        elif head.i == token.i:
            break
        else:
            token = head
        direct = False
    return _inverted_subject(parsed, verb), True


def _asks_whether(parsed: Parsed, verb: Token) -> bool:
    after = parsed.tokens[verb.i + 1 : verb.i + 3]
    return any(token.lower in ("whether", "if", "about", "how", "why", "what") for token in after)


def _own_subject(parsed: Parsed, verb: Token) -> Token | None:
    subjects = [kid for kid in parsed.kids(verb) if kid.dep in _SUBJECTS and kid.quote < 0]
    agent = next((k for k in parsed.kids(verb) if k.dep == "agent"), None)
    if agent is not None:
        return _object(parsed, agent)
    speaking = [s for s in subjects if s.dep != "nsubjpass" or verb.lower in ("quoted", "heard")]
    found = speaking or subjects
    return found[-1] if found else None


def _antecedent(parsed: Parsed, subject: Token, verb: Token) -> Token:
    if subject.lower in _RELATIVE and verb.dep == "relcl":
        return parsed.head(verb)
    return _past_title(parsed, subject)


def _past_title(parsed: Parsed, subject: Token) -> Token:
    """Return the name behind a title that the parser took for the subject: "said Coun. Jane Doe"."""
    at = subject.i
    if subject.lower.strip(".") in TITLES and subject.tag.startswith("NNP"):
        for token in parsed.tokens[subject.i + 1 : subject.i + 6]:
            if token.text.isspace() or token.lower.strip(".") in TITLES:
                continue
            if not token.tag.startswith("NNP"):
                break
            at = token.i
    return parsed.tokens[at]


def _inverted_subject(parsed: Parsed, verb: Token) -> Token | None:
    """Return "the 34-year-old" before the verb, or the noun right behind it that was called an object."""
    before = parsed.tokens[verb.i - 1] if verb.i else None
    if before is not None and before.lower == "old" and parsed.tokens[before.i - 1].text == "-":
        return before
    if before is None or before.text not in ("”", '"', "’", "'"):
        return None
    for token in parsed.tokens[verb.i + 1 : verb.i + 8]:
        if token.sentence != verb.sentence or token.text in (",", ".", "“", '"'):
            return None
        if token.head == verb.i and token.tag[:2] in ("NN", "PR"):
            return token
    return None


def noun_phrase(parsed: Parsed, head: Token, entities: Mapping[int, Entity]) -> tuple[int, int]:
    """Return article offsets of the mention around ``head``: its entity, or its noun phrase.

    Appositives and relative clauses are left out; "of" and "for" phrases are kept.
    """
    start, end = _bounds(parsed, head, entities)
    while (
        end < len(parsed.text)
        and parsed.text[end - 1 : end + 1].strip("-–").isalnum()
        and _joins(parsed.text, end)
    ):
        end += 1
    return start, end


def _joins(text: str, end: int) -> bool:
    """Return whether a word goes on at ``end``: "Co" is cut off "Co-operative"."""
    return text[end].isalnum() or (text[end] == "-" and text[end + 1 : end + 2].isalpha())


def _kept_behind(head: Token) -> tuple[str, ...]:
    """Return the prepositions that go on a mention: a name is not where somebody spoke."""
    return ("of", "for") if head.tag == "NNP" else ("of", "for", "from", "with", "at", "in")


def _bounds(parsed: Parsed, head: Token, entities: Mapping[int, Entity]) -> tuple[int, int]:
    entity = entities.get(head.i)
    if entity is not None and entity.label != "DATE" and not _runs_over(parsed, entity):
        return entity.start, entity.end
    low, high = _start_of_age(parsed, head), head.i
    for kid in parsed.kids(head):
        if kid.i < head.i and kid.dep in (
            "det",
            "amod",
            "compound",
            "poss",
            "nummod",
            "nmod",
            "neg",
            "quantmod",
        ):
            low = min(low, parsed.subtree_bounds(kid)[0])
        elif kid.i > head.i and kid.dep == "prep" and kid.lower in _kept_behind(head):
            bounds = parsed.subtree_bounds(kid)
            if bounds[1] - head.i <= 10 and not any(
                t.quote >= 0 for t in parsed.tokens[kid.i : bounds[1] + 1]
            ):
                high = max(high, _before_clause(parsed, kid.i, bounds[1]))
    return parsed.tokens[low].start, parsed.tokens[high].end


def _start_of_age(parsed: Parsed, head: Token) -> int:
    """Return the first token of "the 34-year-old", whose words the parser hangs in many ways."""
    at = head.i
    while (
        head.lower == "old"
        and at
        and (parsed.tokens[at - 1].lower in ("-", "year", "the") or parsed.tokens[at - 1].text.isdigit())
    ):
        at -= 1
    return at


def _runs_over(parsed: Parsed, entity: Entity) -> bool:
    """Return whether the model took part of the sentence into the name."""
    return any(
        t.lower in ("that", "who", "said", "told") for t in parsed.tokens[entity.first : entity.last + 1]
    )


def _before_clause(parsed: Parsed, first: int, last: int) -> int:
    for token in parsed.tokens[first : last + 1]:
        if token.text in (",", "(", "—", "–", "“", '"') or token.lower in _RELATIVE:
            return token.i - 1
    return last
