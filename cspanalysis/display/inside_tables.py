"""A ward: its measures beside its partnership's, its small areas, hot spots and outcomes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cspanalysis.blocks.block import Block
from cspanalysis.display.change_record import outcome_of
from cspanalysis.display.place_table import written
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.decided import Decided
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.beside import Beside
from cspanalysis.findings.places.inside import Inside
from cspanalysis.findings.places.lasting import Lasting
from cspanalysis.findings.wording.caveats import gathered
from cspanalysis.findings.wording.change_words import change_words_key, visible_text
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    interval_text,
    percent_text,
    rate_text,
    ratio_text,
)
from cspanalysis.findings.wording.sentences import counted
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.period import MONTH_NAMES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["beside_table", "decided_table", "inside_table", "lasting_table"]

_SMALL_RATES = "Rates of so few people swing, and read high where many come from elsewhere."
_ANSWERS = {True: "yes", False: "no", None: NOT_AVAILABLE}


def beside_table(changes: Sequence[Change], beside: Beside | None, *, caption: str) -> Block:
    """Show each measure on one line: counts, ratio, verdict and rate, beside its partnership.

    It is `change_table` for little room: nothing is drawn, and what bears on the lines stands once,
    under the table. Columns that no line could fill are left out.

    Parameters
    ----------
    changes
        The lines. They share area, period and baseline.
    beside
        Where their rates stand beside the partnership's; None without one.
    caption
        What the table shows.
    """
    import pandas as pd

    first = changes[0]
    columns: dict[str, list[object]] = {"Measure": [change.measure.label for change in changes]}
    if any(c.before is not None or "before" in c.kept_back for c in changes):
        columns[_short(first.baseline)] = [_side(c, "before", c.before) for c in changes]
    columns[_short(first.period)] = [_side(c, "after", c.after) for c in changes]
    if any(change.change is not None for change in changes):
        columns["Ratio (95 % interval)"] = [_ratio(change) for change in changes]
        columns["Verdict"] = [f"{outcome_of(c)} {visible_text(c)}".strip() for c in changes]
    usual = next((c.rate for c in changes if c.rate), None)
    if usual is not None:
        head = f"Per {usual.per:,} {usual.unit} (95 % interval)"
        columns[head] = [_rate(change, usual.unit) for change in changes]
        if beside is not None and beside.theirs:
            columns[beside.around.name] = [
                beside.cells.get(c.measure.code, NOT_APPLICABLE) for c in changes
            ]
    refused = dict.fromkeys(change.refused for change in changes if change.refused)
    notes = [*change_words_key(changes), *refused, *_caveats(changes)]
    return table(pd.DataFrame(columns), caption=caption, notes=notes)


def inside_table(inside: Inside, lasting: Lasting | None = None) -> Block:
    """Show the small areas of a ward: counts, rate, deprivation and how often each was a hot spot.

    In a public edition small counts read "[c]", and so do others that would give them away.
    """
    import pandas as pd

    places, where = inside.places, inside.where
    columns: dict[str, Sequence[object]] = {"Small area": list(places["name"])}
    if not where.places["before"].isna().all():
        columns[_short(where.baseline)] = _counts(inside, "before")
    columns[_short(where.period)] = _counts(inside, "after")
    if where.per:
        columns[f"Per 1,000 {where.per}"] = _rates(inside)
    codes = [str(code) for code in places.index]
    if lasting and any(lasting.hot_now(code) is not None for code in codes):
        columns["Hot spot"] = [_ANSWERS[lasting.hot_now(code)] for code in codes]
    if lasting and lasting.told:
        times = [lasting.times(code) for code in codes]
        columns[f"In half-years, of {len(lasting.told)}"] = [
            NOT_AVAILABLE if number is None else number for number in times
        ]
    if not places["decile"].isna().all():
        columns["Deprivation"] = _plain(places["decile"])
    frame = pd.DataFrame(columns)
    caption = f"{where.measure.label} in the small areas of {inside.area.name}"
    formats = {name: written for name in frame.columns[1:] if name != "Hot spot"}
    return table(frame, caption=caption, notes=_notes(inside), formats=formats)


def lasting_table(lasting: Lasting) -> Block:
    """Show by half-year how crime gathered in the partnership, and hot spots in the ward."""
    import pandas as pd

    around, spans = lasting.where.area.name, lasting.spans
    rows: dict[str, list[object]] = {
        f"Small areas of {around} that hold half": [
            span.half.holding_half if span.half else NOT_AVAILABLE for span in spans
        ]
    }
    if any(span.spots for span in spans):
        rows[f"Hot spots in {around}"] = [
            len(span.spots.places) if span.spots else NOT_AVAILABLE for span in spans
        ]
        rows[f"Of these in {lasting.area.name}"] = [
            _told(span.here(lasting.places), known=span.spots is not None) for span in spans
        ]
    frame = pd.DataFrame(rows, index=[_short(span.period) for span in spans]).T
    frame = frame.reset_index(names="Half-year")
    caption = f"How {lasting.where.measure.phrase} gathers, by half-year"
    return table(frame, caption=caption, formats=dict.fromkeys(frame.columns[1:], written))


def decided_table(decided: Decided) -> Block:
    """Show outcomes by group with 95 % intervals, beside the partnership's shares."""
    import pandas as pd

    found = decided.frame
    rows = found.to_dict("records")
    frame = pd.DataFrame(
        {
            "Outcome": list(found.index),
            decided.area.name: [_told(row["count"], known=True) for row in rows],
            "Share (95 % interval)": [_share(row) for row in rows],
            decided.around.name: [
                SUPPRESSED if pd.isna(row["beside"]) else percent_text(float(row["beside"]))
                for row in rows
            ],
        }
    )
    notes = []
    if found[["count", "beside"]].isna().any(axis=None):
        notes.append(
            f"{SUPPRESSED}: kept back. {decided.rules.why} Others are left out because they would "
            "give the small ones away."
        )
    return table(frame, caption=decided.title, notes=notes)


