"""Fetching: archives from the addresses that data.police.uk documents.

https://data.police.uk/about/ gives the form ``https://data.police.uk/data/archive/2023-12.zip``.
An archive holds all forces and the 36 months up to the one it is named after, so that a year takes
one download of about 1.6 GB, of which one force's files are kept. The download is cached, resumes
where it stopped, and is tried again with growing pauses; a file appears under its name only when
it is whole.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.files import Input, sha256_of
from cspanalysis.sources.police_uk_files import forces

__all__ = ["ARCHIVES", "Downloader", "archives_for", "check_force", "fetch_police_uk"]

ARCHIVES = "https://data.police.uk/data/archive/"
MONTHS_HELD = 36
_FIRST = date(2013, 12, 1)
_REDIRECTS = 5
_AGENT = "cspanalysis (+https://data.police.uk/about/)"

Progress = Callable[[int, int | None], None]


def archives_for(first: date, last: date) -> tuple[str, ...]:
    """Give the names of the fewest archives that hold the months from `first` to `last`.

    Examples
    --------
    >>> archives_for(date(2023, 1, 1), date(2023, 12, 1))
    ('2023-12.zip',)
    >>> archives_for(date(2019, 1, 1), date(2023, 12, 1))
    ('2020-12.zip', '2023-12.zip')
    """
    names = []
    while last >= first:
        names.append(f"{max(last, _FIRST):%Y-%m}.zip")
        last = _earlier(last, MONTHS_HELD)
    return tuple(sorted(names))


def check_force(force: str) -> None:
    """Refuse a force that data.police.uk does not name.

    Raises
    ------
    UsageError
        Naming the nearest.
    """
    if force in forces():
        return
    near = get_close_matches(force, forces(), n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "the force of an area is wanted"
    where = "forces are listed in data/reference/forces.csv"
    raise UsageError(f"force '{force}' is not known; {hint} ({where})")


def fetch_police_uk(
    force: str,
    first: date,
    last: date,
    *,
    into: Path,
    cache: Path,
    archives: str = ARCHIVES,
    downloader: Downloader | None = None,
) -> tuple[Path, ...]:
    """Download what holds a force's months and cut its files out.

    Parameters
    ----------
    force
        As data.police.uk names it, such as ``thames-valley``.
    first, last
        First days of months.
    into
        Folder for the force's archives, which `cspanalysis ingest` reads.
    cache
        Folder for whole archives; one that is there is not fetched again.
    archives
        Address of the folder of archives.
    downloader
        What fetches; a `Downloader` with its usual settings where none is given.

    Returns
    -------
    tuple of Path
        A ZIP an archive, with the files of the force alone.

    Raises
    ------
    UsageError
        If the force is not known or the months are not in order.
    SourceError
        If an archive can't be had, or is not one.
    """
    import pooch

    check_force(force)
    if last < first:
        raise UsageError(f"from {first:%Y-%m} to {last:%Y-%m} is no span; turn the two round")
    made = []
    for name in archives_for(first, last):
        address = urljoin(archives, name)
        known = cache / f"{name}.sha256"
        expected = known.read_text().strip() if known.exists() else None
        _forget_if_changed(cache / name, expected)
        whole = Path(
            pooch.retrieve(
                address,
                known_hash=None,
                fname=name,
                path=cache,
                downloader=downloader or Downloader(),
            )
        )
        try:
            cut = _cut_out(whole, force, first, last, into=into, vintage=name[:7])
        except SourceError:
            whole.unlink()
            raise
        known.write_text(f"{sha256_of(whole)}\n")
        made.append(cut)
    return tuple(path for path in made if path is not None)


@dataclass(frozen=True, slots=True)
class Downloader:
    """Fetch one file: a callable as pooch wants it.

    Parameters
    ----------
    tries
        How often to begin, resuming what is there.
    pause
        Seconds before the second try; doubled before each further one. Where the server says how
        long to wait, that long.
    timeout
        Seconds without a byte after which a try has failed.
    rate
        Most bytes a second, so as not to take more than a fair share; None for no limit.
    progress
        Called with bytes had and, where it is known, bytes in all.
    longest_wait
        Most seconds to wait between tries, whatever the server asks for.
    block
        Bytes written at a time; what is lost of a try that fails is less than one.
    secure
        Whether http is refused; only a test against a server of its own sets it otherwise, and
        even then nothing but this machine is reached by http.
    """

    tries: int = 6
    pause: float = 2.0
    timeout: float = 60.0
    rate: float | None = 20e6
    progress: Progress | None = None
    secure: bool = True
    longest_wait: float = 600.0
    block: int = 1 << 18

    def __call__(self, url: str, output_file: Any, _pooch: object) -> None:
        """Fetch `url` into `output_file`: a path, which appears only when the file is whole."""
        import requests

        path = Path(str(output_file))
        part = path.parent / f"{Path(urlsplit(url).path).name}.part"
        reason = ""
        for attempt in range(self.tries):
            try:
                self._fetch(url, part)
                part.replace(path)
                _tag_file(part).unlink()
                return
            except _WaitError as wait:
                reason, pause = str(wait), wait.seconds
            except (requests.RequestException, OSError) as error:
                reason, pause = str(error) or type(error).__name__, None
            if attempt + 1 < self.tries:
                time.sleep(min(pause or self.pause * 2**attempt, self.longest_wait))
        raise SourceError(f"can't be fetched after {self.tries} tries ({reason})", file=url)

    def tag(self, url: str) -> str:
        """Give what tells the version of a file at an address, without fetching it; may be empty.

        Raises
        ------
        SourceError
            If the address can't be asked.
        """
        import requests

        try:
            with self._opened(url, 0, "") as answer:
                return _tag_in(answer)
        except (requests.RequestException, OSError, _WaitError) as error:
            raise SourceError(f"can't be asked what is newest ({error})", file=url) from error

    def _fetch(self, url: str, part: Path) -> None:
        tag = _tag_of(part)
        have = part.stat().st_size if tag and part.exists() else 0
        with self._opened(url, have, tag) as answer:
            resumed = answer.status_code == 206
            _tag_file(part).write_text(_tag_in(answer))
            total = _total(answer, have if resumed else 0)
            with part.open("ab" if resumed else "wb") as file:
                self._copy(answer, file, have if resumed else 0, total)
        size = part.stat().st_size
        if total is not None and size != total:
            if size > total:
                _tag_file(part).unlink()  # begin anew
            raise OSError(f"the connection ended after {size:,} of {total:,} bytes")

    def _copy(self, answer: Any, file: Any, have: int, total: int | None) -> None:
        begun, got = time.monotonic(), 0
        for block in answer.iter_content(self.block):
            file.write(block)
            got += len(block)
            if self.progress:
                self.progress(have + got, total)
            if self.rate and (ahead := got / self.rate - (time.monotonic() - begun)) > 0:
                time.sleep(ahead)

    @contextmanager
    def _opened(self, url: str, have: int, tag: str) -> Iterator[Any]:
        """Open an address, following redirects one by one so that each is looked at."""
        import requests

        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
        # The tag makes the server send all of it where it is no longer the same file.
        headers |= {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
        with requests.Session() as session:
            for _ in range(_REDIRECTS):
                self._refuse_insecure(url)
                answer = session.get(
                    url, headers=headers, stream=True, timeout=self.timeout, allow_redirects=False
                )
                with answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers["Location"])
                        continue
                    _judge(answer, url)
                    yield answer
                    return
        raise SourceError("leads from address to address without end", file=url)

    def _refuse_insecure(self, url: str) -> None:
        parts = urlsplit(url)
        local = not self.secure and parts.scheme == "http" and parts.hostname == "127.0.0.1"
        if parts.scheme != "https" and not local:
            raise SourceError("is not a secure address (https); nothing was fetched", file=url)


class _WaitError(Exception):
    """The server asks to come again later."""

    def __init__(self, status: int, seconds: float | None) -> None:
        super().__init__(f"the server answered {status}")
        self.seconds = seconds


def _judge(answer: Any, url: str) -> None:
    """Let a good answer pass; ask for another try, or give up, where it is none."""
    status = answer.status_code
    if status == 429 or status >= 500:
        raise _WaitError(status, _seconds(answer.headers.get("Retry-After", "")))
    if status not in (200, 206):
        reason = f"the server answered {status}; is the month published yet?"
        raise SourceError(reason, file=url)


def _tag_file(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _tag_of(part: Path) -> str:
    """Give what tells the version of a file begun before; empty where it can't be told."""
    held = _tag_file(part)
    return held.read_text() if held.exists() else ""


