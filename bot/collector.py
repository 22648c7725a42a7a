"""The garbage collector, held back: imports and a long configuration leave no garbage behind."""

import gc


def rest_collector() -> None:
    """Let the collector rest until ``spare_collector``: at its own pace it takes a sixth of the start."""
    gc.disable()


def spare_collector() -> None:
    """Keep what was imported out of the collector's rounds: each would hold up the loop for 40 ms."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
