from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.rollup import grouped, largest

COLUMNS = (
    Column("what", "What"),
    Column("ends", "Ends", Unit.DATE),
    Column("price", "Price", Unit.CENTS),
    Column("cents", "Cents", Unit.CENTS, True),
)


def _table(*amounts: int) -> Table:
    rows = tuple(Row((f"row {i}", "2028-06-30", 100 + i, cents), key=f"D{i}") for i, cents in enumerate(amounts))
    return Table("t", "T", COLUMNS, rows).with_total("All")


def test_the_largest_rows_stay_and_the_rest_is_one_row_with_the_same_total() -> None:
    short = largest(_table(5, 900, 30, 7), 3, "cents", "everything else")
    assert [(row.values[0], row.values[-1]) for row in short.rows] == [
        ("row 1", 900),
        ("row 2", 30),
        ("everything else", 12),
        ("All", 942),
    ]


def test_a_table_that_is_short_enough_stays_as_it_is() -> None:
    table = _table(1, 2, 3)
    assert largest(table, 3, "cents", "rest") is table


def test_a_joined_row_says_only_what_all_its_rows_say() -> None:
    rest = largest(_table(5, 900, 30, 7), 3, "cents", "rest").rows[2]
    assert rest.values[1:3] == ("2028-06-30", None)  # one date, four prices


def test_groups_stand_first_and_rows_of_no_group_stay() -> None:
    made = grouped(_table(1, 2, 4), [("A", "Group", ["D0", "D2"]), ("B", "Empty", ["D9"])])
    assert [(row.key, row.values[-1]) for row in made.rows] == [("A", 5), ("D1", 2), ("", 7)]
