"""What publishing one report takes, part by part: our own process, and pandoc's."""

from __future__ import annotations

import gc
import resource
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cspanalysis.publication import prepare
from cspanalysis.publication.brand import brand_of
from cspanalysis.publication.document import document_of
from cspanalysis.publication.html import page_of
from cspanalysis.publication.pdf import pdf_of
from cspanalysis.publication.pdf_checks import pdf_breaches
from cspanalysis.publication.spreadsheet import spreadsheet_of
from cspanalysis.publication.word import word_of


def parts(executed: Sequence[Path]) -> dict[str, tuple[float, float]]:
    """Give each part with its processor seconds in our process and in pandoc, per notebook.

    Parameters
    ----------
    executed
        Executed notebooks of ours; the first is published once before, for what is loaded then.
        The same one twice would cost less: Typst remembers what it has set.
    """
    prepare()
    gc.collect()
    gc.freeze()
    _publish(executed[0], defaultdict(lambda: (0.0, 0.0)))
    spent: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for one in executed[1:]:
        _publish(one, spent)
    measured = len(executed) - 1
    return {part: (ours / measured, pandoc / measured) for part, (ours, pandoc) in spent.items()}


def _publish(executed: Path, spent: dict[str, tuple[float, float]]) -> None:
    brand = brand_of(page_of(executed).cover["area"]["slug"])

    def part(name: str, make: Callable[[], Any]) -> Any:
        begun = _used()
        made = make()
        ours, pandoc = (now - then for now, then in zip(_used(), begun, strict=True))
        spent[name] = spent[name][0] + ours, spent[name][1] + pandoc
        return made

    page = part("HTML", lambda: page_of(executed, brand=brand))
    document = part("document tree (pandoc)", lambda: document_of(page.html))
    part("Word (pandoc, pictures)", lambda: word_of(page, document, brand=brand))
    pdf = part("PDF (pandoc, Typst, tags)", lambda: pdf_of(page, document, brand=brand))
    part("spreadsheet (xlsxwriter)", lambda: spreadsheet_of(page))
    part("check of the PDF", lambda: list(pdf_breaches(pdf)))


def _used() -> tuple[float, float]:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    ours, children = (used.ru_utime + used.ru_stime for used in both)
    return ours, children
