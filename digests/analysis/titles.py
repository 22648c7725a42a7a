"""The title right before a name, "Illinois Gov. JB Doe", and which words can be one."""

from digests.analysis.given_names import MEN, WOMEN
from digests.analysis.lexicon import BYGONE, GROUPS, PEOPLE_NOUNS, can_be_a_person
from digests.analysis.tokens import Parsed, Token

_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"})
_NO_TITLE_TAGS = ("IN", "WD", "WP", "WR", "CC", "DT", "RB", "VBD", "VBZ", "VBP", "MD", "TO", ",")
_NO_OFFICE = frozenset(
    """man woman boy girl wife husband vice star people family friend body person hero legend baby king queen
    mother father son daughter brother sister crew pilot host guest victim""".split()
)
"""Words that with a capital are part of a title or a name, not somebody's office."""

_LONGEST_NAME = 3
_OFFICES_TOO = frozenset("head center centre".split())
"""Words that mean somebody only where they stand as a role."""


def title_before(parsed: Parsed, first: Token) -> tuple[str | None, str]:
    """Return the run of title words right before a name: "Democratic Illinois Gov.", "Border czar"."""
    at = first.i - 1
    while at >= 0 and (_belongs_to_title(parsed.tokens[at], first) or _joins_title(parsed, at, first)):
        at -= 1
    run = list(parsed.tokens[at + 1 : first.i])
    while run and (run[0].text in (".", "’s", "'s", "-") or _is_no_title(run[0])):
        run = run[1:]
    run = _own_part(parsed, run)
    if not run or not (is_title(run[-1]) or _is_office_of(run)):
        return None, ""
    honorific = run[-1].lower.strip(".")
    if honorific in _HONORIFICS:
        run = run[:-1]
    run = _from_capital(run)
    if not run or not any(is_title(token) for token in run):
        return None, honorific
    return parsed.text[run[0].start : run[-1].end], honorific


def _is_no_title(token: Token) -> bool:
    """Return whether a title cannot begin with a word: "to back Doe", but "trainee Doe", whatever its tag."""
    verb = token.tag == "VB" and token.dep != "compound"
    return token.lower not in BYGONE and (token.tag in _NO_TITLE_TAGS or verb)


def _joins_title(parsed: Parsed, at: int, name: Token) -> bool:
    """Return whether "and", "of" or a comma lies within one title: "Trade and Energy Minister"."""
    if at < 1 or name.i - at > 9 or not _belongs_to_title(parsed.tokens[at - 1], name):
        return False
    before, token, after = parsed.tokens[at - 1 : at + 2]
    if token.text == ",":
        return _is_portfolio(before) and any(t.lower == "and" for t in parsed.tokens[at + 1 : name.i])
    if token.lower == "of":
        return is_title(before) or (_is_portfolio(before) and _is_portfolio(after))
    if token.lower not in ("and", "&"):
        return False
    if before.text.islower() or after.text.islower():
        return before.text.islower() and after.text.islower() and is_title(before)
    if not _is_portfolio(before) or _is_somebody(parsed, at, name):
        return False
    return not is_title(after) and after.lower not in ("prime", "vice")


def _is_somebody(parsed: Parsed, at: int, name: Token) -> bool:
    """Return whether somebody else stands before "and": "Doe and Trade Minister Roe", "Premier Doe and …"."""
    before = parsed.tokens[at - 1]
    named = any(
        token.text[:1].isupper() and (is_title(token) or token.lower in MEN | WOMEN)
        for token in parsed.tokens[max(0, at - _LONGEST_NAME) : at]
    )
    within = at < before.head <= name.i + _LONGEST_NAME
    listed = before.dep == "conj" and _is_portfolio(parsed.head(before))
    return named or not (within or listed)


def _is_portfolio(token: Token) -> bool:
    """Return whether a capitalised noun could name what a minister or a manager is in charge of."""
    return token.tag.startswith("NN") and token.text[:1].isupper() and not is_title(token)


def _from_capital(run: list[Token]) -> list[Token]:
    """Return the title without common nouns of the sentence before it: "in gallery Prime Minister"."""
    capitals = [i for i, token in enumerate(run) if token.text[:1].isupper()]
    for i, token in enumerate(run[: capitals[0]] if capitals else ()):
        if token.tag in ("NN", "NNS") and not is_title(token):
            return _from_capital(run[i + 1 :])
    return run


def is_title(token: Token) -> bool:
    """Return whether a word can head a role: one person, not a group; with a capital only known offices."""
    word = token.lower.strip(".")
    if word in GROUPS or token.tag in ("NNS", "NNPS"):
        return False
    if word in _OFFICES_TOO:
        return True
    return can_be_a_person(word) if token.text[:1].islower() else word in PEOPLE_NOUNS - _NO_OFFICE


def _belongs_to_title(token: Token, name: Token) -> bool:
    if token.sentence != name.sentence or token.quote >= 0 or name.i - token.i > 9 or token.lower == "called":
        return False
    if token.text == "-" or (token.text == "." and token.dep == "compound"):
        return True  # "Lt. Gen."
    if token.dep in ("compound", "nmod", "amod", "poss", "case") and token.lower not in ("the", "a", "an"):
        return token.text[0].isalpha() or token.text in ("’s", "'s")
    return (
        (token.text[0].isupper() and token.tag.startswith("NN"))
        or is_title(token)
        or token.lower in (" ", "vice", "deputy", "acting", "then", "ex", "co")
    )


def _own_part(parsed: Parsed, run: list[Token]) -> list[Token]:
    """Return what of a run of words belongs to the name behind it: not "Doe and" of "Doe and Premier Roe"."""
    if not run:
        return run
    start, end = run[0].start, run[-1].end
    joined = any(token.lower in ("and", "&", ",") for token in run)
    names = [e for e in parsed.entities if joined and e.label == "PERSON" and start <= e.start < e.end <= end]
    run = [token for token in run if not names or token.start >= names[-1].end]
    at = next((i for i, token in enumerate(run) if token.lower == "of" and token.text.islower()), 0)
    if at and run[at - 1].text.islower() and is_title(run[-1]):
        run = run[at + 1 :]  # "dad of jazz legend Doe": the legend is Doe
    while run and (_is_no_title(run[0]) or run[0].text in (",", "’s", "'s")):
        run = run[1:]
    return run


def _is_office_of(run: list[Token]) -> bool:
    """Return whether an office goes on up to the name: "head of highways Jane Doe"."""
    return any(token.lower == "of" and is_title(run[i - 1]) for i, token in enumerate(run) if i)
