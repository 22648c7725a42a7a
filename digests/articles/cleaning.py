"""Markup to plain text: lines and paragraphs without tags, control characters or invisible ones."""

import html
import re

from lxml import etree

# Characters that are never words: controls that are no white space, soft hyphens and zero-width
# spaces, bidirectional embeddings, overrides and isolates (UAX 9, section 2), interlinear and tag
# characters, lone surrogates. Joiners stay: Persian, Hindi and emoji need them.
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
# Windows-1252 read as Latin-1 leaves quotation marks there; HTML maps them the same way
# (HTML Standard, section 13.2.5.80).
_C1 = re.compile("[\x80-\x9f]")
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<(?:!--|[A-Za-z/!?])[^<>]*>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(r"[<&]")
_TITLE_ROUNDS = 2
# WordPress adds this line to every feed entry; it is nobody's statement.
_FEED_FOOTER = re.compile(r"^The post .{1,300} (?:first appeared|appeared first) on .{1,200}$", re.MULTILINE)
_ADDRESS = re.compile(r"<?\b[^\s<>()@]+@[^\s<>()@]+\.[^\s<>()@]+\b>?")
_BY = re.compile(r"^by\b[:\s]\s*", re.IGNORECASE)
_MAX_BYLINE_CHARS = 200

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"head", "header", "hr", "item", "lb", "li", "list", "main", "nav", "ol", "option", "p", "pre", "quote"}
    | {"row", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"}
)
_CELLS = frozenset({"td", "th", "cell"})
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "select"}
    | {"button", "textarea", "audio", "video", "graphic"}
)


def clean_line(text: str, *, max_chars: int | None = None) -> str:
    """Return ``text`` on one line: invisible characters gone, every white space one blank."""
    if not (text.isascii() and text.isprintable()):
        text = _C1.sub(_as_windows_1252, _JUNK.sub("", text))
    line = " ".join(text.split())
    return line if max_chars is None or len(line) <= max_chars else line[:max_chars].rstrip()


def clean_text(text: str) -> str:
    """Return ``text`` with each line clean and no empty ones; quotation marks stay as they are."""
    return "\n".join(filter(None, (clean_line(line) for line in text.splitlines())))


def plain_title(markup: str, *, max_chars: int) -> str:
    """Return a feed's title as plain text; titles escaped twice are common and come out right too."""
    text = markup[: max_chars * 20]
    for _ in range(_TITLE_ROUNDS):
        if "<" in text or "&" in text:
            text = html.unescape(_TAG.sub("", text))
    return clean_line(text, max_chars=max_chars)


def clean_byline(text: str) -> str:
    """Return the names of a byline: ``By Jane Doe`` and ``jd@example.org (Jane Doe)`` give ``Jane Doe``.

    Addresses are no names: a byline that is only an e-mail or a web address is empty.
    """
    text = text[: _MAX_BYLINE_CHARS * 10]
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    line = clean_line(text)
    if not line or (line.replace(" ", "").isalpha() and line[:2].lower() != "by"):
        return line[:_MAX_BYLINE_CHARS].strip()
    names = _ADDRESS.sub("", line).strip(" ,;|-–—")
    if names.startswith("(") and names.endswith(")"):
        names = names[1:-1]
    if "://" in names or names.startswith("www."):
        return ""
    return _BY.sub("", names)[:_MAX_BYLINE_CHARS].strip()


def block_text(root: etree._Element) -> str:
    """Return the text below ``root`` as it is read: a line for each paragraph, heading and list item."""
    pieces: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if element.tag in _UNSEEN:
                walker.skip_subtree()
                continue
            pieces += _edge(element.tag), _flat(element.text)
        else:
            pieces.append(_edge(element.tag))
            if element is not root:
                pieces.append(_flat(element.tail))
    return clean_text("".join(pieces))


def extract_text(html: str) -> str:
    """Return the text of a feed's own HTML, a line for each paragraph; junk gives what it holds."""
    if not _MARKUP.search(html):
        return clean_text(html)
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    document = f"<div>{html}</div>".replace("\0", "").encode("utf-8", "ignore")
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError:
        root = None
    text = clean_text(_ANY_TAG.sub(" ", html)) if root is None else block_text(root)
    return _FEED_FOOTER.sub("", text).strip()


def _edge(tag: object) -> str:
    if tag in _BLOCKS:
        return "\n"
    return " " if tag in _CELLS else ""


def _flat(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""


def _as_windows_1252(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252", "ignore")
