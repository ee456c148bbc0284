"""Words that decide what a statement is about: filling words, and words that narrow a name."""

from __future__ import annotations

import re

from cspanalysis.commentary.claims.numbers import NUMBER

__all__ = [
    "AVERAGES", "AVERAGE_WORDS", "BEFORE_A_NAME", "DEGREE", "FILLING", "FOR_A_NAME",
    "NOT_ITSELF_AFTER", "NOT_ITSELF_BEFORE", "NO_CLAIM", "WHOLE",
]  # fmt: skip

FILLING = frozenset(
    """
    a about accounted accounts across again against all allowing also although an and are as at
    base be been being between both bringing broadly but by came case cases category cent chance
    change changed changes clearly compare compared compares comparison continued count counts crime
    crimes day decrease decreases did difference differences do does down during each either ended
    equal equates equating equivalent experienced fall falls fewer figure figures finished followed
    following for forming from further generated gone had has have head heard held here high
    higher hit however in incident incidents increase increases is it its itself just large
    largely less level levels lie lies likely look looking looks low lower marked meanwhile month
    months more moved much n't neither never new nor not now number numbered numbers occurred of off
    offence offences offending on one only or over overall particular per percentage period
    police possible possibly produced quarter ran rare rate rates reached recorded recording
    reduction remain remained remains reported reports respectively result rise rises running s
    same saw say seen separate set sharp show showed showing shown shows significant since sits size
    slightly small so stands stayed still stood such t taken than that the their there these they
    this those though time to together took total totals up very volume volumes was well went were
    what when where whereas which while whole with within year years
    """.split()  # noqa: SIM905
)
"""Between a measure and a statement of it; any other word may be another subject."""

WHOLE = FILLING | {
    "addition",
    "comparison",
    "contrast",
    "fact",
    "general",
    "line",
    "space",
    "total",
    "turn",
}
"""After "in", "at" and the like, where the whole of a measure is still meant."""

BEFORE_A_NAME = frozenset(
    """
    a about across actual additional again against all also although among an and annual any are
    as at bar basis because best between both but by cases comparable compared crimes despite each
    either even every exceeded exceeds except excluding fewer fewest figures for from had has
    have here higher highest however if in incidents include included includes including into is
    it its less levels like locally lower lowest many meanwhile measure month monthly more most
    nationally neither new no nor not now numbers of offence offences on only or other our
    outnumbered outnumbers outstripped over overall period police police-recorded quarter quarterly
    recorded reduced remain remains reported reports respectively running said saw says see seeing
    seen separate show shows since so some such than that the their them then there these this those
    though through thus to took total toward under unlike was we were what when where whereas
    which while with within worst year year-on-year month-on-month quarter-on-quarter yet
    """.split()  # noqa: SIM905
)
"""Directly before the name of a measure; any other word may narrow it ("knife robbery")."""

FOR_A_NAME = frozenset(
    """
    areas authorities average best boroughs busiest councils data decline districts drop except
    forces growth highest largest lowest months outlook partnerships peak picture position quarters
    quietest ranked ranks record responsible spike statistics story target targets trend trends
    true uplift worst
    """.split()  # noqa: SIM905
)
"""Before "for" and a name, beside filling words; any other noun is of something else."""

NOT_ITSELF_BEFORE = re.compile(
    r"\b(?:fear|perceptions?|risks?|impact|costs?|victims?|reporting|awareness|experience|causes?"
    r"|confidence|concerns?|worr(?:y|ies)|complaints?|arrests?|charges?|convictions?|suspects?"
    r"|prosecutions?|detections?|repeat|survivors?|perpetrators?)\s+(?:of|for|about|over|in)\s+$"
    r"|\b(?!(?:crimes?|offences?|incidents?|reports?|is|was|were|at|to|by)\b)[a-z]\w+ "
    r"(?:about|regarding|concerning|relating to|linked to) $"
    r"|\b(?!(?:crimes?|offences?|recorded|incidents?|the|an?|overall|its|their|our|and|in|s|that|"
    r"highest|lowest|higher|lower|annual|average|local|national|force)\b)[a-z]\w+ rates? "
    r"(?:for|of|in) $",
    re.IGNORECASE,
)
"""Before a name that then stands for something else: "fear of crime"."""

NOT_ITSELF_AFTER = re.compile(
    r"[\s-]+(?:arrests?|victims?|victimi[sz]ation|suspects?|offenders?|prevention|patrols?|"
    r"detections?|detection rates?|convictions?|charges?|outcomes?|clear-?up|solved|hot-?spots?|"
    r"teams?|operations?|initiatives?|campaigns?|awareness|treatment|funding|investigations?|"
    r"warrants?|searches|seizures|prosecutions?|dealing|dealers?|users?|gangs?|markets?|"
    r"enabled|related|reduction|act|strategy|partnership)\b",
    re.IGNORECASE,
)
"""After a name that then stands for something else: "burglary victims"."""

