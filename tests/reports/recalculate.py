"""Open a workbook in LibreOffice, recalculate everything, and read the results back."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""


def recalculated(workbook: bytes, folder: Path) -> Any:
    """The workbook as openpyxl reads it after LibreOffice has computed every formula anew."""
    import openpyxl

    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice is not here; mark the test needs_libreoffice"
    profile, given, out = folder / "profile", folder / "given.xlsx", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    given.write_bytes(workbook)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(given)], check=True, capture_output=True, timeout=180)
    return openpyxl.load_workbook(io.BytesIO((out / "given.xlsx").read_bytes()), data_only=True)
