"""Checks: what a careful colleague would point out about a plan, as findings with money attached."""

from collections.abc import Iterable

from throughline.engine.checks.base import Check, CheckInput
from throughline.engine.checks.bidding import check_bidding
from throughline.engine.checks.budget import check_budget
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.checks.cliffs import check_cliffs, check_money_that_ends
from throughline.engine.checks.data_quality import check_data
from throughline.engine.checks.devices import check_devices
from throughline.engine.checks.discount import check_discount
from throughline.engine.checks.effort import check_alternative_use, check_effort, check_local_shares, check_set_aside
from throughline.engine.checks.enrollment import check_enrollment
from throughline.engine.checks.experience import check_experience
from throughline.engine.checks.funds import (
    check_accounts,
    check_conditions,
    check_earmarks,
    check_given,
    check_lapse,
    check_late_costs,
    check_money,
    check_unfunded,
)
from throughline.engine.checks.grants import check_service_terms, check_transfers
from throughline.engine.checks.groups import check_groups
from throughline.engine.checks.procurement import check_procurement
from throughline.engine.checks.property import check_property
from throughline.engine.checks.prospects import check_prospects
from throughline.engine.checks.published import check_published
from throughline.engine.checks.records import check_contracts, check_places, check_staff
from throughline.engine.checks.rules import check_rules
from throughline.engine.checks.systems import check_systems
from throughline.engine.findings import Finding


def _capital_plan(run: CheckInput) -> Iterable[Finding]:
    return check_capital_plan(run.plan)


CHECKS: tuple[Check, ...] = (
    check_devices,
    check_experience,
    check_systems,
    check_data,
    check_contracts,
    check_staff,
    check_places,
    check_enrollment,
    check_groups,
    check_rules,
    check_money,
    check_unfunded,
    check_cliffs,
    check_money_that_ends,
    check_lapse,
    check_late_costs,
    check_given,
    check_earmarks,
    check_transfers,
    check_service_terms,
    check_local_shares,
    check_effort,
    check_set_aside,
    check_alternative_use,
    check_discount,
    check_accounts,
    check_budget,
    check_conditions,
    check_procurement,
    check_bidding,
    check_property,
    check_prospects,
    _capital_plan,
    check_published,
)
