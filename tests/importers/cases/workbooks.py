"""Cases only workbooks have: kinds of cells, formulas, sheets, and packages that are attacks or something else."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

from tests.importers.cases.case import ROWS, Case, as_xlsx, changed, table

Change = Callable[[dict[str, bytes]], None]
SHEET = "xl/worksheets/sheet1.xml"


def repacked(change: Change, content: bytes | None = None) -> bytes:
    """The small workbook with its parts changed by name."""
    with zipfile.ZipFile(io.BytesIO(content or as_xlsx(table()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def _with(name: str, data: bytes) -> bytes:
    return repacked(lambda parts: parts.update({name: data}))


def _in_sheet(old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[SHEET]
        parts[SHEET] = parts[SHEET].replace(old, new)

    return repacked(change)


def _entity(text: bytes) -> bytes:
    return _in_sheet(b"<worksheet", text + b"<worksheet")


def _sheets(*names: str, hidden: str = "", merged: bool = False) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in names:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(table() if name != "Empty" else []):
            sheet.write_row(number, 0, row)
        if name == hidden:
            sheet.hide()
        if merged:
            sheet.merge_range(8, 0, 9, 1, "")
    book.close()
    return out.getvalue()


def _duplicate_entries() -> bytes:
    out = io.BytesIO(as_xlsx(table()))
    with zipfile.ZipFile(out, "a") as package:
        package.filelist.append(package.getinfo(SHEET))
        package._didModify = True  # type: ignore[attr-defined]  # forces the forged directory to be written
    return out.getvalue()


def _wrong_checksum() -> bytes:
    content = bytearray(as_xlsx(table()))
    at = content.index(b"PK\x01\x02")
    while b"sheet1.xml" not in content[at : at + 100]:
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + 16] ^= 0xFF
    return bytes(content)


def _many_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(5, 200_300))
    return _in_sheet(b"</sheetData>", rows + b"</sheetData>")


def _numbers_padded() -> bytes:
    return as_xlsx(changed("Asset Tag", 123), formats={(2, 1): "000000"})


PACKAGES: tuple[tuple[str, str, Callable[[], bytes], str], ...] = (
    (
        "N63",
        "cell at XFD1048576",
        lambda: _in_sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "TL-READ-011",
    ),
    (
        "N63",
        "cell at A1048576",
        lambda: _in_sheet(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
        "TL-READ-013",
    ),
    ("N64", "more than 200,000 rows", _many_rows, "TL-READ-010"),
    ("N65", "a part that unpacks 400:1", lambda: _with("xl/media/a.xml", b" " * (60 << 20)), "TL-READ-005"),
    (
        "N65",
        "more parts than a workbook has",
        lambda: repacked(lambda p: p.update({f"xl/x{i}.xml": b"" for i in range(300)})),
        "TL-READ-005",
    ),
    (
        "N66",
        "70,001 cell formats",
        lambda: repacked(
            lambda p: p.update(
                {
                    "xl/styles.xml": b"<styleSheet><cellXfs>"
                    + b'<xf numFmtId="0"/>' * 70_001
                    + b"</cellXfs></styleSheet>"
                }
            )
        ),
        "TL-READ-005",
    ),
    (
        "N67",
        "external entity",
        lambda: _entity(b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "TL-READ-005",
    ),
    (
        "N68",
        "entities that multiply",
        lambda: _entity(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        "TL-READ-005",
    ),
    ("N69", "part outside the package", lambda: _with("../evil.xml", b"<x/>"), "TL-READ-005"),
    ("N69", "absolute part", lambda: _with("/etc/evil.xml", b"<x/>"), "TL-READ-005"),
    ("N69", "part on a drive", lambda: _with("C:/evil.xml", b"<x/>"), "TL-READ-005"),
    ("N70", "part listed twice", _duplicate_entries, "TL-READ-005"),
    ("N70", "wrong checksum", _wrong_checksum, "TL-READ-005"),
    ("N70", "a program behind it", lambda: as_xlsx(table()) + b"MZ" + b"\0" * 1000, "TL-READ-005"),
    (
        "N71",
        "OpenDocument",
        lambda: repacked(lambda p: p.update({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})),
        "TL-READ-004",
    ),
    ("N71", "binary workbook", lambda: repacked(lambda p: p.update({"xl/workbook.bin": b"\x83"})), "TL-READ-004"),
    ("N71", "old Excel", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "TL-READ-002"),
    ("N71", "web page named as workbook", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "TL-READ-002"),
    ("N72", "macros", lambda: _with("xl/vbaProject.bin", b"\0"), "TL-READ-004"),
    ("N73", "CSV named as workbook", lambda: b"a,b\n1,2\n", "TL-READ-002"),
    (
        "N73",
        "archive that is no workbook",
        lambda: repacked(lambda p: [p.pop(k) for k in list(p) if k.startswith("xl/")] and None),
        "TL-READ-004",
    ),  # type: ignore[func-returns-value]
    ("N80", "cut off at half", lambda: as_xlsx(table())[:3000], "TL-READ-005"),
)

KINDS: tuple[Case, ...] = (
    Case(
        "N26",
        "tag 123 with format 000000",
        "W",
        _numbers_padded,
        "list.xlsx",
        "TL-READ-059",
        3,
        staged={"asset_tag": "000123"},
    ),
    Case(
        "N26",
        "tag stored as a number",
        "W",
        lambda: as_xlsx(changed("Asset Tag", 123)),
        "list.xlsx",
        "TL-READ-059",
        3,
        staged={"asset_tag": "123"},
    ),
    Case(
        "N28",
        "serial number of 19 digits as a number",
        "R",
        lambda: as_xlsx(changed("Serial Number", 1234567890123456789)),
        "list.xlsx",
        "TL-READ-058",
        3,
    ),
    Case(
        "N29",
        "tag turned into a date",
        "W",
        lambda: as_xlsx(changed("Asset Tag", date(2024, 3, 1))),
        "list.xlsx",
        "TL-READ-060",
        3,
    ),
    Case(
        "N29",
        "5E10 turned into a number",
        "W",
        lambda: as_xlsx(changed("Asset Tag", 5e10)),
        "list.xlsx",
        "TL-READ-059",
        3,
    ),
    Case(
        "N31",
        "cell formatted as a date",
        "A",
        lambda: as_xlsx(changed("Purchase Date", date(2023, 3, 15))),
        "list.xlsx",
        staged={"purchase_date": date(2023, 3, 15)},
    ),
    Case(
        "N31",
        "day number without format",
        "A",
        lambda: as_xlsx(changed("Purchase Date", 45000.5)),
        "list.xlsx",
        staged={"purchase_date": date(2023, 3, 15)},
    ),
    Case(
        "N32",
        "date in a 1904 workbook",
        "A",
        lambda: as_xlsx(changed("Purchase Date", date(2023, 3, 15)), epoch_1904=True),
        "list.xlsx",
        staged={"purchase_date": date(2023, 3, 15)},
    ),
    Case(
        "N32",
        "day number in a 1904 workbook",
        "A",
        lambda: as_xlsx(changed("Purchase Date", 43538), epoch_1904=True),
        "list.xlsx",
        staged={"purchase_date": date(2023, 3, 15)},
    ),
    Case(
        "N34", "negative day number", "R", lambda: as_xlsx(changed("Purchase Date", -3)), "list.xlsx", "TL-READ-065", 3
    ),
    Case(
        "N40",
        "formula error in a price",
        "R",
        lambda: as_xlsx(changed("Unit Price", ("=1/0", "#DIV/0!"))),
        "list.xlsx",
        "TL-READ-048",
        3,
    ),
    Case(
        "N40",
        "formula error in a serial number",
        "R",
        lambda: as_xlsx(changed("Serial Number", ("=NA()", "#N/A"))),
        "list.xlsx",
        "TL-READ-048",
        3,
    ),
    Case(
        "N41",
        "price as a number",
        "A",
        lambda: as_xlsx(changed("Unit Price", 1234.56)),
        "list.xlsx",
        staged={"price_cents": 123456},
    ),
    Case(
        "N46",
        "price as a sum of floats",
        "A",
        lambda: as_xlsx(changed("Unit Price", 19.989999999999998)),
        "list.xlsx",
        staged={"price_cents": 1999},
    ),
    Case(
        "N49", "count as a number", "A", lambda: as_xlsx(changed("Quantity", 30)), "list.xlsx", staged={"quantity": 30}
    ),
    Case("N49", "count as a boolean", "R", lambda: as_xlsx(changed("Quantity", True)), "list.xlsx", "TL-READ-053", 3),
    Case(
        "N59",
        "formula with its value",
        "A",
        lambda: as_xlsx(changed("Unit Price", ("=300+49", 349))),
        "list.xlsx",
        staged={"price_cents": 34900},
    ),
    Case(
        "N59",
        "formula without a value",
        "R",
        lambda: repacked(
            lambda p: p.update({SHEET: p[SHEET].replace(b"<v>349</v>", b"", 1)}),
            as_xlsx(changed("Unit Price", ("=300+49", 349))),
        ),
        "list.xlsx",
        "TL-READ-048",
        3,
    ),
    Case(
        "N60",
        "hidden sheet",
        "W",
        lambda: _sheets("Devices", "Old", hidden="Old"),
        "list.xlsx",
        "TL-READ-022",
        accepted=3,
    ),
    Case("N60", "merged cells", "W", lambda: _sheets("Devices", merged=True), "list.xlsx", "TL-READ-023", accepted=3),
    Case(
        "N61",
        "two sheets of devices",
        "ask",
        lambda: _sheets("North", "South"),
        "list.xlsx",
        ask="sheet",
        answer="South",
    ),
    Case("N61", "first sheet empty", "A", lambda: _sheets("Empty", "Devices"), "list.xlsx", accepted=3),
)


def workbook_cases() -> list[Case]:
    """Workbooks."""
    assert len(ROWS) == 3
    return [*KINDS, *(Case(i, t, "F", content, "list.xlsx", code) for i, t, content, code in PACKAGES)]
