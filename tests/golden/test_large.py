"""The large sample is as wide as it says: its size, its three inventories, its funds, and what they explain."""

import json
import re
from collections import defaultdict
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.golden.districts import EXAMPLES, Built, built
from tests.golden.figures import BUDGET
from throughline.app.recipe import sample_folder, write_exports
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.plan import NOUNS
from throughline.engine.refs import NOT_CASH, UNFUNDED
from throughline.workspace.codec import encode


@cache
def large() -> Built:
    return built("threadwell")


def test_it_has_the_size_it_is_for() -> None:
    result, plan = large().result, large().opened.plan
    pupils = result.pupils.district(result.horizon.first)
    assert pupils is not None
    assert 44_000 < sum(pupils.values()) < 46_000
    assert len(plan.sites) == 66
    assert len({item.fall_year for item in plan.enrollment}) == 7
    assert result.inputs.cohorts.devices > 55_000
    assert len(plan.goals) == 4
    assert len(plan.initiatives) == 6
    assert len(plan.contracts) == 40


def test_three_inventories_overlap_and_disagree_and_personal_devices_stay_out() -> None:
    plan, result = large().opened.plan, large().result
    files = {file.partition(" ")[0] for snapshot in plan.snapshots for file in snapshot.files}
    assert files == {"chromebooks.csv", "assets.csv", "intune_devices.csv", "purchases.csv"}
    codes = {item.code: item for item in result.findings}
    assert "TL-DATA-007" in codes, "places or models on which the lists disagree"
    assert {"TL-DATA-030", "TL-DATA-031", "TL-DATA-032"} <= codes.keys(), "in one list and not in the other, with money"
    assert "TL-DATA-003" in codes, "devices without a site"
    assert int(result.inputs.cohorts.on_order.sum()) > 500, "an order that has not come whole"


def test_fifteen_funds_pay_and_a_closed_one_stands_there_for_its_history() -> None:
    paid = large().result.allocation.by_fund_year()
    kinds = {fund.id: fund.kind for fund in large().opened.plan.funds}
    assert len({kinds[fund] for fund in paid if fund != UNFUNDED}) == 15
    assert sum(1 for kind in kinds.values() if kind.startswith("title_")) == 4
    assert "esser-iii" not in paid
    assert "esser-iii" in kinds


def test_the_levy_ends_and_what_it_paid_is_not_funded_afterwards() -> None:
    """The story of the sample, as examples/README.md tells it."""
    result = large().result
    unfunded = result.allocation.by_fund_year()[UNFUNDED]
    assert max(unfunded, key=lambda year: unfunded[year]) == 2032
    assert max(result.allocation.by_fund_year()["tech-levy"]) == 2030
    assert any(item.code == "TL-FUND-030" and item.subject == "funds/tech-levy" for item in result.findings)
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    total, short = (
        f"${round(cents / 10_000_000) / 10} million" for cents in (result.ledger.total(BUDGET), sum(unfunded.values()))
    )
    assert f"about {total}, of which {short} are not funded" in page


def test_shares_of_every_fund_in_every_year_explain_themselves_to_the_cent() -> None:
    """The first share of each fund, year and category; `make facts` works out every line."""
    result = large().result
    seen: dict[tuple[str, str, str], tuple[str, int]] = {}
    for line, fund, cents in split_lines(result.ledger, result.allocation):
        if fund != NOT_CASH:
            seen.setdefault((fund, line.labels["fiscal_year"], line.labels["category"]), (line.id, cents))
    assert len({fund for fund, _, _ in seen}) == 16
    by_fund: dict[str, int] = defaultdict(int)
    for (fund, _, _), (key, cents) in seen.items():
        if by_fund[fund] < 6:  # each explanation walks the lines of its class up to its own
            by_fund[fund] += 1
            assert evaluate(trace_funding(result.ledger, result.allocation, key, fund)) == cents, (key, fund)


def test_its_exports_are_the_same_bytes_every_time_and_hold_nobody(tmp_path: Path) -> None:
    """Written again: one seed. Columns about persons are there, invented, so that dropping them is seen."""
    write_exports(sample_folder("large"), tmp_path)
    read = {file for snapshot in large().opened.plan.snapshots for file in snapshot.files}
    assert read == {f"{file.partition(' ')[0]} {sha256(_bytes(tmp_path, file)).hexdigest()[:12]}" for file in read}
    intune = (tmp_path / "intune_devices.csv").read_text(encoding="utf-8")
    assert "Primary user UPN" in intune
    addresses = re.findall(r"@[\w.]+", intune)
    assert addresses
    assert all(address.endswith(".example") for address in addresses)
    kept = json.dumps([encode(record) for noun in NOUNS for record in getattr(large().opened.plan, noun)], default=str)
    assert "@threadwell.example" not in kept
    assert "@pupils.threadwell.example" not in kept


def _bytes(folder: Path, file: str) -> bytes:
    return (folder / file.partition(" ")[0]).read_bytes()
