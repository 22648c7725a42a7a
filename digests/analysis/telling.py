"""The words that tell what somebody said without quoting it, and in which of them nobody said anything."""

from digests.analysis.cues import find_subject
from digests.analysis.lexicon import CUE_FORMS, DOCUMENTS, GROUPS, can_be_a_person
from digests.analysis.tokens import Parsed, Token

_NO_REPORT = frozenset(
    """think believe feel fear wonder guess muse reason reckon hold find put go start finish begin draw refer
    laugh chant label brand dub deem rate hail welcome speak liken characterize characterise
    mock blast slam decline refuse offer order authorize express cite mention reference invoke respond echo
    retort accept condemn criticize criticise praise defend denounce dismiss rebuke ridicule decry tout
    thank sing scoff exclaim interject underline muse plead describe detail""".split()
)
_MORE = {
    form: verb
    for verb, forms in {
        "allege": "allege alleges alleged alleging",
        "show": "show shows showed shown showing",
        "find": "find finds found finding",
        "recommend": "recommend recommends recommended recommending",
        "forecast": "forecast forecasts forecasting",
        "disclose": "disclose discloses disclosed disclosing",
        "reaffirm": "reaffirm reaffirms reaffirmed reaffirming",
        "encourage": "encourage encourages encouraged encouraging",
        "beg": "beg begs begged begging",
        "implore": "implore implores implored imploring",
        "attest": "attest attests attested attesting",
    }.items()
    for form in forms.split()
}
TELLING = {form: verb for form, verb in CUE_FORMS.items() if verb not in _NO_REPORT} | _MORE
"""Every form of a verb that can report speech, to its base form; verbs of thought and feeling are none."""

ADDRESSING = frozenset("urge ask tell advise beg implore instruct warn remind request encourage".split())
"""Verbs that name whom they tell to do something: "urged everybody to go"."""

FOUND_OUT = frozenset({"find", "show"})
"""What studies and polls do; of people it tells no speech."""

STUDIES = DOCUMENTS | frozenset(
    """poll data figure result research researcher finding record statistic number analysis scientist
    forecast census test investigator investigation inquiry index autopsy evidence projection
    model exit-poll minute transcript footage""".split()
)
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "few", "no-one"})
_NOT_SAID = frozenset("could can might may should would must shall will ca wo 'd 'll cannot".split())
_REFUSED = frozenset(
    """decline refuse fail deny avoid stop expect plan want need hesitate unable afraid likely set able ready
    hope try wish forget prepare willing reluctant unwilling allow wait supposed schedule""".split()
)
_CONDITIONS = frozenset({"if", "unless", "whether", "without", "instead", "rather", "than", "until", "lest"})
_ENDINGS = (
    ("ied", "y"),
    ("ies", "y"),
    ("pped", "p"),
    ("nned", "n"),
    ("d", ""),
    ("ed", ""),
    ("ing", ""),
    ("s", ""),
    ("", ""),
)


def is_study(word: str) -> bool:
    """Return whether a noun, in lower case, is a study, a poll or a document, one or many."""
    return word in STUDIES or (word.endswith("s") and word[:-1] in STUDIES) or word in ("studies", "surveys")


def is_told(parsed: Parsed, cue: Token, subject: Token) -> bool:
    """Return whether the cue says that it was said: not "never said", "might say", "if he says"."""
    if subject.lower in _NOBODY or any(kid.lower in ("no", "few") for kid in parsed.kids(subject)):
        return False
    verb = cue
    for _ in range(4):
        if _is_open(parsed, verb, subject):
            return False
        head = parsed.head(verb)
        if verb.dep == "conj" and verb.tag in ("VBD", "VBZ", "VBP"):
            break  # "He would order a review and warned …": he did
        if head.i == verb.i or verb.dep not in ("xcomp", "conj", "auxpass", "pcomp", "prep"):
            break
        if verb.dep in ("xcomp", "pcomp") and _base(head.lower) in _REFUSED:
            return False
        verb = head
    return not _is_conditional(parsed, cue)


def _is_open(parsed: Parsed, verb: Token, subject: Token) -> bool:
    """Return whether a verb is negated, only possible, or asked for: "Did he say that …?"."""
    for kid in parsed.kids(verb):
        if kid.dep == "neg" or kid.lower in ("never", "n't", "not", "hardly", "neither", "nor"):
            return True
        if kid.dep == "aux" and (kid.lower in _NOT_SAID or kid.i < subject.i < verb.i):
            return True
    return False


def _is_conditional(parsed: Parsed, cue: Token) -> bool:
    """Return whether a clause above the cue only supposes it: "if he says", "without saying"."""
    for verb in (cue, *parsed.ancestors(cue)):
        if verb.dep in ("pobj", "pcomp") or (verb.dep == "prep" and verb.lower in _CONDITIONS):
            head = parsed.head(verb)
            if verb.lower in _CONDITIONS or head.lower in _CONDITIONS:
                return True
        if verb.dep in ("advcl", "ccomp") and any(
            kid.lower in _CONDITIONS and kid.i < verb.i and kid.dep in ("mark", "advmod")
            for kid in parsed.kids(verb)
        ):
            return True
        if verb.dep not in ("advcl", "conj", "xcomp", "pcomp", "prep", "aux", "auxpass"):
            return False
    return False


def _base(word: str) -> str:
    """Return the base form of a word if that is one after which nothing was said, else the word."""
    bases = (word.removesuffix(ending) + letter for ending, letter in _ENDINGS if word.endswith(ending))
    return next((base for base in bases if base in _REFUSED), word)


def subject_of(parsed: Parsed, verb: Token) -> Token | None:
    """Return the head of who says it, or ``None`` where nobody does."""
    kids = list(parsed.kids(verb))
    passive = any(kid.dep == "auxpass" for kid in kids)
    alone = not any(kid.dep in ("nsubj", "aux") for kid in kids) and verb.tag in ("VBN", "VBD")
    told = any(kid.dep == "agent" for kid in kids)
    if not told and (passive or (alone and verb.dep in ("advcl", "acl"))):
        return None  # "Doe was told that …", "Asked on Monday whether …, Doe": who asked is not said
    subject, _ = find_subject(parsed, verb)
    if verb.dep == "conj" and subject is not None and subject.head != verb.i:
        subject = _outer_subject(parsed, verb, subject) or subject
    before = parsed.tokens[verb.i - 1] if verb.i else verb
    if subject is None and before.head == verb.i and before.tag[:2] in ("NN", "PR"):
        return before  # "When he left, Doe said": the parser took Doe for something else
    return subject


def _can_speak(subject: Token) -> bool:
    """Return whether a noun is somebody's: any name, "ministers", "council", "report"; not "tower"."""
    words = (subject.lower, subject.lower.removesuffix("s"))
    common = subject.tag in ("NN", "NNS")
    return not common or any(can_be_a_person(w) or w in GROUPS or is_study(w) for w in words)


def _outer_subject(parsed: Parsed, verb: Token, subject: Token) -> Token | None:
    """Return Doe of "Doe said the tower was sound and told …": the tower told nobody.

    So does the tense tell it: "the suit says Roe was hurt and alleges …" goes on with "says".
    """
    inner = next((above for above in parsed.ancestors(verb) if above.dep == "ccomp"), None)
    if inner is None or parsed.head(inner).lower not in TELLING:
        return None
    outer = parsed.head(inner)
    tense = next((kid.tag for kid in parsed.kids(inner) if kid.dep in ("aux", "auxpass")), inner.tag)
    if _can_speak(subject) and not verb.tag == outer.tag != tense:
        return None
    return find_subject(parsed, outer)[0]
