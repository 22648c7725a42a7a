"""Boosted decision trees, read from JSON and evaluated with numpy: no training library is needed."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """A sum of trees, their nodes one behind the other; ``roots`` are the first node of each tree.

    An inner node asks whether ``feature <= threshold``; ``children`` holds, for node ``n``, where a row goes
    that says no at ``2 * n`` and one that says yes behind it. A leaf leads to itself and adds its
    ``value``. ``depth`` is the longest way from a root to a leaf.
    """

    roots: Ints
    features: Ints
    thresholds: Floats
    children: Ints
    values: Floats
    depth: int

    def score(self, rows: Floats) -> Floats:
        """Return a score for each row; ``rows`` is (number of rows, number of features)."""
        numbers = np.ascontiguousarray(rows).ravel()
        lines = (np.arange(len(rows)) * rows.shape[1])[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            yes = numbers.take(self.features.take(at) + lines) <= self.thresholds.take(at)
            at = self.children.take(2 * at + yes)
        total: Floats = self.values.take(at).sum(axis=1)
        return total


def softmax(scores: Floats) -> Floats:
    """Return probabilities over rivals."""
    odds = np.exp(scores - np.max(scores))
    shares: Floats = odds / odds.sum()
    return shares


def make_trees(trees: list[dict[str, list[float]]]) -> Trees:
    """Return the trees of their JSON form: one object a tree, one list a column, ``-1`` for no child."""
    sizes = [len(tree["value"]) for tree in trees]
    roots = np.cumsum([0, *sizes[:-1]])

    def column(name: str) -> Any:
        return np.concatenate([np.asarray(tree[name]) for tree in trees])

    own = np.arange(sum(sizes))
    leaf = column("left") < 0
    base = np.repeat(roots, sizes)
    left, right = (np.where(leaf, own, column(side).astype(np.intp) + base) for side in ("left", "right"))
    return Trees(
        roots=roots,
        features=np.where(leaf, 0, column("feature")).astype(np.intp),
        thresholds=column("threshold").astype(np.float64),
        children=np.stack([right, left], axis=1).ravel(),
        values=np.where(leaf, column("value"), 0.0),
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
