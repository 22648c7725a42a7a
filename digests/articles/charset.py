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
    a wrong declaration. ``declared`` charsets are tried in order after that, Windows-1252 last.
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
    return _first_that_fits(body, names) or body.decode("cp1252", "replace")


def _marked(body: bytes) -> str:
    """Return the charset of the byte order mark, or of the zero bytes around a leading ``<``."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(body[:2], "")


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
