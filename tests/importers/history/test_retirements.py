from decimal import Decimal
from pathlib import Path

from tests.importers.records.tables import codes, read_text, records

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


def test_serials_and_names_do_not_leave(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + rows(24, "Lost"), answers={"devices": "1200"})
    assert not any(word in repr(outcome) for word in ("Zyxwvuta", "SLost1"))
    assert [item.column for item in outcome.dropped_columns] == ["Employee Name"]


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
