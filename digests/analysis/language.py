"""Which language a text is written in, by py3langid's classifier; English where that is not sure.

On 6,194 paragraphs of English news, down to ten letters, no other language leads English by more than 23
points, nor by .32 a byte where it leads by 15; real sentences in other languages lead by 24 and .4 or more.
"""

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_ENOUGH = 2_000
_LEAD, _LEAD_PER_BYTE = 24.0, 0.35
_NEWS_IS_IN = (
    "ar bg bn ca cs da de el en es et fa fi fr ga he hi hr hu id is it ja ko lt lv mk mt nl no pl pt ro ru sk"
    " sl sq sr sv sw th tr uk ur vi zh"
).split()
"""Others look like English headlines, or are read by few: Aragonese, Nigerian Pidgin."""


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``; ``"und"`` where there is nothing to read."""
    if not any(character.isalpha() for character in text):
        return "und"
    sample = text[:_ENOUGH].encode("utf-8", "replace").decode("utf-8")
    scores = dict(_identifier().rank(sample))
    best = max(scores, key=lambda code: scores[code])
    lead = float(scores[best] - scores["en"])
    sure = lead >= _LEAD and lead >= _LEAD_PER_BYTE * len(sample.encode())
    return str(best) if sure else "en"


@cache
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_NEWS_IS_IN)
    return identifier
