"""Who said what in French: each construction in a sentence or two."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom

pytestmark = pytest.mark.model

MAIRE = "Jeanne Morlet"
JEANNE = "La maire de Kervel, Jeanne Morlet, a reçu le préfet Paul Vasseur lundi. "


def said(french: FrenchRoom, text: str) -> list[tuple[str, str | None, str | None]]:
    quotes, _, _ = french.analyse(text, "", None)
    return [(quote.text, quote.speaker, quote.speaker_resolved) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("« Oui », a déclaré Jeanne Morlet.", "Jeanne Morlet", id="inverted"),
        pytest.param("« Oui », explique la maire, Jeanne Morlet.", "Jeanne Morlet", id="a title and a name"),
        pytest.param("« Oui », s'est indignée Mme Morlet.", "Mme Morlet", id="reflexive"),
        pytest.param("« Oui », a confié à Radio Kervel Jeanne Morlet.", "Jeanne Morlet", id="an addressee"),
        pytest.param("« Oui », a tenu à préciser Jeanne Morlet.", "Jeanne Morlet", id="an infinitive"),
        pytest.param("« Oui », tacle Jeanne Morlet, agacée.", "Jeanne Morlet", id="a rare verb"),
        pytest.param("« Oui », selon Jeanne Morlet.", "Jeanne Morlet", id="a source behind"),
        pytest.param("Selon Jeanne Morlet, « c'est fini ».", "Jeanne Morlet", id="a source before"),
        pytest.param("Pour Jeanne Morlet, « c'est fini ».", "Jeanne Morlet", id="pour"),
        pytest.param("D'après Jeanne Morlet, « c'est fini ».", "Jeanne Morlet", id="d'après"),
        pytest.param("Jeanne Morlet a déclaré : « C'est fini. »", "Jeanne Morlet", id="before a colon"),
        pytest.param("Jeanne Morlet : « C'est fini. »", "Jeanne Morlet", id="a label"),
        pytest.param(
            "Jeanne Morlet ne décolère pas : « C'est fini. »", "Jeanne Morlet", id="no verb of saying"
        ),
        pytest.param(
            "Et Jeanne Morlet d'ajouter : « C'est fini. »", "Jeanne Morlet", id="an infinitive that tells"
        ),
        pytest.param("Comme l'a dit Jeanne Morlet : « C'est fini. »", "Jeanne Morlet", id="comme l'a dit"),
        pytest.param(
            "Jeanne Morlet dénonce « une faute grave ».", "Jeanne Morlet", id="taken into a sentence"
        ),
        pytest.param("Jeanne Morlet s'est dite « très choquée ».", "Jeanne Morlet", id="s'est dite"),
        pytest.param("« Oui » (Jeanne Morlet).", "Jeanne Morlet", id="signed"),
        pytest.param("« Oui », dit la forgeronne Jeanne Morlet.", "Jeanne Morlet", id="any noun"),
        pytest.param("Voici Jeanne Morlet, pour qui « c'est fini ».", "Jeanne Morlet", id="pour qui"),
    ],
)
def test_a_name_beside_a_quote_speaks_it(french: FrenchRoom, text: str, speaker: str) -> None:
    """The mention as printed, and the full name."""
    ((_, mention, resolved),) = said(french, f"Jeanne Morlet est arrivée.\n{text}")
    assert (mention, resolved) == (speaker, "Jeanne Morlet")


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        pytest.param("« Oui », a-t-elle dit.", "elle", "Jeanne Morlet", id="she"),
        pytest.param("« Oui », a-t-il dit.", "il", "Paul Vasseur", id="he"),
        pytest.param("« Oui », lui a-t-il répondu.", "il", "Paul Vasseur", id="a clitic before"),
        pytest.param("« Oui », a dit la maire.", "la maire", "Jeanne Morlet", id="the office"),
        pytest.param("« Oui », a dit l'élue.", "l'élue", "Jeanne Morlet", id="another word for it"),
        pytest.param("« Oui », a dit M. Vasseur.", "M. Vasseur", "Paul Vasseur", id="a last name"),
        pytest.param("Elle a ajouté : « Oui. »", "Elle", "Jeanne Morlet", id="she, before a colon"),
        pytest.param("« Oui », a dit un témoin.", "un témoin", "un témoin", id="somebody without a name"),
        pytest.param("« Oui », a dit la préfecture.", "la préfecture", "la préfecture", id="an office"),
    ],
)
def test_a_mention_is_told_by_the_fullest_name(
    french: FrenchRoom, text: str, mention: str, name: str
) -> None:
    """Gender from titles, given names and articles; roles; who was named last."""
    ((_, printed, resolved),) = said(french, f"{JEANNE}\n{text}")
    assert (printed, resolved) == (mention, name)


def test_particles_belong_to_a_name(french: FrenchRoom) -> None:
    """Le, de, de La, d' in a name that is taken up again."""
    text = "« Oui », dit Solène Le Bihan.\n« Non », répond Odile de La Roncière.\n« Si », lance Mme Le Bihan."
    assert [row[2] for row in said(french, text)] == [
        "Solène Le Bihan",
        "Odile de La Roncière",
        "Solène Le Bihan",
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param(
            "« Nous irons, a-t-elle dit, jusqu'au bout. »", ["Nous irons", "jusqu'au bout."], id="commas"
        ),
        pytest.param(
            "« Nous irons, explique Jeanne Morlet, maire de Kervel. Rien ne presse. »",
            ["Nous irons", "Rien ne presse."],
            id="a full stop behind a role",
        ),
        pytest.param(
            "« Vraiment ? s'étonne Jeanne Morlet. Rien ne presse. »",
            ["Vraiment ?", "Rien ne presse."],
            id="behind a question mark",
        ),
        pytest.param(
            "« Nous irons, a lancé Jeanne Morlet, avant d'ajouter : Rien ne presse. »",
            ["Nous irons", "Rien ne presse."],
            id="a colon",
        ),
    ],
)
def test_the_reporters_words_within_a_quote_are_cut_out(
    french: FrenchRoom, text: str, pieces: list[str]
) -> None:
    """Every piece is verbatim, and all have one speaker."""
    rows = said(french, f"Jeanne Morlet est arrivée.\n{text}")
    assert [row[0] for row in rows] == pieces
    assert {row[2] for row in rows} == {"Jeanne Morlet"}


