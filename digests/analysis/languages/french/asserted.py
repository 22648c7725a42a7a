"""Does a French verb of saying tell that its subject said it? Not where it is denied or only rumoured."""

import re

from digests.analysis.languages.french.verbs import Verb

_IF = re.compile(
    r"\W*(?:si|s['’](?=ils?\b)|lorsque|quand|même si|comme si"
    r"|(?:dès|aussitôt|une fois|avant|pourvu|à condition|à moins) qu(?:e|['’]))(?![\w-])",
    re.IGNORECASE,
)
"""What opens a sentence that tells of what is not, or not yet."""

_UNSAID = re.compile(r"(?:refus|évit|hésit|renonc|s['’]abst|se gard|oubli|omi|manqu)", re.IGNORECASE)
"""Who refuses to say so has not said so."""

_PASSIVE = re.compile(r"(?:est|sont|était|étaient|fut|sera|serait)\s")
_BEEN = re.compile(r"\bété\s(?:[^\W\d_]+ment\s)?$")
_RUMOUR = re.compile(r"se\s(?:dit|murmure|raconte|chuchote|susurre)$")
_NOBODY = re.compile(r"(?<![\w’'-])il\s$", re.IGNORECASE)
_REACH = 30


def is_asserted(text: str, start: int, verb: Verb) -> bool:
    """Return whether a verb in a sentence that begins at ``start`` tells what its subject said."""
    if verb.denied or _IF.match(text, start):
        return False
    low = max(start, verb.start - _REACH)
    passive = _PASSIVE.match(text, verb.start, verb.end) or _BEEN.search(text, low, verb.start)
    rumour = _RUMOUR.match(text, verb.start, verb.end) and _NOBODY.search(text, low, verb.start)
    return not (passive or rumour or _UNSAID.match(text, verb.start, verb.end))
