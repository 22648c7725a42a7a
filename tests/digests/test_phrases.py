"""What a language's words tell of a bullet's worth, where English and French are told apart."""

import re

import pytest

from digests.bullets import make_bullets
from digests.model import ActorKind, Analysis, Bullet, QuoteKind
from digests.phrases import PHRASES
from digests.told import TELLS_ENOUGH, tell_statements
from digests.worth import dangling, is_headless
from tests.make import make_actor, make_article, make_quote, make_span


def points(clause: str, language: str = "fr") -> float:
    """Return the points of reported speech whose content is what stands behind its first "que"."""
    article = make_article(title="Le pont de Kervel fermera", text=f"Jeanne Morlet {clause}")
    said = re.split(r" que | qu'| de | à ", clause, maxsplit=1)[-1]
    span = make_span(article.text, clause)
    changes = {"kind": QuoteKind.INDIRECT, "clause": span, "predicate": True}
    quote = make_quote(article.text, said, "Jeanne Morlet", **changes)
    told = tell_statements(article, Analysis(engine="t", language=language, statements=(quote,)), 0.0)
    return told["Jeanne Morlet"][0][0] if told else 0.0


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("s'est dite très heureuse de voir le pont de Kervel rouvrir en juin", id="a feeling"),
        pytest.param("s'est réjouie que le pont de Kervel puisse rouvrir dès le mois de juin", id="joy"),
        pytest.param("a dit qu'elle était très fière du travail accompli sur le pont de Kervel", id="pride"),
        pytest.param("a dit ne pas vouloir commenter la lettre de la région sur le pont", id="no comment"),
        pytest.param("a dit qu'aucun commentaire ne serait fait sur le pont de Kervel", id="none at all"),
    ],
)
def test_french_that_tells_nothing_is_not_told(clause: str) -> None:
    """Feelings and refusals to answer are no news in French either."""
    assert points(clause) == 0.0


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("s'est dite prête à payer la moitié des travaux du pont de Kervel", id="ready"),
        pytest.param("a dit qu'elle avait commenté la lettre de la région sur le pont", id="a comment"),
        pytest.param("a dit que le pont de Kervel serait le plus heureux des ponts", id="somebody else's"),
    ],
)
def test_french_that_tells_something_is_told(clause: str) -> None:
    """What looks alike and is news."""
    assert points(clause) > TELLS_ENOUGH


@pytest.mark.parametrize("verb", ["estime par ailleurs", "a aussi dit", "avait dit"])
def test_french_that_goes_on_with_another_statement_is_worth_less(verb: str) -> None:
    """ "Par ailleurs" leans a little, and so does what was said before."""
    said = "que le pont de Kervel fermera dès le mois de juin"
    assert 0.3 < points(f"estime {said}") - points(f"{verb} {said}") < 0.6


@pytest.mark.parametrize(
    ("words", "headless"),
    [
        pytest.param("ont fait ce qu'elles ont pu", True, id="an auxiliary"),
        pytest.param("avait validé chaque exercice", True, id="an imperfect"),
        pytest.param("n'avait jamais su tenir la barre", True, id="a negation"),
        pytest.param("lui devait encore trois mois", True, id="a clitic"),
        pytest.param("une manœuvre de la région", False, id="a noun"),
        pytest.param("tout a été fait dans les règles", False, id="a subject"),
        pytest.param("Avait-on besoin d'un pont ?", False, id="a question"),
        pytest.param("a-t-on besoin d'un pont", False, id="a question with a small letter"),
    ],
)
def test_words_that_lost_their_subject_are_known(words: str, headless: bool) -> None:
    """In French; nothing of the kind is looked for in English."""
    assert is_headless(words, "fr") is headless
    assert not is_headless(words, "en")
    assert not is_headless(words, "xx")


def headless_bullets(language: str) -> tuple[Bullet, ...]:
    text = "Edwige Lannoy dit que la chambre « avait validé chaque exercice depuis dix ans »."
    words = "avait validé chaque exercice depuis dix ans"
    quote = make_quote(text, words, "Edwige Lannoy", kind=QuoteKind.MIXED)
    analysis = Analysis(engine="t", language=language, quotes=(quote,), actors=(make_actor("Edwige Lannoy"),))
    return make_bullets(make_article(title="", text=text), analysis)


