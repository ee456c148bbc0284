"""What a partnership recorded of itself and its work, as findings beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.tested import effects_kept_back
from cspanalysis.errors import StoreError
from cspanalysis.findings.changes.indicators import Indicator, indicators_of
from cspanalysis.findings.places.custom import CustomAreas, in_custom_areas
from cspanalysis.findings.priorities.priorities import Sources
from cspanalysis.findings.summary.previous import Previous, revisions
from cspanalysis.findings.values import Value
from cspanalysis.findings.work.engagement import Engagement
from cspanalysis.findings.work.funding import Money
from cspanalysis.findings.work.partners import Partners, partners_of
from cspanalysis.findings.work.police_plan import Crosswalk
from cspanalysis.findings.work.progress import Progress
from cspanalysis.findings.work.projects import Delivered, counter, effect_of, withheld_effect
from cspanalysis.findings.work.public_view import PublicView, public_views
from cspanalysis.findings.work.recommendations import Recommendations
from cspanalysis.findings.work.registers import CaseRegister, DeathRegister
from cspanalysis.partnership import FILE, read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.work import Recommendation
from cspanalysis.paths import partnership_folder
from cspanalysis.reports.kind import Part
from cspanalysis.vocabulary import Period

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["Recorded"]


class Recorded(Part):
    """Hold what a partnership's file says, as findings; None or empty where it says nothing."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def found(self) -> Sources:
        """The findings by measure code, for what is said of priorities."""
        return Sources(
            changes={change.measure.code: change for change in self.facts.every_change},
            trends={trend.measure.code: trend for trend in self.facts.trends},
            standings=self.facts.standings,
            patterns={pattern.measure.code: pattern for pattern in self.facts.patterns},
            harm=self.facts.harm,
            targets=self.facts.target_findings,
            indicators={one.measure.code: one for one in self.indicators},
        )

    @cached_property
    def custom_areas(self) -> CustomAreas | None:
        """What was recorded in its custom areas; None without any, or where that is not known."""
        file = self.facts.partnership
        return in_custom_areas(
            self.facts.store,
            areas=file.custom_areas if file else (),
            changes=self.facts.changes,
            edition=self.facts.edition,
            located=self.facts.evidence.located,
            plan=self.facts.plan,
        )

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Figures that partners gave of the period, or of the last part of it that they have."""
        return indicators_of(
            self.facts.store,
            area=self.facts.area,
            period=self.facts.period,
            edition=self.facts.edition,
            without=self.facts.without,
        )

    @cached_property
    def partners_found(self) -> Partners:
        """Who takes part, held against the bodies that the law names."""
        held = {c.measure.code for c in self.facts.partner_changes if c.after is not None}
        held |= {one.measure.code for one in self.indicators}
        return partners_of(
            self.facts.area,
            self.facts.partnership,
            figures=len(held),
            shows_all=not (
                self.facts.keeps_back("partners") or self.facts.keeps_back("priorities")
            ),
        )

    @property
    def progress(self) -> Progress | None:
        """How far the last plan was carried out; None where none is recorded."""
        held = self.facts.partnership
        if held is None or held.last_plan is None:
            return None
        return Progress(held.last_plan, held.priorities, on=self.facts.period.end)

    @property
    def crosswalk(self) -> Crosswalk | None:
        """Priorities beside the police and crime plan; None where no plan is recorded."""
        held = self.facts.partnership
        if held is None or held.police_plan is None:
            return None
        return Crosswalk(held.police_plan, held.priorities)

    @property
    def met(self) -> Engagement | None:
        """The year's meetings; None where none is recorded."""
        held = self.facts.partnership
        return (
            Engagement.of(held.meetings, period=self.facts.period)
            if held and held.meetings
            else None
        )

    @property
    def money(self) -> Money | None:
        """Money received; None where none is recorded."""
        held = self.facts.partnership
        return Money(held.funding) if held and held.funding else None

    @property
    def recommended(self) -> Recommendations | None:
        """What is recommended; None where nothing is."""
        held = self.facts.partnership
        return Recommendations(held.recommendations) if held and held.recommendations else None

    @cached_property
    def views(self) -> tuple[PublicView, ...]:
        """What people said, a consultation each; empty where none is recorded."""
        if self.facts.partnership is None:
            return ()
        return public_views(
            self.facts.partnership.consultation,
            folder=partnership_folder(self.facts.area.slug),
            priorities=self.facts.partnership.priorities,
            edition=self.facts.edition,
            rules=rules_of(self.facts.area),
        )

    @property
    def case_register(self) -> CaseRegister | None:
        """ASB case reviews by year; None where none are recorded."""
        held = self.facts.partnership.registers.asb_case_reviews if self.facts.partnership else ()
        return CaseRegister(held) if held else None

    @property
    def death_register(self) -> DeathRegister | None:
        """Reviews of deaths by year; None where none are recorded."""
        held = self.facts.partnership.registers.death_reviews if self.facts.partnership else ()
        if not held:
            return None
        rules, public = rules_of(self.facts.area), self.facts.edition == "public"
        return DeathRegister(held, public=public, rules=rules)

    @cached_property
    def delivered(self) -> tuple[Delivered, ...]:
        """What each project delivered and whether it worked."""
        facts = self.facts
        projects = facts.partnership.projects if facts.partnership else ()
        count = counter(facts.store, facts.area)
        rules = rules_of(facts.area) if facts.edition == "public" else None
        tests = {n: p.evaluation for n, p in enumerate(projects) if p.evaluation}
        effects = {n: effect_of(test, count=count, rules=rules) for n, test in tests.items()}
        if rules:
            told = {n: test for n, test in tests.items() if not effects[n].refused}
            kept = effects_kept_back(
                told, store=facts.store, area=facts.area, plan=facts.plan, threshold=rules.threshold
            )
            effects |= {n: withheld_effect(tests[n], rules) for n in kept}
        return tuple(Delivered(p, effects.get(n), rules) for n, p in enumerate(projects))

    def since(self, earlier: Period) -> Previous:
        """Say what there is of the previous edition, on the figures held today.

        Parameters
        ----------
        earlier
            Its period.
        """
        against = self.facts.beside(baseline=earlier)
        return Previous(
            previous=earlier,
            baseline=self.facts.baseline,
            changes=against.changes,
            said=self._lead_of(earlier),
            revisions=revisions(
                self.facts.store, area=self.facts.area, period=earlier, without=self.facts.without
            )
            if self.facts.monthly is not None
            else None,
            recommended=self._recommended_in(earlier),
        )

    def _lead_of(self, period: Period) -> str:
        try:
            return self.facts.beside(period=period, baseline=period.baseline()).lead
        except StoreError:
            return ""

    def _recommended_in(self, period: Period) -> tuple[Recommendation, ...] | None:
        folder = partnership_folder(self.facts.area.slug)
        if not (folder / period.slug / FILE).is_file():
            return None
        whole = read_partnership(folder, period=period)
        if whole is None:
            return None
        kept = held_back(whole).public if self.facts.edition == "public" else whole
        hidden = self.facts.file.priorities if self.facts.file else ()
        return tuple(r for r in kept.recommendations if r.priority not in hidden) if kept else ()

    def file_values(self) -> Iterator[Value]:
        """Give every number that is shown from the partnership's file."""
        yield from self.partners_found.values()
        found = (
            *(self.progress, self.crosswalk, self.met, self.money, self.recommended),
            *(self.case_register, self.death_register, *self.views, *self.delivered),
        )
        for one in found:
            if one is not None:
                yield from one.values()
