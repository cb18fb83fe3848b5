"""Who pays for what equals the split lines, whatever the dimensions."""

from collections import Counter

import pytest

from tests.app.folders import larkhollow
from throughline.engine.funding.lines import split_lines
from throughline.engine.refs import NOT_CASH
from throughline.engine.views.paid_by import paid_by


@pytest.mark.parametrize("dimensions", [(), ("goal",), ("initiative", "goal"), ("site",), ("category", "fiscal_year")])
def test_paid_by_is_the_sum_of_the_split_lines(dimensions: tuple[str, ...]) -> None:
    _, result = larkhollow()
    wanted: Counter[tuple[str, ...]] = Counter()
    for line, fund, cents in split_lines(result.ledger, result.allocation):
        if fund != NOT_CASH:
            wanted[(fund, *(line.labels[name] for name in dimensions))] += cents
    assert paid_by(result.ledger, result.allocation, *dimensions) == dict(sorted(wanted.items()))
