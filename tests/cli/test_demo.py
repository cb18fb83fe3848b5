"""The first thing anybody runs: the sample district from its exports to its documents, and again from what is there."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from throughline.app.recipe import sample_folder
from throughline.cli.main import main

pytestmark = pytest.mark.slow


def test_the_demo_builds_the_sample_plan_and_opens_it_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo" / "plan.part").mkdir(parents=True)  # what a demo that was stopped left behind
    assert main(["demo", str(tmp_path / "demo"), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["totals"]["cents"] > 0
    assert all(Path(name).is_file() for name in first["documents"])
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == ["documents", "plan"]
    assert main(["demo", str(tmp_path / "demo"), "--no-serve"]) == 0
    said = capsys.readouterr().out
    assert first["run"]["digest"][:12] in said
    assert f"explain {tmp_path / 'demo' / 'plan'} unfunded" in said


def test_the_small_sample_is_one_file_and_a_folder_keeps_one_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "demo")
    assert main(["demo", folder, "--sample", "small", "--no-serve"]) == 0
    said = capsys.readouterr().out
    assert "chromebooks.csv: 337 lines, applied" in said
    assert "Quillfern Local Schools" in said
    assert main(["demo", folder, "--no-serve"]) == 2
    assert "holds Quillfern Local Schools; name another folder for this sample" in capsys.readouterr().err


def test_a_recipe_whose_exports_are_too_large_to_keep_has_them_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the large sample does, with a script that writes one file; a script that fails says why."""
    source = tmp_path / "source"
    source.mkdir()
    shutil.copytree(sample_folder("small"), source, dirs_exist_ok=True)
    text = (source / "recipe.toml").read_text(encoding="utf-8")
    (source / "recipe.toml").write_text(text.replace("as_of", 'script = "write.py"\nas_of', 1), encoding="utf-8")
    exported = source / "chromebooks.csv"
    hidden = exported.rename(tmp_path / "elsewhere.csv")
    script = f"import shutil, sys\nshutil.copy({str(hidden)!r}, sys.argv[1] + '/chromebooks.csv')\n"
    (source / "write.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr("throughline.app.recipe.sample_folder", lambda _size: source)
    assert main(["demo", str(tmp_path / "demo"), "--sample", "large", "--no-serve"]) == 0
    assert f"The exports it was read from are in {tmp_path / 'demo' / 'exports'}." in capsys.readouterr().out
    assert (tmp_path / "demo" / "exports" / "chromebooks.csv").read_bytes() == hidden.read_bytes()
    (source / "write.py").write_text("raise SystemExit('no room left')\n", encoding="utf-8")
    assert main(["demo", str(tmp_path / "other"), "--sample", "large", "--no-serve"]) == 1
    assert "write.py: no room left" in capsys.readouterr().err


def test_the_commands_that_the_demo_names_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path / "demo"), "--no-serve"]) == 0
    named = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("  throughline ")]
    assert len(named) >= 2
    for words in named:
        assert main(words[1:]) == 0, words


def test_the_demo_serves_the_living_sample_through_a_one_time_link_until_ctrl_c(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "DJANGO_"))}
    log = tmp_path / "log"
    words = [
        sys.executable,
        "-m",
        "throughline.cli.main",
        "demo",
        str(tmp_path / "demo"),
        "--no-browser",
        "--port",
        "0",
    ]
    with log.open("w") as stream:
        process = subprocess.Popen(words, env=kept, stdout=stream, stderr=stream)
    try:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        link = _link(log, process)
        page = browser.open(link, timeout=60).read().decode()
        assert "Dana Whitfield" in page
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        data = f"csrfmiddlewaretoken={token}".encode()
        home = browser.open(urllib.request.Request(link, data, {"Referer": link}), timeout=60)
        assert home.url.endswith("/d/larkhollow/")
        assert "Larkhollow City Schools" in home.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(link, timeout=60)
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0, log.read_text()
    assert "Five years cost" in log.read_text()


def _link(log: Path, process: "subprocess.Popen[bytes]") -> str:
    began = time.monotonic()
    while time.monotonic() - began < 300:
        if found := re.findall(r"http://127\.0\.0\.1:\d+/enter/\S+", log.read_text()):
            address = found[0].split("/enter/")[0]
            try:
                urllib.request.urlopen(f"{address}/health", timeout=10)
                return str(found[0])
            except OSError:
                pass
        assert process.poll() is None, log.read_text()
        time.sleep(0.2)
    raise AssertionError(log.read_text())
