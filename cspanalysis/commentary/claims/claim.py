"""A claim: one thing that commentary says of the figures, and how it was judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Claim", "ClaimVerdict", "HeldAgainst", "contradicted"]

ClaimVerdict = Literal["supported", "as recorded", "contradicted", "not traceable", "cited"]


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """Hold the value that a claim was held against.

    Parameters
    ----------
    key
        Key of the value, such as ``change.robbery.count``; several with a space between.
    text
        The value as people read it.
    """

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Hold one claim with its verdict.

    Parameters
    ----------
    text
        The sentence that makes the claim.
    line
        Line of the text on which the sentence begins.
    words
        The words of the sentence that make it.
    measure
        Code of the measure that it speaks of; empty where it names none, or several at once.
    verdict
        ``supported``; ``as recorded``: so by the counts, but not beyond how much they vary;
        ``contradicted``; ``not traceable``: no value of the assessment says so or otherwise;
        ``cited``: not traceable, and a source is given.
    held_against
        The value; None where there is none.
    rule
        Short name of the rule that decided.
    reason
        Why, in a plain sentence.
    """

    text: str
    line: int
    words: str
    measure: str
    verdict: ClaimVerdict
    held_against: HeldAgainst | None
    rule: str
    reason: str


def contradicted(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Give the claims that the assessment contradicts: these stop a strict run."""
    return tuple(claim for claim in claims if claim.verdict == "contradicted")
