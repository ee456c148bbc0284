"""What was found of the data themselves: facts and sentences, nothing drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

from cspanalysis.disclosure.unshown import measures_held_back
from cspanalysis.errors import UsageError
from cspanalysis.findings.wording.numbers import percent_text, signed_percent_text, signed_text
from cspanalysis.reports.facts import EDITIONS
from cspanalysis.sources.figures import discrepancies
from cspanalysis.sources.police_uk_files import forces
from cspanalysis.store import Store
from cspanalysis.store.holdings import SOURCES
from cspanalysis.store.official import held_of_official
from cspanalysis.store.parts import OFFICIAL, force_slug
from cspanalysis.store.reads import tell_edition
from cspanalysis.store.shortened import ShortMonth, short_months
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.listed import joined, many, months_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Found", "checked", "gaps_beside"]

_NEAR = 5.0
"""Percentage within which street files and a table of the same period are taken to agree."""


class Found:
    """Hold what was found of the data of an area's force in a period.

    Parameters
    ----------
    area, period
        Where and when.
    edition
        ``public`` or ``sensitive``.
    store
        Where observations come from.
    """

    def __init__(self, area: Area, period: Period, *, edition: str, store: Store) -> None:
        self.area, self.period, self.edition, self.store = area, period, edition, store
        tell_edition(edition)

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the page of an area and a period.

        Raises
        ------
        UsageError
            If the area, the period or the edition is not known.
        """
        if edition not in EDITIONS:
            raise UsageError(f"edition '{edition}' is not known; write {' or '.join(EDITIONS)}")
        span = Period.parse(period)
        return cls(Area.named(area), span, edition=edition, store=store or Store.open())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.area.label}, {self.period}, {self.edition} edition>"

    # What was found

    @cached_property
    def force(self) -> Area:
        """The police force area that the area lies in."""
        return self.area if self.area.kind == "force" else Area.named(self.area.force)

    @cached_property
    def months(self) -> pd.DataFrame:
        """Months of the period, each in its newest vintage, with its status."""
        import pandas as pd

        held = self._street.drop_duplicates("month", keep="last").set_index("month")
        return held.reindex(pd.DatetimeIndex(self.period.months, name="month"))

    @property
    def lead(self) -> str:
        """What a reader must know first, in a sentence."""
        states = self.months["status"].fillna("missing")
        if (states == "missing").all():
            return f"There are no street files of {self.force.name} for {self.period.label}."
        off = [self._named(state, states) for state in ("missing", "part") if state in set(states)]
        number = len(states)
        every = f"All {number} months" if number > 1 else "The month"
        verb = "are" if number > 1 else "is"
        whole = f"{every} of street files {verb} there and whole"
        said = f"Of {many(number, 'month')} of street files, {joined(off)}" if off else whole
        return f"{said}; {self._share()} of rows carry no location."

    @cached_property
    def totals_off(self) -> tuple[str, ...]:
        """Totals of tables that do not add up in the period, a sentence each."""
        return tuple(self._off())

    @cached_property
    def beside_tables(self) -> pd.DataFrame:
        """All crime of street files beside tables of the same period, all months being there."""
        import pandas as pd

        columns = ["area", "period", "table", "street", "figure", "percent"]
        return pd.DataFrame(list(self._beside()), columns=columns)

    @cached_property
    def official(self) -> pd.DataFrame:
        """Street files of the force beside its official totals, by year and measure."""
        years = {month.year for month in self.period.baseline().months}
        near = {date(year, month, 1) for year in years for month in range(1, 13)}
        held = held_of_official(self.store, self.force, touching=near | {*self.period.months})
        return held[[code not in self.without for _, code in held.index]]

    @cached_property
    def short(self) -> tuple[ShortMonth, ...]:
        """Months of the force of which an earlier vintage held far more crimes."""
        return short_months(self.store, self.force, self.store.held.months(self.force))

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the data, a sentence each; empty where nothing was found."""
        states = self.months["status"].fillna("missing")
        inside = states[[self._is_inside(month.date()) for month in states.index]]
        return (*self.beyond, *self._gaps(inside), *self.figures_off)

    @property
    def figures_off(self) -> tuple[str, ...]:
        """What of the figures does not agree, or is damaged, a sentence each."""
        far = self.beside_tables[self.beside_tables["percent"].abs() > _NEAR]
        told = [
            f"{row.area}, {row.period}: street files count {row.street:,} crimes, "
            f"{row.table} {row.figure:,} ({signed_percent_text(float(str(row.percent)))})."
            for row in far.itertuples()
        ]
        return (*self.totals_off, *told, *self.store.held.damage())

    @property
    def beyond(self) -> tuple[str, ...]:
        """Where the force's street files begin or end inside the period, a sentence each."""
        if self._ends is None:
            return (f"{self.force.name}: there are no street files.",)
        first, last = self._ends
        before = [month for month in self.period.months if month < first]
        after = [month for month in self.period.months if month > last]
        told = []
        for way, end, months in (("begin", first, before), ("end", last, after)):
            if months:
                every = months == list(self.period.months)
                span = self.period.label if every else months_text(months)
                told.append(f"{way} with {months_text([end])}; nothing of {span} is held")
        return tuple(f"{self.force.name}: street files {each}." for each in told)

    @property
    def every_gap(self) -> tuple[str, ...]:
        """Which months between the force's first and its last are missing or in part."""
        held = self._street.drop_duplicates("month", keep="last").set_index("month")["status"]
        return self._gaps(held)

    # How it is put together

    def _gaps(self, states: pd.Series) -> tuple[str, ...]:
        return tuple(
            f"{self.force.name}: {self._named(state, states)}."
            for state in ("missing", "part")
            if state in set(states)
        )

    @cached_property
    def _ends(self) -> tuple[date, date] | None:
        """First and last month of the force's street files; None where there are none."""
        months = self.store.held.months(self.force)
        return (months[0], months[-1]) if months else None

    def _is_inside(self, month: date) -> bool:
        return self._ends is not None and self._ends[0] <= month <= self._ends[1]

    @cached_property
    def _slug(self) -> str:
        return force_slug(self.force.code)

    @cached_property
    def _street(self) -> pd.DataFrame:
        return self.store.coverage(source="police-uk", force=self._slug)

    @property
    def _newest(self) -> str:
        return max(self._street["vintage"], default="") or "none"

    def _rows(self, column: str) -> int:
        return int(self.months[column].astype("Int64").sum())

    def _share(self) -> str:
        rows = self._rows("rows")
        return percent_text(100 * self._rows("without_location") / rows) if rows else "[x]"

    def _named(self, state: str, states: pd.Series) -> str:
        days = [day.date() for day in states.index[states == state]]
        whole = days == list(self.period.months) and len(days) > 1
        named = f"all months of {self.period.label}" if whole else months_text(days)
        verb = "is" if len(days) == 1 else "are"
        return f"{named} {verb} {'missing' if state == 'missing' else 'there in part'}"

    def _alike(self) -> Sequence[Area]:
        return (*AreaRegister.shipped().within(self.force), self.force)

    def _tables(self) -> Iterator[tuple[Area, Period, str, pd.DataFrame]]:
        for area in self._alike():
            for source in OFFICIAL:
                for period in self.store.figures.published_periods(area, source=source):
                    if set(period.months) & set(self.period.months):
                        yield (
                            area,
                            period,
                            source,
                            self.store.published(area, period, source=source),
                        )

    @cached_property
    def without(self) -> frozenset[str]:
        """Codes of the measures of which this edition says nothing."""
        if self.edition != "public":
            return frozenset()
        held = measures_held_back(self.area, period=self.period)
        return frozenset(measure.code for measure in held)

    def _off(self) -> Iterator[str]:
        for area, period, source, figures in self._tables():
            keyed = figures.assign(
                area_code=area.code, period_start=period.start, period_end=period.end
            )
            for row in discrepancies(keyed).itertuples():
                if str(row.measure) in self.without:
                    continue
                label = Measure.named(str(row.measure)).label
                off = signed_text(float(str(row.difference)))
                where = f"{SOURCES[source]}, {area.name}, {period.label}"
                yield f"{where}: {label} differs from the sum of its parts by {off}."

    def _beside(self) -> Iterator[tuple[str, str, str, int, int, float]]:
        import pandas as pd

        for area, period, source, figures in self._tables():
            given = figures.set_index("measure")["count"].get("all-crime")
            months = self.store.monthly(area, measures=["all-crime"], months=period)["all-crime"]
            if pd.isna(given) or months.isna().any() or not given:
                continue
            street, figure = int(months.sum()), int(given)
            percent = 100 * (street - figure) / figure
            yield area.name, period.label, SOURCES[source], street, figure, percent


