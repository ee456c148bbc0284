"""Columns of a partner's own table, found by what stands above them or by their letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cspanalysis.characters import keyed
from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.tables import Sheet, keyed_rows, plain
from cspanalysis.sources.workbooks import Row
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.mapping import AreaColumns, MappedFigure, MappedTable, PeriodFrom
from cspanalysis.vocabulary.written import written_period

__all__ = ["Grid", "column_name", "grid_of"]

_WITHIN = 60
_NOTES = re.compile(r"(?<=[a-z)])\d{1,2}(?:, ?\d{1,2})*$", re.IGNORECASE)
_LETTERS = re.compile(r"column ([A-Z]{1,2})", re.IGNORECASE)


def column_name(at: int) -> str:
    """Give the letters of a column by its place from 0.

    Examples
    --------
    >>> column_name(0), column_name(25), column_name(26), column_name(53)
    ('A', 'Z', 'AA', 'BB')
    """
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table: what stands above each column, and the rows.

    Parameters
    ----------
    headers
        Texts above each column, from the top.
    rows
        Rows after the header.
    shown, line
        File and sheet, and the last line of the header, for messages.
    where
        The table in its mapping, for messages.
    """

    headers: list[tuple[str, ...]]
    rows: list[Row]
    shown: str
    line: int
    where: str
    _found: dict[tuple[str, ...], int] = field(default_factory=dict)

    def header(self, at: int) -> str:
        """Give what stands above a column, as one text."""
        return " ".join(self.headers[at]) or f"column {column_name(at)}"

    def column(self, texts: Sequence[str], where: str) -> int:
        """Find a column by its letter, or by texts of its header.

        A header that says just this, but for numbers of footnotes, goes before one that begins with
        it, and that before one that holds it.
        """
        key = tuple(texts)
        if key not in self._found:
            self._found[key] = self._search(key, where)
        return self._found[key]

    def columns(self, figure: MappedFigure) -> dict[int, str]:
        """Give the columns of a figure, each with the period that its header tells."""
        if not figure.column:
            return {}
        if not figure.by_header:
            return {self.column(figure.column, self.where): ""}
        pattern = _with_period(" ".join(figure.column))
        found = {}
        for at in range(len(self.headers)):
            match = pattern.fullmatch(self.header(at))
            if match and _is_period(match["period"]):
                found[at] = match["period"]
        if not found:
            raise self._absent(figure.column, self.where)
        return found

    def denominator(self, texts: Sequence[str], period: str, where: str) -> int:
        """Find the column of what a figure is out of; ``{period}`` is the figure's own."""
        return self.column([text.replace("{period}", period) for text in texts], where)

    def refuse_unknown(self, at: int, texts: Sequence[str], where: str) -> None:
        """Refuse texts of `where` that no row has in their column."""
        held = {cells[at] for _, cells in self.rows}
        known = {text.casefold() for text in held}
        for text in texts:
            if keyed(text).casefold() not in known:
                some = ", ".join(map(repr, sorted(filter(None, held))[:8]))
                reason = f"no row says '{text}' ({where}); there are {some}"
                raise SourceError(reason, file=self.shown, column=self.header(at))

    def _search(self, texts: tuple[str, ...], where: str) -> int:
        if len(texts) == 1 and (match := _LETTERS.fullmatch(texts[0])):
            for at in range(len(self.headers)):
                if column_name(at) == match[1].upper():
                    return at
            reason = f"there is no {texts[0]} ({where}); the last is column"
            last = column_name(len(self.headers) - 1)
            raise SourceError(f"{reason} {last}", file=self.shown, line=self.line)
        wanted = [slug_of(text) for text in texts]
        filled = [at for at in range(len(self.headers)) if any(c[at] for _, c in self.rows)]
        slugs = {at: [slug_of(text) for text in self._texts(at)] for at in filled}
        bare = {at: [slug_of(_NOTES.sub("", t)) for t in self._texts(at)] for at in filled}
        levels = ((_says, slugs), (_says, bare), (_begins, slugs), (_holds, slugs))
        for fits, of in levels:
            found = [at for at in filled if all(fits(of[at], text) for text in wanted)]
            if len(found) == 1:
                return found[0]
            if found:
                shown = "; ".join(f"column {column_name(at)}: {self.header(at)}" for at in found)
                raise SourceError(
                    f"'{' + '.join(texts)}' is in the header of {len(found)} columns ({shown}); "
                    f"write more of the header, or the letter of the column ({where})",
                    file=self.shown,
                    line=self.line,
                )
        raise self._absent(texts, where)

    def _texts(self, at: int) -> tuple[str, ...]:
        return (*self.headers[at], " ".join(self.headers[at]))

    def _absent(self, texts: Sequence[str], where: str) -> SourceError:
        there = [self.header(at) for at in range(len(self.headers)) if self.headers[at]]
        some = ", ".join(repr(text[:60]) for text in there[:12])
        reason = f"no header says '{' + '.join(texts)}' ({where}); there are {some}"
        return SourceError(reason, file=self.shown, line=self.line)