def _short(period: Period) -> str:
    """Name a period in few letters, as the head of a column.

    Examples
    --------
    >>> [_short(Period.parse(text)) for text in ("2023", "2023-12", "2021-07..2021-12", "FY2021")]
    ['2023', 'Dec 2023', 'Jul to Dec 2021', 'Apr 2021 to Mar 2022']
    """
    if period.label == str(period.end.year):
        return period.label
    first, last = (MONTH_NAMES[day.month][:3] for day in (period.start, period.end))
    if len(period.months) == 1:
        return f"{last} {period.end.year}"
    year = "" if period.start.year == period.end.year else f" {period.start.year}"
    return f"{first}{year} to {last} {period.end.year}"


def _side(change: Change, side: str, count: int | None) -> object:
    if side in change.kept_back:
        return SUPPRESSED
    return NOT_AVAILABLE if count is None else int(count)


def _ratio(change: Change) -> str:
    if change.refused or change.ratio is None or change.lower is None or change.upper is None:
        return NOT_APPLICABLE
    if not change.before:
        return f"from none ({ratio_text(change.lower)} or more)"
    limits = interval_text(ratio_text(change.lower), ratio_text(change.upper))
    return f"{ratio_text(change.ratio)} ({limits})"


def _rate(change: Change, unit: str) -> str:
    rate = change.rate
    if rate is None:
        return SUPPRESSED if "after" in change.kept_back else NOT_APPLICABLE
    limits = interval_text(rate_text(rate.lower), rate_text(rate.upper))
    other = "" if rate.unit == unit else f" {rate.unit}"
    return f"{rate_text(rate.value)} ({limits}){other}"


def _caveats(changes: Sequence[Change]) -> Iterator[str]:
    """Give what bears on the lines; not that small counts vary, which the intervals say.

    Of what a shortfall does, the first line that it bears on stands for all.
    """
    for caveat in gathered(changes):
        if caveat.kind not in {"small numbers", "shortfall"}:
            yield caveat.text
    short = [c.text for change in changes for c in change.caveats if c.kind == "shortfall"]
    if short:
        more = "" if len(short) == 1 else f"; so would {counted(len(short) - 1, 'other line')}"
        yield f"{short[0].rstrip('.')}{more}."


def _counts(inside: Inside, column: str) -> list[object]:
    import pandas as pd

    return [
        _missing(inside, str(code), column) if pd.isna(count) else int(count)
        for code, count in inside.places[column].items()
    ]


def _rates(inside: Inside) -> list[object]:
    import pandas as pd

    return [
        _missing(inside, str(code), "after") if pd.isna(rate) else float(rate)
        for code, rate in inside.places["rate"].items()
    ]


def _missing(inside: Inside, code: str, column: str) -> str:
    return SUPPRESSED if (code, column) in inside.kept_back else NOT_AVAILABLE


def _plain(values: pd.Series) -> list[object]:
    import pandas as pd

    return [NOT_AVAILABLE if pd.isna(value) else int(value) for value in values]


def _told(count: object, *, known: bool) -> object:
    import pandas as pd

    if count is None or count is pd.NA or count != count:
        return SUPPRESSED if known else NOT_AVAILABLE
    return int(count)  # type: ignore[call-overload]


def _share(row: Mapping[Hashable, Any]) -> str:
    import pandas as pd

    if pd.isna(row["count"]):
        return SUPPRESSED
    share, lower, upper = (percent_text(float(row[n])) for n in ("share", "lower", "upper"))
    word = f", {row['word']}" if row["word"] else ""
    return f"{share} ({interval_text(lower, upper)}){word}"


def _notes(inside: Inside) -> list[str]:
    where = inside.where
    notes = [_SMALL_RATES] if where.per else []
    if not inside.places["decile"].isna().all():
        notes.append("Deprivation: the tenth of the country's small areas, 1 the most deprived.")
    if inside.kept_back:
        notes.append(
            f"{SUPPRESSED}: kept back. {where.rules.why} Others are left out because they would "
            "give the small ones away."
        )
    if where.edition == "public" and where.rules.said_of_rounding:
        notes.append(where.rules.said_of_rounding)
    return notes
