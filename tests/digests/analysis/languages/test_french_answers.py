"""An interview's answers as quotes of who gives them, and what else stands in its text."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom
from digests.bullets import make_bullets
from digests.model import ActorKind, Analysis
from tests.make import make_article

pytestmark = pytest.mark.model

LEAD = "Jeanne Morlet, maire de Kervel, achève son mandat. Elle répond à nos questions."


def turns(*lines: str, lead: str = LEAD) -> str:
    return "\n".join([lead, *lines])


def test_an_interview_becomes_quotes_of_who_answers(french: FrenchRoom) -> None:
    """With the role that the lead gives, nothing of the questions, and no bullet of who asks."""
    text = turns(
        "Le Courrier : Vous parliez d'un « mandat de trop ». Le regrettez-vous ?",
        "Jeanne Morlet : Je ne regrette rien. Mon père m'a dit : « Reste. » Je suis restée.",
        "Le Courrier : Que direz-vous à celui qui vous succède ?",
        "J. M. : Je lui laisserai les clés et mon numéro de téléphone.",
    )
    quotes, statements, actors = french.analyse(text, "", None)
    assert [(one.speaker, one.speaker_resolved, one.role) for one in quotes] == [
        ("Jeanne Morlet", "Jeanne Morlet", "maire de Kervel"),
        ("J. M.", "Jeanne Morlet", "maire de Kervel"),
    ]
    assert quotes[0].text.startswith("Je ne regrette rien.")
    assert quotes[0].text.endswith("Je suis restée.")
    assert [one.name for one in actors] == ["Jeanne Morlet"]
    analysis = Analysis(engine="test", language="fr", quotes=quotes, statements=statements, actors=actors)
    bullets = make_bullets(make_article(text=text), analysis)
    assert {one.speaker for one in bullets} == {"Jeanne Morlet"}
    assert all(len(one.pieces) == 1 for one in bullets)


@pytest.mark.parametrize(
    ("asks", "replies", "lead", "name"),
    [
        pytest.param("", "J. M. ", LEAD, "Jeanne Morlet", id="initials that run into the answer"),
        pytest.param("Nadia Kessal : ", "J. M. : ", LEAD, "Jeanne Morlet", id="who asks"),
        pytest.param("", "Xandrix Oulmor : ", "Le port change.", "Xandrix Oulmor", id="an unknown name"),
    ],
)
def test_nobody_but_who_answers_acts(
    french: FrenchRoom, asks: str, replies: str, lead: str, name: str
) -> None:
    """Labels make no names, and who answers is a person, whatever the name."""
    text = turns(
        f"{asks}Partez-vous en paix ?", f"{replies}Oui, je pars heureuse.",
        f"{asks}Et que ferez-vous ?", f"{replies}Oui, je dormirai.", lead=lead,
    )  # fmt: skip
    quotes, _, actors = french.analyse(text, "", None)
    assert [one.speaker_resolved for one in quotes] == [name, name]
    assert [(one.name, one.kind) for one in actors] == [(name, ActorKind.PERSON)]


def test_a_mere_r_prints_nobody(french: FrenchRoom) -> None:
    """It is no mention of somebody, though it tells who speaks."""
    text = turns("Q. Partez-vous ?", "R. Oui, je pars.", "Q. Et demain ?", "R. Je dors.")
    quotes, _, _ = french.analyse(text, "", None)
    assert [(one.speaker, one.speaker_resolved) for one in quotes] == [(None, "Jeanne Morlet")] * 2


def test_who_collected_the_words_is_nobody_who_acts(french: FrenchRoom) -> None:
    """As little as whoever stands in the byline."""
    text = turns("Partez-vous ?", "Oui, je pars.", "Êtes-vous triste ?", "Non, je suis ravie.",
                 "Recueilli par Nadia Kessal")  # fmt: skip
    assert [one.name for one in french.analyse(text, "", None)[2]] == ["Jeanne Morlet"]


def test_what_a_question_says_is_no_statement(french: FrenchRoom) -> None:
    """ "Votre départ" is the reporter's word for it."""
    text = turns(
        "Le Courrier : Le préfet, Paul Vasseur, a déclaré que votre départ le peine. Vous y croyez ?",
        "Jeanne Morlet : Je ne crois personne.",
        "Le Courrier : Et maintenant ?", "Jeanne Morlet : Je dors.",
    )  # fmt: skip
    assert french.analyse(text, "", None)[1] == ()


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        pytest.param("« Je ne pars pas fâchée »", ["Je ne pars pas fâchée"], id="words of hers"),
        pytest.param("« Je pars heureuse et sans regret »", [], id="words that an answer has, too"),
    ],
)
def test_a_heading_in_marks_is_whose_answers_stand_below(
    french: FrenchRoom, heading: str, found: list[str]
) -> None:
    """Where one person alone answers; what only repeats an answer is told once."""
    text = turns(
        "Partez-vous ?",
        "Oui. Je pars heureuse et sans regret.",
        heading,
        "Et vous dormirez ?",
        "Oui, je dors.",
    )
    quotes, _, _ = french.analyse(text, "", None)
    assert {(one.speaker_resolved, one.confidence >= 0.9) for one in quotes} == {("Jeanne Morlet", True)}
    assert [one.text for one in quotes] == ["Oui. Je pars heureuse et sans regret.", *found, "Oui, je dors."]


def test_a_heading_is_nobodys_where_two_answer(french: FrenchRoom) -> None:
    """It could be either's."""
    text = turns(
        "« Nous partirons »", "Y croyez-vous ?", "Paul Vasseur : Moi, oui.", "Jeanne Morlet : Je ne sais.",
        "Et vous ?", "Jeanne Morlet : Je le garde.", "Paul Vasseur : Je le démolis.",
        lead="Jeanne Morlet et Paul Vasseur débattent.",
    )  # fmt: skip
    quotes, _, _ = french.analyse(text, "", None)
    assert "Nous partirons" not in [one.text for one in quotes if one.speaker_resolved]


def test_what_was_answered_to_two_questions_is_not_one_quote(french: FrenchRoom) -> None:
    """Two short answers are no halves of one: the question between them is not shown."""
    text = turns("Partez-vous ?", "Oui, je pars.", "Êtes-vous triste ?", "Non, je suis ravie de partir.")
    quotes, statements, actors = french.analyse(text, "", None)
    analysis = Analysis(engine="test", language="fr", quotes=quotes, statements=statements, actors=actors)
    assert len(quotes) == 2
    assert all(len(one.pieces) == 1 for one in make_bullets(make_article(text=text), analysis))
