"""What the plan rests on: devices with life and price, the district's other inputs, and our working figures by subject."""

import re
from collections.abc import Sequence
from dataclasses import replace

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import Figure, ShownAssumption
from throughline.reports.compose import Context
from throughline.reports.document import Block, Paragraph
from throughline.reports.formats import short_date

OWN, DEFAULT = "the district's own", "default, please replace"
ORDER = (OWN, "verified", "secondary source")
LIFE, PRICE = ": planned life", ": device price"
ENTERED = re.compile(r"^entered at \S+ on (\d{4}-\d\d-\d\d)$")


def assumptions(at: Context) -> list[Block]:
    """Inputs with source, date and status: what the district gave first, what is still ours last and short."""
    rows = at.source.assumptions
    if not rows:
        return [at.heading("assumptions"), Paragraph(at.words.text("assumptions.none"))]
    devices = _devices(rows)
    used = {row.path for pair in devices.values() for row in pair.values()}
    rest = [row for row in rows if row.path not in used]
    figures = at.source.figures
    own = {}
    if at.source.known("inputs") and at.source.known("inputs_default"):
        own["left"] = Figure(int(figures["inputs"].value) - int(figures["inputs_default"].value), Unit.COUNT)
    out = replace(at, words=at.words.with_values(**own)).opening("assumptions")
    if given := sorted(
        (row for row in rest if row.standing != DEFAULT), key=lambda row: (_rank(row), row.label.casefold())
    ):
        columns = _columns(
            ("label", "Input"),
            ("value", "What we used"),
            ("source", "Source"),
            ("date", "Date"),
            ("standing", "Status"),
        )
        table = Table(
            "assumptions",
            "Assumptions",
            columns,
            tuple(
                Row((row.label, _value(row), _source(row), _date(row), shortly(at, row.standing)), "body", row.path)
                for row in given
            ),
        )
        out.append(at.table(table, "assumptions.table", widths=(26, 12, 34, 15, 13)))
    if devices:
        out.append(at.table(_device_table(at, devices), "assumptions.devices", widths=(32, 10, 12, 32, 14)))
    if ours := [row for row in rest if row.standing == DEFAULT]:
        out.append(at.table(_compact(ours), "assumptions.defaults", widths=(22, 44, 34)))
    return [*out, *at.small("assumptions", "status")]


def shortly(at: Context, standing: str) -> str:
    """The status in one word, which the note under the table explains."""
    return str(at.words.raw("assumptions.standing").get(standing, standing))


def _columns(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, label, Unit.DATE if key == "date" else Unit.TEXT) for key, label in pairs)


def _rank(row: ShownAssumption) -> int:
    return ORDER.index(row.standing) if row.standing in ORDER else len(ORDER)


def _devices(rows: Sequence[ShownAssumption]) -> dict[str, dict[str, ShownAssumption]]:
    """Life and price of each kind of device, by what it is called; a kind with only one of them counts too."""
    found: dict[str, dict[str, ShownAssumption]] = {}
    for row in rows:
        for ending, part in ((LIFE, "life"), (PRICE, "price")):
            if row.label.endswith(ending):
                found.setdefault(row.label.removesuffix(ending), {}).setdefault(part, row)
    return found


def _device_table(at: Context, devices: dict[str, dict[str, ShownAssumption]]) -> Table:
    columns = _columns(
        ("label", "Devices"),
        ("life", "Life"),
        ("price", "Price"),
        ("source", "Source of the price"),
        ("standing", "Status"),
    )
    rows = []
    for name, pair in sorted(devices.items(), key=lambda item: (max(map(_rank, item[1].values())), item[0].casefold())):
        life, price = pair.get("life"), pair.get("price")
        said = price or life
        assert said is not None
        source = _source(said) if price else at.words.string("assumptions.no_price")
        status = shortly(at, said.standing)
        if life and life.standing != said.standing:
            status += f"; life {shortly(at, life.standing)}"
        cells = (name, _value(life) if life else "", _value(price) if price else "", source, status)
        rows.append(Row(cells, "body", said.path))
    return Table("assumed_devices", "Devices", columns, tuple(rows))


def _compact(rows: Sequence[ShownAssumption]) -> Table:
    """One row a subject: what is used for each of its parts, and where that comes from."""
    groups: dict[str, list[tuple[str, ShownAssumption]]] = {}
    for row in rows:
        subject, _, rest = row.label.partition(": ")
        head, _, part = rest.partition(", ")
        key, part = (f"{subject}: {head}", part) if part else (subject, rest)
        groups.setdefault(key, []).append((part, row))
    out = []
    for key, members in groups.items():
        sources = dict.fromkeys(f"{_source(row)}, {short_date(_date(row))}".rstrip(", ") for _, row in members)
        out.append(Row((key, _parts(members), "; ".join(sources)), "body", members[0][1].path))
    columns = _columns(("label", "Input"), ("value", "What we used"), ("source", "Source and date"))
    return Table("assumed_defaults", "Working figures", columns, tuple(out))


def _parts(members: Sequence[tuple[str, ShownAssumption]]) -> str:
    values = {_value(row) for _, row in members}
    names = [part for part, _ in members]
    if len(values) == 1:
        return f"{names[0]} {values.pop()}".strip() if len(members) == 1 else f"{values.pop()}: {', '.join(names)}"
    return "; ".join(f"{part} {_value(row)}" if part.isalpha() else f"{part}: {_value(row)}" for part, row in members)


def _value(row: ShownAssumption) -> str:
    """Whole dollars without cents, a share without a space."""
    return re.sub(r"(\$[\d,]+)\.00\b", r"\1", row.value.replace(" %", "%"))


def _source(row: ShownAssumption) -> str:
    return "entered by the district" if ENTERED.match(row.source) else row.source


def _date(row: ShownAssumption) -> str:
    found = ENTERED.match(row.source)
    return row.date or (found.group(1) if found else "")
