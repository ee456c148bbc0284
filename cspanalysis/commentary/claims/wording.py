"""Words of change, and of what is counted: parts that the patterns share."""

from __future__ import annotations

from typing import Literal

from cspanalysis.commentary.claims.marked import BASELINE, MEASURE, OTHER_TIME

__all__ = [
    "AFTER_COUNT",
    "DOWN",
    "DOWN_NOUN",
    "DOWN_VERB",
    "EVENTS",
    "FEWER",
    "LEVEL",
    "MANNER",
    "MORE",
    "MOVED",
    "NOUN",
    "OF_BEFORE",
    "ROUGHLY",
    "UP",
    "UP_NOUN",
    "UP_VERB",
    "VERB",
    "Kind",
]  # fmt: skip

Kind = Literal[
    "alone", "among", "apart", "beyond chance", "cause", "certain", "chance", "change", "count",
    "difference", "direction", "each", "follows", "gap", "gap beyond chance", "gap times",
    "group", "half in places", "improved", "in a row", "interval", "largest", "multiple",
    "nothing clear", "number",
    "outnumbers", "peak", "performs", "points", "range", "rank", "rate", "rate gap", "run",
    "same number", "series",
    "share", "share of places", "since", "steady", "superlative", "target", "two counts",
    "usual range",
]  # fmt: skip
"""What sort of thing is stated."""

UP_VERB = (
    r"(?:rose|risen|rises|increased|grew|grown|climbed|jumped|surged|soared|spiked|leapt|"
    rf"rocketed|mounted|(?<={MEASURE} )(?:rise|increase|grow|go up|climb|soar|surge|jump|spike)|"
    r"(?:went|gone|come|edged|crept|inched|nudged|ticked|shot|picked) up|"
    r"swell(?:ed)?|swollen|mushroomed|ballooned|escalated)"
)
DOWN_VERB = (
    r"(?:fell|fallen|falls|decreased|dropped|declined|dipped|eased|plummeted|plunged|slipped|"
    r"shrank|shrunk|slid|tumbled|slumped|sank|dwindled|subsided|"
    r"receded|diminished|lessened|abated|contracted|retreated|nosedived|shrunk|"
    r"(?:tailed|dropped|fallen|tapered) (?:off|away)|"
    rf"(?<={MEASURE} )(?:fall|drop|decline|decrease|go down|come down|tumble|plunge|shrink|"
    r"dip|ease)|"
    r"(?:went|gone|came|come|edged|crept|inched|nudged|ticked) down)"
)
UP = rf"(?:{UP_VERB}|rising|increasing|climbing|growing|up)"
DOWN = rf"(?:{DOWN_VERB}|reduced|falling|decreasing|dropping|declining|reducing|down)"
UP_NOUN = r"(?:rises?|increases?|growth|jumps?|spikes?|surge|uplift|up(?:turn)?)"
DOWN_NOUN = r"(?:falls?|decreases?|reductions?|drops?|declines?|dips?|downturn)"
MORE = r"(?:more|higher|up|above|greater|rise|increase|growth|jump)"
FEWER = r"(?:fewer|less|lower|down|below|fall|decrease|reduction|drop|decline)"
VERB = rf"(?:(?P<up>\b{UP})|(?P<down>\b{DOWN}))\b"
NOUN = rf"(?:(?P<up>\b{UP_NOUN})|(?P<down>\b{DOWN_NOUN}))\b"
MOVED = rf"(?:(?P<up>\b{UP}|\b{UP_NOUN})|(?P<down>\b{DOWN}|\b{DOWN_NOUN}))\b"
ROUGHLY = r"\b(?:(?P<over>more than|over|at least)\s+|(?P<about>nearly|almost|about)\s+)?"
MANNER = (
    r"(?:\s+(?:only|just|slightly|again|back|further|overall|here|locally|sharply|steeply|"
    rf"marginally|in total|year[- ]on[- ]year|{BASELINE}+))*"
)
EVENTS = (
    r"(?:crimes?|offences?|incidents?|cases?|reports?|records?|occurrences?|burglaries|thefts?)"
)
_LEVEL = r"(?:levels?|numbers?|figures?|totals?|counts?)"
LEVEL = (
    r"(?:held|stood|stands?|standing|ran|runs?|running|sat|sits?|sitting|settled|hovered|"
    r"finish(?:es|ed)|end(?:s|ed)|clos(?:es|ed)|land(?:s|ed)|(?:came|comes|coming)\s+in|"
    r"remain(?:s|ed)|stay(?:s|ed))"
)
"""Verbs of a level: what a measure does "at" a count, or (below what it was) by a size."""
AFTER_COUNT = (
    rf"(?:{EVENTS}|in|from|between|and|the|recorded|reported|for|over|during|across|while|but|"
    r"which|by|on|up|down|compared|against|versus|a|this|last)\b"
)
"""After a count that is one of the measure itself: no other noun."""
OF_BEFORE = (
    rf"(?:of\s+)?(?:(?:what\s+(?:it|they)\s+(?:was|were|had\s+been)|(?:its|their)\s+{_LEVEL})\s+"
    rf"(?:(?:of|in|seen|recorded)\s+)*(?=[{BASELINE}{OTHER_TIME}])|"
    rf"(?:its|their)\s+(?=[{BASELINE}{OTHER_TIME}]+\s+{_LEVEL}))"
)
"""After "a third": of what a measure was before, and no share of anything else."""
