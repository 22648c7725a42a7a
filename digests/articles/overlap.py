"""How much of one text's words another one holds: enough to tell an article from something else."""

import re

# Shorter words are mostly grammar; a longer word's beginning stands for all its inflections.
_MIN_CHARS = 4
_STEM_CHARS = 5
_MAX_WORDS = 60
_WORD = re.compile(r"\w+")
# Scripts written without blanks (Han, kana, Thai and their neighbours): pairs of characters are the words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def stems(text: str) -> frozenset[str]:
    """Return what stands for the words of ``text`` in any inflection."""
    return frozenset(_each(text))


def share_of(words: str, text: str) -> float | None:
    """Return how much of ``words`` (its first 60 different ones) ``text`` holds, 0 to 1.

    ``None`` where there are fewer than three words: they tell nothing.
    """
    wanted = tuple(dict.fromkeys(_each(words)))[:_MAX_WORDS]
    if len(wanted) < 3:
        return None
    held = stems(text)
    return sum(word in held for word in wanted) / len(wanted)


def _each(text: str) -> list[str]:
    found: list[str] = []
    for run in _UNSPACED.findall(text):
        found += (run[at : at + 2] for at in range(len(run) - 1))
    rest = _UNSPACED.sub(" ", text).casefold()
    return found + [word[:_STEM_CHARS] for word in _WORD.findall(rest) if len(word) >= _MIN_CHARS]
