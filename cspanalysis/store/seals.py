"""Seals: a Parquet file that carries the hash of its own bytes, so that it can be told whole.

A Parquet file says at its end where its columns lie; what stands between the last of them and that
footer is read by nobody. The seal stands there, and the file is a Parquet file as before.
"""

from __future__ import annotations

import hashlib

__all__ = ["is_sealed", "seal_holds", "sealed"]

_MARK = b"cspanalysis-sha256:"
_SIZE = len(_MARK) + hashlib.sha256().digest_size
_END = 8  # length of the footer, and the four letters that close the file


def sealed(raw: bytes) -> bytes:
    r"""Put a seal into the bytes of a Parquet file.

    Examples
    --------
    >>> made = sealed(b"PAR1columns" + b"footer" + b"\6\0\0\0PAR1")
    >>> is_sealed(made), seal_holds(made), seal_holds(made.replace(b"columns", b"colunms"))
    (True, True, False)
    """
    at = _footer(raw)
    return raw[:at] + _MARK + hashlib.sha256(raw).digest() + raw[at:]


def is_sealed(raw: bytes) -> bool:
    """Tell whether a seal's mark stands anywhere in a file, even where its end is damaged."""
    return _MARK in raw


def seal_holds(raw: bytes) -> bool:
    """Tell whether a sealed file is as it was sealed, to the bit."""
    at = _footer(raw)
    seal, rest = raw[at - _SIZE : at], raw[: at - _SIZE] + raw[at:]
    return at >= _SIZE and seal == _MARK + hashlib.sha256(rest).digest()


def _footer(raw: bytes) -> int:
    """Give where the footer begins; before the file's begin where its length is damaged."""
    return len(raw) - _END - int.from_bytes(raw[-_END : 4 - _END], "little")
