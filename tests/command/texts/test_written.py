"""Markdown is read with what it leaves out counted and every place kept."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.command.texts.written import Written, of_markdown

TEXT = """---
title: A paper
---
# Burglary

Burglary rose. ~~Burglary fell by 14 %.~~ Drug o\N{LATIN SMALL LIGATURE FF}ences fell.[^1]

<!-- to do -->
```
x = 3
```

[^1]: Robbery fell by 8 %.
"""


def test_what_is_not_read_is_counted_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    found = of_markdown(path)
    assert found.unread == {
        "of its head": 5, "of code": 5, "of hidden comments": 4, "struck out": 5
    }  # fmt: skip
    assert "Drug offences" in found.read
    assert "fell by 14" not in found.read
    assert found.read.index("Drug") == found.text.index("Drug")


def test_notes_stand_where_they_stood() -> None:
    text = "We met.[^1]\n\n[^1]: Robbery fell by 8 %.\n[2] Burglary rose.\n"
    notes = Written(text, text).notes
    assert notes.index("Robbery") == text.index("Robbery")
    assert notes.index("Burglary") == text.index("Burglary")
    assert "We met" not in notes
    assert [line[:1] for line in notes.split("\n")] == [" ", "", "-", "-", ""]


def test_a_text_without_notes_has_none() -> None:
    assert Written("We met [1].\n", "We met [1].\n").notes == ""


def test_a_line_is_called_as_people_find_it() -> None:
    held = Written("a\nb", "a\nb", {2: "table 1, row 3"})
    assert [held.where(1), held.where(2)] == ["line 1", "table 1, row 3"]
