"""Which words of a page only say who wrote, photographed or published: nobody named there acts.

Pure: text in, spans out. Bylines, datelines, notes at the end ("With files from …"), picture credits,
and whole captions, which are paragraphs that end with a credit.
"""

import re
from collections.abc import Iterator, Sequence

_BYLINE = re.compile(
    r"^\s*(?:by|photo(?:graph)?s? by|reporting by|editing by|written by|story by)\b.{2,80}$", re.IGNORECASE
)
_NOTE = re.compile(
    r"^\W*(?:with files from|additional reporting by|contributing:|follow\b.*\bon (?:twitter|facebook|x)\b"
    r"|(?:the )?associated press (?:writers?|journalists?|reporters?)\b"
    r"|.{0,160}\bcontributed to this (?:report|story|article)\b|this report by .*\bwas first published\b"
    r"|.{0,80}\bis (?:a|an|the) [\w\s,-]{0,60}\b(?:reporter|columnist|correspondent)\b"
    r"[^“”\"]{0,160}(?:twitter|email|follow|reach)"
    r"|(?:read more|related|watch|look|also on \w+|correction|editor[’']s note)\s?:)",
    re.IGNORECASE,
)
_WORD = r"[A-Z][\w.’'&-]*"
_RUN = rf"{_WORD}(?:[ \t]{_WORD}){{0,5}}"
_SLASH = re.compile(rf"{_RUN}[ \t]?/[ \t]?{_RUN}(?:[ \t]?/[ \t]?{_RUN})*")
_CREDIT = re.compile(
    r"/|\b(?:photo|photos|image|images|getty|courtesy|submitted|handout|archives?|file|via|press|reuters|afp|ap|cp"
    r"|youtube|instagram|facebook|screengrab)\b",
    re.IGNORECASE,
)
_LAST_BRACKETS = re.compile(r"\(\s?([^()\n]{3,90})\)\s*\.?\s*$")
_BRACKETS = re.compile(r"\(\s?([^()\n]{3,90})\)")
_CONTINUED = re.compile(r"^\W*(?:article|story) continue[sd] below\W*$", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:press|reuters|afp|bloomberg|news|newspaper|star|times|post|herald|globe|tribune|journal)\W*$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z.’' -]+(?:, [A-Z][\w. ]+)?(?: ?\([^()\n]{2,40}\))? ?(?:--|[—–-]) ")
_MOST_CAPTION_WORDS = 70
_MOST_SIGNATURE_WORDS = 14


def is_byline(paragraph: str) -> bool:
    """Return whether a line only says who wrote or photographed."""
    return (
        bool(_BYLINE.match(paragraph))
        and len(paragraph.split()) <= 10
        and not paragraph.rstrip().endswith(":")
    )


def find_credits(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that credit somebody, whole paragraphs where all of it does."""
    return [span for start, end in paragraphs for span in _of_paragraph(text, start, end)]


def _of_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    paragraph = text[start:end]
    if any(
        test(paragraph) for test in (is_byline, _NOTE.match, _CONTINUED.match, _is_caption, _is_signature)
    ):
        yield start, end
        return
    if dateline := _DATELINE.match(paragraph):
        yield start, start + dateline.end()
    for match in _BRACKETS.finditer(paragraph):
        if _is_credit(match[1]):
            yield start + match.start(), start + match.end()
    for match in _SLASH.finditer(paragraph) if "/" in paragraph else ():
        if len(match[0].split()) > 2:
            yield start + match.start(), start + match.end()


def _is_caption(paragraph: str) -> bool:
    last = _LAST_BRACKETS.search(paragraph)
    return last is not None and _is_credit(last[1]) and len(paragraph.split()) <= _MOST_CAPTION_WORDS


def _is_signature(paragraph: str) -> bool:
    """Return whether a line is names and an agency: "Jane Doe, The Example Press"."""
    words = re.findall(r"[A-Za-z][\w’'-]*", paragraph)
    large = all(word[0].isupper() or word in ("and", "by", "for", "of", "in") for word in words)
    return large and 2 <= len(words) <= _MOST_SIGNATURE_WORDS and bool(_OUTLET.search(paragraph))


def _is_credit(words: str) -> bool:
    """Return whether words in brackets name a photographer or an agency, and say nothing else."""
    found = re.findall(r"[A-Za-z][\w.’'-]*", words)
    small = [
        word for word in found if word[0].islower() and word not in ("by", "of", "the", "and", "via", "for")
    ]
    return bool(_CREDIT.search(words)) and len(small) <= 1
