"""Words quoted within a sentence, behind a colon or a dash: who says them where that is certain."""

import pytest

from digests.analysis.languages.tabled import analyse_by_table

HOLT, RUIZ, NERI, REIS = "Jana Holt", "Ana Ruiz", "Marco Neri", "Ana Reis"


def said(text: str, language: str) -> list[tuple[str, str | None]]:
    quotes, _ = analyse_by_table(text, language)
    return [(quote.text, quote.speaker_resolved) for quote in quotes]


def speakers(text: str, language: str) -> list[str | None]:
    return [who for _, who in said(text, language)]


COLONS = [
    ("de", "Trainerin Jana Holt sieht das anders: „Wir müssen dranbleiben.“", HOLT),
    ("de", "Jana Holt kam spät. Darauf angesprochen, sagte sie am Montag: „Es war der Zug.“", HOLT),
    ("de", "Jana Holt kam spät. Holt: „Es war der Zug.“", HOLT),
    ("es", "Ana Ruiz dejó el pleno con un recado: «Gobernar es decir que no».", RUIZ),
    ("es", "Ana Ruiz sonrió. Y añadió: «Gobernar es decir que no».", RUIZ),
    ("es", "Ayer habló Ana Ruiz. Preguntada por el dinero, Ruiz se limitó a decir: «No hay».", RUIZ),
    ("it", "Amareggiato il collega Marco Neri: «Così non si può perdere».", NERI),
    ("pt", "Ana Reis riu: “Vou tomar como elogio”.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), COLONS)
def test_who_begins_the_sentence_speaks_behind_its_colon(language: str, text: str, name: str) -> None:
    """With any verb, by a pronoun or without a subject, or the name right before the colon."""
    assert speakers(text, language) == [name]


OTHERS_WORDS = [
    ("de", "Jana Holt las auf dem Schild: „Wir bleiben hier für immer.“"),
    ("de", "Jana Holt bekam eine Antwort: „Dann sollen die mal kommen.“"),
    ("de", "Jana Holt wurde scharf kritisiert: „Sie ist zu langsam für uns.“"),
    ("es", "Ana Ruiz leyó una carta de un vecino: «Gracias por salvarme la vida»."),
    ("es", "Ana Ruiz escuchó a Pedro Gil: «Gracias por salvarme la vida»."),
    ("it", "Anna Bassi ha citato un verso di Pascoli: «C'è qualcosa di nuovo oggi»."),
    ("pt", "Ana Reis saiu. A Defesa Civil informou: “O nível do rio está baixando”."),
    ("de", "Jana Holt kam spät. Darauf angesprochen, sagte er am Montag: „Es war der Zug.“"),
]


@pytest.mark.parametrize(("language", "text"), OTHERS_WORDS)
def test_a_colon_may_bring_somebody_elses_words(language: str, text: str) -> None:
    """A sign, a letter, an answer, a verse, an office of the state, a pronoun that does not fit."""
    assert set(speakers(text, language)) == {None}


PARTS = [
    ("de", "Jana Holt kam. Sie sprach von einem „Akt der Befreiung“.", HOLT),
    ("de", "„Es wird Zeit“, sagte Jana Holt. Die Stadt habe „schlicht kein Geld“ mehr.", HOLT),
    ("de", "Der Rat sei „vor vollendete Tatsachen gestellt“ worden, so Jana Holt weiter.", HOLT),
    ("de", "Jana Holt hatte im Mai erklärt, das Watt sei „in gutem Zustand“.", HOLT),
    ("es", "Ana Ruiz calló. A su juicio, se trata de «un sablazo a las familias».", RUIZ),
    ("es", "La obra es «un desastre sin fin». Así lo aseguró la edil Ana Ruiz.", RUIZ),
    ("it", "Marco Neri ha firmato l'ordinanza e ha parlato di «una scelta di civiltà».", NERI),
    ("it", "Ma in paese, spiega Marco Neri, «il suo ufficio non c'è più».", NERI),
    ("pt", "A ministra Ana Reis saiu. Sobre o caso, a ministra disse que “não é a hora disso”.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), PARTS)
def test_a_sentence_tells_whose_words_it_quotes(language: str, text: str, name: str) -> None:
    """By its subject, a pronoun, the mood of its verb, its end, or the sentence behind it."""
    quoted = sum(text.count(mark) for mark in {"de": "„", "pt": "“"}.get(language, "«"))
    assert speakers(text, language) == [name] * quoted


def test_the_mood_of_a_verb_is_not_the_last_speakers_where_it_was_heard_elsewhere() -> None:
    """ "Aus dem Amt hieß es" is somebody else, though nobody says who."""
    spoken = "„Wir haben hier schwimmen gelernt“, sagte Jana Holt. "
    told = "ein Antrag werde „wohlwollend und bald geprüft“."
    assert speakers(f"{spoken}Das Amt sei offen, {told}", "de") == [HOLT, HOLT]
    assert speakers(f"{spoken}Aus dem Amt hieß es am Montag, {told}", "de") in ([HOLT], [HOLT, None])


def test_the_mood_of_a_verb_tells_nothing_where_nobody_spoke_before() -> None:
    """Somebody else may report it, and so may a source in the sentence."""
    plain = "Jana Holt kam. Die Stadt habe „schlicht kein einziges bisschen Geld“ mehr."
    source = "„Es wird Zeit“, sagte Jana Holt. Laut Kritikern habe die Stadt „gar kein Geld mehr dafür“."
    assert speakers(plain, "de") == [None]
    assert speakers(source, "de")[-1] is None


def test_the_name_of_a_work_is_not_what_somebody_said() -> None:
    """Though an attribution stands right behind it."""
    assert said("Tudo começa no filme “Maré de Dentro”, conta Ana Reis.", "pt") == []


@pytest.mark.parametrize(
    ("language", "text", "turns"),
    [
        (
            "es",
            "—¿Por qué ha tardado? —preguntó Pedro Gil, que vino.\n—Porque no tenía prisa.",
            [("¿Por qué ha tardado?", "Pedro Gil"), ("Porque no tenía prisa.", None)],
        ),
        (
            "pt",
            "— Nunca vi isso — diz Ana Reis, sentada. — Parecia dia.",
            [("Nunca vi isso", REIS), ("Parecia dia.", REIS)],
        ),
        ("es", "Faltan:\n—pan del día\n—leche fresca para todos", []),
        ("de", "— Es wird Zeit — sagte Jana Holt.", []),
    ],
    ids=["a dialogue", "an incise", "a list", "not in German"],
)
def test_a_dash_begins_what_somebody_says(
    language: str, text: str, turns: list[tuple[str, str | None]]
) -> None:
    """Where a verb of saying stands behind another dash of the run; who answers is not told."""
    assert said(text, language) == turns


NAMES = [
    ("de", "„Es wird Zeit“, sagte der 34 Jahre alte Karl Braun vor Gericht.", "Karl Braun"),
    ("de", "„Es wird Zeit“, mahnt Jana Holt vom Verein Wattwacht.", HOLT),
    ("de", "„Es wird Zeit“, sagte Jana Holt von der Universität Rohmen.", HOLT),
    ("de", "„Es wird Zeit“, sagt die Leiterin der Studie, Beate Harms.", "Beate Harms"),
    ("de", "„Es wird Zeit“, sagt der Tüftler Karl Braun.", "Karl Braun"),
    ("de", "„Es wird Zeit“, sagt Anna Fischer.", "Anna Fischer"),
    ("es", "«Es la hora», acertó a decir Ana Ruiz.", RUIZ),
    ("es", "«Es la hora», dijo la alfarera Rosa Gil.", "Rosa Gil"),
    ("it", "«È ora», si è sfogata Anna Bassi.", "Anna Bassi"),
    ("it", "«È ora», ha fatto sapere il sindaco, Marco Neri.", NERI),
    ("pt", "“Está na hora”, repetia Ana Reis.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), NAMES)
def test_a_name_is_read_whole_and_no_further(language: str, text: str, name: str) -> None:
    """With an age, where somebody is from, any trade, a surname that is one, a verb that leads to another."""
    assert speakers(text, language) == [name]
