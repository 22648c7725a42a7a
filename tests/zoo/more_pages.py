"""The zoo of article pages, second house: addresses, parts, live blogs, pictures, outlets' rules."""

from collections.abc import Sequence
from typing import Any

from digests.model import FetchResult, PageRule, TextSource
from tests.zoo.alphabets import CHARSETS
from tests.zoo.pages import (
    BEGINNING,
    CONSENT,
    FROM_FEED,
    FROM_SUMMARY,
    LEAD,
    PAYWALL,
    SALES_TALK,
    SITE,
    STORY,
    SUMMARY,
    TITLE,
    URL,
    WALLS,
    Case,
    answer,
    at,
    bare,
    html,
    linked,
)

# --- canonical and AMP addresses -------------------------------------------------------------------


def link(rel: str, href: str) -> str:
    return f'<link rel="{rel}" href="{href}">'


def stating(address: str, **about: Any) -> Case:
    """Return the case of a page that states a canonical address."""
    return at(html(*STORY, head=link("canonical", address)), **about)


def known_as(address: str) -> dict[str, str]:
    return {"link": address, "identity": address}


AMP = f"{SITE}/amp/news/saltmere-harbour-wall"
OPAQUE = f"{SITE}/?id=77"
TEASER_PAGE = html(*LEAD, head=link("amphtml", AMP))
ADDRESSES = {
    "canonical: the same article": stating(URL, **known_as(URL)),
    "canonical: without the tracking": stating(f"{URL}?utm_source=rss", **known_as(URL)),
    "canonical: of an AMP page": Case(
        web={AMP: answer(html(*STORY, head=link("canonical", URL)), url=AMP)}, url=AMP, **known_as(URL)
    ),
    "canonical: a slug made of the title": Case(
        web={OPAQUE: answer(html(*STORY, head=link("canonical", URL)), url=OPAQUE)},
        url=OPAQUE,
        **known_as(URL),
    ),
    "canonical: another host's home page": stating("https://elsewhere.example/"),
    "canonical: the same article on another host": stating(
        "https://elsewhere.example/news/saltmere-harbour-wall"
    ),
    "canonical: the site's own home page": stating(SITE),
    "canonical: a template's one address for all": stating(f"{SITE}/news/all-of-our-articles"),
    "canonical: no address at all": stating("javascript:alert(1)"),
    "canonical: a redirect tells it": Case(
        web={"https://go.example/x7": answer(html(*STORY))},
        url="https://go.example/x7",
        link="https://go.example/x7",
        identity=URL,
    ),
    "AMP: the fuller text": Case(
        web={URL: answer(TEASER_PAGE), AMP: answer(html(*STORY), url=AMP)}, asked=(AMP,)
    ),
    "AMP: not fuller": Case(
        web={URL: answer(TEASER_PAGE), AMP: answer(html("Saltmere council votes on the wall."), url=AMP)},
        asked=(AMP,),
        text=LEAD,
    ),
    "AMP: not there, and the article goes on": Case(
        web={
            URL: answer(html(*LEAD, head=link("amphtml", AMP) + link("next", f"{URL}?page=2"))),
            f"{URL}?page=2": answer(html(*STORY[1:]), url=f"{URL}?page=2"),
        },
        asked=(AMP, f"{URL}?page=2"),
    ),
    "AMP: of a page of scripts": Case(
        web={
            URL: answer(
                f"<html><head><title>{TITLE}</title>{link('amphtml', AMP)}</head><body></body></html>"
            ),
            AMP: answer(html(*STORY), url=AMP),
        },
        asked=(AMP,),
    ),
    "AMP: on another host": at(
        html(*LEAD, head=link("amphtml", "https://amp.elsewhere.example/x")), text=LEAD
    ),
    "AMP: no way round a paywall": Case(
        web={
            URL: answer(html(*LEAD, "Subscribe to continue reading.", SALES_TALK, head=link("amphtml", AMP))),
            AMP: answer(html(*STORY), url=AMP),
        },
        text=LEAD,
        **BEGINNING,
    ),
}

# --- articles in parts -------------------------------------------------------------------------------

PARTS = tuple((line, *(f"{line} This is note {n} of the minutes." for n in (1, 2))) for line in STORY)


def part(number: int, *, of: int, style: str = "?page={}", by: str = "rel") -> str:
    """Return one page of an article, which links the next."""
    to = URL + style.format(number + 1)
    links = "".join(
        f"<a href='{URL + style.format(n) if n > 1 else URL}'>{n}</a> "
        for n in range(1, of + 1)
        if n != number
    )
    pager = f"<div class='pages'>Page {number} of {of} <span>{links}</span></div>"
    last = number == of
    head = link("next", to) if by == "rel" and not last else ""
    return html(*PARTS[(number - 1) % 4], pager if by == "number" else "<hr>", head=head)


def parts(
    of: int, *, style: str = "?page={}", by: str = "rel", missing: Sequence[int] = ()
) -> dict[str, FetchResult]:
    web = {URL: answer(part(1, of=of, style=style, by=by))}
    for number in range(2, of + 1):
        address = URL + style.format(number)
        if number not in missing:
            web[address] = answer(part(number, of=of, style=style, by=by), url=address)
    return web


