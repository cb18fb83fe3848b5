"""Office files as an office program shows them: converted by LibreOffice, read and drawn by poppler."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path


def pages_of(data: bytes, suffix: str) -> list[str]:
    """The text of each page or slide, as LibreOffice lays it out."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / f"given.{suffix}").write_bytes(data)
        program = shutil.which("soffice") or shutil.which("libreoffice")
        assert program, "LibreOffice is not here; mark the test needs_writer or needs_impress"
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        given = str(folder / f"given.{suffix}")
        subprocess.run([*command, "--outdir", held, given], check=True, capture_output=True, timeout=240)
        done = subprocess.run(
            ["pdftotext", "-layout", str(folder / "given.pdf"), "-"], check=True, capture_output=True, timeout=60
        )
    pages = done.stdout.decode().split("\f")
    return pages[:-1]


def text_of(page: str) -> str:
    """A page's words with single spaces, so that where a line breaks does not matter."""
    return re.sub(r"\s+", " ", page)