def test_words_without_their_subject_and_clause_are_no_bullet() -> None:
    """Nobody can tell who had approved the accounts."""
    assert headless_bullets("fr") == ()
    assert len(headless_bullets("en")) == 1


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param("Le maire a menti", "Cet amiral a menti", id="cet"),
        pytest.param(
            "Les histoires ne nourrissent personne", "Ces histoires ne nourrissent personne", id="ces"
        ),
        pytest.param("La ville paiera", "Ainsi la ville paiera", id="ainsi"),
        pytest.param("La ville paiera", "D'abord la ville paiera", id="d'abord"),
        pytest.param("La ville a tout payé", "L'a payé la ville", id="an object"),
        pytest.param("Tout le monde le savait", "Leur silence, tout le monde le savait", id="leur"),
    ],
)
def test_french_words_that_point_back_are_worth_less(more: str, less: str) -> None:
    """Each a little."""
    assert dangling(more, "fr") < dangling(less, "fr")


@pytest.mark.parametrize("words", ["Cette semaine le pont ferme", "Ces derniers jours le pont ferme"])
def test_a_time_points_nowhere(words: str) -> None:
    """Whoever reads a digest knows which week it is."""
    assert dangling(words, "fr") == 0.0


def test_every_language_has_all_its_phrases() -> None:
    """Each empties itself of the words that all its articles have; no two share a rule."""
    english, french = PHRASES["en"], PHRASES["fr"]
    assert not english.common & french.common
    for name in ("dangles", "expletive", "conjunction", "pointing", "feeling", "no_answer", "takes_up"):
        assert getattr(english, name).pattern != getattr(french, name).pattern


@pytest.mark.parametrize(
    ("clause", "goes_on"),
    [
        ("ajoute que deux alarmes étaient coupées", True),
        ("a répondu que le pont tiendrait", True),
        ("a annoncé que le pont fermerait", False),
    ],
)
def test_a_verb_may_say_that_words_go_on(clause: str, goes_on: bool) -> None:
    """What somebody adds or replies stands behind something that may not be printed."""
    assert bool(PHRASES["fr"].takes_up.search(clause)) is goes_on


@pytest.mark.parametrize(
    ("text", "language", "article"),
    [
        pytest.param("L'Agence de l'eau a refusé de payer.", "fr", "L'", id="elided"),
        pytest.param("Lundi, l’Agence de l'eau a refusé de payer.", "fr", "l’", id="within a sentence"),
        pytest.param("La société Agence de l'eau a refusé de payer.", "fr", "", id="another word before"),
        pytest.param("Agence de l'eau a refusé de payer.", "fr", "", id="none"),
        pytest.param("Agence de l'eau ? L'Agence de l'eau a refusé de payer.", "fr", "L'", id="its own"),
        pytest.param("L'Agence de l'eau a refusé de payer.", "en", "", id="English"),
    ],
)
def test_an_institution_keeps_its_article_before_a_clause(text: str, language: str, article: str) -> None:
    """ "Agence de l'eau a refusé" is no French; what the news prints before the name is printed too."""
    name, clause = "Agence de l'eau", make_span(text, "a refusé de payer.")
    said = {"kind": QuoteKind.INDIRECT, "clause": clause, "predicate": True}
    quote = make_quote(text, "a refusé de payer", name, **said)
    mentions = tuple(found.span() for found in re.finditer(name, text))
    actor = make_actor(name, kind=ActorKind.ORGANIZATION, mentions=mentions)
    analysis = Analysis(engine="t", language=language, quotes=(quote,), actors=(actor,))
    (bullet,) = make_bullets(make_article(title="", text=text), analysis)
    assert (bullet.speaker, bullet.article) == (name, article)


def test_a_person_has_no_article() -> None:
    """ "La Jeanne Morlet" is no French either."""
    text = "La Jeanne Morlet a refusé de payer."
    said = {"kind": QuoteKind.MIXED, "clause": make_span(text, "a refusé de payer."), "predicate": True}
    quote = make_quote(text, "a refusé de payer", "Jeanne Morlet", **said)
    actor = make_actor("Jeanne Morlet", mentions=((3, 16),))
    analysis = Analysis(engine="t", language="fr", quotes=(quote,), actors=(actor,))
    (bullet,) = make_bullets(make_article(title="", text=text), analysis)
    assert bullet.article == ""
