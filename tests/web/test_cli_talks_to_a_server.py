"""The commands against a server: same words, same figures, the token's limits, and nothing in the clear."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections

from throughline.cli.main import main
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.api.tokens import make_token
from throughline.web.districts.models import District
from throughline.web.jobs.attempt import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server: Any, home: District, cast: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> str:
    user = cast["district_admin"]
    with within_district(home.pk), acting(Actor(user.email, user.pk)):
        monkeypatch.setenv("THROUGHLINE_TOKEN", make_token(home, user, "cli", ("read", "write", "import", "build"), 1))
    return f"{live_server.url}/d/home"


@contextmanager
def worker() -> Iterator[None]:
    """Somebody who does what waits, as a worker beside the server would."""
    ended = Event()

    def work() -> None:
        try:
            while not ended.wait(0.1):
                drain()
        finally:
            connections.close_all()

    beside = Thread(target=work)
    beside.start()
    try:
        yield
    finally:
        ended.set()
        beside.join()


def test_a_plan_is_filled_read_explained_and_undone_from_a_terminal(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        capsys.readouterr()
        assert main(list(words)) == 0, capsys.readouterr()
        return capsys.readouterr().out

    sites = tmp_path / "sites.csv"
    sites.write_text("school,level\nOak Street School,elementary\n")
    assert "1 lines: 1 created" in run("import", address, str(sites))
    filled = [
        "contracts/filter/name=Filter",
        "contracts/filter/annual_cents=$12,000.00",
        "contracts/filter/category=D2.2",
    ]
    run("set", address, "budget=180000", *filled, "contracts/filter/start=2026-07-01")
    figures = json.loads(run("plan", address, "--json"))
    assert figures["totals"]["cents"] > 0
    explained = json.loads(run("explain", address, "total", "--json"))
    assert explained["cents"] == figures["totals"]["cents"]
    assert "Filter" in run("explain", address, "total")
    assert "findings" in run("check", address)
    with worker():
        run("report", address, "cost_lines", "--out", str(tmp_path / "lines.csv"))
    with (tmp_path / "lines.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["cost_type"] == "direct"]
    assert sum(int(row["cents"]) for row in rows) == figures["totals"]["cents"]
    said = run("plan", address, "--override", "contracts/filter/annual_cents=0")
    assert said == "Planned cost $0, not funded $0.\n"
    assert "Undone: set" in run("undo", address)
    assert json.loads(run("plan", address, "--json"))["totals"]["cents"] == 0


def test_a_refusal_comes_in_the_servers_words(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", address, "funds/x/kind=lottery", "funds/x/name=X"]) == 1
    assert "lottery is not known here" in capsys.readouterr().err
    assert main(["plan", address.replace("home", "away")]) == 1
    assert "no such district" in capsys.readouterr().err


def test_a_token_never_crosses_a_network_in_the_clear(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("THROUGHLINE_TOKEN", "tl_x")
    assert main(["plan", "http://plan.example.org/d/home"]) == 2
    assert "use https" in capsys.readouterr().err
