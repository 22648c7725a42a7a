"""The feeds that a web page names: an operator may write a site's address."""

from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from digests.articles.charset import decode_html

_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
_HEAD_CHARS = 500_000
_MOST = 3


def discover(body: bytes, *, url: str, content_type: str = "") -> tuple[str, ...]:
    """Return the addresses of the feeds that the page at ``url`` names, the best first, at most three.

    Pages name them by ``<link rel="alternate">`` (https://www.rssboard.org/rss-autodiscovery); feeds of
    comments come last.
    """
    try:
        page = html.document_fromstring(decode_html(body, content_type)[:_HEAD_CHARS])
    except (etree.LxmlError, ValueError):
        return ()
    base = urljoin(url, next(iter(page.xpath("//base/@href")), ""))
    found = [
        (_is_of_comments(link), urljoin(base, link.get("href", "").strip()))
        for link in page.xpath("//link[@href]")
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").partition(";")[0].strip().lower() in _TYPES
    ]
    ranked = [address for _, address in sorted(found, key=lambda pair: pair[0])]
    return tuple(dict.fromkeys(address for address in ranked if _is_web(address) and address != url))[:_MOST]


def _is_of_comments(link: html.HtmlElement) -> bool:
    return "comment" in f"{link.get('title', '')} {link.get('href', '')}".lower()


def _is_web(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")
