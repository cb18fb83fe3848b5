"""Checks: what a careful colleague would point out about a plan, as findings with money attached."""

from collections.abc import Iterable

from throughline.engine.checks.base import Check, CheckInput
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.checks.data_quality import check_data
from throughline.engine.checks.devices import check_devices
from throughline.engine.findings import Finding


def _capital_plan(run: CheckInput) -> Iterable[Finding]:
    return check_capital_plan(run.plan)


CHECKS: tuple[Check, ...] = (check_devices, check_data, _capital_plan)
