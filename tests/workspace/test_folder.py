"""The plan folder: canonical, atomic, undoable, checked by digest."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.refs import CellRef, EntryRef, PackRef
from throughline.workspace.codec import CodecError, decode, encode
from throughline.workspace.folder import FolderError, locked, plan_digest, read_plan, undo, write_plan
from throughline.workspace.schema import plan_schema

DISTRICT = District("d", "Juniper Falls", "OH")
COUNT = EnrollmentCount(
    "2025-DISTRICT-K", 2025, "DISTRICT", "K", Decimal("91.5"), CellRef("e.xlsx", "ab", 4, "KG", "Fall")
)
FUND = Fund(
    "erate", "erate_c2", "E-Rate", settings=(("nslp_percent", "62"),), source=EntryRef("funds/erate", "2026-11-22")
)
STANDARD = Standard("s", "student-chromebook", driver=Driver.NEED, spare_share=Decimal("0.05"))
CONTRACT = Contract(
    "c", "Filter", start=date(2026, 7, 1), annual_cents=100, source=PackRef("p", "2026-07-01", "x", "V")
)


def a_plan() -> Plan:
    return Plan(DISTRICT, enrollment=(COUNT,), funds=(FUND,), standards=(STANDARD,), contracts=(CONTRACT,))


def test_every_kind_of_value_survives_the_round_trip(tmp_path: Path) -> None:
    write_plan(tmp_path, a_plan(), "new", "2026-11-22")
    assert read_plan(tmp_path)[0] == a_plan()


def test_equal_plans_have_equal_digests_whatever_their_history(tmp_path: Path) -> None:
    plan = a_plan()
    write_plan(tmp_path / "a", plan, "new", "2026-11-22")
    changed = with_records(plan, "funds", {"general": Fund("general", "general", "General fund")})
    write_plan(tmp_path / "a", changed, "add a fund", "2026-11-23")
    manifest = write_plan(
        tmp_path / "a", without_records(changed, "funds", frozenset({"general"})), "drop it", "2026-11-24"
    )
    assert manifest.digest == plan_digest(plan) == write_plan(tmp_path / "b", plan, "x", "y").digest


def test_undo_puts_the_plan_before_back_byte_for_byte(tmp_path: Path) -> None:
    write_plan(tmp_path, a_plan(), "new", "1")
    first = (tmp_path / "manifest.json").read_bytes()
    write_plan(tmp_path, Plan(DISTRICT), "emptied", "2")
    undo(tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == first
    assert read_plan(tmp_path)[0] == a_plan()
    with pytest.raises(FolderError, match="nothing to undo"):
        undo(tmp_path)


def test_writing_the_same_plan_again_changes_nothing(tmp_path: Path) -> None:
    write_plan(tmp_path, a_plan(), "new", "1")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    write_plan(tmp_path, a_plan(), "again", "2")
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_file_changed_by_hand_is_named_and_refused(tmp_path: Path) -> None:
    write_plan(tmp_path, a_plan(), "new", "1")
    path = next((tmp_path / "nouns").glob("funds.*"))
    path.write_text(path.read_text().replace("62", "90"))
    with pytest.raises(FolderError, match=r"funds\..*changed outside"):
        read_plan(tmp_path)


def test_a_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(FolderError, match="another process"), locked(tmp_path):
        raise AssertionError("two writers")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"id": "f", "kind": "k", "name": "n", "colour": "red"}, "unknown colour"),
        ({"id": "f", "name": "n"}, "lacks kind"),
        ({"id": "f", "kind": "k", "name": 3}, "expected str"),
        ({"id": "f", "kind": "k", "name": "n", "priority": "1"}, "expected int"),
    ],
)
def test_a_record_that_does_not_fit_is_refused_with_its_place(data: object, message: str) -> None:
    with pytest.raises(CodecError, match=message):
        decode(Fund, data, "funds record 1")


@pytest.mark.parametrize("text", ["NaN", "1e5", "١٢", "Infinity", "1_000", ""])
def test_only_plain_decimals_are_numbers(text: str) -> None:
    with pytest.raises(CodecError):
        decode(EnrollmentCount, {**encode(COUNT), "pupils": text}, "enrollment")


def test_the_schema_covers_every_noun_and_states_sensitivity() -> None:
    schema = plan_schema()["$defs"]
    assert schema["appropriations"]["properties"]["cents"]["x-sensitivity"] == "C3"
    assert schema["standards"]["properties"]["driver"]["enum"] == ["clock", "grade", "need"]
