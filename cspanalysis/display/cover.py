"""The first screen of a report: title, lead sentence, small facts and headline figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from markupsafe import Markup

from cspanalysis.blocks.block import COVER, FIGURES, Block, element
from cspanalysis.blocks.sparkline import sparkline
from cspanalysis.display.marks import verdict_mark
from cspanalysis.evidence.figures import Caveat
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.welsh import welsh_name

__all__ = ["Headline", "cover", "headlines", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Hold one headline figure.

    Parameters
    ----------
    id
        Name for machines, lasting from one edition to the next, such as ``all-crime-count``.
    label
        What the number is, as a reader would say it.
    value
        The number as it is, for machines; None where it is missing.
    text
        The number as it is read, such as "2,433".
    unit
        What it counts, such as "offences".
    change_text
        The change with its interval, in words; empty where there is none.
    verdict
        "higher", "lower", "no clear change", or another word for a state; may be empty.
    message
        What can be said of it in one line, where it stands alone.
    tone
        Whether the verdict is good news, bad news or neither.
    lower, upper
        Limits of the 95 % interval of `value`, where there is one.
    caveats
        What changes the reading.
    source
        Where the number came from.
    spark
        Its months, oldest first; None for a missing month, empty for no drawing.
    """

    id: str
    label: str
    value: float | None
    text: str
    unit: str = ""
    change_text: str = ""
    verdict: str = ""
    message: str = ""
    tone: Literal["good", "bad", "neither"] = "neither"
    lower: float | None = None
    upper: float | None = None
    caveats: tuple[Caveat, ...] = ()
    source: str = ""
    spark: tuple[float | None, ...] = ()


def cover(
    *,
    title: str,
    area: Area,
    period: Period,
    lead: str,
    facts: Mapping[str, str],
    edition: str,
    baseline: Period | None = None,
    marking: str | None = None,
    language: str = "en-GB",
    numbered: bool = False,
    forms: Sequence[str] = (),
) -> Block:
    """Open a report: its only first-level heading, its finding in one sentence, small facts.

    Parameters
    ----------
    title
        Kind of report, such as "Performance report"; it stands small over area and period.
    area, period
        Where and when: the heading.
    lead
        The finding of the period in one sentence.
    facts
        Small facts by name, in order: what it is compared with, data to, vintage.
    edition
        ``public`` or ``sensitive``.
    baseline
        Baseline period; the same months a year before if not given.
    marking
        Protective marking, such as "OFFICIAL-SENSITIVE"; printed on every page.
    language
        Language of the report's words.
    numbered
        Whether paragraphs of prose are numbered through the report, so that minutes can cite them.
    forms
        What is published of it beside page, PDF, Word and spreadsheet, such as ``slides``.

    Returns
    -------
    Block
        With the same facts for publication under `COVER`.
    """
    welsh = welsh_name(area)
    told = {**({"In Welsh": welsh} if welsh else {}), **facts}
    record = _cover_record(title, area, period, lead, told, edition, baseline, marking, language)
    record |= {"numbered": True} if numbered else {}
    record |= {"forms": list(forms)} if forms else {}
    names = [
        element(
            "div",
            element("dt", name),
            element("dd", element("span", text, lang="cy") if text == welsh else text),
        )
        for name, text in told.items()
    ]
    html = element(
        "header",
        element("p", marking, class_="marking") if marking else None,
        element("p", title, class_="kicker"),
        element(
            "h1",
            element("span", area.label, class_="area"),
            element("span", ", ", class_="between"),
            element("span", period.label, class_="period"),
        ),
        element("p", lead, class_="lead"),
        element("dl", *names, class_="facts") if names else None,
        class_="cover",
    )
    lines = [f"{area.label}: {period.label}", title, lead]
    lines += [f"{name}: {text}" for name, text in told.items()]
    return Block(html, "\n".join(lines), {COVER: record})


def headlines(items: Sequence[Headline]) -> Block:
    """Show headline figures side by side and record them.

    Parameters
    ----------
    items
        Three to five read best.
    """
    html = element("ul", *(_card(item) for item in items), class_="headlines")
    lines = (
        "  ".join(part for part in (i.text, i.label, i.change_text, i.verdict) if part)
        for i in items
    )
    return Block(html, "\n".join(lines), {FIGURES: _figures_record(items, (), shown=True)})


def record(
    figures: Sequence[Headline] = (),
    inputs: Sequence[Mapping[str, Any]] = (),
    told: Sequence[Mapping[str, Any]] = (),
) -> Block:
    """Record headline figures that are not shown, and what the report was made from.

    Parameters
    ----------
    figures
        Further headline figures.
    inputs
        One mapping an input: its source, vintage and whatever else identifies it.
    told
        What else it tells of small places, for whoever vets reports.
    """
    held = _figures_record(figures, inputs)
    return Block("", "", {FIGURES: {**held, "told": [*told]} if told else held})


def _card(item: Headline) -> Markup:
    return element(
        "li",
        element(
            "p",
            element("span", item.text, class_="number"),
            " " if item.unit else None,
            element("span", item.unit, class_="unit") if item.unit else None,
        ),
        element("p", element("span", item.label, class_="label")),
        sparkline(item.spark),
        element("p", element("span", item.change_text, class_="change"))
        if item.change_text
        else None,
        _outcome(item) if item.verdict else None,
        class_="headline",
    )


def _outcome(item: Headline) -> Markup:
    mark = verdict_mark(item.verdict, tone=item.tone)
    return element("p", element("span", mark, class_="outcome"))


def _cover_record(
    title: str,
    area: Area,
    period: Period,
    lead: str,
    facts: Mapping[str, str],
    edition: str,
    baseline: Period | None,
    marking: str | None,
    language: str,
) -> dict[str, Any]:
    return {
        "title": title,
        "lead": lead,
        "area": {"code": area.code, "name": area.label, "slug": area.slug},
        "period": {"text": str(period), "label": period.label, "slug": period.slug},
        "baseline": (baseline or period.baseline()).label,
        "edition": edition,
        "marking": marking,
        "language": language,
        "facts": dict(facts),
    }


def _figures_record(
    figures: Sequence[Headline], inputs: Sequence[Mapping[str, Any]], *, shown: bool = False
) -> dict[str, Any]:
    return {
        "figures": [
            {
                "id": f.id,
                "label": f.label,
                "value": f.value,
                "unit": f.unit,
                "interval": None if f.lower is None or f.upper is None else [f.lower, f.upper],
                "caveats": [asdict(caveat) for caveat in f.caveats],
                "source": f.source,
                "text": f.text,
                "change": f.change_text,
                "verdict": f.verdict,
                **({"message": f.message} if f.message else {}),
                **({"months": list(f.spark)} if f.spark else {}),
                **({"shown": True} if shown else {}),
            }
            for f in figures
        ],
        "inputs": [dict(i) for i in inputs],
    }
