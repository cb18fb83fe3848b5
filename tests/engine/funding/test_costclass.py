"""Classes keep what rules ask for and nothing else; site groups are a partition."""

from tests.engine.funding.build import fund, ledger, line, plan
from throughline.engine.calendar import month_index, month_label, month_span
from throughline.engine.funding.costclass import SiteGroups, class_key, cost_classes, site_groups
from throughline.engine.plan.assumptions import AccountRule


def test_lines_that_no_rule_tells_apart_are_one_class() -> None:
    book = ledger(line(60, site="a", role="student"), line(40, site="b", subject="other"), line(1, category="D2.1"))
    found = {item.category: item.cents for item in cost_classes(book, SiteGroups({}))}
    assert found == {"D1.1": 100, "D2.1": 1}


def test_a_class_counts_as_committed_on_the_last_day_of_its_month() -> None:
    (found,) = cost_classes(ledger(line(1, obligation_month="2028-02")), SiteGroups({}))
    assert found.obligated_on.isoformat() == "2028-02-29"
    assert found.month == month_index(found.obligated_on) == month_span(month_label(found.month))[1]


def test_sites_share_a_group_when_the_same_funds_are_limited_to_them() -> None:
    a_plan = plan(
        fund("one", sites=("a", "b", "c")),
        fund("two", sites=("b", "c")),
        account_rules=(AccountRule("r", "x", site="c"),),
    )
    groups = site_groups(a_plan)
    assert dict(groups.group_of) == {"a": "a", "b": "b", "c": "c"}
    assert site_groups(plan(fund("one", sites=("b", "a")))).group_of == {"a": "a", "b": "a"}
    assert groups.of("DISTRICT") == groups.of("d") == "ALL"


def test_many_named_sites_give_the_same_classes_as_few() -> None:
    lines = [line(10 + n, site=f"s{n}", category=f"D1.{n % 3}") for n in range(9)]
    few = SiteGroups({"s0": "s0", "s1": "s0"})
    many = SiteGroups({f"s{n}": f"s{n}" for n in range(6)})
    for groups in (few, many):
        found: dict[tuple[str, str], int] = {}
        for cents, labels in lines:
            key = groups.of(labels["site"]), labels["category"]
            found[key] = found.get(key, 0) + cents
        assert {(c.site_group, c.category): c.cents for c in cost_classes(ledger(*lines), groups)} == found


def test_the_class_of_a_line_is_among_the_classes() -> None:
    book = ledger(line(7, site="a"), line(9))
    groups = SiteGroups({"a": "a"})
    keys = {item.key for item in cost_classes(book, groups)}
    assert {class_key(item.labels, groups) for item in book.lines()} == keys
