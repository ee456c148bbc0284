"""Strategic assessment: the yearly assessment that the law asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from cspanalysis import display
from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.documents.document import Document
from cspanalysis.documents.priority_section import priority_section
from cspanalysis.documents.strategic_summary import strategic_topics
from cspanalysis.errors import UsageError
from cspanalysis.findings.area_profile import AreaProfile, area_profile
from cspanalysis.findings.emerging import EmergingIssue, emerging_issues, emerging_title
from cspanalysis.findings.matrix import PriorityMatrix, priority_matrix
from cspanalysis.findings.phrases import sentence
from cspanalysis.findings.priorities import PriorityFinding, priority_findings
from cspanalysis.findings.supplied import supplied
from cspanalysis.findings.themes import ThemeCoverage, theme_coverage
from cspanalysis.findings.values import Value
from cspanalysis.findings.where import Where, where_of
from cspanalysis.findings.words import joined
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

if TYPE_CHECKING:
    from cspanalysis.display import Block, Headline

__all__ = ["StrategicAssessment"]


class StrategicAssessment(Document):
    """Hold the yearly assessment that the law asks for; see `Document`.

    Parameters
    ----------
    previous
        Period of the previous edition; None where this is the first.
    """

    name: ClassVar[str] = "strategic-assessment"
    title: ClassVar[str] = "Strategic assessment"
    SECTIONS: ClassVar[tuple[str, ...]] = ("foreword", "background", "outlook")

    previous: Period | None = None

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        previous: str | Period | None = None,
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the strategic assessment of an area and a period.

        Parameters
        ----------
        previous
            Period of the previous edition; empty or None where there is none.

        Raises
        ------
        UsageError
            See `Assessment.open`; or if the previous edition's period is not earlier.
        """
        report = super().open(area, period, baseline=baseline, edition=edition, store=store)
        report.previous = Period.parse(previous) if previous else None
        if report.previous and report.previous.start >= report.period.start:
            raise UsageError(
                f"previous '{previous}' does not start before period '{report.period}'; write the "
                "period of the edition before this one, or leave it empty"
            )
        return report

    # What was found

    @cached_property
    def priority_findings(self) -> tuple[PriorityFinding, ...]:
        """What the figures say of each priority, or those that they put forward."""
        return priority_findings(self.partnership, self.found)

    @cached_property
    def profile(self) -> AreaProfile:
        """Who lives in the area, how deprived it is, and its share of the force's crime."""
        return area_profile(
            self.store,
            area=self.area,
            period=self.period,
            crime=self.found.changes.get("all-crime"),
        )

    @cached_property
    def themes_found(self) -> tuple[ThemeCoverage, ...]:
        """Each theme of the law with the figures there are of it."""
        return theme_coverage(self._all(), indicators=self.indicators)

    @cached_property
    def emerging(self) -> tuple[EmergingIssue, ...]:
        """Measures outside the priorities in which something unusual shows."""
        apart = {c.measure.code for p in self.priority_findings for c in p.changes}
        found = self.found
        return emerging_issues(
            self._all(),
            trends=found.trends,
            patterns=found.patterns,
            monthly=self.monthly,
            apart=apart,
        )

    @cached_property
    def places(self) -> dict[str, Where]:
        """Where the leading measure of each priority was recorded, by key of the priority."""
        led = {p.key: p.leading for p in self.priority_findings if p.leading is not None}
        located = self.evidence.located
        found = {
            key: where_of(
                self.store, change=change, edition=self.edition, located=located, plan=self.plan
            )
            for key, change in led.items()
        }
        return {key: where for key, where in found.items() if where is not None}

    @cached_property
    def matrix(self) -> PriorityMatrix | None:
        """Scores and ranks of the priorities; None where there is none."""
        records = [
            change.after or 0
            for change in self._all()
            if change.measure.code in {"all-crime", "anti-social-behaviour"}
        ]
        own = self.partnership.matrix if self.partnership else None
        return priority_matrix(self.priority_findings, matrix=own, records=sum(records))

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every computed value by key, as placeholders in commentary name them."""
        return {**super().values, **{value.key: value for value in self._own_values()}}

    # What a notebook shows

    def one_page(self) -> Block:
        """Show the page that stands alone: levels, changes, priorities, what the board is asked."""
        shown = display.one_page(self._opening(), strategic_topics(self))
        return display.together(shown, self._record())

    def area_profile(self) -> Block:
        """Say who lives in the area, how deprived it is, and draw the latter."""
        found = self.profile
        return display.together(
            display.paragraphs(f"{found.people} {found.deprivation}", found.part_of_force),
            display.decile_chart(found) if found.places else None,
        )

    def themes(self) -> Block:
        """Show which themes of the law have figures, and what is missing of the others."""
        return display.theme_table(self.themes_found)

    def comparisons(self) -> Block:
        """Draw how the area's rates compare with its force's and its comparators'."""
        total = self.standings.get("all-crime")
        if total is None or total.force is None:
            return super().comparisons()
        rate = f"per {total.own.rate.per:,} {total.own.rate.denominator}"
        return display.together(
            display.paragraphs(total.sentence, self._without_figures()),
            self._standings(),
            display.comparison_chart(
                list(self.standings.values()),
                title=total.title,
                subtitle=(
                    f"Rates of {self.area.name} in {self.period.label}, divided by those of "
                    f"{total.force.area.name}; both {rate}. "
                    "The scale is a ratio's: half is as far from the line as twice."
                ),
                source=self._source,
            ),
        )

    def priorities(self) -> Block:
        """Show a section for each priority; each is there, or says why it holds nothing."""
        return display.together(
            display.heading("The priorities", level=2),
            self._who_chose(),
            display.paragraphs(self._unexplained()),
            display.parts(*map(self._priority, self.priority_findings)),
        )

    def emerging_issues(self) -> Block:
        """Show what is unusual outside the priorities, what may be getting worse first."""
        if not self.emerging:
            return display.paragraphs(f"{emerging_title(self.emerging)}.")
        return display.emerging_table(self.emerging)

    def priority_matrix(self) -> Block:
        """Show how the priorities score, and how firm their ranks are."""
        if self.matrix is None:
            return display.paragraphs("There is no priority to score.")
        return display.matrix_table(self.matrix)

    def disclosure(self) -> Block:
        """Say what this edition holds back."""
        return display.paragraphs(
            "Figures are of the whole area; none is of a single address or person. "
            f"{sentence(rules_of(self.area).small)} of a ward or of people are kept back ([c]), "
            "and others that would give them away. "
            "The police move the place of each record to a nearby point before they publish it."
            if self.edition == "public"
            else "This edition may hold what must not be made public: keep to its marking."
        )

    def commentary(self) -> Block:
        """Show the sections of commentary that have no place of their own."""
        placed = {*self.SECTIONS, *(_section_on(p.key) for p in self.priority_findings)}
        rest = (w for w in self.written if w.section.name not in placed)
        return display.together(*(display.commentary(section) for section in rest))

    # How it is put together

    def _priority(self, finding: PriorityFinding) -> tuple[Block, Block, Block]:
        everywhere = [set(change.caveats) for change in self.changes]
        name = _section_on(finding.key)
        words = [display.commentary(w) for w in self.written if w.section.name == name]
        return priority_section(
            finding,
            source=self._source,
            said=set.intersection(*everywhere) if everywhere else (),
            reasons={c: self._why(c) for c in finding.changes if c.stands_out},
            where=self.places.get(finding.key),
            words=display.together(*words),
        )

    def _figures(self) -> Iterator[Headline]:
        yield from super()._figures()
        own = (value for value in self._own_values() if value.key not in self._further)
        yield from display.value_figures(own, source=self._source)

    def _own_values(self) -> Iterator[Value]:
        yield from self.profile.values()
        for indicator in self.indicators:
            yield from indicator.values()
        yield from {v.key: v for where in self.places.values() for v in where.values()}.values()
        for standing in self.standings.values():
            yield from standing.values()
        if self.matrix is not None:
            yield from self.matrix.values()

    def _file_values(self) -> Iterator[Value]:
        yield from super()._file_values()
        for priority in self.partnership.priorities if self.partnership else ():
            for found in supplied(priority.figures):
                yield from found.values()

    def _who_chose(self) -> Block:
        if not self.priority_findings:
            return self.absent(
                "There are no figures that could put a priority forward.", "priorities"
            )
        if self.priority_findings[0].priority is None:
            return self.absent(
                "No priorities of the partnership were supplied, so these are put forward by the "
                "figures alone, for the partnership to decide.",
                "priorities",
                unshown="These are put forward by the figures alone.",
            )
        return display.paragraphs()

    def _unexplained(self) -> str:
        """Say once, for all priorities, that there is no change to explain, where that is so."""
        changes = [change for found in self.priority_findings for change in found.changes]
        if not changes or any(change.stands_out for change in changes):
            return ""
        if all(change.p_value is None for change in changes):
            return ""
        return "No measure of a priority changed clearly, so there is no change to explain."

    def _without_figures(self) -> str:
        """Name the comparators that have no figures."""
        held = {level.area for standing in self.standings.values() for level in standing.levels}
        return _no_figures([area for area in self.comparators.areas if area not in held])


def _section_on(key: str) -> str:
    """Name the section of commentary on a priority."""
    return f"priority-{key}"


def _no_figures(areas: Sequence[Area]) -> str:
    if not areas:
        return ""
    return f"No figures are held of {joined([area.name for area in areas])} for these months."
