"""BLAKE2b without the rest of hashlib, which makes OpenSSL ready too: 3 ms of every start."""

from __future__ import annotations

TYPE_CHECKING = False  # importing it from typing costs 2 ms
if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b  # what hashlib itself takes
    except ImportError:  # another Python
        from hashlib import blake2b

__all__ = ["blake2b"]
