"""Narratives over areas, periods and figures at random, each held to every rule."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cspanalysis import Assessment
from cspanalysis.commentary.claims import check_claims
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.changes.trends import first_signal, positions_of, runs_of, signals, trends
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.priorities.harm_weighing import harm_of
from cspanalysis.findings.summary.narrative import lead, summary, table_title
from cspanalysis.findings.values import Value, tally_of, values_of
from cspanalysis.findings.wording.numbers import percent_text
from cspanalysis.partnership.harm_weights import read_weights
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.measure import MeasureTable

NARRATIVES = 100
WITH_CHARTS = 5
"""Every so many narratives have months as well."""

LONG_ENOUGH = 100
"""Words below which a grade of reading ease says nothing."""

BASES = ("luton 2023", "bedford FY2022", "wokingham 2019", "wycombe 2017-04..2017-06")
PERIODS = (
    *("{y}", "FY{y}", "{y}-Q{q}", "FY{y}-Q{q}"),
    *("{y}-{m:02}", "{y}-04..{y}-06", "12m-to-{y}-{m:02}"),
)


@dataclass(frozen=True)
class Told:
    """Hold what one narrative says and what it is made from."""

    area: Area
    found: Sequence[Change]
    partners: Sequence[Change]
    harm: Harm | None
    charted: Sequence[str]
    lead: str
    values: dict[str, Value]

    def sentences(self) -> list[str]:
        paragraphs = (
            self.lead,
            *summary(self.found, harm=self.harm),
            *self.charted,
            *summary(self.partners),
        )
        return [s for p in paragraphs for s in re.split(r"(?<=[.!?])\s+(?=[A-Z\d])", p) if s]


@lru_cache(maxsize=8)
def base(name: str) -> Assessment:
    return Assessment.open(*name.split(" "))


@lru_cache(maxsize=1)
def areas() -> tuple[Area, ...]:
    return tuple(AreaRegister.shipped())  # type: ignore[arg-type]


@cache
def told(seed: int) -> Told:
    draw = random.Random(seed)
    area = draw.choice([a for a in areas() if a.kind in {"csp", "lad", "force"}])
    report = base(draw.choice(BASES))
    comparison = compared(draw, area)
    lines = list(mutated(draw, report))
    force = dict(beside(draw, area, lines))
    found = changes(lines, comparison=comparison, force=force)
    partners = changes(list(of_partners(draw)), comparison=comparison)
    harm = harm_of(found, read_weights(reference("harm-weights-example.csv")))
    charts = charted(draw, report, area) if seed % WITH_CHARTS == 0 else ()
    codes = {change.measure.code for change in found}
    charts = tuple(chart for chart in charts if chart.measure.code in codes)
    values = {
        **values_of([*found, *partners]),
        **tally_of(found),
        **tally_of(partners, prefix="partner_measures"),
        **{value.key: value for value in (harm.values() if harm else ())},
        **{value.key: value for value in (*runs_of(charts), *positions_of(charts))},
    }
    opening = lead(found, signal=lambda: first_signal(charts), harm=harm)
    return Told(area, found, partners, harm, signals(charts), opening, values)


def compared(draw: random.Random, area: Area) -> Comparison:
    parts = {"y": draw.randint(2016, 2025), "q": draw.randint(1, 4), "m": draw.randint(1, 12)}
    period = Period.parse(draw.choice(PERIODS).format(**parts))
    baseline = period.baseline()
    if draw.random() < 0.15:
        baseline = Period.parse(str(draw.randint(2010, baseline.start.year - 1)))
    located = (draw.uniform(0.9, 1), draw.uniform(0.9, 1)) if draw.random() < 0.5 else (1.0, 1.0)
    return Comparison(
        area=area,
        period=period,
        baseline=baseline,
        provenance=Provenance("Made up", "2025"),
        located=located,
    )


def mutated(draw: random.Random, report: Assessment) -> Iterator[Line]:
    """Take the lines of a real report and change, drop and add some."""
    wild = draw.choice([0.0, 0.1, 0.5, 1.0])
    scale = draw.choice([1.0, 1.0, 0.1, 0.01])
    lines = [line for line in report.evidence.lines if line.measure.group != "Partner indicators"]
    kept = [line for line in lines if line.measure.code == "all-crime" or draw.random() < 0.85]
    codes = {line.measure.code for line in lines}
    others = [m for m in MeasureTable.shipped() if m.crime and m.code not in codes]
    extra = [
        Line(measure=m, before=draw.randint(0, 900), after=draw.randint(0, 900))
        for m in draw.sample(others, k=draw.choice([0, 0, 2]))
    ]
    for line in [*kept, *extra]:
        before, after = line.before, line.after
        if before is None and after is None:
            yield line
            continue
        counts = [None if c is None else round(c * scale) for c in (before, after)]
        if draw.random() < wild:
            counts = [strange(draw, count) for count in counts]
        known = None not in counts
        yield Line(
            measure=line.measure,
            before=counts[0],
            after=counts[1],
            status=draw.choice(["final", "final", "provisional"] if known else ["to be confirmed"]),
            dispersion=draw.choice([1.0, 1.0, line.dispersion]),
        )


def strange(draw: random.Random, count: int | None) -> int | None:
    return draw.choice(
        [
            0,
            1,
            2,
            None,
            count,
            count,
            *(round((count or 7) * draw.lognormvariate(0, 0.7)) for _ in "abcd"),
        ]
    )


def beside(
    draw: random.Random, area: Area, lines: Sequence[Line]
) -> Iterator[tuple[str, ForceChange]]:
    if not area.force or area.kind == "force" or draw.random() < 0.3:
        return
    name, counted = Area.named(area.force).name, draw.random() < 0.5
    for line in lines:
        percent = draw.gauss(5, 15)
        if counted and line.before and line.after:
            before = line.before * draw.randint(2, 12)
            after = max(line.after + 1, round(before * (1 + percent / 100)))
            percent = 100 * (after / before - 1)
            change = ForceChange(name=name, percent_change=percent, before=before, after=after)
        else:
            change = ForceChange(name=name, percent_change=round(max(percent, -90)))
        yield line.measure.code, change


def of_partners(draw: random.Random) -> Iterator[Line]:
    known = [m for m in MeasureTable.shipped() if m.group == "Partner indicators"]
    for measure in draw.sample(known, k=draw.choice([0, 0, 1, 3])):
        counts = [strange(draw, draw.randint(0, 400)) for _ in "ab"]
        yield Line(
            measure=measure,
            before=counts[0],
            after=counts[1],
            status="to be confirmed" if None in counts else "final",
        )


def charted(draw: random.Random, report: Assessment, area: Area):
    if report.monthly is None:
        return ()
    monthly = report.monthly[draw.sample(list(report.monthly.columns), k=3)]
    shaken = monthly * [draw.lognormvariate(0, 0.3) for _ in monthly.columns]
    shaken.iloc[-draw.randint(1, 9) :] *= draw.choice([1, 1, 1.6, 0.5])
    return trends(shaken.round(), area=area, provenance=Provenance("Made up", "2025"))


# What is asked of each


WRONG = re.compile(
    r"\bnan\b|\bNone\b(?! of)|\binf\b|\[x\]|\[z\]|not available|[-−]0(?:\.0)?\s%|"
    r"\b1 (?:crimes|offences|measures|months)\b|\bone (?:measures|months|of one)\b|"
    r"  |\.\.|,,|\(\)| ,| \.|\b(\w+) \1\b"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
DATES = re.compile(rf"(?:\b12 months to |\b\d+ )?\b{_MONTH}(?: \d{{4}})?")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def undated(text: str, found: Sequence[Change]) -> str:
    """Take the dates out of a text: its periods as they are labelled, and days and months."""
    spans = {span.label for c in found for span in (c.period, c.baseline)}
    for label in sorted(spans, key=len, reverse=True):
        text = re.sub(rf"(?<![\d,.]){re.escape(label)}(?!\d|[,.]\d)", "", text)
    return DATES.sub("", text)


def unrecorded(text: str, values: dict[str, Value]) -> list[str]:
    """Numbers of a text that are no recorded figure, nor one of its limits, nor a multiple."""
    known: set[str] = set()
    for value in values.values():
        known |= set(re.findall(r"\d[\d,]*(?:\.\d+)?", plain(value.text)))
        limits = [x for x in (value.lower, value.upper) if x is not None]
        texts = [percent_text(abs(x)) for x in limits] + [f"{x:.2f} {x:.1f}" for x in limits]
        texts += [f"{x:.3f} {x:.4f}" for x in limits if f"{x:.2f}" == "1.00"]
        known |= {n for t in texts for n in re.findall(r"\d[\d,]*(?:\.\d+)?", plain(t))}
        if value.key.endswith(".percent_change") and value.value is not None:
            known.add(f"{1 + value.value / 100:.1f}")  # "2.2 times as many"
            known |= {"99"} if 99.5 <= abs(value.value) < 100 else set()  # "more than 99 %"
    written = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
    return [number for number in written if number.rstrip(",") not in known]


def unnamed(text: str, found: Sequence[Change]) -> str:
    """Take the publishers' names of measures out of a text: their length is not ours to choose."""
    names = {c.measure.phrase for c in found} | {c.measure.label for c in found}
    return re.sub("|".join(map(re.escape, sorted(names, key=len, reverse=True))), "theft", text)