def test_words_of_the_speaker_that_look_alike_stay(french: FrenchRoom) -> None:
    """A verb in the midst of a quote is the reporter's only with somebody behind it who can speak."""
    text = (
        "« Il arrive, explique la situation, et repart comme Jean Dupont, sans un mot », dit Jeanne Morlet."
    )
    assert said(french, text)[0][0] == (
        "Il arrive, explique la situation, et repart comme Jean Dupont, sans un mot"
    )


def test_a_dialogue_is_read_behind_its_dashes(french: FrenchRoom) -> None:
    """Turns without a name alternate; a list is no dialogue."""
    text = (
        "— Pourquoi ? demande Jeanne Morlet.\n— J'étais de bonne foi, répond Paul Vasseur. On se trompe.\n"
        "— Vous mentez, je le vois bien."
    )
    assert [(row[0], row[2]) for row in said(french, text)] == [
        ("Pourquoi ?", "Jeanne Morlet"),
        ("J'étais de bonne foi", "Paul Vasseur"),
        ("On se trompe.", "Paul Vasseur"),
        ("Vous mentez, je le vois bien.", "Jeanne Morlet"),
    ]
    assert said(french, "Il faut :\n— trois cents euros\n— une tente\n— de bonnes chaussures") == []


def test_a_quote_over_paragraphs_has_one_speaker(french: FrenchRoom) -> None:
    """Whoever is announced before the first of them."""
    text = "Jeanne Morlet raconte :\n« La vague est arrivée.\n« J'ai crié aux gars de sauter. »"
    first, second = french.analyse(text, "", None)[0]
    assert first.speaker_resolved == second.speaker_resolved == "Jeanne Morlet"
    assert first.confidence == second.confidence


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Le pont dit « des Ardoises » relie les deux rives.", id="a name"),
        pytest.param("Elle publie « Les Eaux basses », son premier roman.", id="a title"),
        pytest.param("Elle publie « Les Eaux basses de la vallée », un roman.", id="a longer title"),
        pytest.param("Le « off » attirera cent compagnies.", id="a term"),
        pytest.param("Jeanne Morlet n'a pas dit : « C'est fini. »", id="not said"),
    ],
)
def test_what_nobody_says_is_no_quote(french: FrenchRoom, text: str) -> None:
    """Names, titles and terms stand between marks too; and a denial quotes nobody."""
    assert said(french, text) == []


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        pytest.param("Elle a dit que le pont est vieux.", "le pont est vieux", MAIRE, id="que"),
        pytest.param("Elle a ajouté lundi qu'il est vieux.", "il est vieux", MAIRE, id="a day between"),
        pytest.param("Selon Jeanne Morlet, le pont est vieux.", "le pont est vieux", MAIRE, id="selon"),
        pytest.param("Le pont est vieux, selon la maire.", "Le pont est vieux", MAIRE, id="a source behind"),
        pytest.param(
            "Il est fermé, a dit la préfecture.", "Il est fermé", "la préfecture", id="a verb behind"
        ),
    ],
)
def test_what_is_reported_without_marks_is_a_statement(
    french: FrenchRoom, text: str, told: str, name: str
) -> None:
    """Verbatim, without the words that report it."""
    _, statements, _ = french.analyse(f"Jeanne Morlet est maire de Kervel.\n{text}", "", None)
    assert [(one.text, one.speaker_resolved, one.kind.value) for one in statements] == [
        (told, name, "indirect")
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jeanne Morlet n'a pas dit que le pont fermerait.", id="denied"),
        pytest.param("Si Jeanne Morlet dit que le pont ferme, tant pis.", id="if"),
        pytest.param("Jeanne Morlet a-t-elle dit que le pont fermerait ?", id="asked"),
        pytest.param("Jeanne Morlet a fermé le pont.", id="done"),
    ],
)
def test_what_is_not_said_is_no_statement(french: FrenchRoom, text: str) -> None:
    """Negations, conditions, questions and deeds."""
    assert french.analyse(text, "", None)[1] == ()


