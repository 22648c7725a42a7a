"""A digest in another language than English, and articles in another one than the digest's."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.platforms import blocks
from digests.document import Card, Document, Run
from digests.model import Bullet, Span, TextSource
from digests.render.document import (
    make_article_document,
    make_card,
    make_document,
    make_empty_document,
    plain,
)
from digests.render.marks import quotation_marks
from tests.make import NOON, make_digest, make_story

PARIS = ZoneInfo("Europe/Paris")


def make_bullet(*pieces: str, **changes: object) -> Bullet:
    spans = tuple(Span(start=at, end=at + len(text), text=text) for at, text in enumerate(pieces))
    return Bullet(**({"speaker": "Léa Roy", "role": "maire", "pieces": spans, "quoted": True} | changes))


def line(bullet: Bullet, article: str, digest: str = "en") -> str:
    """Return the words of a bullet of an article in one language, in a digest in another."""
    return plain(make_card(make_story(1, bullets=(bullet,), language=article), PARIS, digest).bullets[0])


def test_a_french_digest_speaks_french():
    """Its title, its days and times, whose they are, what fails, and what stands above further headlines."""
    stories = (make_story(1, published=NOON), make_story(2, published=NOON - timedelta(days=3)))
    document = make_document(
        make_digest(stories=stories, more=(make_story(3),), failing_feeds=2), PARIS, "fr"
    )
    assert document.language == "fr"
    assert document.title == "city-desk\u00a0: 3 articles"
    assert document.subtitle == (
        "du ven. 27 févr. 2026 au lun. 2 mars 2026 · fuseau horaire\u00a0: Europe/Paris · 2 flux en échec"
    )
    assert document.cards[0].meta == "The Gazette · lun. 2 mars, 13:00"
    assert document.more_title == "Autres titres"
    assert plain(document.more[0]) == "Headline 3 (The Gazette · lun. 2 mars, 13:00)"


@pytest.mark.parametrize(
    ("published", "period"),
    [
        ([NOON], "lun. 2 mars 2026, 13:00"),
        ([NOON, NOON + timedelta(hours=1)], "lun. 2 mars 2026, de 13:00 à 14:00"),
    ],
)
def test_hours_are_told_in_french_too(published, period):
    """One moment, and some hours of a day."""
    stories = tuple(make_story(n, published=moment) for n, moment in enumerate(published, 1))
    assert make_document(make_digest(stories=stories), PARIS, "fr").subtitle.split(" · ")[0] == period


@pytest.mark.parametrize(
    ("story", "meta", "note"),
    [
        ({"source": TextSource.FEED, "note": "Il pleut."}, "d’après le texte du flux", "Il pleut."),
        ({"source": TextSource.SUMMARY, "partial": True}, "seul le début a pu être lu", None),
        ({"source": TextSource.SUMMARY}, "d’après le résumé de l’article", None),
        ({"source": TextSource.NONE}, "", "Seul le titre était disponible."),
    ],
)
def test_notes_are_told_in_french_too(story, meta, note):
    """What the words are taken from, and why there are none."""
    card = make_card(make_story(1, bullets=(), headline="", **story), PARIS, "fr")
    assert card.headline.text == "(sans titre)"
    assert card.meta.endswith(meta)
    assert note is None or plain(card.bullets[0]) == note


def test_other_documents_speak_french_too():
    """An article that was asked for; a slot without news; a message that goes on."""
    assert make_article_document(make_story(1), PARIS, "fr").title == "Qui a dit quoi"
    empty = make_empty_document("city-desk", 1, "fr")
    assert (empty.title, empty.subtitle) == ("city-desk\u00a0: rien de nouveau", "1 flux en échec")
    assert empty.language == "fr"
    long = Card(headline=Run(text="Titre"), bullets=((Run(text="mot " * 700),),) * 8)
    parts = blocks.render(Document(title="Desk", cards=(long,), language="fr"))
    assert parts[1].payload["text"] == f"Desk (1 article, partie 2 sur {len(parts)})"
    assert "(suite)" in str(parts[-1].payload["blocks"][0])


def test_who_speaks_is_told_in_french():
    """A space that no row can end at before the colon; who is not known; a day as a date."""
    said = make_bullet("On y va.", said_on="Monday", said_date=date(2026, 3, 9))
    assert line(said, "en", "fr") == "Léa Roy, maire\u00a0: “On y va.” (lun. 9 mars)"
    nobody = make_bullet("On y va.", speaker=None, role=None)
    assert line(nobody, "en", "fr") == "Propos non attribués\u00a0: “On y va.”"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "“Oui.”"),
        ("", "“Oui.”"),
        ("xx", "“Oui.”"),
        ("fr", "«\u202fOui.\u202f»"),
        ("de", "„Oui.“"),
        ("pl", "„Oui.”"),
        ("es", "«Oui.»"),
        ("ru", "«Oui.»"),
        ("ar", "«Oui.»"),
        ("he", "”Oui.”"),
        ("sv", "”Oui.”"),
        ("ja", "「Oui.」"),
        ("zh", "“Oui.”"),
    ],
)
@pytest.mark.parametrize("digest", ["en", "fr"])
def test_the_marks_are_those_of_the_articles_language(language, told, digest):
    """Whoever reads it: the words between them are of that language, and stay as they are."""
    opening, closing = quotation_marks(language)
    assert f"{opening}Oui.{closing}" == told
    assert line(make_bullet("Oui."), language, digest).endswith(told)


def test_a_script_without_spaces_gets_none():
    """Neither between a quote's pieces and lines, nor between a name and what was done."""
    assert (
        line(make_bullet("橋は\n閉鎖。", "再開は\n未定。", role=None), "ja")
        == "Léa Roy: 「橋は閉鎖。…再開は未定。」"
    )
    deed = make_bullet("宣布关闭大桥", quoted=False, predicate=True, role=None, speaker="王芳")
    assert line(deed, "zh") == "王芳宣布关闭大桥"
    assert line(make_bullet("One\ntwo", "three", role=None), "en") == "Léa Roy: “One two … three”"


