"""The property record of a plan as a table, from its inventory in force; None when no award bought anything."""

from throughline.app.plans import OpenPlan
from throughline.engine.property.record import Unitary, property_table
from throughline.engine.run import PlanResult
from throughline.engine.table import Table


def property_record(opened: OpenPlan, result: PlanResult) -> Table | None:
    """Every unit of an award; the inventory is opened only when it names an award, or when the plan describes one."""
    plan = opened.plan
    if not (plan.awards or plan.disposals or any(result.inputs.cohorts.awards)):
        return None
    table = property_table(plan, result.rules, _rows(opened))
    return table if table.rows else None


def _rows(opened: OpenPlan) -> tuple[Unitary, ...]:
    snapshot = opened.plan.snapshot
    path = opened.block(snapshot.block) if snapshot else None
    if path is None or not path.is_file():
        return ()
    from throughline.fleet.property import awarded_rows

    return awarded_rows(path)
