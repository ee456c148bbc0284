"""Paragraphs, lists and plain tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element, identifier
from cspanalysis.display.notes import Notes, shorthand_note, words_of
from cspanalysis.display.recorded_table import Column, Row, table_record
from cspanalysis.evidence.figures import Caveat
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    count_text,
    rate_text,
)
from cspanalysis.vocabulary.period import MONTH_NAMES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["bullets", "caveat_list", "paragraphs", "plain_table", "scroll_box", "table"]

SHORTHAND = (NOT_APPLICABLE, NOT_AVAILABLE, SUPPRESSED)
"""What stands in a column of numbers where there is none."""


def paragraphs(*sentences: str) -> Block:
    """Show each text, which may link, as a paragraph; empty ones are left out."""
    kept = [sentence for sentence in sentences if sentence]
    if not kept:
        return Block("", "")
    html = element("div", *(element("p", sentence) for sentence in kept), class_="prose")
    return Block(html, "\n\n".join(map(words_of, kept)))


def bullets(*items: str) -> Block:
    """Show each text as an item of a list; nothing where there are none."""
    kept = [item for item in items if item]
    if not kept:
        return Block("", "")
    html = element("ul", *(element("li", item) for item in kept), class_="prose")
    return Block(html, "\n".join(f"- {item}" for item in kept))


def caveat_list(caveats: Sequence[Caveat]) -> Block:
    """Show caveats as a list, each once, its kind first."""
    kept = list(dict.fromkeys(caveats))
    if not kept:
        return paragraphs("No caveat bears on these figures.")
    items = (element("li", element("strong", f"{c.kind.capitalize()}."), " ", c.text) for c in kept)
    text = "\n".join(f"- {c.kind.capitalize()}. {c.text}" for c in kept)
    return Block(element("ul", *items, class_="caveats prose"), text)


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    notes: Sequence[str] = (),
    formats: Mapping[str, Callable[..., str]] | None = None,
) -> Block:
    """Show a frame as a table: its columns in order, the first one naming the rows.

    Parameters
    ----------
    frame
        Columns bear the names that readers see. The index is shown where it is one of months, as
        that of `Assessment.monthly`.
    caption
        What the table shows.
    notes
        Sentences under the table, which may link (`table_named`).
    formats
        How a column's values are written, by column name. Without one, whole numbers get
        thousands separators, others the decimals of a rate, and missing values read "[x]".
    """
    frame = _with_months(frame)
    html = scroll_box(
        _table_markup(frame, caption, formats or {}), labelled_by=f"{identifier(caption)}-caption"
    )
    rows = [[str(cell) for cell in row] for row in _written(frame, formats or {})]
    if short := shorthand_note(" ".join(cell for row in rows for cell in row)):
        notes = [*notes, short]
    aside = Notes(identifier(caption)).aside(notes, caption=caption)
    text = plain_table([str(name) for name in frame.columns], rows, caption=caption)
    block = element("div", html, aside, class_="table-block")
    told = [words_of(note) for note in notes]
    return Block(block, "\n".join([text, *told]), _record(frame, caption, told))


def _with_months(frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    if not isinstance(frame.index, pd.DatetimeIndex):
        return frame
    shown = frame.reset_index(drop=True)
    shown.insert(0, "Month", [f"{MONTH_NAMES[day.month]} {day.year}" for day in frame.index])
    return shown


def scroll_box(markup: Markup, *, labelled_by: str) -> Markup:
    """Put a wide thing into a box that scrolls by itself and that the keyboard can reach."""
    return element(
        "div", markup, class_="scroll", role="region", aria_labelledby=labelled_by, tabindex="0"
    )


def plain_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str) -> str:
    """Write rows as aligned columns of plain text."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    first, *others = widths
    written = (
        "  ".join(
            [line[0].ljust(first), *(c.rjust(w) for c, w in zip(line[1:], others, strict=True))]
        )
        for line in lines
    )
    return "\n".join([caption, *(line.rstrip() for line in written)])


def _record(frame: pd.DataFrame, caption: str, notes: Sequence[str]) -> Mapping[str, object]:
    columns = [Column(str(name), _decimals(frame[name])) for name in frame.columns]
    rows = (Row(cells) for cells in frame.itertuples(index=False, name=None))
    return table_record(caption, columns, rows, notes=notes)


def _decimals(column: pd.Series) -> int:
    """Give the decimals that readers need: none for whole numbers, one for others."""
    numbers = (v for v in column.dropna() if isinstance(v, Real))
    return 1 if _kind(column) is not None and any(v % 1 != 0 for v in numbers) else 0


def _table_markup(
    frame: pd.DataFrame, caption: str, formats: Mapping[str, Callable[..., str]]
) -> Markup:
    kinds = [_kind(frame[name]) for name in frame.columns]
    head = element(
        "tr",
        *(
            element("th", name, scope="col", class_=kind)
            for name, kind in zip(frame.columns, kinds, strict=True)
        ),
    )
    rows = (
        element(
            "tr",
            element("th", first, scope="row", class_=kinds[0]),
            *(element("td", cell, class_=k) for cell, k in zip(cells, kinds[1:], strict=True)),
        )
        for first, *cells in _written(frame, formats)
    )
    return element(
        "table",
        element("caption", caption, id=f"{identifier(caption)}-caption"),
        element("thead", head),
        element("tbody", *rows),
    )


def _kind(column: pd.Series) -> str | None:
    """Tell whether a column holds numbers; shorthand such as "[c]" may stand among them."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(column):
        return None
    number = pd.api.types.is_numeric_dtype(column) or _is_numbers(column)
    return "number" if number else None


def _is_numbers(column: pd.Series) -> bool:
    """Tell whether a column of mixed values holds numbers, and shorthand where one is left out."""
    known = [value for value in column.dropna() if value not in SHORTHAND]
    numbers = all(isinstance(value, Real) and not isinstance(value, bool) for value in known)
    return numbers and not column.empty


def _written(frame: pd.DataFrame, formats: Mapping[str, Callable[..., str]]) -> list[list[str]]:
    columns = [
        [_value_text(value, formats.get(str(name))) for value in frame[name]]
        for name in frame.columns
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _value_text(value: object, form: Callable[..., str] | None) -> str:
    import pandas as pd

    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return form(None) if form in {count_text, rate_text} else NOT_AVAILABLE
    if form is not None and value not in SHORTHAND:
        return form(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return count_text(value) if value.is_integer() else rate_text(value)
    return f"{int(value):,}" if isinstance(value, Integral) else str(value)
