"""Projects: what they delivered, what that cost, and whether counts fell where they worked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.disclosure.answers import hidden_parts
from cspanalysis.disclosure.rules import Rules
from cspanalysis.errors import StoreError, UsageError
from cspanalysis.findings.values import LEFT_OUT, Value
from cspanalysis.findings.wording.numbers import (
    SUPPRESSED,
    count_text,
    interval_text,
    percent_text,
    rate_text,
    signed_text,
)
from cspanalysis.findings.wording.sentences import plural, pounds_text, sentence
from cspanalysis.partnership.work import Evaluation, Output, Project
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.listed import many

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["Delivered", "Effect", "counter", "effect_of", "withheld_effect"]

FEWEST = 20
"""Crimes in all four counts together below which a difference says next to nothing."""
_PEOPLE = re.compile(
    r"(?:young-|older-)?(?:adults|attendees|children|families|learners|participants|people|pupils|"
    r"residents|students|victims)\b"
)
_ANYBODY = re.compile(
    r"(?:^|-)(?:adults|attendees|boys|carers|children|clients|couples|families|fathers|girls|"
    r"households|learners|men|mothers|offenders|parents|participants|patients|people|"
    r"perpetrators|persons|pupils|residents|students|survivors|teenagers|tenants|users|victims|"
    r"women|workers|youths)(?:-|$)"
)
_FURTHER = re.compile(r"-(?:about|at|by|for|from|in|of|on|that|to|who|whose|with)-")
"""Where what is counted is described further: "hours with young people" are hours."""
Counter = Callable[[tuple[str, ...], Measure, Period], int]
"""Counts a measure in LSOAs and a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Hold whether counts fell more where a project worked than in its control area.

    Parameters
    ----------
    evaluation
        What was compared.
    treated, control
        Counts before and after.
    total, lower, upper
        The difference beyond the control's, displacement included, with its 95 % interval; below
        zero: fewer than expected.
    source
        Where the counts come from.
    refused
        Why it can't be said; empty where it can.
    """

    evaluation: Evaluation
    treated: tuple[int, int] = (0, 0)
    control: tuple[int, int] = (0, 0)
    total: float = 0.0
    lower: float = 0.0
    upper: float = 0.0
    source: str = ""
    refused: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether it is clear."""
        return not self.refused and (self.upper < 0 or self.lower > 0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, in words, and the counts that it rests on."""
        if self.refused:
            return (f"Whether it worked can't be said: {self.refused}",)
        return tuple(filter(None, (self._found, self._counts, self._length, self._few)))

    @property
    def _found(self) -> str:
        what = self.evaluation.measure.phrase
        limits = interval_text(signed_text(self.lower), signed_text(self.upper))
        if round(self.total) == 0:
            return f"Records of {what} changed as in the control area ({limits})."
        way = "fewer" if self.total < 0 else "more"
        size = round(abs(self.total))
        records = f"{count_text(size)} {way} {plural('record', size)} of {what}"
        found = f"{records} than the control area leads to expect"
        if self.is_clear:
            return f"{found}: {limits}. Chance alone does not explain that."
        return f"{found}, but chance may explain it: {limits}."

    @property
    def _counts(self) -> str:
        here, there = (
            f"from {count_text(a)} to {count_text(b)}" for a, b in (self.treated, self.control)
        )
        return (
            f"Where the project worked counts went {here}. In the control area they went {there}. "
            f"They are of {self.evaluation.before.label} and {self.evaluation.after.label} "
            f"({self.source})."
        )

    @property
    def _length(self) -> str:
        before, after = (len(p.months) for p in (self.evaluation.before, self.evaluation.after))
        if before == after:
            return ""
        return (
            f"The later counts are set to the length of the earlier ones, {many(before, 'month')}."
        )

    @property
    def _few(self) -> str:
        if sum((*self.treated, *self.control)) >= FEWEST:
            return ""
        return "These counts are too small to tell much."


@dataclass(frozen=True)
class Delivered:
    """Hold what one project delivered.

    Parameters
    ----------
    project
        The project, as the file gives it.
    effect
        Whether it worked; None where nobody evaluated it.
    rules
        Of a public edition, which leaves small numbers of people out; None of a sensitive one.
    """

    project: Project
    effect: Effect | None
    rules: Rules | None = None

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Which outputs, by their places, a public edition leaves out: of few people."""
        if self.rules is None:
            return frozenset()
        held = [(place, o) for place, o in enumerate(self.project.outputs) if self._is_people(o)]
        few = {place for place, o in held if self.rules.is_small(o.number)}
        for _, whole in held:
            parts = [(place, o) for place, o in held if o.of == whole.what]
            numbers = [int(o.number) for _, o in parts]
            left_out = hidden_parts(
                numbers, totals=[int(whole.number)], threshold=self.rules.threshold
            )
            for (place, one), secret in zip(parts, left_out, strict=True):
                if secret or self.rules.is_small(whole.number - one.number):
                    few.add(place)
        return frozenset(few)

    @property
    def note(self) -> str:
        """Why numbers are left out; empty where none is."""
        if not self.hidden or self.rules is None:
            return ""
        return (
            f"{SUPPRESSED}: numbers of people from 1 to {self.rules.threshold - 1} and others that "
            "would tell them are kept back: they could point at people."
        )

    @cached_property
    def participants(self) -> Output | None:
        """The output that counts all people reached, the first one listed; None without one."""
        whole = (o for o in self.project.outputs if o.of is None and o.number >= 1)
        return next((o for o in whole if _PEOPLE.match(slug_of(o.what))), None)

    @property
    def cost_each(self) -> float | None:
        """Cost for each person reached; None without a cost or a count of people."""
        if self.project.cost is None or self.participants is None:
            return None
        if self.project.outputs.index(self.participants) in self.hidden:  # it would tell how many
            return None
        return self.project.cost / self.participants.number

    @property
    def outputs(self) -> tuple[str, ...]:
        """What was delivered, each with its number and unit."""
        return tuple(self._written(place) for place in range(len(self.project.outputs)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the project is and whether it worked."""
        about = self.project.about or ""
        unknown = "" if self.effect else "Nobody has tested whether it made a difference."
        effect = " ".join(self.effect.sentences) if self.effect else unknown
        return tuple(filter(None, (about, effect)))

    def values(self) -> Iterator[Value]:
        """Give the project's numbers by key."""
        start, name = f"project.{slug_of(self.project.name)}", self.project.name
        for place, output in enumerate(self.project.outputs):
            shown = place not in self.hidden
            yield Value(
                key=f"{start}.{slug_of(output.what)}",
                value=output.number if shown else None,
                text=_number_text(output.number) if shown else LEFT_OUT,
                unit=output.what,
                label=f"{name}: {output.what}",
            )
        yield from self._money(start, name)
        if self.effect and not self.effect.refused:
            yield Value(
                key=f"{start}.difference",
                value=self.effect.total,
                text=signed_text(self.effect.total),
                unit="count",
                lower=self.effect.lower,
                upper=self.effect.upper,
                label=f"{name}: records less what the control area leads to expect",
            )
            yield from self._counted(start, name, self.effect)

    def _counted(self, start: str, name: str, effect: Effect) -> Iterator[Value]:
        for key, count, where, span in (
            ("before", effect.treated[0], "where the project worked", effect.evaluation.before),
            ("after", effect.treated[1], "where the project worked", effect.evaluation.after),
            ("control-before", effect.control[0], "in the control area", effect.evaluation.before),
            ("control-after", effect.control[1], "in the control area", effect.evaluation.after),
        ):
            yield Value(
                key=f"{start}.{key}",
                value=count,
                text=count_text(count),
                unit="count",
                label=f"{name}: records {where}, {span.label}",
            )

    def _money(self, start: str, name: str) -> Iterator[Value]:
        for key, amount, label in (
            ("cost", self.project.cost, "cost"),
            ("cost-each", self.cost_each, "cost for each person reached"),
        ):
            if amount is not None:
                text = pounds_text(round(amount) if key == "cost-each" else amount)
                yield Value(
                    key=f"{start}.{key}",
                    value=amount,
                    text=text,
                    unit="£",
                    label=f"{name}: {label}",
                )

    def _is_people(self, output: Output) -> bool:
        counted = (output, *(o for o in self.project.outputs if o.what == output.of))
        heads = (_FURTHER.split(slug_of(o.what))[0] for o in counted)
        return any(_ANYBODY.search(head) for head in heads)

    def _written(self, place: int) -> str:
        output = self.project.outputs[place]
        if place in self.hidden:
            return f"{SUPPRESSED} {output.what}"
        text = f"{_number_text(output.number)} {output.what}"
        named = (n for n, o in enumerate(self.project.outputs) if o.what == output.of)
        at = next(named, place)
        whole = None if at == place or at in self.hidden else self.project.outputs[at]
        if whole is None or not whole.number:
            return f"{text} of {output.of}" if output.of else text
        share = percent_text(100 * output.number / whole.number)
        return f"{text} ({share} of the {_number_text(whole.number)} {whole.what})"


def effect_of(evaluation: Evaluation, *, count: Counter, rules: Rules | None = None) -> Effect:
    """Test whether counts fell more where a project worked than in its control area.

    Parameters
    ----------
    evaluation
        Counts, or the places in which to count.
    count
        Counts a measure in LSOAs and a period.
    rules
        Of a public edition, which tells nothing of an effect behind which small counts stand.

    Returns
    -------
    Effect
        With `refused` set where the store lacks months that are needed, or counts are small.

    Raises
    ------
    UsageError
        If a place or measure is not one that can be counted.
    """
    if evaluation.treated and evaluation.control:
        treated, control = evaluation.treated, evaluation.control
        return _tested(evaluation, treated, control, str(evaluation.source), rules)
    try:
        treated, control = (
            (
                count(places, evaluation.measure, evaluation.before),
                count(places, evaluation.measure, evaluation.after),
            )
            for places in (evaluation.treated_places, evaluation.control_places)
        )
    except StoreError as error:
        return Effect(evaluation=evaluation, refused=sentence(f"{error}."))
    return _tested(evaluation, treated, control, "counted from data.police.uk by LSOA", rules)


def withheld_effect(evaluation: Evaluation, rules: Rules) -> Effect:
    """Give what a public edition says of a test that would tell small counts beside others."""
    why = (
        f"beside other counts it would tell {rules.small}, which are kept back: they could point "
        "at people."
    )
    return Effect(evaluation=evaluation, refused=why)


def counter(store: Store, area: Area) -> Counter:
    """Give what counts a measure in LSOAs of an area; places elsewhere are refused."""

    def count(places: tuple[str, ...], measure: Measure, period: Period) -> int:
        counts = store.by_area("lsoa", within=area, period=period, measures=[measure.code])
        if strange := sorted(set(places) - set(counts.index)):
            raise UsageError(
                f"an evaluation names {strange[0]}, which is no LSOA of 2021 in {area.label}"
            )
        found = counts.loc[list(places), measure.code]
        if found.isna().any():
            divided = found.index[found.isna()][0]
            raise StoreError(
                f"{area.label}, {period.label}: {divided} is a part of an LSOA divided since, "
                "whose earlier counts can't be shared out; test later months, or other places"
            )
        return int(found.sum())

    return count


def _tested(
    evaluation: Evaluation,
    treated: tuple[int, int],
    control: tuple[int, int],
    source: str,
    rules: Rules | None,
) -> Effect:
    from cspanalysis.methods import weighted_displacement_difference

    near = evaluation.displacement_treated or (0, 0)
    beyond = evaluation.displacement_control or (0, 0)
    if rules and any(map(rules.is_small, (*treated, *control, *near, *beyond))):
        why = f"{rules.small} stand behind it and are kept back: they could point at people."
        return Effect(evaluation=evaluation, refused=why)
    row = weighted_displacement_difference(
        treated,
        control,
        displacement_treated=near,
        displacement_control=beyond,
        time_weights=(1, len(evaluation.after.months) / len(evaluation.before.months)),
    ).iloc[0]
    return Effect(
        evaluation=evaluation,
        treated=treated,
        control=control,
        total=float(row["total"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        source=source,
    )


def _number_text(number: float) -> str:
    return count_text(number) if float(number).is_integer() else rate_text(number)
