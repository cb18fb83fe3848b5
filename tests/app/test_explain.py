"""Every figure of the summary can be explained, and what explains it adds up to it."""

import pytest

from tests.app.folders import larkhollow
from throughline.app.explain import ExplainError, explain, parse_selector
from throughline.app.inventory_rows import rows_of
from throughline.app.source.lines import cost_lines
from throughline.app.summary import summarize
from throughline.engine.refs import NOT_CASH


def _cents(*words: str) -> int:
    _, result = larkhollow()
    found = explain(result, parse_selector(list(words)))
    assert sum(cents for _, _, cents in found.parts) == found.cents
    return found.cents


def test_totals_years_and_categories_are_explained_to_the_cent() -> None:
    summary = summarize(larkhollow()[1])
    assert _cents("total") == summary["totals"]["cents"]
    for year, cents in summary["totals"]["by_year"].items():
        assert _cents(year) == cents
    for code, row in summary["by_category"].items():
        assert _cents(f"category={code}") == row["cents"]
    assert _cents("cost_type=indirect") == summary["memo"]["indirect_cents"]


def test_funds_and_what_is_not_funded_are_explained_to_the_cent() -> None:
    summary = summarize(larkhollow()[1])
    for fund, row in summary["by_fund"].items():
        assert _cents(f"fund={fund}") == row["cents"]
        for year, cents in row["by_year"].items():
            assert _cents(f"fund={fund}", year) == cents
    assert _cents("unfunded") == summary["unfunded"]["cents"]
    for year, cents in summary["unfunded"]["by_year"].items():
        assert _cents("unfunded", year) == cents


def test_a_year_that_is_funded_is_an_answer_and_no_mistake() -> None:
    _, result = larkhollow()
    found = explain(result, parse_selector(["unfunded", "FY2028"]))
    assert found.cents == 0
    assert "all of the planned cost has a fund" in found.lines[0].name


