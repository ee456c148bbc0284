"""What a board's slides say: one message each, at most ten, from the sections of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cspanalysis.publication.gist import Gist, Grid, Headline, Part, Picture, Shown, gist_of
from cspanalysis.publication.html import Page
from cspanalysis.publication.native_charts import MEASURE, Chart, bars_of, line_of, lines_of, row_of

__all__ = ["Slide", "slides_of"]

_MOST = 10
_MOST_COLUMNS, _MOST_POINTS = 6, 6
_SENTENCE = re.compile(r"(?<=[.?!])(?<!^\d\.)\s+(?=[A-Z0-9'‘])")  # "1. Drugs" is one
_DULL = ("Example:", "Theme of the law:", "Owner:", "There is no map")
_COUNT = re.compile(r"^\s*(\d+)\.\s+")
_DIGIT = re.compile(r"\d")
_LONG_CELL = 34
_LONG_POINT = 240
"""Letters beyond which a caveat is left to the notes."""
_OPENING = 60
"""Letters within which a sentence names what it is on."""
_REAL = "Is it real?"
"""The question whose answer is the message of a priority."""


@dataclass(frozen=True, slots=True)
class Slide:
    """Hold one slide.

    Parameters
    ----------
    title
        Its message.
    kicker
        What it belongs to, small above the title.
    subtitle
        What is shown, and its unit.
    points
        Sentences.
    numbered
        Whether they are counted.
    chart, picture, grid
        What is drawn: a native chart, a picture where no chart can hold it, or a table.
    alt
        What the drawing shows, in words.
    below, alt_below
        A second chart of its own scale, and what it shows.
    source
        Where its figures come from.
    notes
        What a speaker may want to say besides.
    """

    title: str
    kicker: str = ""
    subtitle: str = ""
    points: tuple[str, ...] = ()
    numbered: bool = False
    chart: Chart | None = None
    picture: Picture | None = None
    grid: Grid | None = None
    alt: str = ""
    below: Chart | None = None
    alt_below: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


def slides_of(page: Page) -> list[Slide]:
    """Choose what stands on the slides of a report, ten at most.

    The finding opens, the table of changes and what matters follow; then the comparison and the
    priorities (the months of what moved, where there are none), what the board is asked, and how
    far the figures can be trusted.
    """
    gist, source = gist_of(page), _source(page)
    first = [
        _opening(page.cover),
        *_changes(gist, source),
        *_matters(gist, source),
        *_ranked(gist, source),
        *_compared(gist),
    ]
    last = [*_asked(gist), *_doubts(gist)]
    room = _MOST - len(first) - len(last)
    middle = list(_priorities(gist)) or list(_months(gist, _messages(page)))
    return [*first, *middle[:room], *last]


def _opening(cover: Mapping[str, Any]) -> Slide:
    facts = [f"{name}: {text}" for name, text in cover["facts"].items()]
    where = f"{cover['area']['name']}, {cover['period']['label']}"
    return Slide(where, cover["title"], points=(cover["lead"],), notes=tuple(facts))


def _changes(gist: Gist, source: str) -> Iterator[Slide]:
    """Give the first table with a verdict for each line, less what is too long for a slide."""
    for part in gist.parts:
        for grid in part.grids:
            if grid.head[:1] == (MEASURE,) and "Verdict" in grid.head:
                title, _, what = grid.caption.partition(": ")
                yield Slide(title, "What changed", what, grid=_short(grid), alt=grid.caption,
                            source=source, notes=_notes(part))  # fmt: skip
                return


def _short(grid: Grid) -> Grid:
    """Leave out empty columns and those of long heads, beyond what a slide holds."""
    kept = [
        place
        for place, name in enumerate(grid.head)
        if len(name) <= _LONG_CELL and any(row[place] for row in grid.rows)
    ]
    kept = [*kept[: _MOST_COLUMNS - 1], *kept[-1:]] if len(kept) > _MOST_COLUMNS else kept
    head = tuple(grid.head[place] for place in kept)
    cells = tuple(tuple(_cell(row[place]) for place in kept) for row in grid.rows)
    return Grid(grid.caption, head, cells)


def _cell(text: str) -> str:
    """Leave out of a cell what stands in brackets after its word, and a comma between notes.

    Examples
    --------
    >>> _cell("can't tell (+14 %, −13 %),"), _cell("(2022)")
    ("can't tell", '(2022)')
    """
    word = text.partition(" (")[0] if text[:1].isalpha() else text
    return word.rstrip(",")


def _matters(gist: Gist, source: str) -> Iterator[Slide]:
    """Give the finding that opens the summary, with the chart that the summary draws of it."""
    first = next((t for t in gist.topics if "asked" not in t.heading.casefold()), None)
    said = _sentences(first.sentences) if first else []
    if not said:
        return
    notes = [s for topic in gist.topics for s in topic.sentences]
    points = tuple(f"{s[:1].upper()}{s[1:]}" for s in said[:_MOST_POINTS])
    drawn = next((figure for part in gist.parts[:1] for figure in part.figures), None)
    charts = lines_of(drawn) if drawn else ()
    if drawn and charts:
        told = [picture.alt for picture in drawn.pictures] or [drawn.title]
        below = charts[1] if len(charts) > 1 else None
        yield Slide(drawn.title, gist.topics[0].heading, _unit(drawn, *charts), points,
                    chart=charts[0], alt=told[0], below=below, alt_below=told[-1] if below else "",
                    source=drawn.source, notes=tuple(notes))  # fmt: skip
        return
    yield Slide(said[0].rstrip("."), gist.topics[0].heading, points=points[1:],
                source=source, notes=tuple(notes))  # fmt: skip


def _ranked(gist: Gist, source: str) -> Iterator[Slide]:
    """Give what the summary puts first, in its order, each with its verdict and its count."""
    topic = next((t for t in gist.topics if len(t.names) > 1), None)
    if topic is None:
        return
    names = [_COUNT.sub("", name) for name in topic.names.values()]
    points = tuple(_COUNT.sub("", _sentences([text])[0]) for text in topic.names)
    title = f"First of {_number(len(names))}: {_lowered(names[0])}"
    yield Slide(title, topic.heading, points=points, numbered=True, source=source,
                notes=_notes(topic))  # fmt: skip


def _compared(gist: Gist) -> Iterator[Slide]:
    part = gist.part("compared", "other areas")
    for figure in part.figures[:1] if part else ():
        said = _sentences(part.sentences)[:2] if part else []
        yield _figure(figure, kicker="Compared with others", points=said)


def _priorities(gist: Gist) -> Iterator[Slide]:
    for part in gist.parts:
        if part.listed and part.figures:
            drawn = next((f for f in part.figures if line_of(f)), part.figures[0])
            slide = _figure(drawn, kicker=part.heading, points=_few(part), notes=_notes(part))
            yield replace(slide, title=_told(part) or slide.title)


def _few(part: Part) -> list[str]:
    """Give the sentences beside a chart: how it stands, where, the target, the next action.

    Of a part that answers no question, the first sentences with a number.
    """
    said = [s for s in part.sentences if not s.startswith(_DULL)]
    leads = {_lead_in(s): _sentences([s])[1:] for s in said if _lead_in(s)}
    counted = [s for s in said if _DIGIT.search(s) and not _lead_in(s)][:1]
    found = leads[_REAL][1:2] if _REAL in leads else _sentences(counted)[:2]
    found += [s for name in ("Beside others", "Where", "Target") for s in leads.get(name, [])[:1]]
    return [*found, *(f"Next: {_lowered(s)}" for s in leads.get("Next", [])[:1])]


def _told(part: Part) -> str:
    """Give what is said of whether a part's change is real; empty where nothing is."""
    real = next((s for s in part.sentences if _lead_in(s) == _REAL), "")
    return "".join(_sentences([real])[1:2]).rstrip(".")


