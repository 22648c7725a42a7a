"""A document as one HTML page that loads nothing: Jinja2 escapes every word."""

from functools import cache

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from digests.articles.urls import safe_link
from digests.document import Document
from digests.render.direction import isolated, phrases, stretches
from digests.render.plain import clean, clean_line
from digests.scripts import is_from_right


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("digests", "render"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = clean
    environment.filters["isolated"] = isolated
    environment.filters["apart"] = _apart
    environment.filters["stretches"] = lambda line: stretches(clean_line(line))
    environment.filters["link"] = lambda url: safe_link(url, allow_file=True)
    return environment.get_template("page.html")


def _apart(text: str) -> str:
    """Return ``text`` with what comes from the right in elements of its own, escaped where it has any."""
    if not is_from_right(text):
        return text
    parts = (
        Markup('<bdi dir="rtl">{}</bdi>').format(part) if foreign else part for part, foreign in phrases(text)
    )
    return Markup("").join(parts)


def render_html(document: Document) -> str:
    """Return a whole page; links are kept only where their scheme is one a reader may follow."""
    return _template().render(document=document)
