"""Who could have spoken a quote: the mentions around it."""

from bisect import bisect_left

from digests.analysis.lexicon import DOCUMENTS, GROUPS, can_be_a_person
from digests.analysis.scene import Scene
from digests.analysis.tokens import Token

MOST_BEFORE = 18
MOST_AFTER = 9
_PARAGRAPHS = 2
"""How far off the speaker is looked for; 98 in 100 labelled quotes are reached (``make train`` tells)."""

_SPEAKING_PRONOUNS = frozenset("he she they it i we who one some many others both another".split())
_SPEAKING = _SPEAKING_PRONOUNS | DOCUMENTS | GROUPS


class Mentions:
    """The head tokens of an article's mentions, in the text's order; made once, asked for every quote."""

    def __init__(self, scene: Scene) -> None:
        self._all = [token for token in scene.parsed.tokens if _could_speak(scene, token)]
        self._places = [token.i for token in self._all]
        self._from_afar = {token.i for token in self._all if _could_speak_from_afar(scene, token)}

    def within(self, low: int, high: int, paragraph: int) -> list[Token]:
        """Return those of ``low:high``; from other paragraphs those of somebody or of a document alone."""
        found = self._all[bisect_left(self._places, low) : bisect_left(self._places, high)]
        return [token for token in found if token.paragraph == paragraph or token.i in self._from_afar]


def find_candidates(scene: Scene, index: int, mentions: Mentions) -> list[Token]:
    """Return the head tokens of the mentions around a quote, in the text's order."""
    first, last = scene.words[index]
    near = [
        bounds
        for number in range(-_PARAGRAPHS, _PARAGRAPHS + 1)
        if (bounds := scene.paragraphs.get(scene.quotes[index].paragraph + number)) is not None
    ]
    own = scene.quotes[index].paragraph
    before = mentions.within(near[0][0], first, own)
    after = mentions.within(last + 1, near[-1][1], own)
    return [*before[-MOST_BEFORE:], *after[:MOST_AFTER]]


def _could_speak(scene: Scene, token: Token) -> bool:
    return _is_mention(scene, token) and not scene.is_credited(token) and not _is_label(scene, token)


def _could_speak_from_afar(scene: Scene, token: Token) -> bool:
    """Return whether a mention is somebody's or a document's, and no other thing's."""
    return (
        token.tag.startswith("NNP")
        or token.lower in _SPEAKING
        or can_be_a_person(token.lower)
        or any(cue.subject is token for cue in scene.cues.get(token.sentence, ()))
    )


def _is_label(scene: Scene, token: Token) -> bool:
    """Return whether the token stands in a label in capitals before a colon: "ANALYST’S TAKE: “…”"."""
    if not token.text.isupper():
        return False
    tokens = scene.parsed.tokens
    first = scene.paragraphs[token.paragraph][0]
    label = [word.text for word in tokens[first : first + 6]]
    words = label[: label.index(":")] if ":" in label else []
    return token.i - first < len(words) and bool({"’S", "'S", "’s", "'s"} & set(words))


def _is_mention(scene: Scene, token: Token) -> bool:
    """Return whether the token heads a mention that could speak: a pronoun, or the last of a run of nouns."""
    if token.quote >= 0:
        return False
    if token.lower in ("year", "old"):
        return _is_age(scene, token)
    if token.lower in _SPEAKING_PRONOUNS:
        return token.tag in ("PRP", "WP", "NN", "CD") or token.dep.startswith("nsubj")
    if not token.tag.startswith("NN") or not token.text[:1].isalpha():
        return False
    following = scene.parsed.tokens[token.i + 1 : token.i + 2]
    runs_on = bool(following) and following[0].tag.startswith("NN") and following[0].quote < 0
    return not (runs_on and token.dep == "compound")


def _is_age(scene: Scene, token: Token) -> bool:
    """Return whether the token ends "the 34-year-old", which one person is called by."""
    before = [word.lower for word in scene.parsed.tokens[max(0, token.i - 3) : token.i]]
    return token.lower == "old" and before[-3:] == ["-", "year", "-"]
