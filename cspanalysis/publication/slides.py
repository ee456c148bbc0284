"""What a board's slides say: one message each, at most ten, from the sections of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cspanalysis.publication.gist import Gist, Grid, Headline, Part, Picture, Shown, gist_of
from cspanalysis.publication.html import Page

__all__ = ["Chart", "Slide", "slides_of"]

_MOST = 10
_MOST_ROWS, _MOST_COLUMNS, _MOST_POINTS = 15, 6, 6
_MONTH, _AREA, _RATE, _MEASURE = "Month", "Area", "Rate", "Measure"
_MEAN = "Average"
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9'‘])")
_DULL = ("Example:", "Theme of the law:", "Owner:", "There is no map")
_COUNT = re.compile(r"^\s*(\d+)\.\s+")
_DIGIT = re.compile(r"\d")
_LONG_CELL = 34
_WANTED = re.compile(r"\btarget\b|\bwanted\b")


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold what a native chart draws.

    Parameters
    ----------
    kind
        ``line`` for months, ``bar`` for areas side by side.
    names, values
        Names of the points, in order, and their values; None where there is none.
    label
        What the values are.
    mean
        The mean over the months, drawn as a line of its own; none without.
    focus
        Name of the bar that the slide is about.
    """

    kind: str
    names: tuple[str, ...]
    values: tuple[float | None, ...]
    label: str
    mean: float | None = None
    focus: str = ""


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
        *_compared(gist),
    ]
    last = [*_asked(gist), *_doubts(gist)]
    room = _MOST - len(first) - len(last)
    middle = list(_priorities(gist)) or list(_months(gist))
    return [*first, *middle[:room], *last]


def _opening(cover: Mapping[str, Any]) -> Slide:
    facts = [f"{name}: {text}" for name, text in cover["facts"].items()]
    where = f"{cover['area']['name']}, {cover['period']['label']}"
    return Slide(where, cover["title"], points=(cover["lead"],), notes=tuple(facts))


def _changes(gist: Gist, source: str) -> Iterator[Slide]:
    """Give the first table with a verdict for each line, less what is too long for a slide."""
    for part in gist.parts:
        for grid in part.grids:
            if "Verdict" in grid.head:
                title, _, what = grid.caption.partition(": ")
                yield Slide(title, "What changed", what, grid=_short(grid), alt=grid.caption,
                            source=source, notes=_notes(part))  # fmt: skip
                return


def _short(grid: Grid) -> Grid:
    """Leave out empty columns and those of long cells, and all rows beyond what a slide holds."""
    rows = grid.rows[:_MOST_ROWS]
    kept = [
        place
        for place, name in enumerate(grid.head)
        if len(name) <= _LONG_CELL and any(row[place] for row in rows)
    ]
    kept = [*kept[: _MOST_COLUMNS - 1], *kept[-1:]] if len(kept) > _MOST_COLUMNS else kept
    head = tuple(grid.head[place] for place in kept)
    cells = tuple(tuple(row[place].rstrip(",") for place in kept) for row in rows)
    return Grid(grid.caption, head, cells)


def _matters(gist: Gist, source: str) -> Iterator[Slide]:
    said = [sentence for topic in gist.topics[:2] for sentence in _sentences(topic.sentences)]
    if said:
        notes = [s for topic in gist.topics for s in topic.sentences]
        points = tuple(f"{s[:1].upper()}{s[1:]}" for s in said[1:_MOST_POINTS])
        yield Slide(said[0].rstrip("."), gist.topics[0].heading, points=points,
                    source=source, notes=tuple(notes))  # fmt: skip


def _compared(gist: Gist) -> Iterator[Slide]:
    part = gist.part("compared", "other areas")
    for figure in part.figures[:1] if part else ():
        said = _sentences(part.sentences)[:2] if part else []
        yield _figure(figure, kicker="Compared with others", points=said)


def _priorities(gist: Gist) -> Iterator[Slide]:
    for part in gist.parts:
        if part.listed and part.figures:
            drawn = next((f for f in part.figures if _line(f)), part.figures[0])
            yield _figure(drawn, kicker=part.heading, points=_few(part), notes=_notes(part))


def _few(part: Part) -> list[str]:
    """Give the sentences beside a chart: how it stands, where, the target, the next action."""
    said = [s for s in part.sentences if not s.startswith(_DULL)]
    counted = [s for s in said if _DIGIT.search(s) and not _lead_in(s)][:1]
    found = [s for text in counted for s in _sentences([text])[:2]]
    leads = {_lead_in(s): _sentences([s])[1:] for s in said if _lead_in(s)}
    found += leads.get("Where", [])[:1]
    targets = leads.get("Target", [])
    found += [next((s for s in targets if _WANTED.search(s)), s) for s in targets[:1]]
    return [*found, *(f"Next: {_lowered(s)}" for s in leads.get("To do", [])[:1])]


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
    word, dot, _ = sentence.partition(". ")
    return word if dot and len(word.split()) <= 3 else ""


def _months(gist: Gist) -> Iterator[Slide]:
    """Give a slide for each measure that a report opens with, where its months are charted."""
    for figure in (figure for part in gist.parts for figure in part.figures):
        for headline in gist.headlines:
            if chart := _line(figure, headline.label):
                yield _month(figure, headline, chart)


def _month(figure: Shown, headline: Headline, chart: Chart) -> Slide:
    label = headline.label.partition(" (")[0].casefold()
    alt = next((p.alt for p in figure.pictures if f" {label} " in p.alt.casefold()), figure.title)
    said = ": ".join(part for part in (headline.label, headline.verdict) if part)
    points = (f"{headline.number} in all.", f"{headline.change}." if headline.change else "")
    return Slide(
        said,
        "Month by month",
        _unit(figure, chart),
        tuple(filter(None, points)),
        chart=chart,
        alt=alt,
        source=figure.source,
        notes=(figure.subtitle,),
    )


