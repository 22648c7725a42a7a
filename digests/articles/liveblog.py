"""Live blogs: many dated posts on one page. The newest are news, the older ones were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from digests.articles.cleaning import block_text, extract_text, plain_title

_MOST_POSTS = 12
_NEWEST = timedelta(hours=24)
# Fewer dated blocks than this are a list of other articles, or a page with an update or two.
_LEAST_POSTS = 4
_MOST_LISTED = 5_000
_MOST_TIMES = 2_000
_MOST_CLIMBED = 6
_TITLE_CHARS = 300
# Dated blocks are the page where they hold this share of its paragraphs; comments below an article do not.
_SHARE = 0.6
_LEAST_POST_CHARS = 60
_NO_POSTS = ("comment", "related", "teaser", "sidebar", "most-read", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of a live blog; its first line may be a heading. ``at`` is aware."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBlog:
    """The newest posts as one text, newest first, and when the newest was written."""

    text: str
    at: datetime


def live_blog(root: HtmlElement, linked: dict[str, Any], *, called_live: bool) -> LiveBlog | None:
    """Return a live blog's newest posts, at most twelve of its last 24 hours; ``None`` where it is none.

    ``linked`` is the page's JSON-LD article; where it lists no posts, the dated blocks of a page that is
    ``called_live`` do.
    """
    posts = tuple(_linked_posts(linked))
    if not posts and (called_live or linked.get("@type") == "LiveBlogPosting"):
        posts = _dated_blocks(root)
    return _newest(posts) if posts else None


def _newest(posts: Sequence[Post]) -> LiveBlog:
    ordered = sorted(posts, key=lambda post: post.at, reverse=True)
    recent = [post for post in ordered if post.at >= ordered[0].at - _NEWEST][:_MOST_POSTS]
    return LiveBlog(text="\n".join(dict.fromkeys(post.text for post in recent)), at=ordered[0].at)


# --- schema.org/LiveBlogPosting ------------------------------------------------------------------


def _linked_posts(linked: dict[str, Any]) -> Iterator[Post]:
    updates = linked.get("liveBlogUpdate")
    for update in updates[:_MOST_LISTED] if isinstance(updates, list) else ():
        if not isinstance(update, dict):
            continue
        at = _moment(update.get("datePublished") or update.get("dateModified"))
        body = extract_text(_text(update.get("articleBody")))
        if at is not None and body:
            heading = plain_title(_text(update.get("headline")), max_chars=_TITLE_CHARS)
            repeated = not heading or body.startswith(heading)
            yield Post(at=at, text=body if repeated else f"{heading}\n{body}")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# --- a page's own dated blocks -------------------------------------------------------------------


def _dated_blocks(root: HtmlElement) -> tuple[Post, ...]:
    """Return the blocks that each hold a date and stand side by side, where they are what the page holds."""
    times = list(islice(root.iter("time"), _MOST_TIMES))
    if len(times) < _LEAST_POSTS:
        return ()
    groups: dict[HtmlElement, dict[HtmlElement, datetime]] = {}
    for time in times:
        at = _moment(time.get("datetime"))
        block = _block_of(time) if at is not None else None
        if at is not None and block is not None:
            groups.setdefault(block.getparent(), {}).setdefault(block, at)
    blocks = max(groups.values(), key=len, default={})
    if len(blocks) < _LEAST_POSTS:
        return ()
    posts = tuple(Post(at=at, text=_post_text(block)) for block, at in blocks.items())
    posts = tuple(post for post in posts if len(post.text) >= _LEAST_POST_CHARS)
    return posts if len(posts) >= _LEAST_POSTS and _are_the_page(root, posts) else ()


def _block_of(time: HtmlElement) -> HtmlElement | None:
    """Return the nearest element around a date that has siblings of its kind."""
    element = time
    for _ in range(_MOST_CLIMBED):
        parent = element.getparent()
        if parent is None or parent.tag in ("html", None):
            return None
        if any(word in (parent.get("class") or "").lower() for word in _NO_POSTS):
            return None
        kind = element.tag, element.get("class")
        if element.tag not in ("time", "p", "span", "a") and any(
            (sibling.tag, sibling.get("class")) == kind
            for sibling in (element.getnext(), element.getprevious())
            if sibling is not None
        ):
            return element
        element = parent
    return None


def _post_text(block: HtmlElement) -> str:
    """Return a post's lines without its date's own."""
    stamps = {" ".join("".join(time.itertext()).split()) for time in block.iter("time")}
    return "\n".join(line for line in block_text(block).split("\n") if line and line not in stamps)


def _are_the_page(root: HtmlElement, posts: Sequence[Post]) -> bool:
    paragraphs = sum(len("".join(p.itertext())) for p in root.iter("p"))
    return sum(len(post.text) for post in posts) >= _SHARE * paragraphs
