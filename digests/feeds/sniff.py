"""Is this a feed at all? Answered from a few bytes, before any parser runs."""

import re
from itertools import islice

from digests.articles.charset import decode, header_charset
from digests.errors import ParseError

# One of our parsers spent 13 s of CPU on a 3 MB picture: known kinds end here.
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image, a sound or a film"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "a sound or a film"),
    (b"\x00\x00\x00", "a film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x7fELF", "a program"),
    (b"wOF", "a font"),
)
_BINARY_TYPES = re.compile(
    r"\s*(?:image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip)\b)", re.IGNORECASE
)
_MARKS = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)[\s>/]", re.IGNORECASE)
_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DECLARED = re.compile(r"(<\?xml[^>]{0,200}?)\s+encoding\s*=\s*[\"']([\w.:-]*)[\"']", re.IGNORECASE)
_DECLARED_WITHIN = 400
# XML 1.0, section 2.2: no document may hold these, and lxml stops at the first.
_NOT_XML = bytes(code for code in range(32) if code not in b"\t\n\r")
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?[^\s\"'<>]{1,200}\s+(?:\"([^\"]*)\"|'([^']*)'|[^<>]{0,2000})>?")
# Old feeds define &nbsp; and the like themselves: one character (in XML's own spelling of &amp; too),
# or a few words. A bomb needs references, be they spelled as characters, or long values.
_HARMLESS = re.compile(rb"(?:&#38;)?&?#x?[0-9A-Fa-f]{1,7};|[^&%<]{0,32}")
_MAX_ENTITIES = 500
# A bare ampersand is the commonest damage of all ("R&D"), and parsers drop what stands around it.
_REFERENCE = re.compile(rb"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{0,31});")
_AMPERSANDS = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z]\w{0,31};)",
    re.DOTALL,
)
_SKIPPED = ((b"<!--", b"-->"), (b"<?", b"?>"))


def as_utf8(body: bytes, *, content_type: str) -> bytes:
    """Return a feed's document as UTF-8 without the characters that XML forbids.

    Raises:
        ParseError: it is empty, of a kind that is no feed, or an entity bomb.
    """
    if not body.strip():
        raise ParseError("The answer is empty; the publisher may have a fault.")
    _refuse_binary(body, content_type)
    document = _transcoded(body, content_type).translate(None, _NOT_XML).lstrip()
    _refuse_bomb(document)
    return _with_ampersands(document)


def refuse_other_text(document: bytes) -> None:
    """Raise where an XML or HTML document has no feed in it.

    Raises:
        ParseError: says what it is instead.
    """
    if _MARKS.search(document):
        return
    if _HTML.match(document):
        raise ParseError("An HTML page, not a feed: look for its RSS or Atom link and use that address.")
    raise ParseError("This is no RSS, Atom, RDF or JSON feed: check the address in a browser.")


def _refuse_binary(body: bytes, content_type: str) -> None:
    for magic, kind in _MAGIC:
        # UTF-32 text begins with zeros too.
        if body.startswith(magic) and not body.startswith(b"\0\0\0<"):
            raise ParseError(f"This is {kind}, not a feed: check the address.")
    if _BINARY_TYPES.match(content_type) and not _MARKS.search(body[:4096]):
        raise ParseError(f"The server calls this {content_type[:40]!r}, which is no feed: check the address.")


def _transcoded(body: bytes, content_type: str) -> bytes:
    head = body[:_DECLARED_WITHIN].decode("latin-1")
    found = _DECLARED.search(head)
    declared = found[2] if found else ""
    if declared.lower() in ("", "utf-8", "utf8") and _is_utf8(body):
        return body.removeprefix(b"\xef\xbb\xbf")
    text = decode(body, (declared, header_charset(content_type)))
    head = _DECLARED.sub(r"\1", text[:_DECLARED_WITHIN])
    return (head + text[_DECLARED_WITHIN:]).encode("utf-8", "replace")


def _with_ampersands(document: bytes) -> bytes:
    """Return the document with ``&amp;`` for each ampersand of its text that begins no reference."""
    if not document.startswith(b"<") or document.count(b"&") == len(_REFERENCE.findall(document)):
        return document
    return _AMPERSANDS.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], document)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not body.startswith((b"<\0", b"\0<"))


def _refuse_bomb(document: bytes) -> None:
    """Raise where the document type defines entities that could grow; text about them may stay."""
    if not _has_doctype(document) or b"<!ENTITY" not in document:
        return
    definitions = islice(_ENTITY.finditer(document), _MAX_ENTITIES)
    values = [found[2] or found[3] or b"" for found in definitions]
    understood = len(values) == document.count(b"<!ENTITY")
    if not understood or not all(map(_HARMLESS.fullmatch, values)):
        raise ParseError("The feed defines entities that could grow without end; it was not read.")


def _has_doctype(document: bytes) -> bool:
    """Tell whether a document type comes before the first element, comments and instructions skipped."""
    at = document.find(b"<")
    while at != -1:
        pair = next((pair for pair in _SKIPPED if document.startswith(pair[0], at)), None)
        if pair is None:
            return document.startswith(b"<!DOCTYPE", at)
        at = document.find(pair[1], at + len(pair[0]))
        at = document.find(b"<", at) if at != -1 else -1
    return False
