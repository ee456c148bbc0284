"""The verbs that bring data in: ingest, fetch and new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cspanalysis import paths
from cspanalysis.command.selection import WrittenPath, tell_outlived
from cspanalysis.errors import UsageError

__all__ = ["fetch", "ingest_files", "new", "tell_unread"]


def tell_unread() -> None:
    """Tell, on standard error, of tables that were edited and not taken in."""
    from cspanalysis.store.unread import unread_tables

    for line in unread_tables():
        click.echo(f"! {line}", err=True)


@click.command("ingest")
@click.argument("files", nargs=-1, required=True, type=WrittenPath(exists=True))
@click.option(
    "--vintage",
    metavar="MONTH",
    help="When the files were published, as 2024-02, where they do not say it themselves.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Let a file take the place of what is held of the same vintage and differs.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object in place of text.")
def ingest_files(
    *, files: tuple[Path, ...], vintage: str | None, replace: bool, as_json: bool
) -> None:
    """Take raw files into the store, each known by what it holds.

    FILES are archives of data.police.uk, tables of ONS by CSP and of the Home Office (CSV, XLSX,
    ODS), partners' indicators, and tables of published figures. All FILES of one call are taken,
    or none. A file that was taken before is left alone. One that differs from what is held of the
    same vintage is refused, with what differs, unless --replace is given; what it replaced is told,
    and its receipt stays in the store.
    """
    from tqdm import tqdm

    from cspanalysis.store import ingest

    with tqdm(unit="file", disable=None, dynamic_ncols=True) as bar:

        def show(done: int, of: int, name: str) -> None:
            bar.total = of
            bar.set_description_str(name, refresh=False)
            bar.update(done - bar.n)

        report = ingest(files, vintage=vintage, replace=replace, on_progress=show)
    click.echo(report.json() if as_json else str(report))


@click.group()
def fetch() -> None:
    """Download raw files from their publishers."""


@fetch.command("police-uk")
@click.option("--force", help="As data.police.uk names it, as 'thames-valley'.")
@click.option("--from", "first", metavar="MONTH", help="As 2023-01.")
@click.option("--to", "last", metavar="MONTH", help="As 2023-12.")
@click.option("--archive", metavar="MONTH", help="All forces: 'latest', or as 2023-12.")
@click.option("--dry-run", is_flag=True, help="Print the addresses and fetch nothing.")
def fetch_police_uk(
    *, force: str | None, first: str | None, last: str | None, archive: str | None, dry_run: bool
) -> None:
    """Download months of data.police.uk to data/raw/police-uk: a force's, or all with --archive.

    An archive holds all forces and 36 months (about 1.6 GB). A download that stopped is taken up
    where it stopped. For one force the archive is kept in the cache, and the force's own files are
    cut out of it.
    """
    if archive and not (force or first or last):
        made = _whole_archive(archive, dry_run=dry_run)
    elif force and first and last and not archive:
        made = _of_force(force, first, last, dry_run=dry_run)
    else:
        raise UsageError(
            "write either --archive latest (or a month), or --force with --from and --to"
        )
    for path in made:
        click.echo(f"{path}: take it in with: cspanalysis ingest {path}")


def _whole_archive(which: str, *, dry_run: bool) -> tuple[Path, ...]:
    from cspanalysis.sources import archives, fetch

    if dry_run:
        click.echo(archives.archive_address(which))
        return ()
    into, cache = _raw_folder(), paths.cache_folder() / "police-uk"
    with _shown_progress() as show:
        loader = fetch.Downloader(progress=show)
        return (archives.fetch_archive(which, into=into, cache=cache, downloader=loader),)


def _of_force(force: str, first: str, last: str, *, dry_run: bool) -> tuple[Path, ...]:
    from cspanalysis.sources import fetch as fetching
    from cspanalysis.vocabulary import Period

    for option, month in (("--from", first), ("--to", last)):
        if len(Period.parse(month).months) > 1:
            raise UsageError(f"{option} {month}: write a month, such as 2023-01")
    months = Period.parse(f"{first}..{last}").months
    fetching.check_force(force)
    if dry_run:
        for name in fetching.archives_for(months[0], months[-1]):
            click.echo(fetching.ARCHIVES + name)
        return ()
    with _shown_progress() as show:
        return fetching.fetch_police_uk(
            force,
            months[0],
            months[-1],
            into=_raw_folder(),
            cache=paths.cache_folder() / "police-uk",
            downloader=fetching.Downloader(progress=show),
        )


def _raw_folder() -> Path:
    return paths.data_folder() / "raw" / "police-uk"


@contextmanager
def _shown_progress() -> Iterator[Callable[[int, int | None], None]]:
    """Show on a terminal how far a download is."""
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, disable=None, dynamic_ncols=True) as bar:

        def show(done: int, of: int | None) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield show


class _New(click.Group):
    """Take a word that is no command for an area: ``new luton`` is ``new partnership luton``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = args[0] in self.commands or args[0].startswith("-")
        return super().resolve_command(ctx, args if known else ["partnership", *args])


@click.group(cls=_New)
def new() -> None:
    """Make a file to start from: cspanalysis new luton, or one of the commands below."""


@new.command("partnership")
@click.argument("area")
def new_partnership(*, area: str) -> None:
    """Make a partnership's file and commentary: AREA is a CSP, such as luton.

    The file is valid as it stands; what it leaves out is named as missing in the reports. Nothing
    that is there already is written over.
    """
    from cspanalysis.partnership.template import new_partnership as write
    from cspanalysis.store import Store
    from cspanalysis.vocabulary import Area

    found = Area.named(area)
    tell_outlived(area)
    for path in write(found):
        click.echo(str(path))
    months = Store.open().held.months(found)
    if not months:
        click.echo(f"no figures of {found.label} are held yet: see cspanalysis fetch and ingest")
        return
    period = f"12m-to-{months[-1]:%Y-%m}"
    click.echo(
        f"fill it in, add a strategic-assessment of {found.slug} to the plan, then: "
        f"cspanalysis check --statutory {found.slug} {period}"
    )


@new.command("indicators")
@click.argument("file", type=WrittenPath())
def new_indicators(*, file: Path) -> None:
    """Make a template for a partner's indicators: FILE.xlsx with lists, or FILE.csv."""
    from cspanalysis.sources.indicators import new_template

    click.echo(f"{new_template(file)}: fill it in, then: cspanalysis ingest {file}")
