from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.importers.records.tables import codes, read_text, records
from throughline.engine.plan.retirements import Leaving

HEAD = "Serial Number,Model,Purchase Date,Disposal Date,Reason,Employee Name\n"
ROW = "S{n},Chromebook 3100,2021-08-01,2026-{month:02d}-01,{reason},Ada Zyxwvuta\n"


def rows(count: int, reason: str) -> str:
    return "".join(ROW.format(n=f"{reason}{n}", month=1 + n % 12, reason=reason) for n in range(count))


def test_the_loss_rate_counts_lost_and_stolen_devices_only(tmp_path: Path) -> None:
    text = HEAD + rows(24, "End of life") + rows(6, "Lost") + rows(6, "Stolen by a bear")
    outcome = read_text(tmp_path, text, answers={"devices": "1200"})
    (rate,) = records(outcome, "assumptions")
    assert (rate.path, Decimal(rate.value)) == ("loss/rate", Decimal("0.01"))
    assert rate.reason == "table.csv: 12 lost or stolen of 1,200 devices (12 months, Jan 2026 to Dec 2026)"


def test_a_year_without_losses_is_a_rate_of_nothing(tmp_path: Path) -> None:
    (rate,) = records(read_text(tmp_path, HEAD + rows(24, "End of life"), answers={"devices": "1200"}), "assumptions")
    assert Decimal(rate.value) == 0


def test_names_do_not_leave_and_a_serial_only_with_its_disposal(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + rows(24, "Lost"), answers={"devices": "1200"})
    assert "Zyxwvuta" not in repr(outcome)
    assert "SLost1" not in repr(replace(outcome, disposals=()))
    assert {item.serial for item in outcome.disposals} == {f"SLost{n}" for n in range(24)}
    assert [item.column for item in outcome.dropped_columns] == ["Employee Name"]


def test_counts_by_month_and_reason_are_kept(tmp_path: Path) -> None:
    text = HEAD + rows(24, "End of life") + rows(3, "Lost")
    found = [item for item in records(read_text(tmp_path, text), "retirements") if item.left_on == date(2026, 1, 1)]
    assert [(item.reason, item.units, item.bought_on) for item in found] == [
        (Leaving.LOST, 1, date(2021, 8, 1)),
        (Leaving.WORN, 2, date(2021, 8, 1)),
    ]


def test_an_unanswered_question_takes_the_devices_of_the_inventory_and_an_answer_comes_first(tmp_path: Path) -> None:
    text = HEAD + rows(24, "End of life") + rows(12, "Lost")
    told = {"devices": "1200", "devices_counted": "the inventory of 2026-11-16"}
    outcome = read_text(tmp_path, text, hints=told)
    (rate,) = records(outcome, "assumptions")
    assert rate.reason.endswith("of 1,200 devices in the inventory of 2026-11-16 (12 months, Jan 2026 to Dec 2026)")
    assert [question.id for question in outcome.questions] == ["devices"]
    (rate,) = records(read_text(tmp_path, text, hints=told, answers={"devices": "600"}), "assumptions")
    assert Decimal(rate.value) == Decimal("0.02")
    assert "of 600 devices (12 months" in rate.reason


def test_how_a_device_left_and_what_it_brought_is_read(tmp_path: Path) -> None:
    head = "Serial Number,Model,Purchase Date,Disposal Date,Disposal Method,Sale Price,Fair Market Value,Award\n"
    rows = (
        'A1,Server,2022-08-01,2026-05-01,Public auction,"$6,000.00","$5,500",S425U210027\n'
        "A2,Panel,2022-08-01,2026-05-02,Recycled by vendor,,,\n"
        "A3,Panel,2022-08-01,2026-05-02,Stolen,,,\n"
        "A4,Panel,2022-08-01,2026-05-02,See memo,25,,\n"
        "A5,Panel,2022-08-01,2026-05-02,See memo,,,\n"
        "A6,Panel,2022-08-01,2026-05-02,Traded in,-5,,\n"
        "A7,Panel,2022-08-01,2026-05-02,Donated,many,,\n"
    )
    outcome = read_text(tmp_path, head + rows)
    found = {item.serial: item for item in outcome.disposals}
    assert {name: str(item.method) for name, item in found.items()} == {
        "A1": "sold", "A2": "recycled", "A3": "lost", "A4": "sold", "A5": "recycled",
    }  # fmt: skip
    assert (found["A1"].price_cents, found["A1"].fair_value_cents) == (6_000_00, 5_500_00)
    assert (found["A1"].disposed_on, found["A1"].award) == (date(2026, 5, 1), "S425U210027")
    assert outcome.rejected == 2


def test_the_median_age_is_told_for_models_of_which_several_left(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + rows(12, "End of life"))
    (told,) = [item for item in outcome.findings if item.code == "TL-REC-142"]
    assert told.arguments["ages"] == "Chromebook 3100 4.9 years (12)"


def test_a_list_without_days_is_refused_and_an_inventory_is_not_claimed(tmp_path: Path) -> None:
    refused = read_text(tmp_path, "Model,Reason\nChromebook,Lost\n", hints={"importer": "retirements"})
    assert refused.is_refused
    assert codes(refused) == ["TL-IMP-010"]
    inventory = "Serial Number,Model,Purchase Date,Status\n5CD1,Chromebook,2021-08-01,Active\n"
    assert read_text(tmp_path, inventory).importer != "retirements"


def test_an_inventory_that_names_the_day_some_devices_left_stays_an_inventory(tmp_path: Path) -> None:
    head = "Serial Number,Model,School,Purchase Date,Disposal Date\n"
    some = (
        head + "A1,Chromebook,Oak,2021-08-01,\nA2,Chromebook,Oak,2021-08-01,\nA3,Chromebook,Oak,2021-08-01,2026-05-01\n"
    )
    assert read_text(tmp_path, some).importer == "generic_inventory"
    most = head + "A1,Chromebook,Oak,2021-08-01,2026-05-01\nA2,Chromebook,Oak,2021-08-01,2026-05-01\n"
    assert read_text(tmp_path, most).importer == "retirements"
