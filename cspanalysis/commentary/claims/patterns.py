"""Patterns of what people state, as a table: kind of statement, example, and how it is written.

The patterns read sentences that `marks` has blanked: a measure, a place or a time is a run of
one sign. Groups: ``up`` and ``down`` for the direction, ``a`` and ``b`` for numbers (earlier and
later), ``percent`` and ``fraction`` for sizes, ``no`` for a denial. Each example is a test: its
row must be the one that reads it, in a report of Luton for 2023.
"""

from __future__ import annotations

from cspanalysis.commentary.claims.bases import BASES, BESIDE
from cspanalysis.commentary.claims.dating import MONTHS
from cspanalysis.commentary.claims.marked import (
    BASELINE,
    BLANK,
    ELSEWHERE,
    FORCE,
    HERE,
    MEASURE,
    OTHER_TIME,
    PERIOD,
    SCOPE,
    STATEMENT,
    TIMES,
)
from cspanalysis.commentary.claims.numbers import FRACTION, HEDGE, NUMBER, ORDINALS, PERCENT
from cspanalysis.commentary.claims.over_time import OVER_TIME
from cspanalysis.commentary.claims.wording import (
    AFTER_COUNT,
    DOWN,
    DOWN_NOUN,
    DOWN_VERB,
    EVENTS,
    FEWER,
    LEVEL,
    MANNER,
    MORE,
    MOVED,
    NOUN,
    OF_BEFORE,
    ROUGHLY,
    UP,
    UP_NOUN,
    UP_VERB,
    VERB,
    Kind,
)

__all__ = ["NO", "PATTERNS", "PLACES", "Kind"]

_SIZE = rf"{HEDGE}(?:(?P<percent>{PERCENT})|(?P<fraction>{FRACTION}))"
NO = r"(?P<no>\b(?:no|not|never|neither|nor|hardly)\b|n't\b)"
_SURELY = r"(?:(?:statistically\s+)?significantly|clearly)\b"
_AREAS = r"\b(?:areas|partnerships|districts|boroughs|councils|authorities|forces|group|place)\b"
_POINTS = r"[ -]?(?:%|percent(?:age)?|per cent)?[ -]points?\b"
_THEN = (
    rf"(?:\s+(?:(?:in|during|over|for|across)\s+)?(?:the\s+)?[{TIMES}]+(?=\s+(?:than|compared)\b))?"
)
PLACES = "|".join([*ORDINALS[1:10], "joint"])

_ENDS = (
    rf"\s*(?:$|[.,;:)]|[{TIMES}{HERE}{FORCE}{STATEMENT}]|"
    r"\b(?:markedly|clearly|slightly|significantly|sharply|further|again|steadily|too|as well|"
    r"since|compared|against|over|here|and|but|while|whereas|by|from|on|in|across|this|last)\b)"
)

