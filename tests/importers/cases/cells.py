"""Cases about one cell: the middle row of a small inventory is changed in one column, as CSV and as a text cell of a workbook."""

from datetime import date
from functools import partial

from tests.importers.cases.case import FIELDS, Case, Expected, as_csv, as_xlsx, changed

# (id, title, column, text, outcome, finding code or question, staged value)
CELLS: tuple[tuple[str, str, str, str, Expected, str, object], ...] = (
    ("N08", "escape character", "School", "North\x1bSchool", "R", "TL-READ-031", None),
    ("N08", "delete character", "School", "North\x7fSchool", "R", "TL-READ-031", None),
    ("N11", "line break in a cell", "School", "North\r\nSchool", "A", "", "North School"),
    ("N12", "doubled quotation marks", "Model", 'Newline 75" panel', "A", "", 'Newline 75" panel'),
    ("N25", "leading zeros", "Asset Tag", "000123", "A", "", "000123"),
    ("N27", "precision gone", "Serial Number", "1.23457E+15", "R", "TL-READ-058", None),
    ("N29", "code turned into a date", "Asset Tag", "1-Mar", "W", "TL-READ-060", "1-Mar"),
    ("N29", "5E10 as text", "Asset Tag", "5E10", "A", "", "5E10"),
    ("N30", "barcode behind an apostrophe", "Asset Tag", "'036000291452", "A", "", "036000291452"),
    ("N31", "day number", "Purchase Date", "45000", "A", "", date(2023, 3, 15)),
    ("N31", "day number with a time", "Purchase Date", "45000.5", "A", "", date(2023, 3, 15)),
    ("N33", "day number 59", "Purchase Date", "59", "W", "TL-READ-067", None),
    ("N33", "day number 60", "Purchase Date", "60", "W", "TL-READ-067", None),
    ("N33", "day number 61", "Purchase Date", "61", "W", "TL-READ-067", None),
    ("N34", "day number 0", "Purchase Date", "0", "R", "TL-READ-065", None),
    ("N34", "negative day number", "Purchase Date", "-5", "R", "TL-READ-065", None),
    ("N34", "day number above 9999", "Purchase Date", "2958466", "R", "TL-READ-065", None),
    ("N35", "ambiguous day", "Purchase Date", "03/04/2024", "ask", "date_order:Purchase Date=mdy", date(2024, 3, 4)),
    (
        "N35",
        "ambiguous day, the other answer",
        "Purchase Date",
        "03/04/2024",
        "ask",
        "date_order:Purchase Date=dmy",
        date(2024, 4, 3),
    ),
    ("N35", "a day that proves itself", "Purchase Date", "03/25/2024", "A", "", date(2024, 3, 25)),
    ("N36", "year of two digits", "Purchase Date", "7/24/24", "W", "TL-READ-063", date(2024, 7, 24)),
    ("N36", "Sept.", "Purchase Date", "Sept. 3, 2024", "W", "TL-READ-064", date(2024, 9, 3)),
    ("N36", "ordinal", "Purchase Date", "March 3rd, 2024", "W", "TL-READ-064", date(2024, 3, 3)),
    ("N37", "29 February 2023", "Purchase Date", "2023-02-29", "R", "TL-READ-062", None),
    ("N37", "31 April", "Purchase Date", "4/31/2024", "R", "TL-READ-062", None),
    ("N37", "month 13", "Purchase Date", "13/13/2024", "R", "TL-READ-062", None),
    ("N38", "in the future", "Purchase Date", "2031-01-01", "W", "TL-IMP-021", date(2031, 1, 1)),
    ("N38", "year 0202", "Purchase Date", "0202-01-01", "W", "TL-READ-067", None),
    ("N38", "year 9999", "Purchase Date", "9999-12-31", "W", "TL-READ-067", None),
    ("N38", "year 1899", "Purchase Date", "12/30/1899", "W", "TL-READ-067", None),
    ("N39", "time with offset", "Purchase Date", "2024-03-04T22:00:00-05:00", "A", "", date(2024, 3, 4)),
    ("N39", "24 o'clock", "Purchase Date", "2024-03-04T24:00:00Z", "R", "TL-READ-061", None),
    ("N39", "leap second", "Purchase Date", "2016-12-31T23:59:60Z", "A", "", date(2016, 12, 31)),
    ("N40", "#N/A where a value is optional", "Unit Price", "#N/A", "W", "TL-READ-049", None),
    ("N40", "#REF! as a price", "Unit Price", "#REF!", "R", "TL-READ-048", None),
    ("N40", "#DIV/0! as a school", "School", "#DIV/0!", "R", "TL-READ-048", None),
    ("N40", "NULL", "Unit Price", "NULL", "W", "TL-READ-049", None),
    ("N40", "dash", "Unit Price", "-", "W", "TL-READ-049", None),
    ("N40", "n/a", "Purchase Date", "n/a", "W", "TL-READ-049", None),
    ("N41", "dollar sign and commas", "Unit Price", "$1,234.56", "A", "", 123456),
    ("N41", "USD", "Unit Price", "USD 1,234", "A", "", 123400),
    ("N42", "decimal comma", "Unit Price", "1.234,56", "ask", "number_format=eu", 123456),
    ("N42", "space between thousands", "Unit Price", "1 234,56", "ask", "number_format=eu", 123456),
    ("N42", "apostrophe between thousands", "Unit Price", "1'234.56", "ask", "number_format=eu", 123456),
    ("N43", "negative price", "Unit Price", "-349.00", "R", "TL-READ-054", None),
    ("N43", "credit in parentheses", "Unit Price", "(1,234.56)", "R", "TL-READ-054", None),
    ("N43", "trailing minus", "Unit Price", "1234.56-", "R", "TL-READ-054", None),
    ("N43", "negative count", "Quantity", "-3", "R", "TL-READ-054", None),
    *(
        ("N44", f"{text!a} as money", "Unit Price", text, "R", "TL-READ-050", None)
        for text in ("NaN", "Infinity", "sNaN", "1_000", "١٢٣", "１２３")
    ),  # type: ignore[misc]  # a literal among literals
    ("N45", "giant exponent", "Unit Price", "1E5000000", "R", "TL-READ-050", None),
    ("N45", "5,000 digits", "Unit Price", "9" * 5000, "R", "TL-READ-050", None),
    ("N45", "5,000 digits as a count", "Quantity", "9" * 5000, "R", "TL-READ-053", None),
    ("N46", "three decimals", "Unit Price", "349.125", "W", "TL-READ-052", 34913),
    ("N46", "sum of floats", "Unit Price", "0.30000000000000004", "W", "TL-READ-052", 30),
    ("N47", "euro", "Unit Price", "\u20ac349.00", "R", "TL-READ-051", None),
    ("N47", "pound", "Unit Price", "349.00 GBP", "R", "TL-READ-051", None),
    ("N48", "bare percent", "Federal Share", "85", "ask", "percent_scale=percent", 8500),
    ("N48", "bare fraction", "Federal Share", "0.85", "ask", "percent_scale=fraction", 8500),
    ("N48", "percent with its sign", "Federal Share", "85 %", "A", "", 8500),
    ("N49", "half a device", "Quantity", "1.5", "R", "TL-READ-053", None),
    ("N49", "1e9 devices", "Quantity", "1e9", "R", "TL-READ-053", None),
    ("N55", "Cyrillic letter in a Latin word", "School", "N\u043erth School", "W", "TL-READ-057", "N\u043erth School"),
    ("N55", "direction override", "School", "\u202eloohcS North", "W", "TL-READ-057", "loohcS North"),
    ("N56", "letters in two pieces", "School", "E\u0301cole", "A", "", "\u00c9cole"),
    ("N56", "emoji and sharp s", "School", "Stra\u00dfe \U0001f3eb", "A", "", "Stra\u00dfe \U0001f3eb"),
    ("N57", "formula as text", "School", '=HYPERLINK("http://x","y")', "A", "", '=HYPERLINK("http://x","y")'),
    ("N57", "command as text", "School", "+cmd|' /C calc'!A0", "A", "", "+cmd|' /C calc'!A0"),
    ("N57", "function as text", "School", "@SUM(1+1)", "A", "", "@SUM(1+1)"),
    ("N58", "script", "School", "<script>alert(1)</script>", "A", "", "<script>alert(1)</script>"),
    ("N58", "Markdown image", "School", "![x](javascript:alert(1))", "A", "", "![x](javascript:alert(1))"),
)


def cell_cases() -> list[Case]:
    """Each of them in both forms."""
    made = []
    for identity, title, column, text, expected, what, value in CELLS:
        for kind, write in (("csv", as_csv), ("xlsx", as_xlsx)):
            if kind == "xlsx" and identity == "N08":
                continue  # XML cannot hold these characters
            ask, _, answer = what.partition("=") if expected == "ask" else ("", "", "")
            made.append(
                Case(
                    identity,
                    f"{title} ({kind})",
                    expected,
                    partial(write, changed(column, text)),
                    f"list.{kind}",
                    "" if expected == "ask" else what,
                    3,
                    ask,
                    answer,
                    staged={} if expected == "R" else {FIELDS[column]: value},
                )
            )
    return made
