"""What a digest prints of French articles in which hardly anybody is quoted, to the letter."""

import pytest

from digests.analysis.languages.french.room import FrenchRoom
from digests.bullets import make_bullets
from digests.catalogue import catalogue
from digests.model import Analysis
from digests.render.document import make_line, plain
from tests.digests.analysis.languages.labelled import FOLDER, load
from tests.make import make_article

pytestmark = pytest.mark.model

WATER = """
• Maëlle Sourdeval, présidente de la métropole de Brévignac, a annoncé mardi que l'arrosage des jardins serait
  interdit du 1er mai au 30 septembre.
• Régis Tamburello, chef de file des élus centristes, a promis de voter contre la délibération si les gros
  consommateurs restent exemptés.
• Gaspard Oulmont, directeur de la régie des eaux, a indiqué vouloir remplacer quarante kilomètres de
  canalisations d'ici à 2028.
• Ondine Lespinasse, hydrologue à l'université de Roncheval : la nappe pourrait mettre dix ans à se
  reconstituer.
"""
HOSPITAL = """
• Gilbert Rouanet, retraité : « On nous méprise »
• Hector Vialatoux, maire d'Ambrelac, a rappelé que l'État avait promis en 2023 de maintenir le service
  pendant cinq ans.
• Delphine Morizot : La maternité d'Ambrelac fermera le 30 juin, a annoncé lundi la directrice de l'Agence
  régionale de santé, Delphine Morizot, lors d'une conférence de presse.
• L'Agence régionale de santé estime que moins de 300 naissances par an ne permettent plus de garantir la
  sécurité.
"""
TRIAL = """
• Ludmila Corvec, sœur de l'accusé, a avoué avoir fourni un faux alibi à son frère.
• Gaël Corvec, accusé, a répété qu'il n'avait pas quitté son domicile.
• Mathilde Sérignan, avocate générale : l'accusé aurait tué le bijoutier pour une dette de 12 000 euros.
"""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("fr_v1", WATER, id="no quote at all"),
        pytest.param("fr_v2", HOSPITAL, id="one quote, and an institution"),
        pytest.param("fr_v4", TRIAL, id="a trial"),
    ],
)
def test_a_digest_tells_what_was_said_without_marks(french: FrenchRoom, name: str, lines: str) -> None:
    """Each line stands alone, in the article's own words; five are told of each."""
    one = load(FOLDER / f"{name}.txt")
    title, _, text = one.text.partition("\n")
    quotes, statements, actors = french.analyse(text, "", one.published)
    analysis = Analysis(engine="test", language="fr", quotes=quotes, statements=statements, actors=actors)
    bullets = make_bullets(make_article(title=title, text=text), analysis)
    told = [plain(make_line(bullet, "https://a.example/", "fr", catalogue("fr"))) for bullet in bullets]
    spaced = [" ".join(line.split()) for line in told]
    expected = [" ".join(line.split()) for line in lines.split("•")[1:]]
    assert (spaced[: len(expected)], len(spaced)) == (expected, 5)
