"""Themes of the law: which of their measures have figures, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cspanalysis.findings.changes.indicators import Indicator
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import count_text, number_word
from cspanalysis.partnership.law import Theme, themes
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.listed import joined

__all__ = ["ThemeCoverage", "theme_coverage", "themes_title"]

LEADING = 3
"""How many of a theme's measures stand for it in an assessment that is short."""

_HOLDERS: dict[str, str] = {
    "reoffending": "probation and the youth justice service hold them",
    "substance-misuse": "public health and the treatment provider hold them",
    "serious-violence": "the local health service and the ambulance service hold them",
    "anti-social-behaviour": "the council and the fire and rescue service hold them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCoverage:
    """Hold a theme of the law and what figures there are of it.

    Parameters
    ----------
    theme
        The theme.
    changes
        Changes of its measures that have figures, the leading ones first.
    indicators
        Figures of its measures that partners gave in the template.
    """

    theme: Theme
    changes: tuple[Change, ...]
    indicators: tuple[Indicator, ...] = ()

    @property
    def held(self) -> str:
        """Say what figures there are: the leading measures with their counts."""
        if not self.changes and not self.indicators:
            return "None"
        given = [f"{one.measure.phrase} ({one.told})" for one in self.indicators]
        led = [f"{c.measure.phrase} ({count_text(c.after)})" for c in self.changes[:LEADING]]
        more = len(self.changes) - len(led)
        rest = [f"{number_word(more)} more"] if more else []
        text = joined([*led, *rest, *given])
        return f"{text[:1].upper()}{text[1:]}"

    @property
    def changed(self) -> str:
        """Say which of its measures changed clearly."""
        given = [one.change for one in self.indicators if one.change is not None]
        tested = [c for c in (*self.changes, *given) if c.verdict is not None]
        clear = [f"{c.measure.phrase} ({c.verdict})" for c in tested if c.stands_out]
        if not tested:
            return "None could be tested" if self.changes or self.indicators else "No data"
        return joined(clear) or f"None of {number_word(len(tested))}"

    @property
    def missing(self) -> tuple[Measure, ...]:
        """Measures of the theme that only partners count and that have no figures."""
        held = {change.measure.code for change in self.changes}
        held |= {one.measure.code for one in self.indicators}
        return tuple(m for m in self.theme.measures if _by_partners(m) and m.code not in held)

    @property
    def note(self) -> str:
        """Say what is missing and who holds it; empty where nothing is."""
        nothing = not self.changes and not self.indicators
        recorded = nothing and not all(map(_by_partners, self.theme.measures))
        if not self.missing:
            return "What the police recorded in this period." if recorded else ""
        names = joined([measure.phrase for measure in self.missing])
        who = _HOLDERS.get(self.theme.key, "the partner that counts them holds them")
        start = "No data, because no partner has supplied" if nothing else "No data of"
        if recorded:
            start = "What the police recorded in this period, and from partners"
        return f"{start} {names}: {who}."


def theme_coverage(
    changes: Iterable[Change], *, indicators: Iterable[Indicator] = ()
) -> tuple[ThemeCoverage, ...]:
    """Sort changes under the themes of the law, in the order of the law.

    A measure may stand under two themes, as robbery does. A theme without any figures is there
    as well: that it has none is news.
    """
    held = {change.measure.code: change for change in changes if change.after is not None}
    given = {one.measure.code: one for one in indicators if one.measure.code not in held}
    return tuple(
        ThemeCoverage(
            theme=theme,
            changes=tuple(held[m.code] for m in theme.measures if m.code in held),
            indicators=tuple(given[m.code] for m in theme.measures if m.code in given),
        )
        for theme in themes()
    )


def themes_title(found: Iterable[ThemeCoverage]) -> str:
    """Write the title of the table of themes: how many have figures."""
    covered = [bool(coverage.changes or coverage.indicators) for coverage in found]
    some, of = sum(covered), len(covered)
    if some == of:
        return f"All {number_word(of)} themes of the law have figures"
    if not some:
        return f"None of the {number_word(of)} themes of the law has figures"
    verb = "has" if some == 1 else "have"
    return f"{number_word(some).capitalize()} of {number_word(of)} themes of the law {verb} figures"


def _by_partners(measure: Measure) -> bool:
    return (measure.by_partners or measure.group == "Anti-social behaviour") and (
        measure.code != "anti-social-behaviour"
    )
