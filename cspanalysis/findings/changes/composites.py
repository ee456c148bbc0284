"""Composites of an area: summed from its lines, judged each by itself, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cspanalysis.evidence.comparability import Comparison, Line, break_caveats, refusal, with_totals
from cspanalysis.evidence.figures import Rate, Status
from cspanalysis.evidence.noise import NoiseOfCounts
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.composites import Composite, composites
from cspanalysis.vocabulary.listed import joined

__all__ = ["composite_changes", "definition_of", "not_made"]

_WEAKEST: tuple[Status, ...] = ("final", "provisional", "to be confirmed")
_MOST_NAMED = 3


def composite_changes(
    lines: Sequence[Line],
    *,
    comparison: Comparison,
    source: str,
    noise: Callable[[str, int | None, int | None], NoiseOfCounts],
    without: Collection[Measure] = (),
    rate: Callable[[Measure, int], Rate | None] | None = None,
) -> tuple[Change, ...]:
    """Compare the composites whose parts are all among the lines of a table.

    Each is judged by its own p-value. Where a part has no count, or must not be compared, neither
    is the sum, which says of which part. One that has a part that is kept back or left out is left
    out itself: with the others it would tell that part.

    Parameters
    ----------
    lines
        The two counts of each measure.
    comparison
        What the lines share.
    source
        Where in the store they come from.
    noise
        Gives the noise of a composite's two counts, by its code.
    without
        Measures of which the edition says nothing.
    rate
        Gives the rate of a composite's count in the period; None for no rates.
    """
    held = {line.measure.code: line for line in with_totals(lines, comparison)}
    summed = [
        (one.measure, parts)
        for one in composites()
        if (parts := _parts(one, held, source)) and not _secret(parts, without)
    ]
    found = changes(
        [_sum(measure, parts, comparison, noise) for measure, parts in summed],
        comparison=comparison,
        rate=rate,
    )
    return tuple(
        _with_breaks(change, parts, comparison)
        for change, (_, parts) in zip(found, summed, strict=True)
    )


def definition_of(measure: Measure, *, source: str) -> str:
    """Say what a composite is, what it is summed from, what that lacks, and whose grouping it is.

    Examples
    --------
    >>> theft = composites()[0].measure
    >>> definition_of(theft, source="police-uk")
    'Theft: taking what belongs to others, without violence to them. Summed from burglary,
     vehicle crime, bicycle theft, theft from the person, shoplifting and other theft. It follows
     the theft offences in the tables of ONS and the Home Office.'
    """
    one = next(c for c in composites() if c.measure == measure)
    recipe = one.recipe(source)
    summed = joined([Measure.named(code).phrase for code in recipe.parts])
    whose = f"It follows {one.defined_by}." if one.defined_by else "Defined for these reports."
    what = f"{measure.label}: {one.definition[0].lower()}{one.definition[1:]}"
    return " ".join(filter(None, (what, f"Summed from {summed}.", recipe.lacks, whose)))


def not_made(
    lines: Sequence[Line],
    *,
    comparison: Comparison,
    source: str,
    without: Collection[Measure] = (),
) -> str:
    """Say in one sentence which composites can't be made from lines, and why; empty for none."""
    held = {line.measure.code for line in with_totals(lines, comparison)}
    hidden = {measure.code for measure in without}
    reasons: dict[str, list[str]] = {}
    for one in composites():
        recipe = one.recipe(source)
        gone = [code for code in recipe.parts if code not in held]
        if gone or not recipe.parts:
            why = _no_line(gone) if gone else recipe.lacks
            if not hidden & set(recipe.parts):
                reasons.setdefault(why, []).append(one.measure.phrase)
    told = "; ".join(f"{joined(names)} ({why})" for why, names in reasons.items())
    return f"Not made from these figures: {told}." if told else ""


def _parts(one: Composite, held: Mapping[str, Line], source: str) -> list[Line]:
    """Give the lines of all parts; none where one of them is not there."""
    codes = one.recipe(source).parts
    return [held[code] for code in codes] if held.keys() >= set(codes) else []


def _secret(parts: Sequence[Line], without: Collection[Measure]) -> bool:
    return any(part.kept_back or part.measure in without for part in parts)


def _sum(
    measure: Measure,
    parts: Sequence[Line],
    comparison: Comparison,
    noise: Callable[[str, int | None, int | None], NoiseOfCounts],
) -> Line:
    before, after = (_total(getattr(part, side) for part in parts) for side in ("before", "after"))
    found = noise(measure.code, before, after)
    return Line(
        measure=measure,
        before=before,
        after=after,
        status=max((part.status for part in parts), key=_WEAKEST.index),
        missing=_refused(parts, comparison),
        total=True,
        dispersion=found.comparison,
        freedom=found.freedom,
        period_noise=found.period,
        borrowed=found.borrowed,
    )


def _total(counts: Iterable[int | None]) -> int | None:
    values = list(counts)
    known = [count for count in values if count is not None]
    return sum(known) if len(known) == len(values) else None


def _refused(parts: Sequence[Line], comparison: Comparison) -> str:
    """Say why a sum must not be compared, and of which parts; empty where it may be."""
    whys: dict[str, list[str]] = {}
    for part in parts:
        if why := refusal(part, comparison):
            whys.setdefault(why, []).append(part.measure.phrase)
    return " ".join(
        why if len(names) == len(parts) else f"{sentence(joined(names))}: {why}"
        for why, names in whys.items()
    )


def _with_breaks(change: Change, parts: Sequence[Line], comparison: Comparison) -> Change:
    """Add the breaks that its parts cross."""
    if change.refused:
        return change
    crossed = [caveat for part in parts for caveat in break_caveats(part.measure, comparison)]
    return replace(change, caveats=tuple(dict.fromkeys((*crossed, *change.caveats))))


def _no_line(codes: Sequence[str]) -> str:
    """Name the parts that are not there; of many the first few."""
    names = [Measure.named(code).phrase for code in codes]
    few = names if len(names) <= _MOST_NAMED else [*names[: _MOST_NAMED - 1], "others"]
    return f"there is no line for {joined(few, word='or')}"
