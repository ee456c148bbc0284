"""A report's findings as an e-mail, and the digest of what a run brought.

Mail programs show little: tables, styles at the element that bears them, no style sheet that one
can count on (the one there is gives dark programs their colours), no script, no drawing. What is
said must be said in words and numbers.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cspanalysis.publication.gist import Gist, Part, gist_of
from cspanalysis.publication.html import Page, edition_label, template
from cspanalysis.publication.licence import ADDRESS, BOUNDARIES, NAME, draws_boundaries
from cspanalysis.vocabulary.listed import joined

__all__ = ["Told", "digest_page", "digest_text", "mail_page_of", "mail_text_of"]

_WIDTH, _PLACED = 72, 3
"""Letters of a line, and files of a report whose places a digest gives."""
_QUIET = {"", "no clear change", "steady", "can't tell", "can’t tell"}


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what a digest says of one report.

    Parameters
    ----------
    title
        Kind of report, area and period.
    lead
        Its finding.
    files
        Labels of its files with their places below the folder of reports.
    marking
        Protective marking; empty for none.
    """

    title: str
    lead: str
    files: Sequence[tuple[str, str]]
    marking: str = ""

    @property
    def named(self) -> list[str]:
        """What is told of its files: the first with their places, and that others lie beside."""
        first = [f"{label}: {place}" for label, place in self.files[:_PLACED]]
        others = [label for label, _ in self.files[_PLACED:]]
        return [*first, *([f"Beside them: {joined(others)}"] if others else [])]


def mail_page_of(page: Page) -> bytes:
    """Make the e-mail of a page's findings as markup that mail programs show."""
    return _rendered("mail.html.j2", **_said(page), quiet=_QUIET).encode()


def mail_text_of(page: Page) -> bytes:
    """Make the same e-mail as plain text, in lines of 72 letters."""
    said = _said(page)
    lines = [*_marked(said["cover"]["marking"]), page.title, "=" * min(_WIDTH, len(page.title)), ""]
    lines += _wrapped(said["cover"]["lead"])
    if said["headlines"]:
        lines += ["", *_headed("In figures")]
        for figure in said["headlines"]:
            told = "; ".join(part for part in (figure.change, figure.verdict) if part)
            lines += _wrapped(f"{figure.label}: {figure.number}. {told}".strip(), "* ")
    for topic in said["topics"]:
        lines += ["", *_headed(topic.heading)]
        lines += [line for sentence in topic.sentences for line in _wrapped(sentence)]
    facts = [f"{name}: {text}" for name, text in said["cover"]["facts"].items()]
    lines += ["", "--", *facts, said["edition"], *_licence(drawn=said["drawn"])]
    return _ended(lines)


def digest_page(reports: Sequence[Told], *, day: str) -> str:
    """Make the digest of the reports of one day as an e-mail."""
    return _rendered("digest.html.j2", reports=reports, day=day)


def digest_text(reports: Iterable[Told], *, day: str) -> str:
    """Make the same digest as plain text."""
    title = f"Community safety reports of {day}"
    lines = [title, "=" * len(title)]
    for report in reports:
        lines += ["", *_marked(report.marking), *_headed(report.title), *_wrapped(report.lead)]
        lines += report.named
    return _ended([*lines, "", "--", *_licence(drawn=False)]).decode()


def _said(page: Page) -> Mapping[str, Any]:
    gist = gist_of(page)
    return {
        "cover": page.cover,
        "title": page.title,
        "edition": edition_label(page.cover),
        "headlines": gist.headlines,
        "topics": _topics(gist),
        "drawn": draws_boundaries(page.html),
    }


def _topics(gist: Gist) -> list[Part]:
    return [topic for topic in gist.topics if topic.sentences]


def _rendered(name: str, **values: Any) -> str:
    text: str = template(name).render(**values)
    return text


def _headed(heading: str) -> list[str]:
    return [heading, "-" * min(_WIDTH, len(heading))]


def _marked(marking: str | None) -> list[str]:
    return [marking, ""] if marking else []


def _wrapped(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _licence(*, drawn: bool) -> list[str]:
    said = f"Contains public sector information licensed under the {NAME}:"
    return [*_wrapped(said), ADDRESS, *([BOUNDARIES] if drawn else [])]


def _ended(lines: Iterable[str]) -> bytes:
    """End lines as mail has them (RFC 5322, section 2.1)."""
    return ("\r\n".join(lines) + "\r\n").encode()
