"""Sentences made from tested findings: plain English that claims no more than the test does."""

from __future__ import annotations

from collections.abc import Sequence

from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.harm import Harm
from cspanalysis.findings.headline import day_for_day
from cspanalysis.findings.ranking import ranked
from cspanalysis.findings.words import (
    count_text,
    in_period,
    interval_text,
    joined,
    number_word,
    percent_text,
    signed_percent_text,
    size_phrase,
)

__all__ = ["lead", "summary", "table_title"]


_TIMES = 120
"""From this change in percent on, "2.2 times as many" reads better."""

_MUCH_THE_SAME = 5
"""Changes in percent that nobody would call one, where chance explains them."""


def lead(changes: Sequence[Change], *, signal: str = "", harm: Harm | None = None) -> str:
    """Write the finding of the period in a sentence or two, for the first screen.

    Parameters
    ----------
    changes
        The lines of the report's table.
    signal
        Sentence on what the control charts signal; used where no line of the table stands out.
    harm
        Harm of the same table, which plays a part in what is named first.
    """
    lines = [c for c in changes if c.p_value is not None and not c.total]
    notable = ranked([c for c in lines if c.stands_out], harm=harm)
    total = _all_crime(changes)
    if not notable:
        text = " ".join(filter(None, (_lead_quiet(total, lines), signal)))
    else:
        rest = _sentence(joined([_lead_line(c) for c in notable[:3]]))
        if len(notable) > 3:
            more = number_word(len(notable) - 3).capitalize()
            rest += f" {more} other {_measures(len(notable) - 3)} changed as well."
        text = " ".join(filter(None, (_lead_total(total), rest)))
    return text or "There are no figures that can be compared."


def _lead_quiet(total: Change | None, lines: Sequence[Change]) -> str:
    first = _lead_total(total)
    if not lines:
        return first
    if total is None or total.stands_out or not first:
        return f"{first} No single measure shows a clear change.".strip()
    if abs(total.percent_change or 0) < _MUCH_THE_SAME:
        return f"{first[:-1]}, and no measure shows a clear change."
    return f"{first[:-1]}, nor does any other measure."


def summary(changes: Sequence[Change], *, harm: Harm | None = None) -> tuple[str, ...]:
    """Write the summary of one table: a paragraph each for what a reader needs to know.

    In order: the total, what stands out, what does not, what follows the force and what does
    not, what can't be compared and what is still to come. A thing is said once.
    """
    paragraphs = (
        _total_paragraph(changes),
        *_notable_paragraphs(changes, harm),
        _quiet_paragraph(changes),
        _force_paragraph(changes),
        _refused_paragraph(changes),
        _awaited_paragraph(changes),
    )
    return tuple(filter(None, paragraphs))


def table_title(changes: Sequence[Change]) -> str:
    """Write the title of the table of changes: its finding."""
    tested = [c for c in changes if c.p_value is not None and not c.total]
    notable = sum(c.stands_out for c in tested)
    if not tested:
        return "No measure can be compared"
    if not notable:
        return "No measure shows a clear change"
    if len(tested) == 1:
        verb = "show" if tested[0].measure.plural else "shows"
        return f"{tested[0].measure.label} {verb} a clear change"
    verb = "shows" if notable == 1 else "show"
    first = number_word(notable).capitalize()
    return f"{first} of {number_word(len(tested))} measures {verb} a clear change"


def _all_crime(changes: Sequence[Change]) -> Change | None:
    return next((c for c in changes if c.measure.code == "all-crime"), None)


def _lead_total(total: Change | None) -> str:
    if total is None or total.refused or total.percent_change is None:
        return ""
    counts = f"{count_text(total.after)} against {count_text(total.before)}"
    if not total.stands_out:
        if abs(total.percent_change) < _MUCH_THE_SAME:
            return f"All crime is much the same as {_a_year_ago(total)} ({counts})."
        return f"All crime shows no clear change on {_before(total)} ({counts})."
    size = f"{size_phrase(total.percent_change)}{day_for_day(total)}"
    return f"All crime is {_up_or_down(total)} {size} on {_before(total)} ({counts})."


def _lead_line(change: Change) -> str:
    verb = "are" if change.measure.plural else "is"
    recorded = "recorded " if change.measure.police_activity else ""
    return f"{recorded}{change.measure.phrase} {verb} {_moved(change)}"


def _moved(change: Change, *, told: bool = False) -> str:
    """Write direction and size of a clear change; its counts where they say more.

    With `told` the counts are always there.
    """
    percent = change.percent_change
    if percent is None or change.before is None or change.before < MINIMUM_BASE:
        return f"{_up_or_down(change)}{day_for_day(change)} {_counts(change)}"
    size = size_phrase(percent)
    if percent >= _TIMES:
        size = f"to {1 + percent / 100:.1f} times as many"
    elif size.startswith("about"):
        size = f"by {size}"
    text = f"{_up_or_down(change)} {size}{day_for_day(change)}"
    return f"{text}, {_counts(change)}" if told else text


def _counts(change: Change) -> str:
    """Write both counts; periods of unequal length are set side by side, not run together."""
    before, after = count_text(change.before), count_text(change.after)
    if day_for_day(change):
        return f"with {after} against {before}"
    return f"from {before} to {after}"


def _total_paragraph(changes: Sequence[Change]) -> str:
    total = _all_crime(changes)
    if total is None or total.before is None or total.after is None or total.refused:
        return ""
    counts = (
        f"{_crimes(total.after)} recorded in {total.area.name} {in_period(total.period)}, "
        f"against {count_text(total.before)} {in_period(total.baseline)}."
    )
    return " ".join(filter(None, (counts, _judgement(total), _force_clause(total))))


