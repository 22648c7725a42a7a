"""How a digest prints reported speech in French: a clause that reads on from the name, or the sentence."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom

pytestmark = pytest.mark.model

MET = "La maire de Kervel, Jeanne Morlet, a reçu le préfet, Paul Vasseur, lundi.\n"


def clauses(french: FrenchRoom, text: str) -> list[tuple[str, bool]]:
    """Return each clause that can be printed of a statement, and whether it reads on from the name."""
    _, statements, _ = french.analyse(MET + text, "", None)
    return [(one.clause.text, one.predicate) for one in statements if one.clause is not None]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param(
            "Jeanne Morlet a déclaré lundi que le pont serait fermé en juin.",
            "a déclaré lundi que le pont serait fermé en juin.",
            id="que",
        ),
        pytest.param(
            "Paul Vasseur a indiqué vouloir rouvrir la gare de Kervel.",
            "a indiqué vouloir rouvrir la gare de Kervel.",
            id="an infinitive",
        ),
        pytest.param(
            "Elle a promis de trouver des créneaux dans les communes voisines.",
            "a promis de trouver des créneaux dans les communes voisines.",
            id="de and an infinitive",
        ),
        pytest.param(
            "Paul Vasseur s'est dit prêt à recevoir les commerçants du quai.",
            "s'est dit prêt à recevoir les commerçants du quai.",
            id="what he says to be ready for",
        ),
        pytest.param(
            "Jeanne Morlet a demandé à la région de payer la moitié des travaux.",
            "a demandé à la région de payer la moitié des travaux.",
            id="whom she asks",
        ),
        pytest.param(
            "Paul Vasseur a nié que le chantier ait pris du retard.",
            "a nié que le chantier ait pris du retard.",
            id="a denial",
        ),
        pytest.param(
            "Jeanne Morlet a jugé que la situation s'améliorait et a appelé au calme.",
            "a jugé que la situation s'améliorait et a appelé au calme.",
            id="with the next deed",
        ),
        pytest.param(
            "Elle assure que le pont est sûr, mais que les travaux restent nécessaires.",
            "assure que le pont est sûr, mais que les travaux restent nécessaires.",
            id="past a but",
        ),
        pytest.param(
            "Jeanne Morlet a salué le préfet et prévenu que le pont fermerait en juin.",
            "a salué le préfet et prévenu que le pont fermerait en juin.",
            id="from the auxiliary that two verbs share",
        ),
        pytest.param(
            "Jeanne Morlet salue le travail du préfet mais regrette que le pont soit fermé.",
            "salue le travail du préfet mais regrette que le pont soit fermé.",
            id="from what a but takes back",
        ),
        pytest.param(
            "Jeanne Morlet dément que le pont de Kervel ferme en juin.",
            "dément que le pont de Kervel ferme en juin.",
            id="no plural, though it ends so",
        ),
        pytest.param(
            "Jeanne Morlet a également fait savoir que le pont fermerait.",
            "a également fait savoir que le pont fermerait.",
            id="an adverb within the verb",
        ),
        pytest.param(
            "Jeanne Morlet a répondu que la ville paierait sa part ; le préfet a refusé.",
            "a répondu que la ville paierait sa part",
            id="up to somebody else's deed",
        ),
    ],
)
def test_a_clause_reads_on_from_the_name(french: FrenchRoom, text: str, clause: str) -> None:
    """Name and clause are one sentence, in the article's words."""
    assert clauses(french, text) == [(clause, True)]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param(
            "Selon Jeanne Morlet, le pont pourrait fermer en juin.",
            "le pont pourrait fermer en juin.",
            id="selon",
        ),
        pytest.param("D'après la maire, le pont fermera en juin.", "le pont fermera en juin.", id="d'après"),
        pytest.param(
            "Pour la maire, Jeanne Morlet, le pont doit fermer en juin.",
            "le pont doit fermer en juin.",
            id="pour, with a role",
        ),
        pytest.param("Selon elle, le pont pourrait fermer.", "le pont pourrait fermer.", id="a pronoun"),
        pytest.param(
            "Selon sa présidente, Odile Brac, son équipe a perdu courage.",
            "son équipe a perdu courage.",
            id="whose team",
        ),
        pytest.param(
            "Le vieux pont pourrait fermer en juin, selon Jeanne Morlet.",
            "Le vieux pont pourrait fermer en juin",
            id="behind",
        ),
    ],
)
def test_a_mere_source_is_the_name_before_the_colon(french: FrenchRoom, text: str, clause: str) -> None:
    """ "Jeanne Morlet : Selon Jeanne Morlet, …" is no French; conditionals and the like stay."""
    assert clauses(french, text) == [(clause, False)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("À en croire Jeanne Morlet, le pont fermera en juin.", id="à en croire"),
        pytest.param("Le pont fermera en juin, a indiqué mardi Jeanne Morlet.", id="a verb behind"),
        pytest.param("Le pont fermera en juin, dément Jeanne Morlet.", id="a verb that denies"),
        pytest.param("Le pont, a-t-elle précisé, fermera dès le mois de juin.", id="a pronoun that speaks"),
        pytest.param("Le pont fermera en juin, a expliqué ce dernier.", id="ce dernier"),
        pytest.param("Le pont, a précisé Jeanne Morlet, fermera dès le mois de juin.", id="in the middle"),
        pytest.param(
            "Le pont fermera en juin, selon Jeanne Morlet, invitée de Radio Corvane.", id="more behind"
        ),
    ],
)
def test_a_sentence_keeps_its_attribution(french: FrenchRoom, text: str) -> None:
    """A reader sees that the words are the reporter's, and how they were said."""
    assert clauses(french, text) == [(text, False)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jeanne Morlet lui a rappelé que le pont était fermé depuis juin.", id="lui"),
        pytest.param("Paul Vasseur a ajouté qu'elle coûterait trois millions d'euros.", id="a thing"),
        pytest.param("Jeanne Morlet a dit qu'elle serait fermée dès le mois de juin.", id="perhaps a thing"),
        pytest.param("Paul Vasseur a dit qu'elle refusait de signer la lettre.", id="a woman, and he speaks"),
        pytest.param("Selon Jeanne Morlet, le contrat le lui interdit.", id="no subject takes itself up"),
        pytest.param("Jeanne Morlet a dit que le pont fermerait ce jour-là.", id="that day"),
        pytest.param("Jeanne Morlet a dit ne pas pouvoir dire s'il était gaucher.", id="whoever it was"),
        pytest.param("Jeanne Morlet a assuré que le conseil les avait consultés.", id="les"),
        pytest.param("Jeanne Morlet a précisé que l'assurance en paierait la moitié.", id="en"),
        pytest.param("Jeanne Morlet a promis d'y retourner avec le préfet en juin.", id="y"),
        pytest.param("Jeanne Morlet a ajouté que ce n'était pas le moment.", id="ce"),
        pytest.param("Jeanne Morlet a jugé que cela suffirait aux commerçants.", id="cela"),
        pytest.param("Jeanne Morlet a dit que cet amiral ne savait pas nager.", id="cet"),
        pytest.param("Jeanne Morlet a estimé que celui-ci devait démissionner.", id="celui-ci"),
        pytest.param("Jeanne Morlet a dit que leur lettre était arrivée trop tard.", id="leur"),
        pytest.param("Elle a répondu qu'ils avaient tous signé la pétition.", id="ils"),
        pytest.param("Ainsi, le pont restera fermé en juin, a confirmé Jeanne Morlet.", id="ainsi"),
        pytest.param("Mais le pont fermera en juin, a indiqué Jeanne Morlet.", id="mais"),
        pytest.param("À en croire sa présidente, Odile Brac, la gare fermera en juin.", id="whose president"),
        pytest.param("Son mari était innocent, a plaidé Jeanne Morlet.", id="whose husband"),
        pytest.param("Odile Brac a ri, ajoutant que le pont fermerait en juin.", id="no finite verb"),
        pytest.param("Elle a dit que nous paierions la moitié des travaux du pont.", id="nous"),
    ],
)
def test_what_leans_on_other_sentences_is_not_printed(french: FrenchRoom, text: str) -> None:
    """The statement is found, but it has no clause: alone it would be a riddle, or wrong."""
    _, statements, _ = french.analyse(MET + text, "", None)
    assert len(statements) == 1
    assert clauses(french, text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jeanne Morlet a dit qu'elle ne serait pas candidate en mars.", id="herself"),
        pytest.param("Paul Vasseur a rappelé que le pont était vieux et qu'il fermerait.", id="named before"),
        pytest.param("Paul Vasseur a dit qu'il était urgent de fermer le pont.", id="il means nobody"),
        pytest.param("Paul Vasseur a dit qu'il n'y avait plus d'argent pour le pont.", id="il y a"),
        pytest.param("Jeanne Morlet a dit que c'était la région qui paierait le pont.", id="c'est … qui"),
        pytest.param("Jeanne Morlet a dit que ceux qui travaillent passeraient d'abord, puis les autres.",
                     id="ceux qui"),
        pytest.param("Jeanne Morlet a dit que le pont fermerait cette semaine.", id="a time"),
        pytest.param("Jeanne Morlet a assuré que son adjoint avait signé la lettre.", id="her deputy"),
        pytest.param("Jeanne Morlet soutient, elle, que le pont tiendra dix ans.", id="stressed"),
    ],
)  # fmt: skip
def test_a_pronoun_whose_meaning_is_printed_does_no_harm(french: FrenchRoom, text: str) -> None:
    """The speaker, something that the clause names itself, or nobody at all."""
    assert len(clauses(french, text)) == 1


