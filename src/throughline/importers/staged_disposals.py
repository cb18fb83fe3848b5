"""Disposals that an inventory names beside its devices: rows with a day, a method or an amount of disposal, and a number.

Any inventory that declares `disposals.INVENTORY_COLUMNS` among its columns has them read. A row counts as a device all the same:
its status says whether it is still in the fleet.
"""

from typing import Any

from throughline.engine.plan.awards import Disposal
from throughline.importers.disposals import INVENTORY_COLUMNS, disposal
from throughline.importers.typed import Stage, filled
from throughline.importers.values.slugs import slug

_TOLD = {
    "disposed_on": "t.disposed_on IS NOT NULL",
    "disposal_method": "t.disposal_method <> ''",
    "proceeds_cents": "t.proceeds_cents IS NOT NULL",
    "fair_value_cents": "t.fair_value_cents IS NOT NULL",
}
_ROWS = """
SELECT n.source_row, CASE WHEN n.serial <> '' THEN n.serial ELSE n.asset_tag END,
    CASE WHEN trim(n.manufacturer || ' ' || n.model_raw) <> '' THEN trim(n.manufacturer || ' ' || n.model_raw)
        ELSE n.category_raw END,
    n.purchase_date, t.disposed_on, t.disposal_method, t.proceeds_cents, t.fair_value_cents, n.award, n.price_cents
FROM typed t JOIN named n ON n.source_row = t.row
WHERE ($told) AND n.quantity = 1 AND (n.serial <> '' OR n.asset_tag <> '') AND t.row NOT IN (SELECT row FROM bad)
ORDER BY n.source_row
"""


def staged_disposals(stage: Stage) -> dict[str, Disposal]:
    """Disposals of the rows that are used, by id; nothing for an inventory without such columns."""
    declared = {column.name for column in stage.columns}
    present = [column.name for column in INVENTORY_COLUMNS if column.name in stage.headings]
    if not present or not declared.issuperset(_TOLD):
        return {}
    told = " OR ".join(_TOLD[name] for name in present)
    rows = stage.con.execute(filled(_ROWS, told=told)).fetchall()
    made = [_made(stage, stage.headings[present[0]], *row) for row in rows]
    return {item.id: item for item in made if item.id}


def _made(stage: Stage, heading: str, row: int, number: str, what: str, *cells: Any) -> Disposal:
    acquired, disposed, words, proceeds, value, award, cost = cells
    return disposal(
        number,
        what or slug(number),
        acquired_on=acquired,
        disposed_on=disposed,
        words=words,
        proceeds_cents=proceeds,
        fair_value_cents=value,
        award=award,
        cost_cents=cost,
        source=stage.session.at(row, heading),
    )
