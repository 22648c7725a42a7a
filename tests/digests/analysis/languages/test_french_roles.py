"""What somebody is, where French news does not say it right beside the name."""

import pytest

from digests.analysis.languages.french.descriptions import role_told
from digests.analysis.languages.french.roles import role_before, role_behind, said_behind
from digests.analysis.languages.french.room import FrenchRoom


def role_of(french: FrenchRoom, text: str, name: str) -> str | None:
    """Return the role that an article gives somebody; it stands there to the letter."""
    _, _, actors = french.analyse(text, "", None)
    role = next(actor.role for actor in actors if actor.name == name)
    assert role is None or role in text
    return role


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Jeanne Morlet dénonce un abandon. « On ferme », lance l'élue centriste.",
                     "élue centriste", id="whoever speaks right behind"),
        pytest.param("« J'ai tout vendu », sourit Jeanne Morlet. La boulangère, 61 ans, tient le bar.",
                     "boulangère", id="an age behind"),
        pytest.param("« Je n'ai rien vu », dit Jeanne Morlet. La boulangère a fermé à midi.", None,
                     id="maybe somebody new"),
        pytest.param("Jeanne Morlet a tout vu. « Elle roulait vite », raconte la conductrice.", None,
                     id="often without a name"),
        pytest.param("La conductrice, Jeanne Morlet, a tout vu. « J'ai freiné », dit la conductrice du bus.",
                     "conductrice", id="with a name"),
        pytest.param("Jeanne Morlet n'y croit pas. Cette habitante du quartier des Forges part demain.",
                     "habitante du quartier des Forges", id="this one"),
        pytest.param("Jeanne Morlet sourit. La maire de ce village de 412 âmes a commandé une expertise.",
                     "maire", id="nothing that points elsewhere"),
        pytest.param("Jeanne Morlet savourait. La gardienne de 21 ans tenait sa revanche.",
                     "gardienne", id="no age"),
        pytest.param("Jeanne Morlet a perdu. « On verra », glisse la dirigeante.", None, id="many are"),
        pytest.param("Jeanne Morlet a perdu. « On verra », glisse la quadragénaire.", None, id="an age"),
        pytest.param("Jeanne Morlet a perdu. « On verra », glisse la jeune femme.", None, id="a woman"),
        pytest.param("Jeanne Morlet et Nadia Kessal ont perdu. « On verra », glisse la boulangère.",
                     None, id="two it can mean"),
        pytest.param("Nadia Kessal rit. Jeanne Morlet a perdu. « On verra », glisse la boulangère.",
                     None, id="another of the paragraph"),
        pytest.param("Paul Vasseur rit. Jeanne Morlet attend. « Jugé », dit la présidente du tribunal.",
                     None, id="an office that another can hold"),
        pytest.param("Jeanne Morlet part. Cette Bretonne de 58 ans, ancienne mécanicienne, s'en réjouit.",
                     "ancienne mécanicienne", id="behind another description"),
        pytest.param("Jeanne Morlet se tait. « Non », dit la veuve du patron mort dans les flammes.",
                     "veuve du patron", id="no participle without what belongs to it"),
        pytest.param("Jeanne Morlet se tait. Réponse de la prévenue : « Non. »", "prévenue", id="answers"),
        pytest.param("La gardienne, Jeanne Morlet, auteure de 17 arrêts, rit.", "gardienne", id="no feat"),
        pytest.param("Selon Jeanne Morlet, un maire doit trancher.", None, id="what a source speaks of"),
        pytest.param("Selon Jeanne Morlet, maire de Kervel, il faut trancher.", "maire de Kervel",
                     id="a source"),
        pytest.param("« Non », selon Jeanne Morlet, maire du port.", "maire du port", id="a source behind"),
        pytest.param("La mère de Jeanne Morlet est boulangère.", None, id="her mother"),
        pytest.param("Jeanne Morlet est maire du port et trésorière du club.",
                     "maire du port et trésorière du club", id="two at once"),
        pytest.param("Face au maire Paul Vasseur, Jeanne Morlet rit.", None, id="somebody named before her"),
        pytest.param("Jeanne Morlet hésite. Selon elle, une boulangère gagne peu.", None, id="her words"),
        pytest.param("Jeanne Morlet est notaire à Kervel.", "notaire à Kervel", id="is"),
        pytest.param("Jeanne Morlet est désormais la patronne du port.", "patronne du port", id="has become"),
        pytest.param("Jeanne Morlet est responsable de la fuite.", None, id="is to blame"),
        pytest.param("« Jeanne Morlet est patronne de rien », dit un témoin.", None, id="an opinion"),
        pytest.param("Jeanne Morlet, qui préside le club, s'en va.", "qui préside le club", id="who"),
        pytest.param("Jeanne Morlet, à la tête du port, s'en va.", "à la tête du port", id="at the head"),
        pytest.param("La notaire Jeanne Morlet, qui préside le club, rit.", "notaire", id="a noun"),
        pytest.param("Son épouse, Jeanne Morlet, s'en va.", None, id="somebody's wife, not whose"),
        pytest.param("Jeanne Morlet, 81 ans, petite-nièce de l'artiste, s'en va.",
                     "petite-nièce de l'artiste", id="a relative, and whose"),
        pytest.param("Son père, Paul Vasseur, patron sortant, parle à Jeanne Morlet.", None, id="another's"),
    ],
)  # fmt: skip
def test_a_role_is_told_where_it_is_certainly_theirs(french: FrenchRoom, text: str, role: str | None) -> None:
    """By the article's own words, whole; a wrong role is worse than none."""
    assert role_of(french, f"Voici les nouvelles du port.\n{text}", "Jeanne Morlet") == role


