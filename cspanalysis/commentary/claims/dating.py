"""The times that a sentence names: its spans, its comparisons, and of what a number is a mean."""

from __future__ import annotations

import re
from functools import partial

from cspanalysis.commentary.claims.comparisons import (
    BESIDE_IT,
    COMPARISONS,
    SEASON,
    SIZED_FROM,
    SPANS,
    back,
    beside,
    of_the_other_year,
    spans_of,
)
from cspanalysis.commentary.claims.history import is_apart, read_inside, read_span, years_of
from cspanalysis.commentary.claims.lexicon import AVERAGE_WORDS, AVERAGES
from cspanalysis.commentary.claims.marked import (
    BASELINE,
    BLANK,
    OTHER_TIME,
    PERIOD,
    TIMES,
    Average,
    Basis,
    Marked,
)
from cspanalysis.commentary.claims.numbers import NUMBER, read
from cspanalysis.vocabulary import Period

__all__ = ["MONTHS", "Dating"]

_TIMES_RUN = re.compile(f"[{PERIOD}]+|[{BASELINE}]+|[{OTHER_TIME}]+")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{MONTHS})"
_YEAR = r"(?:19|20)\d{2}"
_DATED = re.compile(
    rf"\b(?:{_MONTH} {_YEAR} to {_MONTH} {_YEAR}|{_MONTH} to {_MONTH} {_YEAR}|"
    rf"(?<=[Bb]etween ){_MONTH}(?: {_YEAR})? and {_MONTH} {_YEAR}|Q[1-4] {_YEAR}(?:/\d\d)?|"
    rf"(?:the )?(?:{NUMBER} months|year|quarter) (?:up )?(?:to|ending|ended) {_MONTH} {_YEAR}|"
    rf"{_MONTH} {_YEAR}|(?:the )?{SEASON} (?:of )?{_YEAR}(?:/\d\d)?|"
    rf"{_YEAR}[/-]\d{{2,4}}|{_YEAR})\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:a|the) year (?:earlier|before|ago)|(?:the )?(?:last|previous) (?:year|period)|"
    r"(?:in )?(?:the )?(?:same|equivalent|comparable|corresponding) "
    rf"(?:{NUMBER} )?(?:period|months?|quarter) (?:of |in |on )?(?:a year (?:earlier|before|ago)|"
    r"last year|the year before|the previous year)|the baseline(?: period)?|"
    r"the (?:comparable|equivalent|corresponding) (?:period|quarter|months?)|"
    r"(?:at |by )?(?:the|this) (?:same )?(?:point|time|stage) "
    r"(?:last year|a year (?:ago|earlier|before)|in the previous year|the year before))\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:this (?:year|period|quarter|one)|the (?:latest|current) (?:year|period))\b", re.I
)
_THE_UNIT = (
    r"(?:(?<=\b[Ii]n )|(?<=\bof )|(?<=\bon )|(?<=\b[Oo]ver ))the (?:(?:latest|current|"
    r"most recent) )?{0}\b(?!'s)"
    r"(?! (?:before|to|end|ago|earlier))|\b[Tt]h(?:e|is) {0}'s(?= )"
)
_MONTHS_ALONE = re.compile(
    rf"\b{_MONTH} to {_MONTH}\b|\b(?<!, ){_MONTH} and {_MONTH}\b|\b(?!May\b|March\b){_MONTH}\b|"
    r"(?:(?<=\b[Ii]n )|(?<=\b[Dd]uring )|(?<=\b[Ss]ince )|(?<=\b[Bb]y )|(?<=\b[Ff]rom )|"
    r"(?<=\b[Tt]o )|(?<=\b[Aa]nd )|(?<=\b[Ww]as )|"
    r"(?<=\bon )|(?<=\bthan )|(?<=\bagainst )|(?<=\bwith )|"
    r"(?<=\babove )|(?<=\bbelow ))(?:May|March)\b|"
    r"\b(?:May|March)(?='s? | (?:was|is|had|saw|brought|recorded|accounted)\b)"
)
_ROLLING = re.compile(
    r"\b(?:the )?(?:(?:rolling|latest) (?:year\b|(?:12|twelve)[ -]months?)|"
    r"(?:12|twelve)[ -]month(?= (?:total|figure)))"
    rf"(?: (?:basis|data|total|figures?|period))?(?: (?:to|ending) {_MONTH} {_YEAR})?\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?:last|past|previous) (?P<number>{NUMBER}) (?P<unit>years|quarters|months|weeks)\b",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(rf"(?P<first>[{TIMES}])(?P<again> \([{TIMES}]+\))")


class Dating:
    """Mark the times of sentences for a report.

    Parameters
    ----------
    period, baseline
        The report's two periods; None where it has none.
    """

    def __init__(self, period: Period | None, baseline: Period | None) -> None:
        self.period, self.baseline = period, baseline
        months = len(period.months) if period else 0
        self.months = months
        self.unit = {1: "month", 3: "quarter", 12: "year"}.get(months, "")

    def mark(self, marked: Marked) -> None:
        """Blank the times of a sentence with their signs, and note its comparisons."""
        self._compare(marked)
        self._spans_of(marked)
        _average(marked)
        marked.blank_all(_ROLLING, self._time)
        marked.blank_all(_DATED, self._time)
        marked.blank_all(_BEFORE, BASELINE)
        marked.blank_all(_NOW, PERIOD)
        if self.unit:
            marked.blank_all(re.compile(_THE_UNIT.format(self.unit)), PERIOD)
        marked.blank_all(_MONTHS_ALONE, self._time)
        marked.blank_all(_SPAN, self._span)
        for found in list(_SAME_TIME.finditer(marked.blanked)):  # "year to date (April to May)"
            marked.blank(*found.span("again"), found["first"])
        _own_bases(marked)

    def read(self, marked: Marked) -> None:
        """Read the spans that are named, and which of them something is set beside."""
        self._read_spans(marked)
        self._set_beside(marked)

    def _set_beside(self, marked: Marked) -> None:
        """Take each span after "than", "compared with" and the like for what is compared with."""
        known = {basis.start for basis in marked.bases}
        for run in list(re.finditer(f"{OTHER_TIME}+|{PERIOD}+", marked.blanked)):
            span, period = marked.spans.get(run.start()), self.period
            before, words = marked.text[: run.start()], marked.text[slice(*run.span())]
            if period is None or span is None or run.start() in known:
                continue
            if span == period and len(span.months) == 3 and re.fullmatch(r"Q\d", words):
                span = back(period, 3)  # "compared with Q2": of the other year, calendar or not
            if span == period:
                continue
            alone = " to " not in words and not marked.text.startswith(" to ", run.end())
            if BESIDE_IT.search(before) or (alone and SIZED_FROM.search(before)):
                spans = beside(span, period)
                marked.bases.append(Basis(*run.span(), words, spans))
                marked.blank(*run.span(), BASELINE)
        marked.bases.sort(key=lambda basis: basis.start)

    def _read_spans(self, marked: Marked) -> None:
        """Read each time that is named, once, so that all rules take it alike."""
        for run in _TIMES_RUN.finditer(marked.blanked):
            words = marked.text[slice(*run.span())]
            before = marked.text[: run.start()].lower()
            if is_apart(words, both=before.endswith("both ")) and not before.endswith("between "):
                continue
            inside = read_inside(words, self.period) if self.period else None
            if span := inside or read_span(words, until=self.period):
                marked.spans.setdefault(run.start(), span)

    def _compare(self, marked: Marked) -> None:
        """Mark the comparisons that are not the report's own."""
        for row in COMPARISONS:
            for found in list(row.pattern.finditer(marked.blanked)):
                spans = spans_of(row, found, self.period)
                start, end = found.span("base")
                marked.blank(start, end, BASELINE)
                if self.baseline is None or spans != (self.baseline,):
                    of = partial(row.spans, found)
                    marked.bases.append(Basis(start, end, found["base"], spans, of=of))

    def _spans_of(self, marked: Marked) -> None:
        """Mark the spans that are named other than by dates, such as the year to date."""
        signs = {self.period: PERIOD, self.baseline: BASELINE}
        for row in SPANS:
            for found in list(row.pattern.finditer(marked.blanked)):
                marked.blank(*found.span("base"), OTHER_TIME)
                for span in spans_of(row, found, self.period):
                    marked.spans[found.start("base")] = span
                    if other := of_the_other_year(found, span, self.period):
                        marked.otherwise[found.start("base")] = other
                    marked.blank(*found.span("base"), signs.get(span, OTHER_TIME))

    def _span(self, text: str) -> str:
        """Give the sign of "the past 12 months": the report's where it is as long."""
        found = _SPAN.fullmatch(text)
        own = found and found["unit"].lower() == "months"
        same = found and own and read(found["number"]).value == self.months
        return PERIOD if same else OTHER_TIME

    def _time(self, text: str) -> str:
        """Give the sign of a date: the report's period, its baseline period, or another time."""
        for span, sign in ((self.period, PERIOD), (self.baseline, BASELINE)):
            if span is not None and (
                text.removeprefix("the ") == span.label
                or text in years_of(span)
                or span in (read_span(text, until=self.period), read_inside(text, span))
            ):
                return sign
        return OTHER_TIME


def _own_bases(marked: Marked) -> None:
    """Add the report's own comparison where it is named."""
    known = {basis.start for basis in marked.bases}
    for found in re.finditer(f"[{BASELINE}]+", marked.blanked):
        if found.start() not in known:
            words = marked.text[slice(*found.span())]
            marked.bases.append(Basis(*found.span(), words, own=True))
    marked.bases.sort(key=lambda basis: basis.start)


def _average(marked: Marked) -> None:
    """Mark what says that a number is an average, and of which unit."""
    for pattern in AVERAGES:
        for found in list(pattern.finditer(marked.blanked)):
            unit = found["unit"].lower().replace("dai", "day")
            marked.averages.append(Average(*found.span("at"), unit))
            marked.blank(*found.span("at"), BLANK)
    if marked.averages:
        marked.blank_all(AVERAGE_WORDS, BLANK)
