"""Report to committee: what a scrutiny committee is asked, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.documents.document import Document
from cspanalysis.findings.costs import Costs
from cspanalysis.findings.legal_basis import basis_intro, basis_line
from cspanalysis.findings.narrative import table_title
from cspanalysis.findings.phrases import counted, date_text
from cspanalysis.findings.planned import Planned, stands_beside
from cspanalysis.findings.supplied import Supplied, supplied
from cspanalysis.findings.values import Value
from cspanalysis.findings.words import joined
from cspanalysis.partnership.law import jurisdiction
from cspanalysis.partnership.requirements import requirements

if TYPE_CHECKING:
    from cspanalysis.display import Block
    from cspanalysis.partnership.people import Committee

__all__ = ["CommitteeReport"]

_OWN = "priority-"
"""Commentary named so, with the key of a priority, stands under that priority."""
_UNSAID = "not recorded"
# What the law asks that a committee needs to know, by key of the requirement.
_BASIS = (
    "responsible-authorities",
    "yearly",
    "partnership-plan",
    "section-17",
    "scrutiny",
    "scrutiny-yearly",
    "death-reviews",
    "prevent",
)


class CommitteeReport(Document):
    """Hold the cover report for a committee; see `Document`.

    Paragraphs are numbered through the report, and commentary on a single priority (a file such
    as ``priority-burglary.md``) stands under that priority.
    """

    name: ClassVar[str] = "committee-report"
    title: ClassVar[str] = "Report to committee"
    numbered: ClassVar[bool] = True
    SECTIONS: ClassVar[tuple[str, ...]] = (
        "summary",
        "background",
        "priorities",
        "staffing",
        "funding",
        "on-the-figures",
        "conclusions",
    )

    # What people write

    def section(self, name: str, *, otherwise: str = "") -> Block:
        """Show the section of commentary of this name; the report's head tells who wrote it."""
        for written in self.written:
            if written.section.name == name and name in self.SECTIONS:
                return display.commentary(written, byline=False)
        return super().section(name, otherwise=otherwise)

    def commentary(self) -> Block:
        """Show the sections of commentary that have no place of their own."""
        placed = {*self.SECTIONS, *(_OWN + one.priority.key for one in self.planned)}
        rest = (w for w in self.written if w.section.name not in placed)
        return display.together(*(display.commentary(section, byline=False) for section in rest))

    # What was found in the partnership's file

    @property
    def committee(self) -> Committee | None:
        """What the report says of itself; None where nothing is recorded."""
        return self.partnership.committee if self.partnership else None

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """The priorities, with the changes of their measures."""
        changes = {change.measure.code: change for change in self._all()}
        held = self.partnership.priorities if self.partnership else ()
        return tuple(Planned(priority, changes) for priority in held)

    @cached_property
    def supplied(self) -> dict[str, tuple[Supplied, ...]]:
        """Figures that partners gave, by key of the priority."""
        return {one.priority.key: supplied(one.priority.figures) for one in self.planned}

    @property
    def costs(self) -> Costs | None:
        """What the report would cost; None where no cost is recorded."""
        held = self.committee
        return Costs(held.costs) if held and held.costs else None

    # What a notebook shows

    def head(self) -> Block:
        """Show which committee the report goes to, when, and who answers for it."""
        held = self.committee
        if held is None:
            return self.absent(
                "It is not settled yet which committee this report goes to.", "committee"
            )
        bylines = dict.fromkeys(written.byline for written in self.written)
        said = {
            "Title": held.title,
            "Meeting": date_text(held.date, otherwise=_UNSAID),
            "Wards": held.wards or _UNSAID,
            "Lead officer": held.lead or _UNSAID,
            "Contact": held.contact or _UNSAID,
            "Text by": "; ".join(bylines) or _UNSAID,
            "Appendices": joined(held.appendices) or "none",
        }
        head = ("About this report", "Entry")
        return display.fact_table(said, caption=f"For the {held.name}", head=head)

    def asked(self) -> Block:
        """Show what the committee is asked to do."""
        if self.committee is None:
            return self.absent("The committee is not asked for anything yet.", "committee")
        return display.together(
            display.paragraphs("The committee is asked to:"), display.lettered(self.committee.asked)
        )

    def outcome(self) -> Block:
        """Show what the community gains."""
        held = self.committee
        if held is None or held.outcome is None:
            return self.absent("Nobody has written what the community gains.", "committee.outcome")
        return display.paragraphs(held.outcome)

    def in_short(self) -> Block:
        """Show the finding of the period, and the summary that people wrote."""
        return display.together(display.paragraphs(self.lead), self.section("summary"))

    def legal_basis(self) -> Block:
        """Show what the law of today asks of the partnership and of the committee."""
        where = jurisdiction(self.area)
        asked = [one for one in requirements(where) if one.key in _BASIS]
        return display.together(
            display.paragraphs(basis_intro(asked)), display.bullets(*map(basis_line, asked))
        )

    def priorities(self) -> Block:
        """Show each priority: why, who answers, what is planned and what its figures say."""
        if not self.planned:
            return self.absent("No priorities of the partnership were supplied.", "priorities")
        first = f"The partnership has {counted(len(self.planned), 'priority')}."
        shown = (self._priority(place, one) for place, one in enumerate(self.planned, start=1))
        return display.together(self.section("priorities", otherwise=first), *shown)

    def conclusions(self) -> Block:
        """Show what the figures and the plan come to, and what people conclude."""
        found = f"{table_title(self.changes)}." if self.changes and not self.first_data else ""
        stands = " ".join(filter(None, (found, stands_beside([p.priority for p in self.planned]))))
        return display.together(display.paragraphs(stands), self.section("conclusions"))

    def implications(self) -> Block:
        """Show what the report means for money, law, equality and other services."""
        held = self.committee
        if held is None:
            return self.absent(
                "Nobody has written what this means for money, law, equality and other services.",
                "committee",
            )
        return display.together(
            display.heading("Financial"),
            display.cost_table(self.costs) if self.costs else None,
            self._said(held.financial, "what this means for money", "financial"),
            display.heading("Legal"),
            display.paragraphs(
                held.legal
                or "No legal implication is recorded beyond the duties set out under Background."
            ),
            display.heading("Equality"),
            self._said(held.equality, "what this means for equality", "equality"),
            display.heading("Other services of the council"),
            self._said(held.other, "what this means for other services", "other"),
            display.heading("Whether to consider this report in private"),
            display.paragraphs(held.part_two or "There is no reason to consider it in private."),
        )

    def next_steps(self) -> Block:
        """Show what follows."""
        if self.committee is None or not self.committee.next_steps:
            return self.absent("No next steps are set yet.", "committee.next_steps")
        return display.together(
            display.paragraphs("What follows:"), display.bullets(*self.committee.next_steps)
        )

    def background_papers(self) -> Block:
        """Show the papers that the report draws on."""
        if self.committee is None or not self.committee.background_papers:
            return self.absent("No background papers are listed.", "committee.background_papers")
        return display.bullets(*self.committee.background_papers)

    # How it is put together

    def _priority(self, place: int, one: Planned) -> Block:
        figures = self.supplied[one.priority.key]
        own = (w for w in self.written if w.section.name == _OWN + one.priority.key)
        return display.together(
            display.heading(f"Priority {place}: {one.priority.title}"),
            display.paragraphs(one.why),
            *(display.commentary(written, byline=False) for written in own),
            display.paragraphs(one.figures),
            display.supplied_table(figures, on=one.priority.title) if figures else None,
            display.paragraphs(one.intro)
            if one.actions
            else self.absent(
                "No action for this priority was supplied.",
                f"priorities.{one.priority.key}.actions",
            ),
            display.bullets(*one.actions),
        )

    def _said(self, text: str | None, what: str, key: str) -> Block:
        if text:
            return display.paragraphs(text)
        return self.absent(f"Nobody has written {what}.", f"committee.{key}")

    def _file_values(self) -> Iterator[Value]:
        yield from super()._file_values()
        for found in self.supplied.values():
            for one in found:
                yield from one.values()
        if self.costs:
            yield from self.costs.values()
