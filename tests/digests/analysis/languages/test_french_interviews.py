"""Which paragraphs of a French article are whose answers, where no marks say so."""

import pytest

from digests.analysis.languages.french.interviews import find_interview

LEAD = "Jeanne Morlet, maire de Kervel, achève son mandat. Elle répond à nos questions."


def turns(*lines: str, lead: str = LEAD) -> str:
    return "\n".join([lead, *lines])


def answers(text: str) -> list[tuple[str, str]]:
    """Return the answers with the full name of who gives each."""
    return [
        (text[slice(*one.named)], text[one.span.start : one.span.end]) for one in find_interview(text).answers
    ]


@pytest.mark.parametrize(
    ("asks", "replies"),
    [
        pytest.param("Le Courrier : ", "Jeanne Morlet : ", id="full names"),
        pytest.param("", "Jeanne Morlet : ", id="questions without a label"),
        pytest.param("Le Courrier\u00a0: ", "J. M.\u00a0: ", id="initials"),
        pytest.param("L. C. – ", "J.M. – ", id="initials and dashes"),
        pytest.param("", "J. M. ", id="initials and nothing"),
        pytest.param("", "JM: ", id="initials without stops"),
        pytest.param("", "Jeanne Morlet. ", id="a full stop"),
        pytest.param("", "Jeanne Morlet. – ", id="a full stop and a dash"),
        pytest.param("", "JEANNE MORLET : ", id="capitals"),
        pytest.param("", "Morlet : ", id="a last name"),
        pytest.param("", "Mme Morlet : ", id="a title"),
        pytest.param("", "Jeanne Morlet, maire de Kervel : ", id="a role"),
        pytest.param("Q. – ", "R. – ", id="Q and R"),
        pytest.param("Question : ", "Réponse : ", id="in words"),
        pytest.param("", "", id="no labels"),
        pytest.param("– ", "– ", id="dashes"),
    ],
)
def test_answers_are_read_in_every_lay_out(asks: str, replies: str) -> None:
    """The words behind the label, and whose they are."""
    text = turns(
        f"{asks}Partez-vous en paix ?", f"{replies}Oui, je pars heureuse.",
        f"{asks}Que ferez-vous demain ?", f"{replies}Je dormirai. Puis je lirai.",
    )  # fmt: skip
    said = ["Oui, je pars heureuse.", "Je dormirai. Puis je lirai."]
    assert answers(text) == [("Jeanne Morlet", words) for words in said]


def test_an_answer_goes_on_in_the_next_paragraph() -> None:
    """As long as it says "je"; who collected the words, and what the paper adds, are nobody's answer."""
    text = turns(
        "Partez-vous en paix ?", "J. M. : Je pars.", "Mais je reviendrai, je le promets.",
        "Et demain ?", "J. M. : Je dormirai.", "Propos recueillis par Paul Vasseur",
        "Notre dossier complet paraît lundi.",
    )  # fmt: skip
    said = ["Je pars.", "Mais je reviendrai, je le promets.", "Je dormirai."]
    assert [words for _, words in answers(text)] == said


def test_a_turn_that_asks_without_a_mark_is_no_lead() -> None:
    """A dash begins it; what is answered to it is left alone."""
    text = turns("– Racontez-nous.", "– Je pars.", "– Et vous dormirez ?", "– Oui, je dors.",
                 "– Vous rêverez ?", "– Je crois.")  # fmt: skip
    assert [words for _, words in answers(text)] == ["Oui, je dors.", "Je crois."]


def test_two_may_answer() -> None:
    """Each by a label of his own."""
    text = turns(
        "Y croyez-vous ?", "Paul Vasseur : Moi, oui.", "Jeanne Morlet : Je n'en sais rien.",
        "Et le pont, qu'en ferez-vous ?", "Jeanne Morlet : Je le garde.", "Paul Vasseur : Je le démolis.",
        lead="Jeanne Morlet et Paul Vasseur débattent.",
    )  # fmt: skip
    said = [name for name, _ in answers(text)]
    assert said == ["Paul Vasseur", "Jeanne Morlet", "Jeanne Morlet", "Paul Vasseur"]


def test_a_label_names_somebody_without_a_known_given_name() -> None:
    """Who answers in turns is a person, whatever the name."""
    text = turns(
        "Le Courrier : Partez-vous ?", "Xandrix Morlet : Je pars.", "Le Courrier : Et demain ?",
        "Xandrix Morlet : Je dormirai.", lead="Le port change de mains.",
    )  # fmt: skip
    assert [name for name, _ in answers(text)] == ["Xandrix Morlet"] * 2


