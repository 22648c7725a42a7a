"""Decision trees without a training library."""

import numpy as np
import pytest

from digests.analysis.trees import load_weights, make_trees, softmax

STUMP = {
    "feature": [1, 0, 0],
    "threshold": [2.5, 0, 0],
    "left": [1, -1, -1],
    "right": [2, -1, -1],
    "value": [0, -1, 4],
}
DEEP = {
    "feature": [0, 1, 0, 0, 0], "threshold": [0, 7, 0, 0, 0], "left": [1, 2, -1, -1, -1],
    "right": [4, 3, -1, -1, -1], "value": [0, 0, 10, 20, 30],
}  # fmt: skip
LEAF = {"feature": [0], "threshold": [0], "left": [-1], "right": [-1], "value": [0.5]}


@pytest.mark.parametrize(
    ("row", "score"),
    [
        pytest.param([0.0, 2.5], -1 + 10 + 0.5, id="on the threshold: left"),
        pytest.param([0.0, 2.6], 4 + 10 + 0.5, id="past it: right"),
        pytest.param([-1.0, 8.0], 4 + 20 + 0.5, id="deeper"),
        pytest.param([1.0, 0.0], -1 + 30 + 0.5, id="a leaf near the root"),
    ],
)
def test_each_row_gets_the_sum_of_one_leaf_a_tree(row, score):
    """Trees of different sizes stand in one table."""
    assert make_trees([STUMP, DEEP, LEAF]).score(np.array([row, row])).tolist() == [score, score]


def test_shares_are_of_one_and_keep_the_order():
    """Large scores do not overflow."""
    shares = softmax(np.array([1000.0, 1001.0, -1000.0])).tolist()
    assert sum(shares) == pytest.approx(1)
    assert shares[1] > shares[0] > shares[2] >= 0


@pytest.mark.parametrize("name", ["speaker", "speech"])
def test_the_weights_in_the_repository_are_whole(name):
    """Every child of a node is a node of its tree, behind it."""
    for tree in load_weights(name)["trees"]:
        size = len(tree["value"])
        assert {len(column) for column in tree.values()} == {size}
        for node in range(size):
            children = [tree[side][node] for side in ("left", "right")]
            assert children == [-1, -1] or all(node < child < size for child in children)
