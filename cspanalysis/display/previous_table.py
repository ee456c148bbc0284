"""What changed since the previous edition, what was revised and what was recommended then."""

from __future__ import annotations

from cspanalysis.blocks.block import Block
from cspanalysis.display.change_figures import value_figures
from cspanalysis.display.change_table import change_table
from cspanalysis.display.cover import record
from cspanalysis.display.notes import pointing
from cspanalysis.display.prose import bullets, paragraphs, table
from cspanalysis.display.to_do import lacking
from cspanalysis.display.together import together
from cspanalysis.findings.summary.previous import Previous, Revisions, named
from cspanalysis.findings.wording.numbers import count_text, signed_percent_text, signed_text
from cspanalysis.findings.wording.sentences import date_text
from cspanalysis.partnership.work import Recommendation

__all__ = ["since_previous"]


def since_previous(found: Previous, *, source: str, changes: str) -> Block:
    """Show what there is to say of the previous edition, and record its numbers.

    Parameters
    ----------
    found
        What was found.
    source
        Where the figures came from.
    changes
        Caption of the report's table of changes.
    """
    said = (pointing(text, "the table of changes", caption=changes) for text in found.sentences)
    return together(
        paragraphs(*said),
        change_table(found.changes, caption=found.title) if found.is_compared else None,
        _revision_table(found.revisions) if found.revisions else None,
        _recommended(found),
        record(list(value_figures(found.values(), source=source))),
    )


def _revision_table(revisions: Revisions) -> Block:
    import pandas as pd

    if not revisions.changed:
        return paragraphs(f"{revisions.title}.", revisions.note)
    frame = pd.DataFrame(
        [
            (one.measure.label, one.earlier, one.later, one.later - one.earlier, one.percent)
            for one in revisions.changed
        ],
        columns=["Measure", "First published", "Now", "Revision", "Revision (%)"],
    )
    formats = {
        "First published": count_text,
        "Now": count_text,
        "Revision": signed_text,
        "Revision (%)": signed_percent_text,
    }
    return table(frame, caption=revisions.title, notes=[revisions.note], formats=formats)


def _recommended(found: Previous) -> Block:
    if found.recommended is None:
        return lacking(
            f"What was recommended in {named(found.previous)} was not supplied.",
            do=f"Keep that edition's partnership file in a folder named '{found.previous.slug}'.",
        )
    if not found.recommended:
        return paragraphs(f"Nothing was recommended in {named(found.previous)}.")
    return together(
        paragraphs(f"Recommended in {named(found.previous)}:"),
        bullets(*(_said(one) for one in found.recommended)),
    )


def _said(one: Recommendation) -> str:
    when = f"by {date_text(one.by, otherwise='')}" if one.by else ""
    target = f". Target: {one.target}" if one.target else ""
    who = ", ".join(filter(None, (one.owner, when)))
    return f"{one.text.rstrip('.')}{f' ({who})' if who else ''}{target}"
