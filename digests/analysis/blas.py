"""Matrix products by numpy's OpenBLAS on one thread: three times as fast as the ones spaCy comes with.

Thinc multiplies with BLIS, which has no kernels for many newer processors. One thread, because the
products are small, and because the machine has other work.
"""

from typing import Any

import numpy as np
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits


class OpenBlasOps(NumpyOps):  # type: ignore[misc]
    """Thinc's operations with the product exchanged."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return ``x @ y``, either transposed first where asked."""
        left, right = x.T if trans1 else x, y.T if trans2 else y
        return np.dot(left, right) if out is None else np.dot(left, right, out=out)


def use_openblas() -> None:
    """Let models that are loaded after this multiply with OpenBLAS, on one thread."""
    threadpool_limits(limits=1, user_api="blas")
    set_current_ops(OpenBlasOps())
