"""The one object that a notebook opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.explore import answers
from cspanalysis.explore.asked import Asked
from cspanalysis.findings import Change
from cspanalysis.findings.caveats import gathered
from cspanalysis.findings.claims import check_claims
from cspanalysis.findings.first_data import needed
from cspanalysis.findings.headline import chosen
from cspanalysis.findings.levels import levels_subtitle, levels_title, no_levels
from cspanalysis.findings.narrative import lead, summary, table_title
from cspanalysis.findings.neighbours import small_areas
from cspanalysis.findings.other_comparisons import other_comparisons
from cspanalysis.findings.patterns import patterns_title
from cspanalysis.findings.ranking import ranked
from cspanalysis.findings.steps import step_sentences
from cspanalysis.findings.target_words import no_targets, targets_title
from cspanalysis.findings.topics import (
    Topic,
    caveat_topic,
    change_topic,
    first_topic,
    signal_topic,
    target_topic,
)
from cspanalysis.findings.trends import (
    first_signal,
    no_trends,
    signals,
    trends_subtitle,
    trends_title,
    uncharted,
)
from cspanalysis.findings.why import Explanation, explanations
from cspanalysis.partnership import how_to_add
from cspanalysis.vocabulary.comparison import DEFAULTS, Comparison

if TYPE_CHECKING:
    from cspanalysis.display import Block, Headline
    from cspanalysis.findings.claims import Claim

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
    'All crime shows no clear change on a year earlier (2,433 against 2,330), nor does any other
     measure.'
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

    # What it says of itself

    @property
    def marking(self) -> str | None:
        """Protective marking: of a sensitive edition always, else as the partnership set it."""
        if self.edition == "sensitive":
            return "OFFICIAL-SENSITIVE"
        return self.partnership.marking if self.partnership else None

    @property
    def kicker(self) -> str:
        """What stands small over the title of the report: its kind."""
        return self.title

    @property
    def lead(self) -> str:
        """The finding of the period, in a sentence or two; without a baseline, its level."""
        if self.first_data is not None:
            return self.first_data.lead
        return lead(self.changes, signal=first_signal(self.trends), harm=self.harm)

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
            forms=self.partnership.forms if self.partnership else (),
        )

    def one_page(self) -> Block:
        """Show a summary that stands alone on the first page, and record every figure."""
        first = self.first_data
        topics = [
            change_topic(self._all(), harm=self.harm) if first is None else first_topic(first),
            target_topic(self.target_findings, absent=self._no_targets),
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
        if self.first_data is not None:
            return display.paragraphs(self.first_data.lead)
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
        if not any(c.before is not None or c.after is not None for c in self._all()):
            return display.paragraphs(*dict.fromkeys(c.refused for c in self._all()))
        places = self.first_data.places if self.first_data else {}
        tables = (
            display.change_table(found, caption=f"{table_title(found)}: {what}", places=places)
            for found, what in (
                (self.changes, self._span),
                (self.partner_changes, f"partners' figures, {self._span}"),
            )
            if found
        )
        return display.together(self._needs(), *tables)

    def other_comparisons(self, asked: str | Sequence[str] = ()) -> Block:
        """Set the period beside several baselines in one table, one word each.

        Parameters
        ----------
        asked
            Comparisons, in a list or separated by commas: "year before", "period before",
            "rolling 12 months", "financial year to date", "mean of three years", or a name and a
            period. Without them those of the partnership's file, else all that can be made.

        Raises
        ------
        UsageError
            If one is not known.
        """
        if self.monthly is None:
            return display.paragraphs(
                f"These figures hold no months, so {self.period.label} is compared with "
                f"{self.baseline.label} alone."
            )
        found = other_comparisons(
            self._asked(asked),
            monthly=self.monthly,
            changes=self.changes,
            sides=self.evidence.comparison,
        )
        made = [one for one in found if one.made]
        absent = [f"{o.title}: {o.reason}" for o in found if not o.made]
        values = [value for one in made for value in one.values()]
        caption = f"{self.area.name}, {self.period.label}, beside other periods"
        return display.together(
            display.other_comparisons_table(made, caption=caption),
            display.bullets(*absent),
            display.record(list(display.value_figures(values, source=self._source))),
        )

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
        return display.together(
            drawn,
            display.bullets(*step_sentences(self.trends, self._all())),
            display.paragraphs(uncharted(self.monthly, self.trends)),
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
        """Set the area beside the CSPs of its force, the force, and the areas it is like."""
        beside = None if self.comparators.chosen == "force" else self._standings()
        if not self.levels:
            return beside or display.paragraphs(no_levels(self.changes))
        drawn = display.rate_comparison(
            self.levels,
            title=levels_title(self.levels),
            subtitle=levels_subtitle(self.levels),
            source=self._source,
        )
        return display.together(drawn, beside)

    def targets(self) -> Block:
        """Show how far the measures of the partnership's priorities are from their targets."""
        if self._no_targets and self.keeps_back("priorities"):
            return display.paragraphs(self._no_targets)
        if absent := self._no_targets:
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

    def _standings(self) -> Block | None:
        """Show which areas it is compared with, why, and where it ranks; None without figures."""
        if not self.standings:
            return None
        caption = f"Rates of {self.area.name} among those of the areas compared with"
        return display.together(
            display.paragraphs(self.comparators.sentence),
            display.standing_table(
                list(self.standings.values()), caption=f"{caption}, {self.period.label}"
            ),
        )

    def _asked(self, asked: str | Sequence[str]) -> list[Comparison]:
        named = asked.split(",") if isinstance(asked, str) else asked
        if given := [Comparison.parse(name) for name in named if name.strip()]:
            return given
        own = self.partnership.comparisons if self.partnership else ()
        before = [c for c in own if c.baseline is None or c.baseline.end < self.period.start]
        return before or [Comparison(name) for name in DEFAULTS]

    def check(self, text: str) -> tuple[Claim, ...]:
        """Hold what a Markdown text says of the figures against them, claim by claim."""
        return check_claims(
            text,
            self._all(),
            area=self.area,
            extra_values=self.values,
            monthly=self._whole_months,
        )

    @property
    def _span(self) -> str:
        if self.first_data is not None:
            return f"{self.area.name}, {self.period.label}"
        return f"{self.area.name}, {self.period.label} against {self.baseline.label}"

    @property
    def _facts(self) -> dict[str, str]:
        """Small facts of the cover, by name."""
        nothing = ": no figures are held of it" if self.first_data else ""
        facts = {"Compared with": f"{self.baseline.label}{nothing}", "Figures": self._source}
        if self.partnership is not None and self.partnership.example:
            facts[self.from_file] = "an example, made up"
        return facts

    def _opening(self) -> list[Headline]:
        return [
            display.headline_of(change, source=self._source, monthly=self.monthly)
            for change in chosen(self.changes, harm=self.harm)
        ]

    @property
    def _no_targets(self) -> str:
        """Say that there are no targets, and of whom; empty where there are."""
        absent = no_targets(self.partnership, self.area)
        hidden = absent and self.keeps_back("priorities")
        return f"This edition shows no targets for {self.area.name}." if hidden else absent

    def _needs(self) -> Block | None:
        """Say what a comparison in time needs, where the baseline period has no figures."""
        if self.first_data is None:
            return None
        bring = f"Bring in {needed(self.evidence, self.store)} with 'cspanalysis ingest'."
        return display.lacking(self.first_data.needed, do=bring)

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
