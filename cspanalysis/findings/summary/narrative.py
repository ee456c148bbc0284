"""Sentences made from tested findings: plain English that claims no more than the test does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cspanalysis.findings.changes.force_moves import force_sentence
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.summary.ranking import ranked
from cspanalysis.findings.wording.change_words import possible_sentence
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_period,
    number_word,
    percent_text,
    signed_percent_text,
    size_phrase,
)
from cspanalysis.findings.wording.phrasing import (
    choices,
    counts_text,
    day_for_day,
    is_small,
    likely_range,
    size_text,
    told_change,
    up_or_down,
)
from cspanalysis.vocabulary.listed import joined

__all__ = ["lead", "summary", "table_title"]


_NAMED = 3
"""Measures without a clear change are named up to this number; more stand in the table alone."""

_OF_THE_TOTAL = "Allowing for chance, the {way} lies"
_NAMING = "For {measure}, the likely {way} is"
"""Starts of the sentence on a likely range that no other sentence of a summary shares."""


def lead(
    changes: Sequence[Change], *, signal: Callable[[], str] = str, harm: Harm | None = None
) -> str:
    """Write the finding of the period in a sentence or two, for the first screen.

    Parameters
    ----------
    changes
        The lines of the report's table.
    signal
        Gives the sentence on what the control charts signal; asked only where no line of the table
        stands out, since it takes long to work out.
    harm
        Harm of the same table, which plays a part in what is named first.
    """
    lines = [c for c in changes if c.p_value is not None and not c.total]
    notable = ranked([c for c in lines if c.stands_out], harm=harm)
    total = _all_crime(changes)
    if not notable:
        parts = (_lead_quiet(total, lines), possible_sentence(changes), signal())
        text = " ".join(filter(None, parts))
    else:
        rest = _sentence(joined(_lead_lines(notable[:3])))
        if len(notable) > 3:
            rest += f" {_lead_more(len(notable), len(lines))}"
        text = " ".join(filter(None, (_lead_total(total), rest)))
    return text or _lead_missing(changes) or "There are no figures that can be compared."


def _lead_missing(changes: Sequence[Change]) -> str:
    """Say that a period is not known as a whole, where months of it are missing."""
    reasons = {c.refused for c in changes}
    if len(reasons) > 1 or not any(reasons) or any(c.after is not None for c in changes):
        return ""
    when = in_period(changes[0].period)
    return f"How much was recorded {when} as a whole is not known. {reasons.pop()}"


def _lead_quiet(total: Change | None, lines: Sequence[Change]) -> str:
    first = _lead_total(total)
    if not lines:
        return first
    if total is None or not total.quiet or not first or any(c.possible for c in lines):
        return f"{first} No single measure shows a clear change.".strip()
    if total.verdict == "steady":
        return f"{first} No measure shows a clear change."
    return f"{first[:-1]}, nor does any other measure."


def summary(
    changes: Sequence[Change], *, harm: Harm | None = None, possible: bool = True
) -> tuple[str, ...]:
    """Write the summary of one table: a paragraph each for what a reader needs to know.

    In order: the total, what stands out, what does not, what follows the force and what does
    not, what can't be compared and what is still to come. A thing is said once.

    Parameters
    ----------
    changes
        The lines of the table.
    harm
        Harm of the same table, which plays a part in what is named first.
    possible
        Whether to name possible changes; a first page that names them says it for both.
    """
    paragraphs = (
        _total_paragraph(changes),
        *_notable_paragraphs(changes, harm),
        possible_sentence(changes, counts=True) if possible else "",
        _quiet_paragraph(changes, told=not possible),
        force_sentence(changes),
        _force_paragraph(changes),
        _refused_paragraph(changes),
        _awaited_paragraph(changes),
    )
    return tuple(filter(None, paragraphs))


def table_title(changes: Sequence[Change]) -> str:
    """Write the title of the table of changes: its finding."""
    if all(c.before is None for c in changes):
        return "Counts and rates"
    tested = [c for c in changes if c.p_value is not None and not c.total]
    notable = sum(c.stands_out for c in tested)
    if not tested:
        return "No measure can be compared"
    if not notable:
        some = sum(c.possible for c in tested)
        more = f"; {number_word(some)} possibly changed" if some else ""
        return f"No measure shows a clear change{more}"
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
    counts = counts_text(total).removeprefix("from ").removeprefix("with ")
    days = day_for_day(total)
    if not total.stands_out:
        if total.possible:
            way = "up" if total.verdict == "possibly higher" else "down"
            return f"All crime is possibly {way}{days} on {_before(total)} ({counts})."
        if total.verdict == "steady":
            return f"All crime is much the same{days} as {_a_year_ago(total)} ({counts})."
        return f"All crime shows no clear change{days} on {_before(total)} ({counts})."
    size = "" if is_small(total) else f" {size_phrase(total.percent_change)}"
    moved = f"{up_or_down(total)}{size}{days}"
    return f"All crime is {moved} on {_before(total)} ({counts})."


def _lead_lines(notable: Sequence[Change]) -> list[str]:
    """Write a clause each; one that moved the same way as the one before leaves out the verb."""
    clauses = []
    for place, change in enumerate(notable):
        recorded = "recorded " if change.measure.police_activity else ""
        verb = "are" if change.measure.plural else "is"
        shared = place > 0 and notable[place - 1].verdict == change.verdict
        alone = len({c.verdict for c in notable}) < len(notable)
        move = "" if shared else f" {verb} {up_or_down(change)}"
        clauses.append(f"{recorded}{change.measure.phrase}{move} {_moved(change, by=alone)}")
    return clauses


def _lead_more(clear: int, compared: int) -> str:
    if clear - 3 > 9:
        return f"In all, {count_text(clear)} of {count_text(compared)} measures changed clearly."
    more = number_word(clear - 3).capitalize()
    return f"{more} other {_measures(clear - 3)} changed as well."


def _moved(change: Change, *, by: bool) -> str:
    """Write the size of a clear change, or its counts where they say more."""
    if is_small(change):
        return f"{day_for_day(change)} {counts_text(change)}".strip()
    return f"{size_text(change, by=by, up=True)}{day_for_day(change)}"


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
    if change.percent_change is None or (change.before or 0) < MINIMUM_BASE:
        if change.possible:
            return "That is possibly a change."
        clear = change.stands_out
        return "That is a clear change." if clear else "Chance alone can explain the difference."
    size = size_phrase(change.percent_change).removeprefix("about ")
    size = percent_text(abs(change.percent_change)) if "%" not in size else size
    more = f"{'more' if change.percent_change > 0 else 'fewer'}{day_for_day(change)}"
    if change.possible:
        return f"That is {size} {more}, possibly a change. {likely_range(change)}".strip()
    if not change.stands_out:
        usual = "what chance alone gives" if change.dispersion == 1 else "the usual ups and downs"
        return f"That is {size} {more}, within {usual}."
    return f"That is {size} {more}. {likely_range(change, start=_OF_THE_TOTAL)}".strip()


def _force_clause(change: Change) -> str:
    force = change.force
    if force is None or force.percent_change is None:
        return ""
    moved = signed_percent_text(force.percent_change)
    where = f"In {_whole_force(change)} the change is {moved}."
    if force.gap in {"above", "below"}:
        return f"{where} The change here lies {force.gap} that by more than chance would give."
    return f"{where} The change here can't be told apart from that."


def _whole_force(change: Change) -> str:
    """Name the force; "Dorset" alone would not say whether it is the area or its force."""
    if change.force is None or _share_a_name(change):
        return "the force as a whole"
    return f"all of {change.force.name}"


def _share_a_name(change: Change) -> bool:
    return change.force is not None and change.force.name == change.area.name


def _notable_paragraphs(changes: Sequence[Change], harm: Harm | None) -> list[str]:
    clear = ranked(
        [c for c in changes if c.stands_out and c.measure.code != "all-crime"], harm=harm
    )
    told: list[str] = []
    readings: dict[str, Change] = {}
    for change, turn in zip(clear, choices(clear, 3), strict=True):
        limits = "" if is_small(change) else likely_range(change)
        if not change.measure.crime or any(limits in paragraph for paragraph in told):
            limits = limits and likely_range(change, start=_NAMING)
        reading = _reading(change, readings)
        told.append(" ".join(filter(None, (told_change(change, turn), limits, reading))))
    return told


def _reading(change: Change, readings: dict[str, Change]) -> str:
    """Say how a measure must be read; once for all that are read alike."""
    first = readings.setdefault(change.measure.reading, change)
    if first is change or not change.measure.reading:
        return change.measure.reading
    return f"What was said of {first.measure.phrase} holds for {change.measure.phrase} too."


def _quiet_paragraph(changes: Sequence[Change], *, told: bool) -> str:
    """Count what shows no clear change; `told` says that possible ones stand on the first page."""
    parts = [c for c in changes if c.measure.code != "all-crime"]
    quiet, possible = [c for c in parts if c.quiet], any(c.possible for c in parts)
    if not quiet:
        return ""
    number, turn = number_word(len(quiet)), choices(quiet[:1], 2, of="quiet")[0]
    named = f": {_names(quiet)}" if len(quiet) <= _NAMED else ""
    tested = len(quiet) + sum(c.stands_out or c.possible for c in parts)
    if told and possible and len(quiet) > 1:
        of = f"{number.capitalize()} of the {number_word(tested)} measures"
        text = f"{of} stay within their usual swings{named}."
    elif len(quiet) == 1:
        text = f"There is no clear change in {quiet[0].measure.phrase}."
    elif tested > len(quiet):
        text = (
            f"There is no clear change in the other {number} measures{named}.",
            f"The other {number} measures show no clear change{named}.",
        )[turn]
    else:
        text = (
            f"There is no clear change in any of the {number} measures.",
            f"None of the {number} measures shows a clear change.",
        )[turn]
    return " ".join(filter(None, (text, _striking(quiet))))


def _striking(quiet: Sequence[Change]) -> str:
    """Name the differences that look large and that chance explains, so that nobody is misled."""
    large = [
        c
        for c in quiet
        if c.verdict == "can't tell" and abs(c.percent_change or 0) >= 18 and not day_for_day(c)
    ]
    large = sorted(large, key=lambda c: -abs(c.percent_change or 0))[:2]
    if not large:
        return ""
    shown = joined(
        [f"{c.measure.phrase} ({count_text(c.before)} to {count_text(c.after)})" for c in large]
    )
    return f"That includes {shown}, which can be chance."


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
    number = number_word(len(apart)).capitalize()
    name = "the force" if _share_a_name(apart[0]) else apart[0].force.name
    moved = f"{number} {_measures(len(apart))} moved differently from {name}."
    turns = choices(told, 2, of="force")
    return " ".join([moved, *(_apart(c, turn) for c, turn in zip(told, turns, strict=True))])


def _apart(change: Change, turn: int) -> str:
    """Set one measure beside the force."""
    what, counts = change.measure.phrase, counts_text(change)
    percent = signed_percent_text(change.force.percent_change if change.force else None)
    went = "stood here" if change.by_day else "went"
    if turn:
        return f"In the force, {what} changed by {percent}; here the number {went} {counts}."
    here = "" if change.by_day else " here"
    return f"{_sentence(what)[:-1]} {went} {counts}{here}, against {percent} in the force."


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
    awaited = [c for c in changes if c.status == "to be confirmed"]
    if not awaited:
        return ""
    if len(awaited) > _NAMED:
        return f"{number_word(len(awaited)).capitalize()} measures are still to be confirmed."
    return f"Still to be confirmed: {_names(awaited)}."


def _names(changes: Sequence[Change]) -> str:
    """List measures; "criminal damage and arson" is one measure, so the two never stand so."""
    names = [c.measure.phrase for c in changes]
    pair = {"criminal damage", "arson"}
    return joined(sorted(names, key=lambda name: name != "arson") if pair <= set(names) else names)


def _before(change: Change) -> str:
    if change.baseline == change.period.baseline(years=1):
        return "a year earlier"
    return change.baseline.label


def _a_year_ago(change: Change) -> str:
    before = _before(change)
    return before if before == "a year earlier" else in_period(change.baseline)


def _measures(number: int) -> str:
    return "measure" if number == 1 else "measures"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
