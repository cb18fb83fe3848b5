from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.importers.records.tables import codes, read_text, records
from throughline.importers.contracts.terms import Basis, annual_cents, basis_of, end_of_term, years_between

HEAD = "Vendor,Product,Category,{amount},Basis,Start,End,Term Years\n"


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("", Basis("flat", 1)),
        ("annual", Basis("flat", 1)),
        ("per year", Basis("flat", 1)),
        ("Annual subscription", Basis("flat", 1)),
        ("monthly", Basis("flat", 12)),
        ("quarterly", Basis("flat", 4)),
        ("total for term", Basis("flat", 0)),
        ("3-year total", Basis("flat", 0)),
        ("multi-year prepaid", Basis("flat", 0)),
        ("per student", Basis("student", 1)),
        ("per student per year", Basis("student", 1)),
        ("per pupil per month", Basis("student", 12)),
        ("per user", Basis("staff", 1)),
        ("per device", Basis("device", 1)),
        ("each endpoint, yearly", Basis("device", 1)),
        ("per puppet show", None),
    ],
)
def test_words_say_what_an_amount_covers(words: str, basis: Basis | None) -> None:
    assert basis_of(words) == basis


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2025, 7, 1), date(2026, 6, 30), Decimal(1)),
        (date(2025, 1, 1), date(2027, 12, 31), Decimal(3)),
        (date(2025, 7, 15), date(2026, 7, 14), Decimal(1)),
        (date(2025, 7, 1), date(2025, 12, 31), Decimal("0.5")),
        (date(2024, 2, 29), date(2025, 2, 28), Decimal(1)),
    ],
)
def test_a_term_ends_on_its_last_day(start: date, end: date, years: Decimal) -> None:
    assert years_between(start, end) == years


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2025, 7, 1), 3, date(2028, 6, 30)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2025, 1, 1), 1, date(2025, 12, 31)),
    ],
)
def test_years_of_a_term_give_its_end(start: date, years: int, end: date) -> None:
    assert end_of_term(start, years) == end


def test_a_total_is_spread_over_its_term_and_a_month_counts_twelve_times() -> None:
    assert annual_cents(9_800_100, Basis("flat", 0), Decimal(3)) == 3_266_700
    assert annual_cents(100, Basis("flat", 0), Decimal(3)) == 33
    assert annual_cents(289_000, Basis("flat", 12), None) == 3_468_000
    assert annual_cents(100, Basis("flat", 0), None) is None


@pytest.mark.parametrize(
    ("heading", "basis", "cents"),
    [
        ("Annual Cost", "flat", 120_000),
        ("Monthly Cost", "flat", 1_440_000),
        ("Cost per Student", "student", 120_000),
        ("Total Contract Value", "flat", 40_000),
    ],
)
def test_the_heading_of_the_amount_says_its_basis(heading: str, basis: str, cents: int, tmp_path: Path) -> None:
    text = HEAD.format(amount=heading) + 'A,B,D2.2,"$1,200.00",,2025-07-01,2028-06-30,\n'
    (contract,) = records(read_text(tmp_path, text), "contracts")
    assert (contract.basis, contract.annual_cents) == (basis, cents)


def test_a_total_that_does_not_divide_is_said(tmp_path: Path) -> None:
    text = HEAD.format(amount="Amount") + "A,B,D2.2,$100.00,total,,,3\n"
    outcome = read_text(tmp_path, text)
    assert records(outcome, "contracts")[0].annual_cents == 3_333
    assert "TL-REC-045" in codes(outcome)


def test_the_same_contract_keeps_its_id_when_the_price_changes(tmp_path: Path) -> None:
    text = HEAD.format(amount="Amount") + "Northwind,Reading,D2.2,{price},annual,2025-07-01,2026-06-30,\n"
    ids = {records(read_text(tmp_path, text.format(price=p)), "contracts")[0].id for p in ("$5", "$6")}
    assert ids == {"northwind-reading"}


def test_a_contract_number_is_the_key_where_the_list_has_one(tmp_path: Path) -> None:
    text = "Contract Number,Vendor,Product,Annual Cost,Start Date,End Date\nC-0042,A,B,$5,2025-07-01,2026-06-30\n"
    (contract,) = records(read_text(tmp_path, text), "contracts")
    assert contract.id == "c-0042"
