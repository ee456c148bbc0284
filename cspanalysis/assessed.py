"""What is known of one area in one period: findings, computed when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.disclosure.plan import Plan, plan_of
from cspanalysis.disclosure.rules import SMALL
from cspanalysis.errors import StoreError, UsageError
from cspanalysis.findings import Change, Level, Trend, changes
from cspanalysis.findings.checked import CheckedSection, checked
from cspanalysis.findings.commentary import read_commentary
from cspanalysis.findings.comparators import Standing, standings
from cspanalysis.findings.evidence import Evidence, gather, holds, location_values, rate_of
from cspanalysis.findings.first_data import FirstData, first_data, needed
from cspanalysis.findings.harm import Harm
from cspanalysis.findings.harm_weighing import harm_of
from cspanalysis.findings.harm_weights import read_weights, weights_file
from cspanalysis.findings.neighbours import beside_neighbours
from cspanalysis.findings.patterns import Pattern, patterns_of
from cspanalysis.findings.peers import Comparators, comparators_of
from cspanalysis.findings.shown import Findings
from cspanalysis.findings.steps import steps_of
from cspanalysis.findings.target_counts import targets
from cspanalysis.findings.targets import TargetFinding, target_values
from cspanalysis.findings.trends import positions_of, runs_of, trends
from cspanalysis.findings.unshown import measures_held_back_around, sensitive_twin
from cspanalysis.findings.values import Value, ranks_of, rates_of, tally_of, values_of
from cspanalysis.findings.withheld import withheld
from cspanalysis.findings.words import day_text
from cspanalysis.partnership import Partnership, read_partnership
from cspanalysis.partnership.editions import HeldBack, held_back
from cspanalysis.paths import harm_weights, partnership_folder
from cspanalysis.store import Store
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.comparison import sides_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Assessed"]

EDITIONS = ("public", "sensitive")
PARTNERS = "Partner indicators"
"""Group of measures that partners count; they stand in a table of their own."""


class Assessed:
    """Hold the findings on one area in one period; `Assessment` shows them.

    Parameters
    ----------
    area, period, baseline, edition, store
        See `open`.
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
            Period to compare with; empty or None for the same months a year before (of a period
            longer than a year, as many years before as keep the two apart).
        edition
            ``public`` or ``sensitive``.
        store
            Where observations come from; the shipped and the user's if not given.

        Raises
        ------
        UsageError
            If the area, a period or the edition is not known, or the baseline does not end
            before the period starts.
        """
        span, against = sides_of(period, baseline)
        if edition not in EDITIONS:
            raise UsageError(f"edition '{edition}' is not known; write {' or '.join(EDITIONS)}")
        return cls(
            Area.named(area),
            span,
            baseline=against,
            edition=edition,
            store=store or Store.open(),
        )

    def __repr__(self) -> str:
        spanned = f"{self.area.label}, {self.period} against {self.baseline}"
        return f"<{type(self).__name__}: {spanned}, {self.edition} edition>"

    # What was found

    @cached_property
    def evidence(self) -> Evidence:
        """The counts and what stands behind them."""
        found = gather(self.store, area=self.area, period=self.period, baseline=self.baseline)
        if self.area.kind in SMALL and (plan := self.plan) is not None:
            return withheld(found, plan)
        return found

    @cached_property
    def plan(self) -> Plan | None:
        """What public pages of the area's family keep back; None of a sensitive edition."""
        if self.edition != "public":
            return None
        planned = planned_periods(self.area)
        return plan_of(self.store, self.area, (self.baseline, self.period, *planned))

    @property
    def monthly(self) -> pd.DataFrame | None:
        """Counts by month, one column a measure; None where only a table was published."""
        held = self.evidence.monthly
        if held is None or not self.without:
            return held
        return held.drop(columns=[m.code for m in self.without], errors="ignore")

    @cached_property
    def changes(self) -> Findings[Change]:
        """Changes of the measures that the police record, tested together."""
        return self._changes_of(lambda measure: measure.group != PARTNERS)

    @cached_property
    def partner_changes(self) -> Findings[Change]:
        """Changes of the measures that partners count, tested together."""
        return self._changes_of(lambda measure: measure.group == PARTNERS)

    @cached_property
    def trends(self) -> Findings[Trend]:
        """Control charts of the months; empty where there are too few."""
        if self.monthly is None:
            return Findings()
        return Findings(
            trends(
                self.monthly,
                area=self.area,
                provenance=self.evidence.comparison.provenance,
                since=self.period.start,
                steps=steps_of(self.store, self.area, self.period.end),
                events=self.partnership.events if self.partnership else (),
            )
        )

    @cached_property
    def patterns(self) -> Findings[Pattern]:
        """Season, concentration and outlook of each measure; empty without months."""
        if self.monthly is None:
            return Findings()
        small = self.area.kind in {"ward", "lsoa"} or not self.store.whole(self.area, self.period)
        places = None if small else self.store.by_area("lsoa", within=self.area, period=self.period)
        return Findings(
            patterns_of(
                self.monthly,
                places=places,
                area=self.area,
                provenance=self.evidence.comparison.provenance,
                since=self.period.start,
            )
        )

    @cached_property
    def levels(self) -> Findings[Level]:
        """Rates of all crime in the area, the other CSPs of its force, and the force."""
        total = Measure.named("all-crime")
        if total in self.without:
            return Findings(())
        return Findings(
            beside_neighbours(
                self.store,
                area=self.area,
                period=self.period,
                measure=total,
                source=self.evidence.source,
            )
        )

    @cached_property
    def comparators(self) -> Comparators:
        """The areas to compare with, and why these."""
        source = self.evidence.source
        return comparators_of(
            self.area,
            self.partnership.comparators if self.partnership else (),
            held=lambda other: holds(self.store, other, self.period, source=source),
        )

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where the area's rates stand among its comparators', by measure code."""
        found = standings(
            self.store,
            area=self.area,
            comparators=self.comparators.areas,
            period=self.period,
            source=self.evidence.source,
        )
        hidden = {measure.code for measure in self.without}
        hidden |= {c.measure.code for c in self._all() if "after" in c.kept_back}
        return {code: standing for code, standing in found.items() if code not in hidden}

    @cached_property
    def first_data(self) -> FirstData | None:
        """What there is of the period alone; None where the baseline period has figures."""
        if any(c.before is not None or "before" in c.kept_back for c in self._all()):
            return None
        beside = self.standings if self.area.kind == "csp" else {}
        return first_data(self.changes, standings=beside, needs=needed(self.evidence, self.store))

    @cached_property
    def harm(self) -> Harm | None:
        """Harm of what was recorded, as far as there are weights; None where there are none."""
        own = self.partnership.harm_weights if self.partnership else None
        path = partnership_folder(self.area.slug) / own if own else weights_file()
        tell_file(harm_weights())
        located = self.evidence.comparison.located
        return harm_of(self.changes, read_weights(path), located=located)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every computed value by key, as placeholders in commentary name them."""
        return {**values_of(self._all()), **ranks_of(self.levels), **self._further}

    @cached_property
    def _further(self) -> dict[str, Value]:
        """What the report says in numbers beside its changes."""
        found = [value for pattern in self.patterns for value in pattern.values()]
        found += [*runs_of(self.trends), *positions_of(self.trends)]
        found += self.harm.values() if self.harm else ()
        tallies = tally_of(self.changes) | tally_of(self.partner_changes, prefix="partner_measures")
        targets = target_values(self.target_findings)
        found += location_values(self.evidence.comparison, self.evidence.located)
        if self.comparators.chosen != "force":
            found += [value for one in self.standings.values() for value in one.values()]
        rates = rates_of(self.levels)
        return {value.key: value for value in found} | tallies | targets | rates

    @cached_property
    def file(self) -> HeldBack | None:
        """The partnership's file, and what a public edition leaves out; None where there is none.

        Nothing is left out of a sensitive edition.
        """
        folder = partnership_folder(self.area.slug)
        tell_file(folder)
        whole = read_partnership(folder, period=self.period)
        if whole is None:
            return None
        return held_back(whole) if self.edition == "public" else HeldBack(whole)

    def keeps_back(self, key: str) -> bool:
        """Tell whether this edition leaves out something under a key of the partnership's file."""
        return self.file is not None and key.split(".")[0] in self.file.fields

    @property
    def partnership(self) -> Partnership | None:
        """What the partnership says of itself and its work; None where it has no file."""
        return self.file.public if self.file else None

    @cached_property
    def without(self) -> frozenset[Measure]:
        """Measures of which this edition says nothing: its partnership marked them as sensitive."""
        if self.edition != "public":
            return frozenset()
        own = self.file.measures if self.file else frozenset()
        return own | measures_held_back_around(self.area, period=self.period)

    @cached_property
    def target_findings(self) -> tuple[TargetFinding, ...]:
        """The measures of the partnership's priorities, held against their targets."""
        priorities = self.partnership.priorities if self.partnership else ()
        if not any(priority.measures for priority in priorities):
            return ()
        return targets(
            priorities,
            area=self.area,
            period=self.period,
            baseline=self.baseline,
            against=self._against,
            monthly=self.monthly,
            trends=self.trends,
            in_part=self._in_part,
        )

    @cached_property
    def written(self) -> tuple[CheckedSection, ...]:
        """What people wrote for this report, area, period and edition, with its claims checked."""
        folder = partnership_folder(self.area.slug) / "commentary"
        tell_file(folder)
        sections = read_commentary(
            folder,
            period=self.period,
            edition=self.edition,
            report=self.name,
            without=self.file.priorities if self.file else (),
        )
        return checked(
            sections,
            self._all(),
            area=self.area,
            values=self.values,
            monthly=self._whole_months,
            is_sensitive=(lambda key: key in self.sensitive_twin.values)  # noqa: PD011 - of a report
            if self.file and self.file.fields
            else None,
        )

    # How it is put together

    def _changes_of(self, wanted: Callable[[Measure], bool]) -> Findings[Change]:
        noise = {line.measure.code: line.period_noise for line in self.evidence.lines}
        found = changes(
            [line for line in self.evidence.lines if wanted(line.measure)],
            comparison=self.evidence.comparison,
            force=self.evidence.force,
            rate=lambda measure, count: rate_of(
                self.store,
                self.area,
                measure,
                count,
                period=self.period,
                noise=noise.get(measure.code, 1.0),
            ),
        )
        return Findings(change for change in found if change.measure not in self.without)

    @cached_property
    def sensitive_twin(self) -> Self:
        """The same report in its sensitive edition."""
        return sensitive_twin(self)

    def _against(self, baseline: Period) -> Sequence[Change]:
        """Compare the period with another baseline, in figures of the same kind."""
        if baseline == self.baseline:
            return self._all()
        other = Assessed(
            self.area, self.period, baseline=baseline, edition=self.edition, store=self.store
        )
        try:
            if other.evidence.kind == self.evidence.kind:
                return other._all()
        except StoreError:
            pass  # nothing was published for that baseline
        missing = f"There are no figures for {baseline.label}."
        return changes(
            [replace(line, before=None, missing=missing) for line in self.evidence.lines],
            comparison=replace(self.evidence.comparison, baseline=baseline),
        )

    def _all(self) -> Sequence[Change]:
        return (*self.changes, *self.partner_changes)

    @cached_property
    def _in_part(self) -> tuple[date, ...]:
        """The months whose files hold too few rows."""
        counted = () if self.monthly is None else [m.date() for m in self.monthly.index]
        return self.store.in_part(self.area, counted) if counted else ()

    @property
    def _whole_months(self) -> pd.DataFrame | None:
        """Counts by month without those in part, which would read as low."""
        if self.monthly is None:
            return None
        whole = [month.date() not in self._in_part for month in self.monthly.index]
        return self.monthly.loc[whole]

    @property
    def _source(self) -> str:
        origin = self.evidence.comparison.provenance
        return ", ".join(filter(None, (origin.source, day_text(origin.vintage))))
