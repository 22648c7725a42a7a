"""What says that a French article is an interview, beside its turns."""

import pytest

from digests.analysis.languages.french.interviews import find_interview

TEXT = """Jeanne Morlet est maire de Kervel.
Partez-vous ?
Je pars.
À qui la faute ?
À personne.
Et après ?
Le port fermera.
Que faudrait-il faire ?
Creuser.
Et vous, restez-vous ?
Je dors."""


@pytest.mark.parametrize(
    ("byline", "answered"),
    [
        pytest.param("Propos recueillis par Ida Roe", True, id="collected"),
        pytest.param("Ida Roe", False, id="written"),
    ],
)
def test_a_byline_may_say_that_answers_were_collected(byline: str, answered: bool) -> None:
    """Then the lead need not, nor each question show whom it is put to."""
    found = find_interview(TEXT, byline).answers
    assert bool(found) is answered
    assert {TEXT[slice(*one.named)] for one in found} <= {"Jeanne Morlet"}
