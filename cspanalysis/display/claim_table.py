"""Commentary, and what became of the claims that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from cspanalysis.blocks.block import CLAIMS, Block
from cspanalysis.commentary.checked import CheckedSection
from cspanalysis.commentary.claims import Claim
from cspanalysis.commentary.pictures import embedded
from cspanalysis.display.markdown import markdown
from cspanalysis.display.prose import table
from cspanalysis.display.together import together
from cspanalysis.findings.wording.numbers import count_text
from cspanalysis.vocabulary.listed import many

__all__ = ["claim_table", "commentary"]


def commentary(written: CheckedSection, *, byline: bool = True) -> Block:
    """Show a section of commentary; under a draft, the claims that the figures do not support.

    The claims are recorded for the review pack, whatever their verdicts. The line that tells who
    wrote it can be left out where the report tells it elsewhere.
    """
    record = {"claims": [asdict(claim) for claim in written.claims]}
    return together(
        markdown(
            written.text,
            byline=written.byline if byline else "",
            picture=partial(embedded, written.section),
        ),
        claim_table(written.claims) if written.is_doubtful else None,
        Block("", "", {CLAIMS: record}),
    )


def claim_table(claims: Sequence[Claim]) -> Block:
    """Show the claims that the figures do not support, a sentence and verdict a line."""
    import pandas as pd

    doubtful: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.verdict != "supported":
            doubtful.setdefault((claim.text, claim.verdict), []).append(claim)
    rows = [
        (text, verdict, " ".join(dict.fromkeys(claim.reason for claim in held)))
        for (text, verdict), held in doubtful.items()
    ]
    supported = sum(claim.verdict == "supported" for claim in claims)
    caption = (
        f"{count_text(supported)} of {many(len(claims), 'claim')} in this draft "
        f"{'is' if 1 in (supported, len(claims)) else 'are'} supported by the figures; "
        f"{'this is' if len(rows) == 1 else 'these are'} not"
    )
    return table(pd.DataFrame(rows, columns=["Sentence", "Verdict", "Why"]), caption=caption)