FAQ = """La préfète, Odile Morvan, répond aux questions les plus posées sur la circulation.
Dois-je coller une vignette sur mon pare-brise ?
Oui. La vignette est obligatoire depuis lundi pour tous les véhicules.
Puis-je rouler le dimanche ?
Vous pouvez rouler le dimanche si votre véhicule est électrique. Nous vous conseillons d'appeler.
Où pouvez-vous acheter la vignette ?
Nous la vendons en ligne, à la préfecture et dans les mairies."""

SCORES = """Faut-il garder Théo Lannic ? Les notes des joueurs de Kervel.
Théo Lannic : 7. Solide. « Je suis content de moi », a-t-il dit.
Malo Guirec : 4. Où était-il ?
Théo Lannic : homme du match. Notre joueur le plus régulier. Que demander de plus ?
Malo Guirec : remplacé. Nous l'attendions mieux que cela."""

LIVE = """Le maire de Kervel, Paul Vasseur, raconte la tempête heure par heure.
10 h 32 – Un lecteur demande : pouvez-vous nous dire si le pont est ouvert ?
Je suis devant le pont et il est fermé, nous dit notre envoyé spécial.
11 h 05 – La préfecture : combien êtes-vous à avoir appelé ?
Nous avons reçu trois cents appels.
11 h 20 – Avez-vous vu le bac ?
Non, le bac n'a pas été vu."""

SUBHEADS = """La boulangère Jeanne Morlet raconte sa grève de la faim. Elle ne pèse plus que 41 kilos.
Pourquoi maintenant ?
Le tribunal a rejeté son recours mardi. « Je n'ai plus rien à perdre », dit-elle.
Qu'en pensez-vous, chez vous ?
Ses voisins la soutiennent. « Je lui apporte de l'eau », glisse l'un d'eux.
Et vous, seriez-vous prêts ?
La pétition compte 300 signatures."""

LETTER = """Madame la maire, chère Jeanne Morlet, je vous écris de l'école des Tilleuls.
Quand viendrez-vous voir nos fenêtres ?
Je les ouvre chaque matin avec un tournevis.
Savez-vous combien d'élèves ont froid ?
J'en ai compté vingt-six dans ma classe."""

VOX = """Le marché ferme. Entretien avec ses derniers clients. Qu'en pensez-vous ?
Jeanne Morlet, 81 ans, retraitée : je viens depuis toujours.
Paul Vasseur, 34 ans, soudeur : je n'y allais plus. Et vous ?
Nadia Kessal, 20 ans, étudiante : mon père y vendait des olives."""

LISTS = """Concert de la chorale de Kervel, avec Jeanne Morlet.
Lieu : salle des fêtes.
Heure : 20 h 30.
Qui chante ? Jeanne Morlet : soprano.
Paul Vasseur : ténor. Notre préféré ?
Tarif : 5 euros. Et vous, viendrez-vous ?"""

QUIZ = """Quel lecteur êtes-vous ? Un test imaginé par le libraire Paul Vasseur, qui l'explique.
Où lisez-vous ?
Je lis au lit.
Je lis dans le train.
Comment rangez-vous vos livres ?
Je les empile.
Je les classe par couleur."""

REPORTER = """J'ai passé une nuit avec le gardien de phare, Paul Vasseur, qui m'explique son métier.
Comment faites-vous pour dormir ?
Je pose la question sans attendre de réponse.
Avez-vous peur ?
Je vois bien que non."""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name)
        for name, text in {
            "an authority's questions": FAQ, "a score sheet": SCORES, "a live blog": LIVE,
            "questions as subheadings": SUBHEADS, "an open letter": LETTER, "people in the street": VOX,
            "a programme": LISTS, "a quiz": QUIZ, "a reporter's story": REPORTER,
        }.items()
    ],
)  # fmt: skip
def test_what_only_looks_like_an_interview_is_none(text: str) -> None:
    """No words are anybody's who did not certainly say them."""
    assert answers(text) == []


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("Paul Vasseur raconte Jeanne Morlet.", id="two names"),
        pytest.param("Xandrix Morvan succède à Jeanne Morlet. Elle raconte.", id="one unknown name"),
        pytest.param("La maire de Kervel raconte son mandat.", id="no name"),
        pytest.param("Jeanne Morlet est maire.", id="nothing tells of an interview"),
    ],
)
def test_without_labels_the_lead_must_name_one_who_is_asked(lead: str) -> None:
    """Else the answers could be another's."""
    assert answers(turns("Partez-vous ?", "Je pars.", "Vraiment, vous ?", "Oui, je pars.", lead=lead)) == []


