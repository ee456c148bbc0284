"""Fetching, against a server of our own that stalls, cuts short, redirects and complains."""

from __future__ import annotations

import io
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.sources.fetch import Downloader, archives_for, fetch_police_uk
from cspanalysis.store import ingest

SPAN = (date(2023, 1, 1), date(2023, 2, 1))


class Server(ThreadingHTTPServer):
    """Serve one archive, badly in the way that the first part of the path names."""

    daemon_threads = True

    def __init__(self, archive: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.archive, self.asked, self.ranges = archive, Counter(), []
        self.address = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        how = self.path.split("/")[1]
        self.server.asked[how] += 1
        getattr(self, how)(self.server.asked[how])

    def whole(self, _: int) -> None:
        self.send(self.server.archive)

    def truncates(self, time: int) -> None:
        self.send(self.server.archive, stop=None if time > 2 else 200 * time)

    def lies(self, _: int) -> None:
        """Send half a file and claim that it is all."""
        self.send(self.server.archive[:300])

    def changes(self, time: int) -> None:
        """Be another file on the second call."""
        first = time == 1
        self.send(
            b"x" * 900 if first else self.server.archive, stop=200 if first else None, tag=time
        )

    def stalls(self, time: int) -> None:
        if time > 1:
            self.send(self.server.archive)
            return
        self.begin(200, len(self.server.archive))
        self.wfile.write(self.server.archive[:100])
        self.wfile.flush()
        threading.Event().wait(1.5)
        self.close_connection = True

    def busy(self, time: int) -> None:
        if time > 2:
            self.send(self.server.archive)
            return
        self.begin(429, 0, {"Retry-After": "0" if time == 1 else "1"})

    def broken(self, _: int) -> None:
        self.begin(500, 0)

    def absent(self, _: int) -> None:
        self.begin(404, 0)

    def elsewhere(self, _: int) -> None:
        self.begin(302, 0, {"Location": "/whole/2023-02.zip"})

    def astray(self, _: int) -> None:
        self.begin(302, 0, {"Location": "http://example.org/2023-02.zip"})

    def round(self, _: int) -> None:
        self.begin(302, 0, {"Location": self.path})

    def begin(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, content: bytes, *, stop: int | None = None, tag: int = 0) -> None:
        asked = self.headers.get("Range")
        same = self.headers.get("If-Range") == f'"{tag}"'
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and same else 0
        self.server.ranges.append(start)
        self.begin(206 if start else 200, len(content) - start, {"ETag": f'"{tag}"'})
        self.wfile.write(content[start:][:stop])
        if stop is not None:
            self.close_connection = True


@pytest.fixture
def server(street_text) -> Iterator[Server]:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for month in ("2022-12", "2023-01", "2023-02"):
            for force in ("bedfordshire", "kent"):
                text = street_text([(month, "E01015693", "Burglary")] * 3)
                archive.writestr(f"{month}/{month}-{force}-street.csv", text)
    with Server(held.getvalue()) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def fetched(server: Server, tmp_path: Path):
    def fetch(how: str, **options):
        settings = {
            "tries": 4,
            "pause": 0.01,
            "timeout": 0.5,
            "secure": False,
            "block": 64,
            **options,
        }
        return fetch_police_uk(
            "bedfordshire", *SPAN, into=tmp_path / "raw", cache=tmp_path / "cache",
            archives=f"{server.address}/{how}/", downloader=Downloader(**settings),
        )  # fmt: skip

    return fetch


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_the_forces_months_are_cut_out_and_can_be_ingested(fetched, tmp_path: Path) -> None:
    (path,) = fetched("whole")
    assert path.name == "bedfordshire-2023-01-to-2023-02-vintage-2023-02.zip"
    assert zipfile.ZipFile(path).namelist() == [
        "2023-01/2023-01-bedfordshire-street.csv",
        "2023-02/2023-02-bedfordshire-street.csv",
    ]
    assert ingest([path], into=tmp_path / "s").inputs[0].rows == 6
    assert left(tmp_path / "cache") == {"2023-02.zip", "2023-02.zip.sha256"}


def test_what_is_cached_is_not_fetched_again_unless_it_was_altered(
    fetched, server: Server, tmp_path: Path
) -> None:
    fetched("whole")
    fetched("whole")
    assert server.asked["whole"] == 1
    cached = tmp_path / "cache" / "2023-02.zip"
    cached.write_bytes(cached.read_bytes()[:-20])
    fetched("whole")
    assert server.asked["whole"] == 2


def test_a_download_that_is_cut_short_is_resumed(fetched, server: Server) -> None:
    (path,) = fetched("truncates")
    assert len(server.ranges) == 3
    assert 0 == server.ranges[0] < 136 <= server.ranges[1] < server.ranges[2] <= 600
    assert zipfile.ZipFile(path).testzip() is None


def test_a_file_that_changed_meanwhile_is_begun_anew(fetched, server: Server) -> None:
    (path,) = fetched("changes")
    assert server.ranges == [0, 0]
    assert zipfile.ZipFile(path).testzip() is None


@pytest.mark.parametrize(("how", "asked"), [("stalls", 2), ("busy", 3)])
def test_a_server_that_stalls_or_is_busy_is_asked_again(
    fetched, server: Server, how: str, asked: int
) -> None:
    (path,) = fetched(how)
    assert server.asked[how] == asked
    assert zipfile.ZipFile(path).testzip() is None


def test_a_redirect_is_followed(fetched) -> None:
    assert fetched("elsewhere")


def test_a_redirect_to_http_is_refused_and_one_without_end(fetched) -> None:
    with pytest.raises(SourceError, match=r"http://example\.org.*not a secure address"):
        fetched("astray")
    with pytest.raises(SourceError, match="without end"):
        fetched("round")


@pytest.mark.parametrize(
    ("how", "asked", "reason"),
    [
        ("broken", 4, "after 4 tries .the server answered 500"),
        ("absent", 1, "404; is the month published yet"),
        ("lies", 1, "not a whole ZIP"),
    ],
)
def test_nothing_is_left_that_looks_like_a_good_file(
    fetched, server: Server, tmp_path: Path, how: str, asked: int, reason: str
) -> None:
    with pytest.raises(SourceError, match=reason):
        fetched(how)
    assert server.asked[how] == asked
    assert not {name for name in left(tmp_path) if name.endswith(".zip")}


def test_http_is_refused_before_anything_is_sent(fetched, server: Server) -> None:
    with pytest.raises(SourceError, match="not a secure address"):
        fetched("whole", secure=True)
    assert not server.asked


def test_the_rate_is_kept_and_progress_told(fetched, server: Server) -> None:
    import time

    told: list[tuple[int, int | None]] = []
    size = len(server.archive)
    start = time.monotonic()
    fetched("whole", rate=2 * size, progress=lambda done, of: told.append((done, of)))
    assert time.monotonic() - start >= 0.4
    assert told[-1] == (size, size)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ((2023, 1), (2023, 12), ["2023-12.zip"]),
        ((2021, 1), (2023, 12), ["2023-12.zip"]),
        ((2020, 12), (2023, 12), ["2020-12.zip", "2023-12.zip"]),
        ((2011, 1), (2011, 3), ["2013-12.zip"]),
    ],
)
def test_the_fewest_archives_are_fetched(
    first: tuple[int, int], last: tuple[int, int], names: list[str]
) -> None:
    assert list(archives_for(date(*first, 1), date(*last, 1))) == names


def test_words_that_are_off_are_refused(tmp_path: Path) -> None:
    folders = {"into": tmp_path, "cache": tmp_path}
    with pytest.raises(UsageError, match="force 'kentt'"):
        fetch_police_uk("kentt", *SPAN, **folders)
    with pytest.raises(UsageError, match="turn the two round"):
        fetch_police_uk("kent", *reversed(SPAN), **folders)
