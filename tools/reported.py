"""Train what is reported speech, and where it ends: every candidate of every cue, against labelled contents.

A candidate that overlaps a labelled content by four fifths is right, the more the better, so that the model
prefers the end that the label has. Verbs learn first how often each has a content at all.
"""

import math
from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np

from digests.analysis.attributions import find_tellings
from digests.analysis.reported import contents_of
from digests.analysis.statements import NEEDED, content_bounds
from digests.analysis.weighing import key_of, weigh, weigh_cue
from tools.labelled import Labelled
from tools.spans import OVERLAP, best_overlap

REPORTED = {
    "objective": "cross_entropy", "num_leaves": 16, "max_depth": 7, "learning_rate": 0.08,
    "min_data_in_leaf": 30, "lambda_l2": 4.0, "feature_fraction": 0.5, "bagging_fraction": 0.8,
    "bagging_freq": 1,
}  # fmt: skip
ROUNDS = 150
_WORTH = 0.4
"""What an overlap of four fifths is worth; a whole one is worth one."""

_SEEN = 5
_DOUBT = 4


class Candidates:
    """Every candidate of labelled articles: the overlap with its best label, its cue, form, key, article."""

    def __init__(self, articles: Sequence[Labelled]) -> None:
        self.articles = articles
        self.rows = [
            (number, telling, content, best_overlap(article.scene.parsed.text, article.contents, bounds))
            for number, article in enumerate(articles)
            for telling in find_tellings(article.scene)
            for content in contents_of(article.scene, telling)
            for bounds in (content_bounds(article.scene, content),)
        ]
        self.overlaps = np.array([row[3] for row in self.rows])
        self.numbers = np.array([row[0] for row in self.rows])
        self.needed = np.array([NEEDED[row[2].form] for row in self.rows])

    def labels(self) -> Any:
        """Return the worth of each candidate, nought to one."""
        share = (self.overlaps - OVERLAP) / (1 - OVERLAP)
        return np.where(self.overlaps >= OVERLAP, _WORTH + (1 - _WORTH) * share, 0.0)

    def count_verbs(self) -> dict[str, float]:
        """Return the log-odds that a verb, used so, has a content."""
        best: dict[tuple[int, str], float] = {}
        for number, telling, content, overlap in self.rows:
            key = key_of(self.articles[number].scene, telling, content)
            place = number * 10**7 + telling.cue.i, key
            best[place] = max(best.get(place, 0.0), overlap)
        right: dict[str, list[bool]] = {}
        for (_, key), overlap in best.items():
            right.setdefault(key, []).append(overlap >= OVERLAP)
        share = sum(map(sum, right.values())) / max(sum(map(len, right.values())), 1)
        table = {}
        for key, answers in sorted(right.items()):
            if len(answers) >= _SEEN:
                p = (sum(answers) + _DOUBT * share) / (len(answers) + _DOUBT)
                table[key] = round(math.log(p / (1 - p)), 2)
        return table

    def features(self, verbs: dict[str, float]) -> Any:
        """Return what the model looks at, a row for each candidate."""
        return np.array(
            [
                [*weigh_cue(scene, telling), *weigh(scene, telling, content, verbs)]
                for number, telling, content, _ in self.rows
                for scene in (self.articles[number].scene,)
            ]
        )


def fit_reported(features: Any, labels: Any, common: dict[str, Any]) -> lightgbm.Booster:
    """Return the model of what is reported speech."""
    return lightgbm.train(common | REPORTED, lightgbm.Dataset(features, label=labels), num_boost_round=ROUNDS)


def precision_left_out(rows: Candidates, features: Any, common: dict[str, Any], folds: int = 4) -> float:
    """Return how many believed candidates are right on articles that were left out of training."""
    believed, right = 0, 0
    for fold in range(folds):
        out = rows.numbers % folds == fold
        model = fit_reported(features[~out], rows.labels()[~out], common)
        sure = model.predict(features[out]) >= rows.needed[out]
        believed += int(sure.sum())
        right += int((rows.overlaps[out][sure] >= OVERLAP).sum())
    return right / max(believed, 1)
