from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.plan import NOUNS
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.engine.plan.sheets import NOT_IN_SHEETS, cells_of, record_of, same, sheet_of, sheets
from throughline.engine.plan.standards import Standard
from throughline.engine.refs import EntryRef

words = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=("C", "Z")), max_size=12)


def round_trip(noun: str, record: object) -> object:
    headers = [column.header for column in sheet_of(noun).columns]
    back, wrong = record_of(noun, dict(zip(headers, cells_of(noun, record), strict=True)), None)
    assert not wrong
    return back


def test_every_noun_but_inventories_and_memory_has_a_sheet() -> None:
    assert {sheet.noun for sheet in sheets()} == NOUNS.keys() - NOT_IN_SHEETS


def test_money_stands_in_dollars_under_a_header_that_says_so() -> None:
    columns = {column.field: column for column in sheet_of("contracts").columns}
    assert columns["annual_cents"].header == "annual_dollars"
    cells = cells_of("contracts", Contract("a", "A", annual_cents=-123405))
    assert "-1234.05" in cells


@given(words, words, st.lists(words, max_size=3), st.lists(st.tuples(words, words), max_size=3))
def test_texts_lists_and_settings_survive_the_sheet(
    name: str, kind: str, sites: list[str], settings: list[tuple[str, str]]
) -> None:
    fund = Fund("f", kind, name, settings=tuple(settings), sites=tuple(sites))
    empty_lists = sites == [""] or settings == [("", "")]
    if not empty_lists:
        assert same(round_trip("funds", fund), fund)


def test_nothing_where_the_default_is_something_survives() -> None:
    standard = Standard("s", "chromebook", clocks=(), per="", ratio=Decimal("0.50"), spare_share=None)
    assert same(round_trip("standards", standard), standard)


def test_choices_come_back_as_members() -> None:
    line = PlanLine("a", "doc", "item", "FY2027", LineRole.PART_OF)
    assert round_trip("plan_lines", line).role is LineRole.PART_OF  # type: ignore[attr-defined]


def test_the_source_does_not_make_a_record_different() -> None:
    line = Contract("a", "A", end=date(2027, 6, 30))
    assert same(line, Contract("a", "A", end=date(2027, 6, 30), source=EntryRef("contracts/a")))
    assert not same(line, Contract("a", "A", end=date(2027, 7, 1)))


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("annual_dollars", "12.345"),
        ("annual_dollars", "1,23"),
        ("annual_dollars", "1_000"),
        ("annual_dollars", "١٢٣"),
        ("annual_dollars", "NaN"),
        ("end", "06/30/2027"),
        ("end", "2027-02-30"),
        ("renews", "perhaps"),
        ("escalator", "1E9"),
    ],
)
def test_a_cell_that_is_no_such_thing_is_named(header: str, text: str) -> None:
    record, wrong = record_of("contracts", {"id": "a", "name": "A", header: text}, None)
    assert record is None
    assert [column.header for column in wrong] == [header]


def test_a_required_cell_that_is_empty_is_named() -> None:
    record, wrong = record_of("contracts", {"id": "a"}, None)
    assert record is None
    assert [column.header for column in wrong] == ["name"]