def grade(text: str) -> float:
    """Flesch-Kincaid grade, syllables counted as groups of vowels."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if s]
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9,.'%-]*", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def problems(seed: int) -> Iterator[str]:
    narrative = told(seed)
    sentences = narrative.sentences()
    text = plain(" ".join(sentences))
    own = plain(" ".join(narrative.harm.sentences())) if narrative.harm else ""
    if not sentences:
        yield "says nothing"
    for found in WRONG.finditer(f"{text} {own}"):
        yield f"reads '{text[max(0, found.start() - 30) : found.end() + 30]}'"
    for sentence in sentences:
        if not (sentence[0].isupper() or sentence[0].isdigit()) or sentence[-1] != ".":
            yield f"is no sentence: {sentence}"
    yield from (f"says twice: {s}" for s, n in Counter(sentences).items() if n > 1)
    named = [*narrative.found, *narrative.partners]
    dateless = undated(unnamed(f"{text} {own}", named), narrative.found)
    yield from (f"number not recorded: {n}" for n in unrecorded(dateless, narrative.values))
    yield from unsupported(narrative)
    reading = grade(unnamed(text, named))
    if len(text.split()) >= LONG_ENOUGH and reading > 9:
        yield f"grade {reading:.1f}: {text}"


def unsupported(narrative: Told) -> Iterator[str]:
    tables = ((narrative.found, narrative.harm), (narrative.partners, None))
    for found, harm in tables:
        if not found:
            continue
        opening = (narrative.lead, f"{table_title(found)}.") if found is narrative.found else ()
        text = "\n\n".join([*opening, *summary(found, harm=harm)])
        for claim in check_claims(text, found, area=narrative.area, extra_values=narrative.values):
            if claim.verdict not in {"supported", "as recorded"}:
                yield f"{claim.verdict} ({claim.rule}): '{claim.words}' in '{claim.text}'"


def test_narratives_at_random_break_no_rule() -> None:
    wrong = [f"{seed}: {problem}" for seed in range(NARRATIVES) for problem in problems(seed)]
    assert not wrong, f"{len(wrong)} problems\n" + "\n".join(wrong[:20])


def test_the_narratives_say_enough_for_the_rules_to_bite() -> None:
    narratives = [told(seed) for seed in range(0, NARRATIVES, 2)]
    texts = [" ".join(narrative.sentences()) for narrative in narratives]
    assert sum(len(text.split()) >= LONG_ENOUGH for text in texts) > len(texts) / 2
    assert len({narrative.area for narrative in narratives}) > len(texts) / 2
    assert sum("day for day" in text for text in texts) >= 3
    for words in ("rose", "fell", "were", "no clear change", "differently from", "99", "0 to"):
        assert any(words in text for text in texts), words
    assert any(narrative.charted for narrative in narratives)
