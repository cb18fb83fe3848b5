"""Who uses a device says how often it breaks: rates by school level are those of devices pupils take home."""

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.ledger.trace import leaves
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.refs import PackRef

PLAN = Plan(District("d", "T"), sites=(Site("hs", "High", "high"), Site("k12", "All", "mixed")))


@pytest.mark.parametrize(
    ("device", "band", "lost"),
    [
        (Devices("student-chromebook", "hs", 10, 2026), "high", True),
        (Devices("student-chromebook", "k12", 10, 2026), "default", False),
        (Devices("student-chromebook", "hs", 10, 2026, role="shared"), "cart", False),
        (Devices("cart-chromebook", "hs", 10, 2026), "cart", False),
        (Devices("desktop", "hs", 10, 2026, role=""), "default", False),
        (Devices("staff-laptop", "hs", 10, 2026, role=""), "staff", False),
        (Devices("student-laptop", "hs", 10, 2026, role="staff"), "staff", False),
    ],
)
def test_repair_and_loss_follow_the_use_of_a_device(device: Devices, band: str, lost: bool) -> None:
    result = result_of(PLAN, [device])
    lines = list(result.ledger.lines({"category": "D5.2", "fiscal_year": "FY2028"}))
    paths = {
        leaf.source.path
        for line in lines
        for leaf in leaves(result.ledger.explain(line.id))
        if isinstance(leaf.source, PackRef)
    }
    assert f"repair/incident-rate/{band}" in paths
    assert ("loss/rate" in paths) == lost
