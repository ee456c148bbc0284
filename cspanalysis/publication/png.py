"""PNG files as the pieces that they are made of (ISO/IEC 15948, clause 5.3)."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["SIGNATURE", "chunks"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""How every PNG file begins."""


def chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    r"""Give the chunks of a PNG file: kind, and all bytes with length and checksum.

    What follows the last of them, IEND, is read as if it were chunks as well; of a file that was
    cut short the last is what is there.

    Examples
    --------
    >>> end = b"\0\0\0\0IEND\xaeB`\x82"
    >>> list(chunks(SIGNATURE + end)) == [(b"IEND", end)]
    True
    """
    at = len(SIGNATURE)
    while at + 8 <= len(raw):
        after = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        yield raw[at + 4 : at + 8], raw[at:after]
        at = after
