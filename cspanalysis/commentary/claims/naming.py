"""Names of measures, and quantities of them, as people say them, and what each one means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from cspanalysis.commentary.claims.lexicon import (
    BEFORE_A_NAME,
    FILLING,
    FOR_A_NAME,
    NOT_ITSELF_AFTER,
    NOT_ITSELF_BEFORE,
)
from cspanalysis.commentary.claims.marked import AREAS, TIMES, Named, Scope
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.vocabulary.composites import composites
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["CRIMES", "is_itself", "measure_names", "name_pattern", "plain_name", "scopes"]

_KINDS = (
    r"(?:(?:crime|offence|other|single|individual|comparable|tested|remaining|main|listed)\s+)*"
    r"(?:measures?|category|categories|types?|lines?|statistics|figures|indicators?)"
)
_QUANTITY = re.compile(
    rf"\b(?:(?P<word>no|none|any|every|each|all|most|half|both)|(?P<count>{NUMBER}))"
    rf"(?:\s+(?:out\s+)?of|\s+but\s+(?P<but>{NUMBER})(?:\s+of)?)?(?:\s+(?:the|these))?"
    rf"(?P<other>\s+other)?(?:\s+(?P<total>{NUMBER}))?"
    rf"\s+(?:of\s+the\s+)?{_KINDS}\b"
    rf"|\bthe other (?P<rest>{NUMBER})(?:\s+{_KINDS}\b)?|\b(?P<none>none)\b",
    re.IGNORECASE,
)
_SHORT_FORMS: Mapping[str, Sequence[str]] = {
    "all-crime": (
        "overall crime", "total crime", "overall offending", "total offending",
        "everything recorded", "crime overall", "crime as a whole", "recorded crime",
        "all recorded crime", "total recorded crime", "all crimes", "all offences",
    ),
    "violence-and-sexual-offences": (
        "violence", "violent crime", "violent offences", "violent and sexual offences",
        "violent and sexual crime",
    ),
    "violence-against-the-person": ("violence", "violent crime", "violent offences"),
    "sexual-offences": ("sex offences", "sexual offence"),
    "racially-or-religiously-aggravated": (
        "racially and religiously aggravated offences", "racially aggravated offences",
        "religiously or racially aggravated offences",
    ),
    "robbery": ("robberies", "robbery offences"),
    "burglary": (
        "burglaries", "burglary overall", "burglary as a whole", "all burglary", "break-ins",
    ),
    "burglary-dwelling": (
        "dwelling burglary", "dwelling burglaries", "burglary dwellings", "burglary of dwellings",
        "burglary of a dwelling", "burglaries of dwellings", "domestic burglary",
        "domestic burglaries", "burglary of homes", "burglaries in dwellings",
    ),
    "burglary-non-dwelling": ("non-dwelling burglary", "non-dwelling burglaries"),
    "residential-burglary": ("residential burglaries",),
    "burglary-sheds-garages": (
        "burglary of sheds and garages", "burglaries of sheds and garages",
        "sheds and garages burglary", "shed and garage burglary", "shed and garage burglaries",
        "burglary from sheds and garages",
    ),
    "burglary-business-and-community": ("business burglary", "business and community burglaries"),
    "vehicle-crime": ("vehicle crimes", "vehicle offences", "car crime"),
    "theft-of-vehicle": (
        "theft of vehicle", "theft of vehicles", "theft of motor vehicles", "thefts of vehicles",
        "vehicle theft", "vehicle thefts", "stolen vehicles", "car theft", "car thefts",
    ),
    "theft-from-vehicle": (
        "theft from vehicle", "theft from vehicles", "theft from motor vehicles",
        "thefts from vehicles",
    ),
    "bicycle-theft": (
        "bicycle thefts", "bike theft", "cycle theft", "theft of bicycles", "thefts of bicycles",
        "bike thefts", "cycle thefts",
    ),
    "theft-from-the-person": ("thefts from the person", "theft from person"),
    "shoplifting": (
        "shoplifting offences", "shop theft", "shop thefts", "theft from shops",
        "thefts from shops", "retail theft",
    ),
    "other-theft": ("other thefts",),
    "criminal-damage": ("criminal damage offences",),
    "arson": ("arsons", "arson offences"),
    "drug-offences": ("drugs", "drug offences", "drugs offences", "drug crime", "drug offending"),
    "drug-possession": ("possession of drugs", "drugs possession", "drug possession offences"),
    "possession-of-weapons": ("weapons possession", "weapon possession", "weapons offences"),
    "public-order": ("public order", "public order crime", "public order offence"),
    "other-crime": ("other crimes",),
    "anti-social-behaviour": ("anti-social behaviour incidents", "asb", "asb incidents"),
    "asb-council-housing": ("anti-social behaviour in council housing",),
    "marac-cases": ("marac cases", "marac", "cases at marac"),
}  # fmt: skip


def plain_name(text: str) -> str:
    """Write a name in lower case with single spaces, so that two writings of it are alike."""
    return " ".join(re.split(r"[\s:/-]+", text.lower())).strip()


@lru_cache(maxsize=4)
def measure_names(table: MeasureTable) -> Mapping[str, tuple[str, ...]]:
    """Give the codes that each name may mean, by name as `plain_name` writes it.

    Labels, phrases and aliases come from the table of measures, and names of composites from
    theirs; the short forms that people use besides are listed here.
    """
    names: dict[str, dict[str, None]] = {}
    for measure in (*table, *(one.measure for one in composites())):
        said = (measure.label, measure.phrase, *measure.aliases)
        for name in (*said, *_SHORT_FORMS.get(measure.code, ())):
            first, both, last = plain_name(name).partition(" and ")
            joints = (f"{last} and {first}", f"{first} or {last}", f"{last} or {first}")
            for said_so in (plain_name(name), *(joints if both else ())):
                for one in {said_so, re.sub(r"offences$", "offence", said_so)}:
                    names.setdefault(one, {})[measure.code] = None
    return {name: tuple(codes) for name, codes in names.items()}


@lru_cache(maxsize=4)
def name_pattern(table: MeasureTable, *, numbered: bool = False) -> re.Pattern[str]:
    """Give one pattern of all names, the longest first; or of those that hold a number."""
    names = sorted(measure_names(table), key=len, reverse=True)
    if numbered:
        names = [name for name in names if re.search(r"\d", name)] or ["(none)"]
    forms = (r"[\s:/-]+".join(map(re.escape, name.split(" "))) for name in names)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])(?! against the person)", re.I)


def scopes(text: str) -> Iterator[Named]:
    """Yield the quantities of measures that a text names: "most measures", "two of the nine"."""
    for found in _QUANTITY.finditer(text):
        count = found["count"] or found["rest"] or found["but"]
        quantity = "all but" if found["but"] else found["word"] or (found["none"] and "none")
        yield Named(
            *found.span(),
            scope=Scope(
                quantity=(quantity or "count").lower(),
                count=int(read(count).value) if count else None,
                total=int(read(found["total"]).value) if found["total"] else None,
                other=bool(found["other"] or found["rest"]),
            ),
        )


CRIMES = (
    re.compile(
        r"\b(?P<rated>crime)(?= (?:rates?|levels?|volumes?|totals?|per (?:head|1,?000|"
        r"thousand))\b)|(?<=\d) (?:(?:recorded|reported|police) )*(?P<crime>crimes?)\b|"
        r"\b(?:[Oo]verall|[Ii]n (?:total|all)|[Aa]ll told),? (?:recorded )?(?P<all>offences)\b|"
        r"\b[Pp]olice recorded (?:a total of )?[\d,]+ (?P<recorded>offences)\b(?! (?:of|for))|"
        r"\b[Nn]o (?P<none>crimes)\b"
    ),
    re.compile(
        r"(?:^|(?<=[,;:(] )|\b(?:and|that|saw|seen|more|most|less|least|fewer|fewest|many|while|"
        r"but|whereas|of|in|for|where|of the|reported|overall) (?:recorded )?|"
        rf"(?<=[{AREAS}{TIMES}] ))(?P<crime>[Cc]rimes?)\b"
        r"(?! (?:and|or|types?|prevention|record(?!ed)|survey|plan|reduction|categories|severity|"
        r"stat|scene|trend|reference|number|series|data))"
    ),
)
"""What names all crime: "412 crimes", "the crime rate", "crime fell"."""


def is_itself(text: str, start: int, end: int) -> bool:
    """Tell whether a name stands for the measure: not "fear of crime", not "knife robbery"."""
    if NOT_ITSELF_BEFORE.search(text[:start]) or NOT_ITSELF_AFTER.match(text, end):
        return False
    for_it = re.search(r"([A-Za-z][\w'-]*) for $", text[:start])
    if for_it and for_it[1].lower() not in FILLING | FOR_A_NAME:
        return False  # "victim satisfaction for burglary"
    word = re.search(r"([A-Za-z][\w'-]*)[ -]$", text[:start])
    return (
        word is None or word[1].lower() in BEFORE_A_NAME or _is_number(word[1]) or _is_how(word[1])
    )


def _is_number(word: str) -> bool:
    return re.fullmatch(NUMBER, word, re.IGNORECASE) is not None


def _is_how(word: str) -> bool:
    """Tell whether a word says how or when, as "encouragingly" does, and narrows no name."""
    return word.endswith("ly") and word.lower() not in {"family", "elderly", "early"}
