"""Devices that left and those in service: how long they last, what the plan says of it, and setting a life from it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh, set_
from throughline.app.lives import lives
from throughline.app.messages import message_catalog
from throughline.app.plans import OpenPlan, open_plan, undo
from throughline.app.run_plan import in_service_of, run_plan
from throughline.app.set_value import SetError
from throughline.app.source.assumptions import assumptions
from throughline.engine.lifecycle.experience import experiences
from throughline.engine.run import PlanResult

CLASS = "student-chromebook"
CANARY = "Zyxwvuta"


def _inventory(folder: Path, bought: str = "2020-08-15", count: int = 40) -> Path:
    rows = "".join(f"IN{n},Chromebook 3100,Dell,Chromebook,Oak,{bought},$300.00,In use\n" for n in range(count))
    file = folder / "inventory.csv"
    file.write_text(
        "Serial Number,Model,Manufacturer,Category,School,Purchase Date,Unit Price,Status\n" + rows, encoding="utf-8"
    )
    return file


def _left(folder: Path, extra: str = "", name: str = "left.csv") -> Path:
    """One bought in 2019 that opens the list, 60 that left after 50 months, and one that left after 70."""
    worn = "".join(f"L{n},Chromebook 3100,2020-08-15,2024-10-20,End of life,{CANARY}\n" for n in range(60))
    file = folder / name
    file.write_text(
        "Serial Number,Model,Purchase Date,Disposal Date,Reason,Employee Name\n"
        f"OLD,Chromebook 3100,2019-08-01,2024-08-01,End of life,\n{worn}"
        f"LAST,Chromebook 3100,2020-08-15,2026-06-30,End of life,\n{extra}",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def opened(tmp_path: Path) -> OpenPlan:
    plan = fresh(tmp_path / "plan")
    report = bring(plan, _inventory(tmp_path), _left(tmp_path))
    assert [item.status for item in report.files] == ["applied", "applied"], [item.findings for item in report.files]
    return report.opened


def _found(result: PlanResult) -> list[str]:
    catalog = message_catalog()
    return [catalog.text(item) for item in result.findings if item.code == "TL-DEV-040"]


def test_the_estimate_is_what_a_hand_gives(opened: OpenPlan) -> None:
    """Watched from August 2024 to June 2026: 60 of 101 left at month 50, 1 of 42 at 60, 1 of 41 at 70."""
    rules = run_plan(opened, DAY).rules
    (seen,) = experiences(opened.plan.retirements, in_service_of(opened), rules)
    assert (seen.asset_class, seen.since, seen.until) == (CLASS, date(2024, 8, 1), date(2026, 6, 1))
    assert [(step.age, step.watched, step.left) for step in seen.steps] == [(50, 101, 60), (60, 42, 1), (70, 41, 1)]
    share = Decimal(41) / 101 * 41 / 42 * 40 / 41
    assert seen.gone_by(6).quantize(Decimal("0.000001")) == (1 - share).quantize(Decimal("0.000001"))
    assert (seen.gone_months, seen.life_years) == (50, 4)


def test_a_standard_that_outlives_experience_is_told_with_devices_and_money(opened: OpenPlan, tmp_path: Path) -> None:
    assert not _found(run_plan(opened, DAY)), "the default life of 4 years is what the list suggests"
    longer = run_plan(set_(tmp_path / "plan", f"standards/one/asset_class={CLASS}", "standards/one/life_years=6"), DAY)
    (text,) = _found(longer)
    assert "50 percent left within 4.2 years" in text
    assert "the standard plans 6 years. About 25 of 40 devices are likely gone" in text
    (found,) = [item for item in longer.findings if item.code == "TL-DEV-040"]
    assert found.cents == 25 * longer.planning.prices["one"][0]


def test_a_standard_whose_life_drives_nothing_is_not_measured_against_it(opened: OpenPlan, tmp_path: Path) -> None:
    del opened
    paths = (f"standards/one/asset_class={CLASS}", "standards/one/life_years=6", "standards/one/clocks=vendor")
    assert not _found(run_plan(set_(tmp_path / "plan", *paths), DAY))


def test_a_life_set_from_the_list_replaces_the_stated_one_and_names_the_list(opened: OpenPlan, tmp_path: Path) -> None:
    del opened
    plan = tmp_path / "plan"
    set_(plan, f"standards/one/asset_class={CLASS}", "standards/one/life_years=6")
    before = run_plan(open_plan(plan), DAY)
    (life,) = lives(open_plan(plan), before, lambda scenario: run_plan(open_plan(plan), DAY, scenario))
    assert (life.planned, life.suggested, life.devices, life.from_list) == ((6,), 4, 40, False)
    after = run_plan(set_(plan, f"life/{CLASS}=4"), DAY)
    (policy,) = after.policies
    assert (policy.life_years, policy.standard.life_years) == (4, None)
    assert "left.csv: 62 left and 40 in service, 2024-08 to 2026-06; 50 percent left within 4.2 years" in str(
        policy.life_fact.source
    )
    spent = [
        sum(run.planning.ledger.by("fiscal_year", where={"cost_type": "direct"}).values()) for run in (before, after)
    ]
    assert life.more_cents == spent[1] - spent[0], "what the page says beforehand is what happens"
    (now,) = lives(open_plan(plan), after, lambda _: pytest.fail("nothing is suggested any more"))
    assert (now.planned, now.suggested, now.from_list) == ((4,), None, True)
    (shown,) = [item for item in assumptions(after) if item.path == "standards/one/life_years"]
    assert "left.csv" in shown.source
    assert shown.standing == "the district's own"
    undo(plan)
    assert open_plan(plan).plan.standards[0].life_years == 6
    assert not open_plan(plan).plan.assumptions


@pytest.mark.parametrize("value", ["0", "4.5", "-1", "soon", "10000"])
def test_a_life_that_is_none_is_refused(opened: OpenPlan, tmp_path: Path, value: str) -> None:
    del opened
    with pytest.raises(SetError, match="whole years"):
        set_(tmp_path / "plan", f"life/{CLASS}={value}")


def test_a_life_of_no_known_class_is_refused(opened: OpenPlan, tmp_path: Path) -> None:
    del opened
    with pytest.raises(SetError, match="no rule is named so"):
        set_(tmp_path / "plan", "life/abacus=4")


def test_nothing_is_suggested_from_one_device_too_few(opened: OpenPlan, tmp_path: Path) -> None:
    """62 left: at a least number of 62 a life is suggested, at 63 none is."""
    for least, suggested in (("62", 4), ("63", None)):
        changed = set_(tmp_path / "plan", f"rules/experience/least-departures={least}")
        result = run_plan(changed, DAY)
        (seen,) = experiences(changed.plan.retirements, in_service_of(changed), result.rules)
        assert seen.life_years == suggested
    assert opened.plan.retirements


def test_what_was_lost_says_nothing_about_wear(opened: OpenPlan, tmp_path: Path) -> None:
    lost = "".join(f"X{n},Chromebook 3100,2020-08-15,2024-09-20,Stolen,\n" for n in range(30))
    again = bring(opened, _left(tmp_path, lost)).opened
    rules = run_plan(again, DAY).rules
    (seen,) = experiences(again.plan.retirements, in_service_of(again), rules)
    assert (seen.left, seen.lost, seen.gone_months) == (62, 30, 50)
    assert seen.steps[0].watched == 101, "out of sight since September"


def test_the_same_list_again_changes_nothing_and_a_corrected_one_replaces_it(opened: OpenPlan, tmp_path: Path) -> None:
    same = bring(opened, _left(tmp_path))
    assert [item.status for item in same.files] == ["unchanged"]
    assert same.opened.plan.retirements == opened.plan.retirements
    shorter = tmp_path / "left.csv"
    shorter.write_text("\n".join(shorter.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    fewer = bring(same.opened, shorter).opened
    assert sum(item.units for item in fewer.plan.retirements) == 61


def test_the_same_list_under_another_name_is_told(opened: OpenPlan, tmp_path: Path) -> None:
    codes = {item.code for item in bring(opened, _left(tmp_path, name="again.csv")).files[0].findings}
    assert "TL-REC-147" in codes
    worn = tmp_path / "other.csv"
    worn.write_text(
        "Model,Quantity,Purchase Date,Disposal Date,Reason\nChromebook 3100,5,2021-08-01,2026-05-01,Broken\n"
    )
    codes = {item.code for item in bring(open_plan(tmp_path / "plan"), worn).files[0].findings}
    assert "TL-REC-147" not in codes


def test_neither_serials_nor_names_nor_models_of_the_list_are_kept(opened: OpenPlan, tmp_path: Path) -> None:
    del opened
    nouns = b"".join(path.read_bytes() for path in (tmp_path / "plan" / "nouns").glob("retirements*"))
    assert b"student-chromebook" in nouns
    everything = b"".join(path.read_bytes() for path in (tmp_path / "plan").rglob("*") if path.is_file())
    assert CANARY.encode() not in everything
    assert b"L17" not in everything
    assert b"3100" not in nouns


def test_a_text_that_is_no_device_is_counted_and_not_kept(tmp_path: Path) -> None:
    extra = f"N1,Device of {CANARY},2020-08-15,2024-10-20,End of life,\n"
    report = bring(fresh(tmp_path / "plan"), _left(tmp_path, extra))
    assert "TL-REC-144" in {item.code for item in report.files[0].findings}
    assert report.files[0].counts.add_up
    everything = b"".join(path.read_bytes() for path in (tmp_path / "plan").rglob("*") if path.is_file())
    assert CANARY.encode() not in everything


def test_rates_take_their_devices_from_the_inventory_until_somebody_answers(opened: OpenPlan, tmp_path: Path) -> None:
    lost = "".join(f"X{n},Chromebook 3100,2020-08-15,2024-09-20,Stolen,\n" for n in range(2))
    file = _left(tmp_path, lost)
    counted = {item.path: item for item in bring(opened, file).opened.plan.assumptions}
    assert f"of 40 devices in the inventory of {DAY}" in counted["loss/rate"].reason
    again = bring(open_plan(tmp_path / "plan"), file, answers={"devices": "80"})
    answered = {item.path: item for item in again.opened.plan.assumptions}
    assert (counted["loss/rate"].value, answered["loss/rate"].value) == ("0.0261", "0.013")
