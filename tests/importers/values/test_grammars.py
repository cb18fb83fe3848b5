import time
from datetime import date

import pytest

from throughline.importers.reading.cells import Cell, cell_of
from throughline.importers.values.dates import day, order_of
from throughline.importers.values.money import money
from throughline.importers.values.numbers import decimal, integer, percent_bp, yes_no
from throughline.importers.values.texts import identifier, text


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("0", 0),
        (".5", 50),
        ("1234", 123400),
        ("$1,234.56", 123456),
        ("US$ 12.30", 1230),
        ("USD 1,234", 123400),
        ("12.30 USD", 1230),
        ("1234.56-", -123456),
        ("-$5.00", -500),
        ("$-5.00", -500),
        ("\u22125.00", -500),
        ("(1,234.56)", -123456),
        ("($1,234.56)", -123456),
    ],
)
def test_amounts_as_people_write_them(cell: str, cents: int) -> None:
    parsed = money(cell)
    assert (parsed.value, parsed.problem, parsed.warning, parsed.ask) == (cents, "", "", "")


@pytest.mark.parametrize(
    "cell",
    [
        "1,23,456",
        "12,34.5",
        "--5",
        "(5",
        "5)",
        "(-5)",
        "-5-",
        "$",
        ".",
        "1e3",
        "0x10",
        "5 dollars",
        "1_000",
        "inf",
        "99999999999999999",
    ],
)
def test_what_is_no_amount_is_refused_not_guessed(cell: str) -> None:
    parsed = money(cell)
    assert parsed.value is None
    assert parsed.problem
    assert not parsed.ask


def test_a_decimal_comma_is_read_once_it_was_agreed() -> None:
    assert money("1.234,56").ask == "number_format"
    assert money("1.234,56", "eu").value == 123456
    assert money("1.234,56", "us").problem
    assert money("349.00", "eu").value == 34900


def test_halves_of_a_cent_go_away_from_zero_and_are_shown() -> None:
    assert money("0.305") == (31, "", "TL-READ-052", "")
    assert money("(0.305)").value == -31
    assert money(cell_of(19.989999999999998)) == (1999, "", "", "")
    assert money(cell_of(19.985)).warning == "TL-READ-052"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-2-9", date(2024, 2, 9)),
        ("2024/02/09", date(2024, 2, 9)),
        ("20240209", date(2024, 2, 9)),
        ("Feb 9, 2024", date(2024, 2, 9)),
        ("9 February 2024", date(2024, 2, 9)),
        ("9-Feb-2024", date(2024, 2, 9)),
        ("June 2033", date(2033, 6, 1)),
        ("Jun-2033", date(2033, 6, 1)),
        ("2/29/2024 1:05 PM", date(2024, 2, 29)),
        ("25.12.2023", date(2023, 12, 25)),
        ("36526", date(2000, 1, 1)),
        ("2958465", date(9999, 12, 31)),
    ],
)
def test_days_as_people_write_them(cell: str, expected: date) -> None:
    assert day(cell).value == expected


def test_milliseconds_are_days_only_where_a_source_prints_them() -> None:
    assert day("2001196800000", milliseconds=True).value == date(2033, 6, 1)
    assert day("2001196800000").problem


def test_a_column_settles_its_own_order_when_one_cell_proves_it() -> None:
    assert order_of(["03/04/2024", "03/25/2024"]) == "mdy"
    assert order_of(["03/04/2024", "25/03/2024"]) == "dmy"
    assert order_of(["13/04/2024", "03/25/2024"]) == "mixed"
    assert order_of(["03/04/2024", "05/05/2024"]) == "open"
    assert order_of(["2024-03-04", "05/05/2024"]) == ""


def test_a_day_against_the_settled_order_does_not_exist() -> None:
    assert day("25/03/2024", "mdy").problem == "TL-READ-062"
    assert day("03/25/2024", "dmy").problem == "TL-READ-062"


@pytest.mark.parametrize(("cell", "value"), [("1,200", 1200), ("12.0", 12), ("+3", 3), (Cell("30", "number"), 30)])
def test_counts(cell: str, value: int) -> None:
    assert integer(cell).value == value


@pytest.mark.parametrize("cell", ["1.5", "1e3", "12,34", "ten", "1000001", "-1", "\u0661\u0662"])
def test_what_is_no_count_is_refused(cell: str) -> None:
    assert integer(cell).problem


def test_shares_and_yes_no_and_decimals() -> None:
    assert percent_bp("12.5%").value == 1250
    assert percent_bp("0.125", "fraction").value == 1250
    assert percent_bp("101%").problem
    assert percent_bp("12.5").ask == "percent_scale"
    assert (yes_no("Y").value, yes_no("\u2713").value, yes_no("no").value, yes_no("maybe").problem) == (
        True,
        True,
        False,
        "TL-READ-056",
    )
    assert str(decimal("1,234.50").value) == "1234.50"
    assert decimal("1e5").problem


def test_identifiers_stay_what_is_printed_on_the_label() -> None:
    assert identifier(" 000123 ").value == "000123"
    assert identifier('="000123"').value == "000123"
    assert identifier(Cell("999999999999999", "number")) == ("999999999999999", "", "TL-READ-059", "")
    assert identifier(Cell("1000000000000000", "number")).problem == "TL-READ-058"
    assert identifier("3.01043E+13").problem == "TL-READ-058"
    assert identifier("5E10").value == "5E10"


def test_text_keeps_its_words_and_loses_what_cannot_be_seen() -> None:
    assert text("  North\u00a0 School\t").value == "North School"
    assert text("No\u200brth").warning == "TL-READ-057"
    assert text("n/a") == ("", "", "TL-READ-049", "")


@pytest.mark.parametrize(
    "cell",
    [
        "a!" * 25_000,
        "1," * 16_000,
        "0" * 32_000,
        "$" * 32_000,
        "(" * 32_000,
        "1/" * 16_000,
        " " * 32_000,
        "Jan " * 8_000,
        "=" + '"' * 32_000,
    ],
)
def test_no_cell_takes_longer_than_50_milliseconds(cell: str) -> None:
    for read in (money, day, integer, percent_bp, decimal, identifier, text, yes_no):
        start = time.process_time()
        read(cell)
        assert time.process_time() - start < 0.05
