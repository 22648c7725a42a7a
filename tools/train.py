"""Train the weights of ``digests/analysis/weights`` again: ``make train TRAIN=labelled.jsonl``.

Seeded and deterministic: the same data give the same weights, to the last digit. Three models: who speaks (a
list-wise softmax over each quote's candidates), whether marks hold speech at all, and what is reported
without marks (``reported``).
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from digests.analysis.attribution import Ranker, attribute, follow
from digests.analysis.candidates import Mentions, find_candidates
from digests.analysis.features import NAMES, describe_all
from digests.analysis.speech import describe_speech
from digests.analysis.trees import load_weights
from digests.analysis.view import Before, QuoteView, Words
from tools import reported
from tools.labelled import Labelled, gold_candidate, has_speaker, read_labelled, with_shorter_paragraphs

WEIGHTS = Path(__file__).parents[1] / "digests" / "analysis" / "weights"
_SEED = 20260310
_COMMON = {
    "seed": _SEED, "deterministic": True, "force_row_wise": True, "num_threads": 2, "verbosity": -1,
}  # fmt: skip
SPEAKER = _COMMON | {
    "num_leaves": 16, "max_depth": 7, "learning_rate": 0.08, "min_data_in_leaf": 30, "lambda_l2": 4.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1,
}  # fmt: skip
SPEECH = _COMMON | {
    "objective": "binary", "num_leaves": 8, "max_depth": 4, "learning_rate": 0.06, "min_data_in_leaf": 30,
    "lambda_l2": 8.0, "feature_fraction": 0.5,
}  # fmt: skip
SPEAKER_ROUNDS = 150
SPEECH_ROUNDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Candidates of many quotes: features, which one is gold, how many each quote has, whose article."""

    features: np.ndarray[Any, Any]
    gold: np.ndarray[Any, Any]
    sizes: np.ndarray[Any, Any]
    articles: np.ndarray[Any, Any]


def count_verbs(articles: Sequence[Labelled]) -> dict[str, float]:
    """Return the log-odds that a verb's subject, in a sentence with a quote, is its speaker."""
    spoke: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for article in articles:
        scene = article.scene
        gold = [(q["speaker_start"], q["speaker_end"]) for q in article.gold.values() if q.get("speaker")]
        for token in scene.parsed.tokens:
            if (
                token.quote >= 0
                or token.dep not in ("nsubj", "nsubjpass")
                or token.sentence not in scene.quoted
            ):
                continue
            verb = scene.parsed.head(token)
            if verb.quote < 0 and verb.tag.startswith("VB"):
                said = any(a <= token.start < b for a, b in gold)
                (spoke if said else others)[verb.lower] += 1
    share = sum(spoke.values()) / max(1, sum(spoke.values()) + sum(others.values()))
    table = {}
    for verb in sorted(set(spoke) | set(others)):
        seen = spoke[verb] + others[verb]
        if seen >= 4:
            p = (spoke[verb] + share) / (seen + 2)
            table[verb] = round(math.log(p / (1 - p)), 2)
    return table


def speaker_rows(articles: Sequence[Labelled], verbs: dict[str, float]) -> Rows:
    """Return every candidate of every quote whose gold speaker is one; who spoke before is told from gold."""
    features: list[list[float]] = []
    gold: list[float] = []
    sizes, numbers = [], []
    for number, article in enumerate(articles):
        for rows, right in _quotes_of(article, verbs):
            features += rows
            gold += [float(k == right) for k in range(len(rows))]
            sizes.append(len(rows))
            numbers.append(number)
    return Rows(
        features=np.array(features), gold=np.array(gold), sizes=np.array(sizes), articles=np.array(numbers)
    )


def _quotes_of(article: Labelled, verbs: dict[str, float]) -> Iterator[tuple[list[list[float]], int]]:
    before, words, mentions = Before(), Words(article.scene.parsed, verbs), Mentions(article.scene)
    for index in range(len(article.scene.quotes)):
        if not article.scene.has_words(index):
            continue
        candidates = find_candidates(article.scene, index, mentions)
        right = gold_candidate(article.scene.parsed, candidates, article.gold.get(index))
        if right is None:
            continue
        view = QuoteView(article.scene, index, before, words)
        yield describe_all(view, candidates), right
        before = follow(before, index, candidates[right])


def reach(articles: Sequence[Labelled]) -> float:
    """Return the share of labelled speakers that are among their quote's candidates."""
    found = [
        gold_candidate(article.scene.parsed, find_candidates(article.scene, index, mentions), gold)
        is not None
        for article in articles
        for mentions in (Mentions(article.scene),)
        for index, gold in article.gold.items()
        if has_speaker(gold) and article.scene.has_words(index)
    ]
    return sum(found) / max(len(found), 1)


def fit_speaker(rows: Rows, rounds: int = SPEAKER_ROUNDS) -> lightgbm.Booster:
    """Return the ranker: trees whose sum, over a quote's candidates, is the log of a share (softmax)."""
    groups = np.repeat(np.arange(len(rows.sizes)), rows.sizes)

    def objective(scores: Any, _: Any) -> tuple[Any, Any]:
        shares = _shares(scores, groups, len(rows.sizes))
        return shares - rows.gold, np.maximum(shares * (1 - shares), 1e-3)

    data = lightgbm.Dataset(rows.features, label=rows.gold)
    return lightgbm.train(SPEAKER | {"objective": objective}, data, num_boost_round=rounds)


def _shares(scores: Any, groups: Any, count: int) -> Any:
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, groups, scores)
    odds = np.exp(scores - highest[groups])
    return odds / np.bincount(groups, odds, count)[groups]


