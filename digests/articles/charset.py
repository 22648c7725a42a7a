"""Bytes to text for feeds and pages, whatever charset they claim."""

import codecs
import re
from collections.abc import Iterable

# Charsets still met on the web (WHATWG Encoding Standard, section 4), by Python's names. A closed
# list: Python also knows codecs that are slow on purpose-made input (punycode) or run escapes.
_KNOWN = frozenset(
    {
        *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{n}" for n in (866, 874, 932, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258)),
        *("koi8-r", "koi8-u", "mac-roman", "gb18030", "big5", "euc_jp", "euc_kr", "iso2022_jp", "hz"),
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    }
)
# What browsers read instead of the name that is declared (WHATWG Encoding Standard, section 4.2).
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_SEVEN_BIT = frozenset({"iso2022_jp", "hz"})
# Four bytes before two: UTF-32's little-endian mark starts with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows and ISO call the same letters; both leave Latin text readable, so the page's language decides.
_CENTRAL_EUROPEAN = frozenset({"pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro"})
# Charsets that are told by their bytes alone, where most letters are not Latin.
_GUESSED = [
    *("cp1251", "koi8-r", "iso8859-5", "cp1253", "cp1255", "cp1256", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
_NON_LATIN_SHARE = 0.3
_GUESSED_FROM_BYTES = 20_000
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_LETTERS = re.compile(rb"[A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
_WINDOWS_ALONE = re.compile(rb"[\x80-\x9f]")
_LANGUAGE = re.compile(rb"<html[^<>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)
_LITTLE_ENDIAN = re.compile(rb"(?:[\r\n\t ]\0)*<\0")
_BIG_ENDIAN = re.compile(rb"(?:\0[\r\n\t ])*\0<")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_WITHIN_BYTES = 4096
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
# Fewer broken sequences than this are damage; in text of another charset nearly all are broken.
_GOOD_PER_BAD = 2


def header_charset(content_type: str) -> str:
    """Return the charset that a Content-Type header names, or an empty string."""
    found = _HEADER.search(content_type)
    return found[1] if found else ""


def decode_html(body: bytes, content_type: str = "") -> str:
    """Return a page's text, by its bytes, its header and its ``<meta charset>``, in that order."""
    meta = _META.search(body[:_META_WITHIN_BYTES])
    return decode(body, (header_charset(content_type), meta[1].decode("ascii") if meta else ""))


def decode(body: bytes, declared: Iterable[str]) -> str:
    """Return ``body`` as text; what cannot be read becomes U+FFFD.

    A byte order mark decides, then the bytes: text that is valid UTF-8 by chance is rarer than
    a wrong declaration. ``declared`` charsets are tried in order after that. Windows-1252 is what servers
    declare that were never set up, so anything else goes before it: another declaration, what letters that
    are mostly not Latin look like, and the alphabet of the page's language.
    """
    marked = _marked(body)
    if marked:
        return body.decode(marked, "replace").lstrip("\ufeff")
    names = tuple(filter(None, map(_codec, declared)))
    if body.isascii():
        return _first_that_fits(body, tuple(name for name in names if name in _SEVEN_BIT)) or body.decode(
            "ascii"
        )
    text = body.decode("utf-8", "replace")
    damage = text.count("\ufffd")
    if damage * (1 + _GOOD_PER_BAD) < sum(1 for _ in _NON_ASCII.finditer(text)):
        return text
    told = tuple(name for name in names if name != "cp1252")
    return (
        _first_that_fits(body, told or _likely(body))
        or _first_but_for_damage(body, told)
        or body.decode("cp1252", "replace")
    )


def _marked(body: bytes) -> str:
    """Return the charset of the byte order mark, or of the zero bytes around a leading ``<``."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    if _LITTLE_ENDIAN.match(body):
        return "utf-16-le"
    return "utf-16-be" if _BIG_ENDIAN.match(body) else ""


def _likely(body: bytes) -> tuple[str, ...]:
    """Return what an undeclared charset may be; empty for that of Western Europe."""
    text = _TAGS.sub(b" ", body[: 10 * _GUESSED_FROM_BYTES])
    high = sum(1 for _ in _HIGH.finditer(text))
    if high >= _NON_LATIN_SHARE * (high + sum(1 for _ in _LETTERS.finditer(text))):
        return _guessed(text)
    language = _LANGUAGE.search(body[:_META_WITHIN_BYTES])
    if language and language[1].lower().decode("ascii") in _CENTRAL_EUROPEAN:
        return ("cp1250",) if _WINDOWS_ALONE.search(text) else ("iso8859-2",)
    return ()


def _guessed(text: bytes) -> tuple[str, ...]:
    # Imported here: nearly every page and feed says in what charset it is.
    from charset_normalizer import from_bytes

    best = from_bytes(text.lstrip()[:_GUESSED_FROM_BYTES], cp_isolation=_GUESSED).best()
    name = _codec(best.encoding) if best is not None else ""
    return (name,) if name else ()


def _codec(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""
    name = _READ_AS.get(name, name)
    return name if name in _KNOWN else ""


def _first_that_fits(body: bytes, names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return ""


def _first_but_for_damage(body: bytes, names: tuple[str, ...]) -> str:
    """Return ``body`` in the first charset that one character in twenty at most does not fit."""
    for name in names:
        text = body.decode(name, "replace")
        if text.count("\ufffd") * 20 < sum(1 for _ in _NON_ASCII.finditer(text)):
            return text
    return ""
