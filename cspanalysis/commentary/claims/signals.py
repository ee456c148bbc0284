"""What says how the whole of a sentence is to be taken, and which statements stand alone."""

from __future__ import annotations

import re

from cspanalysis.commentary.claims.marked import AREAS, BLANK, Named
from cspanalysis.commentary.claims.numbers import HEDGE, NUMBER

__all__ = [
    "ALL_CRIME", "BARE_RATE", "DROPPED", "HEADING", "IN_IT", "MOVES", "OFFENCES", "OF_A_RATE",
    "OF_OFFENCES",
    "OF_ONE", "OF_THE_AREA", "OPINION", "OTHER_BASE", "POSSIBLY", "RATE", "SHARE", "TARGET",
    "THAT_IS", "THE_AVERAGE", "TOGETHER",
]  # fmt: skip

HEADING = re.compile(r"(?!.*\d\s*%)[A-Z][^.;!?:]{2,60}")
"""A line without a stop, which what follows may be of."""
OF_OFFENCES = re.compile(
    r"^(?:[^\w]|\b(?:a total of|in total|there (?:were|have been)|the|this quarter|in|so far|"
    rf"recorded|saw|had|experienced|police recorded|between|during|over|across|and|for)\b)*"
    rf"{HEDGE}{NUMBER}\s+(?:offences|incidents|crimes)\b",
    re.IGNORECASE,
)
"""Begins a sentence that says of how many offences it speaks, and leaves out of which."""
OFFENCES = re.compile(r"(?:(?:Recorded|Reported) )?(?:offences|incidents|reports|levels)\b", re.I)
OPINION = re.compile(
    r"\b(?:residents?|respondents?|people|public|householders?|shopkeepers?|businesses|they|\d ?%|"
    r"per cent)\b[^.;]{0,40}?\b(?:sa(?:y|id)|th(?:ink|ought)|fe(?:el|lt)|worr(?:y|ied)|fear(?:ed)?|"
    r"believed?|perceived?|told us)\b|\bsurvey\b",
    re.IGNORECASE,
)
"""Tells what people think, which no count bears out."""
THE_AVERAGE = re.compile(rf"(?:(?:The|Its|Their) )?{BLANK}+(?= )")
"""Begins a sentence of an average that names no measure."""
THAT_IS = re.compile(r"(?:That|This|Which) (?:is|was|represents?|represented)\b")
"""Begins a sentence that goes on with what was just said, and when."""
TOGETHER = re.compile(r"\b(?:together|combined|between them|jointly)\b", re.IGNORECASE)
TARGET = re.compile(r"\b(?:targets?|limit)\b", re.IGNORECASE)
POSSIBLY = re.compile(r"\bpossibl[ey]\b", re.IGNORECASE)
"""Says of a change that it is no clear one."""
RATE = re.compile(r"\brates?\b|\bper (?:1,?000|head|thousand)\b", re.IGNORECASE)
"""Says that a number is a rate."""
OTHER_BASE = re.compile(
    r"\bper (?:(?!1,?000\b)\d[\d,]*|hundred|million|(?:1,?000|thousand) (?:households|homes|"
    r"dwellings|vehicles|cars|premises|pupils|adults|children|businesses|properties))\b",
    re.IGNORECASE,
)
"""Says that a rate is of another base than those of the assessment."""
BARE_RATE = re.compile(
    rf"(?:[{AREAS}]|\b(?:the|its|their|our|an?|(?:high|low)(?:er|est)|overall))\s+rates?\b"
    r"(?!\s+(?:of|for|in)\s+[a-z])",
    re.IGNORECASE,
)
"""Speaks of a rate and of nothing that it is of, which in a report of crime is all crime."""
OF_A_RATE = frozenset({"group", "rank", "rate", "rate gap"})

OF_THE_AREA = frozenset({"follows", "gap", "performs"})
DROPPED = frozenset(
    {
        *("apart", "beyond chance", "cause", "certain", "chance", "group", "improved"),
        *("largest", "nothing clear", "peak", "same number", "steady", "superlative"),
    }
)
IN_IT = re.compile(r"^[^.;:,]* (?:in|of|for) (?:the )?$")
"""From a change to its measure: "a rise was achieved in robbery"."""
MOVES = frozenset({"certain", "change", "difference", "direction", "multiple", "two counts"})
"""Statements of a change, which the one measure of a sentence may be told wrong by."""
OF_ONE = frozenset({"count", "rank", "series", "usual range"})
"""Statements that may be of the one measure of their sentence, even where words stand between."""
ALL_CRIME = Named(0, 0, ("all-crime",))
"""What "there were 9,694 offences" is of, where nothing was spoken of before."""
SHARE = re.compile(r"\b(?:shares?|proportion|accounts?|accounted|ma[dk]es? up)\b|% of", re.I)