def checked(area: str | None, period: str | None) -> tuple[str, tuple[str, ...]]:
    """Sum up the store in plain text, and list what is wrong with it.

    Parameters
    ----------
    area
        An area, whose force is looked at; all forces of the store where none is given.
    period
        A period; the twelve months up to a force's newest where none is given.
    """
    store = Store.open()
    held = store.held.summary()
    lines = [
        f"{row.force}: {row.source}, {row.first:%Y-%m} to {row.last:%Y-%m}, "
        f"{many(int(str(row.rows)), 'row')}, "
        f"vintages: {row.vintages}, months in part: {row.part}, missing: {row.missing}"
        for row in held.itertuples()
    ]
    lines += [*_inputs(store), *_replaced(store)]
    slugs = held.loc[held["source"] == "police-uk", "force"]
    # An empty store asks nothing of the register: a folder without reference data can be checked
    codes = {slug: force.code for slug, force in forces().items()} if len(slugs) else {}
    lines += [
        f"{slug}: a force without an area of its own: its months are held, and no report reads them"
        for slug in dict.fromkeys(slugs)
        if not codes.get(slug)
    ]
    held_codes = dict.fromkeys(codes[slug] for slug in slugs if codes.get(slug))
    areas = [Area.named(area)] if area else [Area.named(code) for code in held_codes]
    problems = dict.fromkeys(store.held.damage())
    for each in () if problems else areas:  # what is damaged can't be looked at
        latest = store.held.latest(each)
        span = period or (f"12m-to-{latest:%Y-%m}" if latest else None)
        if span:
            found = Found.open(each, span, store=store)
            told = found.problems if period else (*found.every_gap, *found.figures_off)
            problems |= dict.fromkeys(told)
            lines += () if period else found.beyond
    problems |= dict.fromkeys(gaps_beside(store))
    return "\n".join(lines) or "the store is empty", tuple(problems)


