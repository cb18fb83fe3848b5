"""Typed columns over table `raw`: per column one SQL expression, and a lookup table for the texts SQL does not
recognize.
"""

from collections.abc import Callable
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING

from throughline.engine.findings import Severity
from throughline.importers.columns import Column
from throughline.importers.inventory import BLANK, Inventory
from throughline.importers.lookup import (
    FROM_TEXT,
    NUMBERS,
    PLAIN,
    PLAIN_NUMBER,
    VALUE,
    Settings,
    grammar,
    looked_up,
    number_of_device,
    unmarked,
)
from throughline.importers.reading.table import Table, fold
from throughline.importers.rows import answer, put_question, settle_orders
from throughline.importers.session import Session
from throughline.importers.statuses import status_reader
from throughline.importers.values import dates, money, numbers
from throughline.importers.values.parsed import Parsed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_TYPES = {"identifier": "VARCHAR", "text": "VARCHAR", "choice": "VARCHAR", "money": "BIGINT", "date": "DATE"}
SQL_TYPES |= {"timestamp": "DATE", "integer": "BIGINT", "percent": "BIGINT"}


@dataclass(frozen=True)
class Stage:
    """What staging works on; table `raw` is loaded."""

    con: "DuckDBPyConnection"
    session: Session
    table: Table
    columns: tuple[Column, ...]
    inventory: Inventory
    headings: dict[str, str]  # field -> heading, for the fields the file has

    @property
    def present(self) -> tuple[Column, ...]:
        """Columns the file has."""
        return tuple(column for column in self.columns if column.name in self.headings)


def filled(template: str, **parts: str) -> str:
    """A statement with names of ours put in; values of users never come this way."""
    return Template(template).substitute(parts)


def one(con: "DuckDBPyConnection", statement: str) -> int:
    """The single number a statement gives."""
    return int(con.execute(statement).fetchall()[0][0])


def make_typed(stage: Stage) -> None:
    """Create the view `typed` (row, every field), and report the cells that are refused or warned about."""
    looked = frozenset(column.name for column in stage.present if _make_lookup(stage, column))
    selects, joins = ["raw.row AS row"], []
    for column in stage.columns:
        name = column.name
        selects.append(f"{'true' if name in stage.headings else 'false'} AS has_{name}")
        if name not in stage.headings:
            selects.append(f"CAST({BLANK[SQL_TYPES[column.type]]} AS {SQL_TYPES[column.type]}) AS {name}")
            continue
        value = Template(VALUE[column.type]).substitute(v=f'raw."{name}"')
        if name in looked:
            other = Template(FROM_TEXT[column.type]).substitute(v=f"odd_{name}.value")
            value = f"CASE WHEN odd_{name}.text IS NOT NULL THEN {other} ELSE {value} END"
            joins.append(f'LEFT JOIN odd_{name} ON raw."{name}" = odd_{name}.text')
        selects.append(f"{value} AS {name}")
    stage.con.execute(
        filled(
            "CREATE VIEW typed AS SELECT $columns FROM raw $joins", columns=", ".join(selects), joins=" ".join(joins)
        )
    )
    for column in stage.present:
        if column.name in looked:
            _report(stage, column)


def _make_lookup(stage: Stage, column: Column) -> bool:
    """Read every distinct text SQL does not recognize; whether there was any."""
    if column.type == "money" and stage.session.answers.get(money.FORMAT_QUESTION) == "eu":
        plain = "false"
    else:
        form = PLAIN_NUMBER if column.name in NUMBERS else PLAIN[column.type]
        plain = Template(form).substitute(v=f'"{column.name}"')
    # Few texts repeat in columns of identifiers and times, and nearly all do in the others.
    first = "" if column.type in {"identifier", "timestamp"} else "MATERIALIZED "
    query = (
        'WITH texts AS $first(SELECT DISTINCT "$name" FROM raw)'
        ' SELECT "$name" FROM texts WHERE "$name" <> \'\' AND NOT ($plain) ORDER BY 1'
    )
    odd = [text for (text,) in stage.con.execute(filled(query, name=column.name, plain=plain, first=first)).fetchall()]
    if not odd:
        return False
    heading = stage.headings[column.name]
    if column.type in {"date", "timestamp"}:
        settle_orders(stage.session, [(heading, [unmarked(text) for text in odd])])
    texts, values, problems, warnings, asks = looked_up(odd, _reader(stage, column, heading))
    asking = next((position for position, ask in enumerate(asks) if ask), None)
    if asking is not None:
        query = filled('SELECT min(row) FROM raw WHERE "$name" = ?', name=column.name)
        row = stage.con.execute(query, [texts[asking]]).fetchall()[0][0]
        put_question(stage.session, asks[asking], heading, unmarked(texts[asking]), row)
    _create_lookup(stage.con, column.name, texts, values, problems, warnings)
    return True


def _create_lookup(con: "DuckDBPyConnection", name: str, *columns: list[str]) -> None:
    import numpy as np

    keys = ("text", "value", "problem", "warning")
    con.register("arrays", {key: np.array(column, dtype=object) for key, column in zip(keys, columns, strict=True)})
    con.execute(filled("CREATE TABLE odd_$name AS SELECT * FROM arrays", name=name))
    con.unregister("arrays")


def _reader(stage: Stage, column: Column, heading: str) -> Callable[[str], Parsed[str]]:
    session = stage.session
    if column.name == "status":
        return status_reader(session, stage.inventory.statuses)
    if column.type == "choice":
        choices = dict(column.choices)
        return lambda cell: Parsed(choices.get(fold(cell), ""), warning="" if fold(cell) in choices else "TL-IMP-032")
    settings = Settings(
        date_order=session.used_answers.get(f"{dates.ORDER_QUESTION}:{heading}", ""),
        number_format=answer(session, money.FORMAT_QUESTION),
        percent_scale=answer(session, numbers.SCALE_QUESTION),
        epoch_1904=stage.table.grid.epoch_1904,
    )
    read = grammar(column.type, settings, signed=column.signed)
    return number_of_device(read) if column.name in NUMBERS else read


def _report(stage: Stage, column: Column) -> None:
    """Rows whose cell has a problem are refused; the first of each kind are shown, all are counted."""
    con, name = stage.con, column.name
    con.execute(
        filled(
            "INSERT INTO bad SELECT row FROM raw JOIN odd_$name o ON raw.\"$name\" = o.text WHERE o.problem <> ''",
            name=name,
        )
    )
    for kind, severity in (("problem", Severity.ERROR), ("warning", Severity.WARNING)):
        counts = con.execute(
            filled(
                'SELECT o.$kind, count(*) FROM raw JOIN odd_$name o ON raw."$name" = o.text'
                " WHERE o.$kind <> '' GROUP BY 1 ORDER BY 1",
                kind=kind,
                name=name,
            )
        ).fetchall()
        for code, count in counts:
            rows = con.execute(
                filled(
                    'SELECT row, raw."$name" FROM raw JOIN odd_$name o ON raw."$name" = o.text'
                    " WHERE o.$kind = ? ORDER BY row LIMIT $most",
                    kind=kind,
                    name=name,
                    most=str(stage.session.most(severity)),
                ),
                [code],
            ).fetchall()
            for row, text in rows:
                stage.session.cell(code, severity, row, stage.headings[name], unmarked(text))
            stage.session.count(code, severity, stage.headings[name], count - len(rows))