def _lowered(sentence: str) -> str:
    """Begin a sentence with a small letter, unless an abbreviation opens it.

    Examples
    --------
    >>> _lowered("Lock doors."), _lowered("ASB team.")
    ('lock doors.', 'ASB team.')
    """
    small = sentence[1:2].islower() or sentence[1:2] == " "
    return f"{sentence[:1].lower()}{sentence[1:]}" if small else sentence


def _lead_in(sentence: str) -> str:
    """Give the words that a point of a priority begins with, such as ``Where``."""
    words = _sentences([sentence])[:1]
    short = len(sentence.split()) > len(words[0].split()) <= 3 if words else False
    return words[0].rstrip(".") if short else ""


def _messages(page: Page) -> dict[str, str]:
    """Give what can be said of each headline figure in one line, by its label."""
    return {str(f.get("label")): str(f["message"]) for f in page.figures if f.get("message")}


def _months(gist: Gist, messages: Mapping[str, str]) -> Iterator[Slide]:
    """Give a slide for each measure that a report opens with, where its months are charted."""
    figures = [figure for part in gist.parts for figure in part.figures]
    said = _sentences([text for topic in gist.topics for text in topic.sentences])
    for headline in gist.headlines:
        drawn = ((figure, line_of(figure, headline.label)) for figure in figures)
        shown = [(figure, chart) for figure, chart in drawn if chart][:1]
        name = headline.label.partition(" (")[0].casefold()
        own = [s for s in said if s[0].isupper() and name in s[:_OPENING].casefold()]
        own = [s for s in own if headline.number not in s][:2]
        for figure, chart in shown:
            yield _month(figure, headline, chart, messages.get(headline.label, ""), own)


