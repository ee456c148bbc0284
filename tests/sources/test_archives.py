"""Whole archives, from a server of our own that cuts short, answers 404 and changes its mind."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.archives import archive_address, fetch_archive
from cspanalysis.sources.fetch import Downloader
from cspanalysis.store import ingest


class Server(ThreadingHTTPServer):
    """Serve archives by name; `stops` says after how many bytes the next answers break off."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.held: dict[str, bytes] = {}
        self.stops: list[int] = []
        self.bodies: list[int] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/archive/"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        content = self.server.held.get(self.path.rpartition("/")[2])
        if content is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        tag = f'"{crc32(content)}"'
        asked = self.headers.get("Range")
        resumed = asked and self.headers.get("If-Range") == tag
        start = int(asked.removeprefix("bytes=").rstrip("-")) if resumed else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", tag)
        self.end_headers()
        self.server.bodies.append(start)
        stop = self.server.stops.pop(0) if self.server.stops else None
        with suppress(OSError):  # where only the headers were wanted
            self.wfile.write(content[start:][:stop])
        self.close_connection = True


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def archive(street_text: Any) -> Callable[..., bytes]:
    def make(*months: str, forces: tuple[str, ...] = ("bedfordshire", "kent")) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as made:
            for month in months:
                for force in forces:
                    text = street_text([(month, "E01015693", "Burglary")] * 3)
                    made.writestr(f"{month}/{month}-{force}-street.csv", text)
        return held.getvalue()

    return make


@pytest.fixture
def fetched(server: Server, tmp_path: Path) -> Callable[..., Path]:
    loader = Downloader(tries=3, pause=0.01, timeout=2, secure=False, block=64)

    def fetch(which: str) -> Path:
        return fetch_archive(
            which, into=tmp_path / "raw", cache=tmp_path / "cache", archives=server.address,
            downloader=loader,
        )  # fmt: skip

    return fetch


def test_the_newest_is_named_after_its_last_month_and_ingested_whole(
    server: Server, archive: Any, fetched: Any, tmp_path: Path
) -> None:
    server.held["latest.zip"] = archive("2023-01", "2023-02")
    path = fetched("latest")
    assert path == tmp_path / "raw" / "2023-02.zip"
    taken = ingest([path], into=tmp_path / "store").inputs[0]
    assert taken.rows == 12


def test_the_newest_is_downloaded_again_only_when_it_is_new(
    server: Server, archive: Any, fetched: Any, tmp_path: Path
) -> None:
    server.held["latest.zip"] = archive("2023-01")
    first = fetched("latest")
    written = first.stat().st_mtime_ns
    assert fetched("latest") == first
    assert first.stat().st_mtime_ns == written
    server.held["latest.zip"] = archive("2023-01", "2023-02")
    assert fetched("latest").name == "2023-02.zip"
    assert {path.name for path in (tmp_path / "raw").iterdir()} == {"2023-01.zip", "2023-02.zip"}


def test_an_archive_that_breaks_off_is_taken_up_where_it_stopped(
    server: Server, archive: Any, fetched: Any
) -> None:
    server.held["2023-02.zip"] = archive("2023-01", "2023-02")
    server.stops = [200, 200]
    path = fetched("2023-02")
    assert path.read_bytes() == server.held["2023-02.zip"]
    assert server.bodies[0] == 0 < server.bodies[1] < server.bodies[2]


def test_an_archive_of_a_month_that_is_there_is_not_asked_for_again_unless_it_was_altered(
    server: Server, archive: Any, fetched: Any
) -> None:
    server.held["2023-02.zip"] = archive("2023-02")
    path = fetched("2023-02")
    fetched("2023-02")
    assert len(server.bodies) == 1
    path.write_bytes(path.read_bytes()[:-30])
    assert fetched("2023-02").read_bytes() == server.held["2023-02.zip"]


def test_a_file_in_it_that_is_damaged_is_found_and_nothing_is_left(
    server: Server, archive: Any, fetched: Any, tmp_path: Path
) -> None:
    whole = archive("2023-01")
    at = whole.index(b"Burglary")
    server.held["2023-01.zip"] = whole[:at] + b"Bungalow" + whole[at + 8 :]
    with pytest.raises(SourceError, match=r"2023-01-bedfordshire-street\.csv' in it is damaged"):
        fetched("2023-01")
    assert not list(tmp_path.rglob("*.zip"))


def test_what_is_no_archive_of_theirs_or_is_not_there_is_refused(
    server: Server, archive: Any, fetched: Any, tmp_path: Path
) -> None:
    server.held["latest.zip"] = archive("2023-01", forces=("UPPER",))
    with pytest.raises(SourceError, match="no street files"):
        fetched("latest")
    with pytest.raises(SourceError, match="404; is the month published yet"):
        fetched("2035-01")
    assert not list(tmp_path.rglob("*.zip"))


def test_only_latest_and_months_are_archives() -> None:
    assert archive_address("2023-12").endswith("/data/archive/2023-12.zip")
    for which in ("2023", "2023-13", "newest", "../x"):
        with pytest.raises(UsageError, match="write 'latest', or a month"):
            archive_address(which)
