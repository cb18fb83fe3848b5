"""Whatever a plan folder holds, a run ends: sums and explanations hold, and every table of the documents can be made."""

import pytest

from tests.engine.builders import result_of
from tests.engine.test_odd_plans import sound
from tests.properties.odd_records import odd
from throughline.app.source.figures import figures
from throughline.app.source.report_source import TABLES
from throughline.app.summary import summarize


@pytest.mark.parametrize("seed", [*range(24), 121, 150, 178])
def test_a_plan_of_odd_records_is_computed_and_shown(seed: int) -> None:
    result = sound(result_of(*odd(seed)))
    made = {name: maker(result) for name, maker in TABLES.items() if name != "drivers" or seed % 6 == 0}
    figures(result, {name: table for name, table in made.items() if table is not None})
    budget = result.ledger.total({"cost_type": "direct"})
    for name in ("by_fund", "by_source", "by_category", "by_goal", "by_site", "by_account"):
        if (table := made[name]) is not None:
            assert table.rows[-1].values[table.index("total")] == budget, name
    shown = summarize(result)
    assert sum(shown["totals"]["by_year"].values()) == shown["totals"]["cents"]
    assert not [item for item in shown["findings"] if "{" in item["message"] + item["remedy"]]
