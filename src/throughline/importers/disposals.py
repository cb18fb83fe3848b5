"""Disposals as a property record wants them (2 CFR 200.313(d)(1)): when, how, for how much; for devices with a serial or tag.

Whether a device is property of an award only the plan's inventory knows, so every disposal goes on and whoever knows keeps those
of awards. How it left is told by its words; words that say nothing of it count as recycled, or as sold where money came in.
"""

import re
from datetime import date

from throughline.engine.plan.awards import Disposal, Method
from throughline.engine.refs import Source
from throughline.importers.columns import Column, spellings
from throughline.importers.values.slugs import slug

LOST = re.compile(r"lost|loss\b|stolen|theft|missing|not returned|unreturned", re.IGNORECASE)
METHODS = (
    (Method.LOST, LOST),
    (Method.TRADED_IN, re.compile(r"trade", re.IGNORECASE)),
    (Method.SOLD, re.compile(r"\bsold\b|\bsale\b|auction|buy-?\s?back|resale|resold", re.IGNORECASE)),
    (Method.TRANSFERRED, re.compile(r"transfer|donat|\bgiven\b|gift", re.IGNORECASE)),
    (Method.KEPT, re.compile(r"\bkept\b|retain|\bkeep\b", re.IGNORECASE)),
    (Method.RECYCLED, re.compile(r"recycl|scrap|e-?waste|destroy|trash|junk|landfill|parts", re.IGNORECASE)),
)
PROCEEDS = Column(
    "proceeds_cents",
    "money",
    spellings(
        "Proceeds; Disposal Proceeds; Sale Proceeds; Net Proceeds; Disposal Price; Sale Price; Sales Price; Sold For; Disposal Value; "
        "Disposal Amount; Sale Amount; Amount Received; Salvage Received; Trade-in Value; Buyback Value"
    ),
)
FAIR_VALUE = Column(
    "fair_value_cents",
    "money",
    spellings("Fair Market Value; FMV; Market Value; Fair Value; Market Value at Disposal; Value at Disposal"),
)
METHOD = Column(
    "disposal_method",
    "text",
    spellings("Disposal Method; Method of Disposal; Disposition Method; Disposition; Disposal Type; Disposal Reason"),
)
DAY = Column(
    "disposed_on",
    "date",
    spellings(
        "Disposal Date; Date Disposed; Disposed On; Date of Disposal; Disposition Date; Date of Disposition; Disposed Date; "
        "Retirement Date; Date Retired; Retired Date; Retired On; Surplus Date; Sale Date; Date Sold"
    ),
)
INVENTORY_COLUMNS = (DAY, METHOD, PROCEEDS, FAIR_VALUE)


def method_of(words: str, proceeds_cents: int | None) -> Method:
    """How equipment left, from its words."""
    told = next((method for method, pattern in METHODS if pattern.search(words)), None)
    return told or (Method.SOLD if proceeds_cents else Method.RECYCLED)


def disposal(
    number: str,
    description: str,
    *,
    acquired_on: date | None,
    disposed_on: date | None,
    words: str,
    proceeds_cents: int | None,
    fair_value_cents: int | None,
    award: str,
    cost_cents: int | None,
    source: Source,
) -> Disposal:
    """One device that left, by its serial number or tag; `award` as the list names it, '' when it does not."""
    return Disposal(
        slug(number),
        award,
        description,
        number,
        1,
        acquired_on,
        cost_cents,
        None,
        disposed_on,
        method_of(words, proceeds_cents),
        fair_value_cents,
        proceeds_cents,
        "",
        source,
    )
