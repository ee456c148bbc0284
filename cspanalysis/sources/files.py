"""Files of an input: the members of a ZIP or of a folder, or one file, read with distrust.

Nothing is ever unpacked to disk. A member that could not be what it claims (a path that leaves the
archive, encryption, a size out of proportion, an encoding that is not certain) is a `SourceError`.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from cspanalysis.encodings import EncodingError, Utf8, as_utf8
from cspanalysis.errors import CspanalysisError, SourceError
from cspanalysis.sources.formats import refuse_format

__all__ = ["Input", "Member", "in_utf8", "readable", "sha256_of"]

# Street files shrink to about a fifth; deflate can not do better than 1032 to 1. Small members
# may shrink more without harm.
_MAX_RATIO, _SMALL = 100, 10_000_000
_CHUNK = 1 << 18
_ZIPS = {".zip", ".xlsx", ".ods"}
# Workbooks are archives too, but are read as one file.
_WORKBOOK = {"xl/workbook.xml", "mimetype"}


@dataclass(frozen=True, slots=True)
class Member:
    """Hold one file of an input.

    Parameters
    ----------
    name
        Path inside the input, with forward slashes.
    shown
        Path for messages: ``archive.zip/2021-03/2021-03-kent-street.csv``.
    size
        Bytes when unpacked, as declared.
    source
        The open archive, or the path of the file.
    inside
        What the archive itself calls it: Windows may write backslashes.
    """

    name: str
    shown: str
    size: int
    source: zipfile.ZipFile | Path
    inside: str = ""

    @property
    def base(self) -> str:
        """Name without folders."""
        return PurePosixPath(self.name).name

    def lines(self) -> Iterator[str]:
        """Give the lines without their ends; broken archives and encodings raise `SourceError`."""
        with self._unbroken() as raw:
            text = in_utf8(raw.read(), shown=self.shown).raw
        for line in io.BytesIO(text.removeprefix(codecs.BOM_UTF8)):
            yield line.decode().rstrip("\r\n")

    def read(self, into: memoryview) -> tuple[memoryview, str, str]:
        """Read a text into memory that is there, unless it has to be made UTF-8.

        Parameters
        ----------
        into
            As many bytes as `size` says.

        Returns
        -------
        memoryview
            What was filled of it.
        str
            Its SHA-256.
        str
            The encoding it was in; empty for UTF-8.

        Raises
        ------
        SourceError
            If the text is damaged, or in an encoding that is not certain.
        """
        digest, at, plain = hashlib.sha256(), 0, True
        with self._unbroken() as raw:
            while chunk := raw.read(min(_CHUNK, len(into) - at)):
                into[at : at + len(chunk)] = chunk
                at += len(chunk)
                digest.update(chunk)
                plain = plain and chunk.isascii()
        text, encoding = into[:at], ""
        if not plain:
            try:
                str(text, "utf-8")
            except UnicodeDecodeError:
                made, encoding = in_utf8(text.tobytes(), shown=self.shown)
                text = memoryview(made)
        return text, digest.hexdigest(), encoding

    @contextmanager
    def bytes(self) -> Iterator[BinaryIO]:
        """Open the bytes as they are: for files that are not text."""
        with self._raw() as raw:
            yield raw

    @contextmanager
    def _unbroken(self) -> Iterator[BinaryIO]:
        try:
            with self._raw() as raw:
                yield raw
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            reason = f"the file is damaged ({error}); download it again"
            raise SourceError(reason, file=self.shown) from error

    def _raw(self) -> BinaryIO:
        if isinstance(self.source, Path):
            return self.source.open("rb")
        return cast("BinaryIO", self.source.open(self.inside or self.name))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Tell in one line what a file does to a reader that nobody foresaw; a full disk stays one.

    Raises
    ------
    SourceError
        In place of any error that is neither the package's own nor the system's.
    """
    try:
        yield
    except (CspanalysisError, OSError):
        raise
    except Exception as error:
        said = " ".join(str(error).split())[:200] or "no more is known"
        reason = f"the file is damaged or no table ({type(error).__name__}: {said})"
        raise SourceError(f"{reason}; download or export it again", file=path) from error


