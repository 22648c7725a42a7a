"""The reporter's words inside French marks: where "explique la maire, assise au comptoir" ends."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.french.speech import find_pieces


def pieces(text: str) -> list[str]:
    return [text[piece.span.start : piece.span.end] for piece in find_pieces(text)]


@pytest.mark.parametrize(
    ("aside", "goes_on"),
    [
        pytest.param("explique la potière, assise au bord du four.", None, id="how she sits"),
        pytest.param("confie-t-il, encore couvert de suie.", None, id="how he looks"),
        pytest.param("explique le luthier, de l'école de Vaubrac.", None, id="where he belongs"),
        pytest.param("reconnaît la même source.", None, id="the same as before"),
        pytest.param("dit-elle, de la patience.", "de la patience.", id="whose words go on"),
        pytest.param("dit-elle, jamais à la banque.", "jamais à la banque.", id="a word that ends alike"),
        pytest.param("dit-elle, la forge de mon père.", "la forge de mon père.", id="a thing"),
        pytest.param("dit-elle, toute la ville le sait.", "toute la ville le sait.", id="all"),
        pytest.param("fait-elle valoir, et la forge.", "et la forge.", id="two words of saying"),
    ],
)
def test_an_aside_ends_where_the_speakers_own_words_go_on(aside: str, goes_on: str | None) -> None:
    """What tells of the speaker is never printed as spoken."""
    text = f"« Nous voulons garder l'atelier, {aside} Les fours sont à nous. »"
    last = f"{goes_on} Les fours sont à nous." if goes_on else "Les fours sont à nous."
    assert pieces(text) == ["Nous voulons garder l'atelier", last]


def test_a_preposition_is_no_verb_of_saying() -> None:
    """ "Contre ce mur" is where; "contre Paul Vasseur" is what he answers."""
    assert pieces("« J'ai pleuré, seule, contre ce mur, avant la nuit. »") == [
        "J'ai pleuré, seule, contre ce mur, avant la nuit."
    ]
    assert pieces("« J'ai gagné, contre Paul Vasseur, et sans tricher. »") == [
        "J'ai gagné", "et sans tricher.",
    ]  # fmt: skip


def test_a_participle_goes_on_its_own_auxiliary() -> None:
    """ "Nous avons, dit-il, gagné" is one sentence of the speaker's."""
    text = "« Nous avons, dit-il, gagné la partie. »"
    assert pieces(text) == ["Nous avons", "gagné la partie."]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param(
            "Un conseiller du préfet évoque « un choix difficile ». « Le sujet gênait tout le monde, "
            "reconnaît la même source. Personne n'en voulait. »",
            ["un conseiller du préfet"] * 3, id="whoever spoke last, if he has no name",
        ),
        pytest.param(
            "« Le sujet gênait tout le monde », a dit Paul Vasseur. « Personne n'en voulait avant l'été », "
            "reconnaît la même source.",
            ["Paul Vasseur", None], id="nobody, if he has one",
        ),
        pytest.param(
            "« Les malades attendent », s'exclame Inès Delmas, sage-femme depuis dix ans. Elle raconte que "
            "jeudi, une patiente a failli tomber dans l'escalier, à deux pas du bureau. « On nous demande "
            "l'impossible », ajoute-t-elle.",
            ["Inès Delmas", "Inès Delmas"], id="not whom she tells of",
        ),
        pytest.param(
            "Un sapeur-pompier volontaire explique que la route était coupée. Une octogénaire y est morte. "
            "Selon lui, l'eau est arrivée « comme une vague de boue ».",
            ["un sapeur-pompier volontaire"], id="lui is a man",
        ),
        pytest.param(
            "« Nous verrons bien », dit Anne Delmas, déléguée. Un cadre, qui préfère garder l'anonymat, se "
            "montre optimiste : « Entre ça et la fermeture, le choix est fait. »",
            ["Anne Delmas", "un cadre"], id="who wants no name",
        ),
        pytest.param(
            "« Nous verrons bien », dit Anne Delmas, déléguée. Une idée que ne rejette pas un cadre du "
            "groupe, qui a requis l'anonymat : « Entre ça et la fermeture, le choix est fait. »",
            ["Anne Delmas", "un cadre du groupe"], id="who wants none, behind the verb",
        ),
        pytest.param(
            "« Nous verrons bien », dit Anne Delmas, déléguée. Une banderole barre la grille : « Nous sommes "
            "tous des soudeurs de Vaubrac »",
            ["Anne Delmas", None], id="a banner is nobody",
        ),
        pytest.param(
            "« L'eau manque », a écrit Paul Vasseur.\nLe syndicat des eaux a annoncé qu'il irait au "
            "tribunal, jugeant que l'abandon « viole les engagements pris ».",
            ["Paul Vasseur", "le syndicat des eaux"], id="il is the group of its sentence",
        ),
        pytest.param(
            "« L'eau manque », a écrit Paul Vasseur. Une spectatrice les trouvait « jolis mais un peu trop "
            "durs ».",
            ["Paul Vasseur", None], id="not who spoke before, where another is told of",
        ),
        pytest.param(
            "Les corps de Yann Prigent, pêcheur, et d'un matelot ont été retrouvés. De son côté, le Syndicat "
            "des pêcheurs du Hallec s'inquiète d'une enquête qui « fait peser la faute sur un seul homme ».",
            ["Syndicat des pêcheurs du Hallec"], id="a syndicate, and no fisherman",
        ),
    ],
)  # fmt: skip
def test_nobody_is_given_anothers_words(french: FrenchRoom, text: str, speakers: list[str | None]) -> None:
    """Whoever is certain; else it is not stated."""
    assert [quote.speaker_resolved for quote in french.analyse(text, "", None)[0]] == speakers


@pytest.mark.model
def test_a_clause_that_lacks_its_object_is_not_printed(french: FrenchRoom) -> None:
    """ "Des coulées que l'équipe qualifie de « hors norme »" says nothing from its verb on."""
    told = "Anne Delmas a étudié la vallée. Elle y a vu des coulées que le maire qualifie de « hors norme »."
    quotes, _, _ = french.analyse(told, "", None)
    assert [(quote.text, quote.clause) for quote in quotes] == [("hors norme", None)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            "Anne Delmas a renoncé. « C'est fini », a déclaré la ministre du Logement sous les huées.",
            "ministre du Logement", id="under boos",
        ),
        pytest.param(
            "Anne Delmas, secrétaire du comité social et économique, a dit : « C'est fini. »",
            "secrétaire du comité social et économique", id="two adjectives of one noun",
        ),
        pytest.param("Anne Delmas, maire et médecin, a dit : « C'est fini. »", "maire et médecin", id="two"),
        pytest.param("Anne Delmas, sage-femme, a dit : « C'est fini. »", "sage-femme", id="with a hyphen"),
    ],
)  # fmt: skip
def test_a_role_is_whole_and_no_more(french: FrenchRoom, text: str, role: str) -> None:
    """Not cut, and without how it was said."""
    assert [quote.role for quote in french.analyse(text, "", None)[0]] == [role]
