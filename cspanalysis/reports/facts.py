"""Facts: all that a report can say of one area in one period, worked out when first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.commentary.checked import CheckedSection, checked
from cspanalysis.commentary.sections import read_commentary
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.plan import Plan
from cspanalysis.disclosure.rules import SMALL
from cspanalysis.disclosure.unshown import measures_held_back_around, sensitive_twin
from cspanalysis.evidence.gather import Evidence, holds
from cspanalysis.evidence.withheld import withheld
from cspanalysis.findings.changes.patterns import Pattern, patterns_of
from cspanalysis.findings.changes.reading import read
from cspanalysis.findings.changes.steps import Step, steps_of
from cspanalysis.findings.changes.trends import first_signal
from cspanalysis.findings.finding import Change, Level, Trend
from cspanalysis.findings.places.comparators import Standing, standings
from cspanalysis.findings.places.located import where_of
from cspanalysis.findings.places.neighbours import beside_neighbours
from cspanalysis.findings.places.peers import Comparators, comparators_of
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.priorities.harm_weighing import harm_of
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.findings.shown import ByKey, Findings
from cspanalysis.findings.summary.first_data import FirstData, first_data, needed
from cspanalysis.findings.summary.narrative import lead
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.sentences import cited
from cspanalysis.partnership import Partnership, read_partnership
from cspanalysis.partnership.editions import HeldBack, held_back
from cspanalysis.partnership.harm_weights import read_weights, weights_file
from cspanalysis.paths import harm_weights, partnership_folder
from cspanalysis.reports.changed import changes_in, composites_in, partner_changes_in, trends_in
from cspanalysis.reports.fact_values import further_values, values_in
from cspanalysis.reports.family import family_plan, family_small_areas
from cspanalysis.reports.focused import Focused
from cspanalysis.reports.held_targets import held_against_targets
from cspanalysis.reports.kind import Kind, Part
from cspanalysis.reports.placed import Placed
from cspanalysis.reports.recorded import Recorded
from cspanalysis.reports.strategy import Strategy
from cspanalysis.reports.to_committee import ToCommittee
from cspanalysis.store import Store
from cspanalysis.store.reads import tell_file
from cspanalysis.vocabulary import Area, Measure, Period

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EDITIONS", "Facts"]

EDITIONS = ("public", "sensitive")


@dataclass(eq=False)
class Facts:
    """Hold what is known of one area in one period; sections ask it, reports hold it.

    Attributes
    ----------
    area, period, baseline
        Where and when, and what it is compared with.
    edition
        ``public`` or ``sensitive``.
    store
        Where observations come from.
    kind
        What kind of report asks.
    previous
        Period of the previous edition; None where there is none.
    wanted
        Key of the priority, or code of the measure, that is looked at closely; empty for none.
    """

    area: Area
    period: Period
    baseline: Period
    edition: str
    store: Store
    kind: Kind
    previous: Period | None = None
    wanted: str = ""

    def __repr__(self) -> str:
        spanned = f"{self.area.label}, {self.period} against {self.baseline}"
        return f"<Facts: {spanned}, {self.edition} edition>"

    # What was found

    @cached_property
    def evidence(self) -> Evidence:
        """The counts and what stands behind them."""
        found = read(self.store, area=self.area, period=self.period, baseline=self.baseline)
        if self.area.kind in SMALL and (plan := self.plan) is not None:
            return withheld(found, plan, rules_of(self.area))
        return found

    @cached_property
    def plan(self) -> Plan | None:
        """What public pages of the area's family keep back; None of a sensitive edition."""
        return family_plan(self)

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
        return changes_in(self, lambda measure: not measure.by_partners)

    @cached_property
    def partner_changes(self) -> Findings[Change]:
        """Changes of the measures that partners count, tested together."""
        return partner_changes_in(self)

    @cached_property
    def composite_changes(self) -> Findings[Change]:
        """Changes of wider groups, such as acquisitive crime, each tested by itself."""
        return composites_in(self)

    @cached_property
    def steps(self) -> Mapping[str, tuple[Step, ...]]:
        """Months from which on a measure stands at another level, by code of the measure."""
        return steps_of(self.store, self.area, self.period.end)

    @cached_property
    def trends(self) -> Findings[Trend]:
        """Control charts of the months; empty where there are too few."""
        return trends_in(self, since=self.period.start)

    @cached_property
    def patterns(self) -> Findings[Pattern]:
        """Season, concentration and outlook of each measure; empty without months."""
        if self.monthly is None:
            return Findings()
        whole = self.store.held.whole(self.area, self.period)
        small = self.area.is_small or not whole
        places = None if small else self.store.by_area("lsoa", within=self.area, period=self.period)
        return Findings(
            patterns_of(
                self.monthly,
                places=places,
                area=self.area,
                provenance=self.evidence.comparison.provenance,
                since=self.period.start,
                levels={trend.measure.code: trend.newest for trend in self.trends},
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
        return comparators_of(
            self.area,
            self.partnership.comparators if self.partnership else (),
            held=lambda other: holds(self.store, other, self.period, source=self.evidence.source),
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
        hidden |= {c.measure.code for c in self.every_change if "after" in c.kept_back}
        return ByKey((code, one) for code, one in found.items() if code not in hidden)

    @cached_property
    def first_data(self) -> FirstData | None:
        """What there is of the period alone; None where the baseline period has figures."""
        if any(c.before is not None or "before" in c.kept_back for c in self.changes):
            return None
        beside = self.standings if self.area.kind == "csp" else {}
        needs, who = needed(self.evidence, self.store), self.comparators.brief
        return first_data(self.changes, standings=beside, needs=needs, who=who)

    @property
    def lead(self) -> str:
        """The finding of the period, in a sentence or two; without a baseline, its level."""
        if self.wanted:
            return self.focused.lead
        if self.first_data is not None:
            return self.first_data.lead
        return lead(self.changes, signal=lambda: first_signal(self.trends), harm=self.harm)

    @cached_property
    def harm(self) -> Harm | None:
        """Harm of what was recorded, as far as there are weights; None where there are none."""
        own = self.partnership.harm_weights if self.partnership else None
        path = partnership_folder(self.area.slug) / own if own else weights_file()
        tell_file(harm_weights())
        return harm_of(self.changes, read_weights(path), located=self.evidence.comparison.located)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every computed value by key, as placeholders in commentary name them."""
        return ByKey(values_in(self))

    @cached_property
    def further(self) -> dict[str, Value]:
        """What the report says in numbers beside its changes."""
        return ByKey(further_values(self))

    @cached_property
    def file(self) -> HeldBack | None:
        """The partnership's file, and what a public edition leaves out; None without one."""
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
        return held_against_targets(self)

    @cached_property
    def written(self) -> tuple[CheckedSection, ...]:
        """What people wrote for this report, area, period and edition, with its claims checked."""
        folder = partnership_folder(self.area.slug) / "commentary"
        tell_file(folder)
        sections = read_commentary(
            folder,
            period=self.period,
            edition=self.edition,
            report=self.kind.name,
            without=self.file.priorities if self.file else (),
        )
        return checked(
            sections,
            (*self.every_change, *self.composite_changes),
            area=self.area,
            values=self.values,
            monthly=self.whole_months,
            is_sensitive=(lambda key: key in self.sensitive_twin.values)  # noqa: PD011 - of a report
            if self.file and self.file.fields
            else None,
        )

    # Parts that some reports tell of

    @cached_property
    def recorded(self) -> Recorded:
        """What the partnership recorded of itself and its work."""
        return Recorded(self)

    @cached_property
    def strategy(self) -> Strategy:
        """What is found of all priorities together."""
        return Strategy(self)

    @cached_property
    def focused(self) -> Focused:
        """What is found of the one priority that is looked at closely."""
        return Focused(self)

    @cached_property
    def placed(self) -> Placed:
        """What is found of a ward as a part of its partnership."""
        return Placed(self)

    @cached_property
    def to_committee(self) -> ToCommittee:
        """What a committee is told of the partnership's plans."""
        return ToCommittee(self)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that this kind of report tells of."""
        return tuple(getattr(self, name) for name in self.kind.parts)

    # What else can be asked

    def where_of(self, change: Change) -> Where | None:
        """Find where a measure was recorded; None where no places are known.

        A public edition keeps back what the plan of the area's family does.
        """
        if change.measure not in self.asked_where:
            self.asked_where[change.measure] = where_of(
                self.store,
                change=change,
                edition=self.edition,
                located=self.evidence.located,
                plan=self.plan,
                small_areas=family_small_areas(self),
            )
        return self.asked_where[change.measure]

    @cached_property
    def asked_where(self) -> dict[Measure, Where | None]:
        """Where it was recorded, of the measures that were asked for."""
        return {}

    def beside(
        self,
        *,
        area: Area | None = None,
        period: Period | None = None,
        baseline: Period | None = None,
    ) -> Facts:
        """Give the facts of another area, period or baseline period, worked out once."""
        wanted = (area or self.area, period or self.period, baseline or self.baseline)
        if wanted not in self._family:
            where, span, against = wanted
            other = Facts(where, span, against, self.edition, self.store, Kind("", ""))
            other.__dict__["_family"] = self._family
            if where == self.area:  # what is kept back today is kept back of earlier periods too
                other.without |= self.without
            self._family[wanted] = other
        return self._family[wanted]

    @cached_property
    def _family(self) -> dict[tuple[Area, Period, Period], Facts]:
        return {(self.area, self.period, self.baseline): self}

    # How it is put together

    @cached_property
    def sensitive_twin(self) -> Facts:
        """The same report in its sensitive edition."""
        return sensitive_twin(self)

    @property
    def every_change(self) -> Sequence[Change]:
        """Changes of what the police record, then of what partners count."""
        return (*self.changes, *self.partner_changes)

    @cached_property
    def in_part(self) -> tuple[date, ...]:
        """The months whose files hold too few rows."""
        counted = () if self.monthly is None else [m.date() for m in self.monthly.index]
        return self.store.held.in_part(self.area, counted) if counted else ()

    @property
    def whole_months(self) -> pd.DataFrame | None:
        """Counts by month without those in part, which would read as low."""
        if self.monthly is None:
            return None
        whole = [month.date() not in self.in_part for month in self.monthly.index]
        return self.monthly.loc[whole]

    @property
    def source(self) -> str:
        """Who published the counts, and when."""
        return cited(self.evidence.comparison.provenance)
