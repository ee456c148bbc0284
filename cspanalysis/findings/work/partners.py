"""Partners: which of the bodies that the law names take part, and which data they supplied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.numbers import number_word
from cspanalysis.findings.wording.sentences import counted, sentence, some_of
from cspanalysis.partnership import Partnership
from cspanalysis.partnership.law import Body, bodies, jurisdiction
from cspanalysis.partnership.partnership import Partner
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.listed import joined

__all__ = ["Authority", "Partners", "partners_of"]


@dataclass(frozen=True, slots=True)
class Authority:
    """Hold a body that the law names, and the partners that are named for it."""

    body: Body
    partners: tuple[Partner, ...]


@dataclass(frozen=True, slots=True)
class Partners:
    """Hold who takes part in a partnership.

    Parameters
    ----------
    authorities
        The responsible authorities of the jurisdiction, each with the partners named for it.
    others
        Partners that the law does not name.
    figures
        How many figures of partners are held, whoever is named as having supplied them.
    shows_all
        Whether the edition shows all that is recorded of partners.
    """

    authorities: tuple[Authority, ...]
    others: tuple[Partner, ...]
    figures: int = 0
    shows_all: bool = True

    @property
    def named(self) -> tuple[Authority, ...]:
        """Responsible authorities for which a partner is named."""
        return tuple(a for a in self.authorities if a.partners)

    @property
    def missing(self) -> tuple[Authority, ...]:
        """Responsible authorities for which none is named."""
        return tuple(a for a in self.authorities if not a.partners)

    @property
    def everyone(self) -> tuple[Partner, ...]:
        """All partners, those that the law names first."""
        return (*(p for a in self.authorities for p in a.partners), *self.others)

    @property
    def title(self) -> str:
        """How many of the responsible authorities are named."""
        named, of = len(self.named), len(self.authorities)
        return sentence(some_of(named, of, "responsible authority", "named"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Who is missing, and what was supplied."""
        return tuple(filter(None, (self._absence, self._supply)))

    def values(self) -> Iterator[Value]:
        """Give the numbers of these partners by key."""
        parts = (
            ("partners.authorities.named", len(self.named), "Responsible authorities named"),
            ("partners.authorities.missing", len(self.missing), "Responsible authorities missing"),
            ("partners.data-sets", len(self._supplied), "Data sets that partners supplied"),
        )
        for key, number, label in parts:
            yield Value(key=key, value=number, text=number_word(number), unit="count", label=label)

    @property
    def _absence(self) -> str:
        names = [a.body.name[:1].lower() + a.body.name[1:] for a in self.missing]
        none = "No partner is named" if self.shows_all else "This edition names no partner"
        return f"{none} for: {joined(names)}." if names else ""

    @property
    def _supplied(self) -> list[tuple[str, bool]]:
        return [(p.name, s.received is not None) for p in self.everyone for s in p.supplied]

    @property
    def _supply(self) -> str:
        if not self._supplied and self.figures:
            shown = counted(self.figures, "figure")
            verb = "is" if self.figures == 1 else "are"
            more = "; no data set is on record for them" if self.shows_all else ""
            return sentence(f"{shown} of partners {verb} held{more}.")
        if not self._supplied and not self.shows_all:
            return ""
        if not self._supplied:
            return "No partner is recorded as having supplied data of its own."
        undated = sum(not dated for _, dated in self._supplied)
        givers = len({name for name, _ in self._supplied})
        sets = counted(len(self._supplied), "data set")
        said = f"{counted(givers, 'partner')} supplied {sets}"
        if undated:
            said += f", {number_word(undated)} without the date on which it was received"
        return sentence(f"{said}.")


def partners_of(
    area: Area, partnership: Partnership | None, *, figures: int = 0, shows_all: bool = True
) -> Partners:
    """Hold the partners of a partnership against the bodies that the law of its area names.

    Parameters
    ----------
    area
        Its area; it says whether England's or Wales's law holds.
    partnership
        Its file; None names nobody.
    figures
        How many measures that partners count have a figure in the report. What its priorities
        hold of partners' figures is added.
    shows_all
        Whether the edition shows all that is recorded of partners.
    """
    named = partnership.partners if partnership else ()
    given = sum(len(p.figures) for p in partnership.priorities) if partnership else 0
    return Partners(
        tuple(
            Authority(body, tuple(p for p in named if p.body == body.key))
            for body in bodies(jurisdiction(area))
        ),
        tuple(p for p in named if not p.body),
        figures=figures + given,
        shows_all=shows_all,
    )