# Read in this order; what one has read is blanked for the next.
PATTERNS: tuple[tuple[Kind, str, str], ...] = (
    ("half in places", "Half of burglary was recorded in 13 small areas.",
        rf"\bhalf\s+of\s+(?:it|them|this|these|those|(?:the\s+)?(?:{EVENTS}|{MEASURE}+))"
        rf"(?:\s+(?:offences|incidents|(?:was|were|is|are)\s+(?:recorded|reported)|was|were|lies?|lay|"
        rf"happened|occurred|took\s+place|[{PERIOD}{HERE}]+)){{0,2}}\s+in\s+(?:only\s+|just\s+)?"
        rf"(?P<a>{HEDGE}{NUMBER})(?:\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{NUMBER}))?\s+"
        rf"(?P<reach>small\s+areas|wards)"),
    ("half in places", "26 of 125 small areas hold half of burglary.",
        rf"(?P<a>{NUMBER})\s+(?:out\s+)?of\s+(?:the\s+)?(?P<b>{NUMBER})\s+(?P<reach>small\s+areas|wards)\s+"
        rf"(?:hold|holds|held|had)\s+half\s+of\s+(?:the\s+)?(?={MEASURE})"),
    ("share of places", "Half of burglary was in 9 of 125 small areas (7.2 %).",
     rf"(?<={STATEMENT} )\((?P<percent>{PERCENT})\)"),
    ("run", "Vehicle crime was above average for nine months in a row.",
        rf"\b(?:(?P<up>above)|(?P<down>below))\s+(?:its\s+|their\s+|the\s+)?average\s+for\s+"
        rf"(?P<reach>{BLANK}+)\s+in\s+a\s+row"),
    ("interval", "The fall in burglary lies between 5 % and 12 %.",
        rf"(?:{NOUN}\s+)?(?:lies|lay|is|was)\s+(?:somewhere\s+)?between\s+"
        rf"(?P<a>-?{NUMBER})\s*%?\s+and\s+(?P<b>-?{NUMBER})\s*%"),
    ("number", "The solved rate rose from 6 % to 9 %.", rf"\bfrom\s+{PERCENT}\s+to\s+{PERCENT}"),
    ("range", "Robbery saw a 30-50 % increase.",
     rf"(?P<a>{NUMBER})\s*%?\s*(?:-|to)\s*(?P<b>{PERCENT})(?:\s+{NOUN})?"),
    ("points", "Its share of crime rose by 3 percentage points.",
     rf"{MOVED}{MANNER}(?:\s+(?:by|of))?\s+(?P<a>{HEDGE}{NUMBER}){_POINTS}"),
    ("points", "A 3 percentage point rise in its share of crime.",
     rf"(?P<a>{HEDGE}{NUMBER}){_POINTS}(?:\s+(?:(?P<up>{MORE})|(?P<down>{FEWER})))?\b"),
    ("rate", "The rate of burglary is 3.5 per 1,000 residents (3.1 to 4.0).",
        rf"(?P<a>{HEDGE}{NUMBER})\s+per\s+1,?000(?:\s+(?:people|residents|households))?\s+"
        rf"\((?P<b>{NUMBER})\s+to\s+(?P<c>{NUMBER})\)"),
    ("rate", "Luton's rate was above the force's, 78 against 68 per 1,000.",
        rf"(?P<a>{HEDGE}{NUMBER})(?=\s+(?:against|versus|compared\s+(?:with|to))\s+{NUMBER}\s+per\s+(?:1,?000|thousand))"),
    ("rate", "Some 31 violent offences were recorded per 1,000 residents.",
        rf"(?P<a>{HEDGE}{NUMBER})(?=(?:\s+(?:{EVENTS}|{MEASURE}+|[{PERIOD}{HERE}]+|were|was|in|recorded|"
        r"reported|committed)){2,6}\s+per\s+1,?000)"),
    ("rate", "Robbery stood at 130 per 1,000 residents.",
        rf"(?P<a>{HEDGE}{NUMBER})(?:\s+(?:{EVENTS}|{MEASURE}+))?\s+per\s+(?:1,?000|thousand)"
        r"(?:\s+(?:people|residents|population|households|persons))?"),
    *BESIDE,
    *OVER_TIME,
    *BASES,
    ("outnumbers", "There were fewer robberies than burglaries.",
        rf"\b(?:(?P<up>more)|(?P<down>fewer))\s+{MEASURE}+(?:\s+{EVENTS})?\s+than\s+{MEASURE}+"),
    ("outnumbers", "Robbery accounted for fewer offences than burglary.",
        rf"{MEASURE}+\s+(?:(?:\w+\s+){{0,2}}?(?:(?P<up>more)|(?P<down>fewer|less))\s+(?:common|frequent|"
        rf"{EVENTS})\s+than|(?:now\s+|still\s+)?outnumber(?:s|ed)|exceed(?:s|ed)|outstripped)\s+{MEASURE}+"
        rf"(?:\s+by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%))?"),
    ("alone", "Only robbery and bicycle theft fell.",
        rf"\bonly\s+(?={MEASURE}+(?:(?:,|,?\s+and)\s+{MEASURE}+)*\s+"
        rf"(?:(?:recorded|reported|saw|had|showed|experienced|(?:was|were|is|are)|has|have|seen|an?)\s+)*{MOVED})"),
    ("alone", "Robbery was the only crime type to fall.",
        r"\bthe\s+only\s+(?:\w+\s+)?(?:types?|category|categories|offences?|crimes?|measures?)\s+"
        r"(?:(?:to|that|which|with|has|have|had|see|record|show|experience|saw|recorded|showed|was|were|an?)\s+)+"
        r"(?:(?P<up>ris(?:e|ing)|rose|increas(?:e|ed|ing)|gr[eo]w)|"
        r"(?P<down>fall(?:ing)?|fell|decreas(?:e|ed|ing)|drop(?:ped)?|declin(?:e|ed)|reduc(?:e|ed|tion)|eased?))\b"),
    ("superlative", "The largest fall was in robbery.",
        r"\b(?:largest|biggest|greatest|highest|steepest|sharpest)\s+(?:percentage\s+)?"
        rf"(?:recorded\s+|numerical\s+)?{NOUN}"),
    ("largest", "Violence remains the largest category.",
        r"\b(?:largest|most\s+common|biggest|most\s+frequent|highest\s+volume)\s+(?:single\s+)?"
        r"(?:(?:crime|offence|recorded)\s+)*(?:category|types?|offence|crime)\b"),
    ("improved", "Robbery has deteriorated.",
        r"\b(?:(?P<up>improv(?:ed|ing)|(?:got|gotten|getting) better)|"
        r"(?P<down>worsen(?:ed|ing)|deteriorat(?:ed|ing)|(?:got|gotten|getting) worse))\b"
        rf"(?={_ENDS})"),
    ("improved", "There was an improvement in theft of vehicles.",
        r"\b(?:(?P<up>improvements?)|(?P<down>deterioration|worsening))"
        rf"(?=\s+(?:in|on|for|of)\s+(?:the\s+)?(?:number\s+of\s+)?{MEASURE}|\s*[.,;])"),
    ("rank", "Luton has the highest rate of all crime in the force.",
        rf"\b(?:(?P<place>{PLACES})[- ])?(?:(?P<up>highest|worst|most(?=\s{MEASURE}))|"
        rf"(?P<down>lowest|best(?!\s+(?:results?|practice|value|use|way))|safest|fewest(?=\s{MEASURE})))(?!\w)"
        rf"(?!\s+(?:monthly|quarterly|weekly|annual|yearly|daily)\b)"
        rf"(?=\s+(?:(?:\w+|{MEASURE}+)\s+)?rates?\b|"
        rf"[^;.]*\b(?:in|of|across|within|among|than)\b[^;.]*(?:[{FORCE}{ELSEWHERE}{HERE}]|{_AREAS}))"),
    ("rank", "Bedford ranks second of the three areas for crime per head.",
        rf"\b(?:rank(?:s|ed)?|placed|comes|came|(?:is|was|sits)(?=\s+\w+\s+(?:out\s+)?of\s+the\s+{NUMBER}))"
        rf"\s+(?:in\s+)?(?P<place>first|{PLACES})\b(?:\s+(?:(?:(?P<up>highest|worst)|"
        r"(?P<down>lowest|best)))\b)?"),
    ("rank", "Luton is one of only three areas where burglary rose.",
        rf"\bone\s+of\s+(?:the\s+)?{NUMBER} "
        r"(?:areas|forces|districts|boroughs|partnerships)\b"),
    ("steady", "Robbery is almost identical to last year.",
        r"\b(?:almost|nearly|virtually|practically|about|roughly|broadly|largely|more or less) "
        r"(?:identical|the same)\b"),
    ("same number", "There were exactly the same number of robberies.",
     r"\b(?:exactly\s+)?the same (?:number|count|total)\b|\bidentical\b|"
     r"\bexactly\s+the\s+same(?=\s+(?:as|in\s+both)\b)"),
    ("usual range", "Robbery was below its usual range in December 2023.",
        rf"(?:(?P<reach>\b(?:{MONTHS})\b|{OTHER_TIME}+)\s+(?:was|is)\s+)?"
        r"\b(?:within|(?P<up>above)|(?P<down>below))\s+(?:its|their|the)\s+"
        r"(?:usual\s+range|(?:(?:usual|control|upper|lower)\s+)?limits?)\b"),
    ("chance", "The rise in robbery to 17 could be due to chance.",
        r"\b(?:chance(?: alone)? (?:can|could|may|might) (?:alone )?explain|could be (?:due to )?"
        r"chance|not statistically significant|(?:is|was|are|were) not significant|"
        r"vary (?:that|this|so) much by chance|within (?:the )?(?:normal|usual|random) "
        r"(?:variation|ups and downs|range)|within what chance alone gives|can be chance)\b"),
    ("nothing clear", "Robbery shows no clear change.",
        r"\b(?:no (?:clear|real|significant|material|notable|marked) (?:change|difference|rise|"
        r"fall|increase|decrease))\b"),
    ("steady", "Violence was stable compared with July to September 2023.",
        r"\b(?:(?:broadly |very |pretty )?much the same|little (?:changed?|different)|"
        r"(?:at )?the same level(?= as\b)|"
        r"(?:(?:almost|broadly|nearly|roughly) )?(?:level|on a par) with|"
        r"(?:next to no|hardly any|little(?: or no)?) (?:movement|change)\b|"
        r"(?:(?:broadly|largely|relatively|almost|virtually|practically) )?"
        r"(?:stable|unchanged|flat|steady|static)|similar to|"
        r"(?:barely|hardly|scarcely|little) (?:budged|moved|shifted)|"
        r"(?:did|has|have) not changed?|no change(?! to\b))\b"),
    ("nothing clear", "None of the others rose, nor do any other measures.",
     rf"\bnor (?:does|do|did)\b(?=\s+{SCOPE})"),
    ("certain", "Two of the categories show a clear change.",
     r"\b(?:shows?|showed|saw|is|was|are|were) an? (?:clear|significant|real) change\b"),
    ("certain", "Four measures changed clearly.",
        r"\bchanged (?:clearly|significantly|as well|too)\b|"
        r"(?<!\bwhat )\bchanged\b(?=\s*\.?$)|\bstands? out\b"),
    ("multiple", "Robbery more than doubled.",
        rf"{ROUGHLY}(?P<times>doubled|halved|trebled|tripled|quadrupled)\b"),
    ("multiple", "There were twice as many robberies.",
     rf"{ROUGHLY}(?P<times>twice|half|three times) as many\b(?! again)"),
    ("multiple", "Robbery was less than a third of what it was in 2022.",
     rf"(?P<fraction>{HEDGE}{FRACTION})\s+{OF_BEFORE}"),
    ("multiple", "Robbery is at half its level before the pandemic.",
        rf"(?:{ROUGHLY}(?P<times>twice|double|three times)|(?P<fraction>{HEDGE}\bhalf))\s+"
        r"(?:(?:its|their|the|that|what it was|of|in|for|"
        r"numbers?|levels?|figures?|totals?|counts?|seen|recorded|reported)"
        rf"\s+)*(?=[{BASELINE}{OTHER_TIME}])"),
    ("multiple", "Robbery rose to 1.5 times as many.",
        rf"(?:{VERB}\s+(?:to\s+)?)?(?P<a>{HEDGE}{NUMBER})(?:-fold\b|\s+times\s+"
        rf"(?:as\s+(?:many|much|high)|higher)\b|\s+times\s+(?:{OF_BEFORE}|(?:(?:the|its|their|that|of|in|"
        rf"for|numbers?|levels?|figures?|totals?|counts?|seen|recorded)\s+)*(?=[{BASELINE}{OTHER_TIME}])))"),
    ("series", "Robbery was 12, 15 and 14 in the past three months.",
        rf"(?P<series>{NUMBER}(?:, {NUMBER})+,? and {NUMBER}|{NUMBER}(?:, {NUMBER}){{2,}}|"
        rf"{NUMBER}(?: to {NUMBER}){{2,}}|"
        rf"(?<=\(){NUMBER} and {NUMBER}(?=\)))(?!\s*%)(?!.*\brespectively)"),
    ("count", "Robbery was recorded 130 times.", rf"\brecorded\s+(?P<a>{NUMBER})\s+times\b"),
    ("count", "Burglary in 2022 (76) was low.",
        rf"(?<=[{MEASURE}{TIMES}] )\((?P<a>{NUMBER})\)(?!\s*%)"),
    ("count", "Vehicle crime in the first half of 2023 came to 2,299 offences.",
     rf"\b(?:(?:came|comes|amount(?:ed|s)|add(?:ed|s)\s+up|work(?:ed|s)\s+out)\s+(?:to|at)|reached|hit|totalling)\s+(?P<a>{HEDGE}{NUMBER})"
     r"(?!\s*%|[.,]\d)"),
    ("count", "Burglary: 218 (down 28 %)",
     rf"(?:(?<=[{MEASURE}{TIMES})]: )|(?<=[{OTHER_TIME}{MEASURE}] ))(?P<a>{NUMBER})"
     r"(?=\s+recorded\b|\s+and\b|\s*(?:$|\(|[.),;](?!\d)))"),
    ("count", "Burglary dropped below 900.",
        rf"(?:{VERB}|\b(?:crept|edged|inched|nudged|went|came|got))\s+(?P<a>(?:just\s+)?(?:below|"
        rf"under|above|over|past)\s+(?:the\s+)?{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s*(?:$|[.,;)]|{EVENTS}|(?:mark|barrier)\b))"),
    ("two counts", "Arson rose from 15 to 21.",
        rf"(?:{MOVED}(?:\s+(?!by\b|{_SURELY})[\w']+){{0,2}}?,?\s+)?\bfrom\s+(?:the\s+)?(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%)(?:\s+(?:\w+|[{TIMES}{BLANK}]+)){{0,5}}?\s+to\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)"),
    ("two counts", "Drug offences rose to 610, from 600 in 2022.",
        rf"(?:{VERB}(?:\s+(?!{_SURELY})[\w']+)?\s+)?\bto\s+(?P<b>{HEDGE}{NUMBER})(?!\s*%)"
        rf"(?:\s+(?:\w+|[{PERIOD}]+)){{0,4}}?,?\s+from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)"),
    ("two counts", "Robbery was stable (82 v 80).",
     rf"(?<=\()(?P<b>{NUMBER})\s+(?:v|vs\.?)\s+(?P<a>{NUMBER})(?!\s*%)"),
    ("two counts", "Robbery fell (67 to 54).",
     rf"(?:(?<=\()|(?<=: ))(?P<a>{NUMBER})\s+(?:to|->)\s+(?P<b>{NUMBER})(?!\s*%)"),
    ("two counts", "Robbery was lower than a year ago, 39 against 46.",
        rf"(?<!per )(?P<b>{HEDGE}{NUMBER})(?:\s+(?:{EVENTS}|recorded))*,?\s+"
        rf"(?:against|compared\s+(?:with|to)|versus|"
        rf"(?P<up>up)\s+from|(?P<down>down)\s+from)\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%)"),
    ("two counts", "November saw 66 burglaries, down from 75 in October.",
        rf"(?P<b>{HEDGE}{NUMBER})\s+{MEASURE}+(?:\s+(?:{EVENTS}|recorded))*,?\s+"
        rf"(?:(?P<up>up)|(?P<down>down))\s+from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|\s+{MEASURE})"),
    ("certain", "No measure rose significantly.", rf"{VERB}\s+{_SURELY}"),
    ("change", "Robbery rose by 113.5 %.",
     rf"{VERB}{MANNER}(?:\s+by)?(?:\s+an?)?\s+{_SIZE}(?!\s+of\s)"),
    ("change", "Robbery rose by 14 % and burglary by 9 %.",
     rf"(?:(?<={MEASURE} )|(?<=\band ))by\s+{_SIZE}"),
    ("change", "There was a drop in robbery of 23%.",
     rf"{NOUN}\s+in\s+(?:(?:the|number|of|recorded)\s+)*{MEASURE}+(?:\s+{EVENTS})?\s+(?:of|was|is)\s+{_SIZE}"),
    ("change", "Burglary dwelling has seen a reduction of 10%.",
     rf"{NOUN}\s+of\s+(?:only\s+|just\s+)?{_SIZE}"),
    ("change", "Robbery was 14 % higher.", rf"{_SIZE}\s+(?:{BASELINE}+\s+)?(?:(?P<up>{MORE})|"
        rf"(?P<down>{FEWER}))\b"),
    ("difference", "Robbery went up by just under 10 %, or 646 offences.",
     rf"(?<={STATEMENT}), or (?P<a>{HEDGE}{NUMBER})(?=\s+{EVENTS})"),
    ("difference", "There were ten more robberies.",
        rf"(?:(?<!\band )(?P<a>{HEDGE}{NUMBER})|(?<=\band )(?P<b>{HEDGE}{NUMBER})"
        r"(?!\s+\w+\s*(?:$|[.,;)])))\s+(?:(?P<up>more)|(?P<down>fewer))\b"),
    ("difference", "Robbery rose by 7, and burglary by 30 offences.",
     rf"(?<={MEASURE} )by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("difference", "Robbery was 40 offences (20 %) lower.",
     rf"(?P<a>{HEDGE}{NUMBER})(?!\s*%)(?=\s+(?:{EVENTS}\s+)?(?:\([^)]*\)\s+)?"
     r"(?:(?P<up>higher|more(?=\s+than)|above|up(?!\s+from))|"
     r"(?P<down>lower|fewer(?=\s+than)|below|down(?!\s+from)))\b)"),
    ("difference", "The 32-offence rise in robbery took it to 220.",
     rf"(?P<a>{HEDGE}{NUMBER})-(?:offence|crime|incident)\s+{NOUN}"),
    ("difference", "Robbery went up slightly, by nine.",
     rf"{VERB}{MANNER}\s*,?\s+by\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("difference", "Vehicle crime is down 312 offences.",
        rf"{VERB}{MANNER}\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s*(?:$|[,.;()]|\b(?:on|or|and|from)\b|{EVENTS}))"),
    ("difference", "Arson was down from 21 to 15, a drop of 6.",
     rf"(?:{NOUN}|\bdifference)\s+of\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)\b"),
    ("difference", "Robbery rose by 14 % (+32).",
        rf"(?<![\w.%-])(?:(?P<up>\+)|(?P<down>-))(?P<a>{NUMBER})(?=\s*(?:$|[),;]))"),
    ("difference", "There were an additional 32 robberies.",
        rf"\b(?P<up>additional|extra)\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s+(?:{MEASURE}|{EVENTS}))|(?P<b>{HEDGE}{NUMBER})\s+(?:additional|extra)\b"
        rf"(?=\s+(?:{MEASURE}|{EVENTS}))"),
    ("change", "Robbery: -35 %", rf"(?<![\w.])(?P<percent>[-+]{PERCENT})"),
    ("count", "Burglary stood at 130 and robbery at 820.",
        rf"(?:(?:(?<=^at )|(?<=, at ))(?P<a>{HEDGE}{NUMBER})(?=,|\.?$)|"
        rf"(?<=[{MEASURE}{STATEMENT}] )(?:(?:is|are|was|were)\s+)?at\s+(?P<b>{HEDGE}{NUMBER})"
        r"(?!\s*%|[.,]\d|\s+(?!and\b)\w))"),
    ("count", "Robbery came to 339, or just under one a day.",
     rf"(?:\bor|\bi\.e\.|\bequivalent\s+to|(?<=,))\s+(?P<a>{HEDGE}{NUMBER})(?=\s+{BLANK})"),
    ("count", "Of the burglaries of 2023, 89 were in November.",
     rf"(?<=, )(?P<a>{HEDGE}{NUMBER})"
     rf"(?=\s+(?:were|occurred|happened)\s+in\s+[{PERIOD}{OTHER_TIME}])"),
    ("count", "Burglary was above the 720 recorded in 2022.",
     rf"\bthe\s+(?P<a>{NUMBER})(?=\s+(?:recorded|reported|seen|logged)\b)"),
    ("count", "Criminal damage broke the 1,100 mark.",
        rf"\b(?:broke\s+(?:the\s+)?|(?=passed|exceeded|topped|surpassed))(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%|[.,]\d)(?:\s+(?:mark|barrier))?"),
    ("count", "All crime rose by 9 % to 7,504.",
        rf"(?:(?<=[{STATEMENT}{MEASURE}{OTHER_TIME}] )|(?<={STATEMENT}, ))(?:{EVENTS}\s+)?to\s+"
        rf"(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("count", "The rise in robbery took the total to 220.",
        r"(?:\b(?:t(?:ook|ak\w+)|br(?:ought|ing\w*)|push\w+|le(?:ft|aving))\s+(?:the\s+|its\s+)?|\b)(?:total|figure|number|count)\s+"
        rf"(?:to|at|of)\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d|\s+(?!{AFTER_COUNT}|was\b|is\b)[a-z])"),
    ("count", "Burglary was up from 100.",
        rf"(?:\b(?:(?P<up>up)|(?P<down>down))\s+|(?<=\()|(?<={STATEMENT}, ))"
        rf"from\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("count", "Other theft fell to 900.",
     rf"{VERB}{MANNER}\s+to\s+(?P<a>{HEDGE}{NUMBER})(?!\s*%|[.,]\d)"),
    ("count", "There were 18 robberies.",
        rf"(?P<a>{HEDGE}(?:{NUMBER}|(?<![\w-])[Nn]o))(?!\s*%|[.,]\d)(?=\s+(?:(?:recorded|reported|"
        rf"police|actual|total|{EVENTS}|of|were|heard|new|such|separate)\s+){{0,3}}(?:{MEASURE}|{EVENTS}\b))"),
    ("count", "Other theft stood at 130.",
        rf"\b(?:against|compare[sd]\s+(?:with|to)|totalled|numbered|{LEVEL}\s+(?:{PERIOD}+\s+)?(?:at|on)|"
        rf"(?:is|are|was|were|had)(?!\s+{HEDGE}{NUMBER}\s+(?:a|this|last)\b))\s+(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%|[.,]\d|\s+(?!{AFTER_COUNT})[a-z])"),
    ("count", "Burglary levelled off at 50 in April.",
        rf"(?P<a>{NUMBER})(?!\s*%|[.,]\d)"
        rf"(?=\s+(?:(?:in|from|of|for)\s+)?(?:the\s+)?[{TIMES}])"),
    ("count", "Robbery numbered 100, where a year before there had been 90.",
        rf"\b(?:there\s+(?:had|have)\s+been|having\s+been|(?:it|they)\s+(?:was|were))\s+(?P<a>{HEDGE}{NUMBER})"
        rf"(?!\s*%|[.,]\d|\s+(?!{AFTER_COUNT})[a-z])"),
    ("change", "Crime fell in Marlow by 10 %.",
     rf"(?P<percent>(?<![\d.,]){PERCENT})(?!\s+of\b)(?:\s+{NOUN})?"),
    ("certain", "There was a statistically significant increase in robbery.",
        r"\b(?:(?:statistically\s+)?significant(?:ly)?|clear(?:ly)?)\s+(?:"
        rf"(?P<up>{UP}|{UP_NOUN}|higher)|(?P<down>{DOWN}|{DOWN_NOUN}|lower))\b"),
    ("direction", "Vehicle crime and burglary are all down.",
        r"\b(?:is|are|was|were)\s+(?:both|all)\s+(?:(?P<up>up|higher)|(?P<down>down|lower))\b"),
    ("direction", "Criminal damage did not rise.",
        r"\b(?:did|does|do|has|have)(?P<no>n't|\s+not)\s+(?:(?P<up>rise|increase|grow|go up)|"
        r"(?P<down>fall|decrease|drop|decline|go down))\b"),
    ("direction", "Robbery is no higher than a year ago.",
        r"\b(?:is|are|was|were)\s+(?P<no>no)\s+(?:(?P<up>higher|greater)|(?P<down>lower|fewer))\b"),
    ("direction", "Robbery was higher than a year ago.",
        rf"\b(?:is|are|was|were|been)\s+(?:(?:slightly|a\s+little|now|still|also)\s+)*(?:(?P<up>up|higher|more)|"
        rf"(?P<down>down|lower|fewer|less))\b(?!\s+to\b)(?={MANNER}{_THEN}\s*(?:$|[.,:;()]|(?:than|on|in|from|against|compared\s+"
        rf"with|compared\s+to)\s+(?:(?:in|the)\s+)*[{STATEMENT}{BASELINE}{HERE}{FORCE}{OTHER_TIME}{PERIOD}]|and\b|but\b|while\b))"),
    ("direction", "Robbery ended 2023 higher than in 2022.",
        rf"(?<=[{TIMES}] )\s*(?:(?P<up>higher|above)|(?P<down>lower|below))\b"
        rf"(?=\s+(?:than\s+(?:in\s+)?)?(?:the\s+)?[{BASELINE}{OTHER_TIME}])"),
    ("direction", "Robbery came in below the 2022 figure.",
        r"\b(?:is|are|was|were|came\s+in|stood|ended|remain(?:s|ed)?)\s+(?:both\s+|all\s+)?"
        r"(?:(?P<up>above)|(?P<down>below))"
        rf"(?=\s+(?:the\s+)?[{BASELINE}{OTHER_TIME}])"),
    ("direction", "Robbery: down on 2022.",
        rf"(?<={MEASURE}: )(?:(?P<up>up|higher)|(?P<down>down|lower))\b"
        r"(?=\s+(?:on|than)\b|\s*[.;,]|\s*$)"),
    ("direction", "Robbery is still rising.",
        r"\b(?:is|are|was|were|been)\s+(?:still\s+)?(?:(?P<up>rising|increasing|growing)|"
        r"(?P<down>falling|decreasing|declining|reducing|dropping))\b"),
    ("direction", "Robbery is on an upward trajectory.",
     r"(?:\btrend (?:is|was|remains) )?\b(?:(?P<up>upward)|(?P<down>downward))s?"
     r"(?:\s+(?:trend|trajectory|path)\b|(?=[.,;]))"),
    ("direction", "Residential burglary is on the rise.",
        r"\bon the (?:(?P<up>rise|increase|up)|(?P<down>decline|decrease|wane))\b"),
    ("direction", "Robbery continues to fall.",
        r"\b(?:continue[sd]?)\s+(?:to\s+)?(?:(?P<up>ris(?:e|ing)|increas(?:e|ing)|grow(?:ing)?|climb(?:ing)?)|"
        r"(?P<down>fall(?:ing)?|declin(?:e|ing)|drop(?:ping)?|decreas(?:e|ing)|reduc(?:e|ing)))\b"),
    ("direction", "Burglary has been reduced.",
     r"\b(?:has|have|was|were|been)\s+(?P<down>reduced)\b(?!\s+[a-z])"),
    ("direction", "Robbery fell.",
        rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}|(?<={MEASURE} )reduced))\b"
        r"(?!\s+(?:use|confidence|awareness|patrols|risk|reporting|funding|visibility|engagement|support|capacity))"),
    ("direction", "Public order has seen a sharp rise.",
        r"\b(?:seen|saw|sees|shows?|showed|shown|showing|had|experienced|recorded)\s+(?:an?\s+)?(?:(?:small|slight|"
        r"sharp|big|large|overall|recorded|real|marked|steep)\s+)*(?:(?P<up>rises?|increases?)|"
        r"(?P<down>falls?|decreases?|reductions?|drops?|declines?))\b(?!\s+(?:in|of|for)\b)"),
    ("direction", "There has been an increase in robbery.",
        r"\b(?:a|an|the|seen|saw|shows?|showing)\s+"
        r"(?:(?:small|slight|sharp|big|large|overall|recorded|real)\s+)*(?:(?P<up>rise|increase)|"
        r"(?P<down>fall|decrease|reduction|drop|decline|negative figure))\s+(?:in|for)\s+"
        rf"(?=(?:\w+\s+){{0,4}}{MEASURE})"),
    ("direction", "There were more burglaries in 2023 than in 2022.",
        rf"\b(?:(?P<up>more)|(?P<down>fewer|less))\s+(?:recorded\s+|reported\s+)?"
        rf"(?={MEASURE}[^.;]*\bthan\s+(?:in\s+|during\s+|the\s+)*[{BASELINE}{OTHER_TIME}])"),
    ("count", "Robbery became 100 and then 90.",
        rf"(?<!\bof )(?<!\bby )(?<!\bno )(?<!\bper )(?<!\bmost )(?<!\bthan )(?<!\bleast )"
        rf"(?P<a>{HEDGE}(?=\d){NUMBER})"
        rf"(?!\s*[%(]|[.,]\d|-|\s+by\b|\s+(?!{AFTER_COUNT})[a-z])"),
    ("number", "There are 125 gangs.",
     rf"{HEDGE}(?<!per )(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?!\w)(?:\s*%)?"),
)  # fmt: skip
