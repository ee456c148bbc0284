"""What a partnership recorded of itself and its work, as findings beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.assessment import Assessment
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.errors import StoreError
from cspanalysis.findings.engagement import Engagement
from cspanalysis.findings.funding import Money
from cspanalysis.findings.indicators import Indicator, indicators_of
from cspanalysis.findings.partners import Partners, partners_of
from cspanalysis.findings.police_plan import Crosswalk
from cspanalysis.findings.previous import Previous, revisions
from cspanalysis.findings.priorities import Sources
from cspanalysis.findings.progress import Progress
from cspanalysis.findings.projects import Delivered, counter, effect_of
from cspanalysis.findings.public_view import PublicView, public_views
from cspanalysis.findings.recommendations import Recommendations
from cspanalysis.findings.registers import CaseRegister, DeathRegister
from cspanalysis.findings.values import Value
from cspanalysis.partnership import FILE, read_partnership
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.work import Recommendation
from cspanalysis.paths import partnership_folder
from cspanalysis.vocabulary import Period

if TYPE_CHECKING:
    from cspanalysis.display import Headline

__all__ = ["Recorded"]


class Recorded(Assessment):
    """Hold what a partnership's file says, as findings; None or empty where it says nothing."""

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every computed value by key, those of the partnership's file included."""
        return {**super().values, **{value.key: value for value in self._file_values()}}

    @cached_property
    def found(self) -> Sources:
        """The findings by measure code, for what is said of priorities."""
        return Sources(
            changes={change.measure.code: change for change in self._all()},
            trends={trend.measure.code: trend for trend in self.trends},
            standings=self.standings,
            patterns={pattern.measure.code: pattern for pattern in self.patterns},
            harm=self.harm,
            targets=self.target_findings,
            indicators={one.measure.code: one for one in self.indicators},
        )

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Figures of the period that partners gave in the template."""
        return indicators_of(
            self.store,
            area=self.area,
            period=self.period,
            edition=self.edition,
            without=self.without,
        )

    @cached_property
    def partners_found(self) -> Partners:
        """Who takes part, held against the bodies that the law names."""
        held = sum(change.after is not None for change in self.partner_changes)
        held += len(self.indicators)
        return partners_of(
            self.area,
            self.partnership,
            figures=held,
            shows_all=not (self.keeps_back("partners") or self.keeps_back("priorities")),
        )

    @property
    def progress(self) -> Progress | None:
        """How far the last plan was carried out; None where none is recorded."""
        held = self.partnership
        if held is None or held.last_plan is None:
            return None
        return Progress(held.last_plan, held.priorities, on=self.period.end)

    @property
    def crosswalk(self) -> Crosswalk | None:
        """Priorities beside the police and crime plan; None where no plan is recorded."""
        held = self.partnership
        if held is None or held.police_plan is None:
            return None
        return Crosswalk(held.police_plan, held.priorities)

    @property
    def met(self) -> Engagement | None:
        """The year's meetings; None where none is recorded."""
        held = self.partnership
        return Engagement.of(held.meetings, period=self.period) if held and held.meetings else None

    @property
    def money(self) -> Money | None:
        """Money received; None where none is recorded."""
        held = self.partnership
        return Money(held.funding) if held and held.funding else None

    @property
    def recommended(self) -> Recommendations | None:
        """What is recommended; None where nothing is."""
        held = self.partnership
        return Recommendations(held.recommendations) if held and held.recommendations else None

    @cached_property
    def views(self) -> tuple[PublicView, ...]:
        """What people said, a consultation each; empty where none is recorded."""
        if self.partnership is None:
            return ()
        return public_views(
            self.partnership.consultation,
            folder=partnership_folder(self.area.slug),
            priorities=self.partnership.priorities,
            edition=self.edition,
            rules=rules_of(self.area),
        )

    @property
    def case_register(self) -> CaseRegister | None:
        """ASB case reviews by year; None where none are recorded."""
        held = self.partnership.registers.asb_case_reviews if self.partnership else ()
        return CaseRegister(held) if held else None

    @property
    def death_register(self) -> DeathRegister | None:
        """Reviews of deaths by year; None where none are recorded."""
        held = self.partnership.registers.death_reviews if self.partnership else ()
        if not held:
            return None
        return DeathRegister(held, public=self.edition == "public", rules=rules_of(self.area))

    @cached_property
    def delivered(self) -> tuple[Delivered, ...]:
        """What each project delivered and whether it worked."""
        count = counter(self.store, self.area)
        rules = rules_of(self.area) if self.edition == "public" else None
        return tuple(
            Delivered(
                p, effect_of(p.evaluation, count=count, rules=rules) if p.evaluation else None
            )
            for p in (self.partnership.projects if self.partnership else ())
        )

    def since(self, earlier: Period) -> Previous:
        """Say what there is of the previous edition, on the figures held today.

        Parameters
        ----------
        earlier
            Its period.
        """
        same = earlier == self.baseline
        against = self if same else self._beside(self.period, baseline=earlier)
        return Previous(
            previous=earlier,
            baseline=self.baseline,
            changes=against.changes,
            said=self._lead_of(earlier),
            revisions=revisions(self.store, area=self.area, period=earlier, without=self.without)
            if self.monthly is not None
            else None,
            recommended=self._recommended_in(earlier),
        )

    def _beside(self, period: Period, *, baseline: Period) -> Assessment:
        beside = Assessment(
            self.area, period, baseline=baseline, edition=self.edition, store=self.store
        )
        beside.without |= self.without
        return beside

    def _lead_of(self, period: Period) -> str:
        try:
            return self._beside(period, baseline=period.baseline()).lead
        except StoreError:
            return ""

    def _recommended_in(self, period: Period) -> tuple[Recommendation, ...] | None:
        folder = partnership_folder(self.area.slug)
        if not (folder / period.slug / FILE).is_file():
            return None
        whole = read_partnership(folder, period=period)
        if whole is None:
            return None
        kept = held_back(whole).public if self.edition == "public" else whole
        hidden = self.file.priorities if self.file else ()
        return tuple(r for r in kept.recommendations if r.priority not in hidden) if kept else ()

    def _file_values(self) -> Iterator[Value]:
        """Every number that is shown from the partnership's file."""
        yield from self.partners_found.values()
        found = (
            *(self.progress, self.crosswalk, self.met, self.money, self.recommended),
            *(self.case_register, self.death_register, *self.views, *self.delivered),
        )
        for one in found:
            if one is not None:
                yield from one.values()

    def _figures(self) -> Iterator[Headline]:
        yield from super()._figures()
        source = f"Partnership file of {self.area.label}"
        yield from display.value_figures(self._file_values(), source=source)
