"""What the reports of a partnership share: sections that people write, and blocks of their file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.documents.law_evidence import statutory_map_of
from cspanalysis.documents.recorded import Recorded
from cspanalysis.findings.glossary import terms_in
from cspanalysis.findings.phrases import date_text
from cspanalysis.findings.statutory import Duty, StatutoryMap
from cspanalysis.findings.words import joined
from cspanalysis.partnership import how_to_add
from cspanalysis.partnership.law import legal_name
from cspanalysis.vocabulary import Period

if TYPE_CHECKING:
    from cspanalysis.display import Block

__all__ = ["Document"]

_UNSHOWN = "This edition shows nothing of it."


class Document(Recorded):
    """Hold a report that joins computed figures with what a partnership says of itself.

    `SECTIONS` names the sections of commentary that have a place of their own in the report;
    every other one is shown by `commentary`, so that nothing that was written gets lost.
    A block for which the partnership's file has no entry says so to readers, and records what
    whoever prepares the report can do.
    """

    SECTIONS: ClassVar[tuple[str, ...]] = ()
    from_file: ClassVar[str] = "Content"

    previous: Period | None = None
    """Period of the previous edition; None where there is none."""

    # What people write

    def section(self, name: str, *, otherwise: str = "") -> Block:
        """Show the section of commentary of this name.

        Parameters
        ----------
        name
            One of `SECTIONS`.
        otherwise
            What to say where nobody has written it.

        Raises
        ------
        ValueError
            If the report has no such section.
        """
        if name not in self.SECTIONS:
            raise ValueError(f"section '{name}': the report has {', '.join(self.SECTIONS)}")
        for written in self.written:
            if written.section.name == name:
                return display.commentary(written)
        if not otherwise:
            return display.paragraphs()
        file = f"data/partnerships/{self.area.slug}/commentary/{name}.md"
        return display.lacking(otherwise, do=f"Write it in {file}.")

    def commentary(self) -> Block:
        """Show the sections of commentary that have no place of their own."""
        rest = (w for w in self.written if w.section.name not in self.SECTIONS)
        return display.together(*(display.commentary(section) for section in rest))

    # What a notebook shows

    def example_note(self) -> Block:
        """Say that the partnership's content is an example, where it is."""
        if self.partnership is None or not self.partnership.example:
            return display.paragraphs()
        return display.paragraphs(
            "What this report says of the partnership, its plans and its work is an example: it "
            "was made up to show what a report can hold. The figures of crime are real."
        )

    def partners(self) -> Block:
        """Show the responsible authorities, which of them are named, and what was supplied."""
        return display.partner_table(self.partners_found)

    def plan_progress(self) -> Block:
        """Show how far the last plan was carried out."""
        if self.progress is None:
            return self.absent(
                "No record of the last plan was supplied, so this report can't say how it went.",
                "last_plan",
            )
        return display.progress_table(self.progress)

    def police_plan(self) -> Block:
        """Show which objectives of the police and crime plan the priorities serve."""
        if self.crosswalk is None:
            return self.absent(
                "The police and crime plan was not supplied, so this report can't say which of its "
                "objectives the priorities serve.",
                "police_plan",
            )
        return display.police_plan_table(self.crosswalk)

    def engagement(self) -> Block:
        """Show the year's meetings, and whether the public met senior officers."""
        if not self.met:
            return self.absent("No record of the year's meetings was supplied.", "meetings")
        return display.meeting_table(self.met)

    def funding(self) -> Block:
        """Show the money received, by year and source."""
        if not self.money:
            return self.absent("No record of the money received was supplied.", "funding")
        return display.funding_table(self.money)

    def recommendations(self) -> Block:
        """Show what is recommended: owner, measure, baseline, target, date and section 17."""
        if self.recommended is None:
            return self.absent("This report recommends nothing yet.", "recommendations")
        return display.recommendation_table(self.recommended)

    def public_view(self) -> Block:
        """Show what people said, how sure that is, and what they put first."""
        if not self.views:
            return self.absent(
                "No survey was supplied, so what people think is not known.",
                "consultation",
            )
        return display.together(*(display.public_view(view) for view in self.views))

    def registers(self) -> Block:
        """Show reviews of deaths and of ASB cases, by year."""
        deaths, cases = self.death_register, self.case_register
        reviews, asked = legal_name("death-review"), legal_name("asb-case-review")
        return display.together(
            display.death_review_table(deaths)
            if deaths
            else self.absent(f"No yearly number of {reviews.plural} was supplied.", "registers"),
            display.case_review_table(cases)
            if cases
            else self.absent(f"No yearly number of {asked.plural} was supplied.", "registers"),
        )

    def projects(self) -> Block:
        """Show what each project delivered and cost, and whether it worked."""
        if not self.delivered:
            return self.absent("No record of projects was supplied.", "projects")
        return display.project_table(self.delivered)

    def since_previous(self, period: str | Period | None = None) -> Block:
        """Show what changed since the previous edition, was revised, and was recommended then.

        Parameters
        ----------
        period
            Period of the previous edition; the report's own `previous` if not given.
        """
        earlier = Period.parse(period) if period else self.previous
        if earlier is None:
            return display.lacking(
                "No previous edition is named, so nothing can be said of what changed since.",
                do="Give its period as the parameter 'previous'.",
            )
        return display.since_previous(self.since(earlier), source=self._source)

    def gaps(self) -> Block:
        """List what is not known and should be, as recorded and as found in the figures."""
        listed = [*self._recorded_gaps(), *self._measures_without_figures()]
        known = [f"{gap.rstrip('.')}." for gap in listed]
        if not known:
            return self.absent("Nobody has listed what is not known.", "gaps")
        return display.bullets(*known)

    def sign_off(self) -> Block:
        """Show who agreed the report, in which version, and up to when its figures go."""
        signed = self.partnership.sign_off if self.partnership else None
        if signed is None:
            return self.absent("Nobody has signed this report off: it is a draft.", "sign_off")
        facts = {
            "Agreed by": signed.group,
            "Chair": signed.chair or "not named",
            "Version": signed.version,
            "Agreed on": date_text(signed.agreed, otherwise="not yet agreed"),
            "Previous assessment": date_text(signed.previous, otherwise="none recorded"),
            "Figures up to": self.cut_off,
            "Sent to": joined(signed.sent) or "nobody yet",
        }
        agreed = "was agreed" if signed.agreed else "is not agreed yet"
        caption = f"This report {agreed}: version {signed.version}"
        return display.fact_table(facts, caption=caption, head=("What", "As recorded"))

    def statutory_map(self) -> Block:
        """Show what the law asks for, where this report shows it, and what is there."""
        figures = display.value_figures(self.statutory.values(), source="This report")
        return display.together(
            display.statutory_table(self.statutory), display.record(list(figures))
        )

    def glossary(self) -> Block:
        """Explain the words that this report uses."""
        return display.glossary_table(terms_in(self._words()))

    # How it is put together

    @property
    def cut_off(self) -> str:
        """Last month of the figures, and what they are taken from."""
        last = self.period.months[-1] if self.monthly is None else self.monthly.index[-1]
        return f"{last:%B %Y} ({self._source})"

    @cached_property
    def statutory(self) -> StatutoryMap:
        """What the law asks for, held against this report."""
        return statutory_map_of(self)

    def missing(self) -> tuple[Duty, ...]:
        """Give the requirements of the law for which this report holds nothing."""
        return self.statutory.missing

    def absent(self, said: str, key: str, *, unshown: str = _UNSHOWN) -> Block:
        """Say that nothing of a kind is there; record where to add it.

        Parameters
        ----------
        said
            What is missing, as readers are told.
        key
            Key of the partnership file that would hold it.
        unshown
            What readers are told where there is some, and this edition leaves it out.
        """
        if self.keeps_back(key):
            return display.paragraphs(unshown)
        known = self.partnership is not None
        return display.lacking(said, do=how_to_add(key, area=self.area, known=known))

    def _recorded_gaps(self) -> Iterator[str]:
        if self.partnership:
            yield from self.partnership.gaps
            for priority in self.partnership.priorities:
                for gap in priority.gaps:
                    yield f"{priority.title}: {_uncapitalised(gap)}"

    def _measures_without_figures(self) -> Iterator[str]:
        for priority in self.partnership.priorities if self.partnership else ():
            counts = {
                aim.measure.phrase: self.values.get(f"change.{aim.measure.code}.count")
                for aim in priority.measures
            }
            given = {one.measure.phrase for one in self.indicators}
            absent = [
                name
                for name, one in counts.items()
                if (one is None or one.value is None) and name not in given
            ]
            if absent:
                yield (
                    f"{priority.title}: there is no figure of {joined(absent, word='or')} in "
                    f"{self.period.label}"
                )

    def _words(self) -> str:
        """Text in which words to explain are looked for."""
        labels = (f"{c.measure.label} {c.measure.reading}" for c in self._all())
        caveats = (caveat.text for c in self._all() for caveat in c.caveats)
        dumped = self.partnership.model_dump_json() if self.partnership else ""
        held = re.sub(r'"\w+":', " ", dumped)  # its keys are no words of the report
        return "\n".join([*labels, *caveats, *(w.text for w in self.written), held])


def _uncapitalised(text: str) -> str:
    """Let a sentence go on from a colon; abbreviations keep their capitals."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
