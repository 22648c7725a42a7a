"""French reported speech: up to where something is told, by whom, and whether it was said at all."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom

pytestmark = pytest.mark.model

MAYOR, PREFECT = "Jeanne Morlet", "Paul Vasseur"
MET = "La maire de Kervel, Jeanne Morlet, a reçu le préfet, Paul Vasseur, lundi.\n"


def told(french: FrenchRoom, text: str) -> list[tuple[str, str | None, str | None]]:
    """Return each statement, its speaker, and the clause that a digest prints."""
    return [
        (one.text, one.speaker_resolved, one.clause.text if one.clause is not None else None)
        for one in french.analyse(MET + text, "", None)[1]
    ]


@pytest.mark.parametrize(
    ("text", "said", "clause"),
    [
        pytest.param(
            "Après que Jeanne Morlet a annoncé que les travaux commenceraient en juin, les élus ont ri.",
            "les travaux commenceraient en juin",
            "a annoncé que les travaux commenceraient en juin",
            id="behind a subordinate clause",
        ),
        pytest.param(
            "Jeanne Morlet, qui avait promis de démissionner avant Noël, reste en place.",
            "démissionner avant Noël",
            "avait promis de démissionner avant Noël",
            id="behind a relative clause",
        ),
        pytest.param(
            "Selon Jeanne Morlet, jointe lundi par Le Courrier, le pont fermera en juin.",
            "le pont fermera en juin",
            "le pont fermera en juin.",
            id="what else is told of a source",
        ),
        pytest.param(
            "Jeanne Morlet a jugé, mardi soir, que la gare de Kervel fermerait.",
            "la gare de Kervel fermerait",
            "a jugé, mardi soir, que la gare de Kervel fermerait.",
            id="an aside before it",
        ),
    ],
)
def test_what_is_told_ends_where_the_sentence_goes_on(
    french: FrenchRoom, text: str, said: str, clause: str
) -> None:
    """With something that somebody else did, or that is no news of what was said."""
    assert told(french, text) == [(said, "Jeanne Morlet", clause)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jeanne Morlet refuse de dire que tout est perdu.", id="refused"),
        pytest.param("Jeanne Morlet n'a jamais dit que le pont fermerait.", id="denied"),
        pytest.param("Dès que Jeanne Morlet dit que le pont ferme, on rit.", id="not yet"),
        pytest.param("Il a été dit aux habitants que le pont rouvrirait.", id="passive"),
        pytest.param("Il est dit que le pont de Kervel rouvrira en juin.", id="passive, present"),
        pytest.param("Il se murmure que le pont de Kervel fermera.", id="a rumour"),
        pytest.param("Pour l'instant, le pont de Kervel reste fermé.", id="pour and a time"),
        pytest.param("Le préfet, Paul Vasseur, a accusé la presse.", id="a name with its role"),
    ],
)
def test_what_its_subject_did_not_say_is_no_statement(french: FrenchRoom, text: str) -> None:
    """Nobody said it, or not yet, or nobody knows who."""
    assert told(french, text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param(
            "Karim Benali, comme Odile Brac, estime que le pont de Kervel fermera.",
            "Karim Benali",
            id="not who is likened",
        ),
        pytest.param(
            "Jeanne Morlet, elle, dit ne rien regretter, sauf peut-être les étés.",
            "Jeanne Morlet",
            id="not the stressed",
        ),
        pytest.param(
            "Jeanne Morlet, qui défend Paul Vasseur, a rétorqué que le dossier était vide.",
            "Jeanne Morlet",
            id="not who is told of in between",
        ),
        pytest.param(
            "Le procureur m'a dit que le pont de Kervel fermera.", "le procureur", id="no clitic with him"
        ),
        pytest.param(
            "L'entourage de la maire assure que le pont de Kervel fermera.",
            "l'entourage de la maire",
            id="not whom they are around",
        ),
        pytest.param(
            "Le comité, qui emploie dix personnes, rénove deux de ses sept usines, a précisé Karim Benali.",
            "Karim Benali",
            id="a verb that no list knows",
        ),
    ],
)
def test_who_tells_it_is_the_subject(french: FrenchRoom, text: str, speaker: str) -> None:
    """And nobody who stands nearer to the verb; the name itself, and no pronoun that takes it up."""
    _, statements, _ = french.analyse(MET + text, "", None)
    assert [one.speaker_resolved for one in statements] == [speaker]
    assert [(one.speaker or "").lower() for one in statements] == [speaker.lower()]


@pytest.mark.parametrize("end", ["l'", "Selon l'", "Le pont fermera, a dit l’", "LE ", "LES "])
def test_a_text_may_end_in_the_middle(french: FrenchRoom, end: str) -> None:
    """A page that is cut at a paywall is read as far as it goes."""
    names = {actor.name for actor in french.analyse(MET + end, "", None)[2]}
    assert {MAYOR, PREFECT} <= names
