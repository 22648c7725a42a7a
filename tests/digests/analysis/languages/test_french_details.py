"""What French articles tell beside the words: roles, places, days, actors, clauses."""

from datetime import date

import pytest

from digests.analysis.given_names import gender_of_given
from digests.analysis.languages.french.circumstances import resolve_day
from digests.analysis.languages.french.roles import role_before, role_behind
from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.french.words import forms_of, gender_of_role
from digests.model import ActorKind


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("La maire de Kervel, |Jeanne", "maire de Kervel", id="with a town"),
        pytest.param("L'avocate de la famille, Me |Jeanne", "avocate de la famille", id="with a title"),
        pytest.param("a dit le préfet |Paul", "préfet", id="right before"),
        pytest.param("L'ancien ministre |Paul", "ancien ministre", id="former"),
        pytest.param("Le maire a rencontré |Paul", None, id="somebody else's"),
        pytest.param("la porte-parole de |Jeanne", None, id="her spokeswoman"),
    ],
)
def test_a_role_stands_before_a_name(text: str, role: str | None) -> None:
    """Without its article; not another's."""
    at = text.index("|")
    assert role_before(text.replace("|", ""), at) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(", maire de Kervel, a dit", "maire de Kervel", id="between commas"),
        pytest.param(", 48 ans, cariste. Il", "cariste", id="behind an age"),
        pytest.param(" (avocate) a dit", "avocate", id="in brackets"),
        pytest.param(", chef du groupe Terre et Mer, a", "chef du groupe Terre et Mer", id="and in a name"),
        pytest.param(", maire et pompier, a dit", "maire et pompier", id="and another role"),
        pytest.param(", auteure d'un « Guide », a dit", "auteure", id="cut before a title"),
        pytest.param(", infirmière depuis douze ans.", "infirmière", id="since when"),
        pytest.param(", le PDG, a dit", "PDG", id="initials"),
        pytest.param(", chargé du chantier, a dit", "chargé du chantier", id="in charge of"),
        pytest.param(", lundi à Kervel.", None, id="a day"),
        pytest.param(" a été élu maire.", None, id="no comma"),
    ],
)
def test_a_role_stands_behind_a_name(text: str, role: str | None) -> None:
    """Up to a verb, a time or the next comma."""
    assert role_behind(f"Jeanne{text}", 6) == role


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        pytest.param("lundi", date(2026, 3, 9), id="a weekday"),
        pytest.param("mercredi", date(2026, 3, 11), id="today's"),
        pytest.param("mardi 24 février", date(2026, 2, 24), id="a date"),
        pytest.param("24 décembre", date(2025, 12, 24), id="last year's"),
        pytest.param("1er mars 2024", date(2024, 3, 1), id="with a year"),
        pytest.param("hier", date(2026, 3, 10), id="yesterday"),
        pytest.param("31 février", None, id="no such day"),
        pytest.param("un jour", None, id="no day"),
    ],
)
def test_a_day_is_a_date_where_the_article_has_one(printed: str, day: date | None) -> None:
    """The latest such day up to a Wednesday."""
    assert resolve_day(printed, date(2026, 3, 11)) == day


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("rappeler", "rappelle"),
        ("répéter", "répète"),
        ("juger", "jugea"),
        ("annoncer", "annonça"),
        ("nier", "nie"),
    ],
)
def test_verbs_are_spelled_as_french_spells_them(verb: str, form: str) -> None:
    """Doubled letters, open vowels, ç and ge."""
    assert form in forms_of(verb)


def test_gender_is_told_by_names_and_roles() -> None:
    """1 is a man's, -1 a woman's, 0 neither's."""
    assert [gender_of_given(name) for name in ("Laurence", "Jean-Luc", "Xyzzy")] == [-1, 1, 0]
    assert [gender_of_role(role) for role in ("directrice", "avocat", "maire", "pont")] == [-1, 1, 0, 0]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "venue", "day"),
    [
        pytest.param(
            "« Oui », a déclaré Jeanne Morlet lundi lors d'une conférence de presse.",
            "lors d'une conférence de presse",
            "lundi",
            id="a conference",
        ),
        pytest.param(
            "« Oui », a dit Jeanne Morlet au micro de Radio Kervel.",
            "au micro de Radio Kervel",
            None,
            id="radio",
        ),
        pytest.param(
            "« Oui », a dit Jeanne Morlet mardi sur France Ouest.",
            "sur France Ouest",
            "mardi",
            id="a station",
        ),
        pytest.param(
            "Dans un communiqué publié mardi, Jeanne Morlet a réagi : « Oui. »",
            "Dans un communiqué",
            "mardi",
            id="before",
        ),
        pytest.param("« Oui », a dit Jeanne Morlet, qui part jeudi prochain.", None, None, id="to come"),
        pytest.param("« Oui », a dit Jeanne Morlet dans le pont.", None, None, id="no place of speech"),
    ],
)
def test_place_and_day_are_told_as_printed(
    french: FrenchRoom, text: str, venue: str | None, day: str | None
) -> None:
    """What stands beside the verb of saying."""
    (quote,) = french.analyse(text, "", date(2026, 3, 11))[0]
    assert (quote.venue, quote.said_on) == (venue, day)
    assert (quote.said_date is None) == (day is None)


@pytest.mark.model
def test_actors_come_by_importance(french: FrenchRoom) -> None:
    """Who speaks before who is only named, each once, with role and aliases; the byline's writer is none."""
    text = (
        "La maire de Kervel, Jeanne Morlet, a reçu Paul Vasseur devant la mairie. Texte de Rowan Pike.\n"
        "« Nous irons », a dit Mme Morlet. L'association Radio Kervel a suivi la visite."
    )
    _, _, actors = french.analyse(text, "Rowan Pike", None)
    assert [actor.name for actor in actors if actor.kind is ActorKind.PERSON] == [
        "Jeanne Morlet",
        "Paul Vasseur",
    ]
    assert actors[0].role == "maire de Kervel"
    assert actors[0].aliases == ("Morlet",)
    assert [text[a:b] for a, b in actors[0].mentions] == ["Jeanne Morlet", "Morlet"]
    assert [actor.name for actor in actors if actor.kind is ActorKind.ORGANIZATION] == ["Radio Kervel"]


@pytest.mark.model
def test_words_quoted_in_a_sentence_have_its_clause(french: FrenchRoom) -> None:
    """From the verb on, so that it reads on from the name."""
    (quote,) = french.analyse("Jeanne Morlet dénonce « une faute grave » et part.", "", None)[0]
    assert quote.clause is not None
    assert (quote.clause.text, quote.predicate) == ("dénonce « une faute grave » et part.", True)
