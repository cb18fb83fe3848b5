"""Cases of the bad-input table that the importers' own cases do not have, and those that do not exist in a format, with the reason."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tests.importers.cases.case import Case, Cells, Expected, as_csv, as_xlsx, changed, table
from tests.importers.cases.cells import cell_cases
from tests.importers.cases.texts import text_cases
from tests.importers.cases.workbooks import repacked, workbook_cases

FORMATS = ("csv", "xlsx")
ALL = tuple(f"N{number:02}" for number in range(1, 85))
STRINGS = "xl/sharedStrings.xml"

ZIPPED_XML = "a workbook is XML in UTF-8 by its own declaration; it has no encoding of its own to get wrong"
NO_TEXT_LINES = "a workbook's cells stand by address; it has no separators, quotation marks or line ends"
NO_PACKAGE = "a text file is no package: it has no parts, sheets, styles, formulas or declarations"

# (case, format) -> why there is nothing to test
NOT_APPLICABLE: dict[tuple[str, str], str] = {
    **{(case, "xlsx"): ZIPPED_XML for case in ("N01", "N02", "N03", "N04", "N05", "N06")},
    ("N07", "xlsx"): "XML cannot hold NUL; the package is then refused as damaged (N70)",
    **{(case, "xlsx"): NO_TEXT_LINES for case in ("N09", "N10", "N13", "N15")},
    **{(case, "csv"): NO_PACKAGE for case in ("N32", "N60", "N61", "N62", "N63", "N65", "N66", "N69", "N70")},
    ("N26", "csv"): "a text file has no number formats; its zeros are kept as they stand (N25)",
}

# cases of test_bad_imports_apart.py: they take more than one file, more than one district, or a clock
ELSEWHERE: dict[tuple[str, str], str] = {
    **{(case, kind): outcome for case, outcome in (
        ("N51", "ask"), ("N52", "R"), ("N53", "A"), ("N75", "A"), ("N78", "A"), ("N79", "W"), ("N82", "R"),
    ) for kind in FORMATS},
    ("N64", "csv"): "F",
}  # fmt: skip


def in_both(identity: str, title: str, expected: Expected, rows: Cells, **more: object) -> list[Case]:
    """The same table as text and as workbook."""
    writers: dict[str, Callable[[Cells], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
    return [
        Case(identity, f"{title} ({kind})", expected, partial(write, rows), f"list.{kind}", **more)  # type: ignore[arg-type]  # data
        for kind, write in writers.items()
    ]


def _shared(old: bytes, new: bytes, rows: Cells) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[STRINGS]
        parts[STRINGS] = parts[STRINGS].replace(old, new)

    return repacked(change, as_xlsx(rows))


def _rich() -> bytes:
    """Comments, a text in two fonts, an inline text, and furigana beside a shared one."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Devices")
    for number, row in enumerate(table()):
        sheet.write_row(number, 0, row)
    bold = book.add_format({"bold": True})
    sheet.write_rich_string(2, 3, bold, "North ", "School")
    sheet.write_comment(2, 3, "ask somebody")
    book.close()

    def change(parts: dict[str, bytes]) -> None:
        phonetic = b'<t>South School</t><rPh sb="0" eb="5"><t>SAUSU</t></rPh><phoneticPr fontId="1"/>'
        assert b"<t>South School</t>" in parts[STRINGS]
        parts[STRINGS] = parts[STRINGS].replace(b"<t>South School</t>", phonetic)

    return repacked(change, out.getvalue())


def _too_long() -> bytes:
    return _shared(b"MARKER", b"x" * 40_000, changed("School", "MARKER"))


def _polyglot() -> bytes:
    return b"<html><body><script>alert(1)</script></body></html>" + as_xlsx(table())


def _commented_zip() -> bytes:
    """A workbook with a program behind it, as an archive's own comment."""
    out = io.BytesIO(as_xlsx(table()))
    with zipfile.ZipFile(out, "a") as package:
        package.comment = b"MZ" + b"\0" * 1000
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAIT = "a!" * 16_000  # below the longest cell a spreadsheet can hold
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PNG_BOMB = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0" + b"\0" * 60
PDF_SCRIPT = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"


def own_cases() -> list[Case]:
    """Cases that the pages add."""
    made = [
        Case("N08", "escape written as the workbook writes it", "A", partial(
            _shared, b"MARKER", b"North_x005F_x001B_School", changed("School", "MARKER")), "list.xlsx",
            accepted=3),
        Case("N14", "cell of 40,000 characters", "R", _too_long, "list.xlsx", "TL-READ-033", 3),
        Case("N28", "19 digits as text", "A", partial(as_csv, changed("Serial Number", "1234567890123456789")),
             "list.csv", accepted=3),
        Case("N59", "formula in a text file", "R", partial(as_csv, changed("Unit Price", "=300+49")), "list.csv",
             "TL-READ-050", 3),
        Case("N62", "comments, rich and phonetic text", "A", _rich, "list.xlsx", accepted=3),
        Case("N67", "declaration that fetches a file", "F", lambda: DOCTYPE, "list.csv", "TL-READ-002"),
        Case("N68", "entities that multiply", "F", lambda: LAUGHS, "list.csv", "TL-READ-002"),
        Case("N71", "old Excel named as CSV", "F", lambda: OLE, "list.csv", "TL-READ-002"),
        Case("N72", "workbook behind a password, named as CSV", "F", lambda: OLE + b"E\0n\0c\0r\0y\0p\0t", "list.csv",
             "TL-READ-002"),
        Case("N74", "page and workbook in one", "F", _polyglot, "list.xlsx", "TL-READ-002"),
        Case("N70", "a program behind the package", "F", _commented_zip, "list.xlsx", "TL-READ-005"),
    ]  # fmt: skip
    for kind in FORMATS:
        name = f"list.{kind}"
        made += [
            Case("N76", f"drawing with a script ({kind})", "F", lambda: SVG, name, "TL-READ-002"),
            Case("N77", f"picture of 60,000 pixels a side ({kind})", "F", lambda: PNG_BOMB, name, "TL-READ-002"),
            Case("N77", f"PDF with a script ({kind})", "F", lambda: PDF_SCRIPT, name, "TL-READ-002"),
        ]
    for title, cell in (("place", "School"), ("model", "Model"), ("order of words", "Status")):
        rows = changed(cell, BAIT)
        if cell == "Status":
            rows = changed("Model", "https://" + BAIT)
        made += in_both("N84", f"bait in a {title}", "A", rows, accepted=3)
    return made


def every_case() -> list[Case]:
    """All of them; a workbook that unpacks to a size that slows the suite is left to the importers' own tests."""
    return [*map(_named, [*cell_cases(), *text_cases(), *workbook_cases()]), *own_cases()]


def _named(case: Case) -> Case:
    """Without its kind of list: the page recognizes it, or asks."""
    return replace(case, title=case.title.replace("\0", ""))
