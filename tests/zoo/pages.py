"""The zoo of article pages: what publishers put where an article should stand. All of it is invented."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from digests.model import FetchResult, PageRule, TextSource

SITE = "https://post.example"
URL = f"{SITE}/news/saltmere-harbour-wall"
TITLE = "Saltmere council votes to rebuild the harbour wall"
SUMMARY = "The council of Saltmere voted on Monday to rebuild the harbour wall that a storm broke in January."
STORY = (
    "The council of Saltmere voted 9 to 4 on Monday night to rebuild the harbour wall that a storm broke "
    "in January, at a cost of 11 million crowns over three years.",
    "“We cannot ask the boats to wait for a fourth winter,” said Mayor Oda Brekke, who had argued for the "
    "wall since the first stones fell into the inner basin.",
    "Fishermen on the north quay, where six boats sank, had asked for a floating barrier instead. “It is a "
    "wall for the town hall and not for us,” said Tor Almas, who lost two of them.",
    "The work begins in April, when the herring fleet has left, and the harbour master Lene Dahl expects the "
    "basin to be closed to large ships until the autumn of next year.",
)
LEAD = STORY[:1]
SALES_TALK = "“The best money I spend all week,” says reader Pia Holm."
COOKIES = "We use cookies and similar technologies to run this site, to measure it and to show advertising."
ROOM = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An announced article, the web around it, and what it must become.

    ``web`` are answers by address; what is not there is not found. ``text`` are the lines expected, ``asked``
    the addresses fetched after the first. ``notice`` is what the card says about the text.
    """

    web: dict[str, FetchResult]
    url: str = URL
    title: str = TITLE
    summary: str = SUMMARY
    content: str = ""
    rules: tuple[PageRule, ...] = ()
    text: Sequence[str] = STORY
    source: TextSource = TextSource.PAGE
    partial: bool = False
    link: str = URL
    identity: str = ""
    asked: tuple[str, ...] = ()
    notice: str = ""
    never: tuple[str, ...] = field(default=(COOKIES, SALES_TALK))


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def html(*blocks: str, title: str = TITLE, head: str = "", attributes: str = "lang='en'") -> str:
    """Return a page; a block without a tag is a paragraph of the article."""
    inner = "".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)
    return (
        f"<!doctype html><html {attributes}><head><title>{title} | The Post</title>{head}</head>"
        f"<body>{ROOM}<article><h1>{title}</h1>{inner}</article><footer>Terms</footer></body></html>"
    )


def bare(*blocks: str, title: str) -> str:
    """Return a page that is no article: its blocks and nothing else."""
    return f"<!doctype html><html><head><title>{title}</title></head><body>{''.join(blocks)}</body></html>"


def answer(markup: str | bytes, *, url: str = URL, content_type: str = "text/html") -> FetchResult:
    body = markup.encode() if isinstance(markup, str) else markup
    return FetchResult(url=url, body=body, content_type=content_type)


def linked(kind: str, **about: Any) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": kind, **about}, ensure_ascii=False)
    return f'<script type="application/ld+json">{data}</script>'


def at(page: str, **about: Any) -> Case:
    """Return the case of one page at the announced address."""
    return Case(web={URL: answer(page)}, **about)


FROM_FEED: dict[str, Any] = {
    "content": paragraphs(*STORY),
    "source": TextSource.FEED,
    "notice": "from the feed's own text",
}
FROM_SUMMARY: dict[str, Any] = {
    "text": (SUMMARY,),
    "source": TextSource.SUMMARY,
    "notice": "from the summary",
}
BEGINNING: dict[str, Any] = {"partial": True, "notice": "only the beginning could be read"}

# --- consent ---------------------------------------------------------------------------------------

