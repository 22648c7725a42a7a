"""One canonical URL per article, and links that are safe to print."""

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from yarl import URL

# Parameters that say where a reader came from and never which article it is: those of Urchin and
# Google, Matomo, the BBC's AT Internet, Mailchimp, Hubspot, Marketo, Vero, Omeda and Webtrends by
# prefix; single ones as in ClearURLs' and AdGuard's public lists. ``id``, ``cid``, ``source`` and
# the like are left: on some sites they are the article.
_TRACKING = re.compile(
    r"(?:utm|at|mtm|pk|matomo|mc|hsa|vero|oly|wt|itm|ns|guce)_\w*|_hs\w+|"
    r"[a-z]{1,4}clid|gbraid|wbraid|igshid|igsh|mkt_tok|cmp|cmpid|icid|ncid|ocid|smid|smtyp|xtor|ito|"
    r"ref_src|ref_url|referrer|s_cid|sr_share|soc_src|soc_trk|guccounter|guce_referrer\w*|__twitter_impression|"
    r"fb_action_\w+|wtrid|leadsource|traffic_source|dicbo|_ga|_gl",
    re.IGNORECASE,
)
# Parameters that track only where the value names the feed, as in ``?source=rss``.
_ORIGIN = re.compile(r"(?:ref|source|src|from|partner|campaign)=(?:rss|feed|atom)\w*", re.IGNORECASE)
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_TO_ENCODE = re.compile(r"[\s<>\"`{}|^]")
_MAX_LINK_CHARS = 2000
# Most links look like this, and are canonical and safe as they stand: no query, no escapes, no dot
# segments, no port but one of four digits or more, which is nobody's default.
_PLAIN = re.compile(
    r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*(?::[1-9]\d{3}|:[1-5]\d{4})?"
    r"(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?",
    re.ASCII,
)


def canonical(url: str) -> str:
    """Return the one form of ``url`` that all its spellings share, or ``url`` where it is none.

    RFC 3986, section 6.2: case of scheme and host, default port, dot segments, percent-encoding.
    The fragment and tracking parameters go; other parameters stay, in their order. ``http`` and
    ``https`` stay apart, because the result is also what is opened; ``feeds/identity.py`` takes
    them for one.
    """
    url = url.strip()
    if _PLAIN.fullmatch(url) and url.count("/") > 2:
        return url
    try:
        parsed = URL(url).with_fragment(None)
        if not url.isascii():
            # A host becomes ASCII before its case is looked at: the second look finds the rest.
            parsed = URL(str(parsed))
    except ValueError:
        return url
    address, _, query = str(parsed).partition("?")
    if parsed.scheme in ("http", "https") and address.count("/") == 2:
        address += "/"
    kept = "&".join(part for part in query.split("&") if not _tracks(part))
    return f"{address}?{kept}" if kept else address


def identity_of(url: str) -> str:
    """Return the canonical address with ``http`` and ``https`` taken for one; it is never opened."""
    address = canonical(url)
    return f"https:{address[5:]}" if address.startswith("http:") else address


def safe_link(url: str, *, allow_file: bool = False) -> str:
    """Return ``url`` where it may be printed as a link, else an empty string.

    Only ``http`` and ``https`` (``file`` where allowed), no credentials, no control or
    bidirectional characters, under 2,000 characters. Blanks and the characters that end a link in
    some markup are percent-encoded, as RFC 3986 asks.
    """
    url = url.strip()
    if len(url) < _MAX_LINK_CHARS and _PLAIN.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return ""
    local = parts.scheme == "file" and allow_file and not parts.netloc
    web = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    if not (local or web) or _UNSAFE.search(url) or _TO_ENCODE.search(parts.netloc):
        return ""
    link = _TO_ENCODE.sub(lambda found: percent_encode(found[0]), url)
    return link if len(link) < _MAX_LINK_CHARS else ""


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0]
    return bool(_TRACKING.fullmatch(name) or _ORIGIN.fullmatch(parameter))