def all_of(*numbers: int) -> tuple[str, ...]:
    return tuple(line for number in numbers for line in PARTS[number - 1])


def pages_of(*numbers: int, style: str = "?page={}") -> tuple[str, ...]:
    return tuple(URL + style.format(number) for number in numbers)


NEXT_STORY = f"{SITE}/news/herring-fleet-sails"
HOST_RULE = PageRule(
    host="post.example",
    content="//div[@class='comments']",
    strip=("//div[@class='ad']",),
    wall=("the gulls know the rest",),
    next="//a[@id='onwards']",
)
IN_PARTS = {
    "parts: by rel=next": Case(web=parts(3), text=all_of(1, 2, 3), asked=pages_of(2, 3)),
    "parts: by numbered links": Case(
        web=parts(3, style="/{}", by="number"), text=all_of(1, 2, 3), asked=pages_of(2, 3, style="/{}")
    ),
    "parts: one is missing": Case(web=parts(3, missing=[2]), text=all_of(1), asked=pages_of(2), **BEGINNING),
    "parts: rel=next is the next article": at(html(*STORY, head=link("next", NEXT_STORY))),
    "parts: rel=next is on another host": at(
        html(*STORY, head=link("next", "https://elsewhere.example/news/saltmere-harbour-wall?page=2"))
    ),
    "parts: rel=next is the next number of the archive": Case(
        web={f"{SITE}/?p=41": answer(html(*STORY, head=link("next", f"{SITE}/?p=42")), url=f"{SITE}/?p=41")},
        url=f"{SITE}/?p=41",
        link=f"{SITE}/?p=41",
    ),
    "parts: a circle": Case(
        web={
            URL: answer(html(*PARTS[0], head=link("next", f"{URL}?page=2"))),
            f"{URL}?page=2": answer(html(*PARTS[1], head=link("next", f"{URL}?page=1")), url=f"{URL}?page=2"),
        },
        text=all_of(1, 2),
        asked=pages_of(2),
    ),
    "parts: every page is the first": Case(
        web={
            address: answer(html(*PARTS[0], head=link("next", f"{URL}?page={n + 1}")), url=address)
            for n, address in enumerate((URL, *pages_of(2, 3)), start=1)
        },
        text=all_of(1),
        asked=pages_of(2),
    ),
    "parts: the next one is a wall": Case(
        web={
            URL: answer(html(*PARTS[0], head=link("next", f"{URL}?page=2"))),
            f"{URL}?page=2": answer(html("Subscribe to continue reading.", SALES_TALK), url=f"{URL}?page=2"),
        },
        text=all_of(1),
        asked=pages_of(2),
        **BEGINNING,
    ),
    "parts: eight are read, and no more": Case(
        web={
            address: answer(
                html(f"Part {n} of the minutes.", STORY[0], head=link("next", f"{URL}?page={n + 1}")),
                url=address,
            )
            for n, address in enumerate((URL, *pages_of(*range(2, 30))), start=1)
        },
        text=("Part 1 of the minutes.", STORY[0], *(f"Part {n} of the minutes." for n in range(2, 9))),
        asked=pages_of(*range(2, 9)),
        **BEGINNING,
    ),
    "parts: the next one is taken elsewhere": Case(
        web={
            URL: answer(html(*PARTS[0], head=link("next", f"{URL}?page=2"))),
            f"{URL}?page=2": answer(html(*PARTS[1]), url="https://elsewhere.example/news/2"),
        },
        text=all_of(1),
        asked=pages_of(2),
        **BEGINNING,
    ),
    "parts: an outlet's rule leads in a circle": Case(
        web={
            URL: answer(html(*PARTS[0], f"<a id='onwards' href='{NEXT_STORY}'>On</a>")),
            NEXT_STORY: answer(html(*PARTS[1], f"<a id='onwards' href='{URL}'>On</a>"), url=NEXT_STORY),
        },
        rules=(PageRule(host="post.example", next="//a[@id='onwards']"),),
        text=all_of(1, 2),
        asked=(NEXT_STORY,),
    ),
    "parts: by an outlet's rule": Case(
        web={
            URL: answer(html(*PARTS[0], f"<a id='onwards' href='{NEXT_STORY}'>On</a>")),
            NEXT_STORY: answer(html(*PARTS[1]), url=NEXT_STORY),
        },
        rules=(PageRule(host="post.example", next="//a[@id='onwards']"),),
        text=all_of(1, 2),
        asked=(NEXT_STORY,),
    ),
}

# --- live blogs -----------------------------------------------------------------------------------------


def post(number: int) -> str:
    return f"Post {number}: “The stones have moved again tonight,” said engineer Ivo Rask of gate {number}."


def posted(number: int, day: int = 2) -> str:
    return f"2026-03-0{day}T{number:02}:00:00+00:00"


def update(number: int, day: int = 2) -> dict[str, str]:
    body = f"<p>{post(number)}</p>"
    return {"@type": "BlogPosting", "datePublished": posted(number, day), "articleBody": body}


