"""The yearly cost of keeping a device, against the textbook generator of `tests/worked/replacement.md`."""

from decimal import Decimal

import numpy as np

from tests.engine.builders import Devices, result_of
from throughline.engine.finance.equivalent import equivalent_annual_cost
from throughline.engine.money import round_half_up
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.views.life_cost import life_cost_table


def test_neighbouring_lives_are_priced_as_annuities_and_the_cheapest_is_named() -> None:
    standard = Standard("d", "desktop", life_years=4, unit_price_cents=950_000, price_note="textbook")
    result = result_of(Plan(District("x", "X"), standards=(standard,)), [Devices("desktop", "a", 1, 2025, role="")])
    repair = np.array([0, 100_000, 100_000, 120_000, 150_000, 400_000, 500_000, 600_000, 700_000], np.int64)
    table = life_cost_table(result.fleet, result.prices, {"d": repair}, Decimal("0.12"))
    assert table is not None
    price = result.prices["d"][0]
    yearly = [100_000, 100_000, 120_000, 150_000, 400_000, 500_000, 600_000, 700_000, 700_000, 700_000]
    each = [round_half_up(equivalent_annual_cost([price, *yearly[:n]], Decimal("0.12"))) for n in range(1, 11)]
    assert list(table.rows[0].values[2:5]) == each[2:5]
    assert table.rows[0].values[5] == f"{each.index(min(each)) + 1} years"


def test_without_price_or_repair_there_is_no_row() -> None:
    result = result_of(Plan(District("x", "X")), [Devices("server", "a", 1, 2025, role="")])
    assert life_cost_table(result.fleet, result.prices, {}, Decimal("0.035")) is None
