"""The role an article gives somebody: "Illinois Gov. JB Doe", "Jane Doe, the city's police chief"."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from digests.analysis.titles import is_title, title_before
from digests.analysis.tokens import FINITE, Parsed, Token

_LEADING = frozenset(
    """serves chairs leads heads runs represents owns directs manages coaches oversees founded leads edits
    studies teaches works operates researches covers plays specializes specialises founded designed
    wrote chaired heads served led ran worked studied created hosts organized organised""".split()
)
_NAMED_AS = frozenset(
    """appointment appoint appoints appointed appointing name names named naming elect elects elected electing
    hire hires hired choose chose chosen pick picks picked nominate nominates nominated nomination promote
    promoted select selected introduce introduced install installed""".split()
)
_KIN = frozenset(
    """father mother son daughter child wife husband brother sister twin uncle aunt nephew niece cousin widow
    widower partner boyfriend girlfriend fiance fiancee friend neighbor neighbour mom dad mum grandmother
    grandfather grandson granddaughter stepson stepdaughter""".split()
)
_DETERMINERS = frozenset(
    "the a an another other fellow one some such this that his her their its my our your".split()
)
_AFTER_NOUN = frozenset({"IN", "TO", "WP"})
_AFTER_TITLE = _AFTER_NOUN | {"CC", "VBG", "VBN"}
_WITHIN_OFFICE = frozenset("and & of at with for the -".split())
_OF = frozenset("at of in with for and".split())
_ENDED = re.compile(r"[^.;“]*\b(?:from|until|between|in) (?:19|20)\d\d\b")
_LONGEST = 15
_LONGEST_CUT = 24
"""So many words are looked at; what is longer than a role may be is cut at a preposition or an "and"."""


def roles_of_mention(parsed: Parsed, start: int, end: int) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return ``(roles as printed, all words that describe the name at ``start:end``, in lower case)``.

    Honorifics, and whose wife or brother somebody is, describe a person but are no role.
    """
    words = _tokens_at(parsed, start, end)
    if not words:
        return (), frozenset()
    first, last = parsed.tokens[words[0]], parsed.tokens[words[-1]]
    before, honorific = title_before(parsed, first)
    after = next(filter(None, (find(parsed, last) for find in _BEHIND)), None)
    found = [_without_article(role) for role in (before, after) if role]
    describing = {honorific, *(word.lower().strip(".,") for role in found for word in role.split())}
    return tuple(role for role in found if not _is_kin(role)), frozenset(describing - {""})


def _is_kin(role: str) -> bool:
    """Return whether it says whose relative or friend somebody is, and nothing more."""
    head = re.split(r" (?:of|and|to|from|who|for) ", role.lower(), maxsplit=1)[0]
    return head.split()[-1] in _KIN


def _tokens_at(parsed: Parsed, start: int, end: int) -> list[int]:
    at = bisect_left(parsed.tokens, start + 1, key=lambda token: token.end)
    found = []
    while at < len(parsed.tokens) and parsed.tokens[at].start < end:
        if parsed.tokens[at].end > start:
            found.append(at)
        at += 1
    return found


def _apposition_after(parsed: Parsed, last: Token) -> str | None:
    """Return the noun phrase between commas after a name, where its words say what the person is."""
    tokens = parsed.tokens
    at = last.i + 1
    if at >= len(tokens) or tokens[at].text not in (",", "(", "—", "–"):
        return None
    at += 1
    if at + 1 < len(tokens) and tokens[at].text.isdigit() and tokens[at + 1].text == ",":
        at += 2
    stop = _end_of_phrase(parsed, at, last)
    phrase = _shortened(tokens[at:stop])
    if not 1 <= len(phrase) <= _LONGEST or phrase[0].tag[:2] in ("VB", "IN", "CC", "WP", "RB", "WD", "PR"):
        return None
    if not _heads_a_role(phrase) or _leads_on_to_a_name(parsed, phrase) or _does(parsed, phrase, stop):
        return None
    if stop - at <= 3 and phrase[-1].i == stop - 1:
        stop = _end_of_office(parsed, stop, last)
        phrase = tokens[at:stop]
    return parsed.text[phrase[0].start : phrase[-1].end]


def _heads_a_role(phrase: Sequence[Token]) -> bool:
    """Return whether the head of a noun phrase, its last noun before what describes it, means a person."""
    head: Token | None = None
    for token in phrase:
        if head is not None and token.tag in (_AFTER_TITLE if is_title(head) else _AFTER_NOUN):
            break
        if token.tag.startswith("NN"):
            head = token
    return head is not None and is_title(head)


