"""The one object that a notebook opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from cspanalysis import display
from cspanalysis.errors import UsageError
from cspanalysis.findings import Change, Level, Trend, changes
from cspanalysis.findings.caveats import gathered
from cspanalysis.findings.checked import CheckedSection, checked
from cspanalysis.findings.commentary import read_commentary
from cspanalysis.findings.evidence import Evidence, gather, rate_of
from cspanalysis.findings.harm import Harm
from cspanalysis.findings.harm_weighing import harm_of
from cspanalysis.findings.harm_weights import read_weights, weights_file
from cspanalysis.findings.headline import chosen
from cspanalysis.findings.levels import levels_subtitle, levels_title, no_levels
from cspanalysis.findings.narrative import lead, summary, table_title
from cspanalysis.findings.neighbours import beside_neighbours, small_areas
from cspanalysis.findings.patterns import Pattern, patterns_of, patterns_title
from cspanalysis.findings.ranking import ranked
from cspanalysis.findings.trends import (
    first_signal,
    no_trends,
    signals,
    trends,
    trends_subtitle,
    trends_title,
)
from cspanalysis.findings.values import Value, ranks_of, values_of
from cspanalysis.findings.why import Explanation, explanations
from cspanalysis.findings.words import day_text
from cspanalysis.partnership import Partnership, read_partnership
from cspanalysis.paths import harm_weights, partnership_folder
from cspanalysis.store import Store
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.display import Block, Headline

__all__ = ["Assessment"]

EDITIONS = ("public", "sensitive")
PARTNERS = "Partner indicators"
"""Group of measures that partners count; they stand in a table of their own."""


class Assessment:
    """Hold what is known of one area in one period, against a baseline period.

    Findings are computed when they are first asked for, and once.

    Parameters
    ----------
    area, period, baseline
        Where and when, and what it is compared with.
    edition
        ``public`` or ``sensitive``.
    store
        Where observations come from.

    Examples
    --------
    >>> report = Assessment.open("wycombe", "2017-04..2017-06")
    >>> report.lead
    'All crime is much the same as a year earlier (2,433 against 2,330), and no measure shows a
     clear change.'
    """

    name: ClassVar[str] = "performance-report"
    """Name of the report: its notebook's."""
    title: ClassVar[str] = "Performance report"
    """Kind of report, as its cover says."""
    numbered: ClassVar[bool] = False
    """Whether paragraphs of its prose are numbered."""

    def __init__(
        self, area: Area, period: Period, *, baseline: Period, edition: str, store: Store
    ) -> None:
        self.area, self.period, self.baseline = area, period, baseline
        self.edition, self.store = edition, store

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the assessment of an area and a period.

        Parameters
        ----------
        area
            Slug, code or name; a bare name is the CSP.
        period
            As `Period.parse` reads it.
        baseline
            Period to compare with; empty or None for the same months a year before.
        edition
            ``public`` or ``sensitive``.
        store
            Where observations come from; the shipped and the user's if not given.

        Raises
        ------
        UsageError
            If the area, a period or the edition is not known, or the baseline is not earlier.
        """
        span = Period.parse(period)
        against = Period.parse(baseline) if baseline else span.baseline()
        if against.start >= span.start:
            raise UsageError(f"baseline '{against}' does not start before period '{span}'")
        if edition not in EDITIONS:
            raise UsageError(f"edition '{edition}' is not known; write {' or '.join(EDITIONS)}")
        return cls(
            Area.named(area),
            span,
            baseline=against,
            edition=edition,
            store=store or Store.open(),
        )

    # What was found

    @cached_property
    def evidence(self) -> Evidence:
        """The counts and what stands behind them."""
        return gather(self.store, area=self.area, period=self.period, baseline=self.baseline)

    @property
    def monthly(self) -> pd.DataFrame | None:
        """Counts by month, one column a measure; None where only a table was published."""
        return self.evidence.monthly

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Changes of the measures that the police record, tested together."""
        return self._changes_of(lambda measure: measure.group != PARTNERS)

    @cached_property
    def partner_changes(self) -> tuple[Change, ...]:
        """Changes of the measures that partners count, tested together."""
        return self._changes_of(lambda measure: measure.group == PARTNERS)

    @cached_property
    def trends(self) -> tuple[Trend, ...]:
        """Control charts of the months; empty where there are too few."""
        if self.monthly is None:
            return ()
        return trends(self.monthly, area=self.area, provenance=self.evidence.comparison.provenance)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """Season, concentration and outlook of each measure; empty without months."""
        if self.monthly is None:
            return ()
        small = self.area.kind in {"ward", "lsoa"} or any(c.after is None for c in self.changes)
        return patterns_of(
            self.monthly,
            places=None
            if small
            else self.store.by_area("lsoa", within=self.area, period=self.period),
            area=self.area,
            provenance=self.evidence.comparison.provenance,
        )

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Rates of all crime in the area, the other CSPs of its force, and the force."""
        if self.evidence.kind != "counts":
            return ()
        total = Measure.named("all-crime")
        return beside_neighbours(self.store, area=self.area, period=self.period, measure=total)

    @cached_property
    def harm(self) -> Harm | None:
        """Harm of what was recorded, as far as there are weights; None where there are none."""
        tell_file(harm_weights())
        located = self.evidence.comparison.located
        return harm_of(self.changes, read_weights(weights_file()), located=located)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every computed value by key, as placeholders in commentary name them."""
        found = [value for pattern in self.patterns for value in pattern.values()]
        found += self.harm.values() if self.harm else ()
        further = {value.key: value for value in found}
        return {**values_of(self._all()), **ranks_of(self.levels), **further}

    @cached_property
    def partnership(self) -> Partnership | None:
        """What the partnership says of itself and its work; None where it has no file."""
        folder = partnership_folder(self.area.slug)
        tell_file(folder)
        return read_partnership(folder, period=self.period)

    @cached_property
    def written(self) -> tuple[CheckedSection, ...]:
        """What people wrote for this report, area, period and edition, with its claims checked."""
        folder = partnership_folder(self.area.slug) / "commentary"
        tell_file(folder)
        sections = read_commentary(
            folder, period=self.period, edition=self.edition, report=self.name
        )
        return checked(sections, self._all(), area=self.area, values=self.values)

    @property
    def marking(self) -> str | None:
        """Protective marking: of a sensitive edition always, else as the partnership set it."""
        if self.edition == "sensitive":
            return "OFFICIAL-SENSITIVE"
        return self.partnership.marking if self.partnership else None

    @property
    def lead(self) -> str:
        """The finding of the period, in a sentence or two."""
        return lead(self.changes, signal=first_signal(self.trends), harm=self.harm)

    # What a notebook shows

    def cover(self) -> Block:
        """Show the first screen: area, period and the finding."""
        facts = {"Compared with": self.baseline.label, "Figures": self._source}
        return display.cover(
            title=self.title,
            area=self.area,
            period=self.period,
            baseline=self.baseline,
            lead=self.lead,
            facts=facts,
            edition=self.edition,
            marking=self.marking,
            numbered=self.numbered,
        )

    def headlines(self) -> Block:
        """Show the few figures to open with, and record every figure of the report."""
        shown = [
            display.headline_of(change, source=self._source, monthly=self.monthly)
            for change in chosen(self.changes, harm=self.harm)
        ]
        return display.together(
            display.headlines(shown),
            display.record(list(self._figures()), self.store.inputs_read()),
        )

    def summary(self) -> Block:
        """Say in sentences what was found."""
        return display.paragraphs(
            *summary(self.changes, harm=self.harm),
            " ".join(signals(self.trends)),
            *summary(self.partner_changes),
        )

    def commentary(self) -> Block:
        """Show what people wrote, with the claims of drafts held against the figures."""
        return display.together(*(display.commentary(section) for section in self.written))

    def change_tables(self) -> Block:
        """Show the changes as a table, and those of partners' measures as another."""
        tables = (
            display.change_table(found, caption=f"{table_title(found)}: {what}")
            for found, what in (
                (self.changes, self._span),
                (self.partner_changes, f"partners' figures, {self._span}"),
            )
            if found
        )
        return display.together(*tables)

    def why(self) -> Block:
        """Set out competing explanations of each change that chance does not explain."""
        clear = [c for c in self._all() if c.stands_out and c.measure.code != "all-crime"]
        notable = ranked(clear, harm=self.harm)
        if not notable:
            return display.paragraphs(
                "No measure shows a clear change, so there is none to explain."
            )
        return display.explanation_table({change: self._why(change) for change in notable})

    def control_charts(self) -> Block:
        """Draw the months of each measure against their usual range."""
        if not self.trends:
            return display.paragraphs(no_trends())
        return display.control_charts(
            self.trends,
            title=trends_title(self.trends),
            subtitle=trends_subtitle(self.trends),
            source=self._source,
        )

    def patterns_table(self) -> Block:
        """Show when in the year, in how few places, and what the next months may bring."""
        if not self.patterns:
            return display.paragraphs(
                "These figures hold no months and no small areas, so no season, no places and no "
                "outlook can be shown."
            )
        return display.pattern_table(self.patterns, caption=patterns_title(self.patterns))

    def comparisons(self) -> Block:
        """Set the area beside the other CSPs of its force and the force itself."""
        if not self.levels:
            return display.paragraphs(no_levels(self.changes))
        return display.rate_comparison(
            self.levels,
            title=levels_title(self.levels),
            subtitle=levels_subtitle(self.levels),
            source=self._source,
        )

    def harm_table(self) -> Block:
        """Show the harm of each measure, with what the total covers and how it changed."""
        return display.harm_table(self.harm)

    def caveats(self) -> Block:
        """List what changes the reading of these figures."""
        charted = dict.fromkeys(caveat for trend in self.trends for caveat in trend.caveats)
        return display.caveat_list([*gathered(self._all()), *charted])

    def sources(self) -> Block:
        """Show where every figure came from and how it was tested."""
        return display.source_table(self._all())

    # How it is put together

    def _changes_of(self, wanted: Callable[[Measure], bool]) -> tuple[Change, ...]:
        return changes(
            [line for line in self.evidence.lines if wanted(line.measure)],
            comparison=self.evidence.comparison,
            force=self.evidence.force,
            rate=lambda measure, count: rate_of(self.store, self.area, measure, count),
        )

    def _all(self) -> Sequence[Change]:
        return (*self.changes, *self.partner_changes)

    def _why(self, change: Change) -> Sequence[Explanation]:
        located = self.evidence.located
        if self.monthly is None:
            return explanations(change, located=located)
        return explanations(
            change,
            monthly=self.monthly.get(change.measure.code),
            places=small_areas(self.store, change),
            located=located,
        )

    def _figures(self) -> Iterator[Headline]:
        """Every figure that the report prints, for machines."""
        for change in self._all():
            yield from display.change_figures(change, source=self._source)
        for pattern in self.patterns:
            yield from display.value_figures(pattern.values(), source=self._source)
        if self.harm:
            yield from display.value_figures(self.harm.values(), source=self._source)

    @property
    def _span(self) -> str:
        return f"{self.area.name}, {self.period.label} against {self.baseline.label}"

    @property
    def _source(self) -> str:
        origin = self.evidence.comparison.provenance
        return ", ".join(filter(None, (origin.source, day_text(origin.vintage))))