def accuracy(scores: Any, rows: Rows) -> float:
    """Return the share of quotes whose gold candidate has the highest score."""
    ends = np.cumsum(rows.sizes)
    right = [rows.gold[a + int(np.argmax(scores[a:b]))] for a, b in zip(ends - rows.sizes, ends, strict=True)]
    return float(np.mean(right))


def cross_validated(rows: Rows, folds: int = 4) -> float:
    """Return the accuracy on articles that were left out of training, each fold in turn."""
    scores = np.zeros(len(rows.gold))
    for fold in range(folds):
        out = rows.articles % folds == fold
        lines = np.repeat(out, rows.sizes)
        inside = Rows(
            features=rows.features[~lines],
            gold=rows.gold[~lines],
            sizes=rows.sizes[~out],
            articles=rows.articles[~out],
        )
        scores[lines] = fit_speaker(inside).predict(rows.features[lines])
    return accuracy(scores, rows)


def speech_rows(articles: Sequence[Labelled], ranker: Ranker) -> tuple[Any, Any]:
    """Return features and labels of every span between marks: 1 where the labels have it as speech."""
    features, labels = [], []
    for article in articles:
        words = ranker.words(article.scene)
        for index, found in enumerate(attribute(article.scene, ranker)):
            if article.scene.has_words(index):
                features.append(describe_speech(article.scene, index, found, words))
                labels.append(float(index in article.gold))
    return np.array(features), np.array(labels)


def fit_speech(features: Any, labels: Any) -> lightgbm.Booster:
    """Return the model of what is speech."""
    return lightgbm.train(SPEECH, lightgbm.Dataset(features, label=labels), num_boost_round=SPEECH_ROUNDS)


def dump(model: lightgbm.Booster) -> list[dict[str, list[float]]]:
    """Return the trees as ``digests.analysis.trees`` reads them."""
    return [_flat(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def _flat(root: dict[str, Any]) -> dict[str, list[float]]:
    columns: dict[str, list[float]] = {
        name: [] for name in ("feature", "threshold", "left", "right", "value")
    }

    def add(node: dict[str, Any]) -> int:
        at = len(columns["value"])
        inner = "split_feature" in node
        columns["feature"].append(node["split_feature"] if inner else 0)
        columns["threshold"].append(float(f"{node['threshold']:.6g}") if inner else 0)
        columns["value"].append(0 if inner else float(f"{node['leaf_value']:.4g}"))
        columns["left"].append(-1)
        columns["right"].append(-1)
        if inner:
            columns["left"][at] = add(node["left_child"])
            columns["right"][at] = add(node["right_child"])
        return at

    add(root)
    return columns


def save(name: str, weights: dict[str, Any]) -> None:
    """Write a weights file, one tree a line."""
    head = {key: value for key, value in weights.items() if key != "trees"}
    lines = [json.dumps(tree, separators=(",", ":")) for tree in weights["trees"]]
    text = json.dumps(head)[:-1] + (", " if head else "") + '"trees": [\n' + ",\n".join(lines) + "\n]}\n"
    WEIGHTS.mkdir(exist_ok=True)
    (WEIGHTS / f"{name}.json").write_text(text, encoding="utf-8")
    load_weights.cache_clear()


def best_threshold(scores: Any, labels: Any) -> float:
    """Return the score from which most spans are judged as labelled."""
    candidates = np.unique(np.round(scores, 2))
    right = [float(np.mean((scores >= at) == (labels > 0.5))) for at in candidates]
    return float(candidates[int(np.argmax(right))])


def train_reported(articles: Sequence[Labelled]) -> None:
    """Train the model of reported speech and write its weights."""
    rows = reported.Candidates(articles)
    verbs = rows.count_verbs()
    features = rows.features(verbs)
    right = reported.precision_left_out(rows, features, _COMMON)
    print(f"reported: {len(rows.rows)} candidates, {100 * right:.1f} % believed rightly when left out")
    trees = dump(reported.fit_reported(features, rows.labels(), _COMMON))
    save("reported", {"verbs": verbs, "trees": trees})


def main() -> None:
    """Train the models and write their weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="labelled articles, JSON lines")
    parser.add_argument("--cache", type=Path, default=Path("build/parses"), help="where parses are kept")
    parser.add_argument("--reported", action="store_true", help="only the model of reported speech")
    arguments = parser.parse_args()
    articles = read_labelled(arguments.train, arguments.cache)
    train_reported(articles)
    if not arguments.reported:
        train_quotes(articles)


def train_quotes(articles: Sequence[Labelled]) -> None:
    """Train who speaks, and what is speech, and write their weights."""
    verbs = count_verbs(articles)
    dice = random.Random(_SEED)
    rows = speaker_rows([*articles, *(with_shorter_paragraphs(article, dice) for article in articles)], verbs)
    print(f"{len(articles)} articles, {len(rows.sizes)} quotes, {len(rows.gold)} candidates")
    print(f"speaker among the candidates: {100 * reach(articles):.1f} %")
    print(f"speaker: {100 * cross_validated(rows):.1f} % right on articles left out")
    model = fit_speaker(rows)
    save("speaker", {"features": list(NAMES), "verbs": verbs, "trees": dump(model)})
    features, labels = speech_rows(articles, Ranker())
    folds = np.arange(len(labels)) % 4
    left_out = np.zeros(len(labels))
    for fold in range(4):
        inside = fit_speech(features[folds != fold], labels[folds != fold])
        left_out[folds == fold] = inside.predict(features[folds == fold], raw_score=True)
    threshold = best_threshold(left_out, labels)
    right = float(np.mean((left_out >= threshold) == (labels > 0.5)))
    print(f"speech: {100 * right:.1f} % right, {100 * labels.mean():.1f} % of {len(labels)} spans are speech")
    save("speech", {"threshold": threshold, "trees": dump(fit_speech(features, labels))})


if __name__ == "__main__":
    main()
