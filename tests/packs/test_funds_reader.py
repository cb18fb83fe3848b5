from datetime import date
from decimal import Decimal

import pytest

from throughline.packs.funds_reader import load_cases, load_fund_rules, read_cases, read_fund
from throughline.packs.problem import PackError

FUND = """\
id: title_iv
title: Title IV-A
fund_type: special_revenue
priority: 15
availability: term
excluded_objects: ["83"]
carryover_share: 1
match_share: 0.25
one_time_money: true
obligation_deadline: 2028-09-30
earmarks:
  - {id: infrastructure, op: at_most, share: 0.15, categories: [D1], source: FAQ 2018, status: V, verified_on: 2026-09-30}
parameters:
  - {path: title-iv/needs-assessment, value: 30000, unit: usd, effective_from: 2018-10-31, authority: ESEA, source: FAQ,
     verified_on: 2026-09-30, status: V}
source: {authority: ESEA 4106, citation: FAQ, effective_from: 2018-10-31, verified_on: 2026-09-30, status: V}
"""
CASES = """\
- name: A Chromebook counts as infrastructure
  ask: earmarks
  input: {category: D1.1, cents: 630000}
  output: {allowed: true}
"""


def _refused(old: str, new: str) -> PackError:
    assert old in FUND
    with pytest.raises(PackError) as caught:
        read_fund(FUND.replace(old, new, 1).encode(), "funds/title_iv/fund.yaml", "title_iv")
    return caught.value


def test_a_fund_is_read_into_a_rule_with_its_citations() -> None:
    rule, own = read_fund(FUND.encode(), "fund.yaml", "title_iv")
    assert (rule.id, rule.priority, rule.carryover_share, rule.match_share) == ("title_iv", 15, 1, Decimal("0.25"))
    assert isinstance(rule.carryover_share, Decimal)
    assert rule.obligation_deadline == date(2028, 9, 30)
    assert rule.min_life_years is None
    assert rule.excluded_objects == ("83",)
    assert (rule.earmarks[0].share, rule.earmarks[0].categories) == (Decimal("0.15"), ("D1",))
    assert rule.ref is not None
    assert str(rule.ref) == "fund/title_iv in effect 2018-10-31 (ESEA 4106: FAQ; V)"
    assert [(row.path, row.value, row.unit) for row in own] == [("title-iv/needs-assessment", 3_000_000, "cents")]


@pytest.mark.parametrize(
    ("old", "new", "line", "word"),
    [
        ("title: Title", "titel: Title", 2, "titel"),
        ("priority: 15\n", "", 1, "priority"),
        ("priority: 15", "priority: first", 4, "priority"),
        ("priority: 15", "priority: true", 4, "priority"),
        ("availability: term", "availability: forever", 5, "forever"),
        ('["83"]', "[83]", 6, "quote codes"),
        ('["83"]', '"83"', 6, "list"),
        ("carryover_share: 1", "carryover_share: 1.5", 7, "share from 0 to 1"),
        ("one_time_money: true", 'one_time_money: "true"', 9, "one_time_money"),
        ("obligation_deadline: 2028-09-30", "obligation_deadline: soon", 10, "obligation_deadline"),
        ("op: at_most", "op: below", 12, "at_most"),
        ("path: title-iv/", "path: title-i/", 14, "title-iv/"),
        ("id: title_iv", "id: title_4", 1, "folder"),
        ("status: V}\nsource", "status: sure}\nsource", 14, "status"),
        ("effective_from: 2018-10-31, verified_on: 2026-09-30, status: V}\n", "status: V}\n", 16, "required"),
    ],
)
def test_a_fund_that_does_not_fit_the_schema_is_refused_with_its_line(old: str, new: str, line: int, word: str) -> None:
    fault = _refused(old, new)
    assert (fault.file, fault.line) == ("funds/title_iv/fund.yaml", line)
    assert word in str(fault)


def test_cases_are_read_with_plain_values() -> None:
    (case,) = read_cases(CASES.encode(), "cases.yaml", "title_iv")
    assert (case.fund, case.ask, case.line) == ("title_iv", "earmarks", 1)
    assert case.given == {"category": "D1.1", "cents": 630000}
    assert case.expected == {"allowed": True}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (CASES.replace("earmarks", "wonder"), "wonder"),
        (CASES.replace("A Chromebook counts as infrastructure", "chromebook"), "sentence"),
        (CASES + CASES, "sentence of its own"),
        (CASES.replace("output:", "outcome:"), "outcome"),
        ("", "at least one"),
    ],
)
def test_cases_that_do_not_fit_the_schema_are_refused(text: str, word: str) -> None:
    with pytest.raises(PackError, match=word):
        read_cases(text.encode(), "cases.yaml", "title_iv")


def test_every_fund_folder_has_a_rule_and_cases() -> None:
    rules = load_fund_rules()
    assert {"general", "erate_c2"} <= rules.keys()
    assert all(load_cases(fund_id) for fund_id in rules)


def test_an_unknown_fund_has_no_cases() -> None:
    with pytest.raises(KeyError):
        load_cases("no_such_fund")
