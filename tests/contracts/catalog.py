"""The message catalog as it follows from the pages and the code, made by the framework's own extraction."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.contracts.repository import SOURCE

WEB = SOURCE / "web"
HEAD = """# Words of the web application, made from its pages and code: make messages. An empty translation is the English itself.
msgid ""
msgstr ""
"Project-Id-Version: throughline\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def extracted(folder: Path) -> str:
    """The text of the English catalog; `folder` holds a copy of the pages and code while it is made."""
    copy = folder / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("__pycache__", "migrations", "static", "locale"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "en", "--add-location=never", "--no-wrap", "-v0"]
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, env=clean, check=True, capture_output=True, timeout=300)
    text = (copy / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    return HEAD + text[text.index("\n\n") :].lstrip("\n")


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        target = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(extracted(Path(name)), encoding="utf-8")