def _month(
    figure: Shown, headline: Headline, chart: Chart, message: str, said: Sequence[str]
) -> Slide:
    label = headline.label.partition(" (")[0].casefold()
    alt = next((p.alt for p in figure.pictures if f" {label} " in p.alt.casefold()), figure.title)
    title = message or ": ".join(filter(None, (headline.label, headline.verdict)))
    points = ("" if message else f"{headline.number} in all.", _change(headline), *said)
    return Slide(
        title,
        "Month by month",
        _unit(figure, chart),
        tuple(filter(None, points)),
        chart=chart,
        alt=alt,
        source=figure.source,
        notes=(figure.subtitle,),
    )


def _change(headline: Headline) -> str:
    return f"{headline.change}." if headline.change else ""


def _figure(
    figure: Shown, *, kicker: str, points: Sequence[str], notes: Sequence[str] = ()
) -> Slide:
    chart = line_of(figure) or bars_of(figure) or row_of(figure)
    picture = None if chart or not figure.pictures else figure.pictures[0]
    drawn = figure.pictures[:1] if chart or picture else ()
    alt = " ".join(picture.alt for picture in drawn) or figure.title
    subtitle = _unit(figure, chart) if chart else _sentences([figure.subtitle])[0]
    return Slide(figure.title, kicker, subtitle, tuple(points[:5]), chart=chart, picture=picture,
                 alt=alt, source=figure.source,
                 notes=(figure.subtitle, *notes))  # fmt: skip


def _unit(figure: Shown, *charts: Chart) -> str:
    """Say what native charts draw: they start at zero, whatever the page's did."""
    said = [s for s in _sentences([figure.subtitle]) if "start at zero" not in s][:1]
    means = [f"{chart.mean:,g}" for chart in charts if chart.mean is not None]
    dashes = [f"Dashes: the mean, {' and '.join(means)}."] if means else []
    return " ".join(
        [*said, *dashes, "Starts at zero." if len(charts) == 1 else "Own scales, from zero."]
    )


def _asked(gist: Gist) -> Iterator[Slide]:
    asked = next((topic for topic in gist.topics if "asked" in topic.heading.casefold()), None)
    if asked:
        part = gist.part("recommendations")
        every = (
            [f"{row[0].rstrip('.')}." for grid in part.grids[:1] for row in grid.rows]
            if part
            else []
        )
        points = tuple(_COUNT.sub("", said) for said in every or asked.sentences)
        several = len(points) > 1
        title = f"The board is asked for {_counted(len(points))}" if several else asked.heading
        yield Slide(title, asked.heading if not several else "What comes next", points=points,
                    numbered=several, notes=_notes(part) if part else ())  # fmt: skip


def _counted(number: int) -> str:
    return f"{_number(number)} {'decision' if number == 1 else 'decisions'}"


def _number(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def _doubts(gist: Gist) -> Iterator[Slide]:
    part = gist.part("how good the figures", "bear in mind")
    if part and part.sentences:
        firsts = [_lead(sentence) for sentence in part.sentences]
        short = [said for said in firsts if len(said) <= _LONG_POINT] or firsts
        points = tuple(dict.fromkeys(short))[:_MOST_POINTS]
        yield Slide("What to bear in mind when reading these figures", part.heading, points=points,
                    notes=_notes(part))  # fmt: skip


def _lead(sentence: str) -> str:
    """Give the first sentence of a caveat, without the word for its kind, and what it bears on.

    Examples
    --------
    >>> _lead("Break. They are counted anew. A fall may come of it. This bears on arson.")
    'They are counted anew. This bears on arson.'
    """
    rest = sentence.partition(". ")[2] if _lead_in(sentence) else sentence
    if not rest:
        return sentence
    first, *more = _sentences([rest])
    bears = next((said for said in more if said.startswith("This bears on ")), "")
    return f"{first} {bears}" if bears and len(first) + len(bears) < _LONG_POINT else first


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    """Part paragraphs into sentences.

    Examples
    --------
    >>> _sentences(["Burglary fell by 4.5 %. It was 12 in May."])
    ['Burglary fell by 4.5 %.', 'It was 12 in May.']
    >>> _sentences(["1. Drugs, can't tell: 600 records. Most in Harpur ward."])
    ["1. Drugs, can't tell: 600 records.", 'Most in Harpur ward.']
    """
    return [s for text in paragraphs for s in _SENTENCE.split(text.strip()) if s]


def _notes(part: Part) -> tuple[str, ...]:
    return tuple(part.sentences)


def _source(page: Page) -> str:
    """Name the source of the figures that a report opens with."""
    shown = [figure for figure in page.figures if figure.get("shown")] or page.figures
    return next((str(figure["source"]) for figure in shown if figure.get("source")), "")
