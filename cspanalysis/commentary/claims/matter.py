"""What a statement is held against, and the verdict that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from cspanalysis.commentary.claims.claim import Claim, ClaimVerdict, HeldAgainst
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.numbers import Written
from cspanalysis.commentary.claims.place_and_time import Place, Time
from cspanalysis.commentary.claims.sentences import Sentence
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value, key_of, values_of
from cspanalysis.findings.wording.numbers import count_text, in_period, signed_percent_text
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.listed import joined

__all__ = [
    "NOT_A_RATE", "NOT_HELD", "NO_COUNT", "NO_MEASURE", "NO_TARGET", "OF_A_PART", "OF_PEOPLE",
    "WHICH_YEAR",
    "Matter", "Ruling", "Weight", "absent", "claim_of", "counts_fit", "facts", "not_read",
    "way_fits", "weight_of",
]  # fmt: skip


Weight = Literal["clear", "possible", "steady", "unknown", "untested"]
"""What the word of a line says beside its direction; a line that no test was made of has none."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Hold how a statement was judged."""

    verdict: ClaimVerdict
    rule: str
    reason: str
    held_against: HeldAgainst | None = None

    @classmethod
    def of(cls, right: bool, rule: str, reason: str, *held: Value) -> Ruling:
        """Judge right or wrong, by the values that it was held against."""
        against = HeldAgainst(" ".join(v.key for v in held), " and ".join(v.text for v in held))
        verdict: ClaimVerdict = "supported" if right else "contradicted"
        return cls(verdict, rule, reason, against if held else None)


@dataclass(frozen=True, slots=True)
class Matter:
    """Hold a statement with the change that it is held against, and where and when it holds.

    Parameters
    ----------
    statement, change
        What is said, and of what.
    place, time
        Where and when it is said to hold.
    extra
        Further values by key.
    history
        Counts further back.
    span
        The span that is named for it; None where it is none of the two periods' or not known.
    chance_said
        Whether the sentence itself says that chance can explain the change.
    """

    statement: Statement
    change: Change
    place: Place
    time: Time
    extra: Mapping[str, Value]
    history: History
    span: Period | None = None
    chance_said: bool = False

    def recorded(self, reason: str, *names: str) -> Ruling:
        """Judge what the counts bear, but not beyond how much they vary."""
        ruling = self.ruling(True, "as recorded", reason, *names)
        return replace(ruling, verdict="as recorded")

    def ruling(self, right: bool | None, rule: str, reason: str, *names: str) -> Ruling:
        """Judge: right, wrong, or (None) not to be judged; `names` are the values held against."""
        verdict: ClaimVerdict = "not traceable"
        if right is not None:
            verdict = "supported" if right else "contradicted"
        values = values_of([self.change]) if names else {}
        held = [values[key_of(self.change, name)] for name in names]
        joint = " to " if "count" in names else " against "
        against = HeldAgainst(
            " ".join(value.key for value in held), joint.join(value.text for value in held)
        )
        return Ruling(verdict, rule, reason, against if held else None)


NO_MEASURE = Ruling(
    "not traceable",
    "no measure named",
    "The assessment has no value that this speaks of. Name the measure, or give a source.",
)
OF_A_PART = Ruling(
    "not traceable",
    "part of a measure",
    "This speaks of a part of the measure, or of a target, which the assessment does not hold.",
)
OF_PEOPLE = Ruling(
    "not traceable", "opinion", "This tells what people think, not what was recorded."
)
NO_TARGET = Ruling(
    "not traceable", "target", "The assessment holds no target of this measure for these months."
)
NO_COUNT = Ruling("not traceable", "number", "No value of the assessment says what this number is.")
NOT_A_RATE = Ruling(
    "not traceable",
    "other area",
    "Areas differ in size: say whose rates are compared, and the assessment may hold them.",
)
WHICH_YEAR = Ruling(
    "not traceable", "other time", "Say whether the year to date begins in April or in January."
)
NOT_HELD = Ruling("not traceable", "no figure", "The assessment has no figure of this measure.")


