"""Whole archives of data.police.uk: all forces, three years, in one download that is verified.

https://data.police.uk/about/ gives two addresses: ``latest.zip`` for the newest archive and
``2023-12.zip`` for that of a month. What was fetched is remembered with its hash and with the tag
that the server gave it, so that the newest is asked for again and downloaded only when it is new.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
import zlib
from pathlib import Path
from urllib.parse import urljoin

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.fetch import ARCHIVES, Downloader
from cspanalysis.sources.files import Input, sha256_of

__all__ = ["LATEST", "archive_address", "fetch_archive"]

LATEST = "latest"
_STREET = re.compile(r"(\d{4}-\d{2})-[a-z-]+-street\.csv")


def archive_address(which: str, *, archives: str = ARCHIVES) -> str:
    """Give the documented address of an archive.

    Raises
    ------
    UsageError
        If it is neither ``latest`` nor a month.

    Examples
    --------
    >>> archive_address("latest")
    'https://data.police.uk/data/archive/latest.zip'
    """
    if which != LATEST and not re.fullmatch(r"20\d{2}-(0[1-9]|1[0-2])", which):
        raise UsageError(f"--archive {which}: write 'latest', or a month such as 2023-12")
    return urljoin(archives, f"{which}.zip")


def fetch_archive(
    which: str,
    *,
    into: Path,
    cache: Path,
    archives: str = ARCHIVES,
    downloader: Downloader | None = None,
) -> Path:
    """Download a whole archive, resuming what was begun, and verify every file in it.

    Parameters
    ----------
    which
        ``latest``, or the month that an archive is named after, such as ``2023-12``.
    into
        Folder for archives, which `cspanalysis ingest` reads.
    cache
        Folder for what is under way, and for what is known of archives that are there.
    archives
        Address of the folder of archives.
    downloader
        What fetches; a `Downloader` with its usual settings where none is given.

    Returns
    -------
    Path
        The archive, named after its last month.

    Raises
    ------
    UsageError
        If `which` is neither.
    SourceError
        If the archive can't be had, is damaged, or holds no street files.
    """
    fetcher, address = downloader or Downloader(), archive_address(which, archives=archives)
    known = cache / f"archive-{which}.json"
    tag = fetcher.tag(address) if which == LATEST else ""
    if (held := _held(known, into)) and held["tag"] == tag:
        return into / str(held["file"])
    cache.mkdir(parents=True, exist_ok=True)
    whole = cache / f"{which}.zip"
    fetcher(address, whole, None)
    try:
        month = _verified(whole)
    except SourceError:
        whole.unlink()
        raise
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{month if which == LATEST else which}.zip"
    record = {"file": path.name, "tag": tag, "sha256": sha256_of(whole)}
    shutil.move(whole, path)
    known.write_text(json.dumps(record), encoding="utf-8")
    return path


def _held(known: Path, into: Path) -> dict[str, str] | None:
    """Give what is known of an archive that is there and is as it was fetched."""
    try:
        record: dict[str, str] = json.loads(known.read_text(encoding="utf-8"))
        path = into / record["file"]
        whole = path.is_file() and sha256_of(path) == record["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return record if whole else None


def _verified(whole: Path) -> str:
    """Give the last month of an archive in which every file is as it was packed."""
    with Input(whole) as source:
        months = [found[1] for m in source.members if (found := _STREET.fullmatch(m.base))]
    if not months:
        raise SourceError("holds no street files of data.police.uk", file=whole)
    try:
        with zipfile.ZipFile(whole) as archive:
            damaged = archive.testzip()
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise SourceError(
            f"the archive is damaged ({error}); fetch it again", file=whole
        ) from error
    if damaged:
        raise SourceError(f"'{damaged}' in it is damaged; fetch it again", file=whole)
    return max(months)
