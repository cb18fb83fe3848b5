"""Reads the tables of a worked page: the numbers a test uses are the ones a person sees."""

from decimal import Decimal
from pathlib import Path

Row = dict[str, str]


def tables(name: str) -> dict[str, list[Row]]:
    """Rows by the heading above their table; a heading has one table."""
    found: dict[str, list[Row]] = {}
    heading, head = "", []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, head = line.lstrip("# ").strip(), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not head:
                head = cells
                assert heading not in found, f"{name}: two tables under {heading}"
                found[heading] = []
            elif not set(cells[0]) <= set("-: "):
                found[heading].append(dict(zip(head, cells, strict=True)))
        else:
            head = []
    return found


def cents(text: str) -> int:
    """Dollars of a cell as whole cents; fractions of a cent are no amount."""
    value = number(text) * 100
    assert value == value.to_integral_value(), text
    return int(value)


def number(text: str) -> Decimal:
    """A number of a cell: `$1,234.50`, `3 %` (0.03), `−5`."""
    plain = text.replace("$", "").replace(",", "").replace("−", "-").strip()
    return Decimal(plain.removesuffix("%").strip()) / 100 if plain.endswith("%") else Decimal(plain)


def listed(text: str) -> list[int]:
    """Dollars separated by semicolons, as cents."""
    return [cents(part) for part in text.split(";") if part.strip()]