def test_an_office_tells_whom_of_two(french: FrenchRoom) -> None:
    """Not the one who was named last."""
    met = "La maire, Jeanne Morlet, a reçu la cheffe Solène Le Bihan."
    text = f"{met}\n« Oui », a dit la maire.\n« Non », dit la cheffe."
    assert [row[2] for row in said(french, text)] == ["Jeanne Morlet", "Solène Le Bihan"]


def test_a_name_that_no_list_knows_is_found_by_the_model(french: FrenchRoom) -> None:
    """Its entities vote on what is a person's name."""
    text = "Zbigniew Karolak est arrivé lundi à Kervel avec ses élèves.\n« Oui », a-t-il dit."
    assert [row[2] for row in said(french, text)] == ["Zbigniew Karolak"]


def test_a_second_verb_has_the_subject_of_the_first(french: FrenchRoom) -> None:
    """Where the parser does not join them either."""
    text = (
        "Le maire Paul Vasseur a reçu Jeanne Morlet.\nÀ la mairie, le maire évoque « un choix difficile » "
        "et qualifie la décision d'« absurde »."
    )
    assert [row[2] for row in said(french, text)] == ["Paul Vasseur"] * 2


def test_a_subject_far_from_its_verb_is_found_by_the_parser(french: FrenchRoom) -> None:
    """No name stands right before the verb, and another one is in focus."""
    text = (
        "Jeanne Morlet est arrivée.\nMalgré la pluie, l'ancien ministre, venu de Kervel, "
        "a salué « un geste fort »."
    )
    assert [row[2] for row in said(french, text)] == ["l'ancien ministre"]


def test_she_can_be_an_organisation(french: FrenchRoom) -> None:
    """Where no person could be meant; too unsure to print."""
    text = "La SNCV a supprimé dix lignes lundi.\n« Nous avons tout essayé depuis deux ans », a-t-elle dit."
    (quote,) = french.analyse(text, "", None)[0]
    assert quote.speaker_resolved == "SNCV"
    assert quote.confidence < 0.75
