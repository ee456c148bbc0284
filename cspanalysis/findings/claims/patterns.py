"""Patterns of what people state, as a table: the kind of statement and how it is written.

The patterns read sentences that `marks` has blanked: a measure, a place or a time is a run of
one sign. Groups: ``up`` and ``down`` for the direction, ``a`` and ``b`` for numbers (earlier and
later), ``percent`` and ``fraction`` for sizes, ``no`` for a denial.
"""

from __future__ import annotations

from typing import Literal

from cspanalysis.findings.claims.bases import BASES
from cspanalysis.findings.claims.marks import (
    BASELINE,
    BLANK,
    ELSEWHERE,
    FORCE,
    HERE,
    MEASURE,
    MONTHS,
    OTHER_TIME,
    PERIOD,
    SCOPE,
    STATEMENT,
)
from cspanalysis.findings.claims.numbers import FRACTION, HEDGE, NUMBER, PERCENT
from cspanalysis.findings.claims.over_time import OVER_TIME
from cspanalysis.findings.claims.wording import (
    DOWN,
    DOWN_NOUN,
    DOWN_VERB,
    EVENTS,
    FEWER,
    MANNER,
    MORE,
    MOVED,
    NOUN,
    UP,
    UP_NOUN,
    UP_VERB,
    VERB,
)

__all__ = ["NO", "PATTERNS", "PLACES", "Kind"]

Kind = Literal[
    "among", "apart", "beyond chance", "cause", "certain", "chance", "change", "count",
    "difference", "direction", "follows", "gap", "gap beyond chance", "group", "half in places",
    "improved", "in a row", "interval", "largest", "multiple", "nothing clear", "number", "peak",
    "performs", "range", "rank", "rate", "rate gap", "run", "same number", "share",
    "share of places", "since", "steady", "superlative", "two counts", "usual range",
]  # fmt: skip

_SIZE = rf"{HEDGE}(?:(?P<percent>{PERCENT})|(?P<fraction>{FRACTION}))"
NO = r"(?P<no>\b(?:no|not|never|neither|nor|hardly)\b|n't\b)"
_THE_FORCE = (
    rf"(?:in\s+|for\s+|of\s+|across\s+)?(?:{FORCE}+|that\b(?! of (?:\w+ )?{ELSEWHERE}))"
    r"(?:\s+(?:average|figure|trend|change|rate|rise|increase|as a whole))*"
)
PLACES = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|joint"
_LINK = r"(?:[\w'&-]+\s+|,\s*)"

_ENDS = (
    rf"\s*(?:$|[.,;:)]|[{PERIOD}{BASELINE}{OTHER_TIME}{HERE}{FORCE}{STATEMENT}]|"
    r"\b(?:markedly|clearly|slightly|significantly|sharply|further|again|steadily|too|as well|"
    r"since|compared|against|over|here|and|but|while|whereas|by|from|on|in|across|this|last)\b)"
)