def test_two_who_speak_are_not_told_as_one(french: FrenchRoom) -> None:
    """ "Paul Vasseur ont déclaré" is no French."""
    text = "Jeanne Morlet et Paul Vasseur ont déclaré que le pont fermerait en juin."
    assert clauses(french, text) == []


def test_a_clause_is_printed_once(french: FrenchRoom) -> None:
    """Two things that one verb reports are two statements, in one clause."""
    text = "Jeanne Morlet a dit que le pont était vieux et que la gare fermerait."
    _, statements, _ = french.analyse(MET + text, "", None)
    assert [one.text for one in statements] == ["le pont était vieux", "la gare fermerait"]
    assert [one.clause is None for one in statements] == [False, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Jeanne Morlet a promis de ne pas fermer le pont.", "ne pas fermer le pont", id="de"),
        pytest.param("Jeanne Morlet reconnaît avoir signé la lettre.", "avoir signé la lettre", id="bare"),
        pytest.param(
            "Jeanne Morlet a accusé le préfet d'avoir perdu la lettre.", "avoir perdu la lettre", id="whom"
        ),
        pytest.param(
            "Jeanne Morlet a jugé que la gare s'améliorait et a appelé au calme.",
            "la gare s'améliorait",
            id="up to the next deed",
        ),
        pytest.param("À l'en croire, le pont a mille ans.", "le pont a mille ans", id="à l'en croire"),
        pytest.param("À l'entendre, le pont a mille ans.", "le pont a mille ans", id="à l'entendre"),
    ],
)
def test_infinitives_and_sources_are_statements(french: FrenchRoom, text: str, told: str) -> None:
    """Verbatim, without "de"."""
    _, statements, _ = french.analyse(MET + text, "", None)
    assert [(one.text, one.speaker_resolved) for one in statements] == [(told, "Jeanne Morlet")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Jeanne Morlet a demandé trois mois de loyer au théâtre.", id="a noun"),
        pytest.param("Jeanne Morlet a refusé de donner des noms à la presse.", id="a refusal"),
        pytest.param("Jeanne Morlet a critiqué la décision de fermer le pont.", id="somebody else's"),
        pytest.param("La maire, Jeanne Morlet, a justifié une hausse des prix.", id="a name with a role"),
        pytest.param("Jeanne Morlet s'est dite fière de ses trois équipes.", id="an adjective"),
    ],
)
def test_what_looks_like_an_infinitive_is_none(french: FrenchRoom, text: str) -> None:
    """Nouns, deeds, adjectives, and what others decided."""
    assert french.analyse(MET + text, "", None)[1] == ()


