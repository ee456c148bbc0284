"""Patterns of peaks and lows, of causes, and of the area beside its force and other areas."""

from __future__ import annotations

from cspanalysis.commentary.claims.marked import (
    BLANK,
    ELSEWHERE,
    FORCE,
    HERE,
    MEASURE,
    PERIOD,
    TIMES,
)
from cspanalysis.commentary.claims.numbers import FRACTION, HEDGE, NUMBER, PERCENT
from cspanalysis.commentary.claims.wording import (
    DOWN,
    DOWN_NOUN,
    EVENTS,
    FEWER,
    MORE,
    ROUGHLY,
    UP,
    UP_NOUN,
    Kind,
)

__all__ = ["BASES", "BESIDE"]

_OF = (
    r"(?:\s+of\s+any\s+(?:month|quarter))?"
    rf"(?:\s+(?:of|in|for|during)\s+(?:the\s+|this\s+)?(?P<reach>year|quarter|period|[{TIMES}]+))"
)
_TOP = r"(?:(?P<up>busiest|highest|worst|peak|most)|(?P<down>quietest|calmest|lowest|fewest|least))"
_WITH = (
    rf"(?:(?:,?\s+(?:with|at|when(?:\s+there\s+were)?)\s+|\s+\()(?P<a>{NUMBER})(?!\s*%|[.,]\d))?"
)
_SIZE = rf"(?:{HEDGE}(?:{PERCENT}|{FRACTION}|{NUMBER})\s+)?"

_THE_FORCE = (
    r"(?:the\s+(?:average|mean|rate|figure|level)\s+)?"
    r"(?:in\s+|for\s+|of\s+|across\s+)?(?:(?:the|an?)\s+)?"
    rf"(?:{FORCE}+|that\b(?! of (?:\w+ )?{ELSEWHERE}))"
    r"(?:\s+(?:average|figure|trend|change|rate|rise|increase|as a whole))*"
)
_OF_THEIRS = (
    rf"(?=(?:(?:the|an?|that|{PERCENT}|overall|average)\s+)*(?:{UP_NOUN}|(?P<fall>{DOWN_NOUN}))"
    rf"(?:\s+(?:of\s+{PERCENT}|seen|recorded|reported|in|for|of|across|the))*\s+{FORCE}|"
    rf"(?:(?:the|that|overall)\s+)*{FORCE}+\s+(?:{UP_NOUN}|{DOWN_NOUN}))"
)
_HOW = r"(?:quickly|sharply|steeply)"
_THAN = rf"(?:\s+(?:in\s+)?{HERE}+)?\s+than(?:\s+it\s+(?:did|was|has))?"
_AT = rf"(?:(?:,?\s+(?:of|at))?\s+(?P<a>{NUMBER})(?!\s*%|[.,]\d))?"

