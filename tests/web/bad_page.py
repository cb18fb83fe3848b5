"""The table of docs/reference/bad-input.md: every case by format, from the tested ones; `python -m tests.web.bad_page` writes it."""

from pathlib import Path

from tests.web.bad_files import ALL, ELSEWHERE, FORMATS, NOT_APPLICABLE, every_case

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "bad-input.md"
HEAD = "## Every case, as text and as workbook\n"
ORDER = ("A", "W", "ask", "R", "F")
FAULTS = """
N01 UTF-8 with a byte order mark
N02 UTF-16
N03 Windows-1252
N04 another one-byte encoding
N05 a damaged byte
N06 a row in another encoding
N07 NUL
N08 control characters
N09 comma, semicolon, tab, pipe
N10 `sep=;` in the first line
N11 a line break in a cell
N12 doubled, stray and unclosed quotation marks
N13 old and mixed line ends
N14 a cell that is too long
N15 too few or too many cells
N16 empty, blank or headings only
N17 title rows above the headings
N18 a totals row
N19 a heading twice
N20 blank, endless or numeric headings
N21 invisible signs and other case in headings
N22 headings nobody knows
N23 columns that are not needed
N24 a needed column is missing
N25 leading zeros as text
N26 a tag kept as a number with a format
N27 digits lost to an exponent
N28 19 digits
N29 a tag turned into a number or a day
N30 an apostrophe in front
N31 day numbers
N32 day numbers of 1904
N33 day numbers of early 1900
N34 day numbers that cannot be
N35 month or day first
N36 two-digit years and words
N37 days that do not exist
N38 days that cannot be meant
N39 times, zones, leap seconds
N40 error values and words for nothing
N41 amounts as accountants write them
N42 amounts of other countries
N43 less than zero
N44 numbers that are none
N45 exponents and endless digits
N46 parts of a cent
N47 another currency
N48 shares
N49 counts that are none
N50 one device twice
N51 a school nobody knows
N52 a school of another district
N53 named before it is listed
N54 forged ids
N55 mixed alphabets, direction marks
N56 letters in pieces, lone surrogates
N57 text that looks like a formula
N58 scripts and Markdown
N59 formulas
N60 hidden and merged
N61 several sheets
N62 comments, rich and phonetic text
N63 a cell at the end of the world
N64 too many rows
N65 a package that explodes
N66 70,000 texts, formats or merges
N67 entities that fetch
N68 entities that multiply
N69 parts that point outside
N70 parts twice, damaged or appended
N71 other kinds of workbook
N72 passwords and macros
N73 other kinds of file
N74 two kinds in one
N75 hostile names
N76 drawings that act
N77 pictures that explode or tell a place
N78 the same again
N79 every row wrong
N80 an upload cut off
N81 columns about pupils
N82 e-mail addresses of persons
N83 passwords in a column
N84 bait for slow patterns
"""


def table() -> str:
    """The section: outcomes that are tested for each case and format, or the number of the reason why there is nothing to test."""
    names = dict(line.split(" ", 1) for line in FAULTS.strip().splitlines())
    reasons: dict[str, int] = {}
    tested: dict[tuple[str, str], set[str]] = {}
    for case in every_case():
        tested.setdefault((case.id, case.name.rpartition(".")[2]), set()).add(case.expected)
    for key, outcome in ELSEWHERE.items():
        tested.setdefault(key, set()).add(outcome)
    rows = []
    for name in ALL:
        cells = []
        for form in FORMATS:
            if (name, form) in NOT_APPLICABLE:
                reason = NOT_APPLICABLE[name, form]
                cells.append(f"n/a ({reasons.setdefault(reason, len(reasons) + 1)})")
            else:
                cells.append(", ".join(word for word in ORDER if word in tested[name, form]))
        rows.append(f"| {name} | {names[name]} | {' | '.join(cells)} |")
    lines = [
        HEAD,
        "Each cell names the outcomes that tests hold, through the pages of the web application; several where a fault comes in",
        "several strengths. `n/a` has its reason below. This table is made from those tests (`python -m tests.web.bad_page`).",
        "",
        "| case | fault | CSV | XLSX |",
        "|---|---|---|---|",
        *rows,
        "",
        *(f"{number}. {reason}" for reason, number in reasons.items()),
        "",
    ]
    return "\n".join(lines)


def page() -> str:
    """The page with the table as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(HEAD)[0].rstrip() + "\n\n" + table()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
