"""Arrays as they come over a pipe, {"shape", "dtype", "base64"}, or as lists and arrays: always numpy's."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def array(value: object) -> np.ndarray:
    """`value` as float64, of the shape it was sent with."""
    import numpy as np

    if isinstance(value, Mapping):
        dtype = np.dtype(str(value["dtype"])).newbyteorder("<")
        return np.frombuffer(b64decode(value["base64"]), dtype=dtype).reshape(value["shape"]).astype(float)
    return np.asarray(value, dtype=float)
