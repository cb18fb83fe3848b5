"""Whether a ReportSource keeps its promise: known names, right units, tables of the agreed shape, totals that are sums."""

from throughline.engine.table import Table, Unit
from throughline.reports.base import ReportSource
from throughline.reports.document import refuse_totals
from throughline.reports.vocabulary import FIGURES, TABLES, TEXTS


def check_source(source: ReportSource) -> list[str]:
    """Every breach in one sentence each; an empty list when the source can be used."""
    out = [f"figure {name} is not in the vocabulary" for name in source.figures if name not in FIGURES]
    out += [
        f"figure {name} is {figure.unit}, not {FIGURES[name][0]}"
        for name, figure in source.figures.items()
        if name in FIGURES and figure.unit is not FIGURES[name][0]
    ]
    out += [
        f"figure {name} is {type(figure.value).__name__}, which does not suit {figure.unit}"
        for name, figure in source.figures.items()
        if isinstance(figure.value, str) is not (figure.unit in (Unit.TEXT, Unit.DATE))
    ]
    out += [f"text {name} is not in the vocabulary" for name in source.texts if name not in TEXTS]
    for table_id, table in source.tables.items():
        out += _table(table_id, table, source.fiscal_years)
    out += _parts(source)
    named = {explanation.figure for explanation in source.explanations}
    return out + [f"explanation of {name}, which is no figure here" for name in sorted(named - source.figures.keys())]


def _table(table_id: str, table: Table, years: tuple[str, ...]) -> list[str]:
    if table_id not in TABLES:
        return [f"table {table_id} is not in the vocabulary"]
    wanted = [key for name in TABLES[table_id].columns for key in (years if name == "<FY>" else (name,))]
    have = {column.key for column in table.columns}
    out = [f"table {table_id} has no column {key}" for key in wanted if key not in have]
    if any(len(row.values) != len(table.columns) for row in table.rows):
        return [*out, f"table {table_id} has a row of another length"]
    if TABLES[table_id].groups:
        return out
    try:
        refuse_totals(table)
    except ValueError as error:
        out.append(str(error))
    return out + _sums(table)


def _sums(table: Table) -> list[str]:
    """The last total row is the sum of the body, column by column."""
    totals = [row for row in table.rows if row.kind == "total"]
    if not totals:
        return []
    body = [row for row in table.rows if row.kind == "body"]
    return [
        f"table {table.id}: the total of {column.key} is not the sum of its rows"
        for j, column in enumerate(table.columns)
        if column.additive and totals[-1].values[j] != sum(int(row.values[j] or 0) for row in body)
    ]


def _parts(source: ReportSource) -> list[str]:
    """Funded and not funded make up the cost."""
    names = ("cost", "funded", "gap")
    if not all(source.known(name) for name in names):
        return []
    cost, funded, gap = (int(source.figures[name].value) for name in names)
    return [] if funded + gap == cost else [f"funded {funded} and gap {gap} do not make up the cost {cost}"]
