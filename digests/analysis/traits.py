"""What the ranker is told of a mention whatever the quote: made once, for many quotes ask for it."""

from digests.analysis.lexicon import DOCUMENTS, can_be_a_person
from digests.analysis.tokens import Parsed, Token
from digests.analysis.view import QuoteView, Traits, strength

_DEPS = tuple("nsubj nsubjpass dobj pobj dative poss appos conj attr ROOT compound npadvmod".split())
_LABELS = ("PERSON", "ORG", "GPE", "NORP")
_TOLD = frozenset(
    "told tell tells telling ask asked asks asking urged warned assured reminded informed".split()
)


def traits_of(view: QuoteView, cand: Token) -> Traits:
    """Return what is the same of a mention for every quote."""
    parsed = view.scene.parsed
    comma = any(token.text == "," for token in parsed.tokens[cand.i + 1 : cand.i + 2])
    return Traits(
        bounds=parsed.subtree_bounds(cand),
        kind=[*_kind(view, cand), *(float(cand.dep == dep) for dep in _DEPS)],
        following=_following(view, cand),
        depth=float(min(sum(1 for _ in parsed.ancestors(cand)), 8)),
        behind=[float(comma), *_main_verb(view, cand)],
        place=[
            float(min(cand.i - parsed.sentences[cand.sentence][0], 12)),
            float(cand.sentence in view.scene.quoted),
        ],
    )


def _kind(view: QuoteView, cand: Token) -> list[float]:
    """Return what kind of mention it is."""
    entity = view.scene.entities.get(cand.i)
    label = entity.label if entity is not None else ""
    return [
        *(float(label == one) for one in _LABELS),
        float(bool(label) and label not in _LABELS),
        float(cand.lower in ("he", "she")),
        float(cand.lower in ("they", "it")),
        float(cand.lower in ("i", "we")),
        float(cand.lower == "who"),
        float(can_be_a_person(cand.lower.strip("."))),
        float(cand.lower in DOCUMENTS),
        float(cand.text[:1].isupper() and cand.tag.startswith("NNP")),
        float(cand.tag in ("NNS", "NNPS")),
        float(any(k.lower in ("the", "his", "her", "their") for k in view.scene.parsed.kids(cand))),
    ]


def _following(view: QuoteView, cand: Token) -> list[float]:
    """Return which verb follows the mention, and whether it is told something or is a source."""
    parsed = view.scene.parsed
    following = _next_verb(parsed, cand)
    return [
        strength(view.verbs, following[0]) if following is not None else -5.0,
        float(following[1]) if following is not None else 12.0,
        float(cand.dep in ("dobj", "dative") and parsed.head(cand).lower in _TOLD),
        float(_is_according(parsed, cand)),
    ]


def _main_verb(view: QuoteView, cand: Token) -> tuple[float, float]:
    """Return the strength and distance of the verb behind a mention, passing over what stands in commas."""
    tokens = view.scene.parsed.tokens
    inside, steps = False, 0
    for token in tokens[cand.i + 1 : cand.i + 40]:
        if token.sentence != cand.sentence or token.quote >= 0:
            break
        if token.text == "," and (steps == 0 or inside):
            inside = not inside
        elif (
            not inside
            and token.tag in ("VBD", "VBZ", "VBP", "VBG", "VBN")
            and token.dep not in ("aux", "auxpass")
        ):
            return strength(view.verbs, token), float(min(steps, 12))
        elif not inside:
            steps += 1
    return -5.0, 12.0


def _next_verb(parsed: Parsed, cand: Token) -> tuple[Token, int] | None:
    """Return the first verb behind a mention outside quotes in its sentence, and how many words off."""
    for steps, token in enumerate(parsed.tokens[cand.i + 1 : cand.i + 25]):
        if token.sentence != cand.sentence or token.quote >= 0:
            return None
        if token.tag.startswith("VB") and token.dep not in ("aux", "auxpass"):
            return token, min(steps, 12)
    return None


def _is_according(parsed: Parsed, cand: Token) -> bool:
    head = parsed.head(cand)
    return head.lower == "to" and head.i > 0 and parsed.tokens[head.i - 1].lower == "according"
