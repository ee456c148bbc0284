"""Figures: drawings with their title, alternative text, source and data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element, identifier
from cspanalysis.blocks.style import data_uri, own_svg, size_of
from cspanalysis.display.together import together

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Panel", "Plain", "chart", "figure"]


@dataclass(frozen=True, slots=True)
class Panel:
    """Hold one drawing of a figure.

    Parameters
    ----------
    svg
        The drawing.
    alt
        What it shows, with its main numbers, for those who don't see it.
    title
        Heading of the panel; empty where the figure's title says it.
    remark
        A few words on what it shows.
    """

    svg: bytes
    alt: str
    title: str = ""
    remark: Markup = Markup()  # noqa: RUF009 - an immutable empty text


@dataclass(frozen=True, slots=True)
class Plain:
    """Say that a figure's data alone say all that is drawn, so that Word may chart them itself.

    Parameters
    ----------
    kind
        ``line`` for months, ``column`` for counts of classes, ``dot`` for rates with intervals.
    focus
        Names of the points that the figure is about.
    """

    kind: str
    focus: tuple[str, ...] = ()


def figure(
    panels: Sequence[Panel],
    *,
    title: str,
    subtitle: str,
    source: str,
    data: Sequence[Block] = (),
    key: Markup | str = "",
    plain: Plain | None = None,
) -> Block:
    """Show drawings under one title, with their source and the data behind them.

    Parameters
    ----------
    panels
        The drawings, in reading order.
    title
        What the figure says, as a statement.
    subtitle
        What is drawn, and its unit.
    source
        Where the data came from.
    data
        Tables of the values drawn.
    key
        What shapes mean, where it is not written at them.
    plain
        That a chart of the data says the same; leave it out of what has ranges, steps or events.
    """
    caption = element(
        "figcaption",
        element("span", title, class_="figure-title"),
        " ",
        element("span", subtitle, class_="subtitle"),
    )
    drawn = element("div", *(_panel(panel) for panel in panels), class_=_kind(panels))
    html = element(
        "figure",
        caption,
        drawn,
        element("p", element("span", key, class_="key")) if key else None,
        element("p", element("span", "Source: ", source, class_="source")),
        _behind(data),
        class_="chart",
        id=f"figure-{identifier(title)}",
        data_plain=plain.kind if plain else None,
        data_focus="|".join(plain.focus) if plain and plain.focus else None,
    )
    described = [f"{panel.title}: {panel.alt}" if panel.title else panel.alt for panel in panels]
    text = "\n".join([title, subtitle, *described, f"Source: {source}"])
    return Block(html, text, together(*data).records)


def chart(
    drawn: Axes | Figure,
    *,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    data: Block | None = None,
    plain: Plain | None = None,
) -> Block:
    """Show a drawing of the notebook's own, such as ``report.monthly["burglary"].plot()``.

    Parameters
    ----------
    drawn
        What matplotlib, pandas or seaborn drew.
    title
        What the drawing says, as a statement.
    subtitle
        What is drawn, and its unit.
    source
        Where the data came from.
    alt
        What it shows, with its main numbers, for those who don't see it.
    data
        Table of the values drawn.
    plain
        That the data say all that is drawn, such as ``Plain("line")`` of one column by month:
        Word then holds a chart whose numbers can be edited, in place of the picture.
    """
    whole = drawn.get_figure(root=True)
    if whole is None:
        raise ValueError("the axes have no figure any more; draw them again")
    panel = Panel(own_svg(whole), alt)
    shown = [data] if data is not None else []
    return figure([panel], title=title, subtitle=subtitle, source=source, data=shown, plain=plain)


def _panel(panel: Panel) -> Markup:
    width, height = size_of(panel.svg)
    image = element("img", src=data_uri(panel.svg), alt=panel.alt, width=width, height=height)
    heading = element(
        "p",
        element("span", panel.title, class_="panel-title"),
        " " if panel.remark else None,
        element("span", panel.remark, class_="panel-remark") if panel.remark else None,
    )
    return element("div", heading if panel.title else None, element("p", image), class_="panel")


def _kind(panels: Sequence[Panel]) -> str:
    """Say whether drawings stand beside each other, where there is room."""
    return "panels many" if len(panels) > 1 else "panels"


def _behind(data: Sequence[Block]) -> Markup | None:
    if not data:
        return None
    tables = (Markup(block.html) for block in data)  # noqa: S704 # nosec B704 - blocks hold escaped markup
    return element("details", element("summary", "Data behind this figure"), *tables)
