"""The garbage collector, held back: imports and a long configuration leave little garbage behind."""

import gc

_THRESHOLDS = (50_000, 20, 100)


def look_rarely() -> None:
    """Make the collector's rounds rare; at its own pace it takes a sixth of the start."""
    gc.set_threshold(*_THRESHOLDS)


def spare_collector() -> None:
    """Keep what was imported out of the collector's rounds: each would hold up the loop for 40 ms."""
    gc.freeze()
    look_rarely()
