"""The reason of a refusal and the rule it stands on."""

from decimal import Decimal

from tests.engine.funding.build import HORIZON, REF, asset_class, fund, ledger, line, money, plan, rule, rules
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.costclass import SiteGroups, cost_classes
from throughline.engine.funding.eligibility import Life, eligible, lives
from throughline.engine.funding.reasons import why
from throughline.engine.plan.standards import Standard
from throughline.engine.rulebook.fundrule import Earmark


def test_a_verdict_names_the_rule_and_the_life_it_looked_at() -> None:
    cost = cost_classes(ledger(line(1, asset_class="panel")), SiteGroups({}))[0]
    verdict = eligible(rule(min_life_years=5), fund("general"), cost, Life(4, REF), SiteGroups({}))
    assert (verdict.allowed, verdict.code, verdict.args) == (False, "life_too_short", (("least", 5), ("life", 4)))
    assert verdict.refs == (REF, REF)


def test_codes_match_by_prefix_and_exclusions_win() -> None:
    narrow = rule(eligible_objects=("65",), excluded_categories=("D1.4",))
    classes = cost_classes(ledger(line(1), line(1, object="734"), line(1, category="D1.4")), SiteGroups({}))
    codes = {
        (item.category, item.object): eligible(narrow, fund("general"), item, None, SiteGroups({})).code
        for item in classes
    }
    assert codes == {("D1.1", "650"): "eligible", ("D1.1", "734"): "object", ("D1.4", "650"): "category"}


def test_the_shortest_life_among_the_districts_standards_replaces_the_catalog() -> None:
    standards = (
        Standard(id="a", asset_class="panel", role="staff", life_years=7),
        Standard(id="b", asset_class="panel", role="student", life_years=4),
        Standard(id="c", asset_class="cart"),
    )
    found = lives(plan(standards=standards), rules(classes=(asset_class("panel", 8), asset_class("cart", 10))))
    assert {name: life.years for name, life in found.items()} == {"panel": 4, "cart": 10}


def test_every_entry_of_the_log_has_words() -> None:
    capital = rule("capital", min_life_years=5)
    capped = rule("capped", priority=5, earmarks=(Earmark("devices", "at_most", Decimal("0.1"), ("D1",), REF),))
    a_plan = plan(
        fund("capital"),
        fund("capped"),
        fund("general", sites=("north",)),
        money("capital", 2027, 100),
        money("capped", 2027, 100),
        money("general", 2027, 100),
    )
    result = allocate(ledger(line(500), line(5, asset_class="short")), a_plan, rules(capital, capped, rule()), HORIZON)
    words = {why(fill) for fill in result.fills}
    assert "has reached the limit of its earmark devices" in words
    assert "may pay only at these sites: north" in words
    assert "asks for a life of 5 years or more, and the life of this item is not known" in words
    assert "pays part; then the limit of its earmark devices" in words
