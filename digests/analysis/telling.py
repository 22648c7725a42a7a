"""The words that tell what somebody said without quoting it, and whose they are."""

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


def is_study(word: str) -> bool:
    """Return whether a noun, in lower case, is a study, a poll or a document, one or many."""
    return word in STUDIES or (word.endswith("s") and word[:-1] in STUDIES) or word in ("studies", "surveys")


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
