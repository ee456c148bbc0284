"""A summary on one page that can be read alone."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element
from cspanalysis.display.cover import Headline, headlines
from cspanalysis.display.icons import STATUSES, status_mark
from cspanalysis.display.marks import verdict_mark
from cspanalysis.display.together import together
from cspanalysis.findings.summary.topics import Topic

__all__ = ["one_page"]


def one_page(
    figures: Sequence[Headline], topics: Sequence[Topic], *, picture: Block | None = None
) -> Block:
    """Show headline figures, a picture and topics; on paper they end the first page.

    Parameters
    ----------
    figures
        Headline figures: three to five.
    topics
        What is said, in reading order.
    picture
        The chart that carries the finding; None where there is none.
    """
    cards = headlines(figures)
    shown = together(cards if figures else None, picture)
    html = element(
        "div",
        Markup(shown.html),  # noqa: S704 # nosec B704 - blocks hold escaped markup
        element("div", *map(_topic, topics), class_="topics"),
        class_="one-page",
    )
    said = "\n\n".join(map(_text, topics))
    return Block(html, f"{shown.text}\n\n{said}", shown.records)


def _topic(topic: Topic) -> Markup:
    sides = (element("p", _mark(word), ": ", text, ".") for word, text in topic.sides)
    ranked = (_place(*place) for place in topic.ranked)
    sentences = (element("p", text) for text in topic.sentences if text)
    wide = "wide" if topic.ranked else None
    return element(
        "div",
        element("h3", topic.title),
        *sides,
        *ranked,
        *sentences,
        class_="topic",
        data_place=wide,
    )


def _place(name: str, word: str, text: str) -> Markup:
    """Write what is put first with its verdict: as a paragraph, since the order is its number.

    Pages set the verdict at the end of the name's line, so that verdicts stand below one another;
    what reads as text keeps the marks between them.
    """
    return element(
        "p",
        element("strong", name),
        element("span", ", ", class_="joint"),
        element("span", _mark(word), class_="word"),
        element("span", ": ", class_="joint"),
        element("span", f"{text[:1].upper()}{text[1:]}", class_="told"),
        class_="place",
    )


def _mark(word: str) -> Markup:
    return status_mark(word) if word in STATUSES else verdict_mark(word)


def _text(topic: Topic) -> str:
    sides = (f"{verdict.capitalize()}: {text}." for verdict, text in topic.sides)
    ranked = (f"{name}, {word}: {text}" for name, word, text in topic.ranked)
    return "\n".join([topic.title, *sides, *ranked, *filter(None, topic.sentences)])