@pytest.mark.model
def test_a_description_is_not_told_by_its_own_words(french: FrenchRoom) -> None:
    """ "Documentaliste" says nothing of whoever is named behind it, though it tells what she does."""
    text = "Jeanne Morlet s'installe. À 34 ans, cette ancienne documentaliste succède à Colette Andrieu."
    assert role_of(french, text, "Jeanne Morlet") == "ancienne documentaliste"
    assert role_of(french, text, "Colette Andrieu") is None


@pytest.mark.model
def test_one_told_of_in_a_paragraph_is_surely_meant(french: FrenchRoom) -> None:
    """However many were named in the paragraphs before."""
    text = (
        "Paul Vasseur a gagné. Karim Benali aussi.\n"
        "En face, Yann Dufour fulminait. « Volés », a lancé le manager de Montbel."
    )
    quotes, _, _ = french.analyse(text, "", None)
    assert [(one.speaker_resolved, one.role) for one in quotes] == [("Yann Dufour", "manager de Montbel")]
    assert quotes[0].confidence >= 0.75


@pytest.mark.model
def test_a_young_woman_is_the_one_of_the_paragraph(french: FrenchRoom) -> None:
    """Though her role is known already, and others were named before."""
    text = (
        "Nadia Kessal a gagné.\n"
        "La gardienne, Jeanne Morlet, restait modeste. « Je n'ai rien fait », dit la jeune femme de 20 ans."
    )
    quotes, _, _ = french.analyse(text, "", None)
    assert [(one.speaker_resolved, one.confidence >= 0.75) for one in quotes] == [("Jeanne Morlet", True)]


@pytest.mark.parametrize(
    ("before", "role"),
    [
        pytest.param("La principale du collège, ", "principale du collège", id="a headmistress"),
        pytest.param("La rue principale, ", None, id="a main street"),
        pytest.param("explique le rémouleur ", "rémouleur", id="what somebody does"),
        pytest.param("dans le secteur ", None, id="a thing"),
        pytest.param("Le directeur sportif en question, ", "directeur sportif", id="in question"),
        pytest.param("La sous-préfète ", "sous-préfète", id="a prefix"),
        pytest.param("Présidente du club depuis 2010, ", "Présidente du club", id="since when"),
        pytest.param(
            "La directrice des arts et de la culture, ", "directrice des arts et de la culture", id="and"
        ),
        pytest.param("Élue à l'unanimité, ", None, id="elected"),
        pytest.param("La grimpeuse de la formation ", None, id="a team's name follows"),
    ],
)
def test_a_role_before_a_name_is_read(before: str, role: str | None) -> None:
    """Nouns of any trade right before it."""
    assert role_before(f"{before}Camille Morlet", len(before)) == role


