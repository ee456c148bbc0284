"""The annotated page of a text: a summary whose counts lead to marks, a key, and the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from cspanalysis.command.texts.marks import VERDICTS, Mark
from cspanalysis.command.texts.written import Written
from cspanalysis.commentary.claims import Claim
from cspanalysis.vocabulary.listed import joined

__all__ = ["notes_of", "page_of"]

_SIGNS: Mapping[str, str] = {
    "contradicted": "✗",
    "not traceable": "?",
    "as recorded": "≈",
    "cited": "§",
    "supported": "✓",
    "not checked": "○",
}
_BEGIN, _NAMED, _END = "\ue000", "\ue001", "\ue002"
_TOKENS = re.compile(rf"(<[^>]*>|{_BEGIN}\d+{_NAMED}|{_END})")
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_AFTER = re.compile(r"</(?:p|h\d|table|pre)>")
_BEFORE = re.compile(r"</(?:li|blockquote|section)>|<[uo]l\b")


def notes_of(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Write what is not supported, by verdict: once for all words that fail for one reason."""
    told: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        if claim.verdict != "supported":
            told.setdefault((claim.verdict, claim.reason), []).append(f"'{claim.words}'")
    for (verdict, reason), words in told.items():
        said = f"{verdict.capitalize()}: {joined(list(dict.fromkeys(words)))}."
        meant = VERDICTS[verdict] if verdict in {"as recorded", "contradicted"} else ""
        yield verdict, " ".join(filter(None, (said, meant, reason)))


def page_of(
    name: str, written: Written, marks: Sequence[Mark], *, against: str, told: Sequence[str]
) -> str:
    """Make the page.

    Parameters
    ----------
    name
        The file's name.
    written, marks
        The text, and what became of its claims.
    against
        What it was held against, for readers: "Luton, 2023".
    told
        What else is to be said first: what of it was not read, and what makes one doubt.
    """
    style = files("cspanalysis.command.texts").joinpath("page.css").read_text("utf-8")
    title = f"{escape(name)}, checked"
    first = "".join(f"<p><strong>{escape(line)}</strong></p>\n" for line in told)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>Held against the figures of {escape(against)}.</p>\n"
        f"{first}{_key(marks)}{_places(written, marks)}"
        f'<div class="text">\n{_text(written, marks)}</div>\n</main>\n</body></html>\n'
    )


def _key(marks: Sequence[Mark]) -> str:
    counts = Counter(mark.verdict for mark in marks)
    first = {mark.verdict: number for number, mark in reversed(list(enumerate(marks)))}
    rows = []
    for verdict, meaning in VERDICTS.items():
        held = str(counts[verdict])
        if verdict in first:
            held = f'<a href="#m{first[verdict]}">{held}</a>'
        rows.append(
            f"<tr><td>{held}</td><td>{_sign(verdict)} {verdict}</td><td>{meaning}</td></tr>"
        )
    return (
        '<table class="key">\n<thead><tr><th scope="col">Marks</th><th scope="col">Verdict</th>'
        f'<th scope="col">What it means</th></tr></thead>\n<tbody>{"".join(rows)}</tbody>\n'
        "</table>\n"
        '<p class="quiet">A mark is a sentence or a cell of a table; it bears the verdict of that '
        "statement in it which most needs a look. What has no mark holds nothing that was read "
        "as a statement about the figures, and was not checked.</p>\n"
    )


def _places(written: Written, marks: Sequence[Mark]) -> str:
    """List the marks of each verdict with their places, those to mend first open."""
    found = []
    for verdict in VERDICTS:
        own = [(number, mark) for number, mark in enumerate(marks) if mark.verdict == verdict]
        if not own:
            continue
        items = "".join(
            f'<li><a href="#m{number}">{written.where(mark.line).capitalize()}</a>: '
            f'{escape(mark.sentence)} <span class="quiet">{escape(mark.reasons)}</span></li>'
            for number, mark in own
        )
        is_open = " open" if verdict == "contradicted" else ""
        head = f"{_sign(verdict)} {len(own)} {verdict}"
        found.append(f"<details{is_open}><summary>{head}</summary>\n<ul>{items}</ul></details>\n")
    return "".join(found)


def _sign(verdict: str) -> str:
    kind = verdict.replace(" ", "-")
    return f'<span class="sign {kind}" aria-hidden="true">{_SIGNS[verdict]}</span>'