def _figure(
    figure: Shown, *, kicker: str, points: Sequence[str], notes: Sequence[str] = ()
) -> Slide:
    chart = _line(figure) or _bars(figure) or _row(figure)
    picture = None if chart or not figure.pictures else figure.pictures[0]
    drawn = figure.pictures[:1] if chart or picture else ()
    alt = " ".join(picture.alt for picture in drawn) or figure.title
    subtitle = _unit(figure, chart) if chart else _sentences([figure.subtitle])[0]
    return Slide(figure.title, kicker, subtitle, tuple(points[:5]), chart=chart, picture=picture,
                 alt=alt, source=figure.source,
                 notes=(figure.subtitle, *notes))  # fmt: skip


def _unit(figure: Shown, chart: Chart) -> str:
    """Say what a native chart draws: it starts at zero, whatever the page's did."""
    said = [s for s in _sentences([figure.subtitle]) if "start at zero" not in s][:1]
    dashes = [f"Dashes: the mean, {chart.mean:,g}."] if chart.mean is not None else []
    return " ".join([*said, *dashes, "Starts at zero."])


def _line(figure: Shown, label: str = "") -> Chart | None:
    """Make a chart of months from the table behind a figure, of one of its columns."""
    for grid in figure.grids:
        named = grid.head[1:2] if not label else [n for n in grid.head[1:] if n == label]
        if grid.head[:1] == (_MONTH,) and named and (label or len(grid.head) == 2):
            place = grid.head.index(named[0])
            values = tuple(_number(row[place]) for row in grid.rows)
            names = tuple(row[0] for row in grid.rows)
            return Chart("line", names, values, named[0], mean=_mean(figure, named[0]))
    return None


def _mean(figure: Shown, label: str) -> float | None:
    for grid in figure.grids:
        if _MEAN in grid.head:
            found = (row for row in grid.rows if row[0] == label)
            return next((_number(row[grid.head.index(_MEAN)]) for row in found), None)
    return None


def _bars(figure: Shown) -> Chart | None:
    """Make a chart of rates side by side from the table behind a figure."""
    for grid in figure.grids:
        if {_AREA, _RATE} <= {*grid.head} and len({row[0] for row in grid.rows}) == 1:
            area, rate = grid.head.index(_AREA), grid.head.index(_RATE)
            names = tuple(row[area] for row in grid.rows)
            focus = next((n for n in names if figure.title.startswith(f"{n}'s ")), "")
            return Chart("bar", names, tuple(_number(r[rate]) for r in grid.rows), _RATE,
                         focus=focus)  # fmt: skip
    return None


def _row(figure: Shown) -> Chart | None:
    """Make a chart of the row that the figure's title is about: one value an area."""
    for grid in figure.grids:
        for name, *cells in grid.rows if grid.head[:1] == (_MEASURE,) else ():
            values = tuple(_number(cell) for cell in cells)
            if name.casefold() in figure.title.casefold() and len(cells) > 1 and None not in values:
                names = grid.head[1:]
                focus = next((n for n in names if figure.title.startswith(f"{n}'s ")), "")
                return Chart("bar", names, values, name, focus=focus)
    return None


def _asked(gist: Gist) -> Iterator[Slide]:
    asked = next((topic for topic in gist.topics if "asked" in topic.heading.casefold()), None)
    if asked:
        points = tuple(_COUNT.sub("", sentence) for sentence in asked.sentences[:_MOST_POINTS])
        several = len(points) > 1
        title = f"The board is asked for {_counted(len(points))}" if several else asked.heading
        part = gist.part("recommendations")
        yield Slide(title, asked.heading if not several else "What comes next", points=points,
                    numbered=several, notes=_notes(part) if part else ())  # fmt: skip


def _counted(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six")
    return f"{words[number]} {'decision' if number == 1 else 'decisions'}"


def _doubts(gist: Gist) -> Iterator[Slide]:
    part = gist.part("how good the figures", "bear in mind")
    if part and part.sentences:
        firsts = [_lead(sentence) for sentence in part.sentences]
        points = tuple(dict.fromkeys(firsts))[:_MOST_POINTS]
        yield Slide("What to bear in mind when reading these figures", part.heading, points=points,
                    notes=_notes(part))  # fmt: skip


def _lead(sentence: str) -> str:
    """Give the first sentence of a caveat, without the word for its kind."""
    rest = sentence.partition(". ")[2] if _lead_in(sentence) else sentence
    return _sentences([rest])[0] if rest else sentence


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    """Part paragraphs into sentences.

    Examples
    --------
    >>> _sentences(["Burglary fell by 4.5 %. It was 12 in May."])
    ['Burglary fell by 4.5 %.', 'It was 12 in May.']
    """
    return [s for text in paragraphs for s in _SENTENCE.split(text.strip()) if s]


def _notes(part: Part) -> tuple[str, ...]:
    return tuple(part.sentences)


def _source(page: Page) -> str:
    """Name the source of the figures that a report opens with."""
    shown = [figure for figure in page.figures if figure.get("shown")] or page.figures
    return next((str(figure["source"]) for figure in shown if figure.get("source")), "")


def _number(text: str) -> float | None:
    """Read a number as it is shown.

    Examples
    --------
    >>> _number("−1,204.5"), _number("[x]")
    (-1204.5, None)
    """
    try:
        return float(text.replace(",", "").replace("−", "-").replace("\u00a0", ""))
    except ValueError:
        return None