def _crimes(count: int) -> str:
    """Write how many crimes, with the verb that fits."""
    if count == 0:
        return "No crimes were"
    return f"{count_text(count)} {'crime was' if count == 1 else 'crimes were'}"


def _judgement(change: Change) -> str:
    if change.change == 0:
        return "That is the same number."
    if change.percent_change is None:
        chance = "" if change.stands_out else "chance alone can explain the difference"
        return _sentence(chance) if chance else ""
    size = percent_text(abs(change.percent_change))
    more = f"{'more' if change.percent_change > 0 else 'fewer'}{day_for_day(change)}"
    if not change.stands_out:
        usual = "what chance alone gives" if change.dispersion == 1 else "the usual ups and downs"
        return f"That is {size} {more}, within {usual}."
    return f"That is {size} {more}. {_likely_range(change)}"


def _likely_range(change: Change) -> str:
    if change.lower is None or change.upper is None:
        return ""
    low, high = (100 * (limit - 1) for limit in (change.lower, change.upper))
    if change.verdict == "lower":
        low, high = -high, -low
    direction = "rise" if change.verdict == "higher" else "fall"
    return (
        f"Allowing for chance, the {direction} lies between "
        f"{interval_text(percent_text(low), percent_text(high)).replace(' to ', ' and ')}."
    )


def _force_clause(change: Change) -> str:
    force = change.force
    if force is None or force.percent_change is None:
        return ""
    moved = signed_percent_text(force.percent_change)
    where = f"In all of {force.name} the change is {moved}"
    if force.gap in {"above", "below"}:
        return f"{where}: {change.area.name} lies {force.gap} that by more than chance would give."
    return f"{where}: {change.area.name} can't be told apart from that."


def _notable_paragraphs(changes: Sequence[Change], harm: Harm | None) -> list[str]:
    clear = [c for c in changes if c.stands_out and c.measure.code != "all-crime"]
    return [_notable(change) for change in ranked(clear, harm=harm)]


def _notable(change: Change) -> str:
    verb = "were" if change.measure.plural else "was"
    small = change.percent_change is None or (change.before or 0) < MINIMUM_BASE
    parts = (
        f"{_sentence(change.measure.phrase)[:-1]} {verb} {_moved(change, told=True)}.",
        "" if small else _likely_range(change),
        change.measure.reading,
    )
    return " ".join(filter(None, parts))


def _quiet_paragraph(changes: Sequence[Change]) -> str:
    quiet = [c for c in changes if c.verdict == "no clear change" and c.measure.code != "all-crime"]
    if not quiet:
        return ""
    names = joined([c.measure.phrase for c in quiet])
    if len(quiet) == 1:
        text = f"There is no clear change in {names}."
    elif any(c.stands_out and c.measure.code != "all-crime" for c in changes):
        text = f"There is no clear change in the other {number_word(len(quiet))} measures: {names}."
    else:
        text = f"There is no clear change in any of the {number_word(len(quiet))} measures."
    return " ".join(filter(None, (text, _striking(quiet))))


def _striking(quiet: Sequence[Change]) -> str:
    """Name the differences that look large and that chance explains, so that nobody is misled."""
    large = [c for c in quiet if abs(c.percent_change or 0) >= 18 and not day_for_day(c)]
    large = sorted(large, key=lambda c: -abs(c.percent_change or 0))[:2]
    if not large:
        return ""
    shown = joined(
        [f"{c.measure.phrase} ({count_text(c.before)} to {count_text(c.after)})" for c in large]
    )
    which = "such a difference" if len(large) == 1 else "such differences"
    return f"That includes {shown}: {which} can be chance."


def _force_paragraph(changes: Sequence[Change]) -> str:
    apart = [
        c
        for c in changes
        if c.force is not None
        and c.force.gap in {"above", "below"}
        and c.measure.code != "all-crime"
    ]
    if not apart or apart[0].force is None:
        return ""
    told = sorted(apart, key=lambda c: c.force.p_value or 0 if c.force else 0)[:3]
    parts = [
        f"{c.measure.phrase} ({_here(c)} here, "
        f"{signed_percent_text(c.force.percent_change if c.force else None)} in the force)"
        for c in told
    ]
    number = number_word(len(apart)).capitalize()
    moved = f"{number} {_measures(len(apart))} moved differently from {apart[0].force.name}"
    return f"{moved}{', among them' if len(apart) > 3 else ':'} {joined(parts)}."


def _here(change: Change) -> str:
    if day_for_day(change):
        return f"{signed_percent_text(change.percent_change)}{day_for_day(change)}"
    return f"{count_text(change.before)} to {count_text(change.after)}"


def _refused_paragraph(changes: Sequence[Change]) -> str:
    refused = [c for c in changes if c.refused and c.status != "to be confirmed"]
    if not refused:
        return ""
    reasons = list(dict.fromkeys(c.refused for c in refused))
    totals = [c for c in changes if c.total and c.measure.code != "all-crime" and c.before]
    text = " ".join(reasons)
    for total in totals:
        text += (
            f" Taken together, {total.measure.phrase} went from {count_text(total.before)} to "
            f"{count_text(total.after)}."
        )
    return text


def _awaited_paragraph(changes: Sequence[Change]) -> str:
    awaited = [c.measure.phrase for c in changes if c.status == "to be confirmed"]
    if not awaited:
        return ""
    return f"Still to be confirmed: {joined(awaited)}."


def _up_or_down(change: Change) -> str:
    return "up" if change.verdict == "higher" else "down"


def _before(change: Change) -> str:
    if change.baseline == change.period.baseline():
        return "a year earlier"
    return change.baseline.label


def _a_year_ago(change: Change) -> str:
    before = _before(change)
    return before if before == "a year earlier" else in_period(change.baseline)


def _measures(number: int) -> str:
    return "measure" if number == 1 else "measures"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
