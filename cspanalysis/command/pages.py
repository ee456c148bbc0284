"""The verbs that look at what is there: check and diff."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from cspanalysis import paths
from cspanalysis.command.selection import WrittenPath, tell_outlived
from cspanalysis.errors import UsageError

__all__ = ["check", "diff"]

_AT_MOST = 40
"""Contradicted sentences that are told one by one."""


@click.command()
@click.argument("words", nargs=-1, metavar="[PAGES | AREA [PERIOD]]")
@click.option("--area", help="An area, or all forces of the store.")
@click.option(
    "--period",
    help="A period; by default the twelve months up to the newest, but --text asks for one.",
)
@click.option(
    "--statutory",
    is_flag=True,
    help="Hold strategic assessments against what the law asks for: that of AREA and PERIOD, or "
    "the plan's.",
)
@click.option(
    "--leaks",
    is_flag=True,
    help="Look into every file of the folder PAGES for paths, names of machine and account, cells "
    "for analysts and sensitive editions.",
)
@click.option(
    "--text",
    "texts",
    type=WrittenPath(),
    multiple=True,
    metavar="FILE",
    help="Hold what a Markdown or Word document says against the figures of --area and --period, "
    "and write annotated copies beside it: FILE.checked.html and, of a Word document, one with "
    "comments. Both are asked for; several texts may be given.",
)
def check(
    *,
    words: tuple[str, ...],
    area: str | None,
    period: str | None,
    statutory: bool,
    leaks: bool,
    texts: tuple[Path, ...],
) -> None:
    """Say what is in the store, or verify the pages in the folder PAGES, and what is wrong.

    The store's check is the same as a page for readers: cspanalysis run, with the notebook
    data-quality. It reads every partnership file and commentary as well. Pages are held against the
    rules for published pages, and the assurance log says how much each keeps back, and by
    which rule. With --statutory, strategic assessments are held against the law, and
    what is empty is named. With --text, a document of your own is held against the figures. Exit
    code 1 where something is wrong.
    """
    tell_outlived(area or (words[0] if statutory and words else None))
    if texts:
        _check_texts(texts, words, area, period)
    elif leaks:
        from cspanalysis.publication.leaks import folder_leaks

        pages = _folder(words or (str(paths.outputs_folder()),))
        told = [f"{file}: {leak}" for file, leak in folder_leaks(pages)]
        _conclude(told, f"{pages}: nothing leaks")
    elif statutory:
        from cspanalysis.command.statutory_check import empty_requirements

        asked = [*words, *filter(None, (area, period))]
        listed = [f"{where}: {line}" for where, line in empty_requirements(asked)]
        _conclude(listed, "nothing that the law asks for is left empty")
    elif not words:
        from cspanalysis.command.written_check import written_amiss
        from cspanalysis.partnership.held import remarks
        from cspanalysis.reports.quality_found import checked
        from cspanalysis.store.unread import unread_tables

        paths.reference("areas.csv")  # without a data folder nothing is found right
        said, found = checked(area, period)
        click.echo(said)
        for line in remarks():
            click.echo(line)
        _conclude([*found, *unread_tables(), *written_amiss()], "nothing wrong was found")
    else:
        pages = _folder(words)
        if area or period:
            raise UsageError(
                "--area and --period are of the store's check; leave them out for PAGES"
            )
        from cspanalysis.command.assurance import assurance
        from cspanalysis.publication.gate import check_outputs

        for line in assurance(pages):
            click.echo(line)
        breaches = [f"{file}: {breach}" for file, breach in check_outputs(pages)]
        _conclude(breaches, f"{pages}: every page keeps the rules")


def _check_texts(
    texts: tuple[Path, ...], words: tuple[str, ...], area: str | None, period: str | None
) -> None:
    from cspanalysis.command.texts.check import checked_text

    lacking = [name for name, given in (("--area", area), ("--period", period)) if not given]
    if words or not area or not period:
        amiss = f"{' and '.join(lacking)} not given" if lacking else f"'{' '.join(words)}' given"
        raise UsageError(f"--text FILE takes --area AREA and --period PERIOD alone: {amiss}")
    wrong: list[str] = []
    for text in texts:
        found = checked_text(text, area=area, period=period)
        if texts[1:]:
            click.echo(f"{text}:")
        click.echo(found.summary)
        wrong += found.contradictions()
        if not any(found.contradictions()):
            click.echo(found.conclusion)
    if wrong:
        left = len(wrong) - _AT_MOST
        more = [f"{left} more are in the annotated copies"] if left > 0 else []
        _conclude([*wrong[:_AT_MOST], *more], "")


def _folder(words: tuple[str, ...]) -> Path:
    pages = Path(words[0])
    if len(words) > 1 or not pages.is_dir():
        raise UsageError(
            f"'{' '.join(words)}' is no folder of pages; for an area write --area, or --statutory "
            "AREA PERIOD"
        )
    return pages


def _conclude(problems: Iterable[str], good: str) -> None:
    listed = list(dict.fromkeys(problems))  # two claims of a sentence may have one reason
    for problem in listed:
        click.echo(f"! {problem}")
    if listed:
        sys.exit(1)
    click.echo(good)


@click.command()
@click.argument("earlier")
@click.argument("later")
@click.option(
    "--outputs",
    type=WrittenPath(),
    metavar="DIR",
    help="Folder that area/period/notebook is looked up in.  [default: outputs]",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of text.")
@click.option("--html", type=WrittenPath(), metavar="FILE", help="Write a page too.")
def diff(
    *, earlier: str, later: str, outputs: Path | None, as_json: bool, html: Path | None
) -> None:
    """Say figure by figure what moved between two editions, and why it may have.

    An edition is the path of a report's files, or area/period/notebook in the outputs folder.
    Runs that were replaced since lie in its folder .editions.
    """
    from cspanalysis.publication.editions import named_edition
    from cspanalysis.publication.moves import compare_editions
    from cspanalysis.publication.review import comparison_page

    home = outputs or paths.outputs_folder()
    found = compare_editions(named_edition(earlier, home), named_edition(later, home))
    if html is not None:
        if found.readers == "sensitive" and html.resolve().is_relative_to(home.resolve()):
            raise UsageError(f"'{html}' would lie among public reports; write it elsewhere")
        try:
            html.write_text(comparison_page(found), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"'{html}' can't be written: {error.strerror or error}") from None
    click.echo(found.json() if as_json else found.text())
