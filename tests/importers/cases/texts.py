"""Cases about text files as a whole: encodings, separators, line ends, quoting, headings, rows above and below."""

from collections.abc import Callable
from functools import partial

from tests.importers.cases.case import HEADINGS, ROWS, Case, Cells, as_csv, as_xlsx, changed, table

PLAIN = as_csv(table())
TEXT = PLAIN.decode()


def _constant(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def _headings(*headings: str, cells: tuple[str, ...] = ()) -> Cells:
    """The table under other headings, with extra cells at the end of each row."""
    return [list(headings), *([*row, *cells] for row in ROWS)]


def _line(number: int, change: Callable[[bytes], bytes]) -> bytes:
    lines = PLAIN.split(b"\r\n")
    lines[number - 1] = change(lines[number - 1])
    return b"\r\n".join(lines)


CURLY = as_csv(changed("School", "St. Mary\u2019s \u201cNorth\u201d School"))
TOTALS = ["Total", "", "", "", "3", "", "1047.00", "", ""]
BOTH: tuple[tuple[str, str, str, Cells, dict[str, object]], ...] = (
    ("N16", "headings only", "F", [list(HEADINGS)], {"code": "TL-READ-014", "accepted": 0}),
    (
        "N16",
        "blank lines between rows",
        "A",
        [list(HEADINGS), list(ROWS[0]), [""] * 9, list(ROWS[1]), [], list(ROWS[2])],
        {"accepted": 3},
    ),
    (
        "N17",
        "title rows above",
        "W",
        [["Maplewood Schools"], [], ["as of November"], *table()],
        {"code": "TL-READ-025", "accepted": 3},
    ),
    ("N18", "totals row below", "W", [*table(), TOTALS], {"code": "TL-READ-024", "row": 5, "accepted": 3}),
    (
        "N18",
        "totals row after a blank one",
        "W",
        [*table(), [], ["Grand Total:", "", "", "", "3"] + [""] * 4],
        {"code": "TL-READ-024", "row": 6, "accepted": 3},
    ),
    (
        "N19",
        "heading twice",
        "ask",
        _headings(*HEADINGS, "School", cells=("Room 4",)),
        {"code": "TL-READ-040", "ask": "headings", "answer": "first"},
    ),
    (
        "N20",
        "blank heading",
        "ask",
        _headings(*HEADINGS, "", cells=("x",)),
        {"code": "TL-READ-041", "ask": "headings", "answer": "first"},
    ),
    (
        "N20",
        "heading of 5,000 characters",
        "ask",
        _headings(*HEADINGS, "h" * 5000, cells=("x",)),
        {"code": "TL-READ-042", "ask": "headings", "answer": "first"},
    ),
    (
        "N20",
        "number as heading",
        "ask",
        _headings(*HEADINGS, "2024", cells=("x",)),
        {"code": "TL-READ-043", "ask": "headings", "answer": "first"},
    ),
    (
        "N21",
        "spaces that are none, tabs, case",
        "A",
        _headings(
            "\u200bSERIAL\u00a0number",
            " asset\ttag ",
            "Model",
            "school",
            "QUANTITY",
            "purchase  date",
            "Unit Price",
            "federal share",
            "STATUS",
        ),
        {"accepted": 3},
    ),
    (
        "N22",
        "heading misspelt",
        "ask",
        _headings(
            "Serial Number",
            "Asset Tag",
            "Modle Descr",
            "School",
            "Quantity",
            "Purchase Date",
            "Unit Price",
            "Federal Share",
            "Status",
        ),
        {"ask": "column:modledescr", "answer": "model_raw"},
    ),
    (
        "N23",
        "unknown columns",
        "A",
        _headings(*HEADINGS, "Wall Color", cells=("blue",)),
        {"code": "TL-IMP-041", "accepted": 3},
    ),
    (
        "N24",
        "required column missing",
        "F",
        [["Serial Number", "School", "Purchase Date"], ["A1", "North", "2024-07-01"], ["A2", "North", "2024-07-01"]],
        {"code": "TL-IMP-010"},
    ),
    (
        "N50",
        "serial number twice, in other case",
        "W",
        [*table(), ["5cd0002a", *ROWS[0][1:]]],
        {"code": "TL-IMP-020", "row": 5, "accepted": 3},
    ),
    (
        "N54",
        "forged id and district columns",
        "A",
        _headings(*HEADINGS, "id", "district", cells=("1", "other")),
        {"code": "TL-IMP-041", "accepted": 3},
    ),
    (
        "N81",
        "pupils' names",
        "ask",
        _headings(*HEADINGS, "Student Name", "Date of Birth", cells=("A. Pupil", "2012-03-04")),
        {"ask": "student_columns", "answer": "leave_unread"},
    ),
    (
        "N83",
        "passwords in a column",
        "A",
        _headings(*HEADINGS, "BIOS Password", cells=("hunter2",)),
        {"code": "TL-IMP-040", "accepted": 3},
    ),
)

FILES: tuple[tuple[str, str, str, bytes, dict[str, object]], ...] = (
    ("N01", "UTF-8 with its mark", "A", b"\xef\xbb\xbf" + PLAIN, {"accepted": 3}),
    ("N02", "UTF-16 LE with its mark", "A", b"\xff\xfe" + TEXT.encode("utf-16-le"), {"accepted": 3}),
    ("N02", "UTF-16 BE with its mark", "A", b"\xfe\xff" + TEXT.encode("utf-16-be"), {"accepted": 3}),
    ("N02", "UTF-16 LE without mark", "W", TEXT.encode("utf-16-le"), {"code": "TL-READ-020", "accepted": 3}),
    ("N02", "UTF-16 BE without mark", "W", TEXT.encode("utf-16-be"), {"code": "TL-READ-020", "accepted": 3}),
    (
        "N03",
        "Windows-1252 curly quotes",
        "W",
        CURLY.decode().encode("cp1252"),
        {"code": "TL-READ-021", "accepted": 3, "staged": {"place": "St. Mary\u2019s \u201cNorth\u201d School"}},
    ),
    (
        "N04",
        "Latin-1 or MacRoman",
        "W",
        as_csv(changed("School", "Jos\u00e9 Mart\u00ed")).decode().encode("cp1252"),
        {"code": "TL-READ-021", "accepted": 3},
    ),
    (
        "N05",
        "invalid byte in one row",
        "R",
        _line(3, lambda b: b.replace(b"North", b"No\xffth")),
        {"code": "TL-READ-031", "row": 3},
    ),
    (
        "N06",
        "rows of two encodings",
        "R",
        _line(3, lambda b: b.replace(b"North", b"Caf\xe9 North")).replace(b"South", "Sch\u00f6n".encode()),
        {"code": "TL-READ-031", "row": 3},
    ),
    ("N07", "NUL byte", "R", _line(3, lambda b: b.replace(b"North", b"No\0th")), {"code": "TL-READ-031", "row": 3}),
    *(
        ("N09", f"separator {separator!r}", "A", as_csv(table(), separator), {"accepted": 3})
        for separator in (",", ";", "\t", "|")
    ),
    ("N10", "sep=; in the first line", "A", b"sep=;\r\n" + as_csv(table(), ";"), {"accepted": 3}),
    (
        "N12",
        "stray quotation mark",
        "R",
        _line(3, lambda b: b.replace(b"North School", b'"North" School')),
        {"code": "TL-READ-032", "row": 3},
    ),
    (
        "N12",
        "quotation mark never closed",
        "F",
        _line(3, lambda b: b.replace(b"North School", b'"North School')),
        {"code": "TL-READ-012"},
    ),
    ("N13", "line ends of old Macs", "A", PLAIN.replace(b"\r\n", b"\r"), {"accepted": 3}),
    ("N13", "mixed line ends", "A", PLAIN.replace(b"\r\n", b"\n", 2), {"accepted": 3}),
    (
        "N14",
        "cell of 140,000 characters",
        "R",
        as_csv(changed("School", "x" * 140_000)),
        {"code": "TL-READ-033", "row": 3},
    ),
    ("N15", "too few cells", "R", _line(3, lambda b: b.rsplit(b",", 2)[0]), {"code": "TL-READ-035", "row": 3}),
    ("N15", "too many cells", "R", _line(3, lambda b: b + b",surplus"), {"code": "TL-READ-034", "row": 3}),
    ("N16", "empty file", "F", b"", {"code": "TL-READ-001"}),
    ("N16", "byte order mark only", "F", b"\xef\xbb\xbf", {"code": "TL-READ-001"}),
    ("N16", "blank lines only", "F", b"\r\n\r\n  \r\n", {"code": "TL-READ-001"}),
    (
        "N56",
        "lone surrogate",
        "R",
        _line(3, lambda b: b.replace(b"North", b"N\xed\xa0\x80rth")).replace(b"South", "Sch\u00f6n".encode()),
        {"code": "TL-READ-031", "row": 3},
    ),
    ("N73", "JSON named as CSV", "F", b'{"devices": []}', {"code": "TL-READ-002"}),
    ("N73", "PDF named as CSV", "F", b"%PDF-1.7\n%\xe2\xe3", {"code": "TL-READ-002"}),
    ("N73", "picture named as CSV", "F", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, {"code": "TL-READ-002"}),
    ("N73", "program named as CSV", "F", b"MZ\x90\0" + b"\0" * 60, {"code": "TL-READ-002"}),
    ("N73", "workbook named as CSV", "F", as_xlsx(table()), {"code": "TL-READ-002"}),
    (
        "N74",
        "sign-in page",
        "F",
        b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>",
        {"code": "TL-READ-002"},
    ),
    ("N80", "cut in the middle of a row", "R", PLAIN[: PLAIN.index(b"South")], {"code": "TL-READ-035", "row": 4}),
)


def text_cases() -> list[Case]:
    """Cases of text files, and those that exist as workbooks too."""
    made = [Case(i, t, e, _constant(c), "list.csv", **more) for i, t, e, c, more in FILES]  # type: ignore[arg-type]  # data
    for identity, title, expected, rows, more in BOTH:
        made.append(Case(identity, f"{title} (csv)", expected, _constant(as_csv(rows)), "list.csv", **more))  # type: ignore[arg-type]
        made.append(Case(identity, f"{title} (xlsx)", expected, partial(as_xlsx, rows), "list.xlsx", **more))  # type: ignore[arg-type]
    return made
