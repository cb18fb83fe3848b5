"""Reads fund folders: `fund.yaml` into FundRule, `cases.yaml` into cases; the schema is `funds/README.md`."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any

from throughline.engine.refs import PackRef
from throughline.engine.rulebook.fundrule import (
    AlternativeUse,
    CarryLimit,
    CostShare,
    Discount,
    Earmark,
    FundRule,
    SetAside,
)
from throughline.engine.rulebook.parameter import Parameter
from throughline.packs.problem import PackError
from throughline.packs.schema import PACK_STATUSES, PARAMETER, parameter
from throughline.packs.strict_csv import Row
from throughline.packs.strict_yaml import Block, block, plain, read_yaml
from throughline.registry import discover

FUND_TYPES = frozenset(
    "general special_revenue capital_projects debt_service permanent enterprise internal_service trust custodial".split()
)
AVAILABILITIES = frozenset("annual term one_time cycle gift federal open".split())
TRANSFERS = frozenset({"in", "out", "both"})
ASKS = frozenset("eligible capacity periods earmarks carryover match discount conditions".split())
REQUIRED = frozenset(f.name for f in fields(FundRule) if f.default is MISSING) | {"source"}
OPTIONAL = (frozenset(f.name for f in fields(FundRule)) - REQUIRED - {"ref"}) | {"parameters"}
OF_TEXTS: dict[str, type] = {"carry_limit": CarryLimit, "cost_share": CostShare, "set_aside": SetAside}
PLAIN = (
    frozenset(f.name for f in fields(FundRule)) - {"earmarks", "discount", "alternative_use", "ref"} - OF_TEXTS.keys()
)
WANTED: dict[str, Any] = {
    "<class 'str'>": str,
    "<class 'int'>": int,
    "int": int,
    "<class 'bool'>": bool,
    "datetime.date": date,
    "<class 'decimal.Decimal'>": (int, Decimal),
}
WORDS = {"fund_type": FUND_TYPES, "availability": AVAILABILITIES, "transfer": TRANSFERS}
EARMARK = frozenset({"share_from", "from_allocation", "portion", "beside"})
CITATION = frozenset({"authority", "citation", "effective_from", "verified_on", "status"})
ROW_DEFAULTS = {"effective_to": "", "layer": "federal", "combine": "override", "review_months": "12", "note": ""}


@dataclass(frozen=True)
class Case:
    """A sentence with what goes in and what must come out of a fund rule."""

    fund: str
    name: str
    ask: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]
    line: int


def load_fund_rules() -> dict[str, FundRule]:
    """The rules of every fund folder, ours and third parties', by id. Raises PackError."""
    return read_funds(None, {})[0]


def load_cases(fund_id: str) -> tuple[Case, ...]:
    """The cases of one fund, in the order of the file. Raises PackError, KeyError for an unknown fund."""
    folder = discover("throughline.packs.funds", "fund.yaml").folder(fund_id)
    return read_cases((folder / "cases.yaml").read_bytes(), f"funds/{fund_id}/cases.yaml", fund_id)


def read_funds(folder: Traversable | None, versions: dict[str, str]) -> tuple[dict[str, FundRule], list[Parameter]]:
    """Rules and own parameters of the registered funds, or of those in a folder; notes each digest in `versions`."""
    rules: dict[str, FundRule] = {}
    rows: list[Parameter] = []
    for fund_id, place in _folders(folder).items():
        data = (place / "fund.yaml").read_bytes()
        versions[f"funds/{fund_id}"] = sha256(data).hexdigest()
        rules[fund_id], own = read_fund(data, f"funds/{fund_id}/fund.yaml", fund_id)
        rows += own
    return rules, rows


def _folders(folder: Traversable | None) -> dict[str, Traversable]:
    if folder is None:
        registry = discover("throughline.packs.funds", "fund.yaml")
        return {fund_id: registry.folder(fund_id) for fund_id in registry.ids()}
    found = {entry.name: entry for entry in folder.iterdir() if (entry / "fund.yaml").is_file()}
    return dict(sorted(found.items()))


def read_fund(data: bytes, file: str, fund_id: str) -> tuple[FundRule, list[Parameter]]:
    """One fund's rule and own parameters."""
    top = block(read_yaml(data, file), file, "a fund")
    top.allow(REQUIRED, OPTIONAL)
    if top["id"] != fund_id:
        raise top.error(f"id {top['id']!r} is not the folder's name {fund_id!r}", "id")
    ref = _ref(block(top["source"], file, "source"), f"fund/{fund_id}")
    values = {f.name: _field(top, f.name, str(f.type)) for f in fields(FundRule) if f.name in top and f.name in PLAIN}
    if "earmarks" in top:
        limits = [_earmark(block(item, file, "an earmark"), fund_id, ref) for item in _list(top, "earmarks")]
        if len({item.id for item in limits}) != len(limits):
            raise top.error("an earmark's id is repeated", "earmarks")
        values["earmarks"] = tuple(limits)
    if top.get("discount") is not None:
        values["discount"] = _discount(block(top["discount"], file, "discount"))
    for name, noun in OF_TEXTS.items():
        if top.get(name) is not None:
            values[name] = noun(**_texts(block(top[name], file, name), noun))
    if top.get("alternative_use") is not None:
        values["alternative_use"] = _alternative(block(top["alternative_use"], file, "alternative_use"))
    own = [_parameter(block(item, file, "a parameter"), fund_id) for item in _list(top, "parameters")]
    return FundRule(**values, ref=ref), own


