"""The object that the data-quality notebook opens: what was found, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.wording.numbers import (
    count_text,
    day_text,
    percent_text,
    signed_percent_text,
    signed_text,
)
from cspanalysis.reports.quality_found import Found
from cspanalysis.store.holdings import SOURCES
from cspanalysis.store.shortened import ShortMonth
from cspanalysis.vocabulary import Measure, Period
from cspanalysis.vocabulary.listed import months_text

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.display import Block

__all__ = ["DataQuality"]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class DataQuality(Found):
    """Show what was found of the data of an area's force in a period; see `Found`.

    Examples
    --------
    >>> page = DataQuality.open("bedfordshire-force", "2023")
    >>> page.lead.partition(";")[0]
    'All 12 months of street files are there and whole'
    """

    # What a notebook shows

    def cover(self) -> Block:
        """Show the first screen: area, period and what must be known first."""
        return display.cover(
            title="Data quality",
            area=self.area,
            period=self.period,
            lead=self.lead,
            facts={"Force": self.force.name, "Newest vintage": self._newest},
            edition=self.edition,
            marking="OFFICIAL-SENSITIVE" if self.edition == "sensitive" else None,
        )

    def headlines(self) -> Block:
        """Show the figures to open with, and record what the page was made from."""
        states = self.months["status"].fillna("missing")
        whole, asked = int((states == "present").sum()), len(states)
        rows, without = self._rows("rows"), self._rows("without_location")
        share = 100 * without / rows if rows else None
        source = SOURCES["police-uk"]
        figures = [
            display.Headline(
                id="coverage.whole",
                label="months there and whole",
                value=whole,
                text=f"{whole} of {asked}",
                source=source,
            ),
            display.Headline(
                id="coverage.rows",
                label="rows in street files",
                value=rows,
                text=count_text(rows),
                source=source,
            ),
            display.Headline(
                id="coverage.without-location",
                label="of rows without a location",
                value=share,
                text=percent_text(share) if share is not None else "[x]",
                source=source,
            ),
        ]
        return display.together(
            display.headlines(figures), display.record((), self.store.inquiry.inputs_read())
        )

    def holdings(self) -> Block:
        """Show what the store holds for the force, source by source."""
        import pandas as pd

        held = self.store.held.summary()
        held = held[held["force"] == self._slug]
        if held.empty:
            return display.paragraphs(f"The store holds nothing of {self.force.name}.")
        frame = pd.DataFrame(
            {
                "Source": held["source"].map(SOURCES),
                "From": held["first"].dt.strftime("%Y-%m"),
                "To": held["last"].dt.strftime("%Y-%m"),
                "Months or periods": held["months"],
                "Rows": held["rows"],
                "Vintages": held["vintages"],
                "Months in part": held["part"],
                "Months missing": held["missing"],
            }
        )
        return display.table(frame, caption=f"What the store holds of {self.force.name}")

    def coverage(self) -> Block:
        """Show every month of the force's street files: rows, or why there are none."""
        import pandas as pd

        newest = self._street.drop_duplicates("month", keep="last").set_index("month")
        if newest.empty:
            return display.paragraphs("There are no street files to show.")
        years = range(newest.index.min().year, newest.index.max().year + 1)
        rows = [[str(year), *(self._cell(newest, year, m) for m in range(1, 13))] for year in years]
        return display.table(
            pd.DataFrame(rows, columns=["Year", *_MONTHS]),
            caption=f"Rows of {self.force.name}'s street files by month",
            notes=[
                "“Part” marks a month with too few rows against the force's own history, its "
                "season allowed for; “missing” a gap between the first month and the last.",
                *(_short_note(one) for one in self.short),
            ],
        )

    def locations(self) -> Block:
        """Show by month how many rows carry no location, or lie outside the force's area."""
        import pandas as pd

        short = self.store.shortfall(self.force, self.period)
        if short["rows"].isna().all():
            return display.paragraphs("There are no rows to place.")
        frame = pd.DataFrame(
            {
                "Month": [f"{day:%Y-%m}" for day in self.period.months],
                "Rows": short["rows"].to_numpy(),
                "Without location": short["without_location"].to_numpy(),
                "Share": [percent_text(100 * s) if s == s else "[x]" for s in _floats(short)],
                "Outside the area": short["outside"].to_numpy(),
            }
        )
        return display.table(
            frame,
            caption="Rows that can't be counted to a partnership, ward or LSOA",
            notes=[
                "Counts of areas below the force run low by this share. Where it shrinks from one "
                "period to the next, their counts grow without more crime."
            ],
        )

    def vintages(self) -> Block:
        """Show what became of the months that were published more than once."""
        pairs = list(pairwise(sorted(set(self._street["vintage"]) - {""})))
        shown = [self._revision(*pair) for pair in pairs if self._common(*pair)]
        if not shown:
            text = f"No month of {self.period.label} is held in more than one vintage."
            return display.paragraphs(text)
        return display.together(*shown)

    def totals(self) -> Block:
        """Show which totals of tables do not add up, and tables beside street files."""
        import pandas as pd

        off = display.bullets(*self.totals_off)
        if not self.totals_off:
            off = display.paragraphs("No total of a table in the store fails to add up.")
        beside = self.beside_tables
        if beside.empty:
            return display.together(
                off,
                *self._official(),
                display.paragraphs(
                    "No table of ONS or the Home Office covers a time of which all months of "
                    "street files are there, so the two can't be compared."
                ),
            )
        frame = pd.DataFrame(
            {
                "Area": beside["area"],
                "Period": beside["period"],
                "Table": beside["table"],
                "Street files": beside["street"],
                "In the table": beside["figure"],
                "Difference": [signed_percent_text(p) for p in beside["percent"]],
            }
        )
        caption = "All crime in street files and in tables of the same period"
        return display.together(off, *self._official(), display.table(frame, caption=caption))

    def last_ingest(self) -> Block:
        """Show what the last ingest added."""
        import pandas as pd

        added = self.store.held.last_ingest()
        if added.empty:
            return display.paragraphs("The store was filled by a single ingest.")
        groups = added.groupby(["source", "force", "vintage", "input"], sort=True)
        frame = pd.DataFrame(
            [
                (
                    SOURCES[str(key[0])],
                    *key[1:],
                    months_text(sorted(set(rows["month"]))),
                    int(rows["rows"].sum()),
                    int(rows["replaces"].notna().sum()),
                )
                for key, rows in groups
            ],
            columns=["Source", "Force", "Vintage", "File", "Months", "Rows", "Known before"],
        )
        note = (
            "“Known before” counts months or periods that were held before, in an earlier vintage "
            "or in other content of the same."
        )
        return display.table(frame, caption="What the last ingest added", notes=[note])

    # How it is put together

    def _official(self) -> Iterator[Block]:
        """Show the share of official totals that street files hold, by measure and year."""
        import pandas as pd

        held = self.official
        if held.empty:
            return
        years = list(held.index.unique("year"))
        codes = list(held.index.unique("measure"))
        frame = pd.DataFrame({"Measure": [Measure.named(code).label for code in codes]})
        for year in years:
            rows = [held.loc[(year, code)] for code in codes]
            frame[f"Held, {year.label}"] = [
                percent_text(100 * row["files"] / row["official"]) for row in rows
            ]
            if any(row["lost"] for row in rows):
                frame["With short months put back"] = [
                    percent_text(100 * (row["files"] + row["lost"]) / row["official"])
                    for row in rows
                ]
        note = (
            "Street files and official totals count the same crimes, but at different times. Where "
            "the share moves from one year to the next, a change reads too high or too low."
        )
        yield display.table(
            frame,
            caption=f"Share of the official totals of {self.force.name} that street files hold",
            notes=[note],
        )

    def _cell(self, months: pd.DataFrame, year: int, month: int) -> str:
        import pandas as pd

        day = pd.Timestamp(year, month, 1)
        if day not in months.index:
            return ""
        row = months.loc[day]
        if row["status"] == "missing":
            return "missing"
        text = count_text(float(str(row["rows"])))
        short = any(one.month == day.date() for one in self.short)
        mark = "part: " if row["status"] == "part" else "short: " if short else ""
        return f"{mark}{text}"

    def _common(self, earlier: str, later: str) -> set[object]:
        held = self._street[self._street["month"].isin(self.months.index)]
        first, second = (set(held.loc[held["vintage"] == v, "month"]) for v in (earlier, later))
        return first & second

    def _revision(self, earlier: str, later: str) -> Block:
        import pandas as pd

        common = sorted(day.date() for day in self._common(earlier, later))  # type: ignore[attr-defined]
        span = Period.of_months(common[0], common[-1])
        found = self.store.revision(self.area, span, earlier, later).measures
        found = found[~found.index.isin(self.without)]
        frame = pd.DataFrame(
            {
                "Measure": [Measure.named(str(code)).label for code in found.index],
                earlier: found["earlier"].to_numpy(),
                later: found["later"].to_numpy(),
                "Revision": [signed_text(n) for n in found["revision"]],
                "New months": found["new"].to_numpy(),
            }
        )
        title = f"{span.label} in {self.area.name}, as published up to {earlier} and up to {later}"
        return display.table(frame, caption=title)


def _short_note(one: ShortMonth) -> str:
    return (
        f"{one.month:%B %Y} is short: {count_text(one.held)} crimes with a location, against "
        f"{count_text(one.was)} as published in {day_text(one.earlier)}. Usual ranges and steps "
        "leave it out."
    )


def _floats(short: pd.DataFrame) -> list[float]:
    return [float(value) for value in short["share"].to_numpy(dtype=float, na_value=float("nan"))]
