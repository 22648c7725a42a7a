"""Boosted decision trees, read from JSON and evaluated with numpy: no training library is needed."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """A sum of trees. Arrays have a row for each tree and a column for each of its nodes.

    An inner node asks whether ``feature <= threshold`` and goes to ``left`` or ``right``; a leaf
    leads to itself and adds its ``value``. ``depth`` is the longest way from a root to a leaf.
    """

    features: Ints
    thresholds: Floats
    left: Ints
    right: Ints
    values: Floats
    depth: int

    def score(self, rows: Floats) -> Floats:
        """Return a score for each row; ``rows`` is (number of rows, number of features)."""
        which = np.arange(len(self.features))[None, :]
        lines = np.arange(len(rows))[:, None]
        at = np.zeros((len(rows), len(self.features)), dtype=np.int32)
        for _ in range(self.depth):
            low = rows[lines, self.features[which, at]] <= self.thresholds[which, at]
            at = np.where(low, self.left[which, at], self.right[which, at])
        total: Floats = self.values[which, at].sum(axis=1)
        return total


def softmax(scores: Floats) -> Floats:
    """Return probabilities over rivals."""
    odds = np.exp(scores - np.max(scores))
    shares: Floats = odds / odds.sum()
    return shares


def make_trees(trees: list[dict[str, list[float]]]) -> Trees:
    """Return the trees of their JSON form: one object a tree, one list a column, ``-1`` for no child."""
    most = max(len(tree["value"]) for tree in trees)

    def column(name: str, kind: Any) -> Any:
        table = np.zeros((len(trees), most), dtype=kind)
        for row, tree in enumerate(trees):
            table[row, : len(tree[name])] = tree[name]
        return table

    left, right = column("left", np.int32), column("right", np.int32)
    leaf = left < 0
    own = np.broadcast_to(np.arange(most, dtype=np.int32), left.shape)
    return Trees(
        features=np.where(leaf, 0, column("feature", np.int32)).astype(np.int32),
        thresholds=column("threshold", np.float64),
        left=np.where(leaf, own, left),
        right=np.where(leaf, own, right),
        values=np.where(leaf, column("value", np.float64), 0.0),
        depth=max(_depth(tree) for tree in trees),
    )


def _depth(tree: dict[str, list[float]]) -> int:
    depths = [0] * len(tree["value"])
    for node, (left, right) in enumerate(zip(tree["left"], tree["right"], strict=True)):
        for child in (left, right):
            if child >= 0:
                depths[int(child)] = depths[node] + 1
    return max(depths)


@cache
def load_weights(name: str) -> dict[str, Any]:
    """Return the JSON of a weights file of this package, such as ``"speaker"``."""
    text = (resources.files("digests.analysis") / "weights" / f"{name}.json").read_text(encoding="utf-8")
    weights: dict[str, Any] = json.loads(text)
    return weights