def _field(top: Block, name: str, kind: str) -> Any:
    value = top[name]
    if name in WORDS and value not in WORDS[name]:
        raise top.error(f"{name} {value!r} is not one of {', '.join(sorted(WORDS[name]))}", name)
    if kind.startswith("tuple"):
        items = _list(top, name)
        if not all(isinstance(item, str) for item in items):
            raise top.error(f"{name} is a list of text; quote codes", name)
        return tuple(items)
    if "None" in kind and value is None:
        return None
    wanted = WANTED[kind.removesuffix(" | None")]
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise top.error(f"{name} cannot be {value!r}", name)
    return _share(top, name) if wanted == (int, Decimal) else value


def _list(top: Block, name: str) -> Sequence[Any]:
    value = top.get(name, [])
    if not isinstance(value, list):
        raise top.error(f"{name} must be a list", name)
    return value


def _share(top: Block, name: str) -> Decimal:
    value = top[name]
    most = Decimal("Infinity") if name == "match_share" else 1
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= most:
        raise top.error(f"{name} must be a share from 0 to 1", name)
    return Decimal(value)


def _ref(source: Block, path: str) -> PackRef:
    source.allow(CITATION)
    status = source["status"]
    if status not in PACK_STATUSES:
        raise source.error(f"status {status!r} is not one of {', '.join(sorted(PACK_STATUSES))}", "status")
    days = {name: source[name] for name in ("effective_from", "verified_on")}
    for name, day in days.items():
        if not isinstance(day, date):
            raise source.error(f"{name} must be a date", name)
    cited = f"{source['authority']}: {source['citation']}"
    return PackRef(path, days["effective_from"].isoformat(), cited, status, days["verified_on"].isoformat())


def _earmark(item: Block, fund_id: str, rule: PackRef) -> Earmark:
    own = frozenset({"source", "status", "verified_on"})
    item.allow(
        frozenset({"id", "op", "categories"}) | ({"share"} if "share" in item else {"share_from"}), EARMARK | own
    )
    if item["op"] not in ("at_most", "at_least"):
        raise item.error("op is at_most or at_least", "op")
    path = f"fund/{fund_id}/earmark/{item['id']}"
    share, ref = Decimal(0), rule
    if "share" in item:
        if item.get("status") not in PACK_STATUSES or not isinstance(item.get("verified_on"), date):
            raise item.error("an earmark has a status and a day it was read", "status")
        share = _share(item, "share")
        ref = PackRef(path, rule.effective, str(item["source"]), item["status"], item["verified_on"].isoformat())
    limit = Earmark(str(item["id"]), item["op"], share, tuple(map(str, _list(item, "categories"))), ref)
    return replace(limit, **{name: str(item[name]) for name in EARMARK if name in item})  # type: ignore[arg-type]  # texts


def _discount(item: Block) -> Discount:
    """A rate alone, or a rate with everything that its budget follows from."""
    names = frozenset(f.name for f in fields(Discount))
    item.allow(frozenset({"rate_from"}) if len(item) == 1 else names)
    for name in item:
        if not isinstance(item[name], int if name.endswith("_year") else str):
            raise item.error(f"{name} cannot be {item[name]!r}", name)
    return Discount(**item)


def _alternative(item: Block) -> AlternativeUse:
    item.allow(frozenset(f.name for f in fields(AlternativeUse)))
    lists = {name: tuple(map(str, _list(item, name))) for name in ("programs", "lifts", "conditions")}
    return AlternativeUse(**lists, small_below=str(item["small_below"]))


def _texts(item: Block, noun: type) -> dict[str, str]:
    item.allow(frozenset(f.name for f in fields(noun)))
    for name in item:
        if not isinstance(item[name], str):
            raise item.error(f"{name} cannot be {item[name]!r}", name)
    return dict(item)


def _parameter(item: Block, fund_id: str) -> Parameter:
    item.allow(frozenset(PARAMETER) - ROW_DEFAULTS.keys(), frozenset(ROW_DEFAULTS))
    cells = {name: "" if value is None else str(value) for name, value in item.items()}
    row = Row(item.file, item.line, ROW_DEFAULTS | cells)
    prefix = fund_id.replace("_", "-") + "/"
    if not row.text("path").startswith(prefix):
        raise item.error(f"a fund's own parameters begin with {prefix}", "path")
    return parameter(row)


def read_cases(data: bytes, file: str, fund_id: str) -> tuple[Case, ...]:
    """The cases of a file."""
    items = read_yaml(data, file)
    if not isinstance(items, list) or not items:
        raise PackError(file, 1, "cases are a list with at least one entry")
    cases: dict[str, Case] = {}
    for entry in items:
        item = block(entry, file, "a case")
        item.allow(frozenset({"name", "ask", "input", "output"}))
        name = str(item["name"]).strip()
        if " " not in name or name in cases:
            raise item.error("name must be a sentence of its own", "name")
        if item["ask"] not in ASKS:
            raise item.error(f"ask {item['ask']!r} is not one of {', '.join(sorted(ASKS))}", "ask")
        given, expected = (plain(block(item[key], file, key)) for key in ("input", "output"))
        cases[name] = Case(fund_id, name, item["ask"], given, expected, item.line)
    return tuple(cases.values())
