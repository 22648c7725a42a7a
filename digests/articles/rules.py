"""What is known of pages by words and by outlet: the shipped ``pages.json`` and the operator's own rules.

``pages.json`` holds data only; a new phrase or outlet needs no code:

- ``walls``: kind of wall -> language -> phrases. A phrase is matched in lower case, with plain quotation
  marks and single blanks. Write what only a wall says, never what a reporter may.
- ``titles``: kind -> how the title of such a page begins.
- ``addresses``: kind -> words of a path or a host to which such pages are redirected.
- ``containers``: what the id, class or role of a banner or dialog may hold.
- ``next``: what links to an article's next page say besides the number.
- ``live``: what a live blog's title or address holds.
- ``hosts``: rules for outlets, the same as an operator writes under ``pages``: ``host`` (with its
  subdomains), ``content`` (XPath of the elements that hold the text), ``strip`` (XPaths of what is no part of
  it), ``wall`` (phrases after which the text ends), ``next`` (XPath of the link to the next page).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import re2
from lxml import etree

from digests.model import PageRule, Wall

_QUOTATION_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_QUOTED = re.compile(r'"[^"]*(?:"|$)')


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """The phrases of ``pages.json``, by the kind of wall that they give away.

    ``walls`` are RE2's patterns: they meet every box and line of every page, and take a tenth of the time.
    """

    walls: Mapping[Wall, Any]
    titles: Mapping[Wall, re.Pattern[str]]
    addresses: Mapping[Wall, frozenset[str]]
    containers: re.Pattern[str]
    next_labels: frozenset[str]
    live: re.Pattern[str]


def folded(text: str) -> str:
    """Return ``text`` as phrases are written: lower case, plain quotation marks, single blanks."""
    return " ".join(text.translate(_QUOTATION_MARKS).casefold().split())


def unquoted(text: str) -> str:
    """Return folded ``text`` without what stands after quotation marks: that is somebody's words."""
    return _QUOTED.sub(" ", text)


@cache
def page_words() -> PageWords:
    """Return the shipped phrases; the file is read once."""
    data = _shipped()
    return PageWords(
        walls={
            Wall(kind): re2.compile(_any_of(_all(by_language)).pattern)
            for kind, by_language in data["walls"].items()
        },
        titles={Wall(kind): _any_of(phrases, whole=True) for kind, phrases in data["titles"].items()},
        addresses={Wall(kind): frozenset(words) for kind, words in data["addresses"].items()},
        containers=re.compile("|".join(map(re.escape, data["containers"])), re.IGNORECASE),
        next_labels=frozenset(data["next"]),
        live=_any_of(data["live"], whole=True),
    )


@cache
def shipped_rules() -> tuple[PageRule, ...]:
    """Return the shipped rules for outlets."""
    return tuple(
        PageRule(
            host=rule["host"],
            content=rule.get("content", ""),
            strip=tuple(rule.get("strip", ())),
            wall=tuple(rule.get("wall", ())),
            next=rule.get("next", ""),
        )
        for rule in _shipped()["hosts"]
    )


def rule_for(url: str, own: Sequence[PageRule] = ()) -> PageRule:
    """Return the rule for the outlet at ``url``, the operator's ``own`` before ours; an empty one else.

    Of two that fit, the one with the longer host is meant.
    """
    host = (urlsplit(url).hostname or "").lower()
    for rules in (own, shipped_rules()):
        fitting = [rule for rule in rules if host == rule.host or host.endswith(f".{rule.host}")]
        if fitting:
            return max(fitting, key=lambda rule: len(rule.host))
    return PageRule(host="")


def select(root: etree._Element, xpath: str) -> list[etree._Element]:
    """Return the elements that ``xpath`` finds below ``root``; none where it fails on this page."""
    try:
        found = _compiled(xpath)(root)
    except etree.XPathError:
        return []
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


@lru_cache(maxsize=256)
def _compiled(xpath: str) -> etree.XPath:
    return etree.XPath(xpath)


def _shipped() -> dict[str, Any]:
    text = (resources.files("digests.articles") / "pages.json").read_text(encoding="utf-8")
    shipped: dict[str, Any] = json.loads(text)
    return shipped


def _all(by_language: dict[str, list[str]]) -> list[str]:
    return [phrase for phrases in by_language.values() for phrase in phrases]


def _any_of(phrases: Sequence[str], *, whole: bool = False) -> re.Pattern[str]:
    """Return what finds one of the phrases in folded text; ``whole`` ones end where a word ends."""
    pattern = "|".join(re.escape(folded(phrase)) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if whole else pattern)
