"""The parsed article as plain records."""

from tests.make import make_parsed

TEXT = "Ana Ruiz left early. Tom stayed."
PARSED = make_parsed(
    TEXT,
    "Ana/NNP/compound/1 Ruiz/NNP/nsubj/2 left/VBD/ROOT/2 early/RB/advmod/2 ././punct/2",
    "Tom/NNP/nsubj/1 stayed/VBD/ROOT/1 ././punct/1",
)


def test_heads_and_dependents_are_two_sides_of_one_tree():
    """Who hangs from whom is read off the heads, over the whole article's indices."""
    left = PARSED.tokens[2]
    assert [kid.text for kid in PARSED.kids(left)] == ["Ruiz", "early", "."]
    assert all(PARSED.head(kid) == left for kid in PARSED.kids(left))
    assert PARSED.head(PARSED.tokens[5]).text == "stayed"


def test_ancestors_end_at_the_root():
    """The way up is the head, its head and so on; a root has nobody above it."""
    ana, left = PARSED.tokens[0], PARSED.tokens[2]
    assert [token.text for token in PARSED.ancestors(ana)] == ["Ruiz", "left"]
    assert not list(PARSED.ancestors(left))


def test_a_subtree_is_told_by_its_first_and_last_token():
    """A verb spans its sentence, a name its parts, a leaf itself."""
    assert [PARSED.subtree_bounds(PARSED.tokens[i]) for i in (2, 1, 0, 6)] == [(0, 4), (0, 1), (0, 0), (5, 7)]


def test_a_sentence_is_its_tokens():
    """Sentences cut the article's tokens without a gap."""
    assert [" ".join(token.text for token in PARSED.sentence(i)) for i in (0, 1)] == [
        "Ana Ruiz left early .",
        "Tom stayed .",
    ]
