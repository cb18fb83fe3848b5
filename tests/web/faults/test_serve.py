"""One command serves: the first link, a clean end, and the states in which it refuses to start."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.web.faults.installation import Installation, free_port, serve

pytestmark = pytest.mark.slow
Copied = Callable[..., Installation]


def test_an_empty_installation_prints_a_link_that_works_once_and_ends_cleanly(empty: Installation) -> None:
    server = serve(empty)
    server.wait()
    while "Ctrl-C" not in server.log.read_text() or len(server.parts()["worker"]) < 2:
        assert server.process.poll() is None, server.log.read_text()
    said = server.log.read_text()
    (path,) = re.findall(rf"{re.escape(server.address)}(/setup/\S+)", said)
    assert server.ask(path).status == 200
    assert server.ask("/setup/another").status == 404
    assert [len(server.parts()[part]) for part in ("web", "worker")] == [1, 2]
    parts = [process for found in server.parts().values() for process in found]
    assert server.end() == 0
    assert not [process for process in parts if process.is_running()]
    assert (empty.data.stat().st_mode & 0o777) == 0o700
    assert (empty.data / "throughline.sqlite3").stat().st_mode & 0o077 == 0


def test_links_carry_the_public_address_and_are_printed_once_the_server_answers(empty: Installation) -> None:
    empty.more |= {"THROUGHLINE_URL": "https://plan.home.example/", "THROUGHLINE_HOSTS": "plan.home.example,127.0.0.1"}
    server = serve(empty)
    try:
        while "Ctrl-C" not in server.log.read_text():
            assert server.process.poll() is None, server.log.read_text()
        assert server.ask("/health").status == 200
        said = server.log.read_text()
    finally:
        assert server.end() == 0
    assert f"Throughline serves https://plan.home.example, listening on {server.address}" in said
    assert re.search(r"https://plan\.home\.example/setup/\S{20,}", said)


def test_a_web_process_that_is_killed_is_back_and_a_killed_server_leaves_nobody(copied: Copied) -> None:
    server = serve(copied())
    server.wait()
    web = server.parts()["web"][0]
    web.kill()
    web.wait(10)
    server.wait()
    left = [process for part in ("web", "worker") for process in server.parts()[part]]
    server.kill()
    assert not [process for process in left if process.is_running()]
    again = serve(server.home, port=server.port)
    again.wait()
    assert again.end() == 0


def refusal(home: Installation, *words: str) -> str:
    done = home.run("serve", "--port", str(free_port()), *words, check=False)
    assert done.returncode == 1, done.stdout
    assert "What to do:" in done.stdout
    return done.stdout


def test_it_refuses_what_is_not_safe(copied: Copied) -> None:
    home = copied()
    home.more.pop("THROUGHLINE_DEMO", None)
    outside = ("--host", "0.0.0.0")
    assert "own names only" in refusal(home, *outside)
    home.more["THROUGHLINE_HOSTS"] = "*"
    assert "any name is allowed" in refusal(home, *outside)
    home.more["THROUGHLINE_HOSTS"] = " "
    assert "no name is allowed" in refusal(home, *outside)
    home.more["THROUGHLINE_HOSTS"] = "plan.home.example"
    home.more["THROUGHLINE_DEMO"] = "1"
    assert "sample would be reachable" in refusal(home, *outside)
    del home.more["THROUGHLINE_HOSTS"]
    (home.data / "keys" / "session").write_text("short\n")
    assert "session key is short" in refusal(home)
    (home.data / "keys" / "session").unlink()
    home.data.chmod(0o755)
    assert "open to other accounts" in refusal(home)
    home.data.chmod(0o700)
    with sqlite3.connect(home.data / "throughline.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('planning', '9999_later', '2030-01-01')"
        )
    database.close()
    assert "made by a newer version (it has planning.9999_later)" in refusal(home)


def test_it_refuses_a_damaged_database_and_names_the_way_back(copied: Copied) -> None:
    home = copied()
    path = home.data / "throughline.sqlite3"
    with path.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * 200_000)
    done = home.run("serve", "--port", str(free_port()), check=False)
    assert done.returncode == 1
    assert "throughline restore ARCHIVE" in done.stdout


def test_two_that_bring_the_tables_up_to_date_at_once_take_turns(empty: Installation) -> None:
    code = (
        "from throughline.web.ops.start import start\nstart()\n"
        "from throughline.web.ops.schema import bring_up_to_date, schema\n"
        "found = bring_up_to_date()\nprint(len(found.pending), len(schema().pending))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code], env=empty.environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=120)[0].split() for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == ["0", "0"]
    assert int(said[1][0]) > 10


def test_an_upgrade_keeps_a_backup_first(copied: Copied) -> None:
    home = copied()
    with sqlite3.connect(home.data / "throughline.sqlite3") as database:  # as an earlier version left it
        database.execute("DROP TABLE jobs_seen")
        database.execute("DROP TABLE jobs_job")
        database.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    database.close()
    server = serve(home)
    server.wait()
    assert server.end() == 0
    (kept,) = (home.data / "backups").glob("before-upgrade-*.zip")
    assert str(kept) in server.log.read_text()
    shutil.move(kept, home.data.parent / "kept.zip")
    home.run("restore", str(home.data.parent / "kept.zip"))


def test_the_doctor_explains_what_it_looked_at(copied: Copied, empty: Installation) -> None:
    home = copied()
    said = home.run("doctor").stdout
    assert "ok     integrity: no damage found" in said
    assert "note   backup: no backup was made yet" in said
    home.data.chmod(0o750)
    bad = home.run("doctor", check=False)
    assert bad.returncode == 1
    assert "FAILS  data-folder" in bad.stdout
    assert f"chmod 700 {home.data}" in bad.stdout


def test_createadmin_prints_links_in_the_console(copied: Copied, empty: Installation) -> None:
    assert "http://127.0.0.1:8000/setup/" in empty.run("createadmin").stdout
    home = copied()
    assert "the districts are: home" in home.run("createadmin", check=False).stderr
    said = home.run(
        "createadmin", "--email", "kim@home.example", "--district", "home", "--url", "https://plan.example"
    ).stdout
    assert re.search(r"https://plan\.example/invitation/\S{20,}", said)