def blocks(*numbers: int, kind: str = "post") -> str:
    return "".join(
        f"<div class='{kind}'><time datetime='{posted(n)}'>{n}:00</time><p>{post(n)}</p></div>"
        for n in numbers
    )


def live(*updates: dict[str, str]) -> str:
    return html(*STORY, head=linked("LiveBlogPosting", liveBlogUpdate=list(updates)))


LIVE_TITLE = "Live: Saltmere watches the harbour wall"
OLD = [update(n, day=1) for n in (1, 2)]
LIVE = {
    "live: posts in JSON-LD, newest first": at(
        live(update(3), update(9), update(5)),
        text=(post(9), post(5), post(3)),
    ),
    "live: at most twelve posts": at(
        live(*(update(n) for n in range(20))),
        text=tuple(post(n) for n in range(19, 7, -1)),
    ),
    "live: nothing older than a day": at(
        live(*OLD, update(7), update(8)),
        text=(post(8), post(7)),
    ),
    "live: dated blocks": at(
        html(blocks(2, 8, 6, 4), title=LIVE_TITLE), title=LIVE_TITLE, text=tuple(map(post, (8, 6, 4, 2)))
    ),
    "live: more comments than article": at(
        html(*LEAD, f"<div class='comments'>{blocks(1, 2, 3, 4, 5, 6, 7, 8, 9)}</div>", title=LIVE_TITLE),
        title=LIVE_TITLE,
        text=LEAD,
    ),
    "live: dated comments below an article": at(
        html(*STORY, f"<div class='comments'>{blocks(1, 2, 3, 4, 5, 6, 7, 8, 9)}</div>", title=LIVE_TITLE),
        title=LIVE_TITLE,
    ),
}

# --- videos, galleries, scripts -------------------------------------------------------------------------

CAPTION = "Watch: waves break over the harbour wall of Saltmere."
VIDEO = html(f"<video></video><p>{CAPTION}</p>")
MEDIA = {
    "media: a video's one line, and the feed has more": at(VIDEO, **FROM_SUMMARY),
    "media: a video's one line, and nothing else": at(VIDEO, summary="", text=(CAPTION,)),
    "media: a gallery with a description alone": at(
        f"<html><head><title>{TITLE}</title><meta name='description' content='{SUMMARY}'></head>"
        "<body><div class='gallery'><img src='1.jpg'></div></body></html>",
        **FROM_SUMMARY | {"summary": ""},
    ),
    "media: a page of scripts with its text in JSON-LD": at(
        bare("<script>run()</script>", linked("NewsArticle", articleBody="\n\n".join(STORY)), title=TITLE)
    ),
    "media: a summary that is cut off stays a summary": Case(
        web={}, summary=f"{SUMMARY} Continue reading", text=(f"{SUMMARY} Continue reading",),
        source=TextSource.SUMMARY, notice="from the summary",
    ),
}  # fmt: skip

# --- outlets' rules -------------------------------------------------------------------------------------

TWO_COLUMNS = (
    f"<html><head><title>{TITLE}</title></head><body><div class='comments'><p>{STORY[0]}</p>"
    "<div class='ad'><p>“Buy our boats,” says Ann Roe.</p></div>"
    f"<p>{STORY[1]}</p><p>Now the gulls know the rest, says our till.</p><p>{SALES_TALK}</p></div>"
    f"<div class='opinion'>{''.join(f'<p>Opinion {n}: {STORY[2]}</p>' for n in range(9))}</div></body></html>"
)
OUR_COLUMNS = TWO_COLUMNS.replace("class='comments'", "class='comments' id='story'").replace(
    "'ad'><p>", "''><p class='house-ad'>"
)
TIDEWATER = "https://www.tidewater-weekly.example/news/saltmere-harbour-wall"
RULES = {
    "rule: an operator's, for one host": at(
        TWO_COLUMNS, rules=(HOST_RULE,), text=STORY[:2], **BEGINNING, never=("Opinion", "Buy our", SALES_TALK)
    ),
    "rule: ours, for one host": Case(
        web={
            TIDEWATER: answer(
                OUR_COLUMNS,
                url=TIDEWATER,
            )
        },
        url=TIDEWATER,
        link=TIDEWATER,
        text=(*STORY[:2], "Now the gulls know the rest, says our till.", SALES_TALK),
        never=("Opinion", "Buy our"),
    ),
    "rule: for another host": at(html(*STORY), rules=(PageRule(host="host.example", content="//nav"),)),
    "rule: one that finds nothing": at(
        html(*STORY), rules=(PageRule(host="post.example", content="//aside"),)
    ),
}  # fmt: skip

PAGES: dict[str, Case] = {
    "plain: an article as it should be": at(html(*STORY)),
    "plain: nothing in the feed but the title": at(html(*STORY), summary=""),
    "plain: the feed has it too": at(html(*STORY), content=FROM_FEED["content"]),
    **CONSENT, **PAYWALL, **WALLS, **ADDRESSES, **IN_PARTS, **LIVE, **MEDIA, **RULES, **CHARSETS,
}  # fmt: skip
