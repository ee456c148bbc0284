"""What the strategic assessment holds beside the performance report: wards, residents, deprivation.

Its values are many, so that any number is one of them: one is taken as that of a sentence only
where the sentence names the very thing, and nothing beside it that it may be of instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.errors import CspanalysisError
from cspanalysis.findings.values import Value
from cspanalysis.reports.report import Report
from cspanalysis.reports.strategic_assessment import StrategicAssessment
from cspanalysis.vocabulary import Area, Period

__all__ = ["with_further"]

_SPEAKS_OF_IT = re.compile(r"\b(?:wards?|residents|households|deprived)\b", re.IGNORECASE)
_OF_THE_AREA: Mapping[str, re.Pattern[str]] = {
    "area.residents": re.compile(r"\bresidents\b", re.IGNORECASE),
    "area.households": re.compile(r"\bhouseholds\b", re.IGNORECASE),
    "area.most_deprived": re.compile(r"\bmost deprived (?:fifth|20 ?%|quintile)", re.IGNORECASE),
}
_WARD = re.compile(r": (?P<name>.+) ward, (?P<when>.+)$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def with_further(claims: Sequence[Claim], text: str, report: Report) -> tuple[Claim, ...]:
    """Give claims that nothing was held of the verdict of a value of a ward, or of the area.

    What such a value does not bear out stays "not traceable".
    """
    held = report.facts
    if held.area.kind != "csp" or not _SPEAKS_OF_IT.search(text):
        return tuple(claims)
    try:
        values = _values(held.area, held.period)
    except CspanalysisError:  # a partnership's file that can't be used; the counts can
        return tuple(claims)
    changes = (*held.every_change, *held.composite_changes)
    extra = held.values | values
    read = check_claims(_paragraphs_of_it(text), changes, area=held.area, extra_values=extra)
    anew = {_key(claim): claim for claim in read}
    wards = {found["name"] for value in values.values() if (found := _WARD.search(value.label))}
    return tuple(_told(claim, anew.get(_key(claim)), values, wards) for claim in claims)


def _values(area: Area, period: Period) -> dict[str, Value]:
    """Give what is held of the area's wards, its people and its deprivation, by key."""
    facts = StrategicAssessment.open(area, period).facts
    found = (value for part in facts.parts for value in part.own_values())
    kept = (v for v in found if v.key.startswith("area.") or _WARD.search(v.label))
    return {value.key: value for value in kept}


def _paragraphs_of_it(text: str) -> str:
    """Blank the paragraphs that name nothing of the kind, every line where it was."""
    parts = re.split(r"(\n[ \t]*\n)", text)
    return "".join(
        part if _SPEAKS_OF_IT.search(part) else re.sub(r"[^\n]", " ", part) for part in parts
    )


def _key(claim: Claim) -> tuple[int, str, str, str]:
    return claim.line, claim.text, claim.words, claim.measure


def _told(claim: Claim, other: Claim | None, values: Mapping[str, Value], wards: set[str]) -> Claim:
    if claim.verdict not in {"not traceable", "cited"} or other is None:
        return claim
    if other.verdict != "supported" or other.held_against is None:
        return claim
    for key in other.held_against.key.split():
        value = values.get(key)
        if value is not None and _is_named(value, claim.text, wards):
            return replace(other, reason=f"{value.label} is {value.text}.")
    return claim


def _is_named(value: Value, sentence: str, wards: set[str]) -> bool:
    """Tell whether a sentence names what a value is of: the area's people, or this ward alone."""
    for key, words in _OF_THE_AREA.items():
        if value.key in {key, f"{key}_share"}:
            return words.search(sentence) is not None and not _wards_in(sentence, wards)
    ward = _WARD.search(value.label)
    if ward is None or _wards_in(sentence, wards) != {ward["name"]}:
        return False
    years = set(_YEAR.findall(sentence))
    if value.key.endswith(".baseline_count") and not years:
        return False
    return not years or bool(years & set(_YEAR.findall(ward["when"])))


def _wards_in(sentence: str, wards: set[str]) -> set[str]:
    return {name for name in wards if re.search(rf"\b{re.escape(name)}\b", sentence)}
