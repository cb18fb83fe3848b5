"""`throughline precedence`: the orders in force, a look at another order, setting and undoing it; walk lists as files."""

import json
from pathlib import Path

import pytest

from tests.cli.test_reconcile import DAY, plan
from throughline.cli.main import main

__all__ = ["plan"]


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main([*words, "--json", *DAY]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_orders_are_shown_previewed_set_and_undone(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orders = {item["id"]: item["order"] for item in asked(capsys, "precedence", str(plan))["groups"]}
    assert orders["place"] == ["register", "mdm", "orders"]
    before = (plan / "manifest.json").read_text(encoding="utf-8")
    seen = asked(capsys, "precedence", str(plan), "model=register")
    assert seen["attributes"] == {"model": 1}
    assert (plan / "manifest.json").read_text(encoding="utf-8") == before
    told = asked(capsys, "precedence", str(plan), "model=register", "--set", "--reason", "labels were read twice")
    assert {item["id"]: item["own"] for item in told["groups"]}["model"]
    assert asked(capsys, "precedence", str(plan), "model=register") == {
        "devices": 0, "attributes": {}, "units": {"before": 5, "after": 5},
    }  # fmt: skip
    assert main(["undo", str(plan)]) == 0
    assert asked(capsys, "precedence", str(plan), "model=register") == seen


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["place"], "GROUP=ORDER"),
        (["place=cloud"], "no list cloud"),
        (["plice=mdm"], "no such group"),
        (["--set"], "--set sets the orders"),
    ],
)
def test_what_cannot_be_an_order_is_said(
    plan: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["precedence", str(plan), *words, *DAY]) == 2
    assert says in capsys.readouterr().err


def test_a_value_of_rules_that_is_no_order_is_refused_as_well(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", str(plan), "rules/precedence/place=cloud", *DAY]) == 2 or "cloud" in capsys.readouterr().err


def test_the_days_of_the_plan_count_and_the_option_overrides_them(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def unseen(*more: str) -> object:
        return asked(capsys, "reconcile", str(plan), "--list", "unseen", *more)["units"]

    assert unseen() == 1
    assert main(["set", str(plan), "rules/inventory/unseen-days=10", *DAY]) == 0
    assert unseen() == 3
    assert unseen("--unseen-days", "180") == 1
    found = {item["code"]: item for item in asked(capsys, "check", str(plan))["findings"]}["TL-DATA-032"]
    assert "in the 10 days before the inventory" in found["message"]
    assert "inventory/unseen-days" in found["rule"]


def test_a_list_for_a_walk_is_written_in_the_form_its_name_asks_for(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "walk.csv"
    assert main(["reconcile", str(plan), "--walk", "UNASSIGNED", "--out", str(target), *DAY]) == 0
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "place,asset_tag,serial,model,last_seen,found,remark"
    assert len(lines) == 6
    assert (
        main(["reconcile", str(plan), "--walk", "UNASSIGNED", "--look", "--out", str(tmp_path / "w.xlsx"), *DAY]) == 0
    )
    assert (tmp_path / "w.xlsx").read_bytes().startswith(b"PK")
    capsys.readouterr()
    for words, says in (
        (["--walk", "nowhere", "--out", str(target)], "there is no such site"),
        (["--walk", "UNASSIGNED"], "--out"),
        (["--walk", "UNASSIGNED", "--out", str(tmp_path / "walk.doc")], ".pdf"),
        (["--list", "unseen", "--out", str(tmp_path / "list.pdf")], ".csv"),
    ):
        assert main(["reconcile", str(plan), *words, *DAY]) == 2
        assert says in capsys.readouterr().err