BESIDE: tuple[tuple[Kind, str, str], ...] = (
    ("gap beyond chance", "Burglary rose above the force by more than chance.",
        rf"(?:(?P<up>\babove)|(?P<down>\bbelow))\s+{_THE_FORCE}\s+by more than chance[\w\s]*"),
    ("apart", "The change in burglary can't be told apart from the force's.",
        rf"\b(?:can't|cannot|can not|could not) be (?:told apart|distinguished)"
        rf"(?:\s+from\s+{_THE_FORCE}|(?!\s+from\b))"),
    ("beyond chance", "Burglary did differ from the force.",
        rf"\b(?:does|do|did)\s+differ(?:\s+from\s+{FORCE}+)?|\bmore than chance[\w\s]*"
        rf"|\b(?:moved|changed)\s+differently\s+(?:from|than|to)\s+{FORCE}+"),
    ("performs", "Shoplifting performed worse than the force.",
        rf"\b(?:perform\w*|doing|does|do|did|done|fare[sd]?|compares?)\s+(?:\w+\s+)?"
        rf"(?:(?P<up>above|better\s+than|favourably\s+with|ahead\s+of|well\s+against)|"
        rf"(?P<down>below|worse\s+than|unfavourably\s+with|behind|badly\s+against))\s+"
        rf"{_THE_FORCE}{_AT}"),
    ("performs", "Robbery was better than in the force.",
        rf"\b(?:(?P<up>better\s+than)|(?P<down>worse\s+than))\s+{_THE_FORCE}"),
    ("rate gap", "Luton's rate of robbery is above that of Bedfordshire.",
        rf"\brates?\s+(?:(?:of|for)\s+{MEASURE}+\s+)?(?:is|was|lies|stands|stood)\s+"
        rf"(?:(?P<up>above|higher than)|(?P<down>below|lower than))\s+(?:that of\s+)?{_THE_FORCE}"),
    ("among", "Luton's rate of burglary is among the highest two of three areas.",
        rf"\bamong\s+the\s+(?:(?P<up>highest)|(?P<down>lowest))\s+(?P<a>{NUMBER})"
        rf"(?=\s+of\s+(?:the\s+)?{NUMBER}\s+areas)"),
    ("gap", "Robbery rose more slowly here than in the force.",
        rf"(?:(?:{UP}|{DOWN})\s+(?:by\s+)?)?(?:{NUMBER}\s+times\s+)?\b(?:(?P<up>above|(?:higher|"
        rf"greater|faster|more(?:\s+{_HOW})?){_THAN})|(?P<down>below|(?:lower|smaller|slower|"
        rf"more\s+slowly|less(?:\s+{_HOW})?){_THAN}))\s+{_THE_FORCE}{_AT}"),
    ("gap", "Robbery rose faster in the force than here.",
        rf"(?:{DOWN}|{UP})\s+(?:by\s+)?(?:(?P<down>more|faster|further)(?:\s+{_HOW})?|"
        rf"(?P<up>less|slower|more\s+slowly)(?:\s+{_HOW})?)\s+(?:in\s+|across\s+|for\s+)(?:the\s+)?{FORCE}+\s+"
        rf"than\s+(?:in\s+|it\s+did\s+in\s+|it\s+did\s+)?{HERE}+"),
    ("gap", "Robbery saw a smaller fall than the 12 % across the force.",
        rf"(?:(?P<up>larger|bigger|greater|steeper|sharper)|(?P<down>smaller|slighter))\s+"
        rf"(?:{UP_NOUN}|{DOWN_NOUN})\s+(?:here\s+)?than(?=\s+(?:(?:the|that|{PERCENT}|{UP_NOUN}|"
        rf"{DOWN_NOUN}|seen|recorded|in|for|of|across)\s+)*{FORCE})"),
    ("gap", "Robbery fell by 35 %, more than the 5 % fall across the force.",
        rf"\b(?:(?P<up>more|greater|larger|bigger|sharper|steeper)|(?P<down>less|smaller))\s+than\s+"
        rf"{_OF_THEIRS}"),
    ("gap times", "Shoplifting rose by 100 %, twice the rise across the force.",
        rf"{ROUGHLY}(?:(?P<times>twice|double|half|three\s+times)|(?P<a>{NUMBER})\s+times)\s+"
        rf"{_OF_THEIRS}"),
    ("follows", "Robbery follows the force trend.",
        rf"\b(?:mirror(?:s|ed)?|match(?:es|ed)?|follow(?:s|ed)?)\s+(?:the\s+)?"
        rf"(?={FORCE}+\s+(?:{UP_NOUN}|{DOWN_NOUN})\s+of)|"
        rf"\bat\s+(?:(?:about|broadly|much)\s+)?(?:the\s+same|a\s+similar)\s+(?:pace|rate|speed)\s+(?:as|to)\s+{_THE_FORCE}|"
        rf"\b(?:follow(?:s|ed|ing)?|in line with|mirror(?:s|ed|ing)?|match(?:es|ed|ing)?|"
        rf"consistent with|the same (?:way|direction) as)\s+{_THE_FORCE}"),
    ("follows", "Theft of vehicles went against the force trend.",
        rf"(?P<no>\b(?:against|unlike|contrary to|buck(?:s|ed|ing)?|differs? from|"
        rf"the opposite (?:way|direction) (?:to|from)))\s+{FORCE}+\s+(?:trend|pattern|direction)"),
)  # fmt: skip
"""What is said of the area beside its force, or beside others."""

