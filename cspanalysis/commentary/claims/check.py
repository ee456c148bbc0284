"""Check the claims of a text: each held against the values of the assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cspanalysis.commentary.claims.checker import Checker
from cspanalysis.commentary.claims.claim import Claim
from cspanalysis.commentary.claims.sentences import sentences
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_claims"]


def check_claims(
    text: str,
    changes: Sequence[Change],
    *,
    area: Area,
    extra_values: Mapping[str, Value] | None = None,
    monthly: pd.DataFrame | None = None,
    first_line: int = 1,
) -> tuple[Claim, ...]:
    """Find the claims of a text and hold each against the assessment.

    A claim of several measures comes out once for each of them. What is stated as a plan or a
    condition is no claim, and neither are dates, references, sums of money and the like. Where
    it is not plain what a number speaks of, the claim is "not traceable" and not judged. A cell
    of a table is a claim where its row names a measure.

    A number is held against figures of what its sentence names: the measure, the area, the time
    and the kind of figure. Where it is a figure of something else alone, the reason says of what.

    Parameters
    ----------
    text
        Markdown with its placeholders filled.
    changes
        The lines of the assessment's table, and its composites.
    area
        The area that the text is about.
    extra_values
        Further values, such as those of `findings.values.ranks_of`.
    monthly
        Counts by month (index of Timestamps), one column a measure, for claims such as "its
        lowest since 2015"; a month that is missing or in part is a missing value. Without it
        such a claim is held against the two periods alone.
    first_line
        Number of the text's first line in its file.

    Returns
    -------
    tuple of Claim
        In the order of the text.

    Examples
    --------
    >>> from cspanalysis import Area, Measure, Period
    >>> span = Period.parse("2023")
    >>> robbery = Change(
    ...     measure=Measure.named("robbery"),
    ...     area=Area.named("luton"),
    ...     period=span,
    ...     baseline=span.baseline(),
    ...     before=8,
    ...     after=17,
    ...     percent_change=112.5,
    ...     verdict="no clear change",
    ... )
    >>> text = "Robbery went from 8 to 17. Robbery rose. Robbery is at its lowest since 2015."
    >>> for claim in check_claims(text, [robbery], area=robbery.area):
    ...     print(claim.words, "-", claim.verdict, "-", claim.rule)
    from 8 to 17 - supported - counts
    rose - as recorded - as recorded
    lowest since 2015 - contradicted - since
    """
    checker = Checker(changes, area, extra_values or {}, monthly)
    found = [
        *checker.claims(sentences(text, first_line=first_line)),
        *checker.claims_of_tables(text, first_line),
    ]
    return tuple(sorted(found, key=lambda claim: claim.line))
