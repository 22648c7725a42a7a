"""Whom the sentences before a quote tell about, and whom "er", "la regidora" or no subject then mean."""

import pytest

from digests.analysis.languages.tabled import analyse_by_table

HOLT, RUIZ, NERI, REIS = "Jana Holt", "Ana Ruiz", "Marco Neri", "Ana Reis"


def speakers(text: str, language: str) -> list[str | None]:
    quotes, _ = analyse_by_table(text, language)
    return [quote.speaker_resolved for quote in quotes]


SUBJECTS = [
    ("de", "Jana Holt kam spät. Es regnete in Hagenried. „Es wird Zeit“, sagte sie.", HOLT),
    ("de", "Am Montag verteidigte Jana Holt den Plan. „Es wird Zeit“, sagte sie.", HOLT),
    ("de", "Für Jana Holt war es ein guter Tag. „Es wird Zeit“, sagte sie.", HOLT),
    ("de", "Bürgermeisterin Rita Wolters (SPD) war froh. „Es wird Zeit“, sagte sie.", "Rita Wolters"),
    ("es", "Ana Ruiz, de 40 años, vive en Faro. «Es la hora de irse», cuenta.", RUIZ),
    ("es", "Más dura se mostró Ana Ruiz, que votó en contra. «Es la hora de irse», avisó.", RUIZ),
    ("es", "Uno de ellos, Pedro Gil, salió enfadado. «Es la hora de irse», dijo.", "Pedro Gil"),
    ("es", "El vigilante se llama Pedro Gil y lleva años allí. «Es la hora de irse», dice.", "Pedro Gil"),
    ("es", "Ana Ruiz recibió a todos. Uno de ellos, Luis Gil, salió. «Es la hora ya», dijo.", "Luis Gil"),
    ("es", "Ana Ruiz camina. «El suelo está vivo», dice, y enseña un puñado de tierra.", RUIZ),
    ("it", "Per Neri è tardi. Parla Marco Neri. «È ora di andare», ha detto Neri.", NERI),
    ("it", "Marco Neri non ha dubbi: «Ci vogliono cacciare».", NERI),
    ("it", "Il sindaco Marco Neri firma. «È ora di andare», dice. Luca Neri è suo padre.", NERI),
    ("de", "Jana Holt schreibt in „Marine Letters“.\n„Es wird jetzt Zeit“, sagt sie.", HOLT),
    ("it", "Di tutt'altro avviso Marco Neri, libraio. «È ora di andare», osserva.", NERI),
    ("pt", "A ministra Ana Reis saiu cedo.\n“Está na hora”, disse.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), SUBJECTS)
def test_the_subject_of_the_sentences_before_speaks(language: str, text: str, name: str) -> None:
    """Behind a verb without a subject, or a pronoun that fits; also across sentences about nobody."""
    assert speakers(text, language) == [name]


NOBODY = [
    ("es", "El PP criticó ayer a Ana Ruiz. «Es un abandono en toda regla», señaló."),
    ("es", "Ana Ruiz habló. Zuriñe Txapartegi discrepa. «Es un abandono en toda regla», apunta."),
    ("it", "L'azienda ha scritto a Marco Neri. «Rispettiamo tutte le norme», sostiene."),
    ("it", "Marco Neri ha detto no ad Anna Bassi.\n«Vieni a cena da noi», ha risposto."),
    ("pt", "Ana Reis falou. Pedro Gil e Rui Costa ouviram. “Está na hora de ir”, disse."),
    ("de", "Jana Holt und Eva Braun standen im Hof. „Das wird ein langer Winter“, sagte sie."),
    ("de", "Die Partei schloss Jana Holt aus. „Das war nicht mehr tragbar“, teilte sie mit."),
    ("de", "Jana Holt lobte die Trainerin. „Das wird ein langer Winter“, sagte sie."),
    ("de", "Jana Holt kam.\nEva Braun auch.\n„Das wird ein langer Winter“, sagte sie."),
    ("es", "Ayer el club multó a Ana Ruiz. «Es un abandono en toda regla», señaló."),
    ("es", "Ana Ruiz salió. El portal añadió: «Es un abandono en toda regla»."),
    ("es", "«No nos moverán de aquí nunca», gritan Ana Ruiz y sus vecinos."),
    ("it", "«Noi da qui non ci muoviamo», gridano Marco Neri e i suoi compagni."),
]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_nobody_speaks_where_another_may_be_the_subject(language: str, text: str) -> None:
    """A party, a stranger, a group, two women, one spoken of, a new paragraph, a plural."""
    assert set(speakers(text, language)) == {None}


def test_what_somebody_is_goes_with_each_quote() -> None:
    """Told once, though the second quote has neither the office nor the name beside it."""
    quotes, _ = analyse_by_table("«Es la hora», dijo la edil Ana Ruiz. «Empezamos ya», añadió.", "es")
    assert [quote.role for quote in quotes] == ["edil", "edil"]


NOUNS = [
    ("de", "Trainerin Jana Holt kam. „Es wird Zeit“, sagte die Übungsleiterin.", HOLT),
    ("de", "Matchwinnerin Jana Holt strahlte. „Es wird Zeit“, sagte die Stürmerin.", HOLT),
    ("es", "La alcaldesa, Ana Ruiz, calló. «Es la hora», dijo después la regidora.", RUIZ),
    ("es", "Luis Gil, alcalde de Faro, calló. «Es la hora», dijo el alcalde de Faro.", "Luis Gil"),
    ("it", "Il sindaco Marco Neri tace. «È ora», dice il primo cittadino.", NERI),
    ("pt", "A bióloga Ana Reis saiu. “Está na hora”, disse a pesquisadora.", REIS),
]


@pytest.mark.parametrize(("language", "text", "name"), NOUNS)
def test_another_noun_may_mean_the_same_person(language: str, text: str, name: str) -> None:
    """What else a mayor or a biologist is called, and what says again who was spoken of."""
    assert speakers(text, language) == [name]


OTHER_NOUNS = [
    ("de", "Jana Holt und Eva Braun siegten. „Es wird Zeit“, sagte die Stürmerin."),
    ("de", "Karl Braun strahlte. „Es wird jetzt Zeit“, sagte die Stürmerin."),
    ("es", "Luis Gil, alcalde de Faro, calló. «Es la hora ya», dijo el alcalde de Villar."),
    ("es", "La alcaldesa Ana Ruiz calló. La regidora de Villar no. «Es la hora ya», dijo la regidora."),
    ("it", "Marco Neri tace. «È ora di andare», dice il sindaco."),
    ("pt", "A bióloga Ana Reis e a química Eva Sá saíram. “Está na hora já”, disse a pesquisadora."),
]


@pytest.mark.parametrize(("language", "text"), OTHER_NOUNS)
def test_a_noun_means_nobody_where_two_may_be_meant(language: str, text: str) -> None:
    """Two players, a man, another town's mayor, a role that nobody is said to have."""
    assert set(speakers(text, language)) == {None}


UNSAID = [
    ("pt", "Ana Reis não quis comentar o jogo: “Não ganho nada com isso”."),
    ("es", "Habló Ana Ruiz. Según la edil, Gil miente y «no hay nada que hacer»."),
]


@pytest.mark.parametrize(("language", "text"), UNSAID, ids=["who says nothing", "the next subject"])
def test_a_quote_is_kept_though_nobody_is_named(language: str, text: str) -> None:
    """To say nothing of a game denies no quote; whom a source is followed by is not the source."""
    assert speakers(text, language) == [None]
