"""Quotation marks as each language sets them: CLDR's, and where newspapers do otherwise, theirs.

The marks around a verbatim quote are not the speaker's words but typography, so they follow the language of
those words, whoever reads them: « Oui » in an English digest, “Yes” in a French one.
"""

_FRENCH = ("«\u202f", "\u202f»")
_ANGLED = ("«", "»")
_LOW = ("„", "“")
_LOW_HIGH = ("„", "”")
_RIGHT = ("”", "”")
_CORNERS = ("「", "」")
_CURLED = ("“", "”")

_BY_LANGUAGE = {
    "fr": _FRENCH,
    **dict.fromkeys(("ar", "be", "ca", "el", "es", "eu", "fa", "gl", "hy", "it", "nb", "nn", "no"), _ANGLED),
    **dict.fromkeys(("ps", "ru", "sq", "uk", "ug"), _ANGLED),
    **dict.fromkeys(("bg", "cs", "de", "et", "is", "ka", "lb", "lt", "mk", "sk", "sl"), _LOW),
    **dict.fromkeys(("bs", "hr", "hu", "pl", "ro", "sr"), _LOW_HIGH),
    **dict.fromkeys(("fi", "he", "sv"), _RIGHT),
    "ja": _CORNERS,
}


def quotation_marks(language: str) -> tuple[str, str]:
    """Return the opening and the closing mark of a language; English ones where it is not known."""
    return _BY_LANGUAGE.get(language, _CURLED)
