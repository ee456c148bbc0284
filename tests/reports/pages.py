"""Reading what blocks show."""

from __future__ import annotations

import re

from lxml import html


def cells(markup: str) -> list[list[str]]:
    """Give the texts of the cells of every row of every table."""
    rows = html.fromstring(f"<div>{markup}</div>").findall(".//tr")
    return [[re.sub(r"\s+", " ", cell.text_content()).strip() for cell in row] for row in rows]


def grade(text: str) -> float:
    """Flesch-Kincaid grade, syllables counted as groups of vowels."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if s]
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9,.'%-]*", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