DEGREE = re.compile(
    r"\b(?:considerably|markedly|notably|substantially|noticeably|dramatically|somewhat|modestly|"
    r"marginal|moderate|gradual|considerable|dramatic|"
    r"year-end(?= (?:figure|total|count))|welcome|worrying|concerning|encouraging|positive|"
    r"disappointing|sustained|notable|"
    rf"marginally|(?:spring|summer|autumn|winter) months of(?= [A-Z])|"
    r"well(?= (?:above|below|up|down))|far(?= (?:above|below|higher|lower|more|fewer))|"
    rf"much(?= (?:higher|lower|up|down))|(?:just|only|some)(?= {NUMBER}))\b",
    re.IGNORECASE,
)
"""Words of degree, which change nothing of what is stated."""

NO_CLAIM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"£\s?[\d,.]+\d(?:\s?(?:k|m|bn|million|thousand))?\b",
        r"\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b",
        r"\b(?:act|regulations?|order|code)(?: of)? (?:19|20)\d{2}\b",
        r"\b(?:paragraph|section|regulation|recommendation|priority|page|table|figure|chapter|appendix|annex|part|class|tier"
        r"|item|step|note|(?<!the )(?<!a )year(?! \d{3})"
        r"|phase|article|schedule|version|form|ward|level|grade|operation"
        r"|stage|article)s? \d[\w.]*(?:(?:,| and| to|-) ?\d[\w.]*)*",
        r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|\b\d{1,2}:\d\d\b|\b24/7\b",
        r"\b(?:aged?|under|over) \d{1,2}(?:s\b|(?: ?(?:to|-|and) ?\d{1,2})?(?= years?\b| olds?\b)"
        r"|(?<=aged \d\d)|(?<=aged \d))(?: ?(?:to|-|and) ?\d{1,2})?(?: years?)?",
        r"\b(?:people|persons?|somebody|someone|anybody|anyone|children|young|those|adults?),?"
        r" (?:of|aged|under|over) \d{1,2}(?: to \d{1,2}| (?:and|or) (?:over|under))?\b",
        r"\b\d+(?:st|nd|rd|th)\b",
        r"\b(?:improvement|concern), (?:high|low)\b",  # the words beside an icon
        r"\b(?:rank|place):? \d+ (?:is|means) the (?:highest|lowest|best|worst)(?: rate)?\b",
        r"\bn ?= ?[\d,]*\d\b",
        r"\bone(?= (?:[\w-]+ ){1,5}(?:for|to) every\b)|"
        r"\b(?:for|to) every [\d,]*\d\b(?! residents|,000| people)",
        r"\b(?:for|in|out of) every (?:\d[\d,]*|ten|hundred)\b",
        r"\bwhere one (?:incident|case|offence|crime)\b",
        rf"\b(?:{NUMBER})[ -](?:day|week|month|year|hour|minute|mile|metre)s?\b",
        r"\b\d+\s*% (?:confidence )?(?:interval|limits?|level)\b",
        r"\b[\w.]+@[\w.]+\b",
    )
)
"""Dates, references, sums of money, ages and the like, which claim nothing of the figures."""

_OVER = (
    r"(?! (?:earlier|before|ago|later|since|of (?:what|its|their)|on(?! average)|running|in a row|"
    r"rise|fall|increase|decrease))"
)
_EACH = (
    r"(?<!\bof )(?<!\bin )(?P<at>(?:an?|per|each|every) (?P<unit>month|quarter|week|day|year))\b"
)
_COUNTED = rf"{NUMBER}(?: [^\W\d][\w'-]*){{0,7}} "
AVERAGES = (
    re.compile(
        r"\b(?P<at>(?:average|mean) (?P<unit>month|quarter|week|dai|year)ly)\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?P<at>(?:(?:was|were|ran|running|stood) at )?(?:an? |the )?"
        r"(?P<unit>month|quarter|week|dai|year)ly (?:average|mean)(?: of)?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<at>(?:each |every |per )?(?P<unit>month|quarter|week|dai|year)(?:ly|"
        r"(?<=[hyr] month)))\b(?=[^.;]*\baverag(?:ed?|es|ing)\b)",
        re.I,
    ),
    re.compile(_COUNTED + _EACH + _OVER, re.IGNORECASE),
    re.compile(
        r"\b(?:average|mean) (?:number|count) of [^.;,\d]{1,40}? (?P<at>(?:per|each|every|an?) "
        r"(?P<unit>month|quarter|week|day|year))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<at>(?:(?:in|during|over|for) an?|^(?:the|an?)) (?:typical|average) "
        r"(?P<unit>month|quarter|week|day|year))\b",
        re.IGNORECASE,
    ),
)
"""How it is written, in a group `at`, that a number is one of each unit."""
AVERAGE_WORDS = re.compile(
    r"\b(?:(?:was|were|ran|running|stood) at )?(?:on average|an average of|"
    r"(?:the )?(?:average|mean) (?:number|count) of|"
    r"the (?:average|mean) (?:is|was)|averag(?:ed|es|ing)|"
    r"on a typical (?:month|day|week))\b(?: at)?",
    re.IGNORECASE,
)
