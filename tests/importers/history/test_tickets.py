from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.folders import CONSOLE, DAY, bring, fresh
from tests.importers.records.tables import codes, read_text, records
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.engine.rulebook.district import district_rows, unreadable
from throughline.engine.run import PlanResult
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.refused import write_refused
from throughline.importers.run import read_here
from throughline.packs.loader import load_rulebook

HEAD = "Ticket ID,Created,Requester,Description,Category,Model,School,Hours,Repair Cost,Status\n"
SAMPLES = Path("src/throughline/importers/help_desk_tickets/samples")


def ticket(number: int, month: int, category: str = "Cracked screen", cost: str = "80", status: str = "Closed") -> str:
    device = f"Ada Zyxwvuta,{category} of Ada Zyxwvuta,{category},Chromebook 3100,Oak Street"
    return f"{number},2026-{month:02d}-15,{device},0.5,{cost},{status}\n"


YEAR = HEAD + "".join(ticket(n, 1 + n % 12) for n in range(120))


def rates(outcome: Outcome) -> dict[str, Decimal]:
    return {item.path: Decimal(item.value) for item in records(outcome, "assumptions")}


def test_repairs_per_device_and_year(tmp_path: Path) -> None:
    found = rates(read_text(tmp_path, YEAR, answers={"devices": "1,000"}))
    assert found["repair/incident-rate/default"] == found["repair/incident-rate/high"] == Decimal("0.12")
    assert found["repair/mean-cost"] == 80_00
    assert found["repair/technician-hours"] == Decimal("0.5")
    assert found["staffing/tickets-per-year"] == 120
    assert {found[f"repair/age-multiplier/{age}"] for age in range(1, 6)} == {Decimal(1)}


def test_half_a_year_counts_as_half(tmp_path: Path) -> None:
    half = HEAD + "".join(ticket(n, 1 + n % 6) for n in range(60))
    assert rates(read_text(tmp_path, half, answers={"devices": "1000"}))["repair/incident-rate/default"] == Decimal(
        "0.12"
    )


def test_without_the_number_of_devices_there_is_no_rate(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, YEAR, hints={"devices": "950"})
    assert not any(path.startswith(("repair/incident", "repair/age")) for path in rates(outcome))
    (question,) = [item for item in outcome.questions if item.id == "devices"]
    assert (question.suggested, question.blocking) == ("950", False)
    for nonsense in ("none", "0", "-5", "1e9", "12345678901"):
        assert "repair/incident-rate/default" not in rates(read_text(tmp_path, YEAR, answers={"devices": nonsense}))


def test_a_rate_above_one_repair_per_device_and_year_is_shown_and_not_used(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, YEAR, answers={"devices": "100"})
    assert "repair/incident-rate/default" not in rates(outcome)
    assert "TL-REC-131" in codes(outcome)


def test_tickets_that_are_no_repairs_or_were_cancelled_do_not_count_as_repairs(tmp_path: Path) -> None:
    more = "".join(ticket(200 + n, 1 + n, "Password reset", "") for n in range(12)) + ticket(300, 1, status="Duplicate")
    outcome = read_text(tmp_path, YEAR + more, answers={"devices": "1000"})
    found = rates(outcome)
    assert found["repair/incident-rate/default"] == Decimal("0.12")
    assert found["staffing/tickets-per-year"] == 132
    assert (outcome.accepted, outcome.blank) == (132, 1)


def test_a_band_with_its_own_devices_has_its_own_rate(tmp_path: Path) -> None:
    text = YEAR.replace("Oak Street", "Oak Street Elementary") + ticket(500, 6).replace(
        "Oak Street", "Maple High School"
    )
    found = rates(read_text(tmp_path, text, answers={"devices": "1000", "devices:high": "50"}))
    assert found["repair/incident-rate/high"] == Decimal("0.02")
    assert found["repair/incident-rate/elementary"] == found["repair/incident-rate/staff"] == Decimal("0.121")


