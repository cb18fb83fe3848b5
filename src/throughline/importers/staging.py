"""An inventory sheet as staged rows: rows refused by rule, keys, duplicates, one Parquet file.

Each rule is one SQL predicate whose rows are refused. Two rows with one key are one device listed twice: where the source says
when it saw a device the row seen last counts, else the first, unless the person says otherwise. Rows that nothing identifies
get a key from what they say, numbered when they repeat.
"""

from pathlib import Path

from throughline.engine.findings import Severity
from throughline.engine.money import dollars
from throughline.engine.plan.inventory import STAGED, Status
from throughline.importers.foreign import ADDRESS, FOREIGN_SCHOOL, LONGEST, MAIL, PLACES, district_number
from throughline.importers.inventory import Rule
from throughline.importers.outcome import Question
from throughline.importers.typed import SQL_TYPES, Stage, filled, make_typed, one

DUPLICATES_QUESTION = "duplicates"
DUPLICATE_CHOICES = (("first", "the first of them counts"), ("last", "the last of them counts"))
LATEST = ("latest", "the one that was seen last counts")
TIME_OF_DAY = """try_strptime(regexp_extract(raw."$seen", '[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?'),
 ['%I:%M:%S %p', '%I:%M %p', '%H:%M:%S', '%H:%M'])"""
DUPLICATE = "TL-IMP-020"


# The row of a repeated key that counts: by its place in the file, or by the day and time of day the source names.
_BY_PLACE = {
    "first": "SELECT key, a AS other FROM repeated",
    "last": "SELECT key, z AS other FROM repeated",
}
_LATEST = """SELECT key, source_row AS other
    FROM keyed JOIN repeated USING (key) JOIN typed ON typed.row = source_row JOIN raw ON raw.row = source_row
    QUALIFY row_number() OVER (
        PARTITION BY key ORDER BY typed.$seen DESC NULLS LAST, $time DESC NULLS LAST, source_row) = 1"""


def stage_inventory(stage: Stage, out: Path) -> int:
    """Write the staged rows of table `raw` to `out`, unless a question blocks; gives the number of rows refused."""
    con = stage.con
    con.execute("CREATE TABLE bad (row INTEGER)")
    make_typed(stage)
    for column in stage.present:
        if column.filled:
            blank = "= ''" if SQL_TYPES[column.type] == "VARCHAR" else "IS NULL"
            apply(stage, Rule("TL-READ-070", column.name, f"{column.name} {blank}"))
    for rule in stage.inventory.rules:
        apply(stage, rule)
    _refuse_foreign(stage)
    if stage.session.as_of and "purchase_date" in stage.headings:
        today = stage.session.as_of.isoformat()
        apply(stage, Rule("TL-IMP-021", "purchase_date", f"purchase_date > DATE '{today}'", refuse=False))
    _summarize(stage)
    _name(stage)
    _key(stage)
    if _refuse_duplicates(stage):
        _key(stage)
    if not stage.session.is_blocked:
        _write(stage, out)
    return one(con, "SELECT count(DISTINCT row) FROM bad")


def apply(stage: Stage, rule: Rule) -> None:
    """Report the rows of a rule, and refuse them if it says so."""
    con = stage.con
    severity = Severity.ERROR if rule.refuse and not rule.warn else Severity.WARNING
    where = filled("FROM typed WHERE ($p) AND row NOT IN (SELECT row FROM bad)", p=rule.predicate)
    count = one(con, f"SELECT count(*) {where}")
    if not count:
        return
    heading = stage.headings.get(rule.field, rule.field)
    more = [rule.cents or "0", *(expression for _, expression in rule.args)]
    query = filled(
        "SELECT row, CAST($field AS VARCHAR), $more $where ORDER BY row LIMIT $most",
        field=rule.field or "''",
        more=", ".join(more),
        where=where,
        most=str(stage.session.most(severity)),
    )
    rows = con.execute(query).fetchall()
    for row, value, cents, *values in rows:
        args = dict(_argument(name, item) for (name, _), item in zip(rule.args, values, strict=True))
        stage.session.cell(rule.code, severity, row, heading, value or "", args, cents)
    stage.session.count(rule.code, severity, heading, count - len(rows))
    if rule.refuse:
        con.execute(f"INSERT INTO bad SELECT row {where}")


def _refuse_foreign(stage: Stage) -> None:
    """Leave out staged rows that name another district's school or a person's address."""
    own = district_number(stage.session)
    for column in stage.present:
        if SQL_TYPES[column.type] != "VARCHAR" or column.type == "choice":
            continue
        name = column.name
        _leave_out(
            stage, ADDRESS, name, f"contains({name}, '@') AND regexp_matches({name}[:{LONGEST}], '{MAIL}')", "''"
        )
        if own and name in PLACES:
            foreign = f"regexp_full_match({name}, '[0-9]{{12}}') AND NOT starts_with({name}, '{own}')"
            _leave_out(stage, FOREIGN_SCHOOL, name, foreign, name)


def _leave_out(stage: Stage, code: str, field: str, predicate: str, shown: str) -> None:
    con, heading = stage.con, stage.headings[field]
    where = filled("FROM typed WHERE ($p) AND row NOT IN (SELECT row FROM bad)", p=predicate)
    count = one(con, f"SELECT count(*) {where}")
    if not count:
        return
    most = stage.session.most(Severity.ERROR)
    rows = con.execute(f"SELECT row, {shown} {where} ORDER BY row LIMIT {most}").fetchall()
    for row, value in rows:
        stage.session.cell(code, Severity.ERROR, row, heading, value)
    stage.session.count(code, Severity.ERROR, heading, count - len(rows))
    con.execute(f"INSERT INTO bad SELECT row {where}")


