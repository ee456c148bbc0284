"""Priority profile: one priority looked at closely."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.documents.focused import Focused
from cspanalysis.findings.affected import to_ask_for
from cspanalysis.findings.caveats import gathered
from cspanalysis.findings.narrative import table_title
from cspanalysis.findings.planned import Planned
from cspanalysis.findings.spots import no_spots
from cspanalysis.findings.steps import step_sentences
from cspanalysis.findings.target_words import targets_title
from cspanalysis.findings.trends import no_trends, trends_subtitle, trends_title
from cspanalysis.partnership.law import theme

if TYPE_CHECKING:
    from cspanalysis.display import Block

__all__ = ["PriorityProfile"]

_NO_PLACES = "These figures were published for the whole area alone, so they don't tell where."
_SMALL_ITSELF = "The area is too small itself to be divided any further."
_NO_MONTHS = "These figures were published for whole periods alone, so they don't tell when."
_NO_OUTCOMES = (
    "No outcomes are held of these records: the publisher gives none of anti-social behaviour, nor "
    "for areas below a partnership's."
)
_INGEST = "Ingest the force's street files of data.police.uk: see docs/sources.md."
_NO_SEARCHES = "No stop and search bears on this measure, or none is held for these months."
_MONTHS_ALONE = "The published figures give the month alone: no day of the week and no hour."
_NO_VICTIMS = (
    "The published figures say nothing of victims or of suspects, and no figure that a partner "
    "gave on it is held."
)
_HEADLINES = 4


class PriorityProfile(Focused):
    """Hold one priority looked at closely: what, where, when, who, outcomes, what was done.

    Examples
    --------
    >>> report = PriorityProfile.open("luton", "2023", priority="burglary")
    >>> report.kicker
    'Priority profile: Burglary'
    >>> report.where_found.title
    'Half of burglary was recorded in 26 of 125 small areas'
    """

    name: ClassVar[str] = "priority-profile"
    title: ClassVar[str] = "Priority profile"
    SECTIONS: ClassVar[tuple[str, ...]] = ("who-is-affected", "what-was-done", "options")

    def section(self, name: str, *, otherwise: str = "") -> Block:
        """Show the section of commentary of this name.

        One that ends with the priority's key, such as ``options-burglary``, comes before one for
        every priority.
        """
        for written in self.written:
            if written.section.name == f"{name}-{self.focus.key}":
                return display.commentary(written)
        return super().section(name, otherwise=otherwise)

    def commentary(self) -> Block:
        """Show the sections of commentary that have no place of their own, nor another's."""
        others = ("priority-", *(f"{name}-" for name in self.SECTIONS))
        rest = [
            w
            for w in self.written
            if w.section.name not in self.SECTIONS and not w.section.name.startswith(others)
        ]
        return display.together(*(display.commentary(written) for written in rest))

    def headlines(self) -> Block:
        """Show the figures of the priority's measures, and record every figure of the report."""
        shown = [
            display.headline_of(change, source=self._source, monthly=self.monthly)
            for change in self.finding.changes[:_HEADLINES]
        ]
        return display.together(
            display.headlines(shown) if shown else None,
            display.record(list(self._figures()), self.store.inputs_read()),
        )

    def in_short(self) -> Block:
        """Say what, where, when and what became of it, a point each."""
        where, outcomes, year = self.where_found, self.outcomes_found, self.year
        standing = self.finding.standing
        return display.points(
            {
                "Beside others": standing.sentence if standing else "",
                "Months": self.finding.months,
                "Where": " ".join(where.sentences[:2]) if where else "",
                "When": year.sentences[0] if year else "",
                "What became of it": outcomes.sentences[0] if outcomes else "",
            }
        )

    def about(self) -> Block:
        """Say why it is a priority, who answers for it, and what is planned."""
        priority = self.focus.priority
        if priority is None:
            return self.absent("The partnership has not named this as a priority.", "priorities")
        planned = Planned(priority, {change.measure.code: change for change in self._all()})
        served = ", ".join(priority.objectives)
        return display.together(
            display.paragraphs(
                f"{planned.why} Theme of the law: {theme(priority.theme).title.lower()}.",
                f"It serves these objectives of the police and crime plan: {served}."
                if served
                else "",
            ),
            self._written_on_it(),
            display.paragraphs(planned.intro or "No action is planned for it yet."),
            display.bullets(*planned.actions),
        )

    def what(self) -> Block:
        """Show the level and change of its measures, and of the parts of the leading one."""
        changes = self.finding.changes
        if not changes:
            return display.paragraphs(self.finding.level)
        parts = (
            ""
            if any(change.measure in self.focus.parts for change in changes)
            else f"These figures don't divide {changes[0].measure.phrase} any further."
        )
        caption = f"{table_title(changes)}: {self._span}"
        return display.together(
            display.change_table(changes, caption=caption), display.paragraphs(parts)
        )

    def where(self) -> Block:
        """Show in which wards and small areas it was, as far as that may be told."""
        where = self.where_found
        if where is None:
            if self.area.kind in {"ward", "lsoa"}:
                return display.paragraphs(_SMALL_ITSELF)
            return display.lacking(_NO_PLACES, do=_INGEST)
        return display.together(
            display.paragraphs(
                " ".join(where.sentences),
                self.spots.sentence if self.spots else no_spots(where),
            ),
            display.place_map(where, source=self._source),
            display.ward_table(where),
            display.busiest_table(where),
        )

    def when(self) -> Block:
        """Show the months of the year against what is usual for them."""
        if self.year is None:
            return display.paragraphs(_NO_MONTHS)
        season = self.finding.pattern.season if self.finding.pattern else None
        return display.together(
            display.paragraphs(
                " ".join(self.year.sentences[:1]), season.sentence if season else "", _MONTHS_ALONE
            ),
            display.season_chart(self.year, source=self._source),
        )

    def who(self) -> Block:
        """Say what is known of those affected, and what to ask partners for."""
        known = bool(self.supplied_found or self.indicators)
        leading = self.leading
        return display.together(
            display.paragraphs(self.affected_found.sentence if self.affected_found else ""),
            display.supplied_table(self.supplied_found) if self.supplied_found else None,
            display.indicator_table(self.indicators) if self.indicators else None,
            display.paragraphs(*([] if known else [_NO_VICTIMS]), "Partners could supply:"),
            display.bullets(*(to_ask_for(leading.measure) if leading else ())),
            self.section("who-is-affected"),
        )

    def outcomes(self) -> Block:
        """Show what became of the crimes."""
        found = self.outcomes_found
        if found is None:
            return display.lacking(_NO_OUTCOMES, do=_INGEST)
        return display.together(display.paragraphs(*found.sentences), display.outcome_table(found))

    def searches(self) -> Block:
        """Show stops and searches that bear on it: what police did, not how much crime."""
        found = self.searches_found
        if found is None:
            return display.paragraphs(_NO_SEARCHES)
        table = display.search_table(found) if found.total else None
        return display.together(display.paragraphs(*found.sentences), table)

    def comparisons(self) -> Block:
        """Set its leading measure beside those of comparators, in level and in change."""
        standing = self.finding.standing
        force = self._against_force()
        if standing is None:
            text = "There are no figures of other areas to set beside it."
            return display.paragraphs(text, force)
        rate, when = standing.own.rate, standing.own.period.label
        return display.together(
            display.paragraphs(standing.sentence, force),
            display.rate_comparison(
                standing.levels,
                title=standing.title,
                subtitle=f"Rates in {when} per {rate.per:,} {rate.denominator}.",
                source=self._source,
            ),
        )

    def control_charts(self) -> Block:
        """Draw the months of its measures against their usual range."""
        own = {change.measure.code for change in self.finding.changes}
        found = tuple(trend for trend in self.trends if trend.measure.code in own)
        if not found:
            monthly = None if self.monthly is None else self.monthly[[*own & {*self.monthly}]]
            return display.paragraphs(no_trends(monthly, since=self.period.start))
        title = trends_title(found) if len(found) > 1 else self.finding.months_title
        drawn = display.control_charts(
            found, title=title, subtitle=trends_subtitle(found), source=self._source
        )
        return display.together(drawn, display.bullets(*step_sentences(found, self._all())))

    def why(self) -> Block:
        """Set out competing explanations of each of its changes that chance does not explain."""
        clear = [change for change in self.finding.changes if change.stands_out]
        if not clear:
            return display.paragraphs(
                "No measure of it changed clearly, so there is no change to explain."
                if any(change.p_value is not None for change in self.finding.changes)
                else "No measure of it can be compared, so no change is known to explain."
            )
        return display.explanation_table({change: self._why(change) for change in clear})

    def done(self) -> Block:
        """Show what was done: actions of the last plan, projects and targets."""
        progress, projects, targets = self.own_progress, self.own_projects, self.own_targets
        if self.focus.priority is None:
            return self.absent("No record of work on this was supplied.", "priorities")
        return display.together(
            display.progress_table(progress)
            if progress
            else self.absent("No action of the last plan on this was supplied.", "last_plan"),
            display.project_table(projects)
            if projects
            else self.absent("No project on this was supplied.", "projects"),
            display.target_table(targets, caption=targets_title(targets))
            if targets
            else self.absent("No target is set for this.", "priorities"),
            self.section("what-was-done"),
        )

    def options(self) -> Block:
        """Show what could be done, as people wrote it, and what is recommended already."""
        return display.together(
            self.section("options", otherwise="Nobody has written down options yet."),
            display.recommendation_table(self.own_recommendations)
            if self.own_recommendations
            else None,
        )

    def gaps(self) -> Block:
        """List what is not known of it and should be."""
        priority = self.focus.priority
        missing = [
            f"There is no figure of {measure.phrase} in {self.period.label}."
            for measure in self.finding.missing
        ]
        known = [*(f"{gap.rstrip('.')}." for gap in (priority.gaps if priority else ())), *missing]
        if not known:
            return self.absent("Nobody has listed what is not known of this.", "gaps")
        return display.bullets(*known)

    def caveats(self) -> Block:
        """List what changes the reading of these figures."""
        codes = {change.measure.code for change in self.finding.changes}
        charted = [c for t in self.trends if t.measure.code in codes for c in t.caveats]
        return display.caveat_list([*gathered(self.finding.changes), *dict.fromkeys(charted)])

    def sources(self) -> Block:
        """Show where every figure came from and how it was tested."""
        more = "Outcomes and searches come from the files of data.police.uk of the same months."
        known = self.outcomes_found or self.searches_found
        return display.together(
            display.source_table(self.finding.changes), display.paragraphs(more if known else "")
        )

    # How it is put together

    def _written_on_it(self) -> Block:
        """Show what people wrote on the priority for any report."""
        name = f"priority-{self.focus.key}"
        words = [w for w in self.written if w.section.name == name]
        return display.together(*(display.commentary(written) for written in words))

    def _against_force(self) -> str:
        """Say whether the area changed otherwise than the rest of its force."""
        leading = self.leading
        force = leading.force if leading else None
        if leading is None or force is None or force.gap is None:
            return ""
        if force.gap == "no clear difference":
            return (
                f"The change in {leading.measure.phrase} can't be told apart from that of the rest "
                f"of {force.name}."
            )
        return f"It changed otherwise than the rest of {force.name}: it lies {force.gap} that."
