"""Evidence: what a report holds of each thing that the law asks for.

A requirement is met by content: counts, names, texts that people wrote. A heading, or a block that
says that nothing is recorded, meets nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cspanalysis.findings.wording.numbers import number_word, period_text
from cspanalysis.findings.wording.sentences import counted, date_text, sentence, some_of
from cspanalysis.findings.work.statutory import Duty, Evidence, StatutoryMap
from cspanalysis.partnership.law import coming, jurisdiction, legal_name, theme
from cspanalysis.partnership.requirements import EXEMPT, Requirement, requirements
from cspanalysis.store.places import Places
from cspanalysis.vocabulary.listed import joined, many

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["statutory_map_of"]

Look = Callable[["Facts"], Evidence]
DISTRICT = "E07"
"""Codes of councils that lie in a county of two tiers begin so."""


def statutory_map_of(facts: Facts) -> StatutoryMap:
    """Hold a report against what the law of its area asked for at the end of its period."""
    where, on = jurisdiction(facts.area), facts.period.end
    asked = requirements(where, on=on)
    duties = tuple(Duty(one, _evidence(facts, one)) for one in asked)
    return StatutoryMap(duties, coming(where, on=on))


def _evidence(facts: Facts, asked: Requirement) -> Evidence:
    found = [_looked(facts, asked, name) for name in asked.evidence]
    best = next((one for one in found if one.met is not False), found[0])
    unshown = best.met is False and facts.file is not None and bool(facts.file.fields)
    if unshown and _evidence(facts.sensitive_twin, asked).met:
        return Evidence(True, "What shows it is held, and left out of this edition.")
    return best


def _looked(facts: Facts, asked: Requirement, name: str) -> Evidence:
    if name == EXEMPT:
        return Evidence(None, asked.note)
    if name == "duty":
        return _written(facts, asked.key)
    if name.startswith("theme:"):
        return _theme(facts, name.removeprefix("theme:"))
    return _LOOKS[name](facts)


def _written(facts: Facts, key: str) -> Evidence:
    duty = facts.partnership.duties.get(key) if facts.partnership else None
    if duty is None:
        return Evidence(
            False, f"Nothing is recorded of it: say how it is met under 'duties: {key}'."
        )
    dated = f", {date_text(duty.date, otherwise='')}" if duty.date else ""
    shown = f" ({duty.document}{dated})" if duty.document else ""
    return Evidence(True, f"{duty.text.rstrip('.')}{shown}.")


def _theme(facts: Facts, key: str) -> Evidence:
    held = {c.measure.code for c in facts.changes if c.after is not None}
    held |= {c.measure.code for c in facts.partner_changes if c.after is not None}
    held |= {one.measure.code for one in facts.recorded.indicators}
    names = [m.phrase for m in theme(key).measures if m.code in held]
    if not names:
        why = f"There is no figure of it: bring one in, or say why under 'duties: theme-{key}'."
        return Evidence(False, why)
    more = f" and {number_word(len(names) - 3)} more" if len(names) > 3 else ""
    listed = ", ".join(names[:3]) if more else joined(names)
    return Evidence(True, f"Figures of {listed}{more}.")


def _police_plan(facts: Facts) -> Evidence:
    if facts.recorded.crosswalk is None:
        return Evidence(False, "No police and crime plan is recorded.")
    served = len(facts.recorded.crosswalk.plan.objectives) > len(facts.recorded.crosswalk.unserved)
    return Evidence(served, f"{facts.recorded.crosswalk.title}.")


def _partners(facts: Facts) -> Evidence:
    found = facts.recorded.partners_found
    said = f"{found.title}." if not found.missing else found.sentences[0]
    return Evidence(not found.missing, said)


def _agreed(facts: Facts) -> Evidence:
    signed = facts.partnership.sign_off if facts.partnership else None
    if signed is None:
        return Evidence(False, "No sign-off is recorded.")
    if signed.agreed is None:
        return Evidence(False, f"{signed.group} has not agreed it yet.")
    when = date_text(signed.agreed, otherwise="")
    return Evidence(True, f"Agreed by {signed.group} on {when}, version {signed.version}.")


def _yearly(facts: Facts) -> Evidence:
    signed = facts.partnership.sign_off if facts.partnership else None
    if len(facts.period.months) < 12:
        return Evidence(False, f"It covers {counted(len(facts.period.months), 'month')}.")
    if signed is None or signed.previous is None:
        return Evidence(False, "The date of the previous assessment is not recorded.")
    before = date_text(signed.previous, otherwise="")
    return Evidence(True, f"It covers {facts.period.label}; the one before is of {before}.")


def _levels(facts: Facts) -> Evidence:
    known = [c for c in (*facts.changes, *facts.partner_changes) if c.after is not None]
    if not known:
        return Evidence(False, "There are no counts.")
    rates = sum(c.rate is not None for c in known)
    places = sum(p.concentration is not None for p in facts.patterns)
    said = (
        f"Counts of {counted(len(known), 'measure')}, rates of {number_word(rates)}, places of "
        f"{number_word(places)}."
    )
    return Evidence(True, said)


def _changes(facts: Facts) -> Evidence:
    lines = (*facts.changes, *facts.partner_changes)
    tested = sum(c.verdict is not None for c in lines)
    if not tested:
        return Evidence(False, f"No measure could be compared with {period_text(facts.baseline)}.")
    return Evidence(
        True, f"{counted(tested, 'measure')} compared with {period_text(facts.baseline)}."
    )


def _reasons(facts: Facts) -> Evidence:
    lines = (*facts.changes, *facts.partner_changes)
    clear = {c.measure for c in lines if c.stands_out and c.measure.code != "all-crime"}
    if not _changes(facts).met:
        return Evidence(False, "No change is known, so none is explained.")
    if not clear:
        return Evidence(True, "No measure shows a clear change, so there is none to explain.")
    told = {c.measure for p in facts.strategy.priority_findings for c in p.changes if c.stands_out}
    if left := sorted(measure.phrase for measure in clear - told):
        verb = "changes" if len(left) == 1 else "change"
        said = f"{sentence(joined(left))} {verb} clearly and {_are(left)} of no priority"
        if not clear & told:
            return Evidence(False, f"{said}, so no clear change is explained.")
        said = f"Explanations of {counted(len(clear & told), 'clear change')}. {said}."
        return Evidence(True, said)
    return Evidence(True, f"Explanations of {counted(len(clear), 'clear change')}.")


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _priorities(facts: Facts) -> Evidence:
    held = facts.partnership.priorities if facts.partnership else ()
    if not held:
        return Evidence(False, "No priorities are recorded.")
    bare = [f"'{p.title}'" for p in held if not (p.why or p.scores)]
    if bare:
        return Evidence(False, f"There is no reason and no score for {joined(bare)}.")
    return Evidence(True, f"{counted(len(held), 'priority')}, each with a reason or scores.")


def _consultation(facts: Facts) -> Evidence:
    shown = [v for v in facts.recorded.views if any(not o.hidden for o in v.opinions)]
    if not shown:
        return Evidence(False, "No consultation is recorded.")
    people = sum(max(o.answered for o in v.opinions) for v in shown)
    names = joined([v.consultation.title for v in shown])
    return Evidence(True, f"{many(people, 'person')} answered: {names}.")


def _progress(facts: Facts) -> Evidence:
    if facts.recorded.progress is None or not facts.recorded.progress.actions:
        return Evidence(False, "No action of a last plan is recorded.")
    return Evidence(True, f"{facts.recorded.progress.title}.")


def _plan(facts: Facts) -> Evidence:
    held = facts.partnership.priorities if facts.partnership else ()
    if not held:
        return Evidence(False, "No priorities are recorded.")
    lacking = {
        "a target": [p for p in held if not any(aim.target for aim in p.measures)],
        "actions": [p for p in held if not p.actions],
    }
    for what, bare in lacking.items():
        if bare:
            return Evidence(
                False, f"{joined([p.title for p in bare])}: no {what.removeprefix('a ')}."
            )
    if facts.recorded.money is None:
        return Evidence(False, "How resources are shared out is not recorded: see 'funding'.")
    return Evidence(True, f"{counted(len(held), 'priority')} with targets, actions and money.")


def _two_tiers(facts: Facts) -> Evidence:
    councils = (
        [facts.area.code]
        if facts.area.kind == "lad"
        else Places.shipped().within(facts.area, "lad")
    )
    if not any(str(code).startswith(DISTRICT) for code in councils):
        return Evidence(None, "There is one tier of council here.")
    return _written(facts, "county-agreement")


def _engagement(facts: Facts) -> Evidence:
    if facts.recorded.met is None or not facts.recorded.met.qualifying:
        return Evidence(False, "No public meeting with senior officers is recorded in the year.")
    reached = [g for m in facts.recorded.met.meetings for g in m.groups]
    reached += [group for view in facts.recorded.views for group, _ in view.groups]
    if not reached:
        return Evidence(False, "Which groups were reached is not recorded.")
    groups = counted(len(dict.fromkeys(reached)), "group")
    return Evidence(True, f"{facts.recorded.met.title}; {groups} reached.")


def _distribution(facts: Facts) -> Evidence:
    signed = facts.partnership.sign_off if facts.partnership else None
    sent = signed.sent if signed else ()
    body = legal_name("police-body", on=facts.period.end)
    names = (body.name, body.short.casefold(), "mayor")
    if any(name in receiver.casefold() for receiver in sent for name in names):
        return Evidence(True, f"Sent to {joined(sent)}.")
    return Evidence(False, f"The {body.name} is not among those it was sent to.")


def _section_17(facts: Facts) -> Evidence:
    if facts.recorded.recommended is None:
        return Evidence(False, "No recommendation is recorded.")
    said, of = len(facts.recorded.recommended.duties), len(facts.recorded.recommended.items)
    if said < of:
        lacking = some_of(of - said, of, "recommendation", "without a line on it")
        return Evidence(False, f"{lacking}.")
    return Evidence(True, f"A line on it under {counted(of, 'recommendation')}.")


def _scrutiny(facts: Facts) -> Evidence:
    held = facts.partnership.committee if facts.partnership else None
    if held is None or held.date is None:
        return Evidence(False, "No meeting of a committee is recorded.")
    return Evidence(True, f"{held.name}, {date_text(held.date, otherwise='')}.")


def _serious_violence(facts: Facts) -> Evidence:
    held = facts.partnership.priorities if facts.partnership else ()
    chosen = [p for p in held if p.theme == "serious-violence" and p.why and p.measures]
    if not chosen:
        return Evidence(False, "No priority on it has a reason and a measure.")
    return Evidence(True, f"A priority on it: {joined([p.title for p in chosen])}.")


def _death_reviews(facts: Facts) -> Evidence:
    return _register(facts, facts.recorded.death_register, "death-review")


def _case_reviews(facts: Facts) -> Evidence:
    return _register(facts, facts.recorded.case_register, "asb-case-review")


def _register(facts: Facts, register: object, key: str) -> Evidence:
    rows = getattr(register, "rows", {})
    name = legal_name(key, on=facts.period.end)
    if not rows:
        return Evidence(
            False, f"No {name.name} is recorded; record a year of zeros if there was none."
        )
    years = list(rows)
    span = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return Evidence(True, f"{sentence(name.plural)} of {span}.")


def _equality(facts: Facts) -> Evidence:
    held = facts.partnership.committee if facts.partnership else None
    if held is None or held.equality is None:
        return Evidence(False, "No words on equality are recorded.")
    return Evidence(True, held.equality)


def _supplied(facts: Facts) -> Evidence:
    sets = [s for p in facts.recorded.partners_found.everyone for s in p.supplied]
    dated = [s for s in sets if s.received]
    if not dated:
        return Evidence(False, "No data set is recorded with the date on which it was received.")
    return Evidence(True, f"{counted(len(dated), 'data set')} received, with dates.")


_LOOKS: dict[str, Look] = {
    "agreed": _agreed,
    "case-reviews": _case_reviews,
    "changes": _changes,
    "consultation": _consultation,
    "death-reviews": _death_reviews,
    "distribution": _distribution,
    "engagement": _engagement,
    "equality": _equality,
    "levels": _levels,
    "partners": _partners,
    "plan": _plan,
    "police-plan": _police_plan,
    "priorities": _priorities,
    "progress": _progress,
    "reasons": _reasons,
    "scrutiny": _scrutiny,
    "section-17": _section_17,
    "serious-violence": _serious_violence,
    "supplied": _supplied,
    "two-tiers": _two_tiers,
    "yearly": _yearly,
}
