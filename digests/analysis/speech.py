"""Is it speech at all? Scare quotes, terms, nicknames and titles of works are told from it."""

import re

from digests.analysis.attribution import Found, Scene
from digests.analysis.lexicon import CUE_FORMS, NAMING, SAY_VERBS
from digests.analysis.quotes import count_words

_SMALL = frozenset(
    """a an and as at but by for from in into is nor of off on or over per the to up upon via vs""".split()
)
_NAMED_BY = frozenset({"call", "label", "brand", "dub", "deem", "describe"})


def is_speech(scene: Scene, index: int, found: Found) -> bool:
    """Return whether the quoted words are somebody's, and not a name, a term or a title."""
    span = scene.quotes[index]
    text = scene.parsed.text
    content = text[span.start : span.end]
    words = count_words(content)
    if words == 0 or span.end - span.start < 2:
        return False
    if _introduced_as_name(text, span.outer_start):
        return False
    if _is_title(content) and not (_beside_cue(found) and _says(found)):
        return False
    if words <= 2 and _is_term(found):
        return False
    attributed = found.speaker is not None or found.same_as is not None
    if words <= 3:
        return attributed and (
            content[-1:] in ".,!?" or (_beside_cue(found) and _announced(scene, index, found))
        )
    return attributed or words >= 5


def _introduced_as_name(text: str, start: int) -> bool:
    """Return whether the word before the mark announces a name: the film “…”, so-called “…”."""
    before = re.findall(r"[\w’'-]+", text[max(0, start - 40) : start])
    gap = text[max(0, start - 3) : start]
    if not before or any(mark in gap for mark in ".,:;"):
        return False
    return before[-1].lower() in NAMING


def _is_term(found: Found) -> bool:
    """Return whether people in general call something so, which is a term and nobody's words."""
    cue = found.cue
    return cue is not None and CUE_FORMS.get(cue.lower) in _NAMED_BY and cue.tag in ("VBP", "VB", "VBN")


def _is_title(content: str) -> bool:
    """Return whether it is written as titles of works are: two words or more, each with a capital."""
    words = [w for w in re.findall(r"[\w’']+", content) if w.lower() not in _SMALL]
    ends = content.rstrip()[-1:] in ".!?"
    return (
        len(words) >= 2
        and all(w[0].isupper() or w[0].isdigit() for w in words)
        and not (ends and len(words) > 5)
    )


def _announced(scene: Scene, index: int, found: Found) -> bool:
    """Return whether the cue stands before the quote, or right behind it."""
    last = scene.words[index][1]
    return found.cue is not None and (found.cue.i < last or min(found.cue.i, _place(found)) - last <= 2)


def _place(found: Found) -> int:
    return found.speaker.i if found.speaker is not None else 1 << 30


def _says(found: Found) -> bool:
    return found.cue is not None and CUE_FORMS.get(found.cue.lower) in SAY_VERBS


def _beside_cue(found: Found) -> bool:
    return found.cue is not None and found.cue.lower in CUE_FORMS and found.sure >= 0.8
