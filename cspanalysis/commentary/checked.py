"""Commentary with its placeholders filled and its claims held against the figures."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cspanalysis.commentary.claims import Claim, check_claims, contradicted
from cspanalysis.commentary.sections import Commentary, Section, render
from cspanalysis.errors import ClaimError
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import day_text
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["STRICT", "CheckedSection", "checked"]

STRICT = "CSPANALYSIS_STRICT"
"""Environment variable that, where set, turns a contradicted claim into an error."""


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """Hold one section of commentary as it is shown, with its claims.

    Parameters
    ----------
    section
        The section as it was written.
    text
        Its Markdown with the placeholders filled.
    claims
        What it says of the figures, each with its verdict.
    """

    section: Section
    text: str
    claims: tuple[Claim, ...]

    @property
    def byline(self) -> str:
        """Who wrote it, when, and whether it is agreed."""
        when = day_text(self.section.date.isoformat())
        return f"{self.section.author}, {when}, {self.section.status}"

    @property
    def is_doubtful(self) -> bool:
        """Whether it is a draft with a claim that the figures do not support."""
        unsupported = any(claim.verdict != "supported" for claim in self.claims)
        return self.section.status == "draft" and unsupported


def checked(
    commentary: Commentary,
    changes: Sequence[Change],
    *,
    area: Area,
    values: Mapping[str, Value],
    monthly: pd.DataFrame | None = None,
    is_sensitive: Callable[[str], bool] | None = None,
) -> tuple[CheckedSection, ...]:
    """Fill the placeholders of commentary and hold its claims against the figures.

    Parameters
    ----------
    commentary
        What people wrote.
    changes
        The lines of the assessment's tables.
    area
        The area that it is about.
    values
        Every computed value of the assessment, by key.
    monthly
        Counts by month, for claims of "since"; see `check_claims`.
    is_sensitive
        Tells of a key without a value whether a sensitive edition has one; see `render`.

    Raises
    ------
    ClaimError
        If `STRICT` is set and the figures contradict a claim; file and line are named.
    """
    found = []
    for section in commentary.sections.values():
        text = render(section, values, is_sensitive=is_sensitive)
        claims = check_claims(
            text,
            changes,
            area=area,
            extra_values=values,
            monthly=monthly,
            first_line=section.first_line,
        )
        if os.environ.get(STRICT):
            _refuse(section, claims)
        found.append(CheckedSection(section, text, claims))
    return tuple(found)


def _refuse(section: Section, claims: Sequence[Claim]) -> None:
    for claim in contradicted(claims):
        raise ClaimError(
            f"{section.path}, line {claim.line}: '{claim.text}' {claim.reason} "
            "Correct the text, or run without --strict"
        )