BANNER = (
    f"<div class='site-cookie-notice'><h2>Your choice</h2><p>{COOKIES}</p>"
    "<p>“Privacy is a promise to our readers,” says editor Ann Roe.</p><button>Accept</button></div>"
)
CONSENT_WALL = bare(
    "<h1>Before you continue to The Post</h1>",
    f"<p>{COOKIES}</p><p>“Privacy is a promise to our readers,” says editor Ann Roe.</p>",
    "<ul><li>measure how you read</li><li>remember your choices</li></ul>",
    title="Before you continue",
)
PARTNERS = paragraphs(*(f"Partner {n} measures." for n in range(99)))
PROMISE = "Privacy is a promise"
CONSENT = {
    "consent: a banner before the article": at(html(BANNER, *STORY), never=(COOKIES, PROMISE)),
    "consent: a banner's line among the paragraphs": at(html(*STORY, COOKIES)),
    "consent: a dialog without any known words": at(
        html(*STORY, "<div role='dialog'><p>Do you agree? “Yes!” says Ann Roe.</p></div>"),
        never=("Do you agree",),
    ),
    "consent: a form longer than the article": at(
        html(
            *STORY,
            f"<div class='cmp-box'>{PARTNERS}<p>{COOKIES}</p>"
            "<p>“Privacy is a promise to our readers,” says editor Ann Roe.</p></div>",
        ),
        never=(COOKIES, PROMISE, "Partner"),
    ),
    "consent: the whole page is in a box called so, a banner in front": at(
        f"<html><head><title>{TITLE}</title></head><body><div class='cookies-on'>{BANNER}"
        f"<div class='text'>{paragraphs(*STORY)}</div></div></body></html>",
        never=(COOKIES, PROMISE),
    ),
    "consent: a form in place of the page": at(CONSENT_WALL, **FROM_FEED, never=(PROMISE,)),
    "consent: a form on another host": Case(
        web={URL: answer(CONSENT_WALL, url="https://consent.post.example/form?to=1")}, **FROM_SUMMARY
    ),
    "consent: a form in German": at(
        bare(
            "<p>Wir und unsere Partner verwenden Daten.</p><p>„Vertrauen zählt“, sagt Eva Lind.</p>",
            title="Post",
        ),
        **FROM_SUMMARY,
        never=("Vertrauen",),
    ),
    "consent: a form in French": at(
        bare("<p>Avec votre accord, nous et nos partenaires utilisons des traceurs.</p>", title="Post"),
        **FROM_SUMMARY,
    ),
    "consent: in place of an article of which little was announced": at(
        bare(f"<p>{COOKIES}</p><p>“Trust us,” says Ann Roe.</p>", title="The Post"),
        title="Walls",
        summary="",
        text=(),
        source=TextSource.NONE,
        never=("Trust",),
    ),
    "consent: an article about cookies": at(
        html(*STORY, "“We use cookies,” the clerk Jo Vik told them, “and so does the harbour.”"),
        text=(*STORY, "“We use cookies,” the clerk Jo Vik told them, “and so does the harbour.”"),
        never=(),
    ),
}

# --- paywalls --------------------------------------------------------------------------------------

NOTES = tuple(f"Note {n}: {STORY[3]}" for n in range(4))
PAYWALL = {
    "paywall: a beginning, and sales talk": at(
        html(*LEAD, "Subscribe to continue reading this article.", SALES_TALK), text=LEAD, **BEGINNING
    ),
    "paywall: a beginning in a box of its own": at(
        html(*LEAD, f"<div class='paywall'><p>This article is for subscribers.</p><p>{SALES_TALK}</p></div>"),
        text=LEAD,
        **BEGINNING,
    ),
    "paywall: the whole beginning stands in its box": at(
        html(
            f"<div class='premium'>{paragraphs(*STORY, 'Subscribe to continue reading.', SALES_TALK)}</div>",
            f"<aside>{paragraphs(*(f'Read also: team {n} wins the regatta' for n in range(60)))}</aside>",
        ),
        text=STORY,
        **BEGINNING,
    ),
    "paywall: below the whole article, of which little was announced": at(
        html(
            f"<div class='premium'>{paragraphs(*STORY, 'Subscribe to continue reading.', SALES_TALK)}</div>"
        ),
        title="Walls",
        summary="",
        text=STORY,
        **BEGINNING,
    ),
    "paywall: the feed has it all": at(
        html(*LEAD, "Subscribe to continue reading this article.", SALES_TALK), **FROM_FEED
    ),
    "paywall: stated by the page, its hidden text left alone": at(
        html(*LEAD, head=linked("NewsArticle", isAccessibleForFree=False, articleBody=" ".join(STORY))),
        text=LEAD,
        **BEGINNING,
    ),
    "paywall: in French": at(
        html(*LEAD, "La suite est réservée aux abonnés.", SALES_TALK), text=LEAD, **BEGINNING
    ),
    "paywall: in Japanese": at(
        html(*LEAD, "この記事は有料会員限定です。", SALES_TALK), text=LEAD, **BEGINNING
    ),
    "paywall: an advertisement in the middle of the whole": at(
        html(
            *STORY[:1],
            "Already a subscriber? Log in",
            *STORY[1:],
            *NOTES,
        ),
        text=(*STORY, *NOTES),
    ),
    "paywall: quoted by a reporter": at(
        html(*STORY, "“Subscribe to continue reading,” a sign on the wall told Oda Brekke."),
        text=(*STORY, "“Subscribe to continue reading,” a sign on the wall told Oda Brekke."),
    ),
    "paywall: nothing but the wall": at(html("This article is for subscribers.", SALES_TALK), **FROM_SUMMARY),
    "paywall: the feed's own text ends in one": Case(
        web={},
        content=paragraphs(*STORY, "Subscribe to continue reading.", SALES_TALK),
        source=TextSource.FEED,
        notice="from the feed's own text",
    ),
}

