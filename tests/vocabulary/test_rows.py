"""Reference tables as people save them, read as they were shipped, or told in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary.measure import MeasureTable
from cspanalysis.vocabulary.rows import reference_rows

OWN = "own-fires,Fires at the café,fires,yes,,Partners,no,lower,no,,persons,,,,\n"
Saved = Callable[[str, bytes], Path]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    """Save the table of measures with a row of our own, as a program of another's would."""

    def save(encoding: str, mark: bytes = b"") -> Path:
        text = reference("measures.csv").read_text(encoding="utf-8")
        path = tmp_path / "measures.csv"
        path.write_bytes(mark + (text + OWN).encode(encoding))
        return path

    return save


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16-le", b"\xff\xfe")],
)
def test_a_row_that_was_added_is_read_in_any_encoding_of_excel(
    saved: Saved, encoding: str, mark: bytes
) -> None:
    table = MeasureTable.read(saved(encoding, mark))
    assert table.named("own-fires").label == "Fires at the café"
    assert len([*table]) == len([*MeasureTable.read(reference("measures.csv"))]) + 1


def test_what_excel_adds_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('"# Source: a, b",,\ncode , name,\n a ,Ärea,\n,,\nb\n', encoding="utf-8")
    assert reference_rows(path) == [
        {"code": "a", "name": "Ärea", "": ""},
        {"code": "b", "name": "", "": ""},
    ]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("code,label", "key,label", r"line 3: there is no column 'code'; the header is key, label"),
        (",", ";", r"line 3: there is no column 'code'"),
        ("2013-04-30", "30/04/2013", r"column 'valid_to': '30/04/2013' is no day; write it as"),
        (",yes,lower,", ",yes,down,", r"line 3, column 'good': 'down' is not known; write one of"),
        (OWN.strip(), OWN.strip() + ",x,y", r"more values than columns; put quotes round commas"),
    ],
)
def test_what_can_not_be_read_is_told_with_file_and_line(
    saved: Saved, before: str, after: str, message: str
) -> None:
    path = saved("utf-8", b"")
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        MeasureTable.read(path)
    assert str(caught.value).startswith(str(path))