def test_an_english_title_is_no_german_word():
    """ "Minister" is a noun there, and a capital letter belongs to it."""
    assert line(make_bullet("Ja.", role="Minister"), "de") == "Léa Roy, Minister: „Ja.“"
    assert line(make_bullet("Yes.", role="Minister"), "en") == "Léa Roy, minister: “Yes.”"
    assert "Léa Roy, rapporteure du texte" in line(make_bullet("Oui.", role="Rapporteure du texte"), "fr")
    assert "mère" not in line(make_bullet("Oui.", role="mère"), "fr")
    assert "Léa Roy, PDG de Boréa" in line(make_bullet("Oui.", role="PDG de Boréa"), "fr")


def test_a_run_says_its_language_where_it_is_not_the_digests():
    """For fonts, voices and dictionaries: the name, the role, the words and the headline, never our own."""
    card = make_card(make_story(1, bullets=(make_bullet("Oui."),), language="fr"), PARIS, "en")
    assert [(run.text, run.language) for run in card.bullets[0]] == [
        ("Léa Roy", "fr"),
        (", ", ""),
        ("maire", "fr"),
        (": ", ""),
        ("«\u202fOui.\u202f»", "fr"),
    ]
    assert card.headline.language == "fr"
    own = make_card(make_story(1, bullets=(make_bullet("Oui."),), language="fr"), PARIS, "fr")
    assert {run.language for run in (own.headline, *own.bullets[0])} == {""}


def test_a_link_looks_for_words_as_the_articles_language_sets_them():
    """With its marks, in French: a browser ends no word at the narrow space inside of them."""
    for quoted in (True, False):
        bullet = make_bullet("On verra", quoted=quoted)
        card = make_card(make_story(1, bullets=(bullet,), language="fr"), PARIS, "en")
        (href,) = (run.href for run in card.bullets[0] if run.href)
        assert href.endswith("#:~:text=%C2%AB%20On%20verra%20%C2%BB&text=On%20verra")


@pytest.mark.parametrize(
    ("venue", "day", "article", "printed"),
    [
        pytest.param("Sur le réseau Plume", "Lundi", "fr", "(sur le réseau Plume, lundi)", id="French"),
        pytest.param("Lors d'un débat", "", "fr", "(lors d'un débat)", id="a place alone"),
        pytest.param("Radio Corvane", "Lundi", "fr", "(Radio Corvane, lundi)", id="a name"),
        pytest.param("At a rally", "Monday", "en", "(at a rally, Monday)", id="English"),
        pytest.param("Im Rathaus", "Montag", "de", "(Im Rathaus, Montag)", id="German"),
    ],
)
def test_place_and_day_stand_within_a_line(venue: str, day: str, article: str, printed: str) -> None:
    """With a small letter where their language writes one, though the article begins a sentence with them."""
    bullet = make_bullet("Oui", venue=venue, said_on=day or None)
    assert line(bullet, article).endswith(printed)


def test_an_institution_has_its_article_before_a_clause():
    """As the news prints it; the name stays what it is."""
    bullet = make_bullet(
        "a refusé.", speaker="Agence de l'eau", role=None, quoted=False, predicate=True, article="l'"
    )
    assert line(bullet, "fr") == "L'Agence de l'eau a refusé."