def _inputs(store: Store) -> Iterator[str]:
    """Name every input held, in a line each, and in another what was forgotten."""
    for row in store.held.inputs().itertuples():
        span = f"{row.first:%Y-%m} to {row.last:%Y-%m}"
        read_as = f"; read as {row.encodings!s}" if row.encodings else ""
        yield (
            f"held: {row.input} (sha256 {str(row.input_sha256)[:12]}), vintage {row.vintage}, "
            f"{row.sources}, {span}, {many(int(str(row.rows)), 'row')}{read_as}"
        )
    keys = ["input", "input_sha256", "replaced_on"]
    for (name, sha256, day), rows in store.held.forgotten().groupby(keys):
        span = f"{min(rows['month']):%Y-%m} to {max(rows['month']):%Y-%m}"
        yield (
            f"forgotten: {name} (sha256 {str(sha256)[:12]}), {span}, "
            f"{many(len(rows), 'part')} of it, "
            f"on {day}"
        )


def gaps_beside(store: Store) -> Iterator[str]:
    """Name the months that are missing of the files that come beside street files."""
    held = store.coverage()
    beside = held["source"].isin(["police-uk-outcomes", "police-uk-stop-and-search"])
    gone = held[beside & (held["status"] == "missing")]
    for (source, force), rows in gone.groupby(["source", "force"]):
        months = months_text(list(rows["month"].dt.date))
        yield f"{SOURCES[str(source)]}, {force}: no files for {months}."


def _replaced(store: Store) -> Iterator[str]:
    """Say in a line each which inputs were replaced by others of the same vintage."""
    keys = ["force", "source", "vintage", "input", "replaced_by", "replaced_on"]
    for (force, source, vintage, old, new, day), rows in store.held.replaced().groupby(keys):
        yield (
            f"{force}: {source}, vintage {vintage}, months or periods replaced: {len(rows)} of "
            f"{old} by {new} on {day}"
        )
