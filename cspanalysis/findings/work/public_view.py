"""The public's view: what share of people said what, how sure that is, and what they put first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cspanalysis.disclosure.answers import hidden_parts
from cspanalysis.disclosure.rules import SHIPPED, Rules
from cspanalysis.findings.values import LEFT_OUT, Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    interval_text,
    number_word,
    percent_text,
)
from cspanalysis.findings.wording.sentences import plural, sentence
from cspanalysis.partnership.answers import read_answers
from cspanalysis.partnership.people import Consultation
from cspanalysis.partnership.work import Priority
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.listed import joined

__all__ = ["Concern", "Opinion", "PublicView", "public_views"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Hold what share of those who answered said yes to one statement.

    Parameters
    ----------
    statement
        What a yes means.
    share, lower, upper
        In percent, with the limits of its 95 % interval.
    answered, said_yes, said_no
        People, unweighted.
    priority
        Key of the priority that it bears on; empty for none.
    hidden
        Whether so few people stand behind it that a public edition leaves it out.
    design_effect
        What unequal weights cost; 1 without weights.
    """

    statement: str
    share: float
    lower: float
    upper: float
    answered: int
    said_yes: int
    said_no: int
    priority: str = ""
    hidden: bool = False
    design_effect: float = 1.0

    @property
    def text(self) -> str:
        """The share with its interval, as a sentence gives it."""
        return f"{percent_text(self.share)} ({self.interval})"

    @property
    def interval(self) -> str:
        """The limits of the share, as a table gives them."""
        return interval_text(percent_text(self.lower), percent_text(self.upper))


