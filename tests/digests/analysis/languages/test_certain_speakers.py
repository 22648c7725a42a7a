"""Who is certainly meant without a model: surnames, offices, descriptions, and quotes that go on."""

import pytest

from digests.analysis.languages.tabled import analyse_by_table


def speakers(text: str, language: str) -> list[str | None]:
    quotes, _ = analyse_by_table(text, language)
    return [quote.speaker_resolved for quote in quotes]


HOLT, RUIZ, NERI, REIS = "Jana Holt", "Ana Ruiz", "Marco Neri", "Ana Reis"

SURNAMES = [
    ("de", "Trainerin Jana Holt geht. „Es wird Zeit“, sagte Holt der Zeitung.", HOLT),
    ("de", "„Es wird Zeit“, sagte Holt. Später traf man Ministerin Jana Holt.", HOLT),
    ("de", "Eva von der Heyde geht. „Es wird Zeit“, sagte von der Heyde.", "Eva von der Heyde"),
    ("es", "Habló Juan Núñez Ribera. «Es la hora», dijo Núñez Ribera.", "Juan Núñez Ribera"),
    ("es", "Habló Ana Ruiz Cadenas. «Es la hora», señaló Ruiz.", "Ana Ruiz Cadenas"),
    ("es", "Ayer vino Zolt Varga. «Es la hora», dijo Varga.", "Zolt Varga"),
    ("it", "Parla Sandro Lo Presti. «È ora», ha detto Lo Presti in aula.", "Sandro Lo Presti"),
    ("pt", "Falou Adriano da Costa. “Está na hora”, disse da Costa.", "Adriano da Costa"),
]


@pytest.mark.parametrize(("language", "text", "name"), SURNAMES)
def test_a_surname_means_the_one_who_bears_it(language: str, text: str, name: str) -> None:
    """Wherever the article prints the full name, also of a given name that no list knows."""
    assert speakers(text, language) == [name]


