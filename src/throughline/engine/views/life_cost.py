"""What a device costs a year when kept longer or shorter: equivalent annual cost of price and repair, at the district's rate.

EAC of n years = annuity of (price, repair of year 1 ... n); lowest wins between lives of different length (domain 1.1). Repair by
age is the rulebook's for the device; support end and instruction lost are not in it, so it is one argument among others.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from throughline.engine.finance.economic_life import cost_by_years_kept, economic_life
from throughline.engine.lifecycle.projection import FleetProjection
from throughline.engine.money import round_half_up
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.refresh import policy_label

YEARS = 10  # lives compared


def life_cost_table(
    fleet: FleetProjection,
    prices: Mapping[str, Sequence[int]],
    repair: Mapping[str, NDArray[np.int64]],
    rate: Decimal,
) -> Table | None:
    """Planned life and its cost a year beside the neighbouring lives; `repair` holds cents by age class, class 0 = age unknown."""
    columns = (
        Column("item", "Devices"),
        Column("life_years", "Planned life", Unit.YEARS),
        Column("shorter", "A year less", Unit.CENTS),
        Column("planned", "As planned", Unit.CENTS),
        Column("longer", "A year more", Unit.CENTS),
        Column("cheapest", "Cheapest life"),
    )
    rows = []
    for row in fleet.rows:
        price, by_age = prices.get(row.policy.id), repair.get(row.policy.id)
        life = row.policy.life_years
        if not price or by_age is None or not 1 < life < YEARS:
            continue
        costs = [int(by_age[min(age, len(by_age) - 2) + 1]) for age in range(YEARS)]
        each = [round_half_up(cents) for cents in cost_by_years_kept(price[0], [0] * YEARS, costs, rate)]
        best = economic_life(price[0], [0] * YEARS, costs, rate)
        cheapest = f"{best} years" if best < YEARS else f"{YEARS} years or more"
        values = (policy_label(row.policy), life, each[life - 2], each[life - 1], each[life], cheapest)
        rows.append(Row(values, key=f"standard/{row.policy.id}"))
    if not rows:
        return None
    note = f"Price and repair only, at {rate * 100:f} % a year. The end of support comes on top: a device without updates costs safety."
    return Table("life_cost", "Cost of one device for each year it is kept", columns, tuple(rows), (note,))
