"""The engine's scores on our own articles may not drop; lowering a floor takes an edit and a reason."""

import pytest

from digests.analysis.engine import Engine
from tests.eval.report import evaluate

pytestmark = [pytest.mark.eval, pytest.mark.timeout(120)]

# At most a point below what was measured; ceilings are at most a point above.
FLOORS = {
    "bundled": {
        "P": 97.6, "R": 99.1, "last name F1": 84.2, "full name F1": 84.2, "people F1": 96.1,
        "role F1": 86.1, "venue F1": 72.3, "day F1": 69.7,
        "reported P": 81.4, "reported R": 70.8, "reported speaker": 91.9,
    },
    "wire": {
        "P": 97.7, "R": 98.4, "last name F1": 91.8, "full name F1": 90.4, "people F1": 95.6,
        "role F1": 92.9, "venue F1": 80.0, "day F1": 67.2,
        "reported P": 91.2, "reported R": 78.7, "reported speaker": 90.5,
    },
    # Written to be hard: by four hands, and annotated again blind (of 710 quotes 6 speakers disputed).
    "hard": {
        "P": 92.4, "R": 95.2, "last name F1": 71.7, "full name F1": 68.6, "people F1": 88.8,
        "role F1": 70.9, "venue F1": 56.9, "day F1": 53.5,
    },
    # Three sets, each written and annotated before the engine read any of it; two were annotated twice.
    "fr": {
        "P": 97.8, "R": 93.3, "last name F1": 89.9, "full name F1": 87.6, "people F1": 96.5, "role F1": 80.9,
        "reported P": 91.2, "reported R": 69.7, "reported speaker": 92.1,
    },
    # Read by tables alone: not half of the speakers, and none of them wrong.
    "de": {"P": 99.0, "R": 85.2, "last name F1": 48.6, "people F1": 83.3, "role F1": 79.0},
    "es": {"P": 97.1, "R": 81.2, "last name F1": 46.3, "people F1": 82.1, "role F1": 71.7},
    "it": {"P": 94.9, "R": 82.0, "last name F1": 43.9, "people F1": 80.6, "role F1": 67.1},
    "pt": {"P": 96.4, "R": 87.4, "last name F1": 47.0, "people F1": 81.9, "role F1": 78.2},
    "editor": {"speakers kept": 80.3},
}  # fmt: skip
CEILINGS = {
    "bundled": {"wrong printed": 4.0, "calibration": 10.0},
    "wire": {"wrong printed": 1.8, "calibration": 7.0},
    "hard": {"wrong printed": 12.7, "calibration": 5.8},
    "fr": {"wrong printed": 2.0, "calibration": 10.2},
    **{language: {"wrong printed": 0.0} for language in ("de", "es", "it", "pt")},
}


@pytest.fixture(scope="module")
def scores() -> dict[str, dict[str, float]]:
    return dict(evaluate(Engine()))


@pytest.mark.parametrize(
    ("articles", "figure", "floor"),
    [
        pytest.param(articles, figure, floor, id=f"{articles}: {figure}")
        for articles, floors in FLOORS.items()
        for figure, floor in floors.items()
    ],
)
def test_no_score_drops(
    scores: dict[str, dict[str, float]], articles: str, figure: str, floor: float
) -> None:
    """Each score stays above its floor."""
    assert scores[articles][figure] >= floor


@pytest.mark.parametrize(
    ("articles", "figure", "ceiling"),
    [
        pytest.param(articles, figure, ceiling, id=f"{articles}: {figure}")
        for articles, ceilings in CEILINGS.items()
        for figure, ceiling in ceilings.items()
    ],
)
def test_no_fault_grows(
    scores: dict[str, dict[str, float]], articles: str, figure: str, ceiling: float
) -> None:
    """Wrong names among those printed, and the gap of calibration, stay below their ceilings."""
    assert scores[articles][figure] <= ceiling
