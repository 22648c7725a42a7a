"""Languages without a model: quotes always, speakers only where they are certain."""

import pytest

from digests.analysis.languages.tabled import analyse_by_table


def said(text: str, language: str) -> list[tuple[str, str | None]]:
    quotes, _ = analyse_by_table(text, language)
    return [(" ".join(quote.text.split()[:2]), quote.speaker_resolved) for quote in quotes]


@pytest.mark.parametrize(
    ("language", "text", "name", "role"),
    [
        pytest.param("de", "„Wir bauen neu“, sagte Jana Holt.", "Jana Holt", None, id="German"),
        pytest.param(
            "de",
            "„Wir bauen neu“, sagte Bürgermeisterin Jana Holt am Montag.",
            "Jana Holt",
            "Bürgermeisterin",
            id="a role",
        ),
        pytest.param(
            "de",
            "„Wir bauen neu“, sagte Umweltministerin Holt.",
            "Holt",
            "Umweltministerin",
            id="a compound and a last name",
        ),
        pytest.param(
            "de",
            "„Wir bauen neu“, so der Sprecher der Polizei, Peter Kern.",
            "Peter Kern",
            "Sprecher der Polizei",
            id="a role with a link",
        ),
        pytest.param(
            "de", "„Wir bauen neu“, hat Jana Holt am Montag gesagt.", "Jana Holt", None, id="a split verb"
        ),
        pytest.param("de", "Jana Holt sagte: „Wir bauen neu.“", "Jana Holt", None, id="before a colon"),
        pytest.param(
            "de",
            "Dazu sagte Jana Holt am Montag: „Wir bauen neu.“",
            "Jana Holt",
            None,
            id="inverted before a colon",
        ),
        pytest.param(
            "es", "«No hay más tiempo», declaró la alcaldesa Ana Ruiz.", "Ana Ruiz", "alcaldesa", id="Spanish"
        ),
        pytest.param(
            "es",
            "«No hay más tiempo», explicó el lunes el alcalde de San Juan, Pedro Gil.",
            "Pedro Gil",
            "alcalde de San Juan",
            id="not the town",
        ),
        pytest.param(
            "es",
            "«No hay más tiempo», según la portavoz municipal, Ana Ruiz.",
            "Ana Ruiz",
            "portavoz municipal",
            id="a source",
        ),
        pytest.param(
            "it",
            "«Non c'è più tempo», ha dichiarato il sindaco Marco Neri.",
            "Marco Neri",
            "sindaco",
            id="Italian",
        ),
        pytest.param(
            "it",
            "Marco Neri ha poi detto: «Non c'è più tempo».",
            "Marco Neri",
            None,
            id="a word within the verb",
        ),
        pytest.param(
            "pt", "“Não há mais tempo”, disse a prefeita Ana Reis.", "Ana Reis", "prefeita", id="Portuguese"
        ),
        pytest.param(
            "fr",
            "« Il n'y a plus de temps », a déclaré la maire de Kervel, Jeanne Morlet.",
            "Jeanne Morlet",
            "maire de Kervel",
            id="French",
        ),
    ],
)
def test_a_name_beside_a_verb_of_saying_is_the_speaker(
    language: str, text: str, name: str, role: str | None
) -> None:
    """Printed as it stands, with the role before it, and surely enough."""
    quotes, actors = analyse_by_table(text, language)
    (quote,) = quotes
    assert (quote.speaker_resolved, quote.role) == (name, role)
    assert text[quote.speaker_start : quote.speaker_end] == quote.speaker
    assert quote.confidence >= 0.75
    assert [actor.name for actor in actors] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("de", "„Wir bauen jetzt neu“, sagte Jana Holts Anwalt.", id="her lawyer"),
        pytest.param(
            "de", "Der Anwalt Jana Holts sagte: „Wir warten noch.“", id="her lawyer, before a colon"
        ),
        pytest.param("de", "„Wir warten jetzt noch“, sagte der Sprecher Berlins.", id="a genitive of a town"),
        pytest.param("de", "„Wir bauen jetzt neu“, sagte sie. Jana Holt schwieg.", id="a pronoun"),
        pytest.param("de", "„Wir bauen jetzt neu“, sagte Kassenwart Brandt.", id="a noun that may be a name"),
        pytest.param("it", "«Non lo faremo mai», dice la titolare dell'albergo Stella.", id="a hotel"),
        pytest.param("de", "„Wir bauen jetzt neu“, sagte Holt.", id="a bare last name that nobody bears"),
        pytest.param("de", "„Wir bauen jetzt neu“, sagte Jana Holt Peter Kern.", id="two names in a row"),
        pytest.param("de", "Neue Studie: „Wir essen alle zu viel Brot.“", id="a headline's label"),
        pytest.param("de", "Jana Holt sagte nicht: „Es ist vorbei.“ Punkt.", id="not said at all"),
        pytest.param("de", "„Das weiß ich nicht“, sagten Karin Holm und Peter Kern.", id="two say it"),
        pytest.param("es", "La hermana de Luis Mora dijo: «No tenemos nada que ocultar».", id="a sister"),
        pytest.param("es", "Luis Mora aseguró que Pablo Rey dijo: «No hay nada».", id="said of a saying"),
        pytest.param("es", "Ante Luis Mora y Pablo Rey dijo: «No tenemos nada que ocultar».", id="two names"),
        pytest.param("es", "Nuevo Informe: «Todos comemos demasiado pan».", id="a headline's label, Spanish"),
        pytest.param("de", "„Wir warten noch“. Jana Holt ging.", id="no verb of saying"),
        pytest.param("es", "«No lo haremos nunca», dijo el portavoz de Ana Ruiz.", id="her spokesman"),
        pytest.param("es", "«No lo haremos nunca», le dijo a Ana Ruiz.", id="said to her"),
        pytest.param("es", "«No lo haremos nunca», dijo Ana Ruiz y Pedro Gil asintió.", id="two people"),
        pytest.param("es", "«No lo haremos nunca», dijo la Guardia Civil.", id="no person"),
        pytest.param("es", "La Policía Local avisó: «No lo haremos nunca».", id="no person, before a colon"),
        pytest.param("es", "«No lo haremos nunca», dijo UGT.", id="an acronym"),
        pytest.param(
            "it", "«Non lo faremo mai», ha detto il portavoce di Anna Bassi.", id="Italian: her spokesman"
        ),
        pytest.param(
            "pt", "“Não vamos fazer isso”, garantiu o porta-voz de Ana Reis.", id="Portuguese: her spokesman"
        ),
        pytest.param(
            "ru", "«Мы восстановим мост», — сказала мэр Анна Петрова.", id="a language without a table"
        ),
        pytest.param("ja", "市長は「橋を来年までに必ず再建する。」と述べた。", id="Japanese"),
        pytest.param("ar", "قالت رئيسة البلدية: «سنعيد بناء الجسر القديم».", id="Arabic"),
    ],
)
def test_nobody_is_named_in_doubt(language: str, text: str) -> None:
    """The quote is there, or nothing at all; no name is."""
    quotes, actors = analyse_by_table(text, language)
    assert {quote.speaker_resolved for quote in quotes} <= {None}
    assert actors == ()


