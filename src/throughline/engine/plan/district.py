"""The district and the settings that shape every computation."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class District:
    """A school district. `fiscal_year_start_month` is 1..12; thresholds are cents, None = the rulebook's figure
    applies. `operating_budget_cents` is all general operating expenditure of a year and `taxable_value_cents` the full value
    of taxable property, both for comparison with other districts only; `finance_code` is the number of the district in
    its state's finance files.
    """

    id: str = c1()
    name: str = c1()
    state: str = c1("")
    fiscal_year_start_month: int = c1(7)
    nces_id: str = c1("")
    capitalization_threshold_cents: int | None = c1(None)
    local_bid_threshold_cents: int | None = c1(None)
    board_approval_threshold_cents: int | None = c1(None)
    allocation_policy: str = c2("rule_order")  # or "given_amounts"
    logo_block: str = c1("")
    meeting_date: str = c1("")
    agenda_number: str = c1("")
    superintendent_title: str = c1("Superintendent of Schools")
    operating_budget_cents: int | None = c1(None)
    taxable_value_cents: int | None = c1(None)
    finance_code: str = c1("")
    source: Source | None = c2(None)
