"""Office files without the hour of making, so that the same page gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from cspanalysis.publication.word_archive import archive_of, members_of

__all__ = ["timeless"]

_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def timeless(made: bytes, written: datetime) -> bytes:
    """Set the hour of a file, and of the workbooks behind its charts, to that of the report."""
    return archive_of(dict(_members(members_of(made), written)))


def _members(members: Mapping[str, bytes], written: datetime) -> Iterator[tuple[str, bytes]]:
    when = rf"\g<1>{written:%Y-%m-%dT%H:%M:%SZ}".encode()
    for name, content in members.items():
        if name.endswith(".xlsx"):
            yield name, timeless(content, written)
        elif name == "docProps/core.xml":
            yield name, _WRITTEN.sub(when, content)
        else:
            yield name, content