OFFICES = [
    ("de", "Umweltministerin Jana Holt kam. „Es wird Zeit“, sagte die Ministerin.", HOLT),
    ("es", "Habló la alcaldesa Ana Ruiz. «Es la hora», dijo la alcaldesa en la plaza.", RUIZ),
    ("es", "«Es la hora», dijo el portavoz de Faro Pedro Gil.", "Pedro Gil"),
    ("it", "Marco Neri, sindaco di Belmare, c'era. «È ora», ha detto il sindaco.", NERI),
    ("it", "«È ora», ha detto il ministro della Difesa Marco Neri.", NERI),
    ("it", "«È ora», ha detto l'assessora alla cultura Anna Bassi.", "Anna Bassi"),
    ("pt", "Falou a ministra Ana Reis. “Está na hora”, disse a ministra.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), OFFICES)
def test_an_office_means_the_one_who_holds_it(language: str, text: str, name: str) -> None:
    """Named by then, and nobody else is of that office."""
    assert speakers(text, language) == [name]


UNNAMED = [
    ("de", "„Wir warten hier seit Jahren“, sagte eine junge Anwohnerin am Montag.", "eine junge Anwohnerin"),
    ("de", "„Wir warten seit Jahren“, sagte ein Landwirt aus Rohmen.", "ein Landwirt aus Rohmen"),
    (
        "es",
        "«Llevamos años aquí», dijo una vecina de la calle Mayor que pasaba.",
        "una vecina de la calle Mayor",
    ),
    ("de", "„Wir warten seit Jahren“, rief eine Mutter der Leiterin zu.", "eine Mutter"),
    ("it", "«Aspettiamo da anni», ha detto un bambino alla preside.", "un bambino"),
    ("it", "«Aspettiamo da anni», dice un'attrice.", "un'attrice"),
    ("pt", "“Esperamos há anos”, queixou-se um pai.", "um pai"),
]


@pytest.mark.parametrize(("language", "text", "name"), UNNAMED)
def test_somebody_without_a_name_is_told_as_printed(language: str, text: str, name: str) -> None:
    """A description speaks, but nobody is known by it."""
    quotes, actors = analyse_by_table(text, language)
    assert [(quote.speaker_resolved, quote.speaker) for quote in quotes] == [(name, name)]
    assert actors == ()


GOES_ON = [
    ("de", "„Es wird Zeit“, sagte Jana Holt am Montag. „Wir fangen morgen an.“", [HOLT, HOLT]),
    ("de", "„Gerade jetzt“, sagte Jana Holt, „wird es Zeit.“", [HOLT, HOLT]),
    ("de", "„Es wird Zeit“, sagte Jana Holt. „Wir fangen an“, ergänzte sie.", [HOLT, HOLT]),
    ("de", "Kanzlerin Jana Holt (SPD) blieb fest. „Es wird Zeit“, sagte sie in Hagenried.", [HOLT]),
    ("de", "Jana Holt nahm es gefasst. „So ist das Geschäft“, sagte die 52-Jährige dem Boten.", [HOLT]),
    ("de", "Jana Holt sagte: „Es wird Zeit.“ „Wir fangen morgen an.“", [HOLT, HOLT]),
    ("es", "«Es la hora», dijo Ana Ruiz. «Empezamos ya», añadió.", [RUIZ, RUIZ]),
    ("es", "«Es la hora —dijo Ana Ruiz—. Empezamos ya».", [RUIZ, RUIZ]),
    ("es", "Ana Ruiz lo celebró. «Es la hora», señaló en un comunicado.", [RUIZ]),
    ("it", "«È ora», ha detto Marco Neri. «Si comincia», ha aggiunto.", [NERI, NERI]),
    ("pt", "“Está na hora”, disse Ana Reis. “Vamos começar”, acrescentou ela.", [REIS, REIS]),
]


@pytest.mark.parametrize(("language", "text", "names"), GOES_ON)
def test_who_speaks_goes_on(language: str, text: str, names: list[str]) -> None:
    """Split sentences, the next quote, a verb without a subject, a pronoun that fits."""
    assert speakers(text, language) == names


WITHIN = [
    ("de", "Jana Holt nannte den Plan „völlig unbrauchbar“.", HOLT),
    ("de", "Nach Angaben von Jana Holt sind „mehr als hundert Höfe“ dabei.", HOLT),
    ("es", "Según Ana Ruiz, la obra es «un disparate de principio a fin».", RUIZ),
    ("es", "La consejera de Salud, Ana Ruiz, ha dicho que es «una auténtica vergüenza».", RUIZ),
    ("it", "Marco Neri ha definito la scelta «una follia».", NERI),
    ("it", "Immediata la replica di Marco Neri: «Noi restiamo qui».", NERI),
    ("pt", "De acordo com o coronel Rui da Costa, “o pior já passou”.", "Rui da Costa"),
    ("es", "Ana Ruiz dijo que vendrá y añadió: «Empezamos mañana».", RUIZ),
]


@pytest.mark.parametrize(("language", "text", "name"), WITHIN)
def test_words_within_a_sentence_are_its_sources(language: str, text: str, name: str) -> None:
    """The sentence begins with its source or its subject, and nobody else is in it."""
    assert speakers(text, language) == [name]


NOBODY = [
    ("de", "„Wir warten seit Jahren“, sagt eine Frau mit Hund und Regenschirm."),
    ("de", "Jana Holt und Karl Holt stritten. „Es wird Zeit“, sagte Holt."),
    ("de", "Jana Holt kam. „Das wird wohl nichts“, sagte der Anwalt von Holt."),
    ("de", "Jana Holt traf Karl Braun. „Das wird sehr teuer“, sagte er."),
    ("de", "Jana Holt verlor die Wahl. „Das wird sehr teuer“, sagte er."),
    ("de", "Die Polizei nahm Karl Braun fest. „Er leistete Widerstand“, teilte sie mit."),
    ("de", "Ministerin Jana Holt kam, auch eine Ministerin aus Ruhla. „Gern“, sagte die Ministerin."),
    ("de", "Jana Holt kam. „Das wird wohl sehr teuer“, zitierte Holts Anwalt den Bürgermeister."),
    ("es", "El Ayuntamiento multó a Ana Ruiz. «La ley es clara», señaló en un comunicado."),
    ("es", "Ana Ruiz habló ayer. «La ley es clara», dijo en la plaza el alcalde."),
    ("es", "Ana Ruiz habló ayer. «La ley es clara», le dijo a Ruiz el alcalde. «Y se cumple», añadió."),
    ("es", "La portavoz de Faro, Ana Ruiz, habló. «La ley es clara», dijo la portavoz de Sol."),
    ("es", "Habló la portavoz de Faro, Ana Ruiz, y la portavoz de Sol. «Sí, claro», dijo la portavoz."),
    ("es", "El ministro Pedro Gil y el ministro Luis Cano hablaron. «La ley es clara», dijo el ministro."),
    ("es", "Según la familia de Ana Ruiz, «nunca había pasado algo así»."),
    ("es", "Pedro Gil dijo que Ana Ruiz pidió «un milagro para el pueblo»."),
    ("es", "Ana Ruiz dijo que, según los vecinos, fue «un milagro para el pueblo»."),
    ("es", "«Seguimos aquí», dijo Varga. El piloto del Equipo Varga ganó."),
    ("es", "«Es la hora», dijo la portavoz de la alcaldesa Ana Ruiz."),
    ("es", "Pedro Gil murió ayer. «Era un gran amigo», señaló en un comunicado su partido."),
    ("es", "Habló el presidente Pedro Gil, luego el presidente francés. «Es así», dijo el presidente."),
    ("de", "Ministerin Jana Holt sprach, dann die hessische Ministerin. „So ist es“, sagte die Ministerin."),
    ("de", "Jana Holt nahm es gefasst. „So ist das Geschäft“, sagte der 52-Jährige dem Boten."),
    ("de", "Jana Holt traf Eva Braun. „Das wird sehr teuer“, sagte sie."),
    ("es", "Ana Ruiz habló ayer. «La ley es clara», dijo ante cámaras Luisa."),
    ("es", "Pedro Gil dijo que Ana Ruiz quería «un milagro para el pueblo»."),
    ("es", "«Es la hora de actuar ya», según Varga Motors."),
    ("es", "Según Varga Motors, la obra es «un disparate de principio a fin»."),
    ("es", "Habló Ana Ruiz, madre de Luis. «Es la hora de irse», dijo la madre."),
    ("de", "Karl Braun zitierte Jana Holt mit den Worten: „Es wird eng für alle.“"),
    ("de", "Karl Braun wurde von Jana Holt kritisiert: „Er ist zu langsam für uns.“"),
    ("es", "El hijo de Pedro Gil dijo: «Me voy para siempre»."),
    ("it", "Marco Neri è accusato da Anna Bassi, che ha detto: «Mi ha rubato tutto»."),
    ("es", "«Es la hora», dijo de Ana Ruiz el alcalde."),
    ("it", "«È ora», ha detto il sindaco di Reggio Emilia Luca Vecchi."),
    ("it", "«Non accetto lezioni», ha detto la moglie di Marco Neri. «Basta così», ha aggiunto."),
    ("pt", "Ana Reis falou. “Isso é mentira”, disse a Reis o vereador. “Sabe bem”, acrescentou."),
    ("pt", "“Isso é mentira e ele sabe”, disse o advogado de Ana Reis. “Sabe bem”."),
]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_nobody_is_named_who_may_not_be_meant(language: str, text: str) -> None:
    """Two of one name, an object, a place, another's lawyer, a pronoun that could be anybody's."""
    assert set(speakers(text, language)) <= {None}


ONCE = [
    ("de", "„Wer zahlt das?“, fragte Jana Holt. „Niemand von uns.“", [HOLT, None]),
    ("de", "„Gern“, sagte Jana Holt zu Karl Braun. „Ich freue mich sehr.“", [HOLT, None]),
    ("de", "Jana Holt sagte: „Es wird Zeit.“ Der Rat lachte. „So ein Unsinn aber auch.“", [HOLT, None]),
    ("de", "„Es wird Zeit“, sagte Jana Holt. Der Saal war voll. „So ein Unsinn aber auch.“", [HOLT, None]),
    ("de", "„Es wird Zeit“, sagte Jana Holt. „Wir kommen alle gern“, ergänzte er.", [HOLT, None]),
    ("es", "«Es la hora», dijo Ana Ruiz. «Aquí nos quedamos todos», dijeron.", [RUIZ, None]),
    ("pt", "“Está na hora”, disse Ana Reis ao filho. “Já vou então”, respondeu.", [REIS, None]),
    ("es", "«Es la hora», dijo Ana Ruiz.\n«Aquí nos quedamos todos».", [RUIZ, None]),
]


@pytest.mark.parametrize(("language", "text", "names"), ONCE)
def test_the_next_quote_may_be_somebody_elses(language: str, text: str, names: list[str | None]) -> None:
    """An answer, somebody spoken to, a sentence between, another's pronoun, a plural, a new paragraph."""
    assert speakers(text, language) == names
