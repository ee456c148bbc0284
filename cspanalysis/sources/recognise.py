"""Recognition: which publisher a file is of, told by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cspanalysis.errors import SourceError
from cspanalysis.settings import Settings
from cspanalysis.sources.figures import FigureTable
from cspanalysis.sources.files import Input, Member
from cspanalysis.sources.home_office import is_home_office_header, read_home_office
from cspanalysis.sources.indicators import is_indicator_header, read_indicators
from cspanalysis.sources.mapped import read_mapped
from cspanalysis.sources.ons import is_ons_header, read_ons
from cspanalysis.sources.published import REQUIRED, read_published
from cspanalysis.sources.tables import Sheet, read_sheets, table_of
from cspanalysis.vocabulary.mapping import Mapping, mappings_of

__all__ = ["KINDS", "is_police_uk", "read_figures"]

_Reader = Callable[[Sequence[Sheet], str], FigureTable]
KINDS: tuple[tuple[str, Callable[[list[str]], bool], _Reader], ...] = (
    ("ons", is_ons_header, read_ons),
    ("home-office", is_home_office_header, read_home_office),
    ("partner", is_indicator_header, read_indicators),
)
"""Tables by publisher: the source that reports read it as, what knows its header, its reader."""


def is_police_uk(source: Input) -> bool:
    """Tell an archive, a folder or a file of data.police.uk from a table of figures."""
    if source.path.is_dir() or len(source.members) != 1 or source.members[0].source != source.path:
        return True
    if re.match(r"\d{4}-\d{2}-", source.path.name):
        return True
    with source.members[0].bytes() as raw:
        # without what UTF-16 puts between letters
        return b"Crime ID" in raw.read(1 << 12).replace(b"\0", b"")


def read_figures(member: Member) -> tuple[str, FigureTable]:
    """Read a table of figures of whatever kind it is.

    Returns
    -------
    str
        ``ons``, ``home-office``, ``partner`` or ``published``.
    FigureTable
        Its figures.

    Raises
    ------
    SourceError
        If it is of no known kind, or not what its kind should be.
    """
    sheets, sha256 = read_sheets(member)
    kind, table = _read(member, sheets, sha256)
    told = [line for sheet in sheets for line in sheet.read_as()]
    encoding = "".join(sheet.encoding for sheet in sheets[:1])
    return kind, replace(table, remarks=(*table.remarks, *told), encoding=encoding)


def _read(member: Member, sheets: Sequence[Sheet], sha256: str) -> tuple[str, FigureTable]:
    for kind, is_header, read in KINDS:
        if table_of(sheets, is_header):
            table = _located(read, sheets, sha256, member)
            told = _of_sheets(sheets, is_header, every=kind != "ons")
            return kind, replace(table, remarks=(*table.remarks, *told))
    if mapping := _mapping_of(member):
        return "partner", _located(_by_mapping(mapping, member), sheets, sha256, member)
    if sheets and sheets[0].shown != member.shown:
        reason = (
            "no sheet holds a table that is known: of ONS by CSP, of the Home Office, or of a "
            "partner's indicators, nor is a mapping for a file of this name in data/mappings "
            f"(docs/sources.md); published figures are a CSV with columns {', '.join(REQUIRED)}"
        )
        raise SourceError(reason, file=member.shown)
    return "published", read_published(member)


def _mapping_of(member: Member) -> Settings[Mapping] | None:
    """Find the mapping that is for a file, by the file's name; none where there is none."""
    found = list(mappings_of(member.base))
    if len(found) > 1:
        names = " and ".join(held.path.name for held in found)
        reason = f"{names} are both for a file of this name; narrow `file` in one of them"
        raise SourceError(reason, file=member.shown)
    return found[0] if found else None


def _by_mapping(mapping: Settings[Mapping], member: Member) -> _Reader:
    return lambda sheets, sha256: read_mapped(sheets, sha256, mapping, name=member.base)


def _of_sheets(
    sheets: Sequence[Sheet], is_header: Callable[[list[str]], bool], *, every: bool
) -> Iterator[str]:
    """Say what is hidden of the sheets that were read, and which were not."""
    held = [sheet for sheet in sheets if table_of([sheet], is_header)]
    for sheet in held if every else held[:1]:
        yield from sheet.unseen_parts()
    for sheet in held[1:] if not every else ():
        yield f"{sheet.shown}: holds such a table too and was left alone; take it in by itself"


def _located(read: _Reader, sheets: Sequence[Sheet], sha256: str, member: Member) -> FigureTable:
    try:
        return read(sheets, sha256)
    except SourceError as error:
        if error.file is not None:
            raise
        line, column = error.line, error.column
        raise SourceError(error.reason, file=member.shown, line=line, column=column) from error