@pytest.mark.parametrize(
    "lead",
    [
        "Entretien avec Jeanne Morlet, qui succède à Paul Vasseur.",
        "Paul Vasseur parti, Jeanne Morlet répond.",
    ],
)
def test_a_lead_may_say_which_of_two_is_asked(lead: str) -> None:
    """By the words around one of the names."""
    text = turns("Partez-vous ?", "Je pars.", "Vraiment, vous ?", "Oui, je pars.", lead=lead)
    assert [name for name, _ in answers(text)] == ["Jeanne Morlet"] * 2


def test_one_exchange_is_no_interview() -> None:
    """A rhetorical question and one paragraph in the first person are an ordinary article."""
    assert answers(turns("Partez-vous ?", "Oui, je pars.", "Et demain ?", "Le port fermera.")) == []


def test_questions_to_nobody_are_no_interview() -> None:
    """They head the parts of a story that somebody tells."""
    assert answers(turns("Partir ?", "Je pars.", "Revenir, mais quand ?", "Je dors.")) == []


def test_labels_of_nobody_are_not_the_one_in_the_lead() -> None:
    """M. T. answers, and the lead names Jeanne Morlet alone."""
    text = turns("Partez-vous ?", "M. T. : Je pars.", "Et demain, vous ?", "M. T. : Je dors.")
    assert answers(text) == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ("Faut-il un pont ?", "Jeanne Morlet : pour.", "Et une gare ?", "Jeanne Morlet : contre."),
            id="what others say of her",
        ),
        pytest.param(
            (
                "Faut-il un pont ?",
                "Jeanne Morlet : Je suis pour.",
                "Et une gare ?",
                "Jeanne Morlet : contre.",
            ),
            id="once in the first person",
        ),
        pytest.param(
            ("Et vous ?", "Jeanne Morlet : Je pars.", "Il pleut.", "Jeanne Morlet : Je dors.", "Pourquoi ?"),
            id="one answer",
        ),
        pytest.param(
            ("Et vous ?", "Jeanne Morlet : Je pars.", "Jeanne Morlet : Je dors.", "Pourquoi ?"),
            id="an answer, and what is added",
        ),
    ],
)
def test_labels_alone_make_no_interview(lines: tuple[str, ...]) -> None:
    """Somebody must answer twice, and speak of himself."""
    assert answers(turns(*lines)) == []


def test_who_asks_is_nobody_who_answers() -> None:
    """A reporter who is named in full, and says "je"."""
    text = turns(
        "Qui part ?", "Nadia Kessal : Je vous cite. Partez-vous ?", "Jeanne Morlet : Je pars.",
        "Nadia Kessal : Je ne vous crois pas.", "Jeanne Morlet : Je pars vraiment.",
        "Nadia Kessal : Mais je vous vois encore là, non ?", "Jeanne Morlet : Je pars demain.",
    )  # fmt: skip
    assert {name for name, _ in answers(text)} == {"Jeanne Morlet"}


def test_what_the_paper_adds_is_no_answer() -> None:
    """A paragraph that does not say "je" may be the reporter's."""
    text = turns(
        "Partez-vous ?", "J. M. : Je pars.", "Le port compte 300 bateaux.", "Et ?", "J. M. : Je dors."
    )
    assert [words for _, words in answers(text)] == ["Je pars.", "Je dors."]


@pytest.mark.parametrize(
    "lead",
    [
        pytest.param("Jeanne Morlet et Julien Marec racontent.", id="two people"),
        pytest.param("Jeanne Morlet et Jolanrix Marec racontent.", id="one whose given name nobody knows"),
    ],
)
def test_initials_of_two_are_nobodys(lead: str) -> None:
    """Both are J. M."""
    text = turns("Partez-vous ?", "J. M. : Je pars.", "Vraiment ?", "J. M. : Oui, je pars.", lead=lead)
    assert answers(text) == []


def test_a_paragraph_that_may_be_a_question_without_its_mark_is_nobodys() -> None:
    """Who speaks of "vous" behind an answer may be the reporter."""
    text = turns(
        "Partez-vous ?", "Oui, je pars.", "Je vous sais pourtant ému.", "Et demain, vous ?", "Je dors."
    )
    assert [words for _, words in answers(text)] == ["Oui, je pars.", "Je dors."]