def mixed(french: FrenchRoom, text: str) -> list[str | None]:
    """Return the clause around each quote."""
    quotes, _, _ = french.analyse(MET + text, "", None)
    return [quote.clause.text if quote.clause is not None else None for quote in quotes]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param(
            "Jeanne Morlet a pour sa part qualifié le pont de « ruine dangereuse ».",
            "a pour sa part qualifié le pont de « ruine dangereuse ».",
            id="an auxiliary far away",
        ),
        pytest.param(
            "Jeanne Morlet a salué « un geste fort », tout en regrettant la date.",
            "a salué « un geste fort », tout en regrettant la date.",
            id="en and a participle",
        ),
        pytest.param(
            "Jeanne Morlet a salué le préfet et demandé un délai « jusqu'à la fin de juin ».",
            "a salué le préfet et demandé un délai « jusqu'à la fin de juin ».",
            id="an auxiliary that two verbs share",
        ),
        pytest.param("Jeanne Morlet lui a rappelé que le pont « avait mille ans ».", None, id="lui"),
        pytest.param(
            "Paul Vasseur s'emporte contre « des gens qui n'ont jamais vu un pont ».",
            "s'emporte contre « des gens qui n'ont jamais vu un pont ».",
            id="contre is no verb",
        ),
        pytest.param("Paul Vasseur y voit « une manœuvre de la région ».", None, id="y"),
        pytest.param("Jeanne Morlet a jugé que cet homme « ne savait pas nager ».", None, id="cet"),
        pytest.param("Elle sera fermée « dès le mois de juin », selon la préfecture.", None, id="elle"),
    ],
)
def test_the_clause_of_a_quote_stands_alone_too(french: FrenchRoom, text: str, clause: str | None) -> None:
    """It begins with a finite verb, and nobody in it must be looked up."""
    assert mixed(french, text) == [clause]


