"""The command ``cspanalysis`` with HTML pages alone, as nbconvert's command makes."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.cli import Pages, main
from cspanalysis.publication import write_index
from cspanalysis.publication.html import page_of, prepare_page


def publish(executed: Path, into: Path) -> list[Path]:
    page = into / f"{executed.stem}.html"
    page.write_text(page_of(executed).html, encoding="utf-8")
    return [page]


if __name__ == "__main__":
    main(obj=Pages(publish, write_index, prepare_page))
