"""Funds: a card for each, what must find other money when money ends, and the E-Rate budget."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from throughline.app.explain import Where
from throughline.app.fund_words import LASTS, pays_for, terms
from throughline.app.rooms.base import Room
from throughline.app.rooms.erate import ErateBudget, erate_budgets
from throughline.app.rooms.pictures import fund_roles
from throughline.app.rooms.shown import Money, ShownTable, by_year, linked, plain
from throughline.app.selectors import selector
from throughline.app.source.money_tables import lasts
from throughline.engine.funding.resources import Purposed
from throughline.engine.refs import UNFUNDED
from throughline.engine.rulebook.catalog import TcoCategory
from throughline.engine.rulebook.fundrule import FundRule
from throughline.engine.run import PlanResult
from throughline.engine.table import Row, Table
from throughline.engine.views.balances import balances
from throughline.engine.views.cliff import cliff


@dataclass(frozen=True, slots=True)
class FundCard:
    """One fund. `lasts` is general, renewing or ending; `until` its last day, None = it goes on.

    `pays_share` is (part, whole) where a local share is needed, None when it pays whole; `match_share` are local dollars for
    each of its own. `citation` is the rule's source and `verified_on` the day it was checked ('' = nowhere published).
    """

    id: str
    name: str
    kind: str
    rule: str
    role: str
    lasts: str
    availability: str
    may_pay: str
    until: date | None
    pays_share: tuple[int, int] | None
    match_share: Decimal
    terms: tuple[str, ...]
    citation: str
    verified_on: str
    account_fund: str
    paid: Money
    money: int  # all that becomes available in the plan, before any discount
    balance: ShownTable


@dataclass(frozen=True, slots=True)
class Funds:
    """`cliff_items` are its rows' costs in words; cliff amounts are what other money must pay, not sums of cost lines."""

    funded: Money | None  # None = no fund pays anything
    unfunded: Money
    ending: int  # funds whose money ends inside the plan
    cards: tuple[FundCard, ...]
    by_fund: ShownTable
    cliffs: ShownTable | None
    unfunded_items: ShownTable | None
    erate: tuple[ErateBudget, ...]
    prospects: ShownTable | None = None  # money hoped for, in no total


def funds(room: Room) -> Funds:
    """The page of a run."""
    result, roles = room.result, fund_roles(room.result)
    book = result.rules.book
    whole = balances(result.allocation, result.plan)
    cards = tuple(_card(room, owner, roles, whole, book.categories) for owner in result.allocation.owners)
    ledger = cliff(result.allocation, result.plan, result.horizon, book.categories, book.asset_classes)
    items = room.table("unfunded_items")
    funded = room.number("funded")
    return Funds(
        Money(funded, room.figures["funded"]) if funded else None,
        Money(room.number("gap") or 0, room.figures["gap"]),
        sum(card.lasts == "ending" for card in cards),
        cards,
        linked(room.source.tables["by_fund"], lambda row: {"fund": row.key} if row.key else {}, by_year),
        plain(room.shown_years(ledger), _stream) if any(row.kind == "body" for row in ledger.rows) else None,
        linked(items, lambda row: _item(row, book.asset_classes, result), lambda column: {}) if items else None,
        erate_budgets(result),
        plain(hoped) if (hoped := room.table("prospects")) else None,
    )


def _card(
    room: Room, owner: Purposed, roles: Mapping[str, str], whole: Table, categories: Mapping[str, TcoCategory]
) -> FundCard:
    fund, rule, ref = owner.fund, owner.rule, owner.rule.ref
    rules = room.table("fund_rules")
    until = (
        next((row.values[rules.index("until")] for row in rules.rows if row.key == fund.id), None) if rules else None
    )
    paid = sum(room.result.allocation.by_fund_year().get(fund.id, {}).values())
    return FundCard(
        fund.id,
        fund.name,
        fund.kind,
        rule.title,
        roles[fund.id],
        lasts(owner, room.result),
        LASTS[rule.availability],
        pays_for(rule, categories),
        date.fromisoformat(str(until)) if until else None,
        _in_hundredths(owner.pays),
        rule.match_share,
        tuple(_terms(rule, room.result)),
        ref.source if ref else "",
        ref.verified_on if ref else "",
        fund.account_fund,
        Money(paid, selector({"fund": fund.id}) if paid else ""),
        sum(row.cents for row in owner.resources),
        _balance(whole, fund.id),
    )


def _terms(rule: FundRule, result: PlanResult) -> list[str]:
    """The terms of the rule as it is written, without earmarks that do not hold for this fund."""
    written = result.rules.book.fund_rules[rule.id]
    held = {item.id for item in rule.earmarks}
    own = replace(written, earmarks=tuple(item for item in written.earmarks if item.id in held))
    return terms(own, result.rules)


def _in_hundredths(pays: tuple[int, int] | None) -> tuple[int, int] | None:
    """A share as percent where it is a whole number of them, else as it is."""
    if pays is None or pays[0] * 100 % pays[1]:
        return pays
    return pays[0] * 100 // pays[1], 100


def _balance(whole: Table, fund: str) -> ShownTable:
    """The fund's own years; what it paid is a sum of cost lines, what it had is not."""
    rows = tuple(row for row in whole.rows if row.key.startswith(f"fund/{fund}/"))
    notes = (
        whole.notes
        if any(row.values[0] and note.startswith(str(row.values[0])) for row in rows for note in whole.notes)
        else ()
    )
    own = Table(f"balance_{fund}", whole.title, whole.columns, rows, notes)
    return linked(
        own,
        lambda row: {"fund": fund, "fiscal_year": row.key.rpartition("/")[2]},
        lambda column: {} if column.key == "charged" else None,
    )


def _stream(row: Row) -> Where | None:
    """The cost a cliff speaks of: what the fund that ends pays of a category."""
    parts = row.key.split("/")
    return {"fund": parts[1], "category": parts[3], "recurrence": "recurring"} if len(parts) == 4 else None


def _item(row: Row, known: Mapping[str, object], result: PlanResult) -> Where:
    """A class of devices, or of a category what belongs to no class of the catalog."""
    if not row.key:
        return {"fund": UNFUNDED}
    if row.key in known:
        return {"fund": UNFUNDED, "asset_class": row.key}
    others = frozenset(item.asset_class for item in result.allocation.classes if item.asset_class not in known)
    return {"fund": UNFUNDED, "category": row.key, "asset_class": others}
