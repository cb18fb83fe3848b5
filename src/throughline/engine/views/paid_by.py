"""Who pays for what: budget cents by fund and any dimensions of the ledger, equal to the sum of the split lines.

A class that one fund pays, or in which the dimensions have one member, needs no lines: its cents are known as they are. Only
where several funds meet several members are the lines of that class split.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import GRAIN, ClassKey, class_key
from throughline.engine.ledger.invariants import BUDGET
from throughline.engine.ledger.ledger import Key, Ledger
from throughline.engine.money import largest_remainder

Paid = dict[Key, int]  # (fund, *members) -> cents


def paid_by(ledger: Ledger, allocation: Allocation, *dimensions: str) -> Paid:
    """Cents by (fund, member of each dimension), UNFUNDED included, zeros left out."""
    found: dict[Key, int] = defaultdict(int)
    for where, parts in _classes(ledger, allocation, dimensions):
        paid = allocation.paid(_key(where, allocation))
        funds = allocation.funds * (len(paid) // len(allocation.funds))  # once for every part of the class
        payers = [i for i, cents in enumerate(paid) if cents]
        if len(payers) == 1:
            for members, cents in parts.items():
                found[(funds[payers[0]], *members)] += cents
        elif len(parts) == 1:
            for i in payers:
                found[(funds[i], *next(iter(parts)))] += paid[i]
        else:
            _split(ledger, allocation, where, dimensions, funds, paid, found)
    return {key: found[key] for key in sorted(found) if found[key]}


def _classes(ledger: Ledger, allocation: Allocation, dimensions: Sequence[str]) -> list[tuple[Key, dict[Key, int]]]:
    """Labels of each class (site group last) with the cents of its members."""
    named = bool(allocation.groups.named)  # the site is asked only where a fund or an account asks for it
    asked = (*GRAIN, *(("site",) if named else ()), *dimensions)
    grouped: dict[Key, dict[Key, int]] = {}
    size = len(GRAIN)
    for key, cents in ledger.by(*asked, where=BUDGET).items():
        group = allocation.groups.of(key[size] if named else "")
        parts = grouped.setdefault((*key[:size], group), {})
        members = key[size + named :]
        parts[members] = parts.get(members, 0) + cents
    return list(grouped.items())


def _key(where: Key, allocation: Allocation) -> ClassKey:
    labels = dict(zip(GRAIN, where[:-1], strict=True))
    key = class_key({**labels, "site": ""}, allocation.groups)
    return (*key[:8], where[-1], *key[9:])  # the group in place of no site


def _split(
    ledger: Ledger,
    allocation: Allocation,
    where: Key,
    dimensions: Sequence[str],
    funds: Sequence[str],
    rest: list[int],
    found: dict[Key, int],
) -> None:
    """The lines of one class, in ledger order, as `split_lines` takes them."""
    conditions: Mapping[str, str] = {**BUDGET, **dict(zip(GRAIN, where[:-1], strict=True))}
    for line in ledger.lines(conditions):
        if allocation.groups.of(line.labels["site"]) == where[-1]:
            for i, part in enumerate(largest_remainder(line.cents, rest)):
                rest[i] -= part
                found[(funds[i], *(line.labels[name] for name in dimensions))] += part
