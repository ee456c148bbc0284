"""Patterns of peaks and lows, of causes and of groups that are not held."""

from __future__ import annotations

from typing import Literal

from cspanalysis.commentary.claims.marks import (
    BASELINE,
    BLANK,
    ELSEWHERE,
    FORCE,
    MEASURE,
    OTHER_TIME,
    PERIOD,
)
from cspanalysis.commentary.claims.numbers import FRACTION, HEDGE, NUMBER, PERCENT
from cspanalysis.commentary.claims.wording import DOWN_NOUN, EVENTS, FEWER, MORE, UP_NOUN

__all__ = ["BASES"]

_TIME = f"[{PERIOD}{BASELINE}{OTHER_TIME}]+"
_OF = rf"(?:\s+(?:of|in|for|during)\s+(?:the\s+|this\s+)?(?P<reach>year|quarter|period|{_TIME}))"
_TOP = r"(?:(?P<up>busiest|highest|worst|peak|most)|(?P<down>quietest|lowest|fewest))"
_WITH = rf"(?:(?:,?\s+(?:with|at|when\s+there\s+were)\s+|\s+\()(?P<a>{NUMBER})(?!\s*%|[.,]\d))?"
_SIZE = rf"(?:{HEDGE}(?:{PERCENT}|{FRACTION}|{NUMBER})\s+)?"

BASES: tuple[tuple[Literal["peak", "cause", "group"], str, str], ...] = (
    (
        "peak",
        "September was the worst month for vehicle crime.",
        rf"(?P<when>{_TIME})\s+(?:was|is|had|saw|brought|recorded)\s+(?:the\s+)?{_TOP}\b"
        rf"(?:\s+(?:numbers?\s+of|count\s+of|month|quarter|for|{MEASURE}+))*(?!\s+since){_OF}?{_WITH}",
    ),
    (
        "peak",
        "Robbery peaked in May 2023.",
        r"\b(?:(?P<up>peaked|(?:was|were) (?:at (?:its|their) )?(?:highest|peak))|"
        r"(?P<down>(?:was|were) (?:at (?:its|their) )?lowest|bottomed out))\s+"
        rf"(?:in|during)\s+(?P<when>{_TIME})(?!\s+since){_OF}?{_WITH}",
    ),
    (
        "peak",
        "The busiest quarter for robbery was January to March 2023.",
        rf"\b{_TOP}\s+(?:month|quarter)(?:\s+(?:for|of|{MEASURE}+|the\s+(?P<reach>year|{_TIME})))*"
        rf"\s+(?:was|is)\s+(?P<when>{_TIME}){_WITH}",
    ),
    (
        "peak",
        "Up to 120 burglaries a month were recorded in the quarter.",
        rf"\b(?P<up>up)\s+to\s+(?P<a>{NUMBER})(?=(?:\s+(?:{MEASURE}+|{EVENTS}))+\s+{BLANK}+)",
    ),
    (
        "cause",
        "The new patrols prevented 40 burglaries.",
        rf"\b(?:prevented|averted|avoided|deterred|stopped)\s+{_SIZE}(?=(?:\w+\s+){{0,2}}{MEASURE})",
    ),
    (
        "cause",
        "The scheme led to 63 fewer burglaries.",
        r"\b(?:has |have )?(?:led to|resulted in|brought about|contributed to|caused|achieved|"
        rf"delivered)\s+(?:an?\s+|the\s+)?{_SIZE}(?:{MORE}|{FEWER}|{UP_NOUN}|{DOWN_NOUN})\b",
    ),
    (
        "cause",
        "Patrols reduced burglary by 20 %.",
        rf"\b(?:reduced|cut)\s+{MEASURE}+(?:\s+by\s+{HEDGE}(?:{PERCENT}|{FRACTION}|{NUMBER}))?",
    ),
    (
        "cause",
        "Thanks to Operation Boson, robbery fell by 19 %.",
        r"\b(?:because of|thanks to|as a result of|due to|owing to|attributable to|driven by)\b"
        r"(?!\s+chance)",
    ),
    (
        "group",
        "Burglary in Luton is much the same as in Bedford.",
        r"\b(?:(?P<up>above|higher than|worse than)|(?P<down>below|lower than|better than)|"
        r"in line with|(?:(?:very|much|about|broadly)\s+)?(?:the\s+same\s+as|similar\s+to))\s+"
        r"(?:(?:the|its|their|our|average|mean|rates?|that|those|of|for|in|an?)\s+)*"
        rf"(?P<reach>{ELSEWHERE}+(?:\s+average)?|(?<=same as in ){FORCE}+|(?<=same as ){FORCE}+)",
    ),
)