def test_a_deed_stands_alone_too(french: FrenchRoom) -> None:
    """What somebody did to "him" is told nowhere."""
    text = (
        "Edwige Lannoy a raconté cette histoire à tout le village.\nOdile Brac a traversé le lac à la nage."
    )
    actors = {actor.name: actor.clause for actor in french.analyse(text, "", None)[2]}
    assert actors["Edwige Lannoy"] is None
    assert actors["Odile Brac"] is not None


def test_an_institutions_name_is_whole(french: FrenchRoom) -> None:
    """The model's entity ends on "de la"; a name does not."""
    text = (
        "La Fédération des maraîchers de la Sarvanne a demandé à la ville de lui accorder une dérogation. "
        "Son président, Tancrède Boscher, a assuré que les exploitations souffraient."
    )
    names = [actor.name for actor in french.analyse(text, "", None)[2]]
    assert "Fédération des maraîchers de la Sarvanne" in names


def test_the_same_place_is_told_only_beside_the_one_before_it(french: FrenchRoom) -> None:
    """ "Sur la même antenne" leans."""
    text = "Sur la même antenne, Jeanne Morlet a déclaré lundi que le pont serait fermé en juin."
    (statement,) = french.analyse(MET + text, "", None)[1]
    assert (statement.venue, statement.said_on) == (None, "lundi")


def test_who_tells_something_is_who_goes_on(french: FrenchRoom) -> None:
    """ "A-t-il précisé" is not the painter, though he is named at the sentence's start."""
    text = (
        "Trois toiles du peintre Octave Delbreil manquent, a indiqué le procureur, Stanislas Verhaeghe. "
        "Les tableaux, a-t-il précisé, seraient en bon état."
    )
    _, statements, _ = french.analyse(text, "", None)
    assert [one.speaker_resolved for one in statements] == ["Stanislas Verhaeghe"] * 2