@pytest.mark.parametrize(
    ("behind", "role"),
    [
        pytest.param(", principale du collège, dit", "principale du collège", id="a headmistress"),
        pytest.param(", chargée de mission, dit", "chargée de mission", id="in charge"),
        pytest.param(", guide des arts et de la mer, dit", "guide des arts et de la mer", id="and"),
        pytest.param(", ancien maire et actuel élu, dit", "ancien maire et actuel élu", id="two at once"),
        pytest.param(", maire de Kervel et sa femme, disent", "maire de Kervel", id="somebody with him"),
        pytest.param(", maire de Kervel et adjointe a dit", "maire de Kervel", id="no mark behind"),
        pytest.param(", maire de Kervel et adjoint « aux fêtes », dit", "maire de Kervel", id="marks"),
        pytest.param(", patron du groupe « Mer », dit", "patron du groupe « Mer »", id="a name in marks"),
        pytest.param(", patron du groupe « Mer et al.", "patron", id="marks that never close"),
        pytest.param(", heureuse, dit", None, id="an adjective"),
        pytest.param(", optimiste, dit", None, id="another one"),
        pytest.param(", sa collègue de bureau, dit", "collègue", id="another's"),
        pytest.param(", habitante comme les autres, dit", "habitante", id="no comparison"),
        pytest.param(", élue à l'unanimité, dit", None, id="elected"),
        pytest.param(", arrière-petite-fille du peintre, dit", "arrière-petite-fille du peintre", id="kin"),
        pytest.param(", juge la décision mauvaise, dit", None, id="a verb that looks like a role"),
        pytest.param(", juge à Kervel, dit", "juge à Kervel", id="a judge"),
    ],
)  # fmt: skip
def test_a_role_behind_a_name_is_read(behind: str, role: str | None) -> None:
    """Also such as no list holds."""
    assert role_behind(f"Jeanne{behind}", 6) == role


@pytest.mark.parametrize(
    ("behind", "role"),
    [
        pytest.param(", qui tient le bar depuis 2019, dit", "qui tient le bar", id="no time"),
        pytest.param(", qui rit, dit", None, id="no office"),
        pytest.param(", qui dirige, dit", None, id="nothing that it is an office of"),
        pytest.param(", qui tient à partir, dit", None, id="another sense"),
        pytest.param(", qui tient le maire pour fou, dit", None, id="yet another sense"),
        pytest.param(", à la tête de la course, dit", None, id="in front"),
        pytest.param(" est élue de la Creuse", None, id="may be made it"),
        pytest.param(" est avocate et rit", "avocate", id="up to and"),
        pytest.param(" est heureuse", None, id="no noun"),
    ],
)
def test_what_is_said_of_somebody_ends_where_the_role_ends(behind: str, role: str | None) -> None:
    """A clause or a predicate is whole, or nothing."""
    assert said_behind(f"Jeanne{behind}", 6) == role


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        pytest.param("l'ancien notaire", "ancien notaire", id="former"),
        pytest.param("du prévenu", "prévenu", id="de and le"),
        pytest.param("le technicien", None, id="says little alone"),
        pytest.param("le technicien de Plouarel", "technicien de Plouarel", id="says something with more"),
        pytest.param("l'élu d'ajouter", None, id="an infinitive"),
        pytest.param("la maire de sa commune", "maire", id="pointing"),
        pytest.param("la boulangère part", "boulangère", id="a verb"),
        pytest.param("la maire de Kervel part", "maire de Kervel", id="a verb behind a name"),
        pytest.param("la candidate divers gauche", "candidate divers gauche", id="a party"),
        pytest.param("le chef du centre de secours", "chef du centre de secours", id="links"),
        pytest.param("Le coach en", "coach", id="cut short"),
        pytest.param("son entraîneur", None, id="somebody's"),
        pytest.param("le bruit", None, id="a thing"),
        pytest.param("la mère", None, id="a relative"),
        pytest.param("la jeune maraîchère", "jeune maraîchère", id="an adjective first"),
    ],
)
def test_a_description_is_a_role_where_it_tells_something(printed: str, role: str | None) -> None:
    """A noun for what somebody is, without the article."""
    assert role_told(printed) == role