@dataclass(frozen=True, slots=True)
class Concern:
    """Hold a priority with its place for the public and for the partnership.

    Parameters
    ----------
    priority
        The priority.
    opinion
        What the public said of it; None where nobody was asked.
    public_place, own_place
        Its places from 1; None without an opinion that is shown.
    withheld
        Whether there is an opinion, of too few people to be shown.
    """

    priority: Priority
    opinion: Opinion | None
    public_place: int | None
    own_place: int
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class PublicView:
    """Hold what one consultation found.

    Parameters
    ----------
    consultation
        What was asked, when and how.
    opinions
        The shares, in the order of the file.
    priorities
        The partnership's own, in its order.
    public
        Whether the edition is public, so that small numbers are left out.
    rules
        What is small.
    """

    consultation: Consultation
    opinions: tuple[Opinion, ...]
    priorities: tuple[Priority, ...]
    public: bool
    rules: Rules = SHIPPED

    @property
    def self_selected(self) -> bool:
        """Whether people chose to answer, so that the shares speak of nobody else."""
        return self.consultation.mode == "self-selected"

    @property
    def who(self) -> str:
        """Whom a share is a share of."""
        return "those who chose to answer" if self.self_selected else "people in the sample"

    @property
    def title(self) -> str:
        """The share that stands first, with whom it is a share of."""
        shown = next((o for o in self.opinions if not o.hidden), None)
        if shown is None:
            return f"{self.consultation.title}: too few answered for a share to be shown"
        return f"{percent_text(shown.share)} of {self.who} {shown.statement}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """How it was asked, whom it speaks of, and what was left out."""
        return tuple(filter(None, (self._asked, self._scope, self._weights, self._hidden)))

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """The partnership's priorities with what the public said of them, the public's first.

        Of several statements on a priority the one with the greatest share counts. Empty where no
        statement bears on a priority.
        """
        said = {p.key: self._greatest(p.key) for p in self.priorities}
        ranked = sorted((o.share for o in said.values() if o), reverse=True)
        if not ranked:
            return ()
        found = [
            Concern(p, o, ranked.index(o.share) + 1 if o else None, place, self._withheld(p, o))
            for place, p in enumerate(self.priorities, start=1)
            for o in [said[p.key]]
        ]
        return tuple(sorted(found, key=lambda c: (c.public_place or len(found) + 1, c.own_place)))

    @property
    def concern_sentences(self) -> tuple[str, ...]:
        """Whether public and partnership put the same first, and how sure the order is."""
        return tuple(self._said_of_concerns())

    @property
    def groups(self) -> tuple[tuple[str, int | None], ...]:
        """Groups reached with their numbers; None where a public edition leaves one out."""
        reached = [g.reached for g in self.consultation.groups]
        said = {self.answered, *(o.answered for o in self.opinions)}
        hidden = hidden_parts(reached, totals=sorted(said), threshold=self.rules.threshold)
        return tuple(
            (g.group, None if self.public and left_out else g.reached)
            for g, left_out in zip(self.consultation.groups, hidden, strict=True)
        )

    def values(self) -> Iterator[Value]:
        """Give who answered and the shares by key; one that is left out has no number."""
        start = f"public.{slug_of(self.consultation.title)}"
        yield Value(
            key=f"{start}.answered",
            value=self.answered,
            text=count_text(self.answered),
            unit="count",
            label=f"People who answered, {self.consultation.title}",
        )
        for o in self.opinions:
            shown = not o.hidden
            yield Value(
                key=f"{start}.{slug_of(o.statement)}",
                value=o.share if shown else None,
                text=percent_text(o.share) if shown else LEFT_OUT,
                unit="%",
                lower=o.lower if shown else None,
                upper=o.upper if shown else None,
                label=f"Share of {self.who} who {o.statement}, {self.consultation.title}",
            )

    def _greatest(self, key: str) -> Opinion | None:
        said = [o for o in self.opinions if o.priority == key and not o.hidden]
        return max(said, key=lambda o: o.share, default=None)

    def _withheld(self, priority: Priority, shown: Opinion | None) -> bool:
        return shown is None and any(o.priority == priority.key for o in self.opinions)

    @property
    def answered(self) -> int:
        """How many people answered the question that most answered."""
        return max((o.answered for o in self.opinions), default=0)

    @property
    def _asked(self) -> str:
        people = "person" if self.answered == 1 else "people"
        return (
            f"{self.consultation.title}, {self.consultation.months.label}: "
            f"{count_text(self.answered)} {people} answered."
        )

    @property
    def _scope(self) -> str:
        if self.self_selected:
            return (
                "People chose to answer. The shares and their intervals speak of those who did, "
                "not of everybody who lives or works here."
            )
        return (
            "People were drawn for a sample. The interval holds the shares that fit their answers."
        )

    @property
    def _weights(self) -> str:
        if self.consultation.weight is None:
            return ""
        cost = max((o.design_effect for o in self.opinions), default=1.0)
        return (
            "Answers are weighted, so that groups count by their size. That makes the intervals "
            f"wider: the design effect is {cost:.1f}."
        )

    @property
    def _hidden(self) -> str:
        left_out = sum(o.hidden for o in self.opinions) + sum(n is None for _, n in self.groups)
        if not left_out:
            return ""
        numbers = f"{number_word(left_out)} {plural('number', left_out)}"
        verb = "is" if left_out == 1 else "are"
        return sentence(
            f"{numbers} {verb} left out ([c]), for fewer than "
            f"{number_word(self.rules.threshold)} people stand behind a part of it, or would be "
            "known from it."
        )

    def _said_of_concerns(self) -> Iterator[str]:
        ranked = [c for c in self.concerns if c.opinion]
        if not ranked:
            return
        first, own = ranked[0], self.priorities[0]
        who = sentence(self.who)
        if first.priority == own:
            yield f"{who} put '{own.title}' first, and so does the partnership."
        else:
            named = f"{who} put '{first.priority.title}' first"
            yield f"{named}; the partnership puts '{own.title}' first."
        if len(ranked) > 1 and _overlap(ranked[0].opinion, ranked[1].opinion):
            yield "The two concerns named most can't be told apart: their intervals overlap."
        if unasked := [
            f"'{c.priority.title}'" for c in self.concerns if not (c.opinion or c.withheld)
        ]:
            yield f"There is no answer on {joined(unasked)}."


def public_views(
    consultations: Sequence[Consultation],
    *,
    folder: Path,
    priorities: tuple[Priority, ...],
    edition: str,
    rules: Rules = SHIPPED,
) -> tuple[PublicView, ...]:
    """Count what people said in each consultation.

    Parameters
    ----------
    consultations
        What was asked.
    folder
        The partnership's folder, where files of answers lie.
    priorities
        The partnership's own, in its order.
    edition
        ``public`` leaves small numbers out.
    rules
        What is small.

    Raises
    ------
    SourceError
        If a file of answers can't be read; file, line and column are named.
    """
    public = edition == "public"
    held = ((c, tuple(_opinions(c, folder))) for c in consultations)
    return tuple(
        PublicView(c, _shown(opinions, rules) if public else opinions, priorities, public, rules)
        for c, opinions in held
    )


def _shown(opinions: tuple[Opinion, ...], rules: Rules) -> tuple[Opinion, ...]:
    """Leave out opinions of few people, and others of all who were asked that give them away."""
    hidden = [any(map(rules.is_small, (o.said_yes, o.said_no))) for o in opinions]
    for answered in {o.answered for o in opinions}:
        places = [i for i, o in enumerate(opinions) if o.answered == answered]
        said_yes = [opinions[i].said_yes for i in places]
        left_out = hidden_parts(said_yes, totals=[answered], threshold=rules.threshold)
        for place, secret in zip(places, left_out, strict=True):
            hidden[place] |= secret
    return tuple(replace(o, hidden=h) for o, h in zip(opinions, hidden, strict=True))


def _opinions(consultation: Consultation, folder: Path) -> Iterator[Opinion]:
    chosen = consultation.mode == "self-selected"
    for share in consultation.shares:
        said: list[bool | None] = [i < share.said_yes for i in range(share.answered)]
        yield _opinion(share.statement, share.priority, said, None, chosen)
    if consultation.answers:
        for answers in read_answers(folder, consultation):
            question, weights = answers.question, answers.weights
            said = list(answers.said_yes)
            yield _opinion(question.statement, question.priority, said, weights, chosen)


def _opinion(
    statement: str,
    priority: str | None,
    said: Sequence[bool | None],
    weights: Any,
    chosen: bool,
) -> Opinion:
    from cspanalysis.methods import survey_share

    row = survey_share(said, weights, self_selected=chosen).iloc[0]
    return Opinion(
        statement=statement,
        share=100 * float(row["share"]),
        lower=100 * float(row["lower"]),
        upper=100 * float(row["upper"]),
        answered=int(row["answered"]),
        said_yes=sum(a is True for a in said),
        said_no=sum(a is False for a in said),
        priority=priority or "",
        design_effect=float(row["deff"]),
    )


def _overlap(first: Opinion | None, second: Opinion | None) -> bool:
    return first is not None and second is not None and first.lower <= second.upper
