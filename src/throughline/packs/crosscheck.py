"""Refuses a rulebook whose tables name what is not there: classes without category, prices without growth, funds without paths."""

from collections.abc import Iterator

from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.fundrule import FundRule
from throughline.packs.problem import PackError

MEMO = "memo"


def require_whole(book: Rulebook) -> None:
    """Raise PackError for the first reference that leads nowhere. Large lazy tables are left to the tests."""
    for pack, sentence in loose_ends(book):
        raise PackError(pack, 0, sentence)


def loose_ends(book: Rulebook) -> Iterator[tuple[str, str]]:
    """Pack and sentence for each reference that leads nowhere."""
    codes = {dimension: {code for dim, code in book.codes if dim == dimension} for dimension in ("object", "function")}
    for category in book.categories.values():
        if category.object not in codes["object"] | {MEMO}:
            yield "catalogs/tco_categories", f"{category.code}: object {category.object} is not in the chart"
        if category.function not in codes["function"] | {MEMO}:
            yield "catalogs/tco_categories", f"{category.code}: function {category.function} is not in the chart"
    yield from _asset_classes(book, codes)
    for bundle in book.bundles.values():
        for part in bundle.parts:
            if part.category not in book.categories:
                yield "catalogs/price_bundles", f"{bundle.id}/{part.part}: no category {part.category}"
            if part.growth not in book.parameters:
                yield "catalogs/price_bundles", f"{bundle.id}/{part.part}: no parameter {part.growth}"
    yield from _funds(book, codes["object"], codes["function"])


def _asset_classes(book: Rulebook, codes: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    for item in book.asset_classes.values():
        if item.category not in book.categories:
            yield "catalogs/asset_classes", f"{item.id}: no category {item.category}"
        if item.bundle and item.bundle not in book.bundles:
            yield "catalogs/asset_classes", f"{item.id}: no bundle {item.bundle}"
        if not {item.object_below, item.object_above} <= codes["object"] or item.function not in codes["function"]:
            yield "catalogs/asset_classes", f"{item.id}: an object or the function is not in the chart"


def _funds(book: Rulebook, objects: set[str], functions: set[str]) -> Iterator[tuple[str, str]]:
    for rule in book.fund_rules.values():
        place = f"funds/{rule.id}/fund.yaml"
        limits = [code for earmark in rule.earmarks for code in earmark.categories]
        for prefix in (*rule.eligible_categories, *rule.excluded_categories, *limits):
            if not any(code.startswith(prefix) for code in book.categories):
                yield place, f"no category begins with {prefix}"
        for prefix in rule.eligible_functions:
            if not any(code.startswith(prefix) for code in functions):
                yield place, f"no function begins with {prefix}"
        for prefix in (*rule.eligible_objects, *rule.excluded_objects):
            if not any(code.startswith(prefix) for code in objects):
                yield place, f"no object begins with {prefix}"
        if use := rule.alternative_use:
            yield from ((place, f"no fund {name}") for name in use.programs if name not in book.fund_rules)
            ids = {earmark.id for earmark in rule.earmarks}
            yield from ((place, f"no earmark {name}") for name in use.lifts if name not in ids)
        yield from ((place, f"no parameter {path}") for path in _paths(rule) if path and path not in book.parameters)


def _paths(rule: FundRule) -> Iterator[str]:
    """Parameters the rule names."""
    if rule.discount:
        yield from (rule.discount.per_pupil, rule.discount.floor_per_entity, rule.discount.hybrid_max_entities)
    if limit := rule.carry_limit:
        yield from (limit.share, limit.from_allocation, limit.after_months, limit.waiver_years)
    yield from (rule.availability_months, rule.liquidation_days, rule.effort_share)
    for earmark in rule.earmarks:
        yield from (earmark.share_from, earmark.from_allocation)
    if rule.cost_share:
        yield from (rule.cost_share.single, rule.cost_share.group)
    if rule.alternative_use:
        yield rule.alternative_use.small_below
    if rule.set_aside:
        yield rule.set_aside.most_share
