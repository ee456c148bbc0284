"""Seeds of every kind of file that people hand in, and ways to change them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook

from cspanalysis.commentary.placeholders import fill
from cspanalysis.commentary.sections import read_commentary, render
from cspanalysis.errors import CspanalysisError, UsageError
from cspanalysis.findings.values import Value
from cspanalysis.partnership.partnership import Partnership
from cspanalysis.production.planfile import Content
from cspanalysis.settings import load
from cspanalysis.store import ingest
from cspanalysis.vocabulary import Period
from tests.sources.workbooks import write_ods

Step = tuple[int, int, int]
CORPUS = Path(__file__).parent / "corpus"
STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
    "a1,2022-01,Bedfordshire Police,Bedfordshire Police,-0.41,51.88,On or near High Street,"
    "E01015695,Luton 001A,Burglary,Under investigation,\n"
    ",2022-01,Bedfordshire Police,Bedfordshire Police,,,No Location,,,Anti-social behaviour,,\n"
)
SEARCHES = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing\n"
    "Person search,2022-01-01T00:15:00+00:00,False,,51.88,-0.41,Male,18-24,,White,,"
    "Controlled drugs,Arrest,True,False\n"
)
QUARTERS = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
    "Offence Subgroup,Offence Code,Number of Offences\n"
    "2019/20,1,Kent,Personal,Robbery,Robbery of personal property,34B,50\n"
    "2019/20,1,Kent,Business,Robbery,Robbery of business property,34A,[x]\n"
)
ONS = (
    "Year ending March 2024,,,,,,\n"
    "CSP code,CSP name,Total recorded crime (excluding fraud),Robbery,Arson,Burglary,Shoplifting\n"
    "E22000010,Luton,60,2,1,..,[c]\n"
)
PARTNER = (
    "# vintage: 2023-09,,,,,,,,\n"
    "measure,area,period,count,value,denominator,status,source,note\n"
    "marac-cases,luton,2023-09,41,27.1,107,final,MARAC,as reported\n"
)
PUBLISHED = (
    "# source: Report\narea,measure,period,count,status,note,percent_change\n"
    "luton,robbery,2023-Q2,4,final,,-11\n"
)
PARTNERSHIP = (
    "area: luton\nname: Luton\npriorities:\n  - key: burglary\n    title: Burglary\n"
    "    theme: crime-and-disorder\n    owner: Chair\n    why: &w |\n      text\n"
    "    measures:\n      - measure: burglary\n"
)
PLAN = "reports:\n  - notebook: performance-report\n    areas: [luton]\n    periods: [2023]\n"
COMMENTARY = (
    "---\nauthor: Community safety analyst\ndate: 2017-09-04\nstatus: agreed\nsources:\n"
    "  - Report\n---\nRobbery: {{ change.robbery.count }}.\n"
)
_WILD = (
    b"9" * 400, b"-1", b"1e999", b"nan", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b",,,,", b"\r",
    b"{{", b"}}", b"{%", b"[[[[" * 30, b"&a [*a]", b"*a", b"!!int x", b"? ", b": ", b"---\n", b"#",
    b"2023-13", b"99999-99", b"[x]", b"\xe2\x80\x91", b"=1+1", b"x" * 200_000, b"<!DOCTYPE a>",
    b"9999999", b"PK\x03\x04", b"\x1f\x8b", b"{{ (9**9)**9 }}", b"{% for a in b %}",
)  # fmt: skip


def changed(raw: bytes, steps: Sequence[Step], *, depth: int = 0) -> bytes:
    """Change bytes step by step: which way, where, and with what."""
    for way, at, by in steps:
        at = at % (len(raw) + 1)
        match way % 8:
            case 0:
                raw = (
                    raw[:at] + bytes([raw[at] ^ (1 << by % 8)]) + raw[at + 1 :] if raw[at:] else raw
                )
            case 1:
                raw = raw[:at]
            case 2:
                raw = raw[:at] + _WILD[by % len(_WILD)] + raw[at:]
            case 3:
                raw = raw[:at] + raw[at + by % 40 :]
            case 4:
                raw = raw[:at] + raw[at : at + by % 60] * (1 + by % 5) + raw[at:]
            case 5:
                raw = _swapped(raw, at, by, b"\n")
            case 6:
                raw = _swapped(raw, at, by, b",")
            case _:
                if depth == 0:
                    raw = _inside(raw, (way // 8, at, by))
    return raw


def _swapped(raw: bytes, one: int, other: int, mark: bytes) -> bytes:
    parts = raw.split(mark)
    one, other = one % len(parts), other % len(parts)
    parts[one], parts[other] = parts[other], parts[one]
    return mark.join(parts)


def _inside(raw: bytes, step: Step) -> bytes:
    """Change one part of an archive, and pack it anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:
        return raw
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts):
            mine = number == step[2] % len(parts)
            archive.writestr(name, changed(content, [step], depth=1) if mine else content)
    return held.getvalue()


@lru_cache(maxsize=1)
def seeds() -> dict[str, bytes]:
    """Give the seeds by the name that each needs."""
    texts = {
        "2022-01-bedfordshire-street.csv": STREET,
        "2022-01-bedfordshire-stop-and-search.csv": SEARCHES,
        "quarters.csv": QUARTERS,
        "ons.csv": ONS,
        "partner.csv": PARTNER,
        "published.csv": PUBLISHED,
        "partnership.yml": PARTNERSHIP,
        "plan.yml": PLAN,
        "commentary.md": COMMENTARY,
        "placeholder.txt": "{{ change.robbery.count }} and {{ change.robbery.count | signed }}",
    }
    held = {name: text.encode() for name, text in texts.items()}
    with tempfile.TemporaryDirectory() as folder:
        rows = [line.split(",") for line in QUARTERS.splitlines()]
        held["quarters.ods"] = write_ods(Path(folder, "a.ods"), rows).read_bytes()
        book = Workbook()
        for line in PARTNER.splitlines()[1:]:
            book.active.append(line.split(","))
        book.save(Path(folder, "a.xlsx"))
        held["partner.xlsx"] = Path(folder, "a.xlsx").read_bytes()
        with zipfile.ZipFile(Path(folder, "a.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("2022-01/2022-01-bedfordshire-street.csv", STREET)
        held["archive.zip"] = Path(folder, "a.zip").read_bytes()
    return held


def _commentary(path: Path) -> None:
    folder = path.parent / "commentary"
    folder.mkdir()
    (folder / "robbery.md").write_bytes(path.read_bytes())
    held = read_commentary(folder, period=Period.parse("2017-04..2017-06"), edition="public")
    for section in held.sections.values():
        render(section, VALUES)


def _placeholder(path: Path) -> None:
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UsageError(str(error)) from error
    fill(text, VALUES, file=path)


VALUES = {
    key: Value(key=key, value=number, text=str(number), unit="crimes")
    for key, number in (("change.robbery.count", 1234.0), ("change.robbery.percent", -3.0))
}
_TAKEN: dict[str, Callable[[Path], object]] = {
    "partnership": lambda path: load(path, Partnership, what="partnership file"),
    "plan": lambda path: load(path, Content, what="plan"),
    "commentary": _commentary,
    "placeholder": _placeholder,
}


def attempt(name: str, raw: bytes) -> str:
    """Hand a file in, as its name says; give what was said of it, empty where it was taken.

    Anything but an error of the package's own is what is looked for, and is left to fly.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(raw)
        take = _TAKEN.get(path.stem)
        try:
            if take:
                take(path)
            else:
                ingest([path], into=Path(folder, "store"))
        except CspanalysisError as error:
            return str(error)
    return ""