def _summarize(stage: Stage) -> None:
    """Notes about what the rows carry besides the inventory."""
    if not stage.inventory.summaries:
        return
    con = stage.con
    con.execute("CREATE VIEW used AS SELECT * FROM typed WHERE row NOT IN (SELECT row FROM bad)")
    for summary in stage.inventory.summaries:
        query = filled("SELECT $shown FROM used", shown=", ".join(expression for _, expression in summary.args))
        values = con.execute(query).fetchall()[0]
        if values[0]:
            args = {name: str(value) for (name, _), value in zip(summary.args, values, strict=True)}
            stage.session.note(summary.code, Severity.NOTE, **args)


def _argument(name: str, value: object) -> tuple[str, str | int]:
    if name.endswith("_cents"):
        return name.removesuffix("_cents"), dollars(int(str(value)))
    return name, value if isinstance(value, int) else str(value)


def _name(stage: Stage) -> None:
    """View `named`: the staged columns but for the key, and the line of an order where the source numbers them."""
    inventory, fields = stage.inventory, frozenset(stage.headings)
    selects = [f"{'line' if 'line' in fields else chr(39) * 2} AS line"]
    for name, kind in STAGED.items():
        if name == "key":
            continue
        if name == "source_row":
            expression = "row"
        elif name == "status":
            expression = f"CASE WHEN status = '' THEN '{inventory.blank_status.value}' ELSE status END"
            expression = inventory.staged.get(
                "status", expression if "status" in fields else f"'{Status.IN_USE.value}'"
            )
        else:
            expression = inventory.expression(name, fields)
        selects.append(f"CAST({expression} AS {kind}) AS {name}")
    stage.con.execute(filled("CREATE VIEW named AS SELECT $columns FROM typed", columns=", ".join(selects)))


def _key(stage: Stage) -> None:
    """View `keyed`: rows that are not refused, with their key, '' for those that nothing identifies."""
    refused = "WHERE source_row NOT IN (SELECT row FROM bad)" if one(stage.con, "SELECT count(*) FROM bad") else ""
    statement = "CREATE OR REPLACE VIEW keyed AS SELECT $key AS key, * FROM named $refused"
    stage.con.execute(filled(statement, key=stage.inventory.key, refused=refused))


def _refuse_duplicates(stage: Stage) -> bool:
    con, session = stage.con, stage.session
    repeated = "SELECT key, min(source_row) AS a, max(source_row) AS z FROM keyed WHERE key <> '' GROUP BY key HAVING count(*) > 1"
    con.execute(f"CREATE TABLE repeated AS {repeated}")
    if not one(con, "SELECT count(*) FROM repeated"):
        return False
    seen = stage.inventory.latest_by if stage.inventory.latest_by in stage.headings else ""
    choices = (LATEST, *DUPLICATE_CHOICES) if seen else DUPLICATE_CHOICES
    kept = session.ask(Question(DUPLICATES_QUESTION, "TL-IMP-057", choices, choices[0][0], False)) or choices[0][0]
    winner = filled(_LATEST, time=filled(TIME_OF_DAY, seen=seen), seen=seen) if kept == LATEST[0] else _BY_PLACE[kept]
    con.execute(
        filled(
            "CREATE TABLE doubles AS WITH won AS ($winner) SELECT source_row AS row, key, other FROM keyed JOIN won USING (key)"
            " WHERE source_row <> other",
            winner=winner,
        )
    )
    con.execute("INSERT INTO bad SELECT row FROM doubles")
    rows = con.execute(
        filled("SELECT row, key, other FROM doubles ORDER BY row LIMIT $most", most=str(session.most(Severity.WARNING)))
    ).fetchall()
    for row, key, other in rows:
        session.cell(DUPLICATE, Severity.WARNING, row, "", key.partition(":")[2], {"other": other})
    session.count(DUPLICATE, Severity.WARNING, "", one(con, "SELECT count(*) FROM doubles") - len(rows))
    return True


def _write(stage: Stage, out: Path) -> None:
    con = stage.con
    # With one thread joins keep the order of the table they scan; sorting a million rows costs more than the second
    # thread.
    con.execute("SET threads = 1")
    source = "keyed"
    if one(con, "SELECT count(*) FROM keyed WHERE key = ''"):
        con.execute(filled("CREATE VIEW based AS SELECT *, $base AS base FROM keyed", base=stage.inventory.counted_key))
        # An order line that arrives in two parts is two rows with one line number.
        con.execute(
            "CREATE VIEW counted AS SELECT *, row_number() OVER (PARTITION BY base, key = '' ORDER BY source_row) AS n FROM based"
        )
        con.execute(
            "CREATE VIEW numbered AS SELECT * EXCLUDE (key, base, n, line), CASE WHEN key <> '' THEN key"
            " WHEN line <> '' AND n = 1 THEN base ELSE base || '/' || n END AS key FROM counted"
        )
        source = "numbered ORDER BY source_row"
    columns = ", ".join(STAGED)
    con.execute(
        filled(
            "COPY (SELECT $columns FROM $source) TO '$out' (FORMAT parquet, COMPRESSION snappy)",
            columns=columns,
            source=source,
            out=str(out).replace("'", "''"),
        )
    )
