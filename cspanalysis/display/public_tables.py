"""Tables of what people said and of the registers that the law asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import paragraphs, table
from cspanalysis.display.together import together
from cspanalysis.findings.wording.numbers import NOT_APPLICABLE, SUPPRESSED, percent_text
from cspanalysis.findings.work.public_view import Concern, Opinion, PublicView
from cspanalysis.findings.work.registers import CaseRegister, DeathRegister

__all__ = ["case_review_table", "death_review_table", "public_view"]


def public_view(view: PublicView) -> Block:
    """Show one consultation: the shares, the order of concerns, and whom it reached."""
    return together(
        paragraphs(" ".join(view.sentences[:2]), *view.sentences[2:]),
        _opinion_table(view),
        _concern_table(view),
        _group_table(view),
    )


def death_review_table(register: DeathRegister) -> Block:
    """Show reviews of deaths by year; what this edition leaves out reads [c]."""
    hidden = register.hidden
    rows = {
        year: [SUPPRESSED if (year, column) in hidden else n for column, n in row.items()]
        for year, row in register.rows.items()
    }
    head = (
        "Reviews open",
        "Reviews closed",
        "Recommendations made",
        "Recommendations completed",
    )
    return _register(rows, head, register.title, register.sentences)


def case_review_table(register: CaseRegister) -> Block:
    """Show the four numbers on ASB case reviews by year."""
    rows = {year: list(row.values()) for year, row in register.rows.items()}
    head = (
        "Applications",
        "Threshold not met",
        "Reviews carried out",
        "Reviews with recommendations",
    )
    return _register(rows, head, register.title, register.sentences)


def _register(
    rows: Mapping[str, Sequence[object]],
    head: Sequence[str],
    caption: str,
    sentences: Sequence[str],
) -> Block:
    import pandas as pd

    frame = pd.DataFrame(
        [(year, *row) for year, row in rows.items()], columns=["Year", *head], dtype=object
    )
    return table(frame, caption=caption, notes=sentences)


def _opinion_table(view: PublicView) -> Block:
    import pandas as pd

    share = f"Share of {view.who}"
    frame = pd.DataFrame(
        [(f"They {o.statement}", *_shown(o)) for o in view.opinions],
        columns=["Statement", share, "95 % interval", "Answered"],
    )
    return table(frame, caption=view.title, formats={share: percent_text})


def _shown(opinion: Opinion) -> tuple[object, ...]:
    if opinion.hidden:
        return SUPPRESSED, SUPPRESSED, opinion.answered
    return opinion.share, opinion.interval, opinion.answered


def _concern_table(view: PublicView) -> Block | None:
    import pandas as pd

    if not view.concerns:
        return None
    first, *others = view.concern_sentences
    share = f"Share of {view.who}"
    head = ["Priority", "Place for the public", share, "Place for the partnership"]
    frame = pd.DataFrame([_place(c) for c in view.concerns], columns=head, dtype=object)
    return together(
        table(frame, caption=first.rstrip("."), formats={share: percent_text}),
        paragraphs(" ".join(others)),
    )


def _place(concern: Concern) -> tuple[object, ...]:
    opinion = concern.opinion
    absent = SUPPRESSED if concern.withheld else NOT_APPLICABLE
    said = (concern.public_place, opinion.share) if opinion else (absent, absent)
    return concern.priority.title, *said, concern.own_place


def _group_table(view: PublicView) -> Block | None:
    import pandas as pd

    if not view.groups:
        return None
    rows = [(group, SUPPRESSED if n is None else n) for group, n in view.groups]
    frame = pd.DataFrame(rows, columns=["Group", "People reached"], dtype=object)
    caption = f"{view.consultation.title}: groups reached"
    return table(frame, caption=caption)