def test_every_line_of_the_cost_line_file_is_explained_with_its_share() -> None:
    _, result = larkhollow()
    table = cost_lines(result)
    at = {name: table.index(name) for name in ("line", "fund", "cents")}
    rows = [row.values for row in table.rows if row.kind == "body"]
    for row in rows[:: max(1, len(rows) // 60)]:
        line, fund, cents = str(row[at["line"]]), str(row[at["fund"]]), row[at["cents"]]
        found = explain(result, {"line": line} if fund == NOT_CASH else {"line": line, "fund": fund})
        assert found.cents == cents, line


def test_the_first_lines_say_what_when_and_who_pays() -> None:
    opened, result = larkhollow()
    found = explain(result, {}, rows_of(opened, 2))
    assert found.title == "Planned cost, FY2028 to FY2032"
    items = [line for line in found.lines[1:] if line.depth == 1]
    assert [line.name for line in found.lines if line.depth == 0][1:3] == ["By year", "Who pays"]
    assert any("Student Chromebook" in line.name for line in items[:8])
    assert any(line.name == "Not funded" for line in items)


def test_unfunded_money_names_why_each_fund_did_not_pay() -> None:
    _, result = larkhollow()
    year = next(year for year, cents in summarize(result)["unfunded"]["by_year"].items() if cents)
    lines = explain(result, parse_selector(["unfunded", year])).lines
    start = next(i for i, line in enumerate(lines) if line.name.startswith("Why no fund pays"))
    said = [line.name for line in lines[start + 1 :] if line.depth == 1][: len(result.plan.funds)]
    assert len(said) >= 3
    assert any("has no money left" in words for words in said)


def test_demand_driven_purchases_go_down_to_enrollment_cells() -> None:
    _, result = larkhollow()
    line = next(
        line for line in result.ledger.lines() if "/new|" in line.id and line.id.split("/")[-2].startswith("hardware")
    )
    found = explain(result, {"line": line.id}).lines
    sources = [item.source for item in found]
    # Past falls too: each class behind a progression ratio opens into the cells of the schools.
    past = [item for item in found if item.name.startswith("pupils in grade") and "fall 2021" in item.name]
    assert past
    assert all(item.source.startswith("enrollment.csv, row ") for item in past)
    assert any("growth, hardware" in source for source in sources)


def test_devices_at_hand_go_down_to_inventory_rows_and_to_each_move_between_schools() -> None:
    opened, result = larkhollow()
    new = next(row.new for row in result.fleet.rows if row.policy.id == "chromebook-3-8")
    assert new is not None
    move = next(m for m in new.moved if m.leaves > 2029 and (m.to_site, 2029) in new.need)
    names = {site.id: site.name for site in result.plan.sites}
    line = f"devices/chromebook-3-8/new|{move.to_site}/hardware.device/FY2029"
    found = explain(result, {"line": line}, rows_of(opened, 1)).lines
    said = {item.name: item for item in found}
    trip = said[f"moved from {names[move.from_site]} to {names[move.to_site]} in FY{move.year}"]
    route = (move.year, move.from_site, move.to_site)
    still = sum(m.count for m in new.moved if (m.year, m.from_site, m.to_site) == route and m.leaves > 2029)
    assert trip.value == f"{still} devices"
    assert trip.rule
    assert any(item.name.startswith(f"devices of the inventory at {names[move.from_site]}") for item in found)
    assert any("chromebooks.csv, row " in item.name for item in found)


def test_contingency_goes_down_to_the_lines_it_is_a_share_of() -> None:
    _, result = larkhollow()
    line = next(line for line in result.ledger.lines({"category": "D6.2"}) if line.producer == "contingency")
    found = explain(result, {"line": line.id}).lines
    covered = [item.name.removeprefix("line ") for item in found if item.name.startswith("line devices/")]
    assert covered
    assert {result.ledger.line(name).labels["category"] for name in covered} == {"D6.2"}
    assert any(item.source.startswith("inventory ") for item in found)


def test_no_deeper_than_asked_is_worked_out() -> None:
    opened, result = larkhollow()
    line = next(line for line in result.ledger.lines({"subject": "staff-laptop"}) if "hardware" in line.id)
    whole = explain(result, {"line": line.id}, rows_of(opened, 2))
    short = explain(result, {"line": line.id}, rows_of(opened, 2), 1)
    assert short.cents == whole.cents
    assert [item for item in whole.lines if item.depth <= 1] == [item for item in short.lines if item.depth <= 1]
    assert not any(".csv, row " in item.name for item in short.lines)


def test_a_device_count_names_inventory_rows() -> None:
    opened, result = larkhollow()
    line = next(line for line in result.ledger.lines({"subject": "staff-laptop"}) if "hardware" in line.id)
    names = [item.name for item in explain(result, {"line": line.id}, rows_of(opened, 2)).lines]
    assert any(".csv, row " in name for name in names)


def test_names_work_as_well_as_ids() -> None:
    _, result = larkhollow()
    fund = result.plan.funds[0]
    assert _cents(f"fund={fund.name.upper()}") == _cents(f"fund={fund.id}")
    assert _cents("category=End-user devices") == _cents("category=D1.1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "Use total, unfunded, FY2028"),
        (["category=ZZ"], "no planned cost has category ZZ"),
        (["fund=levy"], "did you mean tech-levy"),
        (["FY1999"], "no planned cost has fiscal_year FY1999"),
        (["devices/none/x/y/FY2028"], "no cost line is called"),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(words: list[str], said: str) -> None:
    with pytest.raises(ExplainError, match=said):
        explain(larkhollow()[1], parse_selector(words))


@pytest.mark.parametrize("words", [["total"], ["FY2029"], ["cost_type=indirect"]])
def test_the_id_of_a_part_is_a_selector_that_gives_its_amount(words: list[str]) -> None:
    _, result = larkhollow()
    where = parse_selector(words)
    for selector, name, cents in explain(result, where).parts:
        assert name
        if selector:
            assert explain(result, where | parse_selector([selector])).cents == cents, selector