def _does(parsed: Parsed, phrase: Sequence[Token], stop: int) -> bool:
    """Return whether a noun phrase is the subject of what follows: "If it is Doe, the answer is no"."""
    verb = next(iter(parsed.tokens[stop : stop + 1]), None)
    if verb is None or verb.tag not in FINITE:
        return False
    subjects = [
        token for token in phrase if token.tag.startswith("NN") and token.dep in ("nsubj", "nsubjpass")
    ]
    return any(token.head in (verb.i, verb.head) for token in subjects)


def _leads_on_to_a_name(parsed: Parsed, phrase: Sequence[Token]) -> bool:
    """Return whether somebody else is told: "…, conductor Jane Roe", but not "…, a former Roe aide"."""
    text, start, end = parsed.text, phrase[0].start, phrase[-1].end
    names = {
        e.start
        for e in parsed.entities
        if e.label == "PERSON" and start <= e.start < end
        and not {text[e.end : e.end + 2], text[e.end - 2 : e.end]} & {"’s", "'s"}
    }  # fmt: skip
    return any(
        token.start in names
        and (i == 0 or phrase[i - 1].tag not in ("IN", "POS"))
        and not _describes_a_noun(parsed, token)
        for i, token in enumerate(phrase)
    )


def _describes_a_noun(parsed: Parsed, name: Token) -> bool:
    """Return whether a name stands before what is called by it: "Roe aide", "the Roe campaign"."""
    noun = parsed.head(name)
    return name.dep == "compound" and noun.i > name.i and noun.tag in ("NN", "NNS") and noun.text.islower()


def _end_of_office(parsed: Parsed, stop: int, last: Token) -> int:
    """Return the end of "vice-president, external affairs, Example Mobile", where the office goes on."""
    tokens, at = parsed.tokens, stop
    best = stop
    for _ in range(2):
        if at >= len(tokens) or tokens[at].text != ",":
            break
        end = at + 1
        while end < len(tokens) and end - stop < _LONGEST and tokens[end].sentence == last.sentence:
            if tokens[end].tag[:2] not in ("NN", "JJ") and tokens[end].lower not in _WITHIN_OFFICE:
                break
            end += 1
        whole = end > at + 1 and end < len(tokens) and tokens[end].text in (",", ".", "”", ";")
        if not whole or any(
            e.label == "PERSON" and tokens[at].end < e.start < tokens[end].start for e in parsed.entities
        ):
            break
        at = end
        if any(e.label == "ORG" and e.first < end and e.last >= stop for e in parsed.entities):
            best = end
    return best


def _end_of_phrase(parsed: Parsed, at: int, last: Token) -> int:
    stop = at
    for token in parsed.tokens[at : at + _LONGEST_CUT]:
        marked = token.text in ',.;:()—–“”"' or token.text == "--"
        if token.sentence != last.sentence or token.quote >= 0 or marked:
            break
        joined = token.i > at and parsed.tokens[token.i - 1].tag == "CC" and _may_be_a_noun(parsed, token)
        verb = token.tag in ("VBD", "VBZ", "VBP", "MD") and token.text.islower() and not joined
        if token.i > at and (verb or token.tag in ("WDT", "WP$") or token.lower in ("who", "which")):
            break
        stop = token.i + 1
    return stop


def _may_be_a_noun(parsed: Parsed, token: Token) -> bool:
    """Return whether a word behind "and" is joined to a noun, whatever its tag: "change and stroke"."""
    return token.tag == "VBP" or (token.dep == "conj" and parsed.head(token).tag.startswith("NN"))


def _shortened(phrase: Sequence[Token]) -> Sequence[Token]:
    """Return a phrase that is too long up to its last "and" or preposition that leaves it short enough."""
    end = len(phrase)
    cuts = [i for i, token in enumerate(phrase[: _LONGEST + 1]) if i > 1 and _may_be_cut(phrase, i, token)]
    if end > _LONGEST and cuts:
        end = cuts[-1]
    while end > 1 and phrase[end - 1].tag in ("CC", "RB", "IN"):
        end -= 1
    return phrase[:end]


def _may_be_cut(phrase: Sequence[Token], i: int, token: Token) -> bool:
    """Return whether a role can end before a word: not within a name such as "Centre on Hearing"."""
    within = i + 1 < len(phrase) and phrase[i - 1].text[:1].isupper() and phrase[i + 1].text[:1].isupper()
    return token.tag in ("CC", "IN") and token.text != "&" and not within