def in_utf8(raw: bytes, *, shown: str) -> Utf8:
    """Read a text as UTF-8; `SourceError` where its encoding is not certain."""
    try:
        return as_utf8(raw)
    except EncodingError as fault:
        raise SourceError(fault.reason, file=shown, line=fault.line) from fault


class Input:
    """Hold a path that was given for ingest: a ZIP, a folder or one file.

    Parameters
    ----------
    path
        Where it is.

    Raises
    ------
    SourceError
        If it is missing, empty, not a whole ZIP, or an archive that is not to be trusted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        if path.is_dir():
            self.members = _folder_members(path)
        elif not path.exists():
            raise SourceError("there is no such file or folder", file=path)
        elif path.stat().st_size == 0:
            raise SourceError("the file is empty; download or export it again", file=path)
        else:
            refuse_format(path)
            self.members = self._of_file(path)

    def _of_file(self, path: Path) -> list[Member]:
        if path.suffix.lower() in _ZIPS or zipfile.is_zipfile(path):
            self._archive = _open_zip(path)
            members = _zip_members(path, self._archive)
            if not _WORKBOOK & {member.name for member in members}:
                return members
            self._archive.close()
        return [Member(path.name, str(path), path.stat().st_size, path)]

    def __enter__(self) -> Input:
        return self

    def __exit__(self, *_: object) -> None:
        if self._archive is not None:
            self._archive.close()

    @property
    def sha256(self) -> str:
        """Hash of the file, or of the names and bytes of a folder's files."""
        if self.path.is_file():
            return sha256_of(self.path)
        digest = hashlib.sha256()
        for member in self.members:
            digest.update(f"{member.name}\0{sha256_of(cast('Path', member.source))}\n".encode())
        return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder_members(folder: Path) -> list[Member]:
    found = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p, folder))
    if not found:
        raise SourceError("the folder holds no files", file=folder)
    return [Member(p.relative_to(folder).as_posix(), str(p), p.stat().st_size, p) for p in found]


def _hidden(path: Path, folder: Path) -> bool:
    return _is_litter(path.relative_to(folder).parts)


def _is_litter(parts: Sequence[str]) -> bool:
    """Tell what systems leave behind: ``.DS_Store``, ``__MACOSX/._name``."""
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _open_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        reason = (
            "this is not a whole ZIP archive or workbook (cut short or damaged); download it again"
        )
        raise SourceError(reason, file=path) from error


def _zip_members(path: Path, archive: zipfile.ZipFile) -> list[Member]:
    try:
        return _trusted_members(path, archive)
    except SourceError:
        archive.close()
        raise


def _trusted_members(path: Path, archive: zipfile.ZipFile) -> list[Member]:
    members: dict[str, Member] = {}
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        shown = f"{path}/{name}"
        if reason := _distrust(info):
            raise SourceError(reason, file=shown)
        if name in members:
            raise SourceError("the archive holds this name twice; download it again", file=shown)
        if not name.endswith("/") and not _is_litter(PurePosixPath(name).parts):
            members[name] = Member(name, shown, info.file_size, archive, info.filename)
    if not members:
        raise SourceError("the archive holds no files", file=path)
    return [members[name] for name in sorted(members)]


def _distrust(info: zipfile.ZipInfo) -> str:
    """Say why a member is not to be trusted; empty where it is."""
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "the name points outside the archive; nothing was read of it"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "the member is a link, not a file; nothing was read of it"
    if info.flag_bits & 0x1:
        return "the member is encrypted; unlock the archive first"
    if info.file_size > _SMALL and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        return (
            f"the member claims to unpack to {info.file_size:,} bytes from "
            f"{info.compress_size:,}: more than {_MAX_RATIO} to 1 is taken for a ZIP bomb"
        )
    return ""
