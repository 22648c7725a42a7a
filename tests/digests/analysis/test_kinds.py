"""Is a name a person's?"""

import pytest

from digests.analysis.kinds import Occurrence, decide_kinds
from digests.analysis.tokens import Parsed


def votes(text: str, **labels: str) -> dict[str, float]:
    """Return the votes for each name (``_`` for blanks), labelled by the model at its first place."""
    places = {}
    for key, label in labels.items():
        name = key.replace("_", " ")
        start = text.index(name)
        places[name] = [Occurrence(start=start, end=start + len(name), label=label)]
    return decide_kinds(Parsed(text, (), (), ()), places, frozenset())


@pytest.mark.parametrize(
    ("text", "name", "label", "person"),
    [
        pytest.param("Ada Quill left.", "Ada_Quill", "ORG", True, id="a given name beats the model"),
        pytest.param("Xqo Quill, 34, left.", "Xqo_Quill", "ORG", True, id="an age"),
        pytest.param("Xqo Quill, a farmer, left.", "Xqo_Quill", "ORG", True, id="an apposition"),
        pytest.param("Mr. Xqo Quill left.", "Xqo_Quill", "ORG", True, id="a title"),
        pytest.param("Quill Freight left.", "Quill_Freight", "ORG", False, id="the model alone"),
        pytest.param("Ada Quill Trust left.", "Ada_Quill_Trust", "PERSON", False, id="its last word"),
        pytest.param("Quay Neighbours left.", "Quay_Neighbours", "PERSON", False, id="a plural of people"),
        pytest.param("the Quill Rotunda shut.", "Quill_Rotunda", "PERSON", False, id="an article before it"),
    ],
)  # fmt: skip
def test_what_stands_around_a_name_outweighs_the_model(text, name, label, person):
    """Above 0 a person, below none."""
    assert (votes(text, **{name: label})[name.replace("_", " ")] > 0) is person


def test_a_family_name_speaks_for_its_relatives():
    """Whoever bears the last name of somebody certain is likely a person too."""
    text = "Ada Quill, 34, left with Xqo Quill of Elm."
    assert votes(text, Xqo_Quill="ORG")["Xqo Quill"] < 0
    assert votes(text, Ada_Quill="PERSON", Xqo_Quill="ORG")["Xqo Quill"] > 0
