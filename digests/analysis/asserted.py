"""Was it said at all? Not where it is negated, only possible, supposed, hedged or denied by somebody else."""

from digests.analysis.tokens import Parsed, Token

_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "few", "no-one"})
_NEGATIONS = frozenset(
    """never not n't neither nor hardly scarcely barely rarely seldom allegedly reportedly supposedly
    purportedly apparently""".split()
)
_POSSIBLE = frozenset("could can might may should would must shall will ca wo 'd 'll cannot".split())
_REFUSED = frozenset(
    """decline refuse fail deny avoid stop short expect plan want need hesitate unable afraid likely set able
    ready hope try wish forget prepare willing reluctant unwilling allow wait supposed schedule""".split()
)
_DENIED = frozenset({"deny", "doubt", "dispute", "reject", "refute"})
_CONDITIONS = frozenset({"if", "unless", "whether", "without", "instead", "rather", "than", "until", "lest"})
_WHEN = frozenset({"when", "once", "before", "after", "whenever"})
_ENDINGS = (
    ("ied", "y"), ("ies", "y"), ("pped", "p"), ("nned", "n"), ("d", ""), ("ed", ""), ("ing", ""), ("s", ""),
    ("", ""),
)  # fmt: skip
_UPWARDS = ("xcomp", "conj", "auxpass", "pcomp", "prep", "advmod")


def is_told(parsed: Parsed, cue: Token, subject: Token) -> bool:
    """Return whether the cue says that it was said: not "never said", "might say", "if he says"."""
    if subject.lower in _NOBODY or any(kid.lower in ("no", "few") for kid in parsed.kids(subject)):
        return False
    verb = cue
    for _ in range(4):
        if _is_open(parsed, verb, subject):
            return False
        head = parsed.head(verb)
        if head.i == verb.i or verb.dep not in _UPWARDS:
            break
        if verb.dep == "conj" and verb.tag in ("VBD", "VBZ", "VBP"):
            if any(kid.lower == "nor" for kid in parsed.kids(head)):
                return False
            break  # "He would order a review and warned …": he did
        if verb.dep != "conj" and _base(head.lower, _REFUSED):
            return False
        verb = head
    return not _is_conditional(parsed, cue) and not _is_denied(parsed, cue)


def _is_open(parsed: Parsed, verb: Token, subject: Token) -> bool:
    """Return whether a verb is negated, only possible, or asked for: "Did he say that …?"."""
    for kid in parsed.kids(verb):
        if kid.dep == "neg" or kid.lower in _NEGATIONS or _is_yet_to(parsed, verb, kid):
            return True
        if kid.dep == "advmod" and any(inner.lower in _NEGATIONS for inner in parsed.kids(kid)):
            return True  # "hardly ever said"
        if kid.dep == "aux" and (kid.lower in _POSSIBLE or kid.i < subject.i < verb.i):
            return True
    return False


def _is_yet_to(parsed: Parsed, verb: Token, kid: Token) -> bool:
    """Return whether something is still to come: "has yet to say"."""
    following = parsed.tokens[kid.i + 1 : kid.i + 2]
    still = kid.lower == "yet" and verb.lower in ("has", "have", "had")
    return still and bool(following) and following[0].lower == "to"


def _is_conditional(parsed: Parsed, cue: Token) -> bool:
    """Return whether a clause above the cue only supposes it: "if he says", "without saying"."""
    opening = _CONDITIONS | _WHEN if cue.tag in ("VBZ", "VBP") else _CONDITIONS
    for verb in (cue, *parsed.ancestors(cue)):
        if verb.dep in ("pobj", "pcomp") or (verb.dep == "prep" and verb.lower in _CONDITIONS):
            head = parsed.head(verb)
            if verb.lower in _CONDITIONS or head.lower in _CONDITIONS:
                return True
        if verb.dep in ("advcl", "ccomp") and any(
            kid.lower in opening and kid.i < verb.i and kid.dep in ("mark", "advmod")
            for kid in parsed.kids(verb)
        ):
            return True
        if verb.dep not in ("advcl", "conj", "xcomp", "pcomp", "prep", "aux", "auxpass"):
            return False
    return False


def _is_denied(parsed: Parsed, cue: Token) -> bool:
    """Return whether somebody says that it was not said: "Roe denied that Doe said", "no evidence that"."""
    for verb in (cue, *parsed.ancestors(cue)):
        if verb.dep not in ("ccomp", "acl", "dobj", "attr", "conj"):
            return False
        head = parsed.head(verb)
        against = _base(head.lower, _DENIED) or any(
            kid.lower in ("no", "not", "n't", "never") for kid in parsed.kids(head)
        )
        if against and verb.dep != "conj":
            return True
    return False


def _base(word: str, words: frozenset[str]) -> bool:
    """Return whether a word is a form of one of ``words``."""
    return any(word.endswith(end) and word.removesuffix(end) + letter in words for end, letter in _ENDINGS)
