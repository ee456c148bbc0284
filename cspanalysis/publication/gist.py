"""A page taken apart: what it says and shows, for forms that say less than the page does."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cspanalysis.errors import PublicationError
from cspanalysis.publication.html import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = [
    "Gist",
    "Grid",
    "Headline",
    "Part",
    "Picture",
    "Shown",
    "gist_of",
    "gist_of_markup",
    "shown",
]

_FIRST_WORDS = 3
_LEFT_OUT = "ancestor::figure or ancestor::table or ancestor::aside or ancestor::details"
_WALKED = (
    f".//h2 | .//h3 | .//figure | .//div[@class='table-block'][not({_LEFT_OUT})]"
    f" | .//p[not({_LEFT_OUT})] | .//li[not({_LEFT_OUT})][not(.//p)]"
)
_QUIET = {"byline", "licence"}


@dataclass(frozen=True, slots=True)
class Headline:
    """Hold a headline figure as it is read: number, what it is, its change and the verdict."""

    number: str
    label: str
    change: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table as it is read: caption, names of columns, rows of texts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a drawing: its bytes, the ending that says what it is, and its words."""

    content: bytes
    ending: str
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold a figure: its words, drawings, and the tables of what is drawn.

    Where a chart can say all that is drawn, ``plain`` is its kind and ``focus`` names what it is
    about (see `display.figure.Plain`).
    """

    title: str
    subtitle: str
    source: str
    pictures: tuple[Picture, ...]
    grids: tuple[Grid, ...]
    plain: str = ""
    focus: tuple[str, ...] = ()


@dataclass(slots=True)
class Part:
    """Hold what stands under one heading, without what stands under the headings below it.

    Sentences that open with a name in bold have it among the names.
    """

    heading: str
    level: int
    listed: bool = False
    sentences: list[str] = field(default_factory=list)
    figures: list[Shown] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gist:
    """Hold a page taken apart.

    Parameters
    ----------
    headlines
        The figures that it opens with.
    topics
        The parts of its summary; what stands under its first headings where it has none.
    parts
        What stands under each heading, in order.
    """

    headlines: tuple[Headline, ...]
    topics: tuple[Part, ...]
    parts: tuple[Part, ...]

    def part(self, *words: str) -> Part | None:
        """Find the first part whose heading holds one of these words."""
        found = (p for word in words for p in self.parts if word in p.heading.casefold())
        return next(found, None)


def gist_of(page: Page) -> Gist:
    """Take a page apart."""
    return gist_of_markup(page.html)


def gist_of_markup(page: str) -> Gist:
    """Take the markup of a page apart.

    Raises
    ------
    PublicationError
        If it has no main part.
    """
    from lxml import html

    main = html.document_fromstring(page).find(".//main")
    if main is None:
        raise PublicationError("the page has no main part to take apart")
    for hidden in main.xpath(".//svg | .//*[@class='visually-hidden'] | .//a[@class='noteref']"):
        hidden.drop_tree()
    headlines = tuple(_headline(item) for item in main.xpath(".//ul[@class='headlines']/li"))
    topics = tuple(_topic(part) for part in main.xpath(".//div[@class='topic']"))
    for summary in main.xpath(".//ul[@class='headlines'] | .//div[@class='topics']"):
        summary.drop_tree()
    parts = tuple(_parts(main))
    return Gist(headlines, topics or _opening(parts), parts)


def _opening(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Take the first parts that have words for a summary."""
    return tuple(
        Part(p.heading, p.level, sentences=p.sentences[:_FIRST_WORDS]) for p in parts if p.sentences
    )[:_FIRST_WORDS]


def _headline(item: HtmlElement) -> Headline:
    number, unit, label, change, outcome = (
        _first(item, f".//*[@class='{name}']")
        for name in ("number", "unit", "label", "change", "outcome")
    )
    return Headline(f"{number} {unit}".strip(), label, change, outcome)


def _topic(element: HtmlElement) -> Part:
    said = {words(p): _first(p, "./strong") for p in element.iterfind(".//p")}
    names = {
        sentence: name for sentence, name in said.items() if name and sentence.startswith(name)
    }
    return Part(_first(element, ".//h3"), 3, sentences=list(filter(None, said)), names=names)


def _parts(main: HtmlElement) -> Iterator[Part]:
    part: Part | None = None
    for element in main.xpath(_WALKED):
        if element.tag in {"h2", "h3"}:
            if part:
                yield part
            listed = "listed" in element.get("class", "").split()
            part = Part(words(element), int(element.tag[1]), listed)
        elif part:
            _put(part, element)
    if part:
        yield part


def _put(part: Part, element: HtmlElement) -> None:
    if element.tag == "figure":
        part.figures.append(shown(element))
    elif element.tag == "div":
        part.grids += [_grid(table) for table in element.iter("table")]
    elif element.get("class") not in _QUIET and (said := words(element)):
        part.sentences.append(said)


def shown(figure: HtmlElement) -> Shown:
    """Take a figure apart."""
    pictures = tuple(_picture(image) for image in figure.iter("img"))
    source = _first(figure, ".//*[@class='source']").removeprefix("Source:").strip()
    grids = tuple(_grid(table) for table in figure.iter("table"))
    title, subtitle = (_first(figure, f".//*[@class='{c}']") for c in ("figure-title", "subtitle"))
    focus = tuple(filter(None, figure.get("data-focus", "").split("|")))
    return Shown(title, subtitle, source, pictures, grids, figure.get("data-plain", ""), focus)


def _picture(image: HtmlElement) -> Picture:
    kind, _, content = image.get("src", "").partition(",")
    ending = "svg" if "svg" in kind else "png"
    return Picture(base64.b64decode(content), ending, image.get("alt", ""))


def _grid(table: HtmlElement) -> Grid:
    lines = [tuple(words(cell) for cell in row.iter("th", "td")) for row in table.iter("tr")]
    heads = len(table.xpath(".//thead/tr")) or 1
    head = lines[heads - 1] if lines else ()
    body = tuple(line for line in lines[heads:] if len(line) == len(head))
    caption = table.find(".//caption")
    return Grid(words(caption) if caption is not None else "", head, body)


def _first(element: HtmlElement, path: str) -> str:
    found = element.xpath(path)
    return words(found[0]) if found else ""


def words(element: HtmlElement) -> str:
    """Give the words of an element with single spaces; no-break spaces stay."""
    return " ".join(element.text_content().replace("\n", " ").split(" ")).strip()