def grid_of(sheet: Sheet, table: MappedTable, *, where: str) -> Grid:
    """Set a sheet out as header and rows.

    The header is where the mapping says, else the line that holds the first text which the mapping
    names, else, where columns are named by letters, all lines above the first row of an area.
    """
    first, last = table.header_lines or _header_of(sheet, table, where)
    above = [cells for line, cells in sheet.rows if first <= line <= last]
    if not above:
        said = f"line {first}" if first == last else f"lines {first} to {last}"
        raise SourceError(f"{said} of it is empty; correct `header` ({where})", file=sheet.shown)
    rows = keyed_rows((row for row in sheet.rows if row[0] > last), ())
    return Grid(_stacked(above), rows, sheet.shown, last, where)


def _header_of(sheet: Sheet, table: MappedTable, where: str) -> tuple[int, int]:
    near = sheet.rows[:_WITHIN]
    anchors = list(_anchors(table))
    for text in anchors:
        pattern = _with_period(text)
        for line, cells in near:
            if any(_is_header(plain(cell), text, pattern) for cell in cells):
                return line, line
    if isinstance(table.area, AreaColumns) and (match := _LETTERS.fullmatch(table.area.code)):
        for number, (line, cells) in enumerate(near):
            at = next((i for i in range(len(cells)) if column_name(i) == match[1].upper()), None)
            if at is not None and number and re.fullmatch(r"[A-Z]\d{8}", cells[at]):
                return sheet.rows[0][0], line - 1
    said = f"no line of the first {_WITHIN} says {' or '.join(map(repr, anchors))}"
    raise SourceError(
        f"{said}; give the line of its header, `header: 4` ({where})", file=sheet.shown
    )


def _anchors(table: MappedTable) -> list[str]:
    """Give the texts that tell the line of the header, if any: none where area goes by letter."""
    area = table.area
    named = [area.code, area.name] if isinstance(area, AreaColumns) else []
    if any(_LETTERS.fullmatch(text) for text in named):
        return []
    told = [table.period.column] if isinstance(table.period, PeriodFrom) else []
    columns = [text for figure in table.measures for text in figure.column]
    texts = [*named, *told, *table.where, *columns]
    return [text for text in texts if text and not _LETTERS.fullmatch(text)]


def _is_header(cell: str, text: str, pattern: re.Pattern[str]) -> bool:
    if "{period}" not in text:
        return slug_of(cell) == slug_of(text) or slug_of(cell).startswith(f"{slug_of(text)}-")
    match = pattern.fullmatch(cell)
    return bool(match and _is_period(match["period"]))


def _with_period(text: str) -> re.Pattern[str]:
    before, _, after = text.partition("{period}")
    parts = [re.escape(part).replace(r"\ ", r"\s+") for part in (before, after)]
    return re.compile(rf"{parts[0]}(?P<period>.+?){parts[1]}", re.IGNORECASE)


def _is_period(text: str) -> bool:
    try:
        written_period(text)
    except UsageError as error:
        return "may be a month" in str(error)
    return True


def _stacked(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Put the lines of a header together by column; what spans columns stands above each.

    A cell reaches to the right until another in its line or above it begins; a line with one cell
    alone is a title and reaches nowhere.
    """
    width = max(map(len, rows))
    begins = [False] * width
    stacked: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        reaching, spans = "", sum(map(bool, row)) > 1
        for at in range(width):
            cell = plain(row[at]) if at < len(row) else ""
            begins[at] = begins[at] or bool(cell)
            reaching = cell or ("" if begins[at] or not spans else reaching)
            if reaching and reaching not in stacked[at]:
                stacked[at].append(reaching)
    return [tuple(texts) for texts in stacked]


def _says(headers: Sequence[str], text: str) -> bool:
    return text in headers


def _begins(headers: Sequence[str], text: str) -> bool:
    return any(header.startswith(text) for header in headers)


def _holds(headers: Sequence[str], text: str) -> bool:
    return any(text in header for header in headers)
