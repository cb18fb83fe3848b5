"""The page of the packet that compares student groups by the schools their students attend; small counts are in no figure."""

from dataclasses import replace

from throughline.reports.compose import Context
from throughline.reports.document import Block

HIDDEN = ("age", "age_others", "support_others")  # the workbook has them
STUDENTS = 1  # the column that a group without figures leaves empty


def student_groups(at: Context) -> list[Block]:
    """Which students' schools have less, where schools count their groups. Groups without figures are named below."""
    table = at.source.table("equity_by_group")
    if table is None or not at.source.known("groups"):
        return []
    told = replace(table, rows=tuple(row for row in table.rows if row.values[STUDENTS] is not None))
    shown = at.whole_dollars(told, "groups.table", hide=HIDDEN, widths=(24, 9, 16, 8, 8, 9, 9, 9, 8))
    return [*at.opening("groups"), shown, *at.small("groups")]
