"""A sentence with what is named in it marked: measures, places, times, and what is no claim.

What is named is blanked with one sign a kind, letter by letter, so that every place stays where
it is and patterns can ask for "a number, then a measure".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cspanalysis.commentary.claims.dating import MONTHS, Dating
from cspanalysis.commentary.claims.lexicon import DEGREE, NO_CLAIM
from cspanalysis.commentary.claims.marked import (
    AREAS,
    BLANK,
    ELSEWHERE,
    FORCE,
    HERE,
    MEASURE,
    SCOPE,
    TIMES,
    Marked,
    Named,
)
from cspanalysis.commentary.claims.naming import (
    CRIMES,
    is_itself,
    measure_names,
    name_pattern,
    plain_name,
    scopes,
)
from cspanalysis.commentary.claims.numbers import NUMBER
from cspanalysis.commentary.claims.spelled import by_calendar, spelled
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["Reader"]

_DAY = re.compile(
    rf"\{{\{{.*?\}}\}}|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})(?: (?:19|20)\d{{2}})?\b",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"\b(?:here|locally|(?:the|this) (?:district|borough|town|area|partnership)\b"
    r"(?! (?:centre|hall)))(?!\w)",
    re.IGNORECASE,
)
_THE_FORCE = re.compile(
    r"\b(?:(?:the )?force-?wide|(?:the |its |their )?(?:whole )?force(?:'s| area| as a whole)?"
    r"(?: average)?(?: as a whole)?|(?:the )?rest of the force)(?!\w)",
    re.IGNORECASE,
)
_OF_IT = r"(?:areas|partnerships|districts|boroughs|authorities|councils)\b"
_ITS_AREAS = re.compile(
    rf"(?P<whole>{FORCE}+)(?= {NUMBER} {_OF_IT})|"
    rf"{NUMBER} (?P<many>{FORCE}+)(?= (?:council )?{_OF_IT})|"
    rf"\b{_OF_IT} (?:of|in|across) (?P<of>{FORCE}+)"
)
_COUNTY = re.compile(r"\b(?:the (?:whole )?county|county-?wide)\b", re.IGNORECASE)
_IS_COUNTY = re.compile(
    r"(?:County )?(?:Cornwall|Dorset|Durham|Northumberland|Rutland|Somerset|Powys|\w+shire)"
)
"""Partnerships that are a county of their own, which "the county" then means."""
_ELSEWHERE = re.compile(
    r"\b(?:East of England|South East|(?:the )?(?:eastern )?region(?:al average)?|"
    r"England and Wales|England|Wales|nationally|national|the country|the UK|the county|"
    r"(?:most similar|family|peer|comparator) (?:forces? |family )?groups?|comparators|peers|"
    rf"(?:similar|other|neighbouring|most similar|comparable)(?: {NUMBER})? "
    r"(?:areas|partnerships|forces|districts))\b",
    re.IGNORECASE,
)
_PLACE_TAIL = (
    r"(?: (?:LPA|CSP|District|Borough|district|borough|town|partnership|Police|police force area"
    r"|force area|force|area)|-wide)?(?: as a whole)?"
)
_PROPER = re.compile(
    rf"\b(?:[Ii]n|for|with|of|[Aa]cross|at|and|by|from|than) (?:the (?=[A-Z]\w+ (?:of )?[A-Z]))?"
    rf"((?!(?:(?:{MONTHS})|Quarter|Year)\b)[A-Z][a-z]{{2,}}(?:(?: of)? [A-Z][a-z]+)*"
    r"(?: [Ww]ard)?(?: average)?)"
)
_LOCAL = re.compile(
    r"\b(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)* (?:(?:town|city) centre|[Ww]ard|[Ee]state|village|"
    r"parish|neighbourhood|[Ss]tation|[Pp]ark|Road|Street|beat))\b|"
    r"^(?P<first>[A-Z][a-z]+ [A-Z][a-z]+)(?= (?:saw|had|recorded|experienced)\b)"
)
_RECORDED = re.compile(
    rf"(?<![{AREAS}] )(?<!\bwe )(?<!police )(?<!force )(?<!was )(?<!were )(?<!been )(?<!ha[sd] )"
    rf"(?<!have )\b(?:recorded|reported) (?={MEASURE})",
    re.IGNORECASE,
)
"""Before a measure, of which it changes nothing: "the fewest recorded crimes"."""
_PRONOUN = re.compile(
    r"^(?P<it>It|They)\b(?! (?:is|was|has been) \w+ (?:that|to)\b)|"
    rf"^(?:\w+ ){{0,2}}[{TIMES}]+,? (?P<then>it|they)\b|"
    r"\b(?:half|third|quarter|fifth|tenth)s? of (?P<them>them)\b|"
    r"\b(?P<the>[Tt]he (?:number of (?:offences|incidents|crimes|reports)|monthly figures))\b"
    r"(?! (?:of|for)\b)"
)
_IT_AGAIN = re.compile(
    r"(?:[;:]|[,;] (?:and|but|though|although)|\b(?:br(?:ought|ings|inging)|t(?:ook|akes|aking)|"
    r"le(?:ft|aves|aving)|push(?:ed|es|ing))) (?P<it>it|they|them)\b",
    re.IGNORECASE,
)
_LISTED = rf"(?:including\s+)?{MEASURE}+(?:,\s+{MEASURE}+)*,?\s+(?:and\s+|or\s+)?{MEASURE}+"
_MADE_OF = re.compile(
    rf"(?:{MEASURE}|[a-z])\s(?P<parts>\({_LISTED}\)|-\s{_LISTED}\s-|\(includ\w+\s{MEASURE}+\))"
)
"""The parts of a group: "neighbourhood crime (burglary, robbery and vehicle crime)"."""
_PER_HEAD = re.compile(
    rf"(?<!\d )(?<!{MEASURE}){MEASURE}+ (?P<per>per (?:1,?000|thousand) "
    r"(?:residents|people|households|population))"
    r"(?=\s+(?:is|was|are|were|rose|fell|has|have)\b)",
    re.IGNORECASE,
)


class Reader:
    """Mark sentences for one report: it knows the report's area, periods and force."""

    def __init__(self, changes: Sequence[Change], area: Area) -> None:
        self.area = area
        self.period = changes[0].period if changes else None
        self.baseline = changes[0].baseline if changes else None
        self.months = len(self.period.months) if self.period else 0
        self._dating = Dating(self.period, self.baseline)
        self._table = MeasureTable.shipped()
        self._places = _places(changes, area)
        names = "|".join(map(re.escape, sorted(self._places, key=len, reverse=True)))
        self._proper = re.compile(rf"\b(?P<name>{names})(?:'s)?{_PLACE_TAIL}(?!\w)")

    def mark(self, text: str, *, subject: Sequence[Named] = ()) -> Marked:
        """Mark everything that is named in a sentence, its short forms spelled out.

        "It" at the outset, and "of them", stand for the one measure that was the `subject` of the
        sentence before, where no other is named.
        """
        marked = Marked(text := by_calendar(spelled(text), self.period), text)
        # First, or "per 10,000 aged 10 to 17" would be read as a rate and a change.
        self._name(marked, name_pattern(self._table, numbered=True))
        marked.blank_all(_DAY, BLANK)
        marked.blank_all(DEGREE, " ")
        self._dating.mark(marked)
        for pattern in NO_CLAIM:
            marked.blank_all(pattern, BLANK)
        marked.blank_all(self._proper, self._place)
        for found in list(_ITS_AREAS.finditer(marked.blanked)):
            marked.blank(*found.span(found.lastgroup or 0), BLANK)
        marked.blank_all(_THE_FORCE, HERE if self.area.kind == "force" else FORCE)
        if self.area.kind == "force" or _IS_COUNTY.fullmatch(self.area.name):
            marked.blank_all(_COUNTY, HERE)
        marked.blank_all(_ELSEWHERE, ELSEWHERE)
        marked.blank_all(_HERE, HERE)
        self._name_measures(marked)
        marked.blank_all(_RECORDED, " ")
        _leave_out_parts(marked)
        if len(subject) == 1 and all("all-crime" in n.codes for n in marked.named):
            for found in list(_PRONOUN.finditer(marked.blanked)):
                marked.named.append(Named(*found.span(found.lastgroup or 0), subject[0].codes))
                marked.blank(*found.span(found.lastgroup or 0), MEASURE)
        self._refer(marked)
        for found in list(_PROPER.finditer(marked.blanked)):
            marked.blank(found.start(1), found.end(1), ELSEWHERE)
        for found in list(_LOCAL.finditer(marked.blanked)):
            marked.blank(*found.span(found.lastgroup or 0), ELSEWHERE)
        for found in list(_PER_HEAD.finditer(marked.blanked)):
            marked.blank(*found.span("per"), BLANK)
        marked.named.sort(key=lambda named: named.start)
        self._dating.read(marked)
        marked.named_only = marked.blanked
        return marked

    def _refer(self, marked: Marked) -> None:
        """Take "it" and "they" after a stop, or after "brought", for the measure named before."""
        for found in list(_IT_AGAIN.finditer(marked.blanked)):
            before = [n for n in marked.named if n.end <= found.start()]
            if len({n.codes for n in before}) == 1 and before[0].codes:
                marked.named.append(Named(*found.span("it"), before[0].codes))
                marked.blank(*found.span("it"), MEASURE)

    def place_of_a_rate(self, marked: Marked, start: int, end: int) -> str:
        """Name the area that a rate is said to be of: just after it, else the last before it."""
        text = marked.text
        after = re.match(r"\s*(?:in|for)\s+", text[end:])
        named = self._proper.match(text, end + after.end()) if after else None
        if named is None:
            before = self._proper.finditer(text, 0, start)
            named = next(iter([m for m in before if marked.blanked[m.start()] != BLANK][-1:]), None)
        return named["name"] if named else ""

    def places_in(self, text: str) -> tuple[str, ...]:
        """Give the names of areas in a text, in order."""
        return tuple(found["name"] for found in self._proper.finditer(text))

    def _name(self, marked: Marked, pattern: re.Pattern[str]) -> None:
        """Mark the measures that a pattern of names finds."""
        names = measure_names(self._table)
        for found in pattern.finditer(marked.blanked):
            if not is_itself(marked.blanked, *found.span()):
                marked.strange = True
            else:
                codes = names[plain_name(found[0])]
                marked.named.append(Named(*found.span(), codes))
                marked.blank(*found.span(), MEASURE)

    def _name_measures(self, marked: Marked) -> None:
        for named in scopes(marked.blanked):  # first: "all crime types" are not all crime
            marked.named.append(named)
            marked.blank(named.start, named.end, SCOPE)
        self._name(marked, name_pattern(self._table))
        for pattern in CRIMES:
            for found in list(pattern.finditer(marked.blanked)):
                if marked.averages and any(
                    n.codes and n.end <= found.start() for n in marked.named
                ):
                    continue  # "robbery averaged 46 crimes a month"
                group = found.lastgroup or "crime"
                if not is_itself(marked.blanked, *found.span(group)):
                    continue
                marked.named.append(Named(*found.span(group), ("all-crime",)))
                marked.blank(*found.span(group), MEASURE)

    def _place(self, text: str) -> str:
        """Give the sign of a place by its name."""
        found = self._proper.fullmatch(text)
        return self._places[found["name"]] if found else ELSEWHERE


