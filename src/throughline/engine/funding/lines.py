"""Every cost line split over the funds that pay its class, to the cent, and the explanation of one share.

Method: a class starts with its total R and fund amounts r (sum r = R). A line of c cents takes largest_remainder(c,
weights=r), which is subtracted from r and R. Proof that this conserves both ways: (1) the parts of a line add up to c
by the method. (2) No part exceeds what is left: the quota c * r_f / R is at most r_f because c <= R (lines of a class
add up to it), and rounding it up to a whole cent cannot pass the whole number r_f; a fund with r_f = 0 has quota 0 and
no remainder, and the cents handed out by remainder are fewer than the funds that have one. (3) So r stays >= 0 and sums
to R after each line, and after the last line R = 0, hence every r_f = 0: each fund has given exactly its amount. Lines
are taken in ledger order, so the result is the same in every run. A class cut into parts by time has a place for every
fund in every part; a line's share of a fund is the sum over the parts.
"""

from collections.abc import Iterator

from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import GRAIN, class_key
from throughline.engine.ledger.dimensions import INDIRECT
from throughline.engine.ledger.invariants import BUDGET
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.line import CostLine
from throughline.engine.ledger.trace import Fact, Step
from throughline.engine.money import largest_remainder
from throughline.engine.refs import NOT_CASH, DerivedRef

Share = tuple[CostLine, str, int]


def split_lines(ledger: Ledger, allocation: Allocation) -> Iterator[Share]:
    """Every line with each fund that pays part of it, in ledger order. Indirect cost is NOT_CASH and in no budget."""
    rest_of: dict[tuple[str, ...], list[int]] = {}
    for line in ledger.lines():
        if line.labels["cost_type"] == INDIRECT:
            yield line, NOT_CASH, line.cents
            continue
        seen = (*(line.labels[name] for name in GRAIN), allocation.groups.of(line.labels["site"]))
        rest = rest_of.get(seen)
        if rest is None:
            rest = rest_of[seen] = allocation.paid(class_key(line.labels, allocation.groups))
        yield from _shares(line, rest, allocation.funds)


def _shares(line: CostLine, rest: list[int], funds: tuple[str, ...]) -> list[Share]:
    """Take one line's parts out of what is left of its class."""
    taken = [0] * len(funds)
    for i, part in enumerate(largest_remainder(line.cents, rest)):
        rest[i] -= part
        taken[i % len(funds)] += part
    return [(line, fund, part) for fund, part in zip(funds, taken, strict=True) if part]


def trace_funding(ledger: Ledger, allocation: Allocation, line_id: str, fund: str) -> Step:
    """Why `fund` pays this much of a line: the line's own trace, split in proportion to what is left of its class.

    Raises KeyError when no budget line has this id or no fund of the allocation this name.
    """
    which = {name: i for i, name in enumerate(allocation.funds)}[fund]
    found = ledger.line(line_id)
    if found.labels["cost_type"] == INDIRECT:
        raise KeyError(line_id)
    key = class_key(found.labels, allocation.groups)
    rest = allocation.paid(key)
    for line in ledger.lines({**BUDGET, **{name: found.labels[name] for name in GRAIN}}):
        if line.id == line_id:
            break
        if class_key(line.labels, allocation.groups) == key:
            _shares(line, rest, allocation.funds)
    funds, parts = allocation.funds, [allocation.classes[i] for i in allocation.positions[key]]
    sources = [DerivedRef(f"allocation of {part.name}, less the lines before this one") for part in parts]
    months = ["" if len(parts) == 1 else f", {part.months}" for part in parts]
    weights = tuple(
        Fact(f"left for {funds[i % len(funds)]}{months[i // len(funds)]}", cents, "cents", sources[i // len(funds)])
        for i, cents in enumerate(rest)
    )
    rule = "lines take their class's shares by largest remainder, so that cents are conserved"
    own = ledger.explain(line_id)
    shares = tuple(
        Step(f"share paid by {fund}{said}", "split", (own, *weights), rule, n=number * len(funds) + which)
        for number, said in enumerate(months)
    )
    if len(shares) == 1:
        return shares[0]
    return Step(f"share paid by {fund}", "sum", shares, "by the months in which the work is done or the thing is used")
