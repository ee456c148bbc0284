"""The one object that a notebook opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.explore import answers
from cspanalysis.explore.asked import Asked
from cspanalysis.findings import Change
from cspanalysis.findings.caveats import gathered
from cspanalysis.findings.headline import chosen
from cspanalysis.findings.levels import levels_subtitle, levels_title, no_levels
from cspanalysis.findings.narrative import summary, table_title
from cspanalysis.findings.neighbours import small_areas
from cspanalysis.findings.patterns import patterns_title
from cspanalysis.findings.ranking import ranked
from cspanalysis.findings.target_words import no_targets, targets_title
from cspanalysis.findings.topics import (
    Topic,
    caveat_topic,
    change_topic,
    signal_topic,
    target_topic,
)
from cspanalysis.findings.trends import (
    no_trends,
    signals,
    trends_subtitle,
    trends_title,
    uncharted,
)
from cspanalysis.findings.why import Explanation, explanations
from cspanalysis.partnership import how_to_add

if TYPE_CHECKING:
    from cspanalysis.display import Block, Headline

__all__ = ["Assessment"]


class Assessment(Asked):
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
    'All crime is much the same as a year earlier (2,433 against 2,330). No measure shows a clear
     change.'
    """

    READ_ON: ClassVar[str] = (
        "Counts, rates and tests of every measure: What changed. Charts: Month by month. What "
        "each word and interval means: How to read this report."
    )
    """Where the summary on one page sends its readers."""

    from_file: ClassVar[str] = "Targets"
    """What the report takes from the partnership's file, as its cover says."""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Show the report in a cell: cover, changes, and what to ask next; nothing is recorded."""
        first = next((c.measure.phrase for c in self.changes if not c.total), "all crime")
        shown = answers.opening(self.cover(), self.change_tables(), measure=first)
        return {"text/html": str(shown._repr_mimebundle_()["text/html"]), "text/plain": repr(self)}

    # What a notebook shows

    def cover(self) -> Block:
        """Show the first screen: area, period and the finding."""
        return display.cover(
            title=self.kicker,
            area=self.area,
            period=self.period,
            baseline=self.baseline,
            lead=self.lead,
            facts=self._facts,
            edition=self.edition,
            marking=self.marking,
            numbered=self.numbered,
        )

    def one_page(self) -> Block:
        """Show a summary that stands alone on the first page, and record every figure."""
        topics = [
            change_topic(self._all(), harm=self.harm),
            target_topic(self.target_findings, partnership=self.partnership, area=self.area),
            signal_topic(self.trends, monthly=self.monthly, since=self.period.start),
            caveat_topic(self._all()),
            Topic(title="Read on", sentences=(self.READ_ON,)),
        ]
        shown = display.one_page(self._opening(), topics)
        return display.together(shown, self._record())

    def headlines(self) -> Block:
        """Show the few figures to open with, and record every figure of the report."""
        return display.together(display.headlines(self._opening()), self._record())

    def summary(self, *, months: bool = True) -> Block:
        """Say in sentences what was found; with `months` also what control charts signal."""
        return display.paragraphs(
            *summary(self.changes, harm=self.harm),
            " ".join(signals(self.trends)) if months else "",
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
            compared = any(change.p_value is not None for change in self._all())
            return display.paragraphs(
                "No measure shows a clear change, so there is none to explain."
                if compared
                else "No measure can be compared, so no change is known that could be explained."
            )
        return display.explanation_table({change: self._why(change) for change in notable})

    def control_charts(self) -> Block:
        """Draw the months of each measure against their usual range."""
        if self.monthly is None or not self.trends:
            return display.paragraphs(no_trends(self.monthly, since=self.period.start))
        drawn = display.control_charts(
            self.trends,
            title=trends_title(self.trends),
            subtitle=trends_subtitle(self.trends),
            source=self._source,
        )
        return display.together(drawn, display.paragraphs(uncharted(self.monthly, self.trends)))

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

    def targets(self) -> Block:
        """Show how far the measures of the partnership's priorities are from their targets."""
        if absent := no_targets(self.partnership, self.area):
            known = self.partnership is not None
            add = how_to_add("priorities.measures.target", area=self.area, known=known)
            return display.lacking(absent, do=add)
        return display.target_table(
            self.target_findings, caption=targets_title(self.target_findings)
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

    @property
    def _facts(self) -> dict[str, str]:
        """Small facts of the cover, by name."""
        facts = {"Compared with": self.baseline.label, "Figures": self._source}
        if self.partnership is not None and self.partnership.example:
            facts[self.from_file] = "an example, made up"
        return facts

    def _opening(self) -> list[Headline]:
        return [
            display.headline_of(change, source=self._source, monthly=self.monthly)
            for change in chosen(self.changes, harm=self.harm)
        ]

    def _record(self) -> Block:
        return display.record(list(self._figures()), self.store.inputs_read())

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
        yield from display.value_figures(self._further.values(), source=self._source)
