"""Mappings: a partner's own table described once, so that it is taken in as it was published.

A mapping is ``data/mappings/<name>.yml``. It names the files it is for, the sheet, where areas,
periods and figures stand, and what the table writes where it has no figure. docs/sources.md tells
how to write one; `cspanalysis.sources.mapped` reads tables by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cspanalysis.errors import UsageError
from cspanalysis.paths import mappings_folder
from cspanalysis.settings import Settings, load
from cspanalysis.vocabulary.area import Area, slug_of
from cspanalysis.vocabulary.measure import PARTNERS, Denominator, Direction, Measure
from cspanalysis.vocabulary.period import Period

__all__ = [
    "AreaColumns",
    "Declared",
    "MappedFigure",
    "MappedTable",
    "Mapping",
    "PeriodFrom",
    "declared_in",
    "mapping_files",
    "mappings_of",
    "read_mapping",
]

Absence = Literal["not available", "suppressed", "not applicable"]
_WHAT = "mapping"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | int) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
"""One text, or a list of them."""


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True
    )


class Declared(_Part):
    """Hold a measure that the table of measures lacks.

    Parameters
    ----------
    code, label, phrase
        Slug, name in tables, and name inside a sentence; the phrase is the label in lower case
        where none is given.
    plural
        Whether the phrase takes a plural verb.
    good
        The direction that is good.
    denominator
        What its rate is per.
    reading
        What a reader must know to read a change of it rightly, one sentence.
    """

    code: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    label: str = Field(min_length=1)
    phrase: str = ""
    plural: bool = True
    good: Direction = "none"
    denominator: Denominator = "none"
    reading: str = ""

    def measure(self) -> Measure:
        """Make the measure."""
        return Measure(
            code=self.code,
            label=self.label,
            phrase=self.phrase or self.label[:1].lower() + self.label[1:],
            plural=self.plural,
            parent="",
            group=PARTNERS,
            crime=False,
            good=self.good,
            police_activity=False,
            denominator=self.denominator,
            valid_from=None,
            valid_to=None,
            aliases=(),
            reading=self.reading,
        )


class AreaColumns(_Part):
    """Hold the columns that name an area: by code, by name, or both, where the code goes first."""

    code: str = ""
    name: str = ""

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.code or self.name):
            raise ValueError("name a column: {code: column A}, or {name: Local authority}")
        return self


class PeriodFrom(_Part):
    """Hold where a period is read, and how.

    Parameters
    ----------
    column, cell
        Column of it in every row; cell such as ``A1``.
    sheet, file
        Whether the name of the sheet, or of the file, tells it.
    told
        Template, written ``as:``, such as ``FY{year}``, which makes a period of the year and month
        that the text ends with.
    each
        Of rows that are one event each: what their days are put together to.
    """

    column: str = ""
    cell: str = Field("", pattern=r"^([A-Z]{1,2}[1-9]\d{0,3})?$")
    sheet: bool = False
    file: bool = False
    told: str = Field("", alias="as")
    each: Literal["", "month", "quarter", "year", "financial year"] = ""

    @property
    def anywhere(self) -> bool:
        """Whether a place is named, so that headers need not tell it."""
        return bool(self.column or self.cell or self.sheet or self.file)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, (self.column, self.cell, self.sheet, self.file))) > 1:
            raise ValueError("a period is read in one place; write column, cell, sheet or file")
        return self


class MappedFigure(_Part):
    """Hold where the figures of a measure are.

    Parameters
    ----------
    measure
        Code or name of it, in the table of measures or declared by the mapping.
    count, value
        Column of whole numbers, or of figures that are none, such as rates. ``{period}`` in the
        text of a header stands for the periods that are told by headers.
    total
        Column to add up where rows are events, written ``sum:``.
    rows
        Whether the rows themselves are counted.
    denominator
        Column of what the figure is out of.
    where
        Which rows are meant, by column.
    note
        What a reader must know.
    """

    measure: str = Field(min_length=1)
    count: Texts | None = None
    value: Texts | None = None
    total: Texts | None = Field(None, alias="sum")
    rows: bool = False
    denominator: Texts | None = None
    where: dict[str, Texts] = Field(default_factory=dict)
    note: str = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, (self.count, self.value, self.total, self.rows))) != 1:
            raise ValueError("a measure has one of count, value, sum (a column each) and rows: yes")
        return self

    @property
    def column(self) -> tuple[str, ...]:
        """Texts of the header of its figures; empty where rows are counted."""
        return self.count or self.value or self.total or ()

    @property
    def by_header(self) -> bool:
        """Whether headers tell the periods."""
        return any("{period}" in text for text in self.column)

    @property
    def of_events(self) -> bool:
        """Whether rows are events that are put together."""
        return self.rows or self.total is not None


class MappedTable(_Part):
    """Hold where one table of a file is.

    Parameters
    ----------
    sheet
        Name of its sheet, or pattern such as ``A1*``; the first sheet that fits is read.
    header
        Line of its header, or lines such as ``3-5``; found by what is named of it where empty.
    area
        One area for all rows, or the columns that name it.
    period
        One period for all rows, or where it is told.
    where
        Which rows are meant, by column.
    measures
        The figures.
    """

    sheet: Texts | None = None
    header: str = Field("", pattern=r"^(\d+(\s*-\s*\d+)?)?$")
    area: str | AreaColumns
    period: str | PeriodFrom = Field(default_factory=PeriodFrom)
    where: dict[str, Texts] = Field(default_factory=dict)
    measures: tuple[MappedFigure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        told = self.period
        try:
            _ = isinstance(self.area, str) and Area.named(self.area)
            _ = isinstance(told, str) and Period.parse(told)
        except UsageError as error:
            raise ValueError(str(error)) from None
        if isinstance(told, PeriodFrom) and not (
            told.anywhere or all(f.by_header for f in self.measures)
        ):
            raise ValueError(
                "period is missing; write one such as 2023-Q4, {cell: A1}, {column: Year}, "
                "{sheet: yes} or {file: yes}, or write {period} in the headers of measures"
            )
        events = isinstance(told, PeriodFrom) and bool(told.each and told.column)
        if not events and any(figure.of_events for figure in self.measures):
            raise ValueError(
                "rows and sum put events together: write period: {column: Date, each: month}"
            )
        return self

    @property
    def header_lines(self) -> tuple[int, int] | None:
        """First and last line of the header, where they are given."""
        if not self.header:
            return None
        first, _, last = self.header.partition("-")
        return int(first), int(last or first)


class Mapping(_Part):
    """Hold how files of one kind are read.

    Parameters
    ----------
    source
        Who gives the figures, and in which publication.
    file
        Names of the files, or patterns such as ``DetailedLA_*.xlsx``.
    licence, vintage
        Licence of the figures; when they were published, where that is the same for all files.
    missing
        What the table writes where it has no figure, with the reason.
    marks
        Marks of footnotes after a number, such as ``r``; ``[note 3]`` and the like are known.
    note
        What a reader must know of all figures.
    declares
        Measures that the table of measures lacks.
    tables
        The tables.
    """

    source: str = Field(min_length=1)
    file: Texts
    licence: str = ""
    vintage: str = ""
    missing: dict[str, Absence] = Field(default_factory=dict)
    marks: tuple[str, ...] = ()
    note: str = ""
    declares: tuple[Declared, ...] = ()
    tables: tuple[MappedTable, ...] = Field(min_length=1)

    def fits(self, name: str) -> bool:
        """Tell whether it is for a file of a name, whatever its case."""
        return any(fnmatch(name.lower(), pattern.lower()) for pattern in self.file)


def mapping_files() -> tuple[Path, ...]:
    """List the mappings, shipped ones and the user's alike, by name."""
    return tuple(sorted(mappings_folder().glob("*.yml")))


