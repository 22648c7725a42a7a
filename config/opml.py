"""OPML, the list of feeds that readers exchange: bytes -> outlines, and back; http://opml.org/spec2.opml.

Read as readers really write it: any version, any case of attributes, folders in folders, one feed in
several folders, bare ampersands. No entity of the file's own is expanded and nothing else is opened.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from config.problems import ConfigError, Problem

_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
_LISTS = ("include", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in a list: its address as written, its title, and the folders that it is in, each once."""

    url: str
    title: str = ""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """What an OPML file holds: its feeds in their order, and the titles of what has no feed's address."""

    feeds: tuple[Outline, ...]
    without_address: tuple[str, ...] = ()


def parse_opml(raw: bytes, file: str) -> FeedList:
    """Return the feeds of an OPML file called ``file``; one that stands in several folders is one feed.

    Raises:
        ConfigError: it is no OPML, or is cut off.
    """
    root = _root(raw, file)
    if _name(root) != "opml":
        raise _error(file, 1, f"not OPML: its first element is <{_name(root)}>")
    feeds: dict[str, Outline] = {}
    without: list[str] = []
    for attributes, folders, leaf in _walk(root):
        title = _text(attributes.get("text", "")) or _text(attributes.get("title", ""))
        url = attributes.get("xmlurl", "").strip()
        if url:
            known = feeds.get(url, Outline(url=url, title=title))
            labels = (*known.folders, *folders, *_categories(attributes.get("category", "")))
            feeds[url] = replace(known, title=known.title or title, folders=tuple(dict.fromkeys(labels)))
        elif leaf or attributes.get("type", "").lower() in _LISTS:
            without.append(title or "an outline without a title")
    return FeedList(feeds=tuple(feeds.values()), without_address=tuple(without))


def _root(raw: bytes, file: str) -> Any:
    try:
        root = _parsed(raw)
    except etree.XMLSyntaxError:
        # Addresses with their ampersands as they are in a browser: the commonest fault of all.
        mended = _BARE_AMPERSAND.sub(b"&amp;", raw)
        try:
            root = _parsed(mended)
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise _error(file, line or 1, "not well-formed XML: it may be cut off", column or 1) from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        # In attributes they would be expanded, whatever the parser is told; no reader writes any.
        raise _error(file, 1, "it declares entities of its own")
    return root


def _parsed(raw: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(raw.lstrip(), parser)


def _error(file: str, line: int, message: str, column: int = 1) -> ConfigError:
    hint = "export it again from the reader that it comes from"
    return ConfigError([Problem(file=file, line=line, column=column, message=message, hint=hint)])


def _walk(root: Any) -> Iterator[tuple[dict[str, str], tuple[str, ...], bool]]:
    """Yield each outline's attributes, the folders above it, and whether nothing is below it."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(child, ()) for child in reversed(_outlines(root))]
    while waiting:
        outline, folders = waiting.pop()
        attributes = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        below = _outlines(outline)
        yield attributes, folders, not below
        name = _text(attributes.get("text", "")) or _text(attributes.get("title", ""))
        inside = (*folders, name) if name and not attributes.get("xmlurl") else folders
        waiting += [(child, inside) for child in reversed(below)]


def _outlines(element: Any) -> list[Any]:
    """Return the outlines right below, also where they stand in a <body>."""
    found: list[Any] = []
    for child in element:
        if _name(child) == "outline":
            found.append(child)
        elif _name(child) == "body":
            found += _outlines(child)
    return found


def _name(element: Any) -> str:
    """Return an element's name without its namespace; comments have none."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _categories(text: str) -> tuple[str, ...]:
    """Return the words of "/Boston/Weather,/Harvard": lists of folders, as OPML 2.0 has them."""
    return tuple(word for part in text.split(",") for word in map(_text, part.split("/")) if word)


def _text(text: str) -> str:
    """Return text on one line, fit to be written into YAML; many readers escape a title twice."""
    return _on_one_line(html.unescape(text))


def _on_one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def render_opml(title: str, feeds: Iterable[Outline]) -> bytes:
    """Return OPML 2.0: a folder for each tag with its feeds, those without one below."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for feed in feeds:
        for name in feed.folders:
            if name not in folders:
                folder = _on_one_line(name)
                folders[name] = etree.SubElement(body, "outline", text=folder, title=folder)
        for place in [folders[name] for name in feed.folders] or [body]:
            shown = _on_one_line(feed.title) or feed.url
            etree.SubElement(place, "outline", type="rss", text=shown, title=shown, xmlUrl=feed.url)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
