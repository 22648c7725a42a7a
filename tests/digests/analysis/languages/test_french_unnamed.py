"""Who is meant where a French article names nobody: groups by their names, people by who they are."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom
from digests.analysis.languages.french.unnamed import full_group_name


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        pytest.param("L'agence Boréa paie. |", "agence", "agence Boréa", id="a word and a name"),
        pytest.param(
            "L'association Mémoire de Brécourt proteste. |", "association",
            "association Mémoire de Brécourt", id="a name with a link",
        ),
        pytest.param(
            "le Syndicat de la lentille du Vaubrac (SLV) |", "syndicat",
            "Syndicat de la lentille du Vaubrac", id="small words within an official name",
        ),
        pytest.param("| puis l'agence Boréa", "agence", "agence Boréa", id="named later"),
        pytest.param("L'agence Boréa, l'agence Delmas. |", "agence", "agence Delmas", id="the last of two"),
        pytest.param("L'agence paie. Boréa aussi. |", "agence", "", id="a name of its own sentence"),
        pytest.param("Le syndicat dit à Paul |", "syndicat", "", id="a name behind a verb"),
    ],
)  # fmt: skip
def test_a_group_has_the_name_that_stands_behind_its_word(text: str, head: str, name: str) -> None:
    """As far as capitals go; small words only within a name that begins with a capital."""
    assert full_group_name(text, head, text.index("|")) == name


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        pytest.param(
            "L'association Rives Claires réclame des preuves. « Nous attendons », écrit l'association.",
            ["association Rives Claires"], id="a group",
        ),
        pytest.param(
            "Paul Vasseur nie tout. « Je dormais », dit-il.\nÀ la barre, un gendarme de Kervel raconte. "
            "Selon lui, l'hypothèse d'un homme seul est « peu crédible ».",
            ["Paul Vasseur", "un gendarme de Kervel"], id="somebody new and unnamed",
        ),
        pytest.param(
            "D'après une source proche du dossier, rien n'est signé. « On attend le ministre », glisse "
            "cette même source.",
            ["une source proche du dossier"], id="the same as before",
        ),
        pytest.param(
            "La présidente, Claire Morel, a insisté. Réponse de Fabrice Vasselin : « Oui, je le savais. »",
            ["Fabrice Vasselin"], id="whose answer it is",
        ),
        pytest.param(
            "Paul Vasseur ne retire rien. Il maintient que les habitants auraient dû être prévenus et se dit "
            "« attaché à la transparence des travaux ».",
            ["Paul Vasseur"], id="one verb has no plural subject",
        ),
    ],
)  # fmt: skip
def test_whom_no_name_tells_is_called_as_before(french: FrenchRoom, text: str, speakers: list[str]) -> None:
    """A group by its full name, somebody unnamed by the words with which the article brings them in."""
    assert [quote.speaker_resolved for quote in french.analyse(text, "", None)[0]] == speakers
