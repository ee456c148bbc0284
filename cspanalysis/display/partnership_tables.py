"""Tables of what a partnership says of itself: partners, plans, money, meetings, sign-off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import bullets, paragraphs, table
from cspanalysis.display.together import together
from cspanalysis.findings.wording.glossary import Term
from cspanalysis.findings.wording.numbers import NOT_APPLICABLE, count_text
from cspanalysis.findings.wording.sentences import date_text, pounds_text
from cspanalysis.findings.work.engagement import Engagement
from cspanalysis.findings.work.funding import Money
from cspanalysis.findings.work.partners import Partners
from cspanalysis.findings.work.police_plan import Crosswalk
from cspanalysis.findings.work.progress import Progress
from cspanalysis.findings.work.recommendations import Recommendations
from cspanalysis.partnership.partnership import Partner
from cspanalysis.vocabulary.listed import joined

__all__ = [
    "fact_table",
    "funding_table",
    "glossary_table",
    "meeting_table",
    "partner_table",
    "police_plan_table",
    "progress_table",
    "recommendation_table",
]

NOT_NAMED = "not named"
NOT_GIVEN = "not given"
NO_DATE = "no date given"
NOTHING = "none recorded"


def partner_table(partners: Partners) -> Block:
    """Show the responsible authorities, who is named for each, and the data each supplied."""
    rows = [
        (a.body.name, joined([p.name for p in a.partners]) or NOT_NAMED, _supplied(a.partners))
        for a in partners.authorities
    ]
    rows += [("Other partner", p.name, _supplied((p,))) for p in partners.others]
    return together(
        paragraphs(*partners.sentences),
        _table(rows, ("Responsible authority", "Named as", "Data supplied"), partners.title),
    )


def police_plan_table(crosswalk: Crosswalk) -> Block:
    """Show each objective of the police and crime plan with the priorities that serve it."""
    rows = [
        (o, joined([p.title for p in crosswalk.serving(o)]) or "no priority")
        for o in crosswalk.plan.objectives
    ]
    head = (f"Objective of '{crosswalk.plan.title}'", "Served by")
    return together(
        paragraphs(*crosswalk.sentences), _table(rows, head, crosswalk.title) if rows else None
    )


def progress_table(progress: Progress) -> Block:
    """Show each action of the last plan with its status and what shows it."""
    rows = [
        (
            action.action,
            progress.served(action),
            action.owner or "",
            date_text(action.due, otherwise=""),
            progress.told_status(action),
            " ".join(filter(None, (_stop(action.evidence), _stop(action.outcome)))) or NOTHING,
        )
        for action in progress.actions
    ]
    head = ("Action", "Priority", "Owner", "Due", "Status", "Evidence and outcome")
    shown = _table(rows, head, progress.title) if rows else None
    return together(paragraphs(*progress.sentences), shown)


def recommendation_table(found: Recommendations) -> Block:
    """Show what is recommended, and under it what regard each had to section 17."""
    rows = [
        (
            f"{number}. {one.text}",
            one.owner,
            one.measure or NOT_GIVEN,
            one.baseline or NOT_GIVEN,
            one.target or NOT_GIVEN,
            date_text(one.by, otherwise=NO_DATE),
        )
        for number, one in enumerate(found.items, start=1)
    ]
    head = ("Recommendation", "Owner", "Measured by", "Now", "Target", "By")
    duties = found.duties
    return together(
        _table(rows, head, found.title),
        paragraphs(*found.sentences),
        paragraphs("Regard to preventing crime and disorder (section 17):") if duties else None,
        bullets(*duties),
    )


def meeting_table(engagement: Engagement) -> Block:
    """Show the meetings of the year: when, what, who could come and who came."""
    rows = [
        (
            date_text(m.date, otherwise=""),
            m.what,
            "yes" if m.public else "no",
            "yes" if m.senior_officers else "no",
            (NOT_APPLICABLE if not m.public else "[x]")
            if m.attended is None
            else count_text(m.attended),
            joined(m.groups),
        )
        for m in engagement.meetings
    ]
    head = ("Date", "Meeting", "Public", "Senior officers", "Came", "Groups reached")
    shown = _table(rows, head, engagement.title) if rows else None
    return together(paragraphs(*engagement.sentences), shown)


def funding_table(money: Money) -> Block:
    """Show the money received, newest year first."""
    lines = sorted(money.lines, key=lambda line: line.year, reverse=True)
    rows = [(f.year, f.source, pounds_text(f.amount), f.purpose or "") for f in lines]
    return together(
        _table(rows, ("Year", "Source", "Amount", "For"), money.title),
        paragraphs(*money.sentences),
    )


def glossary_table(terms: Sequence[Term]) -> Block:
    """Show words and what they mean."""
    rows = [(t.name, t.meaning) for t in terms]
    return _table(rows, ("Word", "What it means here"), "Words that this report uses")


def fact_table(facts: Mapping[str, str], *, caption: str, head: tuple[str, str]) -> Block:
    """Show facts by name, such as those of the sign-off."""
    return _table(list(facts.items()), head, caption)


def _table(rows: Sequence[Sequence[str]], head: Sequence[str], caption: str) -> Block:
    """Show rows of texts; a column in which no row has a text is left out."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(head))
    kept = [name for name in head if (frame[name] != "").any()]
    return table(frame[kept].replace("", NOT_GIVEN), caption=caption)


def _supplied(partners: Sequence[Partner]) -> str:
    """Name the data that partners supplied, with when it was received."""
    sets = (
        f"{s.what} ({date_text(s.received, otherwise=NO_DATE)})"
        for p in partners
        for s in p.supplied
    )
    return "; ".join(sets) or NOTHING


def _stop(text: str | None) -> str:
    """End a text with a full stop, where it has none."""
    return f"{text.rstrip('.')}." if text else ""