def test_a_last_name_is_told_in_full_where_one_person_bears_it() -> None:
    """Of two bearers, neither."""
    one = "„Wir bauen neu“, sagte Jana Holt. „Es wird wirklich Zeit“, sagte Holt."
    assert said(one, "de") == [("Wir bauen", "Jana Holt"), ("Es wird", "Jana Holt")]
    two = f"„Nein danke schön“, sagte Karl Holt. {one}"
    assert said(two, "de")[-1] == ("Es wird", None)


@pytest.mark.parametrize(
    ("language", "text", "pieces"),
    [
        pytest.param(
            "it",
            "«Non possiamo, ha detto Marco Neri, aspettare ancora».",
            ["Non possiamo", "aspettare ancora"],
            id="commas",
        ),
        pytest.param(
            "es",
            "«No sabemos nada —dijo Ana Ruiz—. Seguimos esperando».",
            ["No sabemos nada", "Seguimos esperando"],
            id="dashes",
        ),
    ],
)
def test_what_the_reporter_says_within_the_marks_is_nobodys_words(
    language: str, text: str, pieces: list[str]
) -> None:
    """The quote is split around it, and both pieces have its speaker."""
    quotes, _ = analyse_by_table(text, language)
    assert [quote.text for quote in quotes] == pieces
    assert len({quote.speaker_resolved for quote in quotes} - {None}) == 1


def test_scare_quotes_and_names_of_works_are_no_quotes() -> None:
    """A word or three that nobody certainly says."""
    assert said("El llamado «puente de los suspiros» sigue cerrado.", "es") == []
    assert said("Die „Brücke der Seufzer“ ist von 1931.", "de") == []


def test_what_was_not_said_is_no_quote() -> None:
    """A denial quotes nobody."""
    assert said("Jana Holt sagte nicht: „Es ist jetzt endgültig vorbei.“", "de") == []
    assert said("Ana Ruiz no dijo: «Todo está perdido para siempre».", "es") == []
