"""What the model of reported speech looks at: the cue, who speaks, and where a content starts and ends."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from digests.analysis.attributions import MARKS, Telling
from digests.analysis.lexicon import PEOPLE_NOUNS, SAY_VERBS
from digests.analysis.reported import SUBJECTS, Content, Form, tells, tells_on
from digests.analysis.scene import Scene
from digests.analysis.telling import is_study
from digests.analysis.tokens import FINITE, Token

_TAGS = ("VBD", "VBZ", "VBP", "VBG", "VBN", "VB")
_DEPS = ("ROOT", "conj", "advcl", "ccomp", "relcl", "acl", "xcomp", "parataxis")
_STARTS = ("PRP", "DT", "NNP", "NN", "TO", "VBG", "IN", "W", "EX", "RB", "JJ", "CD")
_ROOTS = ("ccomp", "xcomp", "dobj", "pobj", "ROOT", "advcl", "pcomp", "parataxis", "conj", "oprd")
_BEHIND = (",", ".", "—", ";", "(", ":", "”")
UNKNOWN = -3.0


def key_of(scene: Scene, telling: Telling, content: Content) -> str:
    """Return under which name a verb's habit is learned: "warn", "warn before", "warn of"."""
    form = content.form
    if form is Form.CLAUSE:
        return telling.verb
    if form is Form.PHRASE:
        return f"{telling.verb} {scene.parsed.head(scene.parsed.tokens[content.root]).lower}"
    return f"{telling.verb} {form.name.lower()}"


def weigh_cue(scene: Scene, telling: Telling) -> list[float]:
    """Return what is the same for all contents of a cue."""
    parsed, cue, subject = scene.parsed, telling.cue, telling.subject
    first, stop = parsed.sentences[cue.sentence]
    entity = scene.entities.get(subject.i)
    sentence = parsed.tokens[first:stop]
    return [
        *(float(cue.tag == tag) for tag in _TAGS),
        *(float(cue.dep == dep) for dep in _DEPS),
        float(telling.verb in SAY_VERBS),
        float(subject.i > cue.i),
        float(subject.sentence == cue.sentence),
        float(parsed.head(subject).i == cue.i),
        min(abs(subject.i - cue.i), 30),
        float(subject.tag in ("PRP", "WP")),
        float(subject.lower in ("i", "we", "you")),
        float(subject.lower in ("it", "this", "that", "which")),
        float(subject.tag.startswith("NNP")),
        float(subject.tag.endswith("S")),
        float(entity is not None and entity.label == "PERSON"),
        float(entity is not None and entity.label in ("ORG", "GPE", "NORP")),
        float(subject.lower in PEOPLE_NOUNS),
        float(is_study(subject.lower)),
        cue.i - first,
        stop - cue.i,
        telling.low - first,
        stop - 1 - telling.high,
        float(sentence[-1].text == "?"),
        float(any(token.quote >= 0 for token in sentence)),
        float(cue.paragraph == 0),
        float(
            any(kid.dep == "aux" and kid.lower in ("to", "has", "have", "had") for kid in parsed.kids(cue))
        ),
    ]


def weigh(scene: Scene, telling: Telling, content: Content, verbs: Mapping[str, float]) -> list[float]:
    """Return what tells one content from the others of its cue."""
    parsed = scene.parsed
    return [
        float(content.form),
        verbs.get(key_of(scene, telling, content), UNKNOWN),
        *_start(scene, telling, content),
        *_end(scene, telling, content),
        *_inside(parsed.tokens[content.first : content.last + 1], content),
        float(sum(tells_on(parsed, i) for i in range(content.first + 1, content.last + 1))),
    ]


def _start(scene: Scene, telling: Telling, content: Content) -> list[float]:
    tokens = scene.parsed.tokens
    first, root = tokens[content.first], tokens[content.root]
    before = tokens[content.first - 1] if content.first else first
    gap = tokens[telling.cue.i + 1 : content.first]
    return [
        float(first.lower == "that"),
        float(first.lower in ("whether", "if", "how", "why", "what", "who", "when", "where")),
        float(first.lower in ("and", "but", "or")),
        *(float(first.tag.startswith(tag)) for tag in _STARTS),
        *(float(root.dep == dep) for dep in _ROOTS),
        float(root.head == telling.cue.i),
        float(root.tag in FINITE),
        float(root.tag.startswith("VB")),
        float(any(kid.dep in SUBJECTS for kid in scene.parsed.kids(root))),
        float(content.first == content.own[0]),
        float(before.lower == "that"),
        float(before.text in MARKS),
        float(content.first == scene.parsed.sentences[telling.cue.sentence][0]),
        min(len(gap), 20),
        float(sum(token.tag in FINITE for token in gap)),
        float(any(token.text in MARKS for token in gap)),
    ]


def _end(scene: Scene, telling: Telling, content: Content) -> list[float]:
    parsed, tokens = scene.parsed, scene.parsed.tokens
    stop = parsed.sentences[telling.cue.sentence][1]
    rest = tokens[content.last + 1 : stop]
    after = next((token for token in rest if token.text not in MARKS), None)
    behind = rest[0].text if rest else ""
    held = sum(content.first <= token.head <= content.last for token in rest if token.text not in MARKS)
    return [
        float(content.last == content.own[1]),
        float(after is None),
        *(float(behind == mark) for mark in _BEHIND),
        *_what_follows(after, telling, content),
        float(any(tells(token) for token in rest[:4])),
        held,
        float(sum(token.text not in MARKS for token in rest)),
    ]


def _what_follows(after: Token | None, telling: Telling, content: Content) -> list[float]:
    if after is None:
        return [0.0] * 11
    return [
        float(after.dep == "cc"),
        float(after.dep == "mark"),
        float(after.lower in ("as", "while")),
        float(after.lower in ("who", "which", "whose")),
        float(after.lower in ("according", "per")),
        float(after.tag == "VBG"),
        float(after.tag in FINITE),
        float(after.tag in ("IN", "TO")),
        float(after.head == telling.cue.i),
        float(content.first <= after.head <= content.last),
        float(telling.low <= after.i <= telling.high),
    ]


def _inside(words: Sequence[Token], content: Content) -> list[float]:
    relative = sum(word.tag in ("WDT", "WP") and before.text == "," for before, word in pairwise(words))
    real = [token for token in words if token.text[:1].isalnum()]
    loose = sum(not content.first <= token.head <= content.last for token in real)
    return [
        math.log1p(len(real)),
        float(min(loose, 9)),
        float(sum(token.text == "," for token in words)),
        float(sum(token.tag in FINITE for token in words)),
        float(sum(token.quote >= 0 for token in words) / len(words)),
        float(words[0].quote >= 0),
        float(words[-1].lower in ("and", "but", "as", "that", "the", "of", "to", "in", "while")),
        float(words[-1].tag in ("IN", "DT", "CC", "TO")),
        float(any(token.text in (";", "—", "–") for token in words)),
        float(relative),
    ]
