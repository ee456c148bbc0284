from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input, Member


@given(st.text(max_size=20), st.integers(0, 3))
def test_a_text_is_read_into_memory_that_is_there(text: str, spare: int) -> None:
    raw = text.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.csv")
        path.write_bytes(raw)
        room = memoryview(bytearray(b"\xff" * (len(raw) + spare)))
        held, sha256, encoding = Member("x.csv", str(path), len(raw), path).read(room)
    assert (held, encoding) == (raw, "")
    assert sha256 == hashlib.sha256(raw).hexdigest()


def test_a_text_that_is_not_utf8_or_is_damaged_is_told_when_read_whole(
    tmp_path: Path, write_zip
) -> None:
    texts = {"a.csv": b"x,y\n1,2\n\xc3\xa9,T\xe9t\n", "b.csv": b"a,b\n1,2\n" * 50}
    path = write_zip(tmp_path / "a.zip", texts)
    raw = bytearray(path.read_bytes())
    raw[raw.find(b"b.csv") + 10] ^= 0xFF
    path.write_bytes(raw)
    with Input(path) as source:
        latin, damaged = source.members
        with pytest.raises(SourceError, match="UTF-8") as caught:
            latin.read(memoryview(bytearray(latin.size)))
        assert caught.value.line == 3
        with pytest.raises(SourceError, match="damaged"):
            damaged.read(memoryview(bytearray(damaged.size)))


def test_members_are_sorted_and_litter_is_left_out(tmp_path: Path, write_zip) -> None:
    path = write_zip(
        tmp_path / "a.zip", {"b/2.csv": "x", "a/1.csv": "y", "__MACOSX/a/._1.csv": "z"}
    )
    with Input(path) as source:
        assert [member.name for member in source.members] == ["a/1.csv", "b/2.csv"]
        assert [*source.members[1].lines()] == ["x"]


def test_a_folder_gives_the_same_members_as_its_archive(tmp_path: Path, write_zip) -> None:
    contents = {"2021-03/one.csv": "x", "2021-04/two.csv": "y"}
    for name, text in contents.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(text)
    (tmp_path / "folder" / ".DS_Store").write_text("litter")
    with (
        Input(tmp_path / "folder") as folder,
        Input(write_zip(tmp_path / "a.zip", contents)) as archive,
    ):
        assert [m.name for m in folder.members] == [m.name for m in archive.members]


def test_the_hash_of_a_folder_knows_names_and_bytes(tmp_path: Path) -> None:
    hashes = []
    for number, (name, text) in enumerate([("a.csv", "x"), ("b.csv", "x"), ("a.csv", "y")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(text)
        hashes.append(Input(folder).sha256)
    assert len(set(hashes)) == 3


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a/../../x.csv", "..\\x.csv", "C:/x.csv"])
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, write_zip, name: str) -> None:
    with pytest.raises(SourceError, match="outside the archive"):
        Input(write_zip(tmp_path / "a.zip", {name: "x"}))


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    info = zipfile.ZipInfo("link.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/hosts")
    with pytest.raises(SourceError, match="a link"):
        Input(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, write_zip) -> None:
    path = write_zip(tmp_path / "a.zip", {"2021-03-kent-street.csv": b"0" * 20_000_000})
    assert path.stat().st_size < 50_000
    with pytest.raises(SourceError, match="ZIP bomb"):
        Input(path)


def test_an_encrypted_member_is_refused(tmp_path: Path, write_zip) -> None:
    path = write_zip(tmp_path / "a.zip", {"x.csv": "secret"})
    raw = bytearray(path.read_bytes())
    raw[raw.find(b"PK\x03\x04") + 6] |= 1
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(SourceError, match="encrypted"):
        Input(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.csv", "1")
        archive.writestr("x.csv", "2")
    with pytest.raises(SourceError, match="twice"):
        Input(tmp_path / "a.zip")


@pytest.mark.parametrize("kept", [10, 100, -1])
def test_an_archive_cut_short_is_refused(tmp_path: Path, write_zip, kept: int) -> None:
    path = write_zip(tmp_path / "a.zip", {"x.csv": bytes(range(256)) * 9})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SourceError, match="not a whole ZIP"):
        Input(path)


def test_a_damaged_member_is_told(tmp_path: Path, write_zip) -> None:
    path = write_zip(tmp_path / "a.zip", {"x.csv": "a,b\n1,2\n" * 50})
    raw = bytearray(path.read_bytes())
    raw[40] ^= 0xFF
    path.write_bytes(raw)
    with (
        Input(path) as source,
        pytest.raises(SourceError) as caught,
    ):
        next(source.members[0].lines())
    assert "damaged" in caught.value.reason
    assert str(caught.value.file).endswith("a.zip/x.csv")


def test_what_is_not_there_or_empty_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    for name, reason in [("none", "no such file"), ("empty.csv", "empty"), ("folder", "no files")]:
        with pytest.raises(SourceError, match=reason):
            Input(tmp_path / name)
