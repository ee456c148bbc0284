"""Write a software bill of materials (CycloneDX): ``python docs/write_sbom.py FILE``.

Lists the libraries of the environment, and pandoc, the program that one of them carries.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pypandoc

ROOT = Path(__file__).resolve().parents[1]


def write(file: Path) -> None:
    """Write the bill of the environment that this runs in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "environment", sys.prefix]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"]
    subprocess.run([*command, "-o", str(file)], check=True)
    bill = json.loads(file.read_text(encoding="utf-8"))
    bill["components"].append(_pandoc())
    file.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")


def _pandoc() -> dict[str, object]:
    version = pypandoc.get_pandoc_version()
    return {
        "type": "application",
        "bom-ref": f"pandoc=={version}",
        "name": "pandoc",
        "version": version,
        "description": "Run as a process; carried by pypandoc_binary",
        "licenses": [{"license": {"id": "GPL-2.0-or-later"}}],
        "externalReferences": [{"type": "vcs", "url": "https://github.com/jgm/pandoc"}],
    }


if __name__ == "__main__":
    write(Path(sys.argv[1]))
