"""Which language a text is written in, by py3langid's classifier."""

import py3langid

_ENOUGH = 2_000


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``; ``"und"`` where there is nothing to read."""
    if not any(character.isalpha() for character in text):
        return "und"
    return str(py3langid.classify(text[:_ENOUGH])[0])