def not_read(words: str, ruling: Ruling) -> Ruling:
    """Tell of words that may change what a sentence means, which is then not judged wrong.

    What would contradict it is told, so that its writer can see whether it is meant.
    """
    reason = f"'{words}' may mean that this speaks of something else than: {ruling.reason}"
    return Ruling("not traceable", "words not read", reason)


def weight_of(change: Change) -> Weight:
    """Tell what the word of a line claims; its direction is that of the counts.

    Examples
    --------
    "higher" and "lower" are clear, "possibly higher" is possible, "steady" is steady, and "can't
    tell" (or "no clear change") is unknown.
    """
    word = str(change.verdict or "")
    if not word:
        return "untested"
    if word.startswith("possibly"):
        return "possible"
    return "clear" if word in {"higher", "lower"} else "steady" if word == "steady" else "unknown"


def absent(matter: Matter) -> Ruling:
    """Judge a statement for which there is no value: not traceable, with the reason."""
    change = matter.change
    reason = change.refused or "The assessment has no figure for this."
    if not change.refused and change.before == 0:
        reason = f"{facts(change)}: from zero there is no percentage."
    rule = "comparison refused" if change.refused else "no figure"
    return matter.ruling(None, rule, reason)


def facts(change: Change) -> str:
    """Write what the assessment knows of a change, without its full stop."""
    if change.before is None or change.after is None:
        return _one_count(change)
    size = (
        "" if change.percent_change is None else f" ({signed_percent_text(change.percent_change)})"
    )
    went = f"{count_text(change.before)} to {count_text(change.after)}"
    text = f"{change.measure.label} went from {went}{'' if change.refused else size}"
    weight = weight_of(change)
    if weight in {"unknown", "steady"} and change.before == change.after:
        return f"{change.measure.label} was {count_text(change.after)} in both periods"
    if weight == "untested" and change.lower is not None:
        first, second = (in_period(span) for span in (change.baseline, change.period))
        went = f"{count_text(change.before)} {first} to {count_text(change.after)} {second}"
        return f"{change.measure.label} went from {went}{size}"
    if weight == "untested":
        return text
    if weight == "possible":
        return f"{text}, which is {change.verdict}, not clearly so"
    verb = "does not" if weight == "clear" else "alone can"
    return f"{text}, which chance {verb} explain"


def _one_count(change: Change) -> str:
    known = [
        f"{count_text(count)} {in_period(period)}"
        for count, period in ((change.before, change.baseline), (change.after, change.period))
        if count is not None
    ]
    return f"{change.measure.label}: {joined(known) or 'no figures'}"


def counts_fit(written: Written, actual: float) -> bool:
    """Tell whether a count is what was written; a count is not rounded unless it is hedged."""
    return written.fits(actual, exact=True)


def way_fits(matter: Matter) -> bool:
    """Tell whether the counts went the way that is stated; any way fits where none is.

    Of periods that differ in length the way is that of the counts by day.
    """
    change = matter.change
    if change.before is None or change.after is None:
        return True
    moved = change.after - change.before
    if change.by_day and change.ratio is not None:
        moved = 1 if change.ratio > 1 else -1
    return {"up": moved > 0, "down": moved < 0}.get(matter.statement.sense, True)


def claim_of(sentence: Sentence, measure: str, words: str, ruling: Ruling) -> Claim:
    """Make the claim of a ruling; one that a source stands behind is cited."""
    cited = sentence.cited and ruling.verdict == "not traceable"
    return Claim(
        text=sentence.text,
        line=sentence.line,
        words=words,
        measure=measure,
        verdict="cited" if cited else ruling.verdict,
        held_against=ruling.held_against,
        rule=ruling.rule,
        reason=f"{ruling.reason} The text gives a source." if cited else ruling.reason,
    )
