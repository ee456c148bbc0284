"""The command ``cspanalysis`` with HTML pages alone, as nbconvert's command makes."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.command.main import Pages, main


def publish(executed: Path, into: Path) -> list[Path]:
    from cspanalysis.publication.html import page_of

    page = into / f"{executed.stem}.html"
    page.write_text(page_of(executed).html, encoding="utf-8")
    return [page]


def index(outputs: Path) -> Path:
    from cspanalysis.publication import write_index

    return write_index(outputs)


def prepare() -> None:
    from cspanalysis.publication.html import prepare_page

    prepare_page()


if __name__ == "__main__":
    main(obj=Pages(publish, index, prepare))