def _tag_in(answer: Any) -> str:
    tag = str(answer.headers.get("ETag", ""))
    return "" if tag.startswith("W/") else tag or str(answer.headers.get("Last-Modified", ""))


def _seconds(text: str) -> float | None:
    return float(text) if text.isdigit() else None


def _total(answer: Any, have: int) -> int | None:
    length = answer.headers.get("Content-Length")
    return have + int(length) if length is not None else None


def _forget_if_changed(path: Path, sha256: str | None) -> None:
    """Remove a cached archive that is not what was fetched: it was cut or altered since."""
    if path.exists() and (sha256 is None or sha256_of(path) != sha256):
        path.unlink()


def _cut_out(
    whole: Path, force: str, first: date, last: date, *, into: Path, vintage: str
) -> Path | None:
    """Write a ZIP of one force's files of some months; None where the archive holds none."""
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{force}-{first:%Y-%m}-to-{last:%Y-%m}-vintage-{vintage}.zip"
    staged = path.with_suffix(".zip.part")
    with Input(whole) as source:
        kept = [m for m in source.members if _is_of(m.base, force, first, last)]
        if not kept:
            return None
        with zipfile.ZipFile(staged, "w", zipfile.ZIP_DEFLATED) as target:
            for member in kept:
                with member.bytes() as raw:
                    info = zipfile.ZipInfo(member.name)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, raw.read())
    staged.replace(path)
    return path


def _is_of(name: str, force: str, first: date, last: date) -> bool:
    kinds: Sequence[str] = ("street", "outcomes", "stop-and-search")
    inside = f"{first:%Y-%m}" <= name[:7] <= f"{last:%Y-%m}"
    return inside and name[8:] in {f"{force}-{kind}.csv" for kind in kinds}


def _earlier(month: date, months: int) -> date:
    count = month.year * 12 + month.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