def _relative_after(parsed: Parsed, last: Token) -> str | None:
    """Return "who chairs the committee" of "Jane Doe, who chairs the committee, said …"."""
    tokens = parsed.tokens
    at = last.i + 1
    if at + 3 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text.isdigit():
        at += 2
    if at + 2 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].lower != "who":
        return None
    if tokens[at + 2].lower not in _LEADING:
        return None
    phrase = _shortened(tokens[at + 1 : _end_of_phrase(parsed, at + 2, last)])
    return parsed.text[phrase[0].start : phrase[-1].end] if 3 <= len(phrase) <= _LONGEST else None


def _as_apposition(parsed: Parsed, last: Token) -> str | None:
    """Return "the city's police chief" of "The city's police chief, Jane Doe, said …"."""
    head = parsed.head(last)
    above = parsed.head(parsed.head(head))
    if last.dep == "appos" and head.dep == "pobj" and not is_title(head):
        head = above  # "An attorney for the club, Jane Doe, said …"
    if last.dep != "appos" or not is_title(head) or head.quote >= 0:
        return None
    low = min((parsed.subtree_bounds(kid)[0] for kid in parsed.kids(head) if kid.i < head.i), default=head.i)
    high = _last_before_comma(parsed, head, last)
    phrase = parsed.text[parsed.tokens[low].start : parsed.tokens[high].end]
    return phrase if 1 <= len(phrase.split()) <= _LONGEST else None


def _last_before_comma(parsed: Parsed, head: Token, name: Token) -> int:
    for token in parsed.tokens[head.i + 1 : name.i]:
        if token.text in (",", "—", "–", "("):
            return token.i - 1
    return head.i


def _is_said_to_be(parsed: Parsed, last: Token) -> str | None:
    """Return "councillor" of "Jane Doe is a councillor" and of "named Jane Doe as councillor"."""
    verb = parsed.head(last)
    if last.dep == "nsubj" and verb.lower in ("is", "’s", "'s", "was") and verb.quote < 0:
        nouns = [kid for kid in parsed.kids(verb) if kid.dep == "attr" and kid.i > verb.i]
    elif last.dep in ("nsubjpass", "dobj") and verb.lower in _NAMED_AS and last.quote < 0:
        nouns = [kid for kid in parsed.kids(verb) if kid.dep in ("oprd", "attr", "dobj") and kid.i > last.i]
        nouns += _named_as(parsed, last, verb)
    elif (verb.lower in _NAMED_AS or parsed.head(verb).lower in _NAMED_AS) and last.quote < 0:
        nouns = _named_as(parsed, last, verb)
    else:
        return None
    noun = next((noun for noun in nouns if is_title(noun) and noun.tag in ("NN", "NNP")), None)
    if noun is None or noun.quote >= 0 or any(kid.dep == "neg" for kid in parsed.kids(verb)):
        return None
    if verb.lower == "was" and _ENDED.match(parsed.text, noun.end):
        return None  # "was a partner at Hart & Roe from 2002 to 2010"
    low = min((parsed.subtree_bounds(kid)[0] for kid in parsed.kids(noun) if kid.i < noun.i), default=noun.i)
    stop = min(_end_of_phrase(parsed, noun.i, noun), parsed.subtree_bounds(noun)[1] + 1)
    while low < noun.i and not parsed.tokens[low].text[:1].isalnum():
        low += 1  # a possessive's mark: "named the Rovers’ captain"
    phrase = _shortened(parsed.tokens[low:stop])
    return parsed.text[phrase[0].start : phrase[-1].end] if len(phrase) <= _LONGEST else None


def _named_as(parsed: Parsed, last: Token, verb: Token) -> list[Token]:
    """Return "councillor" of "named Jane Doe as councillor" and "the appointment of Jane Doe as …"."""
    near = [*parsed.kids(last), *parsed.kids(verb), *parsed.kids(parsed.head(verb))]
    return [
        noun
        for kid in near
        if kid.lower == "as" and kid.i > last.i
        for noun in parsed.kids(kid)
        if noun.dep == "pobj"
    ]


def _without_article(phrase: str) -> str:
    words = phrase.split()
    while len(words) > 1 and words[0].lower() in _DETERMINERS and words[1].lower() not in _OF:
        words = words[1:]  # "fellow senator", not "fellow at the institute"
    return phrase[phrase.index(words[0]) :] if words else phrase


_BEHIND = (_apposition_after, _relative_after, _as_apposition, _is_said_to_be)