def _leave_out_parts(marked: Marked) -> None:
    """Blank the measures that a group is said to be made of, which the sentence is not about."""
    for found in list(_MADE_OF.finditer(marked.blanked)):
        whole = any(n.end == found.start("parts") - 1 and n.codes for n in marked.named)
        parts = [n for n in marked.named if found.start("parts") <= n.start < found.end("parts")]
        marked.named = [n for n in marked.named if n not in parts]
        marked.strange = marked.strange or not whole
        marked.blank(*found.span("parts"), BLANK)


def _places(changes: Sequence[Change], area: Area) -> dict[str, str]:
    """Give the signs of the places that have names: the area, its force, all others."""
    others = [other.name for other in AreaRegister.shipped() if not other.is_wider]
    signs = {name: ELSEWHERE for other in others for name in (other, _short(other))}
    if force := area.wider:
        signs[force.name] = FORCE
    signs |= {change.force.name: FORCE for change in changes if change.force}
    signs |= {_short(area.name): HERE, area.name: HERE}
    # Sentences are read with their short forms spelled out: "Devon & Cornwall".
    return {spelled(name): sign for name, sign in signs.items()}


def _short(name: str) -> str:
    """Give the name that people say: "Newcastle" of "Newcastle upon Tyne"."""
    return re.split(r"[ -](?:upon|under|on)[ -]|, ", name)[0]
