"""Files of answers: what is read, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.partnership.answers import read_answers
from cspanalysis.partnership.people import Consultation

GOOD = """\
\ufeffid,safe,concern,weight
1,Very safe,burglary,1.5
2, fairly safe ,violence,0.5
3,Unsafe,"drugs, alcohol",1

4,,burglary,2
"""


def survey(**options: Any) -> Consultation:
    question = {"statement": "feel safe", "column": "safe"}
    question |= {"counts_as_yes": ["very safe", "Fairly safe"]}
    parts: dict[str, Any] = {"title": "Survey", "months": "2023", "mode": "sample"}
    parts |= {"answers": "answers.csv", "questions": [question]}
    return Consultation.model_validate(parts | options)


def write(folder: Path, text: str) -> Path:
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    return folder


def test_answers_are_read_without_case_and_an_empty_one_is_none(tmp_path: Path) -> None:
    (safe,) = read_answers(write(tmp_path, GOOD), survey(weight="weight"))
    assert safe.said_yes == (True, True, False, None)
    assert safe.weights == (1.5, 0.5, 1.0, 2.0)
    (plain,) = read_answers(tmp_path, survey())
    assert plain.weights is None


MISTAKES = [
    (GOOD.replace("safe,concern", "saf,concern"), r"line 1, column 'safe': .*did you mean 'saf'\?"),
    (GOOD.replace("weight\n", "w8\n"), "line 1, column 'weight': there is no such column"),
    (GOOD.replace("0.5", "half"), "line 3, column 'weight': weight 'half' is no number from 0"),
    (GOOD.replace("0.5", "-1"), "line 3, column 'weight': weight '-1' is no number"),
    (GOOD.replace("0.5", "inf"), "line 3, column 'weight': weight 'inf'"),
    (GOOD.replace(",2\n", ""), "line 6: 3 cells where the head has 4"),
    (GOOD.replace("safe ", "afraid ").replace("Very ", ""), "column 'safe': no answer is any of"),
    ("id,safe,weight\n", "no answers in it"),
    ("", "no answers in it"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistake_is_told_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_answers(write(tmp_path, text), survey(weight="weight"))
    assert str(caught.value).startswith(str(tmp_path / "answers.csv"))


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="can't be read: No such file"):
        read_answers(tmp_path, survey())
    (tmp_path / "answers.csv").write_bytes(b"id,safe\n1,\xff\n")
    with pytest.raises(SourceError, match="line 2: the text is not UTF-8"):
        read_answers(tmp_path, survey())