# The text


def _text(written: Written, marks: Sequence[Mark]) -> str:
    made = _translated(_signed(written.text, marks))
    parts = list(_with_marks(made, written, marks))
    shown = set(re.findall(r'id="m(\d+)"', "".join(parts)))
    lost = [(n, mark) for n, mark in enumerate(marks) if str(n) not in shown]
    for number, mark in lost:  # such as a note that the text leads to nowhere
        parts.append(f"<p>{_opened(number, mark, named=True)}{escape(mark.said)}</mark></p>\n")
        parts.append(_notes(written, [mark]))
    return "".join(parts)


def _signed(text: str, marks: Sequence[Mark]) -> str:
    """Put signs of our own where marks begin and end; they pass through Markdown as letters do."""
    found, done = [], 0
    for number, mark in enumerate(marks):
        if mark.start >= done:
            begin = f"{_BEGIN}{number}{_NAMED}"
            found += [text[done : mark.start], begin, text[mark.start : mark.end], _END]
            done = mark.end
    found.append(text[done:])
    return _HEAD.sub("", "".join(found))


def _translated(text: str) -> str:
    import mistune

    class _Renderer(mistune.HTMLRenderer):
        def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
            return f'<span class="quiet">(picture: {escape(text or url)})</span>'

    plugins: Any = ["strikethrough", "table", "footnotes"]
    made: Any = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=plugins)
    lowered = re.sub(r"(</?h)([1-5])>", lambda h: f"{h[1]}{int(h[2]) + 1}>", str(made(_even(text))))
    return re.sub(
        r"<table>.*?</table>", r'<div class="scroll">\g<0></div>', lowered, flags=re.DOTALL
    )


def _even(text: str) -> str:
    """Give the rows of a table as many cells as its head: a table is one only so."""
    lines = text.split("\n")
    for number, line in enumerate(lines[1:], start=1):
        if (
            re.fullmatch(r"[ \t]*\|?[\s:|-]*-[\s:|-]*", line)
            and lines[number - 1].lstrip()[:1] == "|"
        ):
            across = _across(lines[number - 1])
            lines[number] = line.rstrip() + " --- |" * (across - _across(line))
            below = number + 1
            while below < len(lines) and lines[below].lstrip()[:1] == "|":
                cells = _cells(lines[below])
                cells = [*cells[: across - 1], " / ".join(cells[across - 1 :])]
                lines[below] = f"| {' | '.join(cells)} |" + "  |" * (across - len(cells))
                below += 1
    return "\n".join(lines)


def _across(row: str) -> int:
    return len(_cells(row))


def _cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))


def _with_marks(made: str, written: Written, marks: Sequence[Mark]) -> Iterator[str]:
    """Turn our signs into marks that are closed before every tag, and put notes below blocks."""
    current, begun, waiting = -1, False, list[Mark]()
    for token in _TOKENS.split(made):
        if token.startswith(_BEGIN):
            current, begun = int(token[1:-1]), False
            waiting.append(marks[current])
        elif token == _END:
            current = -1
        elif token.startswith("<"):
            if waiting and _BEFORE.match(token):
                yield _notes(written, waiting)
                waiting = []
            yield token
            if waiting and _AFTER.match(token):
                yield _notes(written, waiting)
                waiting = []
        elif current >= 0 and token.strip():
            yield f"{_opened(current, marks[current], named=not begun)}{token}</mark>"
            begun = True
        else:
            yield token


def _opened(number: int, mark: Mark, *, named: bool) -> str:
    kind = mark.verdict.replace(" ", "-")
    if not named:
        return f'<mark class="{kind}">'
    sign = (
        f'<span class="sign" role="img" aria-label="{mark.verdict}">{_SIGNS[mark.verdict]}</span>'
    )
    return f'<mark class="{kind}" id="m{number}">{sign}'


def _notes(written: Written, marks: Sequence[Mark]) -> str:
    items = []
    for line, of_line in groupby(marks, key=lambda mark: mark.line):
        where = written.where(line).capitalize()
        notes = notes_of(claim for mark in of_line for claim in mark.claims)
        items += [f"<li>{_sign(verdict)} {where}. {escape(note)}</li>" for verdict, note in notes]
    return f'<ul class="notes">{"".join(items)}</ul>\n' if items else ""
