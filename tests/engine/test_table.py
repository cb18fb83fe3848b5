"""Tables carry their totals; columns that may not be added are not."""

import pytest

from throughline.engine.table import Column, Row, Table, Unit


def test_a_total_adds_only_what_may_be_added() -> None:
    columns = (Column("a", "A"), Column("n", "N", Unit.COUNT, True), Column("p", "Price", Unit.CENTS))
    table = Table("t", "T", columns, (Row(("x", 2, 5)), Row(("y", None, 7)), Row(("memo", 100, 1), "memo"))).with_total(
        "All"
    )
    assert table.rows[-1] == Row(("All", 2, None), "total")
    assert table.column("n") == (2, None)
    with pytest.raises(KeyError):
        table.column("nope")
