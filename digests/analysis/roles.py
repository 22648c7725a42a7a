"""The role an article gives somebody: "Illinois Gov. JB Doe", "Jane Doe, the city's police chief"."""

from digests.analysis.lexicon import PEOPLE_NOUNS
from digests.analysis.tokens import Parsed, Token

_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"})
_LEADING = frozenset(
    "who serves chairs leads heads runs represents owns directs manages coaches oversees founded".split()
)
_POSSESSIVES = frozenset("his her their its my our your".split())
_LONGEST = 12


def roles_of_mention(parsed: Parsed, start: int, end: int) -> tuple[tuple[str, ...], str]:
    """Return ``(roles as printed, honorific in lower case or "")`` of the name at ``start:end``."""
    words = _tokens_at(parsed, start, end)
    if not words:
        return (), ""
    first, last = parsed.tokens[words[0]], parsed.tokens[words[-1]]
    before, honorific = _title_before(parsed, first)
    after = _apposition_after(parsed, last) or _relative_after(parsed, last) or _as_apposition(parsed, last)
    found = [role for role in (before, after) if role and role.split()[0].lower() not in _POSSESSIVES]
    return tuple(found), honorific


def _tokens_at(parsed: Parsed, start: int, end: int) -> list[int]:
    tokens = parsed.tokens
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    found = []
    while low < len(tokens) and tokens[low].start < end:
        if tokens[low].end > start:
            found.append(low)
        low += 1
    return found


def _title_before(parsed: Parsed, first: Token) -> tuple[str | None, str]:
    """Return the run of title words right before a name: "Democratic Illinois Gov.", "Border czar"."""
    at = first.i - 1
    while at >= 0 and _belongs_to_title(parsed.tokens[at], first):
        at -= 1
    run = list(parsed.tokens[at + 1 : first.i])
    while run and run[0].text in (".", "’s", "'s", "-", "and", ","):
        run = run[1:]
    if not run or not _is_title(run[-1]):
        return None, ""
    honorific = run[-1].lower.strip(".")
    if honorific in _HONORIFICS:
        run = run[:-1]
    run = _from_capital(run)
    if not run or not any(_is_title(token) for token in run):
        return None, honorific
    return parsed.text[run[0].start : run[-1].end], honorific


def _from_capital(run: list[Token]) -> list[Token]:
    """Return the title without common nouns of the sentence before it: "in gallery Prime Minister"."""
    capitals = [i for i, token in enumerate(run) if token.text[:1].isupper()]
    for i, token in enumerate(run[: capitals[0]] if capitals else ()):
        if token.tag in ("NN", "NNS") and not _is_title(token):
            return _from_capital(run[i + 1 :])
    return run


def _is_title(token: Token) -> bool:
    return token.lower.strip(".") in PEOPLE_NOUNS


def _belongs_to_title(token: Token, name: Token) -> bool:
    if token.sentence != name.sentence or token.quote >= 0 or name.i - token.i > 9:
        return False
    if token.dep in ("compound", "nmod", "amod", "poss", "case", "det") and token.lower not in (
        "the",
        "a",
        "an",
    ):
        return token.text[0].isalpha() or token.text in ("’s", "'s")
    return (
        (token.text[0].isupper() and token.tag.startswith("NN"))
        or _is_title(token)
        or token.text in ("-", " ")
    )


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
    phrase = tokens[at:stop]
    if not 1 <= len(phrase) <= _LONGEST or phrase[0].tag[:2] in ("VB", "IN", "CC", "WP", "RB", "WD", "PR"):
        return None
    if not any(_is_title(token) for token in phrase) or any(
        t.tag in ("VBD", "VBZ", "VBP", "MD") for t in phrase
    ):
        return None
    return _without_article(parsed.text[phrase[0].start : phrase[-1].end])


def _end_of_phrase(parsed: Parsed, at: int, last: Token) -> int:
    stop = at
    for token in parsed.tokens[at : at + _LONGEST + 1]:
        if token.sentence != last.sentence or token.quote >= 0 or token.text in ',.;:()—–“”"':
            break
        if token.lower in ("who", "which", "said", "told", "says"):
            break
        stop = token.i + 1
    return stop


def _relative_after(parsed: Parsed, last: Token) -> str | None:
    """Return "chairs the committee" of "Jane Doe, who chairs the committee, said …"."""
    tokens = parsed.tokens
    if last.i + 3 >= len(tokens) or tokens[last.i + 1].text != "," or tokens[last.i + 2].lower != "who":
        return None
    if tokens[last.i + 3].lower not in _LEADING:
        return None
    stop = _end_of_phrase(parsed, last.i + 3, last)
    phrase = tokens[last.i + 2 : stop]
    return parsed.text[phrase[0].start : phrase[-1].end] if 3 <= len(phrase) <= _LONGEST else None


def _as_apposition(parsed: Parsed, last: Token) -> str | None:
    """Return "the city's police chief" of "The city's police chief, Jane Doe, said …"."""
    head = parsed.head(last)
    if last.dep != "appos" or not _is_title(head) or head.quote >= 0:
        return None
    low = min((parsed.subtree_bounds(kid)[0] for kid in parsed.kids(head) if kid.i < head.i), default=head.i)
    high = _last_before_comma(parsed, head, last)
    phrase = parsed.text[parsed.tokens[low].start : parsed.tokens[high].end]
    return _without_article(phrase) if 1 <= len(phrase.split()) <= _LONGEST else None


def _last_before_comma(parsed: Parsed, head: Token, name: Token) -> int:
    for token in parsed.tokens[head.i + 1 : name.i]:
        if token.text in (",", "—", "–", "("):
            return token.i - 1
    return head.i


def _without_article(phrase: str) -> str:
    words = phrase.split(" ", 1)
    return words[1] if len(words) == 2 and words[0].lower() in ("the", "a", "an") else phrase