def read_mapping(path: Path) -> Settings[Mapping]:
    """Read a mapping and check all that can be checked without a file of its kind.

    Raises
    ------
    UsageError
        With file, line, key and what to do.
    """
    held = load(path, Mapping, what=_WHAT, hint="docs/sources.md tells how to write one")
    own = {declared.code for declared in held.content.declares}
    own |= {slug_of(declared.label) for declared in held.content.declares}
    for at, table in enumerate(held.content.tables):
        for number, figure in enumerate(table.measures):
            if slug_of(figure.measure) not in own:
                _known(held, figure.measure, ("tables", at, "measures", number, "measure"))
    return held


def _known(held: Settings[Mapping], measure: str, location: tuple[str | int, ...]) -> None:
    try:
        Measure.named(measure)
    except UsageError as error:
        how = "or be declared here, under 'declares'"
        raise UsageError(f"{held.where(*location)}: {error}, {how}") from None


def mappings_of(name: str) -> Iterator[Settings[Mapping]]:
    """Give the mappings that are for a file of a name.

    Raises
    ------
    UsageError
        If any mapping can't be read: it might have been the one.
    """
    for path in mapping_files():
        held = read_mapping(path)
        if held.content.fits(name):
            yield held


def declared_in(folder: Path) -> tuple[Measure, ...]:
    """Give the measures that mappings declare; a mapping that can't be read declares none.

    `read_mapping` says what is wrong with it: one bad mapping stops no report.
    """
    found: dict[str, Measure] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            if re.search(r"^declares:", path.read_text(encoding="utf-8"), re.MULTILINE):
                held = load(path, Mapping, what=_WHAT)
                found |= {one.code: one.measure() for one in held.content.declares}
        except (UsageError, OSError, UnicodeDecodeError):
            continue
    return tuple(found.values())