def test_devices_and_bands_of_the_inventory_count_until_somebody_answers(tmp_path: Path) -> None:
    text = YEAR.replace("Oak Street", "Oak Street Elementary") + ticket(500, 6).replace(
        "Oak Street", "Maple High School"
    )
    told = {"devices": "1000", "devices:high": "50", "devices_counted": "the inventory of 2026-09-30"}
    outcome = read_text(tmp_path, text, hints=told)
    assert rates(outcome)["repair/incident-rate/high"] == Decimal("0.02")
    assert rates(outcome)["repair/incident-rate/elementary"] == Decimal("0.121"), "no device of that band is known"
    kept = {item.path: item.reason for item in records(outcome, "assumptions")}
    assert "1 repairs of 50 devices in the inventory of 2026-09-30" in kept["repair/incident-rate/high"]
    asked = {item.id: item.suggested for item in outcome.questions}
    assert asked == {"devices": "1000", "devices:high": "50", "devices:elementary": ""}
    answered = rates(read_text(tmp_path, text, hints=told, answers={"devices": "500", "devices:high": "100"}))
    assert answered["repair/incident-rate/high"] == Decimal("0.01")
    assert answered["repair/incident-rate/elementary"] == Decimal("0.242")


def test_words_of_few_tickets_are_not_shown(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, YEAR + ticket(500, 6, "Zyxwvuta dropped it"))
    (told,) = [item for item in outcome.findings if item.code == "TL-REC-133"]
    assert "Zyxwvuta" not in repr(outcome)
    assert told.arguments["category"] == "Cracked screen 120, other 1"


def test_a_cell_that_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, YEAR + "9,Ada Zyxwvuta,,,,,,,,\n8,2026-05-05,,,,,,Ada Zyxwvuta,,\n")
    assert (outcome.rejected, codes(outcome).count("TL-REC-130")) == (2, 2)
    assert "Zyxwvuta" not in repr(outcome)


def test_rows_that_were_left_out_are_not_given_back(tmp_path: Path) -> None:
    text = YEAR + "9,Ada Zyxwvuta,,,,,,,,\n8,2026-05-05,x,y,Zyxwvuta,Ada,more,and more,1,2,3,4\n"
    (tmp_path / "tickets.csv").write_text(text)
    upload = Upload.of(tmp_path / "tickets.csv")
    outcome = read_here(upload, {}, {}, {}, tmp_path)
    write_refused(upload, outcome, tmp_path / "refused.json")
    assert outcome.rejected == 2
    assert not (tmp_path / "refused.json").exists()


def test_a_list_without_a_day_is_refused_and_a_list_of_devices_is_not_claimed(tmp_path: Path) -> None:
    told = {"importer": "help_desk_tickets"}
    assert read_text(tmp_path, "Ticket ID,Category\n1,Screen\n", hints=told).is_refused
    assert read_text(tmp_path, "Serial Number,Model,Status\n5CD1,Chromebook,Active\n").importer != "help_desk_tickets"
    assert read_text(tmp_path, "Date,Category,Amount\n2026-01-01,Repair,50\n").importer != "help_desk_tickets"


def repair_cents(result: PlanResult) -> int:
    return sum(cents for (category, *_), cents in result.ledger.by("category").items() if category == "D5.2")


def test_the_plan_is_costed_with_the_local_rate_and_says_where_it_is_from(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    before = repair_cents(run_plan(open_plan(tmp_path / "plan"), DAY))
    bring(open_plan(tmp_path / "plan"), SAMPLES / "tickets.csv", answers={"devices": "20"})
    opened = open_plan(tmp_path / "plan")
    assert before > 0
    assert repair_cents(run_plan(opened, DAY)) != before
    book = load_rulebook("NJ")
    assert [unreadable(book, item) for item in opened.plan.assumptions] == [""] * len(opened.plan.assumptions)
    cost = district_rows(book, opened.plan, {}, DAY).at(DAY).row("repair/mean-cost")
    assert (cost.value, cost.layer) == (4659, "district")
    assert cost.source == "tickets.csv: mean of 17 repairs that cost money (12 months, Jul 2025 to Jun 2026)"


@pytest.mark.parametrize("day", [DAY, DAY.replace(year=2027)])
def test_the_same_list_again_changes_nothing(day: object, tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), SAMPLES / "tickets.csv", answers={"devices": "240"})
    assert not bring(open_plan(tmp_path / "plan"), SAMPLES / "tickets.csv", day=day).written  # type: ignore[arg-type]  # a day