# --- robot checks, logins, pages that are gone ---------------------------------------------------------

OFFICES = (
    "<p>You came here faster than people do, so this visit ends at the door of the Saltmere Post.</p>"
    "<p>“Patience is all that we ask for,” says Ann Roe, who keeps the door. Our office at the harbour is "
    "open to visitors from nine to five, and the reference below helps us to find out what went wrong.</p>"
)
CHALLENGE = bare(
    "<h1>post.example</h1><p>Verify you are human by completing the action below.</p>",
    "<p>post.example needs to review the security of your connection before proceeding.</p>",
    "<p>Ray ID: 4d1b. “Safety first,” says the gate.</p>",
    title="Just a moment...",
)
LOGIN = bare(
    "<h1>Welcome back</h1><p>Sign in to your account to go on.</p><p>Forgot your password?</p>",
    "<p>“I read it every day,” says Pia Holm.</p>",
    title="Sign in | The Post",
)
GONE = bare(
    "<h1>Oops</h1><p>The page you are looking for does not exist or has moved.</p>",
    "<p>“Try the search,” says our archivist.</p>",
    title="Page not found | The Post",
)
HOME = bare(
    *(
        f"<h2>Team {n} wins the regatta</h2><p>The rowers of team {n} crossed the line first.</p>"
        for n in range(40)
    ),
    title="The Post",
)
WALLS = {
    "robot check: in place of the page": at(CHALLENGE, **FROM_FEED, never=("Safety first",)),
    "robot check: nothing in the feed but a summary": at(CHALLENGE, **FROM_SUMMARY),
    "robot check: nothing in the feed at all": at(
        CHALLENGE, summary="", text=(), source=TextSource.NONE, never=("Safety first", "human")
    ),
    "robot check: in words that nobody foresaw": at(
        bare(
            "<p>Something about your browser made us pause. “Patience,” says the gate keeper.</p>",
            title="The Post",
        ),
        summary="",
        text=(),
        source=TextSource.NONE,
        never=("Patience",),
    ),
    "robot check: by its words, among others": at(
        bare("<p>Verify you are human.</p>", OFFICES, title="The Saltmere Post"),
        **FROM_SUMMARY,
        never=("Patience",),
    ),
    "robot check: by its title alone": at(
        bare(OFFICES, title="Access denied | The Saltmere Post"), **FROM_SUMMARY, never=("Patience",)
    ),
    "robot check: an article that its page calls so": at(
        html(*STORY, title="Login: who gets in at the harbour"),
        text=STORY,
    ),
    "robot check: an article called so": at(
        html(*STORY, title="Access denied: Saltmere shuts the harbour"),
        title="Access denied: Saltmere shuts the harbour",
    ),
    "login: in place of the page": at(LOGIN, **FROM_FEED, never=("every day",)),
    "login: by a redirect": Case(
        web={URL: answer(LOGIN, url=f"{SITE}/account/login?next=1")}, **FROM_SUMMARY
    ),
    "login: by a redirect, in words that nobody foresaw": Case(
        web={URL: answer(bare(OFFICES, title="The Post"), url=f"{SITE}/account/login")},
        **FROM_SUMMARY,
        never=("Patience",),
    ),
    "gone: a redirect to a home page in the same town": Case(
        web={URL: answer(bare(OFFICES, title="The Post"), url=f"{SITE}/")},
        **FROM_SUMMARY,
        never=("Patience",),
    ),
    "gone: a page that says so and answers 200": at(GONE, **FROM_FEED, never=("archivist",)),
    "gone: a redirect to the home page": Case(
        web={URL: answer(HOME, url=f"{SITE}/")}, **FROM_SUMMARY, never=("regatta",)
    ),
    "gone: a redirect to other news": Case(
        web={URL: answer(HOME, url=f"{SITE}/sport/today")},
        **FROM_SUMMARY,
        identity=f"{SITE}/sport/today",
        never=("regatta",),
    ),
    "gone: refused outright": Case(web={}, **FROM_SUMMARY),
}
