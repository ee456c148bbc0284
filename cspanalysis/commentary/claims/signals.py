"""Words of a sentence that say how the whole of it is to be taken."""

from __future__ import annotations

import re

from cspanalysis.commentary.claims.numbers import HEDGE, NUMBER

__all__ = ["AHEAD", "HEADING", "OFFENCES", "OF_OFFENCES", "POSSIBLY", "RATE", "TOGETHER"]

HEADING = re.compile(r"(?!.*\d\s*%)[A-Z][^.;!?:]{2,60}")
"""A line without a stop, which what follows may be of."""
OF_OFFENCES = re.compile(
    r"^(?:[^\w]|\b(?:a total of|in total|there (?:were|have been)|the|this quarter|in|so far|"
    rf"police recorded)\b)*{HEDGE}{NUMBER}\s+(?:offences|incidents|crimes)\b",
    re.IGNORECASE,
)
"""Begins a sentence that says of how many offences it speaks, and leaves out of which."""
OFFENCES = re.compile(r"(?:(?:Recorded|Reported) )?(?:offences|incidents|reports|levels)\b", re.I)
TOGETHER = re.compile(r"\b(?:together|combined|between them|jointly)\b", re.IGNORECASE)
POSSIBLY = re.compile(r"\bpossibl[ey]\b", re.IGNORECASE)
"""Says of a change that it is no clear one."""
AHEAD = re.compile(
    r"\b(?:forecast(?:ed|s)?|project(?:ed|ions?)|predict(?:ed|ions?)|expect(?:ed|s)?|anticipated?|"
    r"aims?|aiming|ambition|hopes?|intends?|next (?:month|quarter|year))\b"
    r"(?:(?!\b(?:but|while|although)\b)[^;])*$",
    re.IGNORECASE,
)
RATE = re.compile(r"\brates?\b|\bper (?:1,?000|head|thousand)\b", re.IGNORECASE)
"""Says that a number is a rate."""
