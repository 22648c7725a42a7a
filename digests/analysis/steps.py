"""spaCy's parser and entity recognizer, stepped through from Python: half the time, the same result.

Their own loop runs without Python's lock and takes it again for each of the moves that it asks whether
it is valid, dozens for each word. A loop that keeps the lock, over the whole article at once, does not.
"""

from collections.abc import Sequence
from typing import Any


def step_through(pipe: Any, docs: Sequence[Any]) -> None:
    """Annotate ``docs`` with a transition-based pipe of spaCy, as ``pipe.pipe(docs)`` does."""
    words = [doc for doc in docs if len(doc)]
    if not words:
        return
    batch = pipe.moves.init_batch(words)
    model = pipe.model.predict(words)
    states = [state for state in batch if not state.is_final()]
    while states:
        states = pipe.transition_states(states, model.predict(states))
    model.clear_memory()
    pipe.set_annotations(words, batch)