_MET = r"(?:met|achieved|hit|beat(?:en)?|reached)"
_ITS = r"(?:the|its|our|their)\s+(?:targets?|limit)\b"
BASES: tuple[tuple[Kind, str, str], ...] = (
    ("target", "Robbery remains ten above target.",
        rf"(?:(?P<a>{HEDGE}(?:{PERCENT}|{NUMBER}))(?:\s+{EVENTS})?|\b(?:is|was|are|were|remains?))\s+"
        rf"(?:(?P<up>above|over|higher\s+than)|"
        r"(?P<down>below|under|lower\s+than))\s+(?:(?:the|its|our|their|a)\s+)*targets?\b"),
    ("target", "Robbery exceeded its target of 80.",
        r"(?:(?P<up>\bexceeded|\bover)|(?P<down>\b(?:came\s+in\s+|kept\s+)?(?:just\s+)?(?:under|below|within)))"
        rf"\s+(?:the|its|our|their)\s+(?:targets?|limit)(?:\s+of\s+{NUMBER}(?:\s+{EVENTS})?)?"),
    ("target", "Robbery missed its target of 80 by ten offences.",
        rf"\b(?:(?P<no>missed)|{_MET})\s+{_ITS}(?:\s+of\s+{NUMBER}(?:\s+{EVENTS})?)?\s+by\s+"
        rf"(?P<a>{HEDGE}{NUMBER})(?!\s*%)"),
    ("target", "Robbery met its target.",
        rf"\b(?:(?P<no>missed|did\s+not\s+meet|failed\s+to\s+meet)|{_MET})\s+(?:{_ITS}|theirs\b)"),
    ("target", "The target of 80 robberies was not met.",
        rf"\b(?:was|were|is|are|has\s+been|have\s+been)\s+(?:(?P<no>not\s+{_MET}|missed|exceeded)|"
        rf"{_MET}|not\s+exceeded)\b"
        rf"(?:\s+by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%))?"),
    ("peak", "September was the worst month for vehicle crime.",
        rf"(?P<when>[{TIMES}]+)\)?,?(?:'s\s+(?:{MEASURE}+\s+)?(?:total|figure|count|number)?(?:(?:\s+of\s+)?(?P<c>{NUMBER}))?(?:\s+{MEASURE}+)?)?(?:\s+\((?P<b>{NUMBER})\))?"
        rf"(?:\s+(?:was|were|is|being|had|saw|brought|recorded)\b(?:\s+(?:the|{PERIOD}+))?|,?\s+the)\s+"
        rf"(?:(?:month|quarter)\s+with\s+(?:the\s+)?)?{_TOP}\b"
        rf"(?:\s+(?:numbers?\s+of|count\s+of|month|quarter|for|{MEASURE}+))*(?!\s+since){_OF}?(?:\s+for\s+{MEASURE}+)?{_WITH}"),
    ("peak", "Robbery peaked in May 2023.",
        r"\b(?:(?P<up>peaked|(?:was|were) (?:at (?:its|their) )?(?:highest|peak)|(?:was|"
        r"were) at (?:its|their) (?:worst|height)|(?:was|were) (?:at (?:its|their) )?most "
        r"(?:common|frequent|numerous))|"
        r"(?P<down>(?:was|were) (?:at (?:its|their) )?(?:lowest|least "
        r"(?:common|frequent|numerous))|bottomed out))\s+"
        rf"(?:(?:of|in)\s+{PERIOD}+\s+)?(?:at\s+(?P<b>{NUMBER})\s+)?(?:in|during)\s+(?P<when>[{TIMES}]+)(?!\s+since){_OF}?{_WITH}"),
    ("peak", "In May 2023 robbery peaked at 16.",
        rf"\bin\s+(?P<when>[{TIMES}]+),?\s+(?:that\s+)?{MEASURE}+\s+(?:(?P<up>peaked)|(?P<down>bottomed\s+out)){_WITH}"),
    ("peak", "Robbery hit its low point of 13 in June.",
        rf"\b(?:hit|reached|recorded|saw|(?:{UP}|{DOWN})\s+to)\s+(?:its|their|the|an?)\s+"
        rf"(?:(?P<up>high(?:est)?|peak|busiest(?=\s+month)|worst(?=\s+month))|"
        rf"(?P<down>low(?:est)?|quietest(?=\s+month)))(?:\s+(?:point|level|total|count|month))?(?:\s+of\s+(?P<c>{NUMBER}))?"
        rf"(?:\s+(?:for|of)\s+(?P<reach>[{TIMES}]+|the\s+year))?(?:,\s+(?P<b>{NUMBER})(?:\s+{EVENTS})?,)?"
        rf"\s+in\s+(?P<when>[{TIMES}]+){_WITH}"),
    ("peak", "Robbery was lowest in July and highest in May (22).",
        rf"(?<=\band )(?:(?P<up>highest)|(?P<down>lowest))\s+in\s+(?P<when>[{TIMES}]+){_WITH}"),
    ("peak", "The busiest quarter for robbery was January to March 2023.",
        rf"(?:\b(?=\w+\s+(?:month|quarter))|\b(?:month|quarter)\s+with\s+(?:the\s+)?){_TOP}\b"
        r"(?:\s+(?:month|quarter)(?:ly\s+(?:total|figure|count|number))?|\s+numbers?\s+of)?"
        rf"(?:\s+(?:for|of|{MEASURE}+|(?:the\s+)?(?P<reach>year|[{TIMES}]+)))*"
        rf"\s+(?:was|is|came)\s+(?:(?P<b>{NUMBER}),?\s+)?(?:(?:recorded|seen)\s+)?(?:in\s+)?(?P<when>[{TIMES}]+)(?:'s\s+(?P<c>{NUMBER}))?{_WITH}"),
    ("peak", "No month saw more vehicle crime than May 2023.",
        rf"\bno\s+(?:other\s+)?(?:month|quarter)\s+(?:saw|had|recorded|brought)\s+(?:(?P<up>more)|"
        rf"(?P<down>fewer|less))\s+{MEASURE}+\s+than\s+(?:in\s+)?(?P<when>[{TIMES}]+){_WITH}"),
    ("peak", "The peak for robbery came in July.",
        rf"(?:\b(?:the|its|their)|(?P<reach>\byear(?='s)|[{TIMES}]+)(?:'s)?)\s+(?:(?P<up>peak|high\s+point)|(?P<down>low\s+point))"
        rf"(?:\s+(?:for|in|of|{MEASURE}+|[{PERIOD}]+))*\s+(?:was|came|fell)\s+(?:in\s+)?"
        rf"(?P<when>[{TIMES}]+){_WITH}"),
    ("peak", "July was when robbery was at its worst.",
        rf"(?P<when>[{TIMES}]+)\s+(?:was|is)\s+(?:(?:the\s+)?(?:month|quarter|{PERIOD}+)\s+)?(?:when|in\s+which|that)\s+"
        rf"{MEASURE}+\s+(?:(?P<up>peaked|(?:was|were)\s+at\s+"
        r"(?:its|their)\s+(?:worst|highest|peak))|(?P<down>(?:was|were)\s+at\s+(?:its|their)\s+(?:best|lowest)))"),
    ("peak", "The fewest robberies were recorded in May 2023.",
        rf"\bthe\s+(?:(?P<up>most|highest\s+number\s+of)|(?P<down>fewest|lowest\s+number\s+of))\s+"
        rf"{MEASURE}+(?:\s+(?:in|of|for)\s+(?:the\s+|any\s+(?:one\s+)?month\s+(?:of|in)\s+)?(?P<reach>year|quarter|[{TIMES}]+))?"
        rf"\s+(?:(?:was|were|came)\s+)?(?:(?:recorded|reported|seen)\s+)?in\s+(?P<when>[{TIMES}]+)(?!\s+since){_WITH}"),
    ("peak", "May 2023 had more robberies than any other month.",
        rf"(?P<when>[{TIMES}]+)\s+(?:had|saw|brought|recorded)\s+(?:(?P<up>more)|(?P<down>fewer))\s+"
        rf"{MEASURE}+\s+than\s+(?:in\s+)?(?:any\s+other\s+(?:month|quarter)|(?:either|any)\s+of\s+the\s+other(?:\s+{NUMBER})?"
        rf"(?:\s+(?:months|quarters)|\s*{BLANK}+)?){_OF}?"),
    ("peak", "More vehicle crimes were recorded in May than in any other month.",
        rf"\b(?:(?P<up>more)|(?P<down>fewer))\s+(?={MEASURE})[^.;]*?\bin\s+(?P<when>[{TIMES}]+)"
        rf"(?:\s+\((?P<a>{NUMBER})\))?\s+than\s+(?:in\s+)?any\s+other\s+(?:month|quarter)"),
    ("peak", "Up to 120 burglaries a month were recorded in the quarter.",
        rf"\b(?P<up>up)\s+to\s+(?P<a>{NUMBER})(?=(?:\s+(?:{MEASURE}+|{EVENTS}))+\s+{BLANK}+)"),
    ("peak", "Robbery ranged from 7 to 12 a month.",
        rf"\b(?:rang(?:ed|ing)|varied|varying|fluctuated|(?=went\s+from\s+a\s+low)went)\s+(?:from|between)\s+(?:a\s+low\s+of\s+)?(?P<a>{NUMBER})\s+"
        rf"(?:to|and)\s+(?:a\s+high\s+of\s+)?(?P<b>{NUMBER})(?:\s+(?:{MEASURE}+|{EVENTS}))*(?:\s+{BLANK}+)?"),
    ("cause", "The new patrols prevented 40 burglaries.",
        rf"\b(?:prevented|averted|avoided|deterred|stopped)\s+{_SIZE}(?=(?:\w+\s+){{0,2}}{MEASURE})"),
    ("cause", "Some 40 burglaries were prevented by the new patrols.",
        rf"{_SIZE}(?={MEASURE}+\s+(?:\w+\s+)?(?:were|was|have\s+been|had\s+been)\s+"
        rf"(?:\w+ly\s+)?(?:prevented|averted|avoided|deterred|stopped)\b)"),
    ("cause", "The scheme led to 63 fewer burglaries.",
        r"\b(?:has |have )?(?:led to|resulted in|br(?:ing|ought) about|contributed to|caused|"
        rf"achieved|delivered)\s+(?:an?\s+|the\s+)?{_SIZE}(?:{MORE}|{FEWER}|{UP_NOUN}|{DOWN_NOUN})\b"),
    ("cause", "Patrols reduced burglary by 20 %.",
        rf"\b(?:reduced|cut)\s+{MEASURE}+(?:\s+by\s+{HEDGE}(?:{PERCENT}|{FRACTION}|{NUMBER}))?"),
    ("cause", "Robbery fell, which may reflect more patrols.",
        r",?\s*\b(?:(?:which|this|these)\s+(?:(?:may|might|could|is|are|was)\s+(?:(?:in\s+part|partly|"
        r"largely|likely|thought|believed|to)\s+)*(?:be\s+)?(?:reflect|explained\s+by|due\s+to|linked\s+to|"
        r"related\s+to|down\s+to|(?:the\s+)?result\s+of)|reflects?)|reflecting)\b"
        r"(?!\s+changes?\b)[^.;()]*"),
    ("cause", "Thanks to Operation Boson, robbery fell by 19 %.",
        r"\b(?:because of|thanks to|as a result of|due to|owing to|(?:attributable|attributed) to|"
        r"driven by|caused by|brought about by|"
        r"(?:be|been|is|was|are|were) (?:\w+ly )?(?:put )?down to "
        rf"(?!{HEDGE}{NUMBER}|its\b|their\b|what\b|a \w+ low|the (?:low|few|same|level))|"
        r"(?:is|was|are|were) (?:\w+ly )?(?:the|a) (?:direct )?result of|"
        r"(?:accounts? for|explains?|is behind|lies behind) (?=the \w+ in )|"
        r"reflects? (?=(?:an?|the|better|more|improved) )|following\s+(?:the|"
        r"an?|our)\s+(?:\w+\s+){0,2}(?:introduction|launch|start|"
        r"implementation|work|operation|campaign|arrests?))\b"
        r"(?!\s+chance)"),
    ("group", "Only Bedford recorded a higher rate of crime.",
        rf"(?:\bonly\s+)?(?P<reach>{ELSEWHERE}+(?:(?:,|,?\s+and)\s+{ELSEWHERE}+)*)\s+"
        rf"(?:(?:all|both|each)\s+)?(?:recorded|had|has|have|reported|saw)\s+(?:an?\s+)?(?:(?P<down>higher)|(?P<up>lower))\s+(?=(?:{MEASURE}+\s+)?rates?\b)"),
    ("group", "Bedford was the only area with a higher rate of crime.",
        rf"(?P<reach>{ELSEWHERE}+(?:(?:,|,?\s+and)\s+{ELSEWHERE}+)*)\s+(?:is|was|are|were)\s+the\s+only\s+"
        rf"(?:\w+\s+)?(?:areas?|districts?|partnerships?|boroughs?|places?)\s+(?:in\s+[{FORCE}{HERE}]+\s+)?"
        rf"(?:with|to\s+have|to\s+record)\s+an?\s+(?:(?P<down>higher)|(?P<up>lower))\s+"
        rf"(?=(?:{MEASURE}+\s+)?rates?\b)"),
    ("group", "The rate of crime is lower in Bedford than in Luton.",
        rf"\b(?:(?P<down>higher)|(?P<up>lower))\s+in\s+(?P<reach>{ELSEWHERE}+)\s+than\s+"
        rf"(?:in\s+)?{HERE}+"),
    ("group", "Luton had a lower crime rate than Bedford.",
        rf"\b(?:(?P<up>higher)|(?P<down>lower))\s+(?=(?:{MEASURE}+\s+)?rates?\b)[^.;,]*?\sthan\s+(?:in\s+)?"
        rf"(?P<reach>{ELSEWHERE}+(?:(?:,|,?\s+(?:and|or))\s+{ELSEWHERE}+)*)"),
    ("group", "Luton had fewer burglaries than Bedford.",
        rf"\b(?:(?P<down>more)|(?P<up>fewer|less))\s+{MEASURE}+[^.;,{ELSEWHERE}{FORCE}]*\sthan\s+(?:in\s+)?"
        rf"(?P<reach>{ELSEWHERE}+)"),
    ("group", "Bedford's crime rate is lower than ours.",
        rf"(?P<reach>{ELSEWHERE}+)\s+(?:{MEASURE}+\s+|rate\s+|has\s+an?\s+|(?:of|for|is|was)\s+)*"
        rf"(?:(?P<down>higher|above)|(?P<up>lower|below))\b(?:\s+(?:{MEASURE}+|rate|of|for|than))*\s+"
        rf"(?:ours|our\s+own|{HERE}+)"),
    ("group", "Burglary in Luton is much the same as in Bedford.",
        rf"{_SIZE}\b(?:(?P<up>above|higher than|worse than)|(?P<down>below|lower than|better than)|"
        r"in line with|(?:(?:very|much|about|broadly)\s+)?(?:the\s+same\s+as|similar\s+to))\s+"
        r"(?:(?:the|its|their|our|average|mean|rates?|that|those|both|of|for|in|an?)\s+)*"
        rf"(?P<reach>{ELSEWHERE}+(?:\s+average)?"
        rf"(?:(?:\s+\([^)]*\))?,?(?:\s+and)?\s+{ELSEWHERE}+)*|"
        rf"(?<=same as in ){FORCE}+|(?<=same as ){FORCE}+)"),
)  # fmt: skip