# Read in this order; what one has read is blanked for the next.
PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "half in places",
        rf"\bhalf\s+of\s+(?:it|them|this|these|those|(?:the\s+)?(?:{EVENTS}|{MEASURE}+))"
        rf"(?:\s+(?:offences|incidents|(?:was|were|is|are)\s+(?:recorded|reported)|was|were|lies?|lay|"
        rf"happened|occurred|took\s+place|[{PERIOD}{HERE}]+)){{0,2}}\s+in\s+(?:only\s+|just\s+)?"
        rf"(?P<a>{HEDGE}{NUMBER})(?:\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{NUMBER}))?\s+"
        rf"(?P<reach>small\s+areas|wards)",
    ),
    (
        "half in places",
        rf"(?P<a>{NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{NUMBER})\s+(?P<reach>small\s+areas|wards)\s+"
        rf"(?:hold|holds|held|had)\s+half\s+of\s+(?:the\s+)?(?={MEASURE})",
    ),
    ("share of places", rf"(?<={STATEMENT} )\((?P<percent>{PERCENT})\)"),
    (
        "run",
        rf"\b(?:(?P<up>above)|(?P<down>below))\s+(?:its\s+|their\s+|the\s+)?average\s+for\s+"
        rf"(?P<reach>{BLANK}+)\s+in\s+a\s+row",
    ),
    (
        "interval",
        rf"(?:{NOUN}\s+)?(?:lies|lay|is|was)\s+(?:somewhere\s+)?between\s+"
        rf"(?P<a>-?{NUMBER})\s*%?\s+and\s+(?P<b>-?{NUMBER})\s*%",
    ),
    ("range", rf"{VERB}(?:\s+by)?\s+(?P<a>{NUMBER})\s*%?\s*(?:-|to)\s*(?P<b>{PERCENT})"),
    ("range", rf"(?P<a>{NUMBER})\s*%?\s*(?:-|to)\s*(?P<b>{PERCENT})(?:\s+{NOUN})?"),
    (
        "gap beyond chance",
        rf"(?:(?P<up>\babove)|(?P<down>\bbelow))\s+{_THE_FORCE}\s+by more than chance[\w\s]*",
    ),
    (
        "apart",
        rf"\b(?:can't|cannot|can not|could not) be (?:told apart|distinguished)"
        rf"(?:\s+from\s+{_THE_FORCE})?",
    ),
    (
        "beyond chance",
        rf"\b(?:does|do|did)\s+differ(?:\s+from\s+{FORCE}+)?|\bmore than chance[\w\s]*"
        rf"|\b(?:moved|changed)\s+differently\s+(?:from|than|to)\s+{FORCE}+",
    ),
    (
        "performs",
        rf"\b(?:perform\w*|doing|does|do|did|done|fare[sd]?|compares?)\s+(?:\w+\s+)?"
        rf"(?:(?P<up>above|better\s+than|favourably\s+with|ahead\s+of|well\s+against)|"
        rf"(?P<down>below|worse\s+than|unfavourably\s+with|behind|badly\s+against))\s+{_THE_FORCE}",
    ),
    ("performs", rf"\b(?:(?P<up>better\s+than)|(?P<down>worse\s+than))\s+{_THE_FORCE}"),
    (
        "rate gap",
        rf"\brates?\s+(?:(?:of|for)\s+{MEASURE}+\s+)?(?:is|was|lies|stands|stood)\s+"
        rf"(?:(?P<up>above|higher than)|(?P<down>below|lower than))\s+(?:that of\s+)?{_THE_FORCE}",
    ),
    (
        "among",
        rf"\bamong\s+the\s+(?:(?P<up>highest)|(?P<down>lowest))\s+(?P<a>{NUMBER})"
        rf"(?=\s+of\s+(?:the\s+)?{NUMBER}\s+areas)",
    ),
    (
        "gap",
        rf"(?:(?:{UP}|{DOWN})\s+(?:by\s+)?)?(?:{NUMBER}\s+times\s+)?\b(?:(?P<up>above|higher\s+than|more\s+than|"
        rf"faster\s+than|greater\s+than)|(?P<down>below|lower\s+than|less\s+than|slower\s+than|"
        rf"smaller\s+than))\s+{_THE_FORCE}",
    ),
    (
        "follows",
        rf"\b(?:follow(?:s|ed|ing)?|in line with|mirror(?:s|ed)?|match(?:es|ed)?|"
        rf"consistent with|the same (?:way|direction) as)\s+{_THE_FORCE}",
    ),
    (
        "follows",
        rf"(?P<no>\b(?:against|unlike|contrary to|bucks?|bucked|differs? from|"
        rf"the opposite (?:way|direction) (?:to|from)))\s+{FORCE}+\s+(?:trend|pattern|direction)",
    ),
    *OVER_TIME,
    *BASES,
    (
        "superlative",
        r"\b(?:largest|biggest|greatest|highest|steepest|sharpest)\s+(?:percentage\s+)?"
        rf"(?:recorded\s+|numerical\s+)?{NOUN}",
    ),
    (
        "largest",
        r"\b(?:largest|most\s+common|biggest|most\s+frequent|highest\s+volume)\s+(?:single\s+)?"
        r"(?:(?:crime|offence|recorded)\s+)*(?:category|types?|offence|crime)\b",
    ),
    (
        "improved",
        r"\b(?:(?P<up>improv(?:ed|ing)|(?:got|gotten|getting) better)|"
        r"(?P<down>worsen(?:ed|ing)|deteriorat(?:ed|ing)|(?:got|gotten|getting) worse))\b"
        rf"(?={_ENDS})",
    ),
    (
        "improved",
        r"\b(?:(?P<up>improvements?)|(?P<down>deterioration|worsening))"
        rf"(?=\s+(?:in|on|for|of)\s+(?:the\s+)?(?:number\s+of\s+)?{MEASURE}|\s*[.,;])",
    ),
    (
        "rank",
        rf"\b(?:(?P<place>{PLACES})[- ])?(?:(?P<up>highest|worst|most(?=\s{MEASURE}))|"
        rf"(?P<down>lowest|best(?!\s+(?:results?|practice|value|use|way))|safest|fewest(?=\s{MEASURE})))(?!\w)(?=(?:[^;.]*\b(?:in|of|across|within|among)\b))",
    ),
    (
        "rank",
        rf"\bone of (?:only |just )?(?:the )?{NUMBER} "
        r"(?:areas|forces|districts|boroughs|partnerships)\b",
    ),
    (
        "steady",
        r"\b(?:almost|nearly|virtually|practically|about|roughly) (?:identical|the same)\b",
    ),
    ("same number", r"\b(?:exactly\s+)?the same (?:number|count|total)\b|\bidentical\b"),
    (
        "usual range",
        rf"(?:(?P<reach>\b(?:{MONTHS})\b|{OTHER_TIME}+)\s+(?:was|is)\s+)?"
        r"\b(?:within|(?P<up>above)|(?P<down>below))\s+(?:its|their|the)\s+"
        r"(?:usual\s+range|(?:(?:usual|control|upper|lower)\s+)?limits?)\b",
    ),
    (
        "chance",
        r"\b(?:chance(?: alone)? (?:can|could|may|might) (?:alone )?explain|could be (?:due to )?"
        r"chance|not statistically significant|(?:is|was|are|were) not significant|"
        r"vary (?:that|this|so) much by chance|within (?:the )?(?:normal|usual|random) "
        r"(?:variation|ups and downs|range)|within what chance alone gives|can be chance)\b",
    ),
    (
        "nothing clear",
        r"\b(?:no (?:clear|real|significant|material|notable|marked) (?:change|difference|rise|"
        r"fall|increase|decrease))\b",
    ),
    (
        "steady",
        r"\b(?:(?:broadly |very |pretty )?much the same|little (?:changed?|different)|"
        r"(?:broadly |largely )?(?:stable|unchanged|flat|steady)|similar to|"
        r"(?:did|has|have) not changed?|no change(?! to\b))\b",
    ),
    ("nothing clear", rf"\bnor (?:does|do|did)\b(?=\s+{SCOPE})"),
    ("certain", r"\b(?:shows?|showed|saw|is|was|are|were) an? (?:clear|significant|real) change\b"),
    (
        "certain",
        r"\bchanged (?:clearly|significantly|as well|too)\b|"
        r"(?<!\bwhat )\bchanged\b(?=\s*\.?$)|\bstands? out\b",
    ),
    (
        "multiple",
        r"\b(?:(?P<over>more than)\s+|(?P<about>nearly|almost|about)\s+)?"
        r"(?P<times>doubled|halved|trebled|tripled|quadrupled)\b",
    ),
    ("multiple", r"\b(?P<times>twice|half|three times) as many\b"),
    (
        "multiple",
        r"\b(?P<times>twice|double|half|three times)\s+(?:(?:its|their|the|that|what it was|of|in)"
        rf"\s+)*(?={BASELINE})",
    ),
    (
        "multiple",
        rf"(?:{VERB}\s+to\s+)?(?P<a>{HEDGE}{NUMBER})\s+times\s+as\s+(?:many|much|high)\b",
    ),
    ("multiple", rf"(?:{VERB}\s+)?(?P<a>{HEDGE}{NUMBER})-fold\b"),
    (
        "rate",
        rf"(?P<a>{HEDGE}{NUMBER})\s+per\s+1,?000(?:\s+(?:people|residents|households))?\s+"
        rf"\((?P<b>{NUMBER})\s+to\s+(?P<c>{NUMBER})\)",
    ),
    ("count", rf"\brecorded\s+(?P<a>{NUMBER})\s+times\b"),
    (
        "count",
        rf"(?<=[{MEASURE}{PERIOD}{BASELINE}{OTHER_TIME}] )\((?P<a>{NUMBER})\)(?!\s*%)",
    ),
    ("count", rf"\b(?:came|amounted|added up)\s+to\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("count", rf"(?<={MEASURE}: )(?P<a>{NUMBER})(?=\s+recorded\b|\s*(?:$|[(,;]))"),
    (
        "two counts",
        rf"(?:{MOVED}(?:\s+(?!by\b)[\w']+){{0,2}}?,?\s+)?\bfrom\s+(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%)(?:\s+(?:\w+|[{PERIOD}{BASELINE}{OTHER_TIME}]+)){{0,5}}?\s+to\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    (
        "two counts",
        rf"(?:{VERB}(?:\s+[\w']+)?\s+)?\bto\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)"
        rf"(?:\s+(?:\w+|[{PERIOD}]+)){{0,4}}?,?\s+from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    ("two counts", rf"(?:(?<=\()|(?<=: ))(?P<a>{NUMBER})\s+(?:to|->)\s+(?P<b>{NUMBER})(?!\s*%)"),
    (
        "two counts",
        rf"(?P<b>{HEDGE}{NUMBER})(?:\s+{EVENTS})?,?\s+(?:against|compared\s+(?:with|to)|versus|"
        rf"(?P<up>up)\s+from|(?P<down>down)\s+from)\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)",
    ),
    ("certain", rf"{VERB}\s+(?:(?:statistically\s+)?significantly|clearly)\b"),
    ("change", rf"\bchanged\s+by\s+(?P<percent>[-+]?{PERCENT})"),
    ("change", rf"{VERB}{MANNER}(?:\s+by)?(?:\s+an?)?\s+{_SIZE}(?!\s+of\s)"),
    ("change", rf"(?<={MEASURE} )by\s+{_SIZE}"),
    ("change", rf"{NOUN}\s+of\s+(?:only\s+|just\s+)?{_SIZE}"),
    ("change", rf"{_SIZE}\s+(?:(?P<up>{MORE})|(?P<down>{FEWER}))\b"),
    ("difference", rf"(?<={STATEMENT}), or (?P<a>{HEDGE}{NUMBER})(?=\s+{EVENTS})"),
    (
        "difference",  # and not a list that ends "and eight more"
        rf"(?:(?<!\band )(?P<a>{HEDGE}{NUMBER})|(?<=\band )(?P<b>{HEDGE}{NUMBER})"
        r"(?!\s+\w+\s*(?:$|[.,;)])))\s+(?:(?P<up>more)|(?P<down>fewer))\b",
    ),
    ("difference", rf"{VERB}{MANNER},?\s+by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    (
        "difference",
        rf"{VERB}{MANNER}\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s*(?:$|[,.;)]|\b(?:on|or|and|from)\b|{EVENTS}))",
    ),
    ("difference", rf"{NOUN}\s+of\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)\b"),
    ("change", rf"(?<![\w.])(?P<percent>[-+]{PERCENT})"),
    (
        "rate",
        rf"(?P<a>{HEDGE}{NUMBER})(?:\s+(?:{EVENTS}|{MEASURE}+))?\s+per\s+(?:1,?000|thousand)"
        r"(?:\s+(?:people|residents|population|households|persons))?",
    ),
    (
        "count",
        rf"(?:(?:(?<=^at )|(?<=, at ))(?P<a>{HEDGE}{NUMBER})(?=,)|"
        rf"(?<={MEASURE} )at\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%|[.,]\d|\s+\w))",
    ),
    (
        "count",
        rf"\b(?:topped|broke|surpassed|(?=passed|exceeded))\s*(?:the\s+)?(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%|[.,]\d)(?:\s+mark)?",
    ),
    (
        "count",
        rf"(?<=[{STATEMENT}{MEASURE}{OTHER_TIME}] )(?:{EVENTS}\s+)?to\s+"
        rf"(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)",
    ),
    (
        "count",
        rf"\b(?:(?P<up>up)|(?P<down>down))\s+from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)",
    ),
    ("count", rf"{VERB}{MANNER}\s+to\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    (
        "count",
        rf"(?P<a>{HEDGE}(?:{NUMBER}|(?<![\w-])[Nn]o))(?!\s*%|[.,]\d)(?=\s+(?:(?:recorded|reported|"
        rf"police|actual|total|{EVENTS}|of|were|heard|new|such|separate)\s+){{0,3}}(?:{MEASURE}|{EVENTS}\b))",
    ),
    (
        "count",
        rf"\b(?:against|compared\s+(?:with|to)|totalled|numbered|stood\s+at|(?:was|were|had)"
        rf"(?=\s+{HEDGE}{NUMBER}\s*(?:$|[.,;)]|in\b|recorded\b|offences\b|[{PERIOD}{BASELINE}]|"
        rf"from\b|and\b)))\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d|\s+[a-z]+\b(?<!\bin)(?<!\bfrom)"
        rf"(?<!\band)(?<!\bthe)(?<!\brecorded))",
    ),
    (
        "count",
        rf"(?P<a>{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s+(?:(?:in|from|of|for)\s+)?(?:the\s+)?[{PERIOD}{BASELINE}{OTHER_TIME}])",
    ),
    ("change", rf"(?P<percent>(?<![\d.,]){PERCENT})(?!\s+of\b)(?:\s+{NOUN})?"),
    (
        "certain",
        r"\b(?:(?:statistically\s+)?significant(?:ly)?|clear(?:ly)?)\s+(?:"
        rf"(?P<up>{UP}|{UP_NOUN}|higher)|(?P<down>{DOWN}|{DOWN_NOUN}|lower))\b",
    ),
    (
        "direction",
        r"\b(?:did|does|do|has|have)(?P<no>n't|\s+not)\s+(?:(?P<up>rise|increase|grow|go up)|"
        r"(?P<down>fall|decrease|drop|decline|go down))\b",
    ),
    (
        "direction",
        rf"(?:(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bwere )|(?<=\bbeen ))(?:(?P<up>up|higher)|"
        rf"(?P<down>down|lower))\b(?!\s+to\b)(?=\s*(?:$|[.,;)]|(?:than|on|in|from|compared\s+"
        rf"with|compared\s+to)\s+(?:in\s+)?[{BASELINE}{HERE}{FORCE}]|and\b|but\b|while\b))",
    ),
    (
        "direction",
        r"\b(?:is|are|was|were|been)\s+(?:still\s+)?(?:(?P<up>rising|increasing|growing)|"
        r"(?P<down>falling|decreasing|declining|reducing|dropping))\b",
    ),
    (
        "direction",
        r"\bon the (?:(?P<up>rise|increase|up)|(?P<down>decline|decrease|wane))\b",
    ),
    (
        "direction",
        r"\b(?:continue[sd]?)\s+to\s+(?:(?P<up>rise|increase|grow)|(?P<down>fall|decline))\b",
    ),
    ("direction", r"\b(?:has|have|was|were|been)\s+(?P<down>reduced)\b(?!\s+[a-z])"),
    (
        "direction",
        rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}))\b(?!\s+(?:use|confidence|awareness|"
        r"patrols|risk|reporting|funding|visibility|engagement|support|capacity))",
    ),
    (
        "direction",
        r"\b(?:seen|saw|sees|shows?|showed|showing|had|experienced)\s+(?:an?\s+)(?:(?:small|slight|"
        r"sharp|big|large|overall|recorded|real|marked|steep)\s+)*(?:(?P<up>rise|increase)|"
        r"(?P<down>fall|decrease|reduction|drop|decline))\b(?!\s+(?:in|of|for)\b)",
    ),
    (
        "direction",
        r"\b(?:a|an|the|seen|saw|shows?|showing)\s+"
        r"(?:(?:small|slight|sharp|big|large|overall|recorded|real)\s+)*(?:(?P<up>rise|increase)|"
        r"(?P<down>fall|decrease|reduction|drop|decline|negative figure))\s+(?:in|for)\s+"
        rf"(?=(?:\w+\s+){{0,4}}{MEASURE})",
    ),
    (
        "direction",  # "fewer burglaries than in 2022"
        rf"\b(?:(?P<up>more)|(?P<down>fewer|less))\s+(?:recorded\s+|reported\s+)?"
        rf"(?={MEASURE}[^.;]*\bthan\s+(?:in\s+|during\s+|the\s+)*[{BASELINE}{OTHER_TIME}])",
    ),
    ("number", rf"{HEDGE}(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?!\w)(?:\s*%)?"),
)  # fmt: skip
